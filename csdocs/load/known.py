"""Verdicts of earlier runs, believed only where everything they rest on is as it was."""

import datetime as dt
import hashlib
import time
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from csdocs.load.basis import Basis, Grounds, Yardstick
from csdocs.load.outcome import finding_of
from csdocs.load.plain import dumped, loaded, plain_summary, summary_of
from csdocs.load.rulebook import RuleBook
from csdocs.load.tree import Summary
from csdocs.load.workspace import Workspace
from csdocs.model.error import CsdocsError
from csdocs.model.finding import Finding
from csdocs.store import disk, git
from csdocs.store.keep import Keep

INDEX = ".csdocs/index.sqlite"


class Answer(NamedTuple):
    """What a query over all records gave for a record with these values."""

    name: str
    bound: Mapping[str, Any]
    value: Any


class Judged(NamedTuple):
    """What came of one record file; `findings` is None where they must wait for queries over all records.

    With `asked` the findings hold if the same questions still have these answers. `lasts`: when time alone may change them.
    """

    summary: Summary | None
    findings: list[Finding] | None
    basis: Basis | None = None
    asked: tuple[Answer, ...] = ()
    lasts: dt.datetime | None = None


class Known:
    """The index of a workspace: read once, written once. It makes a run faster and never changes what it says."""

    def __init__(self, workspace: Workspace, *, signatures: bool) -> None:
        self._started = time.time() - 1  # clocks of file systems are coarse
        self._workspace = workspace
        self._prefix = "signed:" if signatures else "unsigned:"
        self._keep = Keep(workspace.root / INDEX)
        self.rule_book = RuleBook(workspace, self._keep)
        self._grounds = Grounds(workspace, signatures=signatures)
        self._stale: list[str] = []
        self._new: dict[str, bytes] = {}
        self.marks: dict[str, bytes] = {}  # by path: another one for every other verdict

    @cached_property
    def _clean(self) -> dict[str, str]:
        try:
            return git.clean_blobs(self._workspace.root, disk.RECORDS)
        except CsdocsError:
            return {}

    def _fingerprint(self, path: str) -> str:
        """ "" for what is no regular file."""
        size = disk.size_of(self._workspace.root, path)
        if size is None:
            return ""
        clean = self._clean.get(path)
        return f"{clean}:{size}" if clean else disk.fingerprint(disk.read(self._workspace.root, path))

    # reading

    def recall(self, paths: Iterable[str]) -> dict[str, Judged]:
        """What was found of these records, where it still holds."""
        wanted = set(paths)
        out: dict[str, Judged] = {}
        for name, body in self._keep.entries():
            path = name.removeprefix(self._prefix)
            if path == name:
                continue
            judged = self._believed(path, body) if path in wanted else None
            if judged is None:
                self._stale.append(name)
            else:
                out[path] = judged
                self.marks[path] = _mark(body)
        return out

    def _believed(self, path: str, body: bytes) -> Judged | None:
        try:
            fingerprint, files, yardsticks, landed, since, until, summary, findings, asked = loaded(body)
            holds = (
                self._is_time(since, until)
                and self._same_yardsticks(yardsticks)
                and all(self._fingerprint(each) == then for each, then in [(path, fingerprint), *files])
                and (landed is None or self._workspace.landings.get(path) == landed)
            )
            if not holds:
                return None
            answers = tuple(Answer(*each) for each in asked)
            lasts = None if until is None else dt.datetime.fromisoformat(until)
            return Judged(summary_of(summary), list(map(finding_of, findings)), None, answers, lasts)
        except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError, CsdocsError):
            return None  # no entry that this program wrote

    def _is_time(self, since: str, until: str | None) -> bool:
        now = self._workspace.now
        return dt.datetime.fromisoformat(since) <= now and (until is None or now < dt.datetime.fromisoformat(until))

    def _same_yardsticks(self, yardsticks: list[Any]) -> bool:
        return all(
            self._grounds.of(Yardstick(form, revision, dt.date.fromisoformat(day))) == digest
            for form, revision, day, digest in yardsticks
        )

    # writing

    def note(self, path: str, judged: Judged) -> None:
        """What was found anew."""
        body = self._body(judged)
        if body is not None:
            self._new[self._prefix + path] = body
            self.marks[path] = _mark(body)

    def keep(self) -> None:
        """Add what was noted, and drop what is no longer true."""
        self._keep.write(self._new.items(), (name for name in self._stale if name not in self._new))

    def _body(self, judged: Judged) -> bytes | None:
        summary, findings, basis, asked, _ = judged
        if summary is None or findings is None or basis is None or self._changed_meanwhile(basis.files):
            return None
        yardsticks = [(y.form, y.revision, y.day.isoformat(), self._grounds.of(y)) for y in basis.yardsticks]
        files = [(path, self._fingerprint(path)) for path in basis.files]
        until = basis.until.isoformat() if basis.until else None
        times = (basis.landed, basis.since.isoformat(), until)
        try:
            return dumped((basis.fingerprint, files, yardsticks, *times, plain_summary(summary), findings, asked))
        except TypeError:
            return None

    def _changed_meanwhile(self, files: Iterable[str]) -> bool:
        """Then nobody can say which of the two states was judged."""
        return any(disk.touched_since(self._workspace.root, path, self._started) for path in files)


def _mark(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16).digest()


def known(workspace: Workspace, *, signatures: bool) -> Known | None:
    """None where git would take notice of the index: a workspace that does not ignore it gets none."""
    return Known(workspace, signatures=signatures) if git.is_ignored(workspace.root, INDEX) else None
