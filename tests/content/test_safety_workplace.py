"""Outsiders, stations, 5S, lockers, damage and private calls."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, altered_workspace, broken, duty, lacking

from csdocs.load.record.case import RecordCase

LATER = datetime.fromisoformat("2026-12-31T18:00:00+08:00")


ENTRY = {
    "visitor": "刘工",
    "purpose": "检修空调",
    "place": "话务室",
    "host": "S1001",
    "escort": "S1001",
    "from": "09:00",
    "to": "11:00",
}


def entry(desk: Desk, approved: str, entered: str, left: str, **data: Any) -> RecordCase:
    times = {"entered_at": entered, "left_at": left, "escorted": True}
    steps = [
        ("apply", "S1001", "08:30"),
        ("approve", "S0003", approved),
        ("enter", "S1001", "11:10"),
        ("leave", "S1001", "11:20"),
    ]
    return desk.file("F-ROOMENTRY", "JF-202612-001", {**ENTRY, **times, **data}, steps)


def test_outsiders_enter_after_approval_and_leave_in_time(desk: Desk) -> None:
    case = entry(desk, "08:50", "09:00", "11:00")
    assert (broken(case), case.progress.state, case.all_values["approved_by"].id) == ([], "closed", "S0003")
    assert broken(entry(desk, "09:10", "09:05", "10:00")) == ["approved_before_entry"]
    assert broken(entry(desk, "08:50", "08:55", "10:00")) == ["entered_in_time"]
    assert broken(entry(desk, "08:50", "09:00", "11:01")) == ["out_in_time"]
    assert broken(entry(desk, "08:50", "09:00", "10:00", escorted=False, note="中途离开")) == ["escorted_throughout"]


def line(no: int, seat: str, staff: str, sign_in: str, sign_out: str, **data: Any) -> dict[str, Any]:
    fixed = {"wiped": True, "reason": "shift_end", "headset_returned": True, "chair": True, "desk_clear": True}
    return {"no": no, "seat": seat, "staff": staff, "sign_in": sign_in, "sign_out": sign_out, **fixed, **data}


def stations(desk: Desk, *rows: dict[str, Any]) -> RecordCase:
    signed = [
        ("open", "S0010", "07:50"),
        *(("initial", row["staff"], "15:10", str(row["no"])) for row in rows),
        ("close", "S0010", "15:20"),
    ]
    data = {"shift_date": "2026-12-01", "shift": "early", "rows": list(rows)}
    return desk.file("F-STATION", "TX-20261201-early", data, signed, "S0010")


def test_a_seat_is_used_by_one_person_at_a_time(desk: Desk) -> None:
    first = line(1, "A01", "S1001", "08:00", "11:30", reason="meal")
    case = stations(desk, first, line(2, "A01", "S1002", "11:30", "15:00"))
    assert (broken(case), case.progress.state, case.all_values["seats_in_use"]) == ([], "closed", 1)
    assert broken(stations(desk, first, line(2, "A01", "S1002", "11:29", "15:00"))) == ["seat_free"]
    assert broken(stations(desk, first, line(2, "A02", "S1001", "11:00", "15:00"))) == ["one_seat"]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("wiped", "wiped_before"),
        ("headset_returned", "headset_back"),
        ("chair", "chair_back"),
        ("desk_clear", "desk_left_clear"),
    ],
)
def test_what_was_not_done_at_the_station_is_a_breach(desk: Desk, field: str, expected: str) -> None:
    assert broken(stations(desk, line(1, "A01", "S1001", "08:00", "15:00", **{field: False}))) == [expected]


def test_a_meal_leaves_the_headset_where_it_is(desk: Desk) -> None:
    row = line(1, "A01", "S1001", "08:00", "11:30", reason="meal")
    del row["headset_returned"]
    assert (broken(case := stations(desk, row)), lacking(case)) == ([], [])


def test_the_sheet_names_everybody_with_a_seat_on_the_duty_log(desk: Desk) -> None:
    stations(desk, line(1, "A01", "S1001", "08:00", "15:00"))
    duty(desk, "2026-12-01", "S1001", "S1002")
    assert desk.disagreements("station-sheet-complete") == ["TX-20261201-early"]
    desk.cases.clear()
    stations(desk, line(1, "A01", "S1001", "08:00", "15:00"), line(2, "A02", "S1002", "08:00", "15:00"))
    duty(desk, "2026-12-01", "S1001", "S1002")
    assert desk.disagreements("station-sheet-complete") == []


def five_s(desk: Desk, *findings: str, at: str = "07:58", **data: Any) -> RecordCase:
    rows = [{"staff": f"S100{n}", "item": "seiri", "score": 2, "finding": each} for n, each in enumerate(findings, 1)]
    clean = {"desk": "A09", "item": "seiso", "score": 5, "personal_items": 1}
    fixed = {
        "at": at,
        "occasion": "ready",
        "inspector": "S0010",
        "dept": "D-CS",
        "clean_by_0800": True,
        "rows": [clean, *rows],
    }
    return desk.file("F-FIVES", "5S-202612-001", {**fixed, **data}, [("inspect", "S0010", "08:20")])


def test_fines_are_off_by_default_and_ten_for_each_finding_when_on(desk: Desk, root: Path, tmp_path: Path) -> None:
    case = five_s(desk, "杂物", "灰尘")
    assert (str(case.all_values["fine"]), case.all_values["findings"], case.progress.state) == ("0.00", 2, "done")
    assert broken(case) == ["desk_untidy", "desk_untidy"]
    fined = Desk(altered_workspace(root, tmp_path / "copy", LATER, fines_enabled="true"))
    assert str(five_s(fined, "杂物", "灰尘").all_values["fine"]) == "20.00"
    assert str(five_s(fined).all_values["fine"]) == "0.00"


def test_five_s_is_finished_before_the_morning_meeting(desk: Desk) -> None:
    case = five_s(desk)
    assert (broken(case), case.progress.state) == ([], "closed")
    assert broken(five_s(desk, at="08:09")) == []
    assert broken(five_s(desk, at="08:10")) == ["ready_before_meeting"]
    assert broken(five_s(desk, clean_by_0800=False)) == ["ready_in_time"]
    assert lacking(five_s(desk, occasion="leave")) == ["tidy_until_1700"]


def test_one_personal_item_may_stand_on_the_desk(desk: Desk) -> None:
    two = {"desk": "A09", "item": "seiri", "score": 4, "personal_items": 2}
    assert broken(five_s(desk, rows=[two])) == ["personal_limit"]
    assert broken(five_s(desk, rows=[{**two, "personal_items": 1}, {**two, "personal_items": 1}])) == ["item_once"]


def test_lockers_are_checked_in_presence_and_bags_at_the_end_of_work(desk: Desk) -> None:
    fixed = {
        "at": "15:05",
        "inspector": "S0010",
        "staff": "S1001",
        "kind": "bag",
        "occasion": "end_of_work",
        "present": True,
        "result": "normal",
    }
    signed = [("inspect", "S0010", "15:06"), ("confirm", "S1001", "15:07")]
    case = desk.file("F-LOCKERCHECK", "BG-202612-001", fixed, signed)
    assert (broken(case), case.progress.state) == ([], "closed")
    assert broken(
        desk.file("F-LOCKERCHECK", "BG-202612-001", {**fixed, "occasion": "random", "present": False}, signed)
    ) == ["in_presence", "bag_at_end"]
    found = desk.file("F-LOCKERCHECK", "BG-202612-001", {**fixed, "result": "finding", "finding": "公司耳麦"}, signed)
    assert found.progress.state == "answered"


DAMAGE = {
    "item": "微波炉",
    "when": "09:00",
    "custodian": "S0009",
    "person": "S1001",
    "cause": "摔门",
    "loss": "120.00",
    "agrees": True,
}
DECIDED = [("report", "S0009", "10:00"), ("answer", "S1001", "11:00"), ("decide", "S0002", "14:00")]


def test_only_rough_use_is_compensated_and_only_if_collected(desk: Desk, root: Path, tmp_path: Path) -> None:
    wear = desk.file("F-DAMAGE", "SH-202612-001", {**DAMAGE, "rough_use": False, "reason": "老化"}, DECIDED)
    assert (str(wear.all_values["compensation"]), wear.progress.state) == ("0.00", "closed")
    rough = {**DAMAGE, "rough_use": True, "reason": "监控可见"}
    case = desk.file("F-DAMAGE", "SH-202612-001", rough, DECIDED)
    assert (str(case.all_values["compensation"]), str(case.all_values["payable"]), case.progress.state) == (
        "120.00",
        "0.00",
        "closed",
    )
    collected = Desk(altered_workspace(root, tmp_path / "copy", LATER, fines_enabled="true"))
    assert collected.file("F-DAMAGE", "SH-202612-001", rough, DECIDED).progress.state == "approved"
    paid = [*DECIDED, ("collect", "S0018", "16:00")]
    case = collected.file("F-DAMAGE", "SH-202612-001", {**rough, "paid": "100.00", "paid_at": "15:30"}, paid)
    assert (broken(case), case.progress.state) == (["paid_as_decided"], "closed")


def call(desk: Desk, **data: Any) -> RecordCase:
    row = {
        "no": 1,
        "staff": "S1001",
        "reason": "家人急病",
        "urgent": True,
        "device": "own",
        "permitted_by": "S0010",
        "permitted_at": "10:00",
        "at": "10:01",
        "minutes": 3,
    }
    signed = [
        ("open", "S0003", "08:00"),
        ("permit", str(data.get("permitted_by", "S0010")), "10:10", "1"),
        ("close", "S0003", "18:00"),
    ]
    return desk.file("F-PHONEPERMIT", "DX-20261201", {"date": "2026-12-01", "rows": [{**row, **data}]}, signed)


def test_private_calls_are_urgent_and_permitted_before(desk: Desk) -> None:
    case = call(desk)
    assert (broken(case), case.progress.state, case.all_values["minutes_total"]) == ([], "closed", 3)
    assert broken(call(desk, permitted_at="10:02")) == ["permitted_before"]
    assert broken(call(desk, urgent=False)) == ["only_urgent"]
    assert broken(call(desk, device="test")) == ["no_test_phone"]
    assert broken(call(desk, staff="S0010")) == ["not_by_oneself"]
