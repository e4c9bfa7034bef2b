"""Who does the work: nothing piles up, and Ctrl-C, which reaches every process of the terminal, ends all of them at once."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from csdocs.executor import Pool, at_work
from csdocs.model.error import CsdocsError

SCRIPT = """
import sys, time
from pathlib import Path
import pytest

from csdocs.executor import Pool, at_work
from csdocs.model.error import CsdocsError
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

check._look = look
main(["check", "--lang", "en", "--no-index"])
"""


class Doubling:
    def do(self, items: Sequence[int]) -> Sequence[int]:
        return [2 * item for item in items]

    def prepare(self) -> None: ...

    def sight(self) -> Mapping[str, str]:
        return {}


class Whose(Doubling):
    def do(self, items: Sequence[int]) -> Sequence[int]:
        return [os.getpid() for _ in items]


class Killed(Doubling):
    def do(self, items: Sequence[int]) -> Sequence[int]:
        os.kill(os.getpid(), signal.SIGKILL)
        return items


def test_who_has_begun_with_a_work_goes_on_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})
    work = Whose()
    with at_work(None, 10) as crew:
        assert {*crew.do_all(work, range(9), 1)} == {os.getpid()}
        assert os.getpid() not in {*crew.do_all(work, range(10), 1)}
        assert os.getpid() not in {*crew.do_all(work, range(1), 1)}
        assert {*crew.do_all(Whose(), range(9), 1)} == {os.getpid()}


def test_a_process_that_is_killed_is_missed() -> None:
    with pytest.raises(CsdocsError) as trouble, Pool(2) as pool:
        list(pool.do_all(Killed(), range(100), 1))
    assert "ended unexpectedly" in trouble.value.message.en


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


@pytest.mark.parametrize("verb", ["submit", "shutdown"])
def test_ctrl_c_waits_while_processes_begin_and_end(verb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that had only just begun printed a traceback, and whoever pressed it twice waited for ever."""
    do, done = getattr(ProcessPoolExecutor, verb), list[str]()

    def disturbed(*arguments: Any, **options: Any) -> Any:
        os.kill(os.getpid(), signal.SIGINT)
        made = do(*arguments, **options)
        done.append(verb)
        return made

    monkeypatch.setattr(ProcessPoolExecutor, verb, disturbed)
    with pytest.raises(KeyboardInterrupt), Pool(2) as pool:
        list(pool.do_all(Doubling(), range(3), 1))
    assert done == [verb]
    assert not multiprocessing.active_children()


def test_interrupted(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=root, env={**os.environ}, stderr=pipe, start_new_session=True)
    while not any(tmp_path.iterdir()):
        assert process.poll() is None
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
