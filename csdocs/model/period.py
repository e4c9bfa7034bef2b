"""Days, weeks, months, quarters and years: where one begins, which comes next, what it is called, how it is typed."""

import datetime as dt
import re
from typing import NamedTuple

from csdocs.model.text import Text, same

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_TYPED = (
    ("day", re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)),
    ("week", re.compile(r"(\d{4})-W(\d\d)", re.ASCII)),
    ("month", re.compile(r"(\d{4})-(\d\d)", re.ASCII)),
    ("quarter", re.compile(r"(\d{4})-Q([1-4])", re.ASCII)),
    ("year", re.compile(r"(\d{4})", re.ASCII)),
)


class Span(NamedTuple):
    """First and last day, and what people call it."""

    first: dt.date
    last: dt.date
    words: Text


def first_day(every: str, day: dt.date) -> dt.date:
    """The first day of the week, month, quarter or year around a day; of any other period the day itself."""
    match every:
        case "week":
            return day - dt.timedelta(day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case "year":
            return day.replace(month=1, day=1)
    return day


def following(every: str, first: dt.date) -> dt.date:
    """The first day of the next period, given the first day of one."""
    if every not in _MONTHS:
        return first + dt.timedelta(7 if every == "week" else 1)
    month = first.month - 1 + _MONTHS[every]
    return first.replace(year=first.year + month // 12, month=month % 12 + 1)


def words(every: str, first: dt.date) -> Text:
    match every:
        case "week":
            text = first.strftime("%G-W%V")
        case "month":
            text = first.strftime("%Y-%m")
        case "quarter":
            return Text(f"{first.year}年第{(first.month + 2) // 3}季度", f"{first.year} Q{(first.month + 2) // 3}")
        case "year":
            return Text(f"{first.year}年", str(first.year))
        case _:
            text = first.isoformat()
    return same(text)


def span(every: str, day: dt.date) -> Span:
    """The period around a day."""
    first = first_day(every, day)
    return Span(first, following(every, first) - dt.timedelta(1), words(every, first))


def latest(every: str, today: dt.date) -> Span:
    """The last period that is over; a day is today itself."""
    return span(every, today if every == "day" else first_day(every, today) - dt.timedelta(1))


def between(first: dt.date, last: dt.date) -> Span:
    return Span(first, last, Text(f"{first} 至 {last}", f"{first} to {last}"))


def read_span(typed: str) -> Span | None:
    """`2026-10-05`, `2026-W43`, `2026-10`, `2026-Q4` or `2026`; None for anything else."""
    for every, pattern in _TYPED:
        if found := pattern.fullmatch(typed.upper()):
            try:
                return span(every, _typed_day(every, *map(int, found.groups())))
            except ValueError:
                return None
    return None


def _typed_day(every: str, year: int, part: int = 1, day: int = 1) -> dt.date:
    match every:
        case "week":
            return dt.date.fromisocalendar(year, part, 1)
        case "quarter":
            return dt.date(year, part * 3 - 2, 1)
    return dt.date(year, part, day)
