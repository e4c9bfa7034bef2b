"""Room inspections, hazards, emergencies, education: what their forms and checks find, and what they let pass."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, altered_workspace, broken, duty, lacking

from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace

LATER = datetime.fromisoformat("2026-12-31T18:00:00+08:00")


# room inspections


def items(workspace: Workspace, form: str, **changed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A complete list in which all is well but for `changed`."""
    field = workspace.forms[form].fields["items"].field("item")  # type: ignore[union-attr]
    figures = {
        "temperature": {"value": "22.5"},
        "stations": {"value": 12},
        "equipment": {"value": 31},
        "hazard_trend": {"note": "平稳"},
    }
    codes = [option.code for option in field.options]  # type: ignore[union-attr]
    return [{"item": code, "result": "ok", **figures.get(code, {}), **changed.get(code, {})} for code in codes]


def shift_check(desk: Desk, signed: list[tuple[str, ...]], id: str = "BJ-20261201-early-H1", **data: Any) -> RecordCase:
    rows = items(desk.workspace, "F-ROOMSHIFT", **data.pop("changed", {}))
    fixed = {"shift_date": "2026-12-01", "shift": "early", "room": "H1", "at": "10:00", "inspector": "S0010"}
    return desk.file("F-ROOMSHIFT", id, {**fixed, "items": rows, **data}, signed)


ABNORMAL = {"result": "abnormal", "note": "不合要求"}
INSPECTED = ("inspect", "S0010", "10:10")


def test_an_inspection_without_findings_is_closed_by_one_signature(desk: Desk) -> None:
    case = shift_check(desk, [INSPECTED])
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert case.all_values["level"] == "shift"


def test_what_is_to_be_corrected_keeps_the_inspection_open(desk: Desk) -> None:
    changed = {"floor": {**ABNORMAL, "handling": "rectify"}}
    case = shift_check(desk, [INSPECTED], changed=changed)
    assert (broken(case), case.progress.state) == (["eight_phrases"], "done")
    correction = {"no": 1, "matter": "地面", "measure": "清扫", "done_at": "10:40"}
    signed = [INSPECTED, ("rectify", "S0011", "10:45"), ("verify", "S0010", "10:50")]
    case = shift_check(desk, signed, changed=changed, rectifications=[correction])
    assert (broken(case), case.progress.state) == (["eight_phrases"], "closed")
    own = shift_check(desk, [INSPECTED, ("rectify", "S0010", "10:45"), ("verify", "S0010", "10:50")], changed=changed)
    assert own.progress.state == "rectifying"


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("shoes", "eight_phrases"),
        ("order", "eight_phrases"),
        ("inflammables", "no_inflammables"),
        ("headsets", "stations_left_in_order"),
        ("power", "facilities"),
        ("access_door", "facilities"),
    ],
)
def test_each_abnormal_item_breaks_its_clause(desk: Desk, item: str, expected: str) -> None:
    assert broken(shift_check(desk, [INSPECTED], changed={item: {**ABNORMAL, "handling": "fixed"}})) == [expected]


def test_an_abnormal_item_needs_its_handling(desk: Desk) -> None:
    case = shift_check(desk, [INSPECTED], changed={"power": ABNORMAL})
    assert lacking(case) == ["items.handling"]
    followed = {"power": {**ABNORMAL, "handling": "hazard"}}
    assert "hazard_opened" in broken(shift_check(desk, [INSPECTED], changed=followed))
    case = shift_check(desk, [INSPECTED], changed=followed, hazards_found=["YH-202612-001"])
    assert (broken(case), case.progress.state) == (["facilities"], "closed")


@pytest.mark.parametrize(
    ("value", "result", "expected"),
    [
        ("18", "ok", []),
        ("26", "ok", []),
        ("17.9", "abnormal", ["temperature"]),
        ("26.1", "ok", ["temperature", "temperature_result"]),
    ],
)
def test_the_temperature_is_judged_by_the_parameters(desk: Desk, value: str, result: str, expected: list[str]) -> None:
    found = {"value": value, "result": result}
    if result == "abnormal":
        found |= {"note": "偏冷", "handling": "fixed"}
    assert broken(shift_check(desk, [INSPECTED], changed={"temperature": found})) == expected


def test_an_item_left_out_is_a_breach_and_one_given_twice_an_error(desk: Desk) -> None:
    rows = items(desk.workspace, "F-ROOMSHIFT")
    assert broken(shift_check(desk, [INSPECTED], items=rows[1:])) == ["all_items"]
    assert broken(shift_check(desk, [INSPECTED], items=[*rows, rows[0]])) == ["item_once"]


