"""What is asked for, and what follows from it: days, people, folders."""

import datetime as dt
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from benchmarks.scene import ZONE

YEAR = 2027
STAFF = 24  # of the reference department that are no agents
LEAD_DAYS = 24  # rosters, tables and plans of the first month are made before it begins
PROBATION_MONTHS = 2
TURNOVER = 4  # months from one leaver to the next, of whom the last goes at the end of November

# Statutory days; the notice that moves working days comes out late in the year before.
HOLIDAYS = (
    ("2027-02-05", "2027-02-08", "春节", "Spring Festival"),
    ("2027-04-05", "2027-04-05", "清明节", "Qingming Festival"),
    ("2027-05-01", "2027-05-02", "劳动节", "Labour Day"),
    ("2027-06-09", "2027-06-09", "端午节", "Dragon Boat Festival"),
    ("2027-09-15", "2027-09-15", "中秋节", "Mid-Autumn Festival"),
    ("2027-10-01", "2027-10-03", "国庆节", "National Day"),
    ("2028-01-01", "2028-01-01", "元旦", "New Year's Day"),  # the day from which the year is looked at
)


class Plan(NamedTuple):
    """The last `months` months of the year, in whole quarters, in a centre of `people` people."""

    root: Path
    seed: int = 1
    months: int = 12
    people: int = 40
    signed: bool = True
    planted: bool = True

    @property
    def start(self) -> dt.date:
        return dt.date(YEAR, 13 - self.months, 1)

    @property
    def end(self) -> dt.date:
        return dt.date(YEAR, 12, 31)

    @property
    def as_of(self) -> dt.date:
        """The day to judge the workspace at: the year is over."""
        return self.end + dt.timedelta(1)

    @property
    def opening(self) -> dt.date:
        """The rule book binds from before the year on, since some papers are dated on its first day."""
        return dt.date(YEAR, 1, 1) - dt.timedelta(LEAD_DAYS + 1)

    @property
    def first_day(self) -> dt.date:
        """The first day on which anything is prepared."""
        return self.start - dt.timedelta(LEAD_DAYS)

    @property
    def agents(self) -> int:
        return self.people - STAFF


class Turn(NamedTuple):
    """Somebody leaves at the end of a month at whose beginning the successor has joined."""

    leaver: str
    newcomer: str
    joined: dt.date
    last_day: dt.date

    @property
    def probation_end(self) -> dt.date:
        return add_months(self.joined, PROBATION_MONTHS) - dt.timedelta(1)


class Staffing:
    """Who sits at the seats: agents of the reference department, more of them, and those who come and go."""

    known = ("S1001", "S1002", "S1003", "S1004", "S1005", "S1007", "S1008", "S1009")
    first_more = 2000

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @cached_property
    def more(self) -> tuple[str, ...]:
        return tuple(f"S{self.first_more + n}" for n in range(self.plan.agents - len(self.known)))

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        months = [
            add_months(self.plan.start, n)
            for n in range(1, self.plan.months)
            if (self.plan.months - 2 - n) % TURNOVER == 0
        ]
        first_new = self.first_more + len(self.more)
        return tuple(
            Turn(leaver, f"S{first_new + n}", month, add_months(month, 1) - dt.timedelta(1))
            for n, (month, leaver) in enumerate(zip(months, self.more, strict=False))
        )

    @cached_property
    def place(self) -> dict[str, int]:
        """Everybody's place in the cycle of shifts; a newcomer takes that of who left."""
        places = {each: n for n, each in enumerate((*self.known, *self.more))}
        return places | {turn.newcomer: places[turn.leaver] for turn in self.turns}

    def rostered(self, month: dt.date) -> list[str]:
        """Agents of a month, newcomers from the second one on."""
        gone = {turn.leaver for turn in self.turns if turn.last_day < month}
        new = [turn.newcomer for turn in self.turns if turn.last_day < month]
        return [each for each in (*self.known, *self.more) if each not in gone] + new


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of another month; for first days only."""
    count = day.month - 1 + months
    return day.replace(year=day.year + count // 12, month=count % 12 + 1)


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """`minute` may be more than an hour has."""
    return dt.datetime.combine(day, dt.time(hour), ZONE) + dt.timedelta(minutes=minute)


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(n) for n in range((last - first).days + 1)]
