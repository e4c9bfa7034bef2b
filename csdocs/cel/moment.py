"""Dates, times and durations at run time: reading, writing and calculating."""

import operator
import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import lru_cache

from csdocs.cel.error import EvaluationError
from csdocs.cel.library import fail, multiply_decimals
from csdocs.cel.runtime import Runtime
from csdocs.model.text import Text

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"\d\d:\d\d(?::\d\d)?", re.ASCII)
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_NUMBER = r"\d{1,12}(?:\.\d{1,6})?"
_ISO_DURATION = re.compile(
    rf"(-?)P(?=\d|T\d)(?:({_NUMBER})W)?(?:({_NUMBER})D)?(?:T(?=\d)(?:({_NUMBER})H)?(?:({_NUMBER})M)?(?:({_NUMBER})S)?)?",
    re.ASCII,
)
_CEL_DURATION = re.compile(rf"-?(?:{_NUMBER}(?:h|ms|m|us|s))+", re.ASCII)
_CEL_PART = re.compile(rf"({_NUMBER})(h|ms|m|us|s)", re.ASCII)
_ISO_UNITS = (604_800_000_000, 86_400_000_000, 3_600_000_000, 60_000_000, 1_000_000)
_CEL_UNITS = {"h": 3_600_000_000, "m": 60_000_000, "s": 1_000_000, "ms": 1_000, "us": 1}
_SECOND, _MINUTE, _HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)

WRONG = Text("“{text}”不是{kind}；请写成 {example}", '"{text}" is not a {kind}; write it as {example}')
OUT_OF_RANGE = Text("日期超出公元1至9999年", "the date is outside the years 1 to 9999")


def _wrong(text: str, kind: Text, example: str) -> EvaluationError:
    return EvaluationError(WRONG.format(text=text, kind=kind, example=example))


def parse_date(text: str) -> date:
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise _wrong(text, Text("日期", "date"), "2026-01-31")


def parse_time(text: str) -> time:
    try:
        if _TIME.fullmatch(text):
            return time.fromisoformat(text)
    except ValueError:
        pass
    raise _wrong(text, Text("时刻", "time of day"), "07:50")


def parse_timestamp(text: str) -> datetime:
    try:
        if _TIMESTAMP.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise _wrong(text, Text("日期时间", "date with time"), "2026-01-31T07:50:00+08:00")


def parse_duration(text: str) -> timedelta:
    """ISO 8601 without months and years (`PT1H30M`), or as CEL writes it (`1h30m`)."""
    if iso := _ISO_DURATION.fullmatch(text):
        parts = zip(iso.groups()[1:], _ISO_UNITS, strict=True)
        length = sum(Decimal(number) * unit for number, unit in parts if number)
    elif _CEL_DURATION.fullmatch(text):
        length = sum(Decimal(number) * _CEL_UNITS[unit] for number, unit in _CEL_PART.findall(text))
    else:
        raise _wrong(text, Text("时长", "duration"), "PT1H30M, P2D, 90m")
    return timedelta(microseconds=int(-length if text.startswith("-") else length))


def instant(moment: datetime) -> datetime:
    """The same moment with a fixed offset; in a zone Python would calculate by the clock on the wall."""
    return moment if type(moment.tzinfo) is timezone else moment.astimezone(UTC)


def date_of(runtime: Runtime, moment: datetime) -> date:
    return moment.astimezone(runtime.timezone).date()


def time_of(runtime: Runtime, moment: datetime) -> time:
    return moment.astimezone(runtime.timezone).time()


def combine(runtime: Runtime, day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=runtime.timezone).astimezone(UTC)


add = operator.add
subtract = operator.sub


def add_to_date(day: date, length: timedelta) -> date:
    if length.seconds or length.microseconds:
        fail(Text("日期只能加减整天", "only whole days can be added to or taken from a date"))
    return day + length


def add_to_length(length: timedelta, day: date) -> date:
    return add_to_date(day, length)


