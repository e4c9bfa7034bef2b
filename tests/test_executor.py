"""Who does the work: nothing piles up, and Ctrl-C, which reaches every process of the terminal, ends all of them at once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from csdocs.executor import Pool

SCRIPT = """
import sys, time
from pathlib import Path
from csdocs.executor import Pool
from csdocs.cli import check, main

class Slow:
    def do(self, items):
        time.sleep(0.2)
        return [Path(item).touch() for item in items]
    def prepare(self):
        pass

def look(*_, **__):
    with Pool(2) as pool:
        for _ in pool.do_all(Slow(), [f"{sys.argv[1]}/{n}" for n in range(200)], 1):
            pass

check._outcome = look
main(["check", "--lang", "en"])
"""


class Doubling:
    def do(self, items: Sequence[int]) -> Sequence[int]:
        return [2 * item for item in items]

    def prepare(self) -> None: ...

    def sight(self) -> Mapping[str, str]:
        return {}


def test_a_pool_takes_no_more_than_somebody_waits_for() -> None:
    taken: list[int] = []

    def things() -> Iterator[int]:
        for n in range(500):
            taken.append(n)
            yield n

    with Pool(2) as pool:
        made = pool.do_all(Doubling(), things(), 10)
        assert next(made) == 0
        assert len(taken) <= 100
        assert list(made) == [2 * n for n in range(1, 500)]


def test_interrupted(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=root, env={**os.environ}, stderr=pipe, start_new_session=True)
    while not any(tmp_path.iterdir()):
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=10)
    assert (process.returncode, said) == (130, b"\nInterrupted\n")
    assert len(list(tmp_path.iterdir())) < 20
    assert not _lives(process.pid)


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
