"""A git history written as one stream: thousands of commits in seconds."""

import datetime as dt
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, NamedTuple

from csdocs.store.git import environment

AUTHOR = "csdocs benchmark <benchmark@csdocs.invalid>"


class Commit(NamedTuple):
    """Files that a commit adds or replaces."""

    message: str
    at: dt.datetime
    files: Mapping[str, bytes]


def write_history(root: Path, commits: Iterable[Commit]) -> str:
    """Commit to `main`, which may be there already, fill the work tree; returns the id of the last tree."""
    command = ["git", "-C", str(root), "fast-import", "--quiet", "--done"]
    parent = b"from refs/heads/main^0\n" if git(root, "branch", "--list", "main") else b""
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=environment()) as process:
        assert process.stdin is not None
        for commit in commits:
            _write(process.stdin, commit, parent)
            parent = b""
        process.stdin.write(b"done\n")
        process.stdin.close()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    git(root, "reset", "--hard", "--quiet", "main")
    return git(root, "rev-parse", "main^{tree}")


def _write(stream: IO[bytes], commit: Commit, parent: bytes) -> None:
    message = commit.message.encode()
    at = f"{int(commit.at.timestamp())} {commit.at:%z}"
    stream.write(f"commit refs/heads/main\ncommitter {AUTHOR} {at}\n".encode())
    stream.write(b"data %d\n%s\n" % (len(message), message) + parent)
    for path, data in commit.files.items():
        stream.write(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data))
    stream.write(b"\n")


def git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment()).stdout.strip()