def subtract_from_date(day: date, length: timedelta) -> date:
    return add_to_date(day, -length)


def days(count: int | Decimal) -> timedelta:
    return _length(count, 86_400_000_000)


def hours(count: int | Decimal) -> timedelta:
    return _length(count, 3_600_000_000)


def minutes(count: int | Decimal) -> timedelta:
    return _length(count, 60_000_000)


@lru_cache(maxsize=1_024)  # limits are parameters, and asked for by every record
def _length(count: int | Decimal, unit: int) -> timedelta:
    return timedelta(microseconds=int(multiply_decimals(Decimal(count), unit)))


def whole_hours(length: timedelta) -> int:
    return _whole(length, _HOUR)


def whole_minutes(length: timedelta) -> int:
    return _whole(length, _MINUTE)


def whole_seconds(length: timedelta) -> int:
    return _whole(length, _SECOND)


def _whole(length: timedelta, unit: timedelta) -> int:
    return length // unit if length >= timedelta(0) else -(-length // unit)


def epoch_seconds(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // _SECOND


def add_months(day: date, count: int) -> date:
    """The same day of the month, or its last day where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not 1 <= year <= 9999:
        fail(OUT_OF_RANGE)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """The most months that can be added to `start` without passing `end`; negative when `end` is earlier."""
    if end < start:
        return -months_between(end, start)
    count = (end.year - start.year) * 12 + end.month - start.month
    return count if count == 0 or add_months(start, count) <= end else count - 1


def workdays(runtime: Runtime, start: date, end: date) -> int:
    return runtime.calendar.workdays(start, end)


def add_workdays(runtime: Runtime, start: date, count: int) -> date:
    return runtime.calendar.add_workdays(start, count)


def worktime(runtime: Runtime, start: datetime, end: datetime) -> timedelta:
    return runtime.calendar.worktime(start.astimezone(runtime.timezone), end)


def text_of_time(at: time) -> str:
    return at.isoformat("seconds" if at.second or at.microsecond else "minutes")


def text_of_timestamp(runtime: Runtime, moment: datetime) -> str:
    return moment.astimezone(runtime.timezone).isoformat(timespec="auto" if moment.microsecond else "seconds")


def text_of_duration(length: timedelta) -> str:
    if length < timedelta(0):
        return "-" + text_of_duration(-length)
    minutes_left, seconds = divmod(length - timedelta(days=length.days), _MINUTE)
    clock = "".join(f"{number}{unit}" for number, unit in zip(divmod(minutes_left, 60), "HM", strict=True) if number)
    if seconds:
        fraction = f".{seconds.microseconds:06}".rstrip("0") if seconds.microseconds else ""
        clock += f"{seconds.seconds}{fraction}S"
    whole_days = f"{length.days}D" if length.days else ""
    return f"P{whole_days}T{clock}" if clock else f"P{whole_days or 'T0S'}"


DATE_GETTERS: dict[str, Callable[[date], int]] = {
    "getFullYear": lambda day: day.year,
    "getMonth": lambda day: day.month - 1,
    "getDate": lambda day: day.day,
    "getDayOfMonth": lambda day: day.day - 1,
    "getDayOfWeek": lambda day: day.isoweekday() % 7,
    "getDayOfYear": lambda day: day.timetuple().tm_yday - 1,
}
TIME_GETTERS: dict[str, Callable[[time | datetime], int]] = {
    "getHours": lambda at: at.hour,
    "getMinutes": lambda at: at.minute,
    "getSeconds": lambda at: at.second,
    "getMilliseconds": lambda at: at.microsecond // 1000,
}

DURATION_GETTERS: dict[str, Callable[[timedelta], int]] = {
    "getHours": whole_hours,
    "getMinutes": whole_minutes,
    "getSeconds": whole_seconds,
}


def local(getter: Callable[[datetime], int]) -> Callable[[Runtime, datetime], int]:
    """The getter, read off the clock of the workspace."""
    return lambda runtime, moment: getter(moment.astimezone(runtime.timezone))
