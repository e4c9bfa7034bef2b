"""A report: one query over the records of a period, and what its columns mean."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, StringConstraints

from csdocs.model.control import GENERAL, Profiles
from csdocs.model.identifier import Citation
from csdocs.model.kind import NUMBERS
from csdocs.model.period import Span
from csdocs.model.shape import Flag, Label, Several, Shape
from csdocs.model.text import Text

ReportId = Annotated[str, StringConstraints(pattern=r"^RPT-[A-Z0-9]{2,24}$")]
ColumnId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Every = Literal["day", "week", "month", "quarter", "year"]
EVERY: Mapping[Every, Text] = {
    "day": Text("日", "day"),
    "week": Text("周", "week"),
    "month": Text("月", "month"),
    "quarter": Text("季", "quarter"),
    "year": Text("年", "year"),
}
Kind = Literal[
    "text", "integer", "decimal", "money", "percent", "date", "date_time", "yes_no",
    "staff", "department", "form", "clause", "record", "label",
]  # fmt: skip
_PER_CENT = Text("%", "%")


class Column(Shape):
    """A value of the query, or (`ratio`) one column divided by another, which has no value where the second is 0.

    `label` holds the address of something that a form has a label for: `F-CASE`, `F-CASE/owner`, `F-COMPLAINT/nature/service`.
    A `hidden` column is there for ratios alone.
    """

    id: ColumnId
    label: Label
    kind: Kind
    unit: Label | None = None
    ratio: tuple[ColumnId, ColumnId] | None = None
    total: Flag = False
    hidden: Flag = False

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS


class Report(Shape):
    """`period`: what it is drawn up for; the first one where several are named is meant if nobody says which."""

    id: ReportId
    title: Label
    profile: Profiles = GENERAL
    period: Annotated[tuple[Every, ...], Several, Field(min_length=1)]
    clauses: tuple[Citation, ...] = ()
    note: Label | None = None
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    query: Annotated[str, StringConstraints(min_length=1)]

    @property
    def asked(self) -> tuple[str, ...]:
        """Columns that the query has to give."""
        return tuple(column.id for column in self.columns if column.ratio is None)


class Cell(NamedTuple):
    """A value as SQL has it, and as people read it."""

    value: Any
    shown: Text


class Figures(NamedTuple):
    """A report drawn up: the columns that are shown, a tuple of cells each row, and the totals if it has any.

    `unreadable`: records that could not be read and are not counted.
    """

    report: Report
    span: Span
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] | None
    unreadable: int = 0

    @property
    def foot(self) -> tuple[tuple[Cell, ...], ...]:
        return (self.totals,) if self.totals else ()

    def head(self, column: Column) -> Text:
        unit = column.unit or (_PER_CENT if column.kind == "percent" else None)
        return column.label if unit is None else column.label.noted(unit)
