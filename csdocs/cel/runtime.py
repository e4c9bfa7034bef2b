"""What an expression may ask of the workspace: its time zone and its calendar."""

from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple, Protocol


class WorkCalendar(Protocol):
    def workdays(self, start: date, end: date, /) -> int:
        """Working days after `start`, up to and including `end`."""

    def add_workdays(self, start: date, count: int, /) -> date: ...

    def worktime(self, start: datetime, end: datetime, /) -> timedelta: ...


class Runtime(NamedTuple):
    timezone: tzinfo
    calendar: WorkCalendar
