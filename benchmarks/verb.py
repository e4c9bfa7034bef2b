"""The commands that are measured, and what they need around them."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.history import git
from benchmarks.measure import Failed, Usage, python, run
from csdocs.store import disk


def _clean(command: Sequence[str], root: Path) -> Usage:
    usage, said = run(command, root, {"CI": ""})
    if any(finding["rule"] not in _EXPECTED for finding in json.loads(said)["findings"]):
        raise Failed(f"the workspace is not clean: {said[:500]}")
    return usage


# seven forms are not all that the regulations ask for, and the calendar ends before many records do
_EXPECTED = {"evidence-missing", "major-complaint-appraised", "year-without-holidays"}


def check(root: Path, *options: str, alone: bool = False) -> Usage:
    program = ("-m", "benchmarks.one_core", "csdocs") if alone else ("-m", "csdocs")
    return _clean(python(*program, "check", "--format=json", *as_of(root), *options), root)


def as_of(root: Path) -> tuple[str, str]:
    """The day of the last commit: later than that nothing has happened."""
    return ("--as-of", git(root, "show", "-s", "--format=%cs", "HEAD"))


def review(root: Path) -> Usage:
    """Of the last day's commit as a change."""
    return _clean(_at_the_end(root, "review", "--base=HEAD~1", "--format=json"), root)


def audit(root: Path) -> Usage:
    return _clean(_at_the_end(root, "audit", "--format=json"), root)


def _at_the_end(root: Path, *command: str) -> list[str]:
    """At the moment of the last commit: its days may still be to come."""
    return python("-m", "benchmarks.at", git(root, "show", "-s", "--format=%cI", "HEAD"), *command)


def ask(root: Path, *question: str) -> Usage:
    return run(python("-m", "csdocs", *question), root, {"CI": ""}, codes=(0, 1))[0]


def settle(root: Path) -> None:
    """Git ignores our index, and has its own in order: files of the second in which it wrote that one it reads again each time."""
    ignore = root / ".git" / "info" / "exclude"
    ignore.parent.mkdir(exist_ok=True)
    ignore.write_text("/.csdocs/\n")
    time.sleep(1)
    git(root, "status", "--short")


@contextmanager
def lines_added(root: Path, paths: Sequence[str]) -> Iterator[None]:
    """A comment, so that the files differ and nothing is wrong with them."""
    before = {path: disk.read(root, path) for path in paths}
    try:
        for path, data in before.items():
            (root / path).write_bytes(data + b"# touched\n")
        yield
    finally:
        for path, data in before.items():
            (root / path).write_bytes(data)
