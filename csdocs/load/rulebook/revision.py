"""The revisions of controlled files, read from git: what was in force on a day."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from csdocs.load.lazily import Lazily
from csdocs.model.place import DOCUMENTS, FORMS
from csdocs.store import history

if TYPE_CHECKING:
    from csdocs.load.approval.ledger import Issue, Ledger

_NUMBER = re.compile(rb"^revision: *[\"']?(\d{1,6})[\"']? *(?:#.*)?$", re.MULTILINE)
_EFFECTIVE = re.compile(rb"^effective: *[\"']?(\d{4}-\d\d-\d\d)[\"']? *(?:#.*)?$", re.MULTILINE)
_WITHDRAWN = re.compile(rb"^withdrawn: *[\"']?(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))", re.MULTILINE)


class Revision(NamedTuple):
    """A numbered state of a controlled file. `known` is the Unix time of the commit that brought it (None: not committed)."""

    path: str
    number: int
    effective: dt.date
    data: bytes
    known: int | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def begins(self, zone: dt.tzinfo) -> dt.datetime:
        """From when it can be known and is in force: with its day, unless it landed in the midst of that."""
        landed = history.moment(self.known, zone) if self.known is not None else None
        if landed is not None and landed.date() == self.effective:
            return landed
        return dt.datetime.combine(self.effective, dt.time(), zone)

    @property
    def withdrawn(self) -> dt.date | None:
        return _withdrawn(self.data)

    def is_withdrawn(self, day: dt.date) -> bool:
        """From the day that is stated on."""
        return self.withdrawn is not None and self.withdrawn <= day


@lru_cache(maxsize=1_024)
def _withdrawn(data: bytes) -> dt.date | None:
    """Asked again for every record of the form."""
    written = _WITHDRAWN.search(data)
    try:
        return dt.date.fromisoformat(written[1].decode()) if written else None
    except ValueError:
        return None  # the shape of the control block says so


def revisions(root: Path, tree: Mapping[str, bytes], tip: str = "HEAD") -> dict[str, tuple[Revision, ...]]:
    """Revisions of each path of `tree` (its bytes in the work tree) and of its history up to `tip`, lowest first.

    Of several states under one number the last one counts: only in set-up may bytes change under a number.
    """
    states = [
        blob
        for blob in history.states(root, "handbook", "templates/forms", revision=tip)
        if blob.path in tree and blob.oid
    ]
    blobs = history.contents(root, ((state.path, state.oid) for state in states))
    found: dict[str, dict[int, Revision]] = {}
    for state in states:
        if state.oid in blobs:
            _note(found, state.path, blobs[state.oid], state.time)
    for path, data in tree.items():
        committed = found.get(path, {}).values()
        _note(found, path, data, next((r.known for r in committed if r.data == data), None))
    return {path: tuple(each for _, each in sorted(numbered.items())) for path, numbered in found.items()}


def approved_revisions(ledger: "Ledger") -> Mapping[str, tuple[Revision, ...]]:
    """Revisions with complete receipts, by the approved states that the ledger came to know.

    `effective` is the day from which each really ruled: one that was approved late did not rule before.
    """
    issues: dict[str, list[Issue]] = {}
    for issue in ledger.issues:
        issues.setdefault(issue.path, []).append(issue)
    return Lazily(issues, lambda path: _approved(issues[path]))


def _approved(issues: Iterable["Issue"]) -> tuple[Revision, ...] | None:
    found = {
        issue.approved.revision: Revision(
            issue.path, issue.approved.revision, issue.since, issue.approved.data, int(issue.known.timestamp())
        )
        for issue in issues
        if issue.approved.revision is not None
    }
    return tuple(each for _, each in sorted(found.items())) or None


def _note(found: dict[str, dict[int, Revision]], path: str, data: bytes, known: int | None) -> None:
    revision = written_revision(path, data, known)
    if revision is not None:
        found.setdefault(path, {})[revision.number] = revision


def written_revision(path: str, data: bytes, known: int | None = None) -> Revision | None:
    """The revision that a file says it is; None where number or date cannot be read."""
    number, effective = _NUMBER.search(data), _EFFECTIVE.search(data)
    if number is None or effective is None:
        return None
    try:
        return Revision(path, int(number[1]), dt.date.fromisoformat(effective[1].decode()), data, known)
    except ValueError:
        return None


def latest(candidates: Iterable[Revision], day: dt.date) -> Revision | None:
    """The last revision that had come into force by the day, withdrawn since or not."""
    return max((each for each in candidates if each.effective <= day), key=lambda each: each.number, default=None)


def ruling(files: Mapping[str, bytes], known: Mapping[str, tuple[Revision, ...]], day: dt.date) -> dict[str, bytes]:
    """Files as they rule on a day, whatever is to come: without documents and forms that nobody has approved, or that are withdrawn.

    One that is not in force yet and has no predecessor stands for itself.
    """
    found = dict(files)
    for path in (path for path in files if path.startswith((*DOCUMENTS, FORMS))):
        revisions = known.get(path, ())
        ruled = in_force(revisions, day) if latest(revisions, day) else next(iter(revisions), None)
        if ruled:
            found[path] = ruled.data
        else:
            del found[path]
    return found


def in_force(candidates: Iterable[Revision], day: dt.date) -> Revision | None:
    """The revision that governed the day; None before the first, and from the day on which the last was withdrawn."""
    found = latest(candidates, day)
    return None if found is None or found.is_withdrawn(day) else found