def day_check(desk: Desk, day: str, level: str = "day") -> RecordCase:
    rows = items(desk.workspace, "F-ROOMDAILY")
    data = {"room": "H1", "at": f"{day} 10:00", "inspector": "S0003", "level": level, "items": rows}
    return desk.file("F-ROOMDAILY", f"RJ-{day.replace('-', '')}-H1", data, [("inspect", "S0003", f"{day} 10:10")])


def test_the_weekly_inspection_is_an_option(desk: Desk, root: Path, tmp_path: Path) -> None:
    assert broken(day_check(desk, "2026-12-01", "week")) == ["weekly_if_asked"]
    day_check(desk, "2026-12-08")
    assert desk.disagreements("room-weekly-missing") == []
    weekly = Desk(altered_workspace(root, tmp_path / "copy", LATER, room_weekly="true"))
    assert broken(day_check(weekly, "2026-12-01", "week")) == []
    for day in ("2026-12-02", "2026-12-08", "2026-12-13", "2026-12-29"):  # the last week is not over yet
        day_check(weekly, day)
    assert weekly.disagreements("room-weekly-missing") == ["RJ-20261213-H1"]


def test_the_month_is_for_the_safety_officer_and_the_manager(desk: Desk) -> None:
    rows = items(desk.workspace, "F-ROOMMONTH")
    assert len(rows) == 22
    data = {"room": "H1", "at": "10:00", "inspector": "S0009", "items": rows}
    signed = [("inspect", "S0009", "11:00"), ("approve", "S0002", "15:00")]
    case = desk.file("F-ROOMMONTH", "YJ-202612-H1", data, signed)
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    by_supervisor = desk.file(
        "F-ROOMMONTH", "YJ-202612-H2", {**data, "inspector": "S0003"}, [("inspect", "S0003", "11:00")]
    )
    assert broken(by_supervisor) == ["by_safety_officer"]


# hazards


HAZARD = {
    "found_at": "09:00",
    "reported_at": "09:20",
    "by": "S1001",
    "place": "话务室",
    "desc": "插座发烫",
    "level": "general",
}
RECEIVED = [("report", "S1001", "09:25"), ("receive", "S0003", "09:40")]


def hazard(desk: Desk, signed: list[tuple[str, ...]], id: str = "YH-202612-001", **data: Any) -> RecordCase:
    return desk.file(
        "F-HAZARD", id, {**HAZARD, "responsible": "S0021", "due": "2026-12-08 18:00", **data}, signed, "S1001"
    )


def removal(no: int, at: str) -> dict[str, Any]:
    return {"no": no, "at": at, "measure": "更换插座"}


def look(no: int, at: str, passed: bool = True) -> dict[str, Any]:
    return {"no": no, "at": at, "passed": passed, "note": "仍发热" if not passed else "正常"}


@pytest.mark.parametrize(
    ("level", "removed_at", "late"),
    [
        ("danger", "23:59", False),
        ("danger", "2026-12-02 00:01", True),
        ("major", "2026-12-04 23:59", False),
        ("major", "2026-12-05 08:00", True),
        ("general", "2026-12-08 23:59", False),
        ("general", "2026-12-09 08:00", True),
    ],
)
def test_the_days_allowed_depend_on_the_level(desk: Desk, level: str, removed_at: str, late: bool) -> None:
    signed = [*RECEIVED, ("remove", "S0021", "2026-12-09 09:00"), ("verify", "S0009", "2026-12-09 10:00")]
    data = {
        "removals": [removal(1, removed_at)],
        "verifications": [look(1, "2026-12-09 09:30")],
        "interim": "断电",
        "level": level,
    }
    case = hazard(desk, signed, due=str(removed_at), **data)
    assert case.progress.state == "closed"
    assert ("removed" in broken(case)) is late


def test_a_limit_later_than_the_rule_is_a_breach(desk: Desk) -> None:
    assert broken(hazard(desk, RECEIVED, due="2026-12-08 23:59", found_at="2026-12-01 09:00")) == [
        "removed",
        "removed_as_set",
    ]
    assert "due_within_rule" in broken(hazard(desk, RECEIVED, due="2026-12-09 09:00"))


def test_the_report_is_due_within_the_minutes(desk: Desk) -> None:
    assert "reported" not in broken(hazard(desk, RECEIVED, reported_at="09:30"))
    assert "reported" in broken(hazard(desk, RECEIVED, reported_at="09:31"))


