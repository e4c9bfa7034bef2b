"""The library beyond CEL's own: dates, decimals, staff, and what differs from the definition on purpose."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, localcontext

import pytest

from csdocs.cel import EvaluationError

VALUES = {
    "day - date('2026-11-01')": timedelta(days=19),
    "day + days(3)": date(2026, 11, 23),
    "days(3) + day": date(2026, 11, 23),
    "day - days(20)": date(2026, 10, 31),
    "add_months(date('2026-01-31'), 1)": date(2026, 2, 28),
    "add_months(date('2026-01-31'), -2)": date(2025, 11, 30),
    "add_months(date('2024-02-29'), 12)": date(2025, 2, 28),
    "add_months(date('9998-12-31'), 12)": date(9999, 12, 31),
    "months_between(date('2026-01-31'), date('2026-02-28'))": 1,
    "months_between(date('2026-01-30'), date('2026-02-27'))": 0,
    "months_between(date('2026-01-15'), date('2027-01-14'))": 11,
    "months_between(date('2027-01-15'), date('2026-01-15'))": -12,
    "months_between(day, day)": 0,
    "workdays(day, date('2026-11-24'))": 2,
    "add_workdays(day, 1)": date(2026, 11, 23),
    "worktime(arrived, arrived + days(3)).getHours()": 8,
    "date(timestamp('2026-11-19T16:00:00Z'))": date(2026, 11, 20),
    "time(arrived)": time(7, 52),
    "timestamp(day, start)": datetime(2026, 11, 20, 0, 0, tzinfo=UTC),
    "(timestamp(day, start) - arrived).getMinutes()": 8,
    "(arrived - timestamp(day, start)).getMinutes()": -8,
    "start > time('07:50')": True,
    "start.getHours() * 60 + start.getMinutes()": 480,
    "day.getDayOfWeek()": 5,
    "day.getMonth()": 10,
    "hours(1.5) == minutes(90)": True,
    "hours(param.lead_min) == duration('PT10H')": True,
    "duration('P1W') == duration('P7D') && duration('PT1H30M') == duration('90m')": True,
    "duration('-PT1.5S') == duration('-1500ms')": True,
    "string(duration('P2DT3H4M5.25S'))": "P2DT3H4M5.25S",
    "string(duration('-90m'))": "-PT1H30M",
    "string(duration('0s')) + string(duration('P1D'))": "PT0SP1D",
    "string(arrived)": "2026-11-20T07:52:00+08:00",
    "string(day) + 'T' + string(start)": "2026-11-20T08:00",
    "sum([])": 0,
    "sum(numbers)": 9,
    "sum(items.map(i, i.qty * i.price))": Decimal("9.00"),
    "mean(numbers)": Decimal("2.25"),
    "mean([1, 2, 2])": Decimal("1.666666666666666666666666667"),
    "min(numbers) + max(numbers)": 4,
    "max(amounts)": Decimal("2.25"),
    "min(day, date('2026-01-01'))": date(2026, 1, 1),
    "max(moments) == moments[0]": True,
    "round(2.345, 2)": Decimal("2.35"),
    "round(-2.5, 0)": Decimal(-3),
    "round(7, 1)": Decimal("7.0"),
    "abs(-3) + abs(3)": 6,
    "string(start) + string(time('07:50:30'))": "08:0007:50:30",
    "abs(-2.5)": Decimal("2.5"),
    "distinct(numbers)": [3, 1, 2],
    "size(distinct(team + team))": 2,
    "applicant == applicant && applicant != team[1]": True,
    "applicant == 'S1023' && 'S0007' != applicant": True,
    "applicant in team && 'S0007' in team && applicant in ['S1023', 'S1']": True,
    "'R-AGENT' in applicant.posts": True,
    "applicant.since < day && applicant.id == 'S1023'": True,
    "months_between(applicant.since, day)": 20,
    "team.map(p, p.id)": ["S1023", "S0007"],
    "team == [applicant, team[1]]": True,
    "items[0] == items[0] && items[0] != items[1]": True,
    "items.map(i, has(i.tags) && i.tags.size() > 1 ? i.no : '-')[0]": "1",
    "items.filter(i, !has(i.at)).map(i, i.no)": ["1"],
    "price * param.rate / 100": Decimal("5.9625"),
}
FAILURES = {
    "mean([])": "空",
    "min(numbers.filter(n, n > 9))": "最小值",
    "max([])": "最大值",
    "day + hours(1)": "整天",
    "round(1.5, -1)": "0至20",
    "date(name)": "王小明",
    "add_months(day, 99999999)": "9999",
    "day + days(lead_min * 999999)": "太大",
    "absentee == applicant": "absentee",
    "items[1].tags": "tags",
    "items.map(i, i.at)": "i.at",
    "signed.incoming.by": "signed.incoming",
    "param . rate > row .price": "row.price",
}


@pytest.mark.parametrize("source", VALUES)
def test_value(source, evaluate):
    value = evaluate(source)
    assert value == VALUES[source]
    assert type(value) is type(VALUES[source])


@pytest.mark.parametrize("source", FAILURES)
def test_failure_says_what_is_missing(source, evaluate):
    with pytest.raises(EvaluationError) as failure:
        evaluate(source)
    assert FAILURES[source] in failure.value.message.zh


def test_decimals_do_not_depend_on_the_callers_context(evaluate):
    with localcontext(prec=3):
        assert evaluate("price * 1.23456") == Decimal("32.7158400")


def test_moments_in_a_zone_are_not_calculated_by_the_clock_on_the_wall(evaluate):
    assert evaluate("(timestamp('2026-03-29T04:30:00+02:00') - moments[0]).getHours()") == 3
    assert evaluate("moments.map(m, m + hours(3))[0] == timestamp('2026-03-29T02:30:00Z')") is True
