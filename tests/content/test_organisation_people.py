"""Appraisal from several sides, special appraisals and stars, and what they lead to."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, altered_workspace, broken, lacking, outcome

from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace

LATER = datetime.fromisoformat("2027-02-15T18:00:00+08:00")


@pytest.fixture(scope="module")
def peers(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A rule book in which people are appraised by themselves, their manager and their peers."""
    copy = tmp_path_factory.mktemp("peers") / "book"
    return altered_workspace(root, copy, LATER, appraisal_model="self_manager_peer")


def sides(desk: Desk, kind: str, rater: str, score: str, no: int = 1, **data: Any) -> RecordCase:
    names = ("performance", "attitude", "skill", "teamwork")
    rows = [{"dimension": name, "score": score, "evidence": "见周考评"} for name in names]
    record = {"period": "quarter", "period_from": "2026-10-01", "agent": "S1001", "rater_kind": kind, "rater": rater}
    signed = [("rate", rater, "2027-01-04 09:00"), ("collect", "S0024", "2027-01-05 09:00")]
    return desk.file("F-APPR360", f"HP-202612-{no:03}", {**record, "scores": rows, **data}, signed)


def test_several_sides_are_weighed_on_the_superiors_sheet(desk: Desk) -> None:
    assert outcome(sides(desk, "self", "S1001", "90")) == ([], [], "closed")
    alone = sides(desk, "superior", "S0003", "80", no=4)
    assert (broken(alone), "combined" in alone.all_values) == ([], False)
    sides(desk, "peer", "S1002", "70", no=2)
    sides(desk, "peer", "S1003", "75", no=3)
    whole = sides(desk, "superior", "S0003", "80", no=4)
    assert (broken(whole), whole.all_values["combined"]) == ([], 79.75)
    assert lacking(sides(desk, "customer", "S1002", "90")) == ["customer"]
    assert broken(sides(desk, "self", "S1002", "90")) == ["self_is_self"]
    assert broken(sides(desk, "superior", "S1002", "90")) == ["superior_is_senior"]
    assert broken(sides(desk, "self", "S1001", "90", period_from="2026-11-01")) == ["first_day"]


def test_the_way_of_appraisal_decides_who_is_asked(peers: Workspace) -> None:
    desk = Desk(peers)
    assert broken(sides(desk, "customer", "S1002", "90", customer="C1")) == ["fits_the_model"]
    assert broken(sides(desk, "self", "S1001", "90", period="month")) == ["fits_the_model"]
    desk = Desk(peers)
    sides(desk, "self", "S1001", "90", no=1)
    sides(desk, "superior", "S0003", "90", no=2)
    assert desk.disagreements("appraisal-several-sides") == ["HP-202612-001"]
    sides(desk, "peer", "S1002", "90", no=3)
    assert desk.disagreements("appraisal-several-sides") == []


def complaint(desk: Desk, level: str = "major", closed: str = "2026-12-07", **data: Any) -> RecordCase:
    day = closed
    record = {
        "received_at": f"{day} 08:00",
        "complainant": "王先生",
        "channel": "phone",
        "contact": "13800000000",
        "content": "资费多扣",
        "agent": "S1002",
        "apology": True,
        "nature": "process",
        "level": level,
        "first_contact_at": f"{day} 08:30",
        "resp_dept": "D-CS",
        "resp_person": "S1001",
        "complex": False,
        "cause": "录错套餐",
        "plan": "退费",
        "dept_reply_at": f"{day} 09:00",
        "result": "已退费",
        "solved_at": f"{day} 10:00",
        "customer_told_at": f"{day} 10:30",
        "satisfied": True,
        "confirmed_level": level,
        "justified": True,
        "service_caused": True,
    }
    people = {"register": "S1002", "assign": "S1002", "reply": "S1001", "tell": "S1002", "close": "S0003"}
    signed = [(step, who, f"{day} 1{n}:00") for n, (step, who) in enumerate(people.items(), 1)]
    signed += [("approve", "S0002", f"{day} 17:00")] if level != "minor" else []
    return desk.file("F-COMPLAINT", "TS-202612-001", {**record, **data}, signed)