def test_a_hazard_closes_only_when_somebody_else_has_verified_it(desk: Desk) -> None:
    removed = [*RECEIVED, ("remove", "S0021", "11:00")]
    data = {"removals": [removal(1, "10:50")], "verifications": [look(1, "11:30")]}
    assert hazard(desk, removed, **data).progress.state == "resolved"
    assert hazard(desk, [*removed, ("verify", "S0009", "11:40")], **data).progress.state == "closed"
    own = {**data, "responsible": "S0003"}
    signed = [*RECEIVED, ("remove", "S0003", "11:00"), ("verify", "S0003", "11:40")]
    assert hazard(desk, signed, **own).progress.state == "resolved"


def test_a_failed_verification_sends_the_hazard_back(desk: Desk) -> None:
    signed = [*RECEIVED, ("remove", "S0021", "11:00"), ("recheck", "S0009", "11:40")]
    case = hazard(desk, signed, removals=[removal(1, "10:50")], verifications=[look(1, "11:30", False)])
    assert case.progress.state == "in_progress"
    signed += [("remove", "S0021", "14:00"), ("verify", "S0009", "14:40")]
    both = {
        "removals": [removal(1, "10:50"), removal(2, "13:50")],
        "verifications": [look(1, "11:30", False), look(2, "14:30")],
    }
    case = hazard(desk, signed, **both)
    assert (broken(case), case.progress.state) == ([], "closed")
    assert case.all_values["eliminated_at"].hour == 13
    assert case.all_values["verified_by"].id == "S0009"
    stale = {**both, "verifications": [look(1, "11:30"), look(2, "14:30", False)]}
    assert {"last_verification_passed", "verified_after_removal"} <= set(broken(hazard(desk, signed, **stale)))


def test_a_removed_hazard_is_not_found_again_on_the_same_sheet(desk: Desk) -> None:
    signed = [*RECEIVED, ("remove", "S0021", "09:50"), ("verify", "S0009", "09:56")]
    hazard(desk, signed, removals=[removal(1, "09:45")], verifications=[look(1, "09:55")])
    shift_check(desk, [INSPECTED], hazards_found=["YH-202612-001"])
    assert desk.disagreements("room-hazard-followed") == ["BJ-20261201-early-H1"]


# emergencies and drills


def emergency(desk: Desk, *actions: tuple[str, str], at: str = "10:00", **data: Any) -> RecordCase:
    rows = [
        {"no": n, "at": time, "kind": kind, "action": "处置", "dept": "D-CS", "by": "S0003"}
        for n, (kind, time) in enumerate(actions, start=1)
    ]
    fixed = {
        "at": "10:00", "place": "话务室", "event": "fire", "situation": "冒烟", "commander": "S0003", "plan_started": True,
        "plan_used": "火灾预案", "departments": ["D-CS"], "actions": rows, "people_safe": True, "loss": "0.00",
    }  # fmt: skip
    return desk.file("F-EMERGENCY", "YX-202612-001", {**fixed, **data}, [("submit", "S0003", at)])


def test_people_come_before_property(desk: Desk) -> None:
    assert broken(emergency(desk, ("alarm", "10:01"), ("people", "10:02"), ("property", "10:10"), at="12:00")) == []
    assert broken(emergency(desk, ("property", "10:02"), ("people", "10:10"), at="12:00")) == ["people_first"]
    assert broken(emergency(desk, ("property", "10:02"), at="12:00")) == []
    hurt = emergency(desk, ("property", "10:02"), at="12:00", people_safe=False, casualties="一人轻伤")
    assert broken(hurt) == ["people_first"]


def test_the_emergency_report_is_due_after_a_day(desk: Desk) -> None:
    assert broken(emergency(desk, ("people", "10:02"), at="2026-12-02 10:00")) == []
    assert broken(emergency(desk, ("people", "10:02"), at="2026-12-02 10:01")) == ["handed_in"]
    case = emergency(desk, ("people", "10:02"), at="12:00", plan_started=False)
    assert broken(case) == ["plan_was_started"]


def drill(desk: Desk, day: str, able: bool = True) -> RecordCase:
    people = [{"staff": "S1001", "able": able, **({} if able else {"note": "下周补训"})}]
    data = {
        "date": day,
        "plan": "火灾预案",
        "organiser": "S0009",
        "participants": people,
        "equipment_used": "灭火器",
        "result": "良好",
    }
    return desk.file("F-DRILL", f"YL-{day[:4]}{day[5:7]}-001", data, [("report", "S0009", f"{day} 15:00")])


