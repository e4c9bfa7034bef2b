"""Periods: how they are typed, where they begin and end, and which is meant when nobody says."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdocs.model.period import following, latest, read_span, span

EVERY = ("day", "week", "month", "quarter", "year")


@pytest.mark.parametrize(
    ("typed", "first", "last", "zh", "en"),
    [
        ("2026-10-05", "2026-10-05", "2026-10-05", "2026-10-05", "2026-10-05"),
        ("2026-W01", "2025-12-29", "2026-01-04", "2026-W01", "2026-W01"),
        ("2026-w53", "2026-12-28", "2027-01-03", "2026-W53", "2026-W53"),
        ("2028-02", "2028-02-01", "2028-02-29", "2028-02", "2028-02"),
        ("2026-q4", "2026-10-01", "2026-12-31", "2026年第4季度", "2026 Q4"),
        ("2026", "2026-01-01", "2026-12-31", "2026年", "2026"),
    ],
)
def test_typed(typed: str, first: str, last: str, zh: str, en: str) -> None:
    found = read_span(typed)
    assert found is not None
    assert (found.first.isoformat(), found.last.isoformat(), *found.words) == (first, last, zh, en)


@pytest.mark.parametrize(
    "typed", ["2026-13", "2026-W54", "2027-W53", "2026-Q5", "2026-02-30", "26-10", "十月", "", "2026-1"]
)
def test_what_is_no_period(typed: str) -> None:
    assert read_span(typed) is None


def test_the_last_one_that_is_over() -> None:
    today = dt.date(2026, 11, 2)  # a Monday
    found = {every: latest(every, today).words.en for every in EVERY}
    assert found == {"day": "2026-11-02", "week": "2026-W44", "month": "2026-10", "quarter": "2026 Q3", "year": "2025"}


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)), st.sampled_from(EVERY))
def test_periods_lie_side_by_side(day: dt.date, every: str) -> None:
    found = span(every, day)
    assert found.first <= day <= found.last
    assert following(every, found.first) == found.last + dt.timedelta(1)
    assert span(every, found.last) == found