def special(desk: Desk, day: str = "2026-12-22", **person: Any) -> RecordCase:
    line = {"no": 1, "staff": "S1001", "liability": "main", "finding": "未核对", "score": "60", "measure": "coaching"}
    data = {
        "date": day,
        "trigger": "TS-202612-001",
        "assessor": "S0003",
        "findings": "录入时没有核对",
        "agents": [{**line, **person}],
        "improvement": "双人核对",
    }
    signed: list[tuple[str, ...]] = [
        ("assess", "S0003", f"{day} 09:00"),
        ("acknowledge", "S1001", f"{day} 10:00", "1"),
        ("confirm", "S0002", f"{day} 11:00"),
    ]
    return desk.file("F-APPRSPECIAL", "ZX-202612-001", data, signed)


def test_a_major_complaint_is_followed_by_a_special_appraisal(desk: Desk) -> None:
    assert complaint(desk).progress.state == "closed"
    assert desk.disagreements("major-complaint-appraised") == ["TS-202612-001"]
    assert outcome(special(desk)) == ([], [], "closed")
    assert desk.disagreements("major-complaint-appraised") == []
    special(desk, "2026-12-23")
    assert desk.disagreements("major-complaint-appraised") == ["TS-202612-001"]
    assert desk.disagreements("special-appraisal-trigger") == []
    complaint(desk, "minor")
    assert desk.disagreements("major-complaint-appraised") == []
    assert desk.disagreements("special-appraisal-trigger") == ["ZX-202612-001"]
    assert broken(special(desk, measure="none")) == ["liability_has_consequence"]
    assert "nobody_appraises_oneself" in broken(special(desk, staff="S0003"))


def test_departments_meet_on_a_complex_complaint(desk: Desk) -> None:
    def minutes(at: str) -> None:
        data = {"type": "complaint", "start": at, "recorder": "S1002", "complaint": "TS-202612-001"}
        desk.file("F-MEETING", "HY-202612-001", data, [("record", "S1002", "2026-12-07 12:00")])

    complaint(desk)
    assert desk.disagreements("complex-complaint-meeting") == []
    complaint(desk, complex=True)
    assert desk.disagreements("complex-complaint-meeting") == ["TS-202612-001"]
    minutes("2026-12-07 08:45")
    assert desk.disagreements("complex-complaint-meeting") == []
    minutes("2026-12-07 09:15")
    assert desk.disagreements("complex-complaint-meeting") == ["TS-202612-001"]


def test_special_appraisals_are_owed_since_the_ninth_of_november(desk: Desk) -> None:
    complaint(desk, closed="2026-11-06")
    assert desk.disagreements("major-complaint-appraised") == []
    complaint(desk, closed="2026-11-09")
    assert desk.disagreements("major-complaint-appraised") == ["TS-202612-001"]


def test_stars_rest_on_criteria(desk: Desk) -> None:
    def stars(score: str = "45", first: str = "2026-10-01", **data: Any) -> RecordCase:
        row = {"no": 1, "criterion": "接听质量", "full": "50", "score": score, "evidence": "抽检五件"}
        record = {"period_from": first, "agent": "S1001", "assessor": "S0003", "criteria": [row], "stars": 4}
        signed = [
            ("rate_it", "S0003", "2027-01-04 09:00"),
            ("acknowledge", "S1001", "2027-01-04 10:00"),
            ("confirm", "S0002", "2027-01-04 11:00"),
        ]
        return desk.file("F-STAR", "XJ-202612-S1001", {**record, "reason": "稳定", **data}, signed)

    case = stars()
    assert (outcome(case), case.all_values["rate"]) == (([], [], "closed"), 90)
    assert broken(stars("50.5")) == ["within_full_marks"]
    assert broken(stars(first="2026-11-01")) == ["begins_a_period"]


