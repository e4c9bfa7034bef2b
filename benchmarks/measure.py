"""Running a contender as processes of its own, and what that cost."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

LONGEST_PAUSE = 0.05  # seconds between two looks at a running process
LEAST_REST = 20  # times what a look took, for large ones
REPOSITORY = Path(__file__).resolve().parent.parent


class Usage(NamedTuple):
    """`cpu` are seconds of all processes, `peak_mb` the most that the process tree held at once."""

    seconds: float
    cpu: float
    peak_mb: float

    def then(self, other: "Usage") -> "Usage":
        """Both, one after the other."""
        return Usage(self.seconds + other.seconds, self.cpu + other.cpu, max(self.peak_mb, other.peak_mb))


NOTHING = Usage(0.0, 0.0, 0.0)


class Figure(NamedTuple):
    """`work` units done by one contender of a benchmark; `is_peer` marks whom it is measured against."""

    benchmark: str
    contender: str
    work: int
    unit: str
    usage: Usage
    is_peer: bool = False

    @property
    def rate(self) -> float:
        return self.work / self.usage.seconds

    @property
    def cpu_rate(self) -> float:
        return self.work / self.usage.cpu


class Failed(Exception):
    """A contender that did not do its work: its figures would mean nothing."""


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def run(
    command: Sequence[str], cwd: Path, environment: Mapping[str, str] | None = None, codes: Sequence[int] = (0,)
) -> tuple[Usage, str]:
    """Cost and standard output of a command that must end with one of these exit codes."""
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "", **(environment or {})}
    with tempfile.TemporaryFile("w+b") as out, tempfile.TemporaryFile("w+b") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=errors)
        status, used, peak = _wait(process.pid)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in codes:
            raise Failed(f"{' '.join(command)[:200]}: exit {process.returncode}\n{_tail(out)}{_tail(errors)}")
        out.seek(0)
        text = out.read().decode()
    return Usage(seconds, used.ru_utime + used.ru_stime, peak / 1024), text


def _wait(pid: int) -> tuple[int, Any, int]:
    """Until the process ends, with the most memory its tree was seen to hold, in KiB.

    The kernel's own `ru_maxrss` would count what this process held when it started the other.
    """
    peak, pause = 0, 0.002
    while True:
        found, status, used = os.wait4(pid, os.WNOHANG)
        if found:
            return status, used, peak
        begun = time.thread_time()
        peak = max(peak, _highest_kb(pid), _tree_kb(pid))
        # to count the pages of a large process takes the kernel some time, in which that process waits
        time.sleep(max(pause, LEAST_REST * (time.thread_time() - begun)))
        pause = min(pause * 1.2, LONGEST_PAUSE)


def _highest_kb(pid: int) -> int:
    """The most that one process has held since it began (Linux; 0 elsewhere)."""
    return _kb(f"/proc/{pid}/status", "VmHWM:")


def _tree_kb(pid: int) -> int:
    """What a process and its descendants hold now, shared pages counted once (Linux; 0 elsewhere)."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0
    return _kb(f"/proc/{pid}/smaps_rollup", "Pss:") + sum(_tree_kb(int(child)) for child in children)


def _kb(path: str, key: str) -> int:
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(key)), 0)


def _tail(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")[-2000:]


def contend(root: Path, name: str, *arguments: str) -> tuple[int, Usage]:
    """Count and cost of the loop that `benchmarks.contender` times within one process, after warming up."""
    usage, text = run(python("-m", "benchmarks.contender", name, *arguments), root)
    said = json.loads(text.splitlines()[-1])
    return said["count"], Usage(said["seconds"], said["cpu"], usage.peak_mb)
