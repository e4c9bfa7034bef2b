"""What every kind of field has in common: its keys, and how the values of a kind are read and spelled."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, StringConstraints, model_validator
from pydantic_core import PydanticCustomError, core_schema

from csdocs.model.pattern import in_words
from csdocs.model.shape import Flag, Label, Number, Shape, unexpected
from csdocs.model.text import COMMA, Text

FieldId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
ROUTE_WORDS = frozenset(
    {"record", "row", "param", "signed", "state", "today", "now", "remarks", "attachments"}
    | {"true", "false", "null", "in", "has"}
)
NUMBERS = frozenset({"integer", "decimal", "money", "percent"})
KIND_WORDS = {
    "text": Text("一行文字", "one line of text"),
    "long_text": Text("文字", "text"),
    "code": Text("代码（大写字母、数字和连字符，至多16位）", "a code (capitals, digits, hyphens; at most 16)"),
    "date": Text("日期（如 2026-11-20）", "a date (2026-11-20)"),
    "time": Text("时刻（如 07:50）", "a time (07:50)"),
    "date_time": Text("日期时间（如 2026-11-20T07:52+08:00）", "a moment (2026-11-20T07:52+08:00)"),
    "month": Text("月份（如 2026-11）", "a month (2026-11)"),
    "week": Text("周（如 2026-W47）", "a week (2026-W47)"),
    "year": Text("年度（如 2026）", "a year (2026)"),
    "duration": Text("时长（如 PT15M）", "a duration (PT15M)"),
    "integer": Text("整数", "a whole number"),
    "decimal": Text("数字", "a number"),
    "money": Text("金额（两位小数，如 210.00）", "an amount with two decimals (210.00)"),
    "percent": Text("百分数（22.50 表示 22.5%）", "a percentage (22.50 means 22.5 %)"),
    "yes_no": Text("“true”（是）或“false”（否）", "true (yes) or false (no)"),
    "choice": Text("选项", "a choice"),
    "staff": Text("工号（如 S1023）", "a staff number (S1023)"),
    "department": Text("部门编号（如 D-CS）", "a department id (D-CS)"),
    "customer": Text("客户编号", "a customer number"),
    "reference": Text("记录编号", "a record number"),
    "file": Text("文件（name、sha256、bytes）", "a file (name, sha256, bytes)"),
    "rows": Text("列表", "a list"),
    "mapping": Text("一组“字段: 值”", "a group of “field: value”"),
}


# digits need no quotes in a record, but to a YAML editor they are a number
_DIGIT = r"\d"
TEXT: dict[str, Any] = {"type": ["string", "number"]}


def _readable(spelling: str) -> str:
    try:
        re.compile(spelling, re.ASCII)
    except re.error as error:
        raise unexpected(f"能读懂的正则表达式（{error}）", f"a regular expression that can be read ({error})") from None
    return spelling


Pattern = Annotated[str, AfterValidator(_readable)]


@cache
def pattern_of(spelling: str) -> re.Pattern[str]:
    """Compiled for good: the cache of `re` is small, and looking there costs as much as matching."""
    return re.compile(spelling, re.ASCII)


def joined(words: Iterable[str | Text]) -> Text:
    """A list of codes as each language writes lists."""
    listed = list(words)
    return COMMA.join(listed)


def wrong(slug: str, **values: object) -> PydanticCustomError:
    """A value that is not one: `slug` names the rule that will say so."""
    return PydanticCustomError(slug, slug, values)


def spelled_text(spelling: str) -> core_schema.CoreSchema:
    """Texts of a spelling in plain ASCII."""
    return core_schema.str_schema(strict=True, pattern=f"^(?:{spelling.replace(_DIGIT, '[0-9]')})$")


def made_by(make: Callable[[str], Any], spelling: str | None) -> core_schema.CoreSchema:
    """What a function of Python's own makes of such texts."""
    return core_schema.no_info_after_validator_function(make, spelled_text(spelling or ""))


class FieldBase(Shape):
    """What every kind of field has in common."""

    id: FieldId
    label: Label
    hint: Label | None = None
    pii: Flag = False
    internal: Flag = False
    required: Flag = False
    required_when: str | None = None
    computed: str | None = None
    query: str | None = None
    list: Flag = False
    min: Number | None = None
    max: Number | None = None

    cel: ClassVar[str]
    measured: ClassVar[bool] = False
    spelling: ClassVar[str | None] = None  # the one way to write a value, as a regular expression

    @model_validator(mode="after")
    def _bounds_make_sense(self) -> Self:
        if not self.measured and not self.list and (self.min is not None or self.max is not None):
            raise unexpected("不带 min、max 的字段", "a field without min and max")
        return self

    @property
    def is_computed(self) -> bool:
        return self.computed is not None or self.query is not None

    def read(self, text: Any) -> Any:
        """Value of a scalar of this kind, or a `PydanticCustomError` that names the rule it breaks."""
        if type(text) is not str:
            raise wrong("wrong-kind", kind=KIND_WORDS[self.kind_name], value="…")
        if self.spelling is not None and pattern_of(self.spelling).fullmatch(text) is None:
            raise wrong("wrong-kind", kind=KIND_WORDS[self.kind_name], value=text)
        return self.value(text)

    def reader(self) -> Callable[[Any], Any]:
        """`read`, with everything that it would look up again for each of many records at hand."""
        if self.spelling is None:
            return self.read
        fits, value = pattern_of(self.spelling).fullmatch, self.value
        return lambda text: value(text) if type(text) is str and fits(text) else self.read(text)

    def own_schema(self) -> core_schema.CoreSchema | None:
        """A schema that pydantic needs no Python for: it takes only what `read` takes, and gives the same. None: there is none."""
        plain = type(self).value is FieldBase.value and type(self).read is FieldBase.read
        return spelled_text(self.spelling) if plain and self.spelling else None

    def value(self, text: str) -> Any:
        return text

    def json_schema(self) -> dict[str, Any]:
        return TEXT | ({"pattern": f"^(?:{self.spelling})$"} if self.spelling else {})

    @property
    def own_form(self) -> Text | None:
        """What its own pattern asks for, where words can say it."""
        pattern: str | None = getattr(self, "pattern", None)
        return in_words(pattern) if pattern else None

    @property
    def kind_name(self) -> str:
        return str(getattr(self, "kind"))  # noqa: B009  # every concrete class declares `kind`


class Measured(FieldBase):
    """A kind whose values may be bounded by `min` and `max`; of other kinds only the length of a list can be."""

    measured: ClassVar[bool] = True

    def _within(self, size: Any, value: Any) -> Any:
        if self.list:
            return value  # min and max then bound the number of entries
        if (self.min is not None and size < self.min) or (self.max is not None and size > self.max):
            raise wrong("out-of-limits", value=str(value), least=str(self.min), most=str(self.max))
        return value

    @property
    def _takes_all_from_zero(self) -> bool:
        return self.list or (self.max is None and (self.min is None or self.min <= 0))

    def _bounds(self, low: str, high: str) -> dict[str, Any]:
        if self.list:
            return {}
        limits = {low: self.min, high: self.max}
        return {name: float(limit) if limit % 1 else int(limit) for name, limit in limits.items() if limit is not None}
