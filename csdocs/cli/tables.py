"""The tables that verbs ask: those of the index while they hold, else made afresh."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from csdocs.cli.language import say
from csdocs.cli.shared import checking, may_use_index, open_registered
from csdocs.model.listed import NOT_COUNTED

if TYPE_CHECKING:
    from csdocs.load.holdings.tree import Tree
    from csdocs.load.index.outcome import KnownState
    from csdocs.load.workspace import Workspace
    from csdocs.store.reading import Functions, Reading


@contextlib.contextmanager
def open_tables(as_of: dt.date | None, *, no_index: bool) -> Iterator["Reading"]:
    from csdocs.load.index.outcome import KnownState
    from csdocs.store import disk
    from csdocs.store.error import Spoilt
    from csdocs.store.reading import Reading

    root = disk.find_root(Path.cwd())
    known_state = KnownState(root) if may_use_index(no_index) else None
    connection = known_state.connect() if known_state and _is_current(known_state, as_of, anew=True) else None
    reading = Reading(connection, _read_late(root, as_of)) if connection else _made_afresh(root, as_of)
    with contextlib.closing(reading):
        try:
            left_out = reading.unreadable  # a query that was typed closes what it is counted by
            yield reading
            say_what_is_not_counted(left_out)
        except Spoilt:
            if known_state:
                known_state.tables.discard()
            raise


def say_what_is_not_counted(unreadable: int) -> None:
    if unreadable:
        click.secho(say(NOT_COUNTED.format(n=unreadable)), fg="red", err=True)


class CurrentTables(NamedTuple):
    """Tables that hold at `now`, a moment in the workspace's time zone."""

    reading: "Reading"
    now: dt.datetime


@contextlib.contextmanager
def current_tables(as_of: dt.date | None, *, no_index: bool) -> Iterator[CurrentTables | None]:
    """None where they are not there or do not hold: then the records have to be read."""
    from csdocs.load.index.outcome import KnownState
    from csdocs.store import disk
    from csdocs.store.error import Spoilt
    from csdocs.store.reading import Reading

    root = disk.find_root(Path.cwd())
    known_state = KnownState(root) if may_use_index(no_index) else None
    now = _is_current(known_state, as_of) if known_state else None
    connection = known_state.connect() if known_state and now else None
    if known_state is None or now is None or connection is None:
        yield None
        return
    with contextlib.closing(Reading(connection, _read_late(root, as_of))) as reading:
        try:
            yield CurrentTables(reading, now)
        except Spoilt:
            known_state.tables.discard()
            raise


def _is_current(known_state: "KnownState", as_of: dt.date | None, *, anew: bool = False) -> dt.datetime | None:
    """The moment at which the tables hold. They are brought up to date where there are some, or (`anew`) made."""
    now = known_state.moment(as_of=as_of)
    if now is None and (anew or known_state.tables.are_there()):
        now = _brought_up_to_date(known_state, open_registered(known_state.root, as_of))
    return now


def _brought_up_to_date(known_state: "KnownState", workspace: "Workspace") -> dt.datetime | None:
    from csdocs.check.keeping import look_again

    look_again(workspace, known_state, progress=checking())
    return known_state.moment(at=workspace.now)


def known_tree(workspace: "Workspace", *, no_index: bool = False) -> "Tree | None":
    """All records as the index has them; None where there is none."""
    from csdocs.load.holdings.tree import Tree
    from csdocs.load.index.outcome import KnownState

    known_state = KnownState(workspace.root) if may_use_index(no_index) else None
    if known_state is None or not known_state.tables.are_there():
        return None
    now = known_state.moment(at=workspace.now) or _brought_up_to_date(known_state, workspace)
    connection = known_state.connect() if now else None
    return Tree(workspace, connection) if connection else None


@contextlib.contextmanager
def discarding(workspace: "Workspace") -> Iterator[None]:
    """Where the tables turn out to be spoilt, the next run finds none."""
    from csdocs.load.index.outcome import TABLES
    from csdocs.store.error import Spoilt
    from csdocs.store.tables import Tables

    try:
        yield
    except Spoilt:
        Tables(workspace.root / TABLES).discard()
        raise


def tree_to_ask(workspace: "Workspace") -> "Tree":
    """All records, for what queries of a form want to know."""
    from csdocs.load.index.gathered import read_tree

    return known_tree(workspace) or read_tree(workspace)


def _read_late(root: Path, as_of: dt.date | None) -> "Functions":
    @cache
    def functions() -> Mapping[str, Callable[..., object]]:
        from csdocs.load.holdings.functions import functions_of
        from csdocs.load.workspace import open_workspace

        return functions_of(open_workspace(root, as_of))

    return functions


def _made_afresh(root: Path, as_of: dt.date | None) -> "Reading":
    from csdocs.check.keeping import tables_of
    from csdocs.check.whole import check
    from csdocs.load.holdings.functions import functions_of
    from csdocs.store.reading import Reading

    report = check(open_registered(root, as_of), told=True, progress=checking())
    functions = cache(partial(functions_of, report.tree.workspace))
    return Reading(tables_of(report), functions, unreadable=report.records - report.tree.count())
