"""Ctrl-C reaches every process of the terminal: they end together, and only one of them speaks."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

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
    for _ in Pool(2).do_all(Slow(), [f"{sys.argv[1]}/{n}" for n in range(200)], 1):
        pass

check._outcome = look
main(["check", "--lang", "en"])
"""


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