def test_everybody_learns_to_use_the_equipment(desk: Desk) -> None:
    assert broken(drill(desk, "2026-12-01")) == []
    assert broken(drill(desk, "2026-12-01", able=False)) == ["everybody_able"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2026-06-30", "2026-12-30"], []),
        (["2026-06-29", "2026-12-30"], ["YL-202612-001"]),
        (["2026-06-29"], ["YL-202606-001"]),
        (["2026-07-01"], []),
    ],
)
def test_drills_follow_one_another(desk: Desk, days: list[str], expected: list[str]) -> None:
    for day in days:
        drill(desk, day)
    assert desk.disagreements("drill-interval") == expected


# education and undertakings


def education(
    desk: Desk, day: str, topics: list[str], first: str = "2026-12-07", staff: str = "S1009", no: int = 1
) -> RecordCase:
    data = {
        "staff": staff,
        "date": day,
        "occasion": "pre_duty",
        "first_duty_on": first,
        "topics": topics,
        "hours": "2",
        "trainer": "S0012",
    }
    signed = [("learn", staff, f"{day} 11:00"), ("confirm", "S0012", f"{day} 11:10")]
    return desk.file("F-SAFETYEDU", f"AQ-202612-{no:03}", {**data, "test_score": "90"}, signed)


def test_education_comes_before_duty(desk: Desk) -> None:
    assert broken(education(desk, "2026-12-07", ["safety", "secrecy"])) == []
    assert broken(education(desk, "2026-12-08", ["safety", "secrecy"])) == ["before_duty"]


def test_both_topics_are_needed_but_may_be_held_apart(desk: Desk) -> None:
    education(desk, "2026-12-02", ["safety"])
    assert desk.disagreements("pre-duty-education") == ["AQ-202612-001"]
    education(desk, "2026-12-03", ["secrecy"], no=2)
    assert desk.disagreements("pre-duty-education") == []


def test_secrecy_after_the_first_duty_is_too_late(desk: Desk) -> None:
    education(desk, "2026-12-02", ["safety"])
    education(desk, "2026-12-08", ["secrecy"], no=2)
    assert desk.disagreements("pre-duty-education") == ["AQ-202612-001"]


def test_a_newcomer_without_education_is_found_on_the_duty_log(desk: Desk) -> None:
    duty(desk, "2026-11-30", "S1001")
    education(desk, "2026-12-02", ["safety", "secrecy"])
    duty(desk, "2026-12-07", "S1001", "S1009")
    assert desk.disagreements("pre-duty-education") == []
    duty(desk, "2026-12-08", "S1001", "S1009", "S1008")
    assert desk.disagreements("pre-duty-education") == ["ZB-20261208-early"]


def undertaking(desk: Desk, version: int, day: str = "2026-12-01", occasion: str = "new_text") -> RecordCase:
    data = {"staff": "S1009", "signed_date": day, "occasion": occasion, "text_version": version}
    return desk.file(
        "F-CONFAGREE",
        "BM-202612-001",
        data,
        [("undertake", "S1009", f"{day} 09:00"), ("confirm", "S0024", f"{day} 10:00")],
    )


def test_the_undertaking_is_signed_on_joining_and_on_the_text_in_force(desk: Desk) -> None:
    assert broken(undertaking(desk, 1)) == []
    assert desk.disagreements("undertaking-current") == []
    assert broken(undertaking(desk, 1, occasion="joining")) == ["on_joining"]
    assert broken(undertaking(desk, 1, day="2026-09-07", occasion="joining")) == []
    desk.cases = [undertaking(desk, 2)]
    assert desk.disagreements("undertaking-current") == ["BM-202612-001"]


def test_whoever_is_on_duty_signs_a_new_text(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    desk = Desk(altered_workspace(root, copy, LATER))
    path = copy / "handbook/regulations/REG-CONF.md"
    text = (
        path.read_text("utf-8")
        .replace("revision: 1\nowner", "revision: 2\nowner")
        .replace("effective: 2026-09-01", "effective: 2026-11-01")
    )
    path.write_text(text, "utf-8")
    undertaking(desk, 2)
    assert desk.disagreements("undertaking-current") == []
    desk.cases = [undertaking(desk, 1)]
    assert desk.disagreements("undertaking-current") == ["BM-202612-001"]
