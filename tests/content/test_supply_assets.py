"""Equipment, accidents and the general register."""

from datetime import datetime
from typing import Any

from desk import FINE, Desk, broken, lacking, outcome

from csdocs.load.record.case import RecordCase

LATER = datetime.fromisoformat("2027-02-10T18:00:00+08:00")


def equipment(desk: Desk, *changes: dict[str, Any], **data: Any) -> RecordCase:
    piece = {
        "asset_no": "XJ-01",
        "name": "相机",
        "place": "库房",
        "custodian": "S0009",
        "state": "in_use",
        "bought": "2025-05-01",
    }
    counted = {"counted_on": "2026-12-31", "all_found": True}
    fixed = {"opened_on": "2026-11-09", "custodian": "S0009", "equipment": [piece], **counted}
    signed = [("open", "S0009", "2026-11-09 09:00"), ("initial", "S0009", "2026-11-09 09:10", "XJ-01")]
    if changes:
        fixed["changes"] = [
            {"no": n, "asset_no": "XJ-01", "at": "2026-12-01", "note": "李", **each}
            for n, each in enumerate(changes, 1)
        ]
        signed.append(("change", "S0009", "2026-12-01 09:00"))
    signed += [("count", "S0009", "2026-12-31 15:00"), ("close", "S0002", "2026-12-31 16:00")]
    return desk.file("F-EQUIPLEDGER", "SB-2026-S0009", {**fixed, **data}, signed)


def test_the_equipment_ledger(desk: Desk) -> None:
    case = equipment(desk, {"kind": "repair"}, {"kind": "back"})
    assert (outcome(case), case.all_values["pieces"]) == (FINE, 1)
    assert broken(equipment(desk, {"kind": "moved", "asset_no": "XJ-02"})) == ["changed_piece_registered"]
    assert broken(equipment(desk, all_found=False, missing="相机")) == ["nothing_missing"]
    assert broken(equipment(desk, counted_on="2026-11-08")) == ["counted_after_opening"]


def lending(
    desk: Desk, id: str = "JC-202612-001", start: str = "09:00", back: str = "17:00", **data: Any
) -> RecordCase:
    fixed = {"asset_no": "XJ-01", "item": "相机", "borrower": "S1001", "custodian": "S0009", "purpose": "拍照"}
    times = {"from_at": start, "due_at": "2026-12-01 18:00", "condition_out": "完好"}
    signed = [("borrow", "S1001", "08:50"), ("lend", "S0009", "08:55")]
    if back:
        times |= {"returned_at": back, "condition_in": "完好", "intact": "true"}
        signed.append(("take_back", "S0009", "2026-12-03 18:30"))
    return desk.file("F-EQUIPLEND", id, {**fixed, **times, **data}, signed)


def test_a_loan(desk: Desk) -> None:
    assert outcome(lending(desk)) == FINE
    assert broken(lending(desk, back="18:00")) == []
    assert broken(lending(desk, back="18:01")) == ["back_in_time"]
    assert broken(lending(desk, back="")) == ["back_in_time"]
    assert broken(lending(desk, back="", due_at="2027-02-11 18:00")) == []
    assert lacking(lending(desk, intact=False)) == ["damage"]
    assert broken(lending(desk, start="18:30")) == ["due_after_lending", "returned_after_lending"]


def test_one_loan_at_a_time(desk: Desk) -> None:
    equipment(desk)
    lending(desk)
    lending(desk, "JC-202612-002", start="17:00", back="17:30")
    assert desk.disagreements("equipment-lent-twice") == desk.disagreements("equipment-registered") == []
    lending(desk, "JC-202612-003", start="16:59", back="17:30")
    assert desk.disagreements("equipment-lent-twice") == ["JC-202612-002", "JC-202612-003"]
    desk.cases.pop()
    lending(desk, "JC-202612-004", start="17:31", back="")
    lending(desk, "JC-202612-005", start="17:40", back="17:50")
    assert desk.disagreements("equipment-lent-twice") == ["JC-202612-005"]


