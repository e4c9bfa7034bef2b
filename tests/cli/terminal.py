"""A person at a terminal."""

import codecs
import contextlib
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from department import REPOSITORY


class Terminal:
    """A person at a pseudo-terminal: waits for words, types others."""

    def __init__(self, root: Path, *arguments: str) -> None:
        master, slave = pty.openpty()
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "CSDOCS_LANG": "en", "TERM": "dumb"}
        command = [sys.executable, "-m", "csdocs", *arguments]
        self.process = subprocess.Popen(
            command,
            cwd=root,
            env=environment,
            stdin=slave,
            stdout=subprocess.PIPE,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        self.master = master
        self.seen = ""
        self._decode = codecs.getincrementaldecoder("utf-8")().decode

    def expect(self, words: str) -> None:
        deadline = time.monotonic() + 20
        while words not in self.seen:
            ready, _, _ = select.select([self.master], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"{words!r} did not come: {self.seen!r}"
            try:
                self.seen += self._decode(os.read(self.master, 4096))  # a read may end within a character
            except OSError:
                pytest.fail(f"{words!r} did not come before the end: {self.seen!r}")
        self.seen = self.seen.partition(words)[2]

    def answer(self, words: str, line: str) -> None:
        self.expect(words)
        os.write(self.master, f"{line}\n".encode())

    def press(self, key: str) -> None:
        """Ctrl-C or Ctrl-D, again and again as people do: one that falls just before the program waits is lost."""
        for _ in range(20):
            if key == "\x03":
                self.process.send_signal(signal.SIGINT)
            else:
                os.write(self.master, key.encode())
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(2)
                return

    def end(self) -> tuple[int, str]:
        assert self.process.stdout is not None
        try:
            code = self.process.wait(20)
            return code, self.process.stdout.read().decode()
        finally:
            self.process.kill()
            self.process.stdout.close()
            os.close(self.master)
