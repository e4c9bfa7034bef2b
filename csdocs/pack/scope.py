"""What an auditor asked for, and what is kept of each thing that goes in."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Literal, NamedTuple

from csdocs.load.record.case import RecordCase
from csdocs.model.error import CsdocsError
from csdocs.model.text import Text


class Scope(NamedTuple):
    """`sample` None: every record. The draw is repeatable by hand, see `drawn`."""

    first: dt.date
    last: dt.date
    regulations: tuple[str, ...] = ()
    sample: int | None = None
    seed: str = ""

    def has(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


class File(NamedTuple):
    path: str
    data: bytes


class RulingRevision(NamedTuple):
    """A document or form at a revision that ruled on some day of the period; `commit` is one in which these bytes lay."""

    kind: Literal["documents", "forms"]
    id: str
    path: str
    revision: int
    title: Text
    since: dt.date
    until: dt.date | None
    data: bytes
    commit: str
    receipts: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        return f"{self.kind}/{self.id}/r{self.revision}"

    @property
    def source(self) -> str:
        return f"{self.stem}{'.md' if self.kind == 'documents' else '.yaml'}"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


class Filed(NamedTuple):
    """A record of the period; `breaches` are citations of clauses that were not kept."""

    case: RecordCase
    name: str
    form: str
    day: dt.date
    state: str
    state_words: Text
    breaches: tuple[str, ...]
    drawn: bool

    @property
    def folder(self) -> str:
        return f"records/{self.name}"


class SignedStatement(NamedTuple):
    """A statement that `ssh-keygen -Y verify` is to accept."""

    statement: str
    signature: str
    identity: str
    namespace: str
    at: dt.datetime


def drawn(names: Iterable[str], scope: Scope) -> frozenset[str]:
    """The names whose SHA-256 of `seed:name` comes first: anybody can draw again with `sha256sum`."""
    ranked = sorted(names, key=lambda name: hashlib.sha256(f"{scope.seed}:{name}".encode()).hexdigest())
    return frozenset(ranked if scope.sample is None else ranked[: scope.sample])


def require_known(scope: Scope, ids: Iterable[str]) -> None:
    known = set(ids)
    for id in scope.regulations:
        if id not in known:
            raise CsdocsError(
                Text("在这段时间没有有效的制度 {id}", "no regulation {id} was in force in that time").format(id=id),
                Text("csdocs as-of 日期 列出那一天有效的文件", "csdocs as-of DATE lists what was in force on a day"),
            )
