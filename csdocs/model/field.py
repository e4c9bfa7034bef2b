"""The kinds a field can have: a closed set, one small class each.

A kind knows how its values are spelled (`read`), what the rule language calls them (`cel`), and what an editor should know
about them (`schema`). Record scalars are text until `read` types them.
"""

import datetime as dt
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, StringConstraints
from pydantic import Field as Key
from pydantic_core import core_schema

from csdocs.model.duration import DURATION, duration_of
from csdocs.model.identifier import DEPARTMENT, DIGEST, STAFF
from csdocs.model.kind import (
    KIND_WORDS,
    TEXT,
    FieldBase,
    FieldId,
    Measured,
    Pattern,
    joined,
    made_by,
    pattern_of,
    spelled_text,
    wrong,
)
from csdocs.model.pattern import asked_for
from csdocs.model.place import LARGEST_FILE
from csdocs.model.shape import DAY, MOMENT, Flag, Label, Several, Shape
from csdocs.model.text import same


class TextField(Measured):
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
        if self.pattern and not pattern_of(self.pattern).fullmatch(text):
            raise wrong("pattern-not-matched", value=text, pattern=asked_for(self.pattern, self.hint))
        return str(self._within(len(text), text))

    def json_schema(self) -> dict[str, Any]:
        pattern = {"pattern": f"^(?:{self.pattern})$"} if self.pattern else {}
        return {**TEXT, **pattern, **self._bounds("minLength", "maxLength")}


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
        if self.pattern and not pattern_of(self.pattern).fullmatch(text):
            raise wrong("pattern-not-matched", value=text, pattern=asked_for(self.pattern, self.hint))
        return text


class DateField(FieldBase):
    kind: Literal["date"]
    cel: ClassVar[str] = "date"
    spelling: ClassVar[str | None] = DAY

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
    spelling: ClassVar[str | None] = MOMENT

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
    spelling: ClassVar[str | None] = DURATION

    def value(self, text: str) -> dt.timedelta:
        return read_duration(text)


class IntegerField(Measured):
    kind: Literal["integer"]
    cel: ClassVar[str] = "int"
    spelling: ClassVar[str | None] = r"0|-?[1-9]\d{0,17}"

    def own_schema(self) -> core_schema.CoreSchema | None:
        return made_by(int, r"0|[1-9]\d{0,17}") if self._takes_all_from_zero else made_by(self.value, self.spelling)

    def value(self, text: str) -> int:
        return int(self._within(int(text), int(text)))

    def json_schema(self) -> dict[str, Any]:
        return {"type": "integer", **self._bounds("minimum", "maximum")}


class DecimalField(Measured):
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
            raise wrong(
                "not-a-choice",
                value=text,
                choices=joined(same(option.code).noted(option.label) for option in self.options),
            )
        return text

    def json_schema(self) -> dict[str, Any]:
        choices = [{"const": option.code, "title": f"{option.label.zh} {option.label.en}"} for option in self.options]
        return {"oneOf": choices}


class StaffField(FieldBase):
    kind: Literal["staff"]
    posts: Annotated[tuple[str, ...], Several] = ()
    cel: ClassVar[str] = "staff"
    spelling: ClassVar[str | None] = STAFF


class DepartmentField(FieldBase):
    kind: Literal["department"]
    cel: ClassVar[str] = "string"
    spelling: ClassVar[str | None] = DEPARTMENT


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

    @property
    def most(self) -> Decimal | int:
        """Bytes that a file of it may have."""
        return LARGEST_FILE if self.max is None else self.max

    def read(self, text: Any) -> dict[str, Any]:
        spellings = {"name": r"[^/\\\x00-\x1f]{1,120}", "sha256": DIGEST, "bytes": r"0|[1-9]\d{0,11}"}
        if type(text) is not dict or set(text) != set(spellings):
            raise wrong("wrong-kind", kind=KIND_WORDS["file"])
        for key, spelling in spellings.items():
            if not isinstance(text[key], str) or not pattern_of(spelling).fullmatch(text[key]):
                raise wrong("wrong-kind", kind=KIND_WORDS["file"], value=str(text[key]))
        if text["name"] in (".", "..") or (
            self.types and not text["name"].lower().endswith(tuple(f".{each}" for each in self.types))
        ):
            raise wrong("file-type-not-allowed", value=text["name"], types=joined(self.types))
        if int(text["bytes"]) > self.most:
            raise wrong("out-of-limits", value=text["bytes"], least="0", most=str(self.most))
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


class RowsField(Measured):
    """A table: a list of rows, each a mapping of scalar fields."""

    kind: Literal["rows"]
    fields: Annotated[tuple[Scalar, ...], Key(min_length=1)]
    key: FieldId | None = None
    append_only: Flag = False
    cel: ClassVar[str] = "rows"

    def field(self, id: str) -> "Field | None":
        return next((field for field in self.fields if field.id == id), None)


Field = Annotated[Scalar | RowsField, Key(discriminator="kind")]


def read_duration(text: str) -> dt.timedelta:
    found = duration_of(text)
    if found is None:
        raise wrong("wrong-kind", kind=KIND_WORDS["duration"], value=text)
    return found


def _calendar(read: Any, text: str) -> Any:
    try:
        return read(text)
    except ValueError:
        raise wrong("bad-date", value=text) from None
