"""`csdocs audit`: was every step allowed? The judgement of a change, asked of each first-parent step of the history."""

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from csdocs.gate.judge import Judge
from csdocs.gate.quoting import plain
from csdocs.gate.review import from_the_future, guarded_log, twins
from csdocs.load.approval.ledger import Ledger, is_controlled
from csdocs.load.index.remembered import Remembered, StepOutcome
from csdocs.model.finding import Finding, in_order
from csdocs.model.place import CONFIG
from csdocs.store import history
from csdocs.store.history import Commit

_BATCH = 200  # commits whose records are read from git at once


class JudgedStep(NamedTuple):
    """One first-parent step, judged. `opened`: whether the workspace was open when it had been taken."""

    commit: Commit
    findings: tuple[Finding, ...]
    opened: bool


def audit(
    root: Path, since: str | None, pinned: str | None, now: dt.datetime, remembered: Remembered | None = None
) -> Iterator[JudgedStep]:
    """Steps that touched what the gate guards; before `since` they are folded but not reported.

    A step rests on its commit and on all before it, and these never change: what `remembered` holds of it is not judged again.
    """
    last = None
    for step in _steps(root, since, pinned, now, remembered):
        if last is not None:
            yield last
        last = step
    if last is not None:
        beside = twins(root, "HEAD") if last.opened else ()
        yield last._replace(findings=in_order([*last.findings, *beside]))


def _steps(
    root: Path, since: str | None, pinned: str | None, now: dt.datetime, remembered: Remembered | None
) -> Iterator[JudgedStep]:
    head = history.resolve(root, "HEAD")
    line = list(history.first_parent_log(root, head, options=("--no-patch",)))
    told = 0
    if since is not None:
        asked = history.resolve(root, since)
        told = next((number for number, commit in enumerate(line, 1) if commit.id == asked), 0)
        if not told:
            yield JudgedStep(line[-1], (plain(CONFIG, "history-rewritten", commit=asked[:12]),), opened=True)
    recalled = remembered.recall() if remembered else {}
    known = all(commit.id in recalled for commit in line[told:])
    if known and not any(found for commit in line[told:] for found in from_the_future(commit, now)):
        yield from _as_remembered(line[told:], recalled)
        return
    yield from _judge(root, {commit.id for commit in line[:told]}, pinned, now, recalled, remembered)


def _as_remembered(line: list[Commit], recalled: Mapping[str, StepOutcome]) -> Iterator[JudgedStep]:
    for commit in line:
        outcome = recalled[commit.id]
        if outcome.touched:
            yield JudgedStep(commit, outcome.findings, outcome.opened)


def _judge(
    root: Path,
    told: set[str],
    pinned: str | None,
    now: dt.datetime,
    recalled: Mapping[str, StepOutcome],
    remembered: Remembered | None,
) -> Iterator[JudgedStep]:
    ledger = Ledger(root, pinned)
    commits = list(guarded_log(root, "HEAD"))
    ledger.load(change.oid for commit in commits for change in commit.changes if is_controlled(change.path))
    judge = Judge(ledger, told | recalled.keys())
    for start in range(0, len(commits), _BATCH):
        for commit, findings in judge.batch(commits[start : start + _BATCH]):
            found = recalled[commit.id].findings if commit.id in recalled else findings
            if remembered is not None and commit.id not in told:
                remembered.note(commit.id, StepOutcome(bool(commit.changes), bool(ledger.opened), found))
            if commit.changes and commit.id not in told:
                yield JudgedStep(commit, in_order([*found, *_too_early(ledger, commit, now)]), bool(ledger.opened))
    if remembered is not None:
        remembered.keep()


def _too_early(ledger: Ledger, commit: Commit, now: dt.datetime) -> Iterator[Finding]:
    """Told anew each time: a day that is still to come may be that on which records could go, or a key had expired."""
    if ledger.opened:
        clock = ledger.settings.clock if ledger.settings else None
        yield from from_the_future(commit, max(clock or now, now))
