"""Plans of the supervision group and notices to correct what it found."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, broken, lacking

from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace


@pytest.fixture
def desk(root: Path) -> Desk:
    return Desk(Workspace(root, datetime.fromisoformat("2027-03-31T18:00:00+08:00")))


def plan(desk: Desk, *topics: str, date: str = "2027-02-10", inspector: str = "S0024") -> list[str]:
    rows = [
        {
            "no": n,
            "topic": topic,
            "content": "抽查十份",
            "method": "records",
            "inspected": "D-CS",
            "date": date,
            "inspector": inspector,
        }
        for n, topic in enumerate(topics, 1)
    ]
    data = {"period_from": "2027-01-01", "period_to": "2027-03-31", "rows": rows}
    signed = [("draw_up", "S0019", "2027-01-04 09:00"), ("approve", "S0001", "2027-01-04 10:00")]
    case = desk.file("F-SUPPLAN", "JCP-202701-001", data, signed, "S0019")
    assert (lacking(case), case.progress.state) == ([], "closed")
    return broken(case)


def test_a_plan_covers_appraisal_and_uniforms(desk: Desk) -> None:
    topics = ("appraisal_process", "appraisal_fairness", "uniform", "handover")
    assert plan(desk, *topics) == []
    assert plan(desk, *topics[1:]) == ["appraisal_and_uniforms_covered"]
    assert plan(desk, *topics[:3], date="2027-04-01") == ["within_period"] * 3
    assert plan(desk, *topics[:3], inspector="S0017") == ["inspectors_from_three_departments"] * 3


def notice(desk: Desk, *looks: tuple[str, bool], done: str = "2027-02-15", **data: Any) -> RecordCase:
    """Each look is a day and whether it was passed; one that was not is followed by another correction."""
    fixed = {
        "issued_on": "2027-02-10",
        "source": "JCC-202702-001",
        "inspected": "D-CS",
        "inspector": "S0024",
        "finding": "评分没有依据",
        "demand": "补齐依据",
        "owner": "S0003",
        "due": "2027-02-17",
        "measures": [{"no": "1", "cause": "疏忽", "measure": "补充", "done_on": done}],
        "verifications": [
            {"no": str(n), "verified_on": day, "passed": passed, "note": "已看"}
            for n, (day, passed) in enumerate(looks, 1)
        ],
    }
    signed = [("issue", "S0024", "2027-02-10 09:00"), ("accept", "S0003", "2027-02-10 10:00")]
    signed.append(("rectify", "S0003", f"{done} 10:00"))
    for day, passed in looks[:-1]:
        assert not passed
        signed += [("recheck", "S0024", f"{day} 11:00"), ("rectify", "S0003", f"{day} 15:00")]
    signed.append(("verify", "S0024", f"{looks[-1][0]} 16:00"))
    return desk.file("F-RECTIFY", "ZGD-202702-001", {**fixed, **data}, signed, "S0024")


def test_a_finding_is_closed_after_a_passed_look(desk: Desk) -> None:
    case = notice(desk, ("2027-02-16", True))
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert broken(notice(desk, ("2027-02-16", False))) == ["last_look_passed"]
    twice = notice(desk, ("2027-02-16", False), ("2027-02-17", True))
    assert (broken(twice), twice.progress.state) == ([], "closed")
    assert broken(notice(desk, ("2027-02-14", True))) == ["looked_after_correction"]


def test_corrections_are_due_in_seven_days(desk: Desk) -> None:
    assert broken(notice(desk, ("2027-02-18", True), due="2027-02-18")) == ["due_within_rule"]
    assert broken(notice(desk, ("2027-02-18", True), done="2027-02-17")) == []
    assert broken(notice(desk, ("2027-02-18", True), done="2027-02-18")) == ["corrected"]
    assert broken(notice(desk, ("2027-02-16", True), owner="S0024"))[0] == "not_own_work"
