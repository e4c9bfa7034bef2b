"""`csdocs review` and `csdocs audit`: may this go in, and was every step allowed? One judgement, asked of one step or of all."""

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from csdocs.check import judge_record
from csdocs.load.case import RecordCase
from csdocs.load.ledger import CONTROLLED, Breach, Ledger
from csdocs.load.workspace import Workspace
from csdocs.model.finding import Finding, Position, Problem, Severity
from csdocs.model.record import Record
from csdocs.parse.record import parse_record
from csdocs.parse.yamltext import locate
from csdocs.rules import by_slug
from csdocs.store import disk, git
from csdocs.store.git import Commit, PathChange


class Verdict(NamedTuple):
    """Findings of a change or a history, and how many steps and files were looked at."""

    findings: tuple[Finding, ...]
    steps: int
    files: int
    opened: bool

    @property
    def has_errors(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def review(root: Path, base: str, head: str, now: dt.datetime, pinned: str | None = None) -> Verdict:
    """Judge what `head` would bring to `base`, by the register and policy that `base` has approved."""
    base_id, head_id = git.resolve(root, base), git.resolve(root, head)
    ledger = Ledger(root, pinned)
    for _ in ledger.fold(base_id):
        pass
    changes = git.changes_between(root, base_id, head_id)
    ledger.load(change.oid for change in changes if _is_controlled(change.path))
    step = Commit(head_id, int(now.timestamp()), "", changes)
    was_open = bool(ledger.opened)
    found = [_finding(ledger, breach) for breach in ledger.step(step)]
    if was_open:
        found += _judge_records(root, ledger, step)
    else:
        found.append(_in_set_up())
    return Verdict(_sorted(found), 1, len(changes), bool(ledger.opened))


def audit(root: Path, since: str | None, pinned: str | None = None) -> Iterator[tuple[Commit, list[Finding], Ledger]]:
    """Every first-parent step with its findings; before `since` steps are folded but not reported."""
    ledger = Ledger(root, pinned)
    commits = list(git.first_parent_log(root, "HEAD", *CONTROLLED, disk.RECORDS))
    ledger.load(c.oid for commit in commits for c in commit.changes if _is_controlled(c.path))
    silent = set() if since is None else {c.id for c in git.first_parent_log(root, git.resolve(root, since))}
    for commit in commits:
        was_open = bool(ledger.opened)
        breaches = ledger.step(commit)
        if commit.id in silent:
            continue
        found = [_finding(ledger, breach) for breach in breaches]
        yield commit, list(_sorted(found + (_judge_records(root, ledger, commit) if was_open else []))), ledger


def _is_controlled(path: str) -> bool:
    return path == CONTROLLED[0] or path.startswith(("handbook/", "templates/"))


def _judge_records(root: Path, ledger: Ledger, commit: Commit) -> list[Finding]:
    """Signed content untouched, nothing signed removed, every new state legal by the approved register."""
    changes = [
        change
        for change in commit.changes
        if change.path.startswith(f"{disk.RECORDS}/") and change.path.endswith(".yaml")
    ]
    blobs = dict(git.read_blobs(root, (oid for change in changes for oid in (change.old_oid, change.oid) if oid)))
    moment = dt.datetime.fromtimestamp(commit.time, dt.UTC)
    workspace = Workspace(root, moment, register=ledger.register)
    found: list[Finding] = []
    for change in changes:
        found += _judge_record(workspace, change, blobs)
    return found


def _judge_record(workspace: Workspace, change: PathChange, blobs: dict[str, bytes]) -> Iterator[Finding]:
    before = parse_record(change.path, blobs[change.old_oid]).record if change.old_oid else None
    if not change.oid:
        if before is not None and before.signatures:
            yield _plain(change.path, "signed-record-removed")
        return
    if change.mode != git.REGULAR:
        yield _plain(change.path, "not-a-plain-file", mode=change.mode)
        return
    data = blobs[change.oid]
    case = RecordCase(workspace, change.path, data)
    if before is not None and before.signatures:
        yield from _kept(change.path, before, case.parsed.record, data)
    yield from (finding for finding in judge_record(case) if finding.severity is Severity.ERROR)


def _kept(path: str, before: Record, after: Record | None, data: bytes) -> Iterator[Finding]:
    """Every signature that was there is there still, in its place and to the letter."""
    now = after.signatures if after else ()
    for index, signature in enumerate(before.signatures):
        if index >= len(now) or now[index] != signature:
            problem = Problem("signature-removed", ("signatures", index), {"number": index + 1})
            yield by_slug()[problem.slug].finding(problem, path, locate(data, ("signatures", index)))
            return


def _plain(path: str, slug: str, **values: object) -> Finding:
    return by_slug()[slug].finding(Problem(slug, Position(1, 1), values), path, Position(1, 1))


def _in_set_up() -> Finding:
    return _plain("csdocs.yaml", "draft-not-opened")


def _finding(ledger: Ledger, breach: Breach) -> Finding:
    at = breach.problem.at
    position = at if isinstance(at, Position) else locate(ledger.bytes_of(breach.path), at)
    return by_slug()[breach.problem.slug].finding(breach.problem, breach.path, position)


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda f: (f.path, f.line, f.col, f.code, f.message)))
