"""Rosters and the five tables: who works when, drawn up before the month and settled after it."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from benchmarks.year.plan import add_months, days_between, moment
from benchmarks.year.year import Year, act

SHIFTS = {"early": (8, 15), "late": (15, 22)}
CYCLE = ("early", "early", "early", "late", "late", None, None)
OPENS, CLOSES = 8, 22
STRONG_DAYS = 5  # at the beginning of a month, when bills come out
HOLIDAYS = {1: "other", 2: "spring", 5: "may", 10: "national"}

Shifts = dict[dt.date, str | None]


def before_the_month(year: Year, day: dt.date) -> None:
    """On the 12th the sample, on the 15th the roster of the month to come, then the tables that rest on it."""
    month = add_months(day.replace(day=1), 1)
    if day.day != 12 or month > year.plan.end:
        return
    if month.month % 3 == 1 or month == year.plan.start:
        year.book["sample"]["now"] = _sample(year, day)
    year.later(day + dt.timedelta(3), _roster, month)
    year.later(day + dt.timedelta(9), _forecasts, month)
    for first, last in _holidays(year, month):
        year.later(day + dt.timedelta(10), _holiday_plan, first, last)


def after_the_month(year: Year, day: dt.date) -> None:
    """On the second of a month the figures of the one before are compared with the forecast."""
    month = add_months(day.replace(day=1), -1)
    if day.day == 2 and month >= year.plan.start:
        _settle(year, day, month)


def _sample(year: Year, day: dt.date) -> str:
    rng = year.scene(day, "F-CAPSAMPLE").rng
    people = year.agents(year.plan.start)[:6]
    first = day - dt.timedelta(10)
    found = [rng.randint(10, 14) for _ in people]
    rows = [
        {"staff": each, "busy_hour": moment(first + dt.timedelta(n), 10), "calls_connected": calls}
        for n, (each, calls) in enumerate(zip(people, found, strict=True))
    ]
    found.sort()
    median = Decimal(found[2] + found[3]) / 2
    adopted = min(median, Decimal("12.00"))
    data = {
        "period_from": first,
        "period_to": day,
        "samples": rows,
        "experience_value": Decimal("11.80"),
        "theory_value": Decimal("12.00"),
        "adopted_m": adopted,
    }
    year.book["sample"]["value"] = adopted
    scheduler, supervisor = year.one("R-SCHEDULER"), year.one("R-SUPERVISOR")
    at = moment(day, 14)
    signed = at + dt.timedelta(minutes=40)
    return year.record(
        "F-CAPSAMPLE", at, act("analyse", scheduler, signed, data), act("review", supervisor, moment(day, 16))
    )


# rosters


def shifts_of(place: Mapping[str, int], agents: Sequence[str], month: dt.date) -> Mapping[str, Shifts]:
    """Three early shifts, two late ones, two days off, all year round; then as fair and as strong as REG-SCHEDULE asks."""
    days = days_between(month, add_months(month, 1) - dt.timedelta(1))
    plan: dict[str, Shifts] = {
        each: {day: CYCLE[(day.toordinal() + place[each] * 3) % len(CYCLE)] for day in days} for each in agents
    }
    _level(plan, days)
    _strengthen(plan, days)
    return plan


def _count(plan: Mapping[str, Shifts], day: dt.date, shift: str | None = None) -> int:
    return sum(1 for own in plan.values() if own[day] and (shift is None or own[day] == shift))


def _worked(own: Shifts) -> int:
    return sum(1 for shift in own.values() if shift)


def _level(plan: dict[str, Shifts], days: Sequence[dt.date]) -> None:
    """Nobody works more than a day more than anybody else: surplus days come off where most are on."""
    least = min(map(_worked, plan.values()))
    for own in plan.values():
        while _worked(own) > least + 1:
            _take_off(plan, own, days)


def _take_off(plan: Mapping[str, Shifts], own: Shifts, days: Sequence[dt.date]) -> None:
    later = [day for day in days[STRONG_DAYS:] if own[day]]
    own[max(later, key=lambda day: (_count(plan, day, own[day]), day))] = None


def _strengthen(plan: dict[str, Shifts], days: Sequence[dt.date]) -> None:
    """The first days of the month are at least as well staffed as the others."""

    def strength(some: Sequence[dt.date]) -> float:
        return sum(_count(plan, day) for day in some) / len(some)

    while strength(days[:STRONG_DAYS]) < strength(days[STRONG_DAYS:]):
        least, most = (pick(map(_worked, plan.values())) for pick in (min, max))
        if least < most:
            tired = [own for own in plan.values() if _worked(own) == most]
            _take_off(plan, tired[0], days)
        else:
            _add_early(plan, days)


def _add_early(plan: dict[str, Shifts], days: Sequence[dt.date]) -> None:
    """One more early shift on a second day off, so that the rest before it stays long enough."""
    for own in plan.values():
        for before, day in pairwise(days[:STRONG_DAYS]):
            if own[before] is None and own[day] is None:
                own[day] = "early"
                return
    raise ValueError("nobody is free twice at the beginning of the month")


def _roster(year: Year, day: dt.date, month: dt.date) -> None:
    agents = year.agents(month)
    plan = shifts_of(year.staffing.place, agents, month)
    slots: list[dict[str, Any]] = []
    for at in days_between(month, add_months(month, 1) - dt.timedelta(1)):
        for shift in SHIFTS:
            crew = [each for each in agents if plan[each][at] == shift]
            year.crew[at, shift] = crew
            slots += [_slot(each, at, SHIFTS[shift], "inbound", f"A{n:02d}") for n, each in enumerate(crew, start=1)]
        slots += [_slot(each, at, (OPENS, CLOSES), "reserve", None) for each in _reserve(plan, agents, at)]
    supervisor, manager = year.one("R-SUPERVISOR"), year.manager
    year.book["roster"][month] = year.record(
        "F-ROSTER",
        moment(day, 9),
        act("schedule", year.one("R-SCHEDULER"), moment(day, 15), {"month": month, "team": "D-CS", "slots": slots}),
        act("review", supervisor, moment(day, 16)),
        act("publish", manager, moment(day + dt.timedelta(1), 10)),
    )


def _reserve(plan: Mapping[str, Shifts], agents: Sequence[str], day: dt.date) -> Sequence[str]:
    """A tenth of those on duty, from those who are off."""
    off = [each for each in agents if plan[each][day] is None]
    needed = max(1, (len(agents) - len(off) + 9) // 10)
    turn = day.toordinal() % len(off)
    return (off[turn:] + off[:turn])[:needed]


def _slot(staff: str, day: dt.date, span: tuple[int, int], role: str, seat: str | None) -> dict[str, Any]:
    first, last = (f"{hour:02d}:00" for hour in span)
    return {"staff": staff, "day": day, "slot_from": first, "slot_to": last, "seat": seat, "role": role}


# the five tables


def seats(year: Year, day: dt.date) -> dict[int, int]:
    """Rostered seats by hour."""
    planned = {shift: len(year.crew[day, shift]) for shift in SHIFTS}
    return {
        hour: sum(planned[shift] for shift, (first, last) in SHIFTS.items() if first <= hour < last)
        for hour in range(OPENS, CLOSES)
    }


def _forecasts(year: Year, day: dt.date, month: dt.date) -> None:
    days = days_between(month, add_months(month, 1) - dt.timedelta(1))
    planned = {each: seats(year, each) for each in days}
    one = [
        {"day": each, "slot": f"{hour:02d}:00", "seats": count}
        for each in days
        for hour, count in planned[each].items()
    ]
    _table(year, "F-FIVE1", moment(day, 10), {"month": month, "rows": one, "days": [{"day": each} for each in days]})
    value = year.book["sample"]["value"]
    rng = year.scene(month, "forecast").rng
    two = [{"day": each, **_forecast(rng, each, sum(planned[each].values()), value)} for each in days]
    year.book["forecast"] |= {row["day"]: {**row, "bearable": int(row["seat_hours"] * value)} for row in two}
    head = {"month": month, "capacity_sample": year.book["sample"]["now"], "adopted_m": value}
    _table(year, "F-FIVE2", moment(day, 11), {**head, "rows": two})


def _forecast(rng: random.Random, day: dt.date, hours: int, value: Decimal) -> dict[str, Any]:
    share = 0.93 if day.day <= STRONG_DAYS else 0.85 if day.weekday() < 5 else 0.72
    calls = int(float(hours * value) * share * rng.uniform(0.95, 1.05))
    row: dict[str, Any] = {"forecast_calls": calls, "seat_hours": Decimal(hours).quantize(Decimal("0.01"))}
    return row | ({"measure": "忙时启用应急人员，后台支援两席。"} if calls > int(hours * value) else {})


def _settle(year: Year, day: dt.date, month: dt.date) -> None:
    days = days_between(month, day.replace(day=1) - dt.timedelta(1))
    rng = year.scene(month, "traffic").rng
    three, four, five = [], [], []
    for each in days:
        forecast = year.book["forecast"][each]
        actual = int(forecast["forecast_calls"] * rng.uniform(0.9, 1.1))
        handled = int(actual * rng.uniform(0.94, 0.99))
        three.append(
            {"day": each, "actual_calls": actual, "staff_actual_calls": handled, "agents": len(year.on_duty(each))}
        )
        four.append({"day": each, "actual_calls": actual, "forecast_calls": forecast["forecast_calls"]})
        five.append({"day": each, "staff_actual": handled, "staff_forecast": forecast["bearable"]})
    _table(year, "F-FIVE3", moment(day, 9, 30), {"month": month, "rows": three})
    words = "月初出账日来电略高于预测，其余各日偏差在百分之十以内，下月维持预测系数。"
    _table(year, "F-FIVE4", moment(day, 10), {"month": month, "rows": four, "analysis": words})
    words = "人员接通量低于可承受量，余量用于培训和回访；个别忙日接近上限。"
    _table(year, "F-FIVE5", moment(day, 10, 30), {"month": month, "rows": five, "analysis": words})


def _table(year: Year, form: str, at: dt.datetime, data: Mapping[str, Any]) -> None:
    scheduler, supervisor = year.one("R-SCHEDULER"), year.one("R-SUPERVISOR")
    signed = at + dt.timedelta(minutes=20)
    year.record(
        form, at, act("compile", scheduler, signed, data), act("review", supervisor, at + dt.timedelta(hours=5))
    )


def _holidays(year: Year, month: dt.date) -> list[tuple[dt.date, dt.date]]:
    return [(each.from_, each.until) for each in year.calendar.holidays if each.from_.replace(day=1) == month]


def _holiday_plan(year: Year, day: dt.date, first: dt.date, last: dt.date) -> None:
    value = year.book["sample"]["value"]
    rows = []
    for hour, count in seats(year, first).items():
        forecast = int((count - 1) * value * Decimal("0.8"))
        rows.append({"slot": f"{hour:02d}:00", "history_calls": forecast - 2, "forecast": forecast, "seats": count})
    kind = HOLIDAYS.get(first.month, "other")
    name = next(each.name.zh for each in year.calendar.holidays if each.from_ == first)
    data = {
        "holiday": kind,
        "holiday_name": name if kind == "other" else None,
        "first_day": first,
        "last_day": last,
        "capacity_sample": year.book["sample"]["now"],
        "adopted_m": value,
        "rows": rows,
        "reserve_seats": 5,
    }
    scheduler, supervisor = year.one("R-SCHEDULER"), year.one("R-SUPERVISOR")
    year.record(
        "F-HOLIDAYPLAN",
        moment(day, 9),
        act("plan", scheduler, moment(day, 11), data),
        act("review", supervisor, moment(day, 15)),
    )
