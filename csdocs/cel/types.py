"""The types of expressions, and which of them go together."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from csdocs.model.text import Text


class Scalar(Enum):
    """A type without parts. `ANY` occurs in signatures only; `NOTHING` is what an empty list holds."""

    INT = Text("整数", "whole number")
    DECIMAL = Text("小数", "decimal")
    STRING = Text("文字", "text")
    BOOL = Text("是否值", "yes/no value")
    DATE = Text("日期", "date")
    TIME = Text("时刻", "time of day")
    TIMESTAMP = Text("日期时间", "date with time")
    DURATION = Text("时长", "duration")
    STAFF = Text("员工", "staff member")
    ANY = Text("任意值", "value")
    NOTHING = Text("空", "missing value")

    @property
    def word(self) -> Text:
        return self.value


@dataclass(frozen=True)
class ListType:
    element: "Type"

    @property
    def word(self) -> Text:
        if self.element in (Scalar.ANY, Scalar.NOTHING):
            return Text("列表", "list")
        return Text("列表（{element}）", "list ({element})").format(element=self.element.word)


@dataclass(frozen=True)
class RecordType:
    """Named parts, each of which may be absent from a value."""

    fields: Mapping[str, "Type"]

    @property
    def word(self) -> Text:
        return Text("一组字段", "group of fields")

    def __hash__(self) -> int:
        return hash(frozenset(self.fields))


Type: TypeAlias = Scalar | ListType | RecordType

INT = Scalar.INT
DECIMAL = Scalar.DECIMAL
STRING = Scalar.STRING
BOOL = Scalar.BOOL
DATE = Scalar.DATE
TIME = Scalar.TIME
TIMESTAMP = Scalar.TIMESTAMP
DURATION = Scalar.DURATION
STAFF = Scalar.STAFF
ANY = Scalar.ANY
NOTHING = Scalar.NOTHING

STAFF_FIELDS: Mapping[str, Type] = {"id": STRING, "posts": ListType(STRING), "since": DATE}
ORDERED = frozenset({INT, DECIMAL, STRING, BOOL, DATE, TIME, TIMESTAMP, DURATION})


def fits(actual: Type, wanted: Type) -> bool:
    """Whether a value of `actual` may stand where `wanted` is asked for; whole numbers serve as decimals."""
    if wanted is ANY or actual is NOTHING:
        return True
    if isinstance(actual, ListType) and isinstance(wanted, ListType):
        return fits(actual.element, wanted.element)
    return actual == wanted or (actual is INT and wanted is DECIMAL)


def join(left: Type, right: Type) -> Type | None:
    """The type that holds values of both, or None when they do not go together."""
    if fits(left, right):
        return right
    return left if fits(right, left) else None


def is_compound(kind: Type) -> bool:
    """Whether Python's own `==` is not the equality of the language: lists, groups and staff."""
    return not isinstance(kind, Scalar) or kind is STAFF
