"""What a whole check found, kept for as long as nothing has changed. To look it up costs little more than asking git."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from csdocs.load.index import plain
from csdocs.load.index.plain import dumped, packed, unpacked
from csdocs.load.program import digest, judge_digest, zones_digest
from csdocs.model.finding import Finding, Severity
from csdocs.model.moment import end_of
from csdocs.model.text import Text
from csdocs.store import worktree
from csdocs.store.error import Spoilt, trusting
from csdocs.store.secret import own_secret
from csdocs.store.state import NOTES, TreeState, state
from csdocs.store.tables import AS_FOUND, Connection, Held, Said, Tables

TABLES = f"{NOTES}/tables.sqlite"
UNSIGNED = f"{NOTES}/unsigned.sqlite"  # of records whose signatures nobody has verified
Kind = Literal["here", "committed"]


class Outcome(NamedTuple):
    """Every finding in the order of the report, and how much was looked at."""

    findings: tuple[Finding, ...]
    documents: int
    forms: int
    records: int


class Found(NamedTuple):
    """An outcome to be read when somebody asks for it. `name`: the same for all that say the same, "" where it is not kept.

    `doubted`: whether the clock by which it was found was behind the last commit.
    """

    outcome: Callable[[], Outcome]
    name: str = ""
    doubted: bool = False


class KnownState:
    """The state of a work tree, or with `committed` of what is checked out, and what is known of it."""

    def __init__(self, root: Path, *, committed: bool = False, signatures: bool = True) -> None:
        self.root = root
        self.committed = committed
        self.file = TABLES if signatures else UNSIGNED
        self.tables = Tables(root / self.file)
        self.state: TreeState | None = _of_commit(root) if committed else state(root)
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
        has = self._is_committed() if self.committed else self.file not in self.state.notes
        return worktree.is_ignored(self.root, self.file, unknown=not has)

    def _is_committed(self) -> bool:
        from csdocs.store import history  # most runs ask it nothing

        assert self.state is not None
        return history.holds(self.root, self.state.head, self.file)

    def found(self, *, as_of: dt.date | None = None) -> Found | None:
        """What holds now; None where the workspace has to be judged again."""
        holding = self._holding(as_of)
        body = self.tables.said(holding[0].said) if holding else None
        if holding is None or body is None:
            return None
        return self.kept(Said(holding[0].said, AS_FOUND, body))._replace(doubted=bool(holding[0].doubted))

    def kept(self, said: Said) -> Found:
        return Found(partial(self._read, said.body), said.name)

    def _read(self, body: bytes) -> Outcome:
        try:
            with trusting():
                return loaded(body)
        except Spoilt:
            self.tables.discard()
            raise

    def moment(self, *, as_of: dt.date | None = None, at: dt.datetime | None = None) -> dt.datetime | None:
        """The moment that counts (`at`, if that is given), in the workspace's time zone, if there is an outcome that holds then."""
        found = self._holding(as_of, at)
        return found[1] if found else None

    def words(self, found: Found, how: str) -> bytes | None:
        """What somebody has kept who put the same into words. `how`: in which."""
        body = self.tables.said(found.name, how) if found.name else None
        try:
            return unpacked(body) if body is not None else None
        except ValueError:
            return None

    def keep_words(self, found: Found, how: str, words: bytes) -> None:
        """For as long as it is what is found."""
        self.tables.write({}, [Said(found.name, how, packed(words))])

    def _holding(self, as_of: dt.date | None, at: dt.datetime | None = None) -> tuple[Held, dt.datetime] | None:
        if self.state is None:
            return None
        held = self.tables.held(kind_of(committed=self.committed), self.key(committed=self.committed))
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


def _of_commit(root: Path) -> TreeState | None:
    place = worktree.place(root)
    return TreeState(place.head, "", True) if place else None


def kind_of(*, committed: bool) -> Kind:
    return "committed" if committed else "here"


def _now(held: Held, as_of: dt.date | None) -> dt.datetime:
    zone = ZoneInfo(held.zone)
    if as_of is not None:
        return end_of(as_of, zone)
    clock = dt.datetime.fromisoformat(held.clock) if held.clock else dt.datetime.now(dt.UTC).replace(microsecond=0)
    return clock.astimezone(zone)


def utc(moment: dt.datetime) -> str:
    """Moments that sort as texts."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def named(outcome: Outcome, judge: str) -> Said:
    """As it is kept. `judge`: who found it."""
    body = packed(dumped(outcome))
    return Said(digest(judge, hashlib.sha256(body).hexdigest()), AS_FOUND, body)


def loaded(body: bytes) -> Outcome:
    findings, documents, forms, records = plain.loaded(unpacked(body))
    return Outcome(tuple(map(finding_of, findings)), documents, forms, records)


def finding_of(found: list[str | int]) -> Finding:
    code, rule, severity, path, line, col, message, hint = found
    return Finding(code, rule, _SEVERITIES[severity], path, line, col, Text(*message), Text(*hint))  # type: ignore[arg-type, misc]


_SEVERITIES: Mapping[str | int, Severity] = {each.value: each for each in Severity}


def is_wanted(finding: Finding, paths: Sequence[str]) -> bool:
    """Whether it is about these files and folders, or keeps them from being judged."""
    return is_asked(finding.path, paths) or finding.withholds


def is_asked(path: str, paths: Sequence[str]) -> bool:
    """Whether a finding about `path` is wanted by somebody who named these files and folders."""
    return not paths or any(path == each or path.startswith(each.rstrip("/") + "/") for each in paths)
