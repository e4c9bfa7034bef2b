"""Rosters, the five tables, the busy-hour sample, holidays and the ladder for a burst of calls."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from shift_desk import (
    AGENT,
    MANAGER,
    OTHER,
    SCHEDULER,
    SUPERVISOR,
    THIRD,
    alter,
    at,
    broken,
    clauses,
    disagreements,
    messages,
    record,
)

from csdocs.load.record.case import RecordCase

# rosters; November 2026 has thirty days


def slot(
    staff: str, day: int, start: str = "08:00", end: str = "16:00", role: str = "inbound", **more: str
) -> dict[str, str]:
    return {"staff": staff, "day": f"2026-11-{day:02}", "slot_from": start, "slot_to": end, "role": role, **more}


def roster(slots: Iterable[dict[str, str]], published: str = "2026-10-24") -> RecordCase:
    by = (("schedule", SCHEDULER), ("review", SUPERVISOR), ("publish", MANAGER))
    signed = [(step, who, at(published, "10:00")) for step, who in by]
    return record("F-ROSTER", "PB-202611", {"month": "2026-11-01", "team": "D-CS", "slots": list(slots)}, signed)


def found(name: str, *cases: RecordCase) -> int:
    return [check for check, _ in disagreements(*cases)].count(name)


@pytest.mark.parametrize(("days", "weekly", "over"), [(26, "48.53", 1), (21, "39.20", 0), (22, "41.07", 1)])
def test_average_weekly_hours(days: int, weekly: str, over: int) -> None:
    case = roster(slot(AGENT, day) for day in range(1, days + 1))
    assert case.all_values["weekly_avg_h"] == Decimal(weekly)
    assert case.all_values["rest_days_each"] == 30 - days
    assert found("roster-weekly-hours", case) == over


def test_meals_and_standing_by_are_no_hours() -> None:
    slots = [slot(AGENT, 1, "09:00", "18:00", break_min="60"), slot(AGENT, 2, role="reserve")]
    assert [row["hours"] for row in roster(slots).all_values["slots"]] == [Decimal("8.00"), Decimal("0.00")]


def test_a_night_ends_on_the_next_day() -> None:
    row = roster([slot(AGENT, 30, "22:00", "08:00")]).all_values["slots"][0]
    assert row["ends"] == datetime.fromisoformat("2026-12-01T08:00:00+08:00") and row["hours"] == 10


@pytest.mark.parametrize(
    ("slots", "times"),
    [
        ([slot(AGENT, 1, "15:00", "22:00"), slot(AGENT, 2, "09:00", "15:00")], 0),  # eleven hours
        ([slot(AGENT, 1, "15:00", "22:00"), slot(AGENT, 2, "08:59", "15:00")], 1),
        ([slot(AGENT, 1, "08:00", "12:00"), slot(AGENT, 1, "13:00", "18:00", "outbound")], 0),  # one divided day
        ([slot(AGENT, 1, "08:00", "12:00"), slot(AGENT, 1, "11:00", "18:00", "outbound")], 1),  # twice at a time
        ([slot(AGENT, day, "22:00", "08:00") for day in (1, 2, 3, 4)], 0),
        ([slot(AGENT, day, "22:00", "08:00") for day in (1, 2, 3, 4, 5)], 1),
        ([slot(AGENT, day, "22:00", "08:00") for day in (1, 2, 3, 5, 6)], 0),
        ([slot(AGENT, 1, "15:00", "22:00"), slot(AGENT, 2, "08:00", "15:00", "reserve")], 0),
    ],
)
def test_rest_between_shifts(slots: list[dict[str, str]], times: int) -> None:
    assert found("roster-rest", roster(slots)) == times


def test_somebody_takes_calls_in_every_slot() -> None:
    full = [slot(AGENT, day, "08:00", "15:00") for day in range(1, 31)]
    full += [slot(OTHER, day, "15:00", "22:00") for day in range(1, 31)]
    assert found("roster-cover", roster(full)) == 0
    gap = [slot(AGENT, 1, "08:00", "14:00") if each == full[0] else each for each in full]
    assert [text for text in messages(roster(gap)) if "无人接听" in text] == [
        "2026-11-01有1个时段无人接听，最早14:00（REG-SCHEDULE/16）"
    ]
    assert found("roster-cover", roster([slot(AGENT, 1, role="backoffice")])) == 30


@pytest.mark.parametrize(("on_duty", "reserve", "missing"), [(1, 0, 1), (1, 1, 0), (10, 1, 0), (11, 1, 1), (11, 2, 0)])
def test_people_in_reserve(on_duty: int, reserve: int, missing: int) -> None:
    staff = [*(f"S{1001 + n}" for n in range(9)), "S0010", "S0011", "S0012", "S0006"]
    roles = ["inbound"] * on_duty + ["reserve"] * reserve
    case = roster(slot(who, 1, role=role) for who, role in zip(staff, roles, strict=False))
    assert found("roster-reserve", case) == missing


def test_the_start_of_the_month_is_as_strong_as_the_rest_and_rest_is_shared() -> None:
    late = roster(slot(AGENT, day) for day in range(6, 26))
    assert broken(late) == {"strong_month_start"} and clauses(late) == {"REG-SCHEDULE/8"}
    early = [slot(AGENT, day) for day in range(1, 21)]
    assert broken(roster(early)) == set()
    assert broken(roster(early + [slot(OTHER, day) for day in range(1, 20)])) == set()
    assert broken(roster(early + [slot(OTHER, day) for day in range(1, 19)])) == {"equal_rest"}


def test_an_online_shop_rests_four_days_a_month() -> None:
    busy = [slot(AGENT, day) for day in range(1, 28)]
    assert "rest_days_of_shops" not in broken(roster(busy))
    case = roster(busy)
    alter(case, shift_model="ecom_a")
    assert broken(case) == {"rest_days_of_shops"}


def test_the_roster_is_published_a_week_ahead() -> None:
    assert broken(roster([slot(AGENT, 1)], "2026-10-24")) == set()
    assert broken(roster([slot(AGENT, 1)], "2026-10-25")) == {"published_ahead"}


def test_whoever_is_rostered_stands_in_the_register() -> None:
    plan = roster([slot(AGENT, 10, "08:00", "15:00"), slot(OTHER, 10, "15:00", "22:00")], "2026-10-24")
    line = {"no": "1", "staff": AGENT, "shift": "early", "kind": "normal"}
    times = {"planned_start": "08:00", "actual_start": "07:50", "planned_end": "15:00", "actual_end": "15:00"}
    line |= {key: at("2026-11-10", time) for key, time in times.items()}
    day = record(
        "F-ATTEND",
        "KQ-20261110",
        {"date": "2026-11-10", "attendance": [line]},
        [("register", "S0008", at("2026-11-10", "22:00"))],
    )
    assert [text for text in messages(plan, day) if "考勤" in text] == [
        "S1002当日有班，考勤登记没有此人（REG-ATTEND/1）"
    ]
    assert [text for text in messages(plan, day, _swap()) if "考勤" in text] == [
        "S1003换上2026-11-10的班次，考勤没有到岗；由S1003和S1002共同负责（REG-HANDOVER/10）"
    ]


def _swap() -> RecordCase:
    facts = {
        "shift_a_date": "2026-11-10",
        "shift_a": "late",
        "shift_a_start": at("2026-11-10", "15:00"),
        "reason": "家访",
    }
    hours = {f"{who}_{what}": "30.0" for who in ("applicant", "counterpart") for what in ("week_hours", "rest_hours")}
    signed = [("apply", OTHER, at("2026-11-05", "09:00")), ("consent", THIRD, at("2026-11-05", "10:00"))]
    signed.append(("approve", SUPERVISOR, at("2026-11-05", "11:00")))
    return record("F-SHIFTSWAP", "HB-202611-001", {"applicant": OTHER, "counterpart": THIRD, **facts, **hours}, signed)


# what the seats can bear


def sample(*calls: int, theory: str = "14.00", adopted: str = "12.00") -> RecordCase:
    rows = [
        {"staff": AGENT, "busy_hour": at("2026-10-20", f"{8 + n:02}:00"), "calls_connected": str(number)}
        for n, number in enumerate(calls)
    ]
    period = {"period_from": "2026-10-19", "period_to": "2026-10-23"}
    values = {"samples": rows, "experience_value": "12.00", "theory_value": theory, "adopted_m": adopted}
    return record(
        "F-CAPSAMPLE", "CY-202610-001", {**period, **values}, [("analyse", SCHEDULER, at("2026-10-24", "10:00"))]
    )


@pytest.mark.parametrize(
    ("calls", "median"),
    [((10, 12, 14), "12.00"), ((9, 13, 11, 15), "12.00"), ((12, 12, 12, 40), "12.00"), ((7, 3, 5), "5.00")],
)
def test_median_of_the_samples(calls: tuple[int, ...], median: str) -> None:
    assert sample(*calls).all_values["sample_median"] == Decimal(median)


def test_another_value_than_proposed_needs_a_reason() -> None:
    assert broken(sample(10, 12, 14)) == set()
    assert sample(10, 12, 14, theory="11.00").all_values["proposed_m"] == 11
    assert broken(sample(10, 12, 14, theory="11.00")) == {"reason_given"}


def holiday(*slots: tuple[int, int], reserve: str = "5", each: str | None = None, **param: Any) -> RecordCase:
    """Slots of (forecast, seats)."""
    rows = [
        {"slot": f"{8 + n:02}:00", "history_calls": "90", "forecast": str(calls), "seats": str(seats)}
        | ({"reserve": each} if each else {})
        for n, (calls, seats) in enumerate(slots)
    ]
    days = {"holiday": "national", "first_day": "2026-12-31", "last_day": "2027-01-03"}
    facts = {"capacity_sample": "CY-202610-001", "adopted_m": "12.00", "rows": rows, "reserve_seats": reserve}
    signed = [("plan", SCHEDULER, at("2026-12-20", "10:00")), ("review", SUPERVISOR, at("2026-12-21", "10:00"))]
    return record("F-HOLIDAYPLAN", "JR-202612-001", {**days, **facts}, signed, **param)


@pytest.mark.parametrize(("calls", "needed"), [(100, 9), (96, 8), (97, 9), (0, 0)])
def test_seats_for_a_forecast(calls: int, needed: int) -> None:
    assert holiday((calls, 10)).all_values["rows"][0]["seats_needed"] == needed


def test_each_slot_of_a_holiday_has_slack() -> None:
    assert broken(holiday((100, 10))) == set()
    assert broken(holiday((100, 9))) == {"slack"}


@pytest.mark.parametrize(("reserve", "kept"), [("4", False), ("5", True), ("7", True), ("8", False)])
def test_five_to_seven_emergency_seats(reserve: str, kept: bool) -> None:
    assert broken(holiday((100, 10), reserve=reserve)) == (set() if kept else {"reserve"})


def test_emergency_seats_may_be_laid_down_for_each_slot() -> None:
    slots = (100, 10), (60, 7)
    assert broken(holiday(*slots, each="5", reserve="10", holiday_reserve_scope="per_slot")) == set()
    assert broken(holiday(*slots, each="4", reserve="8", holiday_reserve_scope="per_slot")) == {"reserve_by_slot"}


def table(number: int, rows: list[dict[str, str]], month: str = "2026-11", **head: Any) -> RecordCase:
    signed = [("compile", SCHEDULER, at("2026-12-02" if number > 2 else "2026-10-28", "10:00"))]
    data = {"month": f"{month}-01", "rows": rows, **head}
    return record(f"F-FIVE{number}", f"WB{number}-{month.replace('-', '')}", data, signed)


DAY = "2026-11-02"
ONE = table(1, [{"day": DAY, "slot": f"{h:02}:00", "seats": str(3 + h % 2)} for h in range(8, 22)], days=[{"day": DAY}])
M = {"capacity_sample": "CY-202610-001", "adopted_m": "12.00"}


def two(forecast: str = "500", seat_hours: str = "49.00", **more: str) -> RecordCase:
    return table(2, [{"day": DAY, "forecast_calls": forecast, "seat_hours": seat_hours, **more}], **M)


def test_daily_average_of_seats() -> None:
    assert ONE.all_values["days"][0]["avg_seats"] == Decimal("3.50") == ONE.all_values["daily_avg_seats"]
    assert broken(ONE) == set()


def test_a_forecast_beyond_what_can_be_borne_needs_a_measure() -> None:
    row = two().all_values["rows"][0]
    assert (row["bearable_calls"], row["gap"]) == (588, 88)
    assert broken(two("588")) == set()
    assert broken(two("589")) == {"shortage_met"}
    assert broken(two("589", measure="晚高峰加2席")) == set()


def test_shares_and_deviations() -> None:
    three = table(3, [{"day": DAY, "actual_calls": "520", "staff_actual_calls": "494", "agents": "8"}])
    assert (three.all_values["rows"][0]["share"], three.all_values["rows"][0]["per_head"]) == (
        Decimal("95.00"),
        Decimal("61.75"),
    )
    four = table(4, [{"day": DAY, "actual_calls": "520", "forecast_calls": "500"}], analysis="促销")
    assert (four.all_values["rows"][0]["dev"], four.all_values["rows"][0]["dev_pct"]) == (20, Decimal("4.00"))
    five = table(5, [{"day": DAY, "staff_actual": "494", "staff_forecast": "588"}], analysis="余量充足")
    assert five.all_values["rows"][0]["dev_pct"] == Decimal("-15.99")
    assert broken(three) == broken(four) == broken(five) == set()
    assert disagreements(ONE, two(), three, four, five, sample(10, 12, 14)) == []


def test_the_five_tables_agree_with_one_another() -> None:
    three = table(3, [{"day": DAY, "actual_calls": "521", "staff_actual_calls": "494", "agents": "8"}])
    four = table(4, [{"day": DAY, "actual_calls": "520", "forecast_calls": "510"}], analysis="促销")
    assert found("five-tables-agree", two(), three, four) == 2
    assert found("five-tables-agree", ONE, two(seat_hours="50.00")) == 1
    assert found("five-tables-agree", two(), sample(10, 12, 14, adopted="13.00")) == 1


def test_table_one_is_the_roster() -> None:
    seats = [{"day": DAY, "slot": "08:00", "seats": "2"}, {"day": DAY, "slot": "15:00", "seats": "1"}]
    plan = [slot(AGENT, 2, "08:00", "15:00"), slot(OTHER, 2, "08:00", "16:00"), slot(THIRD, 2, role="qa")]
    one = table(1, seats, days=[{"day": DAY}])
    assert found("five-tables-agree", one, roster(plan)) == 0
    assert found("five-tables-agree", one, roster(plan[:1])) == 2


def test_the_tables_have_their_dates() -> None:
    late = record("F-FIVE1", "WB1-202611", ONE.record.data, [("compile", SCHEDULER, at("2026-11-01", "00:01"))])
    assert broken(late) == {"in_time"}
    early = record("F-FIVE4", "WB4-202611", _four(), [("compile", SCHEDULER, at("2026-11-30", "10:00"))])
    assert broken(early) == {"month_is_over"}
    assert broken(record("F-FIVE4", "WB4-202611", _four(), [("compile", SCHEDULER, at("2026-12-06", "00:01"))])) == {
        "in_time"
    }


def _four() -> dict[str, Any]:
    rows = [{"day": DAY, "actual_calls": "520", "forecast_calls": "500"}]
    return {"month": "2026-11-01", "rows": rows, "analysis": "促销"}


# the ladder

Action = tuple[str, str, int, int | None]  # time, action (or -action released), waiting, people


def ladder(
    *actions: Action, lasted: str = "5", cause: str = "promo", shift: str = "day", end: bool = True, **param: Any
) -> set[str]:
    """A burst that begins at 10:00 with 18 seats; a minus releases a step."""
    seats, rows = 18, []
    for seq, (time, action, waiting, people) in enumerate(actions, start=1):
        released = action.removeprefix("-") if action.startswith("-") else None
        seats += (people or 0) * (-1 if released else 1)
        facts = {"no": str(seq), "at": at("2026-11-10", time), "waiting": str(waiting)}
        facts |= {"action": "signout", "released": released} if released else {"action": action}
        facts |= {"moved": str(people)} if people else {}
        facts |= {"sustained_min": lasted} if action in ("step1", "step2", "step3") else {}
        rows.append({**facts, "seats_after": str(seats), "decided_by": param.get("by", SUPERVISOR)})
    data = {"start_at": at("2026-11-10", "10:00"), "shift": shift, "cause": cause, "supervisor": SUPERVISOR}
    data |= {"seats_before": "18", "actions": rows, "end_at": at("2026-11-10", "12:00"), "absorbed": "18"}
    data |= {"supervisors_kept": str(param.get("kept", 1)), "others_moved": "true"} if shift == "night" else {}
    steps = ["begin", "log", "end"] if end else ["begin", "log"]
    signed = [(step, SUPERVISOR, at("2026-11-10", "12:00")) for step in steps]
    rules = {key: value for key, value in param.items() if key not in ("by", "kept")}
    return broken(record("F-OVERFLOW", "HW-202611-001", data, signed, **rules))


UP = (("10:05", "step1", 7, 1), ("10:10", "step2", 8, 3), ("10:15", "step3", 9, 3), ("10:16", "step4", 12, 3))
DOWN = (("11:00", "-step4", 4, 3), ("11:05", "-step3", 3, 3), ("11:10", "-step2", 2, 3), ("11:15", "-step1", 1, 1))


def test_the_whole_ladder_up_and_down() -> None:
    assert ladder(*UP, *DOWN) == set()


def test_the_clock_starts_anew_when_the_queue_falls_back() -> None:
    assert ladder(("10:09", "step1", 7, 1), lasted="4", end=False) == {"lasted_long_enough"}
    dip = ("10:04", "watch", 5, None)
    assert ladder(dip, ("10:08", "step1", 7, 1), lasted="8", end=False) == {"clock_starts_anew"}
    assert ladder(dip, ("10:09", "step1", 7, 1), end=False) == set()


def test_steps_three_minutes_apart() -> None:
    assert ladder(UP[0], ("10:08", "step2", 8, 3), end=False) == {"clock_starts_anew"}
    assert ladder(UP[0], ("10:08", "step2", 8, 3), end=False, overflow_reset=False) == set()


def test_the_order_of_steps() -> None:
    assert ladder(UP[0], UP[2], end=False) == {"order_of_steps"}
    assert ladder(UP[2], end=False) == {"order_of_steps"}
    assert ladder(UP[0], ("10:10", "step1", 7, 1), end=False) == {"order_of_steps"}
    again = ("10:20", "-step1", 4, 1), ("10:30", "step1", 7, 1)
    assert ladder(UP[0], *again, end=False) == set()


def test_a_known_fault_goes_straight_to_overtime() -> None:
    assert ladder(UP[0], ("10:06", "step6", 14, 4), cause="fault", end=False) == set()
    assert ladder(UP[0], ("10:06", "step6", 14, 4), end=False) == {"order_of_steps"}
    assert ladder(*UP, ("10:30", "step6", 14, 2), end=False) == {"order_of_steps"}
    assert ladder(*UP, ("10:30", "step6", 14, 4), end=False, physical_seats=28) == {"seats_exist"}
    assert ladder(*UP, ("10:20", "step5", 14, 1), ("10:30", "step6", 14, 1), end=False) == set()


@pytest.mark.parametrize(
    ("people", "found"), [(1, {"number_of_people"}), (2, set()), (3, set()), (4, {"number_of_people"})]
)
def test_two_or_three_outbound_seats(people: int, found: set[str]) -> None:
    assert ladder(UP[0], ("10:10", "step2", 8, people), end=False) == found


@pytest.mark.parametrize(
    ("step", "waiting", "edge", "found"),
    [
        ("step1", 5, "inclusive", {"queue_for_steps_1_to_3"}),
        ("step1", 6, "inclusive", set()),
        ("step1", 11, "inclusive", set()),
        ("step1", 10, "strict", {"queue_for_steps_1_to_3"}),
        ("step4", 9, "inclusive", {"queue_for_step_4"}),
        ("step4", 10, "inclusive", set()),
        ("step4", 10, "strict", {"queue_for_step_4"}),
        ("step4", 11, "strict", set()),
    ],
)
def test_the_queue_at_the_edge(step: str, waiting: int, edge: str, found: set[str]) -> None:
    before = () if step == "step1" else UP[:3]
    assert ladder(*before, ("10:50", step, waiting, 3), end=False, overflow_edge=edge) == found


def test_sign_out_is_the_reverse_of_sign_in() -> None:
    assert ladder(*UP, DOWN[1], end=False) == {"last_in_first_out"}
    assert ladder(*UP, ("11:00", "-step4", 5, 3), end=False) == {"queue_for_signout"}
    assert ladder(UP[0], DOWN[2], end=False) == {"last_in_first_out"}
    assert ladder(*UP, *DOWN[:3]) == {"back_to_normal"}


def test_only_the_supervisor_decides_and_seats_have_an_end() -> None:
    assert ladder(UP[0], end=False, by=AGENT) == {"decided_on_site"}
    assert ladder(UP[0], end=False, physical_seats=18) == {"seats_exist"}


def test_a_burst_at_night() -> None:
    night = ("02:05", "all_in", 9, 4), ("02:40", "-all_in", 2, 4)
    moved = [(time.replace("02", "10"), *rest) for time, *rest in night]
    actions: list[Any] = [tuple(each) for each in moved]
    assert ladder(*actions, shift="night") == set()
    assert ladder(*actions, shift="night", kept=2) == {"night_supervisor"}
    assert ladder(*UP[:1], shift="night", end=False) == {"night_and_day"}