def test_only_registered_equipment_is_lent(desk: Desk) -> None:
    lending(desk)
    assert desk.disagreements("equipment-registered") == ["JC-202612-001"]
    equipment(desk)
    lending(desk, "JC-202612-002", asset_no="XJ-02")
    assert desk.disagreements("equipment-registered") == ["JC-202612-002"]
    equipment(desk, {"kind": "scrapped"})
    assert desk.disagreements("equipment-registered") == ["JC-202612-001", "JC-202612-002"]


def leaver(desk: Desk, staff: str = "S1001") -> RecordCase:
    path = [("hand_over", staff), ("take_over", "S1002"), ("confirm", "S0002"), ("settle", "S0014")]
    signed = [(step, who, f"2026-12-04 1{n}:00") for n, (step, who) in enumerate(path)]
    data = {"staff": staff, "dept": "D-CS", "last_day": "2026-12-04", "takers": ["S1002"]}
    return desk.file("F-OFFBOARD", "LZ-202612-001", data, signed)


def test_nobody_leaves_with_equipment_on_loan(desk: Desk) -> None:
    leaver(desk)
    lending(desk)
    assert desk.disagreements("leaver-equipment-returned") == []
    lending(desk, back="")
    assert desk.disagreements("leaver-equipment-returned") == ["LZ-202612-001"]
    leaver(desk, "S1003")
    assert desk.disagreements("leaver-equipment-returned") == []


# accidents, the general register


def accident(desk: Desk, responsibility: str = "none", **data: Any) -> RecordCase:
    fixed = {
        "kind": "vehicle", "vehicle": "沪A12345", "at": "09:00", "reported_at": "09:30", "place": "中山路", "driver": "S1001",
        "facts": "追尾", "injured": False, "responsibility": responsibility, "severe": False, "loss": "800.00",
        "joint_liable": "S0002", "prevention": "保持车距", "company_penalty": "批评",
    }  # fmt: skip
    signed = [
        ("report", "S1001", "10:00"),
        ("find", "S0002", "2026-12-02 10:00"),
        ("decide", "S0001", "2026-12-02 11:00"),
    ]
    return desk.file("F-ACCIDENT", "SG-202612-001", {**fixed, **data}, signed)


def test_grave_or_mainly_caused_accidents_lead_to_a_recommendation(desk: Desk) -> None:
    for responsibility in ("none", "minor", "equal"):
        case = accident(desk, responsibility)
        assert (outcome(case), case.all_values["suspend_recommended"]) == (FINE, False)
    for case in (accident(desk, "main"), accident(desk, "full"), accident(desk, severe=True)):
        assert (case.all_values["suspend_recommended"], lacking(case)) == (True, ["suspension", "suspended"])
    decided = accident(desk, "full", suspension="停驾一个月", suspended=False)
    assert lacking(decided) == ["grounds"]
    assert outcome(accident(desk, "full", suspension="停驾一个月", suspended=True)) == FINE


def test_an_accident_is_reported_at_once_and_a_manager_is_jointly_liable(desk: Desk) -> None:
    assert broken(accident(desk, reported_at="09:31")) == ["at_once"]
    assert broken(accident(desk, joint_liable="S0003")) == ["manager_jointly_liable"]
    electric = accident(desk, kind="electric", injured=True)
    assert lacking(electric) == ["emergency"]


def test_a_general_register(desk: Desk) -> None:
    rows = [{"no": n, "item": "绿植", "value": "浇水"} for n in (1, 2)]
    signed = [("open", "S0008", "09:00"), ("enter", "S0008", "09:10"), ("close", "S0008", "10:00")]
    data = {"title": "绿植养护", "at": "09:00", "by": "S0008", "rows": rows}
    case = desk.file("F-GENERIC", "TYB-202612-001", data, signed)
    assert (outcome(case), case.all_values["count"]) == (FINE, 2)
