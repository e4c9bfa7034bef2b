"""What a check found is kept as a whole: its findings for the next check, its records as tables for whoever asks."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from csdocs.check.whole import Checked, check, check_again, report_of
from csdocs.executor import Executor
from csdocs.load.counted import ProgressBar
from csdocs.load.index.known import Known, known
from csdocs.load.index.outcome import Found, KnownState, Outcome, kind_of, named, utc
from csdocs.load.workspace import Workspace, open_workspace
from csdocs.lookup.agenda import owed
from csdocs.model.error import CsdocsError
from csdocs.model.moment import midnight_after
from csdocs.store import disk, history, worktree
from csdocs.store.error import MISUSE, SPOILT
from csdocs.store.filling import write_owed
from csdocs.store.source import CommitTree
from csdocs.store.state import is_head, state
from csdocs.store.tables import Connection, Held, Said


def look(
    root: Path,
    as_of: dt.date | None,
    known_state: KnownState | None,
    *,
    signatures: bool = True,
    committed: bool = False,
    progress: ProgressBar = iter,
    executor: Executor | None = None,
) -> Found:
    """Judge the workspace, and keep what was found for `known_state`: without one nothing is used or kept."""
    found: Found | None = None
    if known_state is not None and (not committed or _lies_here(root)):
        here = KnownState(root, signatures=signatures) if committed else known_state
        try:
            workspace = open_workspace(root, as_of)
            found = look_again(
                workspace, here, signatures=signatures, committed=committed, progress=progress, executor=executor
            )
        except CsdocsError:
            if not committed:  # what cannot be read as git has laid it out may be in order in the commit
                raise
    if found is not None:
        return found
    workspace = open_workspace(root, as_of, source=CommitTree(root, "HEAD") if committed else None)
    report = check(workspace, signatures=signatures, progress=progress, executor=executor)
    if committed and known_state is not None and known_state.is_apart:
        said = named(_outcome(report), known_state.judge)
        held = _held(workspace, report.until, known_state, said.name, committed=True)
        known_state.tables.write({kind_of(committed=True): held}, [said])
    return Found(partial(_outcome, report))


def look_again(
    workspace: Workspace,
    known_state: KnownState,
    *,
    signatures: bool = True,
    committed: bool = False,
    progress: ProgressBar = iter,
    executor: Executor | None = None,
) -> Found | None:
    """By means of the index; None where it cannot be had. One that turns out to be spoilt is made anew.

    `committed`: None as well where other bytes were read than HEAD holds, as where git lays out lines that end otherwise.
    """
    for _ in range(2):
        try:
            index = known(workspace, known_state, signatures=signatures)
            if index is None:
                return None
            found, is_head = _look_by(index, known_state, signatures, progress, executor)
            return found if is_head or not committed else None
        except MISUSE:
            raise
        except SPOILT:
            known_state.tables.discard()
        except UnicodeEncodeError:
            return None  # names that are no text, which no table holds
    return None


def _look_by(
    index: Known, known_state: KnownState, signatures: bool, progress: ProgressBar, executor: Executor | None
) -> tuple[Found, bool]:
    """With whether it is that of HEAD too."""
    is_head = False

    def states(at_head: bool) -> Mapping[str, Held]:
        nonlocal is_head
        is_head = at_head
        held = _held(index.workspace, index.until, known_state, found.name, committed=False)
        kinds = (False, True) if at_head else (False,)
        if index.workspace.unread:  # what records are is not known: whoever asks looks again, and is told so
            return {kind_of(committed=each): held._replace(key="") for each in kinds}
        return {kind_of(committed=each): held._replace(key=known_state.key(committed=each)) for each in kinds}

    with index:
        check_again(index, signatures=signatures, progress=progress, executor=executor)
        found, said = _found(index, known_state)
        index.keep(owed(index.tree) if index.owes_otherwise else None, states, said)
    return found, is_head


def _found(index: Known, known_state: KnownState) -> tuple[Found, Sequence[Said]]:
    """With what is to be kept of it."""
    if index.as_before is not None:
        return known_state.kept(index.as_before), ()
    outcome = _outcome(report_of(index))
    said = named(outcome, known_state.judge)
    return Found(lambda: outcome, said.name), (said,)


def _held(
    workspace: Workspace, until: dt.datetime | None, known_state: KnownState, said: str, *, committed: bool
) -> Held:
    """Where time alone may change the outcome at any moment, it holds for this one."""
    until = min(filter(None, (midnight_after(workspace.now), until)))
    until = max(until, workspace.now + dt.timedelta.resolution)
    clock = workspace.settings.clock.isoformat() if workspace.settings.clock else ""
    times = (utc(workspace.now), utc(until), clock, workspace.settings.time_zone)
    doubted = not clock and history.ahead_of(workspace.root, workspace.now) is not None
    return Held(known_state.key(committed=committed), *times, said, int(doubted))


def _outcome(report: Checked) -> Outcome:
    return Outcome(report.findings, report.documents, report.forms, report.records)


def _lies_here(root: Path) -> bool:
    """Whether the work tree is what HEAD holds, so that what is known of its files helps."""
    seen = state(root)
    return seen is not None and worktree.watches_all(root, disk.GUARDED) and is_head(root, seen)


def tables_of(report: Checked) -> Connection:
    """What a check that was to hold everything has read."""
    write_owed(report.tree.connection, owed(report.tree))
    return report.tree.connection
