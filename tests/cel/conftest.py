from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from csdocs.cel import Runtime, Scope, compile_expression
from csdocs.cel import types as t

CHINA = timezone(timedelta(hours=8))


class Person(NamedTuple):
    id: str
    posts: tuple[str, ...]
    since: date


class FiveDayWeek:
    """Monday to Friday, nine to five."""

    def workdays(self, start: date, end: date) -> int:
        return sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, (end - start).days + 1))

    def add_workdays(self, start: date, count: int) -> date:
        while count:
            start += timedelta(days=1)
            count -= start.weekday() < 5
        return start

    def worktime(self, start: datetime, end: datetime) -> timedelta:
        return timedelta(hours=8 * self.workdays(start.date(), end.date()))


ITEM = t.RecordType(
    {
        "no": t.STRING,
        "qty": t.INT,
        "price": t.DECIMAL,
        "at": t.TIMESTAMP,
        "receiver": t.STAFF,
        "tags": t.ListType(t.STRING),
    }
)
STEP = t.RecordType({"at": t.TIMESTAMP, "by": t.STAFF})
SCOPE = Scope(
    {
        "lead_min": t.INT,
        "missing": t.INT,
        "price": t.DECIMAL,
        "name": t.STRING,
        "urgent": t.BOOL,
        "day": t.DATE,
        "start": t.TIME,
        "arrived": t.TIMESTAMP,
        "lasted": t.DURATION,
        "applicant": t.STAFF,
        "absentee": t.STAFF,
        "team": t.ListType(t.STAFF),
        "numbers": t.ListType(t.INT),
        "amounts": t.ListType(t.DECIMAL),
        "moments": t.ListType(t.TIMESTAMP),
        "items": t.ListType(ITEM),
        "row": ITEM,
        "param": t.RecordType({"lead_min": t.INT, "rate": t.DECIMAL}),
        "signed": t.RecordType({"outgoing": STEP, "incoming": STEP}),
        "state": t.STRING,
    }
)
LI = Person("S1023", ("R-AGENT", "R-INSPECTOR"), date(2025, 3, 1))
WANG = Person("S0007", ("R-DEPTMGR",), date(2019, 9, 1))
VALUES: dict[str, object] = {
    "lead_min": 12,
    "price": Decimal("26.50"),
    "name": "王小明",
    "urgent": True,
    "day": date(2026, 11, 20),
    "start": time(8, 0),
    "arrived": datetime(2026, 11, 20, 7, 52, tzinfo=CHINA),
    "lasted": timedelta(hours=1, minutes=30),
    "applicant": LI,
    "team": (LI, WANG),
    "numbers": (3, 1, 2, 3),
    "amounts": [Decimal("1.50"), Decimal("2.25")],
    "moments": (datetime(2026, 3, 29, 0, 30, tzinfo=ZoneInfo("Europe/Berlin")),),
    "items": [
        {"no": "1", "qty": 2, "price": Decimal("1.50"), "receiver": LI, "tags": ("a", "b")},
        {"no": "2", "qty": 3, "price": Decimal("2.00"), "at": datetime(2026, 11, 20, tzinfo=UTC)},
    ],
    "row": {"no": "1", "qty": 2},
    "param": {"lead_min": 10, "rate": Decimal("22.50")},
    "signed": {"outgoing": {"at": datetime(2026, 11, 20, 8, 1, 10, tzinfo=CHINA), "by": LI}},
    "state": "draft",
}
RUNTIME = Runtime(ZoneInfo("Asia/Shanghai"), FiveDayWeek())

Evaluate = Callable[[str], object]


@pytest.fixture(scope="session")
def scope() -> Scope:
    return SCOPE


@pytest.fixture(scope="session")
def values() -> dict[str, object]:
    return VALUES


@pytest.fixture(scope="session")
def runtime() -> Runtime:
    return RUNTIME


@pytest.fixture(scope="session")
def evaluate() -> Evaluate:
    return lambda source: compile_expression(source, SCOPE).evaluate(VALUES, RUNTIME)
