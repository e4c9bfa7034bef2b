"""Whether commits are dated before what they bring was signed: going in as they are, it could never count."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from csdocs.gate.quoting import plain
from csdocs.load.approval.approved import ApprovedWorkspace
from csdocs.load.approval.ledger import Verified
from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Finding
from csdocs.model.skew import SKEW
from csdocs.store import disk, history
from csdocs.store.history import Commit, PathChange


class Brought(NamedTuple):
    """The commit that brings a state of a path, and when that lands with it."""

    commit: str
    landed: dt.datetime


def signed_later(
    workspace: ApprovedWorkspace,
    receipts: Iterable[Verified],
    changes: Iterable[PathChange],
    blobs: Mapping[str, bytes],
    brought: Mapping[str, Brought],
) -> Iterator[Finding]:
    for each in receipts:
        yield from _doubted(each.path, each.receipt.at, brought)
    for change in changes:
        if disk.is_record(change.path) and change.oid in blobs:
            case = RecordCase(workspace, change.path, blobs[change.oid])
            if case.parsed.record is not None:
                yield from _doubted(change.path, case.latest, brought)


def brought_by(commits: Sequence[Commit], base: dt.datetime) -> dict[str, Brought]:
    """By path, of commits that go in as they are. `base`: when the last one before them landed."""
    found: dict[str, Brought] = {}
    for commit in commits:
        base = max(base, history.moment(commit.time, dt.UTC))
        found |= {change.path: Brought(commit.id[:12], base) for change in commit.changes}
    return found


def _doubted(path: str, signed: dt.datetime, brought: Mapping[str, Brought]) -> Iterator[Finding]:
    by = brought.get(path)
    if by is not None and signed > by.landed + SKEW:
        at = by.landed.astimezone(signed.tzinfo)
        yield plain(path, "commit-before-signature", commit=by.commit, at=at.isoformat(), signed=signed.isoformat())
