"""What a whole check found, kept for as long as nothing has changed. To look it up costs little more than asking git."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from csdocs.load import plain
from csdocs.load.program import digest, judge_digest, zones_digest
from csdocs.model.finding import Finding, Severity
from csdocs.model.text import Text
from csdocs.store import history, worktree
from csdocs.store.secret import own_secret
from csdocs.store.state import NOTES, State, state
from csdocs.store.tables import Connection, Held, Tables

TABLES = f"{NOTES}/tables.sqlite"
UNSIGNED = f"{NOTES}/unsigned.sqlite"  # of records whose signatures nobody has verified
Kind = Literal["here", "committed"]


class Outcome(NamedTuple):
    """Every finding in the order of the report, and how much was looked at."""

    findings: tuple[Finding, ...]
    documents: int
    forms: int
    records: int


class Current(NamedTuple):
    """An outcome that holds now, and as it is kept. `now` is the moment it was asked for, in the workspace's time zone."""

    outcome: Outcome
    held: Held
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        return self.now.date()


class Standing:
    """The state of a work tree, or with `committed` of what is checked out, and what is known of it."""

    def __init__(self, root: Path, *, committed: bool = False, signatures: bool = True) -> None:
        self.root = root
        self.committed = committed
        self.file = TABLES if signatures else UNSIGNED
        self.tables = Tables(root / self.file)
        self.state: State | None = _of_commit(root) if committed else state(root)
        # of the program as it is loaded: it may be another one by the end of the run; and what somebody else noted is not known
        self.judge = judge_digest(zones_digest(), (own_secret() or b"").hex())

    def key(self, *, committed: bool) -> str:
        """Stands for all that a check rests on besides the time."""
        assert self.state is not None
        return digest(self.judge, self.state.head, "" if committed else self.state.digest)

    @cached_property
    def is_apart(self) -> bool:
        """Whether git takes no notice of the file: it did not come with a change, and nobody sees when it is written."""
        if self.state is None:
            return False
        has = history.holds(self.root, self.state.head, self.file) if self.committed else self.file not in self.state.notes
        return worktree.is_ignored(self.root, self.file, unknown=not has)

    def current(self, *, as_of: dt.date | None = None) -> Current | None:
        """None where the workspace has to be judged again."""
        found = self._holding(as_of)
        try:
            return Current(loaded(found[0].body), *found) if found else None
        except (ValueError, TypeError, LookupError, RecursionError):
            return None

    def moment(self, *, as_of: dt.date | None = None, at: dt.datetime | None = None) -> dt.datetime | None:
        """The moment that counts (`at`, if that is given), in the workspace's time zone, if there is an outcome that holds then."""
        found = self._holding(as_of, at)
        return found[1] if found else None

    def said(self, how: str, *, as_of: dt.date | None = None) -> bytes | None:
        """What somebody has kept who put an outcome that holds now into words. `how`: in which."""
        found = self._holding(as_of, how=how)
        return found[0].body if found else None

    def keep_said(self, how: str, words: bytes, current: Current) -> None:
        """For as long as the outcome holds."""
        self.tables.write({self._kind(how): current.held._replace(body=words)})

    def _kind(self, how: str) -> str:
        return f"{kind_of(committed=self.committed)} {how}".rstrip()

    def _holding(
        self, as_of: dt.date | None, at: dt.datetime | None = None, how: str = ""
    ) -> tuple[Held, dt.datetime] | None:
        if self.state is None:
            return None
        held = self.tables.held(self._kind(how), self.key(committed=self.committed))
        if held is None or not self.is_apart:
            return None
        try:
            now = at or _now(held, as_of)
        except (ValueError, TypeError, LookupError):
            return None
        return (held, now) if held.since <= utc(now) < held.until else None

    def connect(self) -> Connection | None:
        """The tables of the very state that was looked at; None if they are not there, or those of another state by now."""
        return self.tables.at("here", self.key(committed=False)) if self.state else None


def _of_commit(root: Path) -> State | None:
    place = worktree.place(root)
    return State(place.head, "", True) if place else None


def kind_of(*, committed: bool) -> Kind:
    return "committed" if committed else "here"


def _now(held: Held, as_of: dt.date | None) -> dt.datetime:
    zone = ZoneInfo(held.zone)
    if as_of is not None:
        return dt.datetime.combine(as_of, dt.time(23, 59, 59), zone)
    clock = dt.datetime.fromisoformat(held.clock) if held.clock else dt.datetime.now(dt.UTC).replace(microsecond=0)
    return clock.astimezone(zone)


def utc(moment: dt.datetime) -> str:
    """Moments that sort as texts."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def loaded(body: bytes) -> Outcome:
    findings, documents, forms, records = plain.loaded(body)
    return Outcome(tuple(map(finding_of, findings)), documents, forms, records)


def finding_of(found: list[str | int]) -> Finding:
    code, rule, severity, path, line, col, message, hint = found
    return Finding(code, rule, _SEVERITIES[severity], path, line, col, Text(*message), Text(*hint))  # type: ignore[arg-type, misc]


_SEVERITIES: Mapping[str | int, Severity] = {each.value: each for each in Severity}


def is_asked(path: str, paths: Sequence[str]) -> bool:
    """Whether a finding about `path` is wanted by somebody who named these files and folders."""
    return not paths or any(path == each or path.startswith(each.rstrip("/") + "/") for each in paths)
