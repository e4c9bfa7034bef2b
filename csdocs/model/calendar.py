"""The working calendar: working days, working hours, shifts."""

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from csdocs.model.shape import Day, Flag, Label, Shape, unexpected

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

MOST_DAYS = 100_000
_LONGEST = dt.timedelta(366)
_Span = tuple[dt.datetime, dt.datetime]


def _clock_time(value: object) -> object:
    if isinstance(value, dt.time):
        return value
    try:
        return dt.datetime.strptime(str(value), "%H:%M").time()
    except ValueError:
        raise unexpected("时刻，如 07:50", "a time such as 07:50") from None


ClockTime = Annotated[dt.time, BeforeValidator(_clock_time)]


class Hours(Shape):
    start: ClockTime
    end: ClockTime

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.start >= self.end:
            raise unexpected("start 早于 end 的时段", "hours of which start is before end")
        return self


class Holiday(Shape):
    from_: Day = Field(alias="from")
    until: Day
    name: Label

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if not dt.timedelta() <= self.until - self.from_ <= _LONGEST:
            raise unexpected(
                "from 不晚于 until、不超过一年的假期", "a holiday of which from is not after until, of a year at most"
            )
        return self


class Shift(Shape):
    """A shift belongs to the day on which it starts."""

    id: str
    name: Label
    start: ClockTime
    end: ClockTime
    next_day: Flag = False  # whether it ends on the day after
    required: Flag = True  # False: no obligation asks for its records

    @model_validator(mode="after")
    def _says_on_which_day_it_ends(self) -> Self:
        if (self.end <= self.start) != self.next_day:
            raise unexpected(
                "end 晚于 start 的班次；次日结束的写明 next_day: true",
                "a shift of which end is after start, or next_day: true",
            )
        return self


class Calendar(Shape):
    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    working_days: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
    working_hours: Annotated[tuple[Hours, ...], Field(min_length=1)] = (Hours(start="09:00", end="18:00"),)  # type: ignore[arg-type]
    holidays: tuple[Holiday, ...] = ()
    extra_working_days: tuple[Day, ...] = ()
    shifts: tuple[Shift, ...] = ()

    @model_validator(mode="after")
    def _counts_nothing_twice(self) -> Self:
        if any(later.start < before.end for before, later in pairwise(self.working_hours)):
            raise unexpected("按先后排列、互不重叠的 working_hours", "working_hours in their order that do not overlap")
        if len({shift.id for shift in self.shifts}) < len(self.shifts):
            raise unexpected("id 各不相同的 shifts", "shifts of which no two have the same id")
        return self

    @cached_property
    def years_with_holidays(self) -> frozenset[int]:
        return frozenset(day.year for day in self._days_off)

    @cached_property
    def _days_off(self) -> frozenset[dt.date]:
        return frozenset(day for holiday in self.holidays for day in _days(holiday.from_, holiday.until))

    def is_working_day(self, day: dt.date) -> bool:
        if day in self.extra_working_days:
            return True
        return day not in self._days_off and _WEEKDAYS[day.weekday()] in self.working_days

    def workdays(self, a: dt.date, b: dt.date) -> int:
        """Working days after `a`, up to and including `b`; negative if `b` comes first."""
        if b < a:
            return -self.workdays(b, a)
        return sum(self.is_working_day(day) for day in _days(a + dt.timedelta(1), b))

    def add_workdays(self, day: dt.date, n: int) -> dt.date:
        """The n-th working day after `day` (before it, for negative n)."""
        if abs(n) > MOST_DAYS:
            raise OverflowError("no calendar reaches that far")
        if (day, n) not in self._added:
            self._added[day, n] = self._add_workdays(day, n)
        return self._added[day, n]

    @cached_property
    def _added(self) -> dict[tuple[dt.date, int], dt.date]:
        """Records of a day ask for the same limits."""
        return {}

    def _add_workdays(self, day: dt.date, n: int) -> dt.date:
        step = dt.timedelta(1 if n >= 0 else -1)
        for _ in range(abs(n)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def worktime(self, a: dt.datetime, b: dt.datetime) -> dt.timedelta:
        """Working time between two moments, in the time zone of `a`."""
        if b < a:
            return -self.worktime(b, a)
        zone, since, until = a.tzinfo, a.astimezone(dt.UTC), b.astimezone(dt.UTC)
        days = _days(a.date(), b.astimezone(zone).date())
        spans = (span for day in days for span in self._spans(day, zone) if span[0] < until and span[1] > since)
        return sum((min(until, end) - max(since, start) for start, end in spans), dt.timedelta())

    def add_worktime(self, at: dt.datetime, length: dt.timedelta) -> dt.datetime:
        """The moment when that much working time has passed."""
        left, since = length, at.astimezone(dt.UTC)
        for offset in range(3660):
            for start, end in self._spans(at.date() + dt.timedelta(offset), at.tzinfo):
                start = max(start, since)
                if end <= start:
                    continue
                if end - start >= left:
                    return start + left
                left -= end - start
        raise OverflowError("no working time within ten years")

    def _spans(self, day: dt.date, zone: dt.tzinfo | None) -> tuple[_Span, ...]:
        """The working hours of a day, told in a zone that never changes its clocks: in another Python calculates by the wall."""
        if (day, zone) not in self._known_spans:
            hours = self.working_hours if self.is_working_day(day) else ()
            self._known_spans[day, zone] = tuple((_at(day, h.start, zone), _at(day, h.end, zone)) for h in hours)
        return self._known_spans[day, zone]

    @cached_property
    def _known_spans(self) -> dict[tuple[dt.date, dt.tzinfo | None], tuple[_Span, ...]]:
        return {}


def _at(day: dt.date, time: dt.time, zone: dt.tzinfo | None) -> dt.datetime:
    return dt.datetime.combine(day, time, zone).astimezone(dt.UTC)


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for offset in range((last - first).days + 1):
        yield first + dt.timedelta(offset)
