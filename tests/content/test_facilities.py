"""Facilities and cleaning of the offices."""

from datetime import datetime
from typing import Any

from desk import Desk, broken, lacking

from csdocs.load.record.case import RecordCase

LATER = datetime.fromisoformat("2026-12-31T18:00:00+08:00")


FAULT: dict[str, Any] = {
    "reported_at": "09:00",
    "by": "S1001",
    "place": "二层茶水间",
    "facility": "water",
    "fault": "水龙头滴水",
    "dangerous": False,
    "done_by": "own",
    "technician": "S0021",
    "promised_at": "12:00",
}
FIX = {"no": 1, "repaired_at": "11:00", "action": "更换垫圈", "cost": "5.00"}
LOOK = {"no": 1, "at": "14:00", "ok": True}
BEGUN = [("report", "S1001", "09:05"), ("assign", "S0014", "09:30"), ("repair", "S0021", "11:10")]


def facility(desk: Desk, *further: tuple[str, ...], **changed: Any) -> RecordCase:
    steps = [*BEGUN, *further, ("verify", "S0014", "18:00")]
    return desk.file(
        "F-FACILITY", "SS2-202612-001", {**FAULT, "jobs": [FIX], "looks": [LOOK], **changed}, steps, "S1001"
    )


def test_a_fault_is_followed_until_somebody_else_has_seen_it_gone(desk: Desk) -> None:
    case = facility(desk)
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert broken(facility(desk, jobs=[{**FIX, "repaired_at": "12:01"}])) == ["as_promised"]
    assert lacking(facility(desk, dangerous=True)) == ["hazard"]
    failed = {**LOOK, "ok": False, "note": "仍滴水"}
    assert broken(facility(desk, looks=[failed])) == ["last_look_passed"]
    again = [("send_back", "S0014", "14:05"), ("repair", "S0021", "15:10")]
    jobs, looks = [FIX, {**FIX, "no": 2, "repaired_at": "15:00"}], [failed, {**LOOK, "no": 2, "at": "16:00"}]
    case = facility(desk, *again, jobs=jobs, looks=looks)
    assert (broken(case), case.progress.state, case.all_values["cost"]) == (["as_promised"], "closed", 10)
    assert "looked_after_repair" in broken(facility(desk, *again, jobs=jobs))
    own = desk.file("F-FACILITY", "SS2-202612-002", {**FAULT, "technician": "S0014"}, [*BEGUN[:2]], "S1001")
    assert own.progress.state == "assigned"


def cleaning(desk: Desk, low: int = 5, *steps: tuple[str, ...], **changed: Any) -> RecordCase:
    field = desk.workspace.forms["F-CLEAN"].fields["items"].field("item")  # type: ignore[union-attr]
    rows: list[dict[str, Any]] = [{"item": option.code, "score": 5} for option in field.options]  # type: ignore[union-attr]
    rows[0] |= {"score": low, "finding": "有污渍"}
    data = {"area": "L1", "date": "2026-12-01", "by": "S0014", "items": rows, **changed}
    return desk.file("F-CLEAN", "WS-20261201-L1", data, [("inspect", "S0014", "09:00"), *steps], "S0014")


def test_what_scores_low_is_put_right_the_same_day(desk: Desk) -> None:
    case = cleaning(desk)
    assert (broken(case), lacking(case), case.progress.state, case.all_values["score"]) == ([], [], "closed", 100)
    assert cleaning(desk, 3).progress.state == "closed"
    corrected = {"no": 1, "matter": "地面", "measure": "擦洗", "done_at": "10:00"}
    steps = [("rectify", "S0016", "10:10"), ("verify", "S0013", "11:00")]
    case = cleaning(desk, 2, *steps, rectifications=[corrected])
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert cleaning(desk, 2).progress.state == "done"
    late = {**corrected, "done_at": "2026-12-02 09:00"}
    assert broken(cleaning(desk, 2, *steps, rectifications=[late])) == ["corrected_the_same_day"]
    assert broken(cleaning(desk, items=[{"item": "floor", "score": 5}])) == ["all_items"]
