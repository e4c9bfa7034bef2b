"""A Document: a regulation or a handbook part, with its clauses, parameters and obligations."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import StringConstraints

from csdocs.model.control import Control, Count
from csdocs.model.field import Option
from csdocs.model.identifier import DocumentId, FormId
from csdocs.model.kind import FieldId
from csdocs.model.shape import Day, Label, Shape
from csdocs.model.text import COMMA, NO, YES, Text

INTERPOLATION = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")  # where a text prints a parameter


class Parameter(Shape):
    """A figure of the rule book: printed in the clause and used by the validator."""

    id: FieldId
    kind: Literal["number", "money", "text", "bool", "time", "choice", "list", "table"]
    value: Any = None
    unit: Label | None = None
    label: Label
    note: Label | None = None
    options: tuple[Option, ...] = ()

    def typed(self) -> Any:
        """The value as the rule language sees it; ValueError if it is not one of its kind."""
        return _READERS.get(self.kind, str)(self.value)

    def printed(self) -> str:
        """As the clauses print it: they are Chinese."""
        return self.shown().zh

    def shown(self) -> Text:
        if self.kind == "bool":
            return YES if self.value == "true" else NO
        labels = {option.code: option.label for option in self.options}
        items = self.value if isinstance(self.value, list) else [self.value]
        return COMMA.join(labels.get(str(item), str(item)) for item in items)


def _number(value: Any) -> int | Decimal:
    if not isinstance(value, str) or not re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", value):
        raise ValueError(value)
    return Decimal(value) if "." in value else int(value)


def _flag(value: Any) -> bool:
    if value not in ("true", "false"):
        raise ValueError(value)
    return bool(value == "true")


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise ValueError(value)
    return [str(item) for item in value]


_READERS: dict[str, Any] = {
    "number": _number,
    "money": lambda value: Decimal(str(_number(value))),
    "bool": _flag,
    "time": lambda value: dt.datetime.strptime(value, "%H:%M").time(),
    "list": _texts,
    "table": lambda value: value,
}


class Obligation(Shape):
    """Evidence that has to exist for every period: no record, no proof."""

    clause: Count
    form: FormId
    every: Literal["shift", "day", "week", "month", "quarter", "year"]
    per: str = "workspace"
    on: Literal["all", "working"] = "all"
    counts: Literal["closed", "exists"] = "closed"
    since: Day
    due: Annotated[str, StringConstraints(pattern=r"^P")] = "P0D"


EvidenceKind = Literal["records", "inspection", "acknowledgement"]
EVIDENCE_WORDS: Mapping[EvidenceKind, Text] = {
    "records": Text("记录", "records"),
    "inspection": Text("检查", "an inspection"),
    "acknowledgement": Text("阅读确认", "an acknowledgement"),
}


class ClauseEvidence(Shape):
    """How clauses are proved that no record can prove by itself: by an inspection, or by having been read."""

    inspection: tuple[Count, ...] = ()
    acknowledgement: tuple[Count, ...] = ()

    def kind(self, clause: int) -> EvidenceKind:
        if clause in self.inspection:
            return "inspection"
        return "acknowledgement" if clause in self.acknowledgement else "records"

    @property
    def listed(self) -> frozenset[int]:
        return frozenset((*self.inspection, *self.acknowledgement))


class ControlBlock(Control):
    """Front matter of a document."""

    id: DocumentId
    summary: Label | None = None
    parameters: tuple[Parameter, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    evidence: ClauseEvidence = ClauseEvidence()


class Clause(NamedTuple):
    """A top-level numbered item: its number, its line in the file, its Markdown text."""

    number: int
    line: int
    text: str

    @property
    def deleted(self) -> bool:
        return self.text.strip() in ("（删除）", "(删除)", "（删除）。")


class Link(NamedTuple):
    """A link in the body: words, target, and where it stands."""

    words: str
    target: str
    line: int
    col: int


class Document(NamedTuple):
    path: str
    control: ControlBlock
    body: str
    body_line: int  # line of the file on which the body starts
    clauses: tuple[Clause, ...]
    links: tuple[Link, ...]
    summary: Text | None = None

    @property
    def id(self) -> str:
        return self.control.id

    def clause(self, number: int) -> Clause | None:
        return next((clause for clause in self.clauses if clause.number == number), None)
