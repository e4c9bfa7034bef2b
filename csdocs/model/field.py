"""The kinds a field can have: a closed set, one small class each.

A kind knows how its values are spelled (`read`), what the rule language calls them (`cel`), and what an editor should know
about them (`schema`). Record scalars are text until `read` types them.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, ConfigDict, StringConstraints, model_validator
from pydantic import Field as Key
from pydantic_core import PydanticCustomError, core_schema

from csdocs.model.shape import Flag, Label, Number, Several, Shape, unexpected
from csdocs.model.text import Text

FieldId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
ROUTE_WORDS = frozenset(
    {"record", "row", "param", "signed", "state", "today", "now", "remarks", "attachments"}
    | {"true", "false", "null", "in", "has"}
)
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
_TEXT: dict[str, Any] = {"type": ["string", "number"]}


def _readable(spelling: str) -> str:
    try:
        re.compile(spelling, re.ASCII)
    except re.error as error:
        raise unexpected(f"能读懂的正则表达式（{error}）", f"a regular expression that can be read ({error})") from None
    return spelling


Pattern = Annotated[str, AfterValidator(_readable)]


@cache
def _pattern(spelling: str) -> re.Pattern[str]:
    """Compiled for good: the cache of `re` is small, and looking there costs as much as matching."""
    return re.compile(spelling, re.ASCII)


def joined(words: Iterable[str]) -> Text:
    """A list of codes as each language writes lists."""
    listed = list(words)
    return Text("、".join(listed), ", ".join(listed))


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
        if self.spelling is not None and _pattern(self.spelling).fullmatch(text) is None:
            raise wrong("wrong-kind", kind=KIND_WORDS[self.kind_name], value=text)
        return self.value(text)

    def reader(self) -> Callable[[Any], Any]:
        """`read`, with everything that it would look up again for each of many records at hand."""
        if self.spelling is None:
            return self.read
        fits, value = _pattern(self.spelling).fullmatch, self.value
        return lambda text: value(text) if type(text) is str and fits(text) else self.read(text)

    def own_schema(self) -> core_schema.CoreSchema | None:
        """A schema that pydantic needs no Python for: it takes only what `read` takes, and gives the same. None: there is none."""
        plain = type(self).value is FieldBase.value and type(self).read is FieldBase.read
        return spelled_text(self.spelling) if plain and self.spelling else None

    def value(self, text: str) -> Any:
        return text

    def json_schema(self) -> dict[str, Any]:
        return _TEXT | ({"pattern": f"^(?:{self.spelling})$"} if self.spelling else {})

    @property
    def kind_name(self) -> str:
        return str(getattr(self, "kind"))  # noqa: B009  # every concrete class declares `kind`


class _Measured(FieldBase):
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


class TextField(_Measured):
    kind: Literal["text"]
    pattern: Pattern | None = None
    cel: ClassVar[str] = "string"
    _lines: ClassVar[int] = 1

    def own_schema(self) -> core_schema.CoreSchema | None:
        bounds = (None, None) if self.list else (self.min, self.max)
        if self.pattern or any(bound is not None and bound % 1 for bound in bounds):
            return None
        least, most = (None if bound is None else max(int(bound), 0) for bound in bounds)
        line = r"^[^\n]*$" if self._lines == 1 else None
        return core_schema.str_schema(strict=True, min_length=least, max_length=most, pattern=line)

    def value(self, text: str) -> str:
        if "\n" in text and self._lines == 1:
            raise wrong("wrong-kind", kind=KIND_WORDS[self.kind_name], value=text.split("\n", maxsplit=1)[0])
        if self.pattern and not _pattern(self.pattern).fullmatch(text):
            raise wrong("pattern-not-matched", value=text, pattern=self.pattern)
        return str(self._within(len(text), text))

    def json_schema(self) -> dict[str, Any]:
        pattern = {"pattern": f"^(?:{self.pattern})$"} if self.pattern else {}
        return {**_TEXT, **pattern, **self._bounds("minLength", "maxLength")}


class LongTextField(TextField):
    kind: Literal["long_text"]  # type: ignore[assignment]  # narrowed to another literal on purpose
    _lines: ClassVar[int] = 0


class CodeField(FieldBase):
    kind: Literal["code"]
    pattern: Pattern | None = None
    cel: ClassVar[str] = "string"
    spelling: ClassVar[str | None] = r"[A-Z0-9-]{1,16}"

    def own_schema(self) -> core_schema.CoreSchema | None:
        return None if self.pattern else spelled_text(self.spelling or "")

    def value(self, text: str) -> str:
        if self.pattern and not _pattern(self.pattern).fullmatch(text):
            raise wrong("pattern-not-matched", value=text, pattern=self.pattern)
        return text


class DateField(FieldBase):
    kind: Literal["date"]
    cel: ClassVar[str] = "date"
    spelling: ClassVar[str | None] = r"[12]\d{3}-\d{2}-\d{2}"

    def own_schema(self) -> core_schema.CoreSchema | None:
        return made_by(dt.date.fromisoformat, self.spelling)

    def value(self, text: str) -> dt.date:
        value: dt.date = _calendar(dt.date.fromisoformat, text)
        return value

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


class TimeField(FieldBase):
    kind: Literal["time"]
    cel: ClassVar[str] = "time"
    spelling: ClassVar[str | None] = r"\d{2}:\d{2}"

    def own_schema(self) -> core_schema.CoreSchema | None:
        return made_by(dt.time.fromisoformat, self.spelling)

    def value(self, text: str) -> dt.time:
        value: dt.time = _calendar(dt.time.fromisoformat, text)
        return value


class DateTimeField(FieldBase):
    kind: Literal["date_time"]
    cel: ClassVar[str] = "timestamp"
    spelling: ClassVar[str | None] = r"[12]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?[+-]\d{2}:[0-5]\d"

    def own_schema(self) -> core_schema.CoreSchema | None:
        return made_by(dt.datetime.fromisoformat, self.spelling)

    def value(self, text: str) -> dt.datetime:
        value: dt.datetime = _calendar(dt.datetime.fromisoformat, text)
        return value


class MonthField(FieldBase):
    kind: Literal["month"]
    cel: ClassVar[str] = "string"
    spelling: ClassVar[str | None] = r"[12]\d{3}-(?:0[1-9]|1[0-2])"


class WeekField(FieldBase):
    kind: Literal["week"]
    cel: ClassVar[str] = "string"
    spelling: ClassVar[str | None] = r"[12]\d{3}-W(?:0[1-9]|[1-4]\d|5[0-3])"

    def value(self, text: str) -> str:
        _calendar(lambda week: dt.date.fromisocalendar(int(week[:4]), int(week[6:]), 1), text)
        return text


class YearField(FieldBase):
    kind: Literal["year"]
    cel: ClassVar[str] = "int"
    spelling: ClassVar[str | None] = r"[12]\d{3}"

    def value(self, text: str) -> int:
        return int(text)


class DurationField(FieldBase):
    kind: Literal["duration"]
    cel: ClassVar[str] = "duration"
    spelling: ClassVar[str | None] = (
        r"P(?=.)(?:\d{1,5}W|(?:\d{1,5}D)?(?:T(?=.)(?:\d{1,5}H)?(?:\d{1,5}M)?(?:\d{1,5}S)?)?)"
    )

    def value(self, text: str) -> dt.timedelta:
        return read_duration(text)


class IntegerField(_Measured):
    kind: Literal["integer"]
    cel: ClassVar[str] = "int"
    spelling: ClassVar[str | None] = r"0|-?[1-9]\d{0,17}"

    def own_schema(self) -> core_schema.CoreSchema | None:
        return made_by(int, r"0|[1-9]\d{0,17}") if self._takes_all_from_zero else made_by(self.value, self.spelling)

    def value(self, text: str) -> int:
        return int(self._within(int(text), int(text)))

    def json_schema(self) -> dict[str, Any]:
        return {"type": "integer", **self._bounds("minimum", "maximum")}


class DecimalField(_Measured):
    kind: Literal["decimal"]
    places: Annotated[int, Key(ge=0, le=9)] = 2
    cel: ClassVar[str] = "decimal"
    spelling: ClassVar[str | None] = r"(?!-[0.]+$)-?(?:0|[1-9]\d{0,15})(?:\.\d{1,9})?"
    _least_places: ClassVar[int] = 1
    _fraction: ClassVar[str] = r"(?:\.\d{{1,{places}}})?"

    def own_schema(self) -> core_schema.CoreSchema | None:
        """Of numbers without a sign: nearly all have none."""
        if self.places < self._least_places:
            return None
        spelling = r"(?:0|[1-9]\d{0,15})" + self._fraction.format(places=self.places)
        return made_by(Decimal if self._takes_all_from_zero else self.value, spelling)

    def value(self, text: str) -> Decimal:
        number = Decimal(text)
        if len(text.partition(".")[2]) > self.places:
            raise wrong("too-many-places", value=text, places=self.places)
        return Decimal(self._within(number, number))

    def json_schema(self) -> dict[str, Any]:
        return {"type": ["string", "number"], "pattern": f"^(?:{self.spelling})$", **self._bounds("minimum", "maximum")}


class PercentField(DecimalField):
    kind: Literal["percent"]  # type: ignore[assignment]


class MoneyField(DecimalField):
    kind: Literal["money"]  # type: ignore[assignment]
    spelling: ClassVar[str | None] = r"(?!-[0.]+$)-?(?:0|[1-9]\d{0,15})\.\d{2}"
    _least_places: ClassVar[int] = 2
    _fraction: ClassVar[str] = r"\.\d{{2}}"


_YES_NO = {"true": True, "false": False}


class YesNoField(FieldBase):
    kind: Literal["yes_no"]
    cel: ClassVar[str] = "bool"
    spelling: ClassVar[str | None] = r"true|false"

    def own_schema(self) -> core_schema.CoreSchema | None:
        return made_by(_YES_NO.__getitem__, self.spelling)

    def value(self, text: str) -> bool:
        return _YES_NO[text]

    def json_schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


class Option(Shape):
    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]{0,31}$")]
    label: Label


class ChoiceField(FieldBase):
    kind: Literal["choice"]
    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    options: Annotated[tuple[Option, ...], Key(min_length=1)]
    cel: ClassVar[str] = "string"

    def own_schema(self) -> core_schema.CoreSchema | None:
        return core_schema.literal_schema([option.code for option in self.options])

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(option.code for option in self.options)

    def value(self, text: str) -> str:
        if text not in self._codes:
            raise wrong("not-a-choice", value=text, choices=joined(option.code for option in self.options))
        return text

    def json_schema(self) -> dict[str, Any]:
        choices = [{"const": option.code, "title": f"{option.label.zh} {option.label.en}"} for option in self.options]
        return {"oneOf": choices}


class StaffField(FieldBase):
    kind: Literal["staff"]
    posts: Annotated[tuple[str, ...], Several] = ()
    cel: ClassVar[str] = "staff"
    spelling: ClassVar[str | None] = r"[A-Z]\d{3,8}"


class DepartmentField(FieldBase):
    kind: Literal["department"]
    cel: ClassVar[str] = "string"
    spelling: ClassVar[str | None] = r"D-[A-Z0-9]{1,16}"


class CustomerField(FieldBase):
    kind: Literal["customer"]
    cel: ClassVar[str] = "string"
    spelling: ClassVar[str | None] = r"[A-Z0-9-]{1,32}"


class ReferenceField(FieldBase):
    kind: Literal["reference"]
    ref: Annotated[tuple[str, ...], Several, Key(min_length=1)]
    cel: ClassVar[str] = "string"
    spelling: ClassVar[str | None] = r"[A-Za-z0-9][A-Za-z0-9.-]{0,95}(?:#[A-Za-z0-9-]{1,16})?"


class FileField(FieldBase):
    kind: Literal["file"]
    types: Annotated[tuple[str, ...], Several] = ()
    cel: ClassVar[str] = "file"
    measured: ClassVar[bool] = True

    def read(self, text: Any) -> dict[str, Any]:
        spellings = {"name": r"[^/\\\x00-\x1f]{1,120}", "sha256": r"[0-9a-f]{64}", "bytes": r"0|[1-9]\d{0,11}"}
        if type(text) is not dict or set(text) != set(spellings):
            raise wrong("wrong-kind", kind=KIND_WORDS["file"])
        for key, spelling in spellings.items():
            if not isinstance(text[key], str) or not _pattern(spelling).fullmatch(text[key]):
                raise wrong("wrong-kind", kind=KIND_WORDS["file"], value=str(text[key]))
        if text["name"] in (".", "..") or (
            self.types and not text["name"].lower().endswith(tuple(f".{each}" for each in self.types))
        ):
            raise wrong("file-type-not-allowed", value=text["name"], types=joined(self.types))
        if self.max is not None and int(text["bytes"]) > self.max:
            raise wrong("out-of-limits", value=text["bytes"], least="0", most=str(self.max))
        return {**text, "bytes": int(text["bytes"])}

    def json_schema(self) -> dict[str, Any]:
        properties = {"name": {"type": "string"}, "sha256": {"type": "string"}, "bytes": {"type": "integer"}}
        return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


Scalar = Annotated[
    TextField | LongTextField | CodeField | DateField | TimeField | DateTimeField | MonthField | WeekField | YearField
    | DurationField | IntegerField | DecimalField | MoneyField | PercentField | YesNoField | ChoiceField | StaffField
    | DepartmentField | CustomerField | ReferenceField | FileField,
    Key(discriminator="kind"),
]  # fmt: skip


class RowsField(_Measured):
    """A table: a list of rows, each a mapping of scalar fields."""

    kind: Literal["rows"]
    fields: Annotated[tuple[Scalar, ...], Key(min_length=1)]
    key: FieldId | None = None
    append_only: Flag = False
    cel: ClassVar[str] = "rows"

    def field(self, id: str) -> "Field | None":
        return next((field for field in self.fields if field.id == id), None)


Field = Annotated[Scalar | RowsField, Key(discriminator="kind")]


@lru_cache(maxsize=256)
def read_duration(text: str) -> dt.timedelta:
    """ISO 8601 duration without years and months, whose length depends on where they fall."""
    if not re.fullmatch(str(DurationField.spelling), text, re.ASCII):
        raise wrong("wrong-kind", kind=KIND_WORDS["duration"], value=text)
    found = {unit: int(number) for number, unit in re.findall(r"(\d+)([WDHS])", text)}
    minutes = re.search(r"T.*?(\d+)M", text)
    return dt.timedelta(
        weeks=found.get("W", 0),
        days=found.get("D", 0),
        hours=found.get("H", 0),
        minutes=int(minutes[1]) if minutes else 0,
        seconds=found.get("S", 0),
    )


def _calendar(read: Any, text: str) -> Any:
    try:
        return read(text)
    except ValueError:
        raise wrong("bad-date", value=text) from None
