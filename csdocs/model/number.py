"""Record numbers: how a form's pattern turns facts of a record into its id."""

import datetime as dt
import re
import sys
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

_REPLACEMENT = re.compile(r"\.(?:[2-9]|[1-9]\d{1,8})", re.ASCII)  # one more record under a natural key
_PART = re.compile(r"\{([a-z_][a-z0-9_]*)(?::([A-Z]+|\d))?\}")
_DAY_FORMATS: dict[str, Callable[[dt.date], str]] = {
    "YYYYMMDD": lambda day: day.isoformat().replace("-", ""),
    "YYYYMM": lambda day: f"{day.year:04d}{day.month:02d}",
    "YYYY": lambda day: f"{day.year:04d}",
    "GGGG": lambda day: f"{day.isocalendar().year:04d}",
    "WW": lambda day: f"{day.isocalendar().week:02d}",
}


class NumberPart(NamedTuple):
    """A literal (`name` None), the day in a format, the serial with its width, or a field."""

    literal: str = ""
    name: str | None = None
    form: str | None = None


class Number(NamedTuple):
    """An id taken apart: everything but the serial, and the serial (None for a natural key)."""

    series: str  # the id with `*` for the serial
    serial: int | None
    width: int = 0

    def spelled(self, serial: int) -> str:
        """The id that another serial of the same series has."""
        return self.series.replace("*", f"{serial:0{self.width}d}")


@cache
def parts(pattern: str) -> tuple[NumberPart, ...]:
    """ValueError where the pattern is not one."""
    out: list[NumberPart] = []
    end = 0
    for match in _PART.finditer(pattern):
        if match.start() > end:
            out.append(NumberPart(literal=pattern[end : match.start()]))
        name, form = match[1], match[2]
        if (name == "day" and form not in _DAY_FORMATS) or (name == "serial" and not (form or "").isdigit()):
            raise ValueError(match[0])
        if name not in ("day", "serial") and form is not None:
            raise ValueError(match[0])
        out.append(NumberPart(name=name, form=form))
        end = match.end()
    if end < len(pattern):
        out.append(NumberPart(literal=pattern[end:]))
    if any("{" in part.literal or "}" in part.literal for part in out):
        raise ValueError(pattern)
    return tuple(out)


def field_names(pattern: str) -> tuple[str, ...]:
    return tuple(part.name for part in parts(pattern) if part.name and part.name not in ("day", "serial"))


@cache
def has_serial(pattern: str) -> bool:
    return any(part.name == "serial" for part in parts(pattern))


def spell(pattern: str, day: dt.date, data: Mapping[str, Any], serial: int | None) -> str:
    """The id of a record of that day; KeyError names a field that the pattern needs and the data lacks."""
    return "".join(_spell(part, day, data, serial) for part in parts(pattern))


def _spell(part: NumberPart, day: dt.date, data: Mapping[str, Any], serial: int | None) -> str:
    if part.name is None:
        return part.literal
    if part.name == "day":
        return _DAY_FORMATS[str(part.form)](day)
    if part.name == "serial":
        return "*" if serial is None else f"{serial:0{part.form}d}"
    return str(data[part.name])


def read(pattern: str, id: str, day: dt.date, data: Mapping[str, Any]) -> Number | None:
    """The id taken apart, or None if it is not what the pattern gives for this day and data."""
    series = _series(pattern, day) or spell(pattern, day, data, None)
    if not has_serial(pattern):
        follows = id == series or (id.startswith(series) and _REPLACEMENT.fullmatch(id, len(series)))
        return Number(series, None) if follows else None
    before, _, after = series.partition("*")
    width = _width(pattern)
    digits = id[len(before) : len(id) - len(after)]
    if not (id.startswith(before) and id.endswith(after) and width <= len(digits) <= 9 and _is_number(digits)):
        return None
    serial = int(digits)
    spelled_so = serial > 0 and (len(digits) == width or digits[0] != "0")
    return Number(sys.intern(series), serial, width) if spelled_so else None


@lru_cache(maxsize=1_024)
def _series(pattern: str, day: dt.date) -> str:
    """The series of a day; empty where fields of the record belong to it."""
    return "" if field_names(pattern) else spell(pattern, day, {}, None)


@cache
def _width(pattern: str) -> int:
    return next(int(part.form or 1) for part in parts(pattern) if part.name == "serial")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
