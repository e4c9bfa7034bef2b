"""Working days and working hours, by the table and by their laws."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdocs.model.calendar import Calendar
from csdocs.parse.shape import read_shape

ZONE = dt.timezone(dt.timedelta(hours=8))
CALENDAR = Calendar.model_validate(
    {
        "working_days": ["mon", "tue", "wed", "thu", "fri"],
        "working_hours": [{"start": "09:00", "end": "12:00"}, {"start": "13:00", "end": "18:00"}],
        "holidays": [{"from": "2026-10-01", "until": "2026-10-07", "name": {"zh": "国庆节", "en": "National Day"}}],
        "extra_working_days": ["2026-09-20", "2026-10-10"],
    }
)
DAYS = st.dates(dt.date(2026, 8, 1), dt.date(2026, 12, 31))
MOMENTS = st.integers(0, 35 * 86_400).map(
    lambda second: dt.datetime(2026, 9, 14, tzinfo=ZONE) + dt.timedelta(seconds=second)
)


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-09-30", True),
        ("2026-10-01", False),  # holiday on a Thursday
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-10-10", True),  # a Saturday that is worked
        ("2026-10-11", False),
        ("2026-09-20", True),  # a Sunday that is worked
        ("2026-09-19", False),
    ],
)
def test_working_days(day: str, works: bool) -> None:
    assert CALENDAR.is_working_day(dt.date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("a", "b", "days"),
    [
        ("2026-09-30", "2026-09-30", 0),
        ("2026-09-29", "2026-09-30", 1),
        ("2026-09-30", "2026-10-07", 0),
        ("2026-09-30", "2026-10-08", 1),
        ("2026-09-30", "2026-10-12", 4),  # 8, 9, the worked Saturday, 12
        ("2026-10-12", "2026-09-30", -4),
        ("2026-10-03", "2026-10-04", 0),
    ],
)
def test_workdays_between(a: str, b: str, days: int) -> None:
    assert CALENDAR.workdays(dt.date.fromisoformat(a), dt.date.fromisoformat(b)) == days


@pytest.mark.parametrize(
    ("day", "n", "result"),
    [
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-10-09", 2, "2026-10-12"),
        ("2026-10-03", 0, "2026-10-03"),
        ("2026-10-08", -1, "2026-09-30"),
        ("2026-10-12", -1, "2026-10-10"),
    ],
)
def test_adding_workdays(day: str, n: int, result: str) -> None:
    assert CALENDAR.add_workdays(dt.date.fromisoformat(day), n) == dt.date.fromisoformat(result)


@pytest.mark.parametrize(
    ("a", "b", "hours"),
    [
        ("09-28T09:00", "09-28T18:00", 8),
        ("09-28T11:30", "09-28T13:30", 1),  # across lunch
        ("09-28T12:00", "09-28T13:00", 0),
        ("09-28T07:00", "09-28T08:59", 0),
        ("09-28T17:30", "09-29T09:30", 1),  # across the night
        ("09-25T17:00", "09-28T10:00", 2),  # across a weekend
        ("09-30T17:00", "10-08T10:00", 2),  # across the holiday
        ("10-09T17:00", "10-12T10:00", 1 + 8 + 1),  # the Saturday between is worked
        ("10-12T10:00", "10-09T17:00", -10),
        ("10-03T09:00", "10-04T18:00", 0),
    ],
)
def test_working_time(a: str, b: str, hours: int) -> None:
    assert CALENDAR.worktime(moment(a), moment(b)) == dt.timedelta(hours=hours)


def test_working_time_is_that_of_the_first_moments_zone() -> None:
    start = moment("09-28T09:00")
    assert CALENDAR.worktime(start, dt.datetime(2026, 9, 28, 3, 0, tzinfo=dt.UTC)) == dt.timedelta(hours=2)


@pytest.mark.parametrize(("day", "hours"), [("2026-10-25", 5), ("2026-03-29", 3), ("2026-06-07", 4)])
def test_a_night_in_which_clocks_are_changed(day: str, hours: int) -> None:
    night = Calendar.model_validate(
        {"working_days": ["sun"], "working_hours": [{"start": "01:00", "end": "05:00"}], "holidays": []}
    )
    start = dt.datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=ZoneInfo("Europe/Berlin"))
    assert night.worktime(start, start + dt.timedelta(hours=12)) == dt.timedelta(hours=hours)
    end = night.add_worktime(start, dt.timedelta(hours=hours))
    assert end == dt.datetime.fromisoformat(f"{day}T05:00").replace(tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("at", "length", "result"),
    [
        ("09-28T09:00", dt.timedelta(hours=3), "09-28T12:00"),
        ("09-28T11:00", dt.timedelta(hours=2), "09-28T14:00"),
        ("09-28T17:00", dt.timedelta(hours=2), "09-29T10:00"),
        ("09-30T17:59", dt.timedelta(minutes=2), "10-08T09:01"),
        ("10-03T15:00", dt.timedelta(hours=8), "10-08T18:00"),
        ("10-09T18:00", dt.timedelta(minutes=1), "10-10T09:01"),
    ],
)
def test_adding_working_time(at: str, length: dt.timedelta, result: str) -> None:
    assert CALENDAR.add_worktime(moment(at), length) == moment(result)


@given(DAYS, st.integers(-40, 40))
def test_adding_then_counting_workdays_is_the_number_added(day: dt.date, n: int) -> None:
    there = CALENDAR.add_workdays(day, n)
    idle_start = n < 0 and not CALENDAR.is_working_day(day)  # on the way back the day itself counts, if it is worked
    assert CALENDAR.workdays(day, there) == n + idle_start
    assert n == 0 or CALENDAR.is_working_day(there)


@given(DAYS, DAYS, DAYS)
def test_workdays_add_up(a: dt.date, b: dt.date, c: dt.date) -> None:
    assert CALENDAR.workdays(a, b) + CALENDAR.workdays(b, c) == CALENDAR.workdays(a, c)


@given(MOMENTS, st.integers(1, 60 * 100))
def test_adding_then_measuring_working_time_is_the_time_added(at: dt.datetime, minutes: int) -> None:
    length = dt.timedelta(minutes=minutes)
    assert CALENDAR.worktime(at, CALENDAR.add_worktime(at, length)) == length


@given(MOMENTS, MOMENTS, MOMENTS)
def test_working_time_adds_up(a: dt.datetime, b: dt.datetime, c: dt.datetime) -> None:
    assert CALENDAR.worktime(a, b) + CALENDAR.worktime(b, c) == CALENDAR.worktime(a, c)


def test_a_calendar_without_working_days_never_loops() -> None:
    idle = Calendar.model_validate({"working_days": [], "working_hours": [{"start": "09:00", "end": "18:00"}]})
    with pytest.raises(OverflowError):
        idle.add_worktime(moment("09-28T09:00"), dt.timedelta(hours=1))
    with pytest.raises(OverflowError):
        idle.add_workdays(dt.date(2026, 9, 28), 1)


@pytest.mark.parametrize(
    "wrong",
    [
        "holidays: [{from: 2026-10-07, until: 2026-10-01, name: {zh: 国庆节, en: National Day}}]",
        "holidays: [{from: 2026-10-01, until: 2062-10-07, name: {zh: 国庆节, en: National Day}}]",
        "holidays: [{from: 20261001, until: 2026-10-07, name: {zh: 国庆节, en: National Day}}]",
        "holidays: [{from: 2026-02-29, until: 2026-03-01, name: {zh: 假, en: Off}}]",
        'working_hours: [{start: "18:00", end: "09:00"}]',
        'working_hours: [{start: "09:00", end: "12:00"}, {start: "11:00", end: "18:00"}]',
        'working_hours: [{start: "13:00", end: "18:00"}, {start: "09:00", end: "12:00"}]',
        'shifts: [{id: night, name: {zh: 夜, en: Night}, start: "22:00", end: "08:00"}]',
        'shifts: [{id: early, name: {zh: 早, en: Early}, start: "08:00", end: "15:00", next_day: true}]',
        (
            'shifts: [{id: a, name: {zh: 早, en: Early}, start: "08:00", end: "15:00"}, '
            '{id: a, name: {zh: 晚, en: Late}, start: "15:00", end: "22:00"}]'
        ),
    ],
)
def test_a_slip_in_the_calendar_is_not_taken_for_no_holiday(wrong: str) -> None:
    found = read_shape(Calendar, wrong.encode())
    assert found.value is None
    assert [problem.slug for problem in found.problems] in (["wrong-value"], ["bad-date"])
