"""The tables that verbs ask: those of the index while they hold, else made afresh."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from csdocs.cli.shared import may_use_index, progress
from csdocs.model.text import Text

if TYPE_CHECKING:
    from csdocs.load.outcome import Standing
    from csdocs.store.reading import Functions, Reading


@contextlib.contextmanager
def open_tables(as_of: dt.date | None, *, no_index: bool) -> Iterator["Reading"]:
    from csdocs.load.outcome import Standing
    from csdocs.store import disk
    from csdocs.store.reading import Reading, Spoilt

    root = disk.find_root(Path.cwd())
    standing = Standing(root) if may_use_index(no_index) else None
    current = standing.current(as_of=as_of) if standing else None
    connection = standing.connect() if standing and current else None
    reading = Reading(connection, _read_late(root, as_of)) if connection else _made_afresh(root, as_of, standing)
    with contextlib.closing(reading):
        try:
            yield reading
        except Spoilt:
            if standing:
                standing.tables.discard()
            raise


class CurrentTables(NamedTuple):
    """Tables that hold at `now`, a moment in the workspace's time zone."""

    reading: "Reading"
    now: dt.datetime


@contextlib.contextmanager
def current_tables(as_of: dt.date | None, *, no_index: bool) -> Iterator[CurrentTables | None]:
    """None where they are not there or do not hold: then the records have to be read."""
    from csdocs.load.outcome import Standing
    from csdocs.store import disk
    from csdocs.store.reading import Reading, Spoilt

    root = disk.find_root(Path.cwd())
    standing = Standing(root) if may_use_index(no_index) else None
    current = standing.current(as_of=as_of) if standing else None
    connection = standing.connect() if standing and current else None
    if standing is None or current is None or connection is None:
        yield None
        return
    with contextlib.closing(Reading(connection, _read_late(root, as_of))) as reading:
        try:
            yield CurrentTables(reading, current.now)
        except Spoilt:
            standing.tables.discard()
            raise


def _read_late(root: Path, as_of: dt.date | None) -> "Functions":
    def functions() -> Mapping[str, Callable[..., object]]:
        from csdocs.load.tree import Tree
        from csdocs.load.workspace import open_workspace

        if not found:
            found.update(Tree(open_workspace(root, as_of), ()).functions)
        return found

    found: dict[str, Callable[..., object]] = {}
    return functions


def _made_afresh(root: Path, as_of: dt.date | None, standing: "Standing | None") -> "Reading":
    from csdocs.keeping import filling, look
    from csdocs.store.reading import Reading
    from csdocs.store.tables import in_memory

    report = look(root, as_of, standing, progress=progress(Text("检查记录", "Checking records"))).report
    connection = standing.connect() if standing else None
    return Reading(connection or in_memory(filling(report, "")), lambda: report.tree.functions)