def graded(desk: Desk, agent: str, score: str) -> None:
    """A year whose month, survey and achievements all have the same score."""
    month = {"month": "2026-11-01", "agent": agent, "assessor": "S0003", "complaints": 0, "late_times": 0}
    month |= {"absent_days": 0, "reply_deduct": "0", "comment": "稳定"}
    month |= {"attitude": str(int(score) - 50), "ability": "20", "efficiency": "20", "teamwork": "10"}
    signed = [("assess", "S0003", "2026-11-30 16:00"), ("acknowledge", agent, "2026-11-30 16:30")]
    desk.file("F-APPRMONTH", f"YP-202611-{agent}", month, [*signed, ("confirm", "S0002", "2026-11-30 17:00")])
    year: dict[str, Any] = {
        "year_from": "2026-01-01",
        "agent": agent,
        "survey_score": score,
        "achievements": "见月度考评",
    }
    year |= {"achievement_score": score, "grade_reason": "见月度考评", "lowered": False}
    desk.file("F-APPRYEAR", f"NP-2026-{agent}", year, [("assess", "S0003", "2026-12-31 10:00")])


def pay(desk: Desk, new: str, *basis: str) -> RecordCase:
    data = {"staff": "S1001", "basis": list(basis), "old": "6000.00", "new": new, "effective_from": "2027-02-01"}
    people = {"propose": "S0002", "examine": "S0019", "approve": "S0001"}
    signed = [(step, who, f"2027-01-11 1{n}:00") for n, (step, who) in enumerate(people.items())]
    return desk.file("F-SALARYADJ", "XC-202701-001", {**data, "reason": "年度考评", "opinion": "同意"}, signed)


@pytest.mark.parametrize(
    ("score", "up", "down"), [("95", [], ["XC-202701-001"]), ("80", [], []), ("55", ["XC-202701-001"], [])]
)
def test_pay_follows_the_grade(desk: Desk, score: str, up: list[str], down: list[str]) -> None:
    graded(desk, "S1001", score)
    case = pay(desk, "6300.00", "NP-2026-S1001")
    assert (outcome(case), case.all_values["percent"]) == (([], [], "closed"), 5)
    assert desk.disagreements("appraisal-consequences") == up
    pay(desk, "5700.00", "YP-202611-S1001", "NP-2026-S1001")
    assert desk.disagreements("appraisal-consequences") == down


def test_promotion_goes_step_by_step_and_not_after_failing(desk: Desk) -> None:
    def promotion(before: str, after: str, sheet: str = "NP-2026-S1001") -> RecordCase:
        data = {"staff": "S1001", "dept": "D-CS", "from_level": before, "to_level": after, "results": [sheet]}
        people = {"apply": "S1001", "support": "S0002", "examine": "S0019", "approve": "S0001"}
        signed = [(step, who, f"2027-01-11 1{n}:00") for n, (step, who) in enumerate(people.items())]
        rest = {"reasons": "胜任", "opinion": "推荐", "effective_from": "2027-02-01"}
        return desk.file("F-PROMOTION", "JS2-202701-001", {**data, **rest}, signed, "S1001")

    graded(desk, "S1001", "80")
    assert outcome(promotion("junior", "middle")) == ([], [], "closed")
    assert desk.disagreements("appraisal-consequences") == []
    assert broken(promotion("junior", "senior")) == ["one_step_at_a_time"]
    graded(desk, "S1002", "80")
    promotion("junior", "middle", "NP-2026-S1002")
    assert desk.disagreements("appraisal-consequences") == ["JS2-202701-001"]
    graded(desk, "S1001", "55")
    promotion("junior", "middle")
    assert desk.disagreements("appraisal-consequences") == ["JS2-202701-001"]


def test_a_career_plan_is_talked_over(desk: Desk) -> None:
    def plan(talked: str = "2027-01-11", due: str = "2027-06-30") -> RecordCase:
        gap = {"no": 1, "gap": "投诉处理经验", "means": "mentor", "action": "跟班", "due": due}
        data = {"date": "2027-01-11", "staff": "S1001", "present": "热线接听", "goal": "组长", "gaps": [gap]}
        signed = [("write", "S1001", "2027-01-11 09:00"), ("agree", "S0010", "2027-01-11 10:00")]
        rest = {"talked_on": talked, "support": "安排带教", "reviewed": "首次"}
        return desk.file("F-CAREER", "ZY1-2027-S1001", {**data, **rest}, signed, "S1001")

    assert outcome(plan()) == ([], [], "closed")
    assert broken(plan(talked="2027-01-10")) == ["talked_after_writing"]
    assert broken(plan(due="2027-01-10")) == ["action_ahead"]
