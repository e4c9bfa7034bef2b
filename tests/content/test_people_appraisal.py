"""Weekly, monthly and annual appraisal, the quotas, appeals, coaching and goals."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, altered_workspace, broken, lacking

from csdocs.load.record.case import RecordCase
from csdocs.load.record.entitlement import entitlement

LATER = datetime.fromisoformat("2027-02-15T18:00:00+08:00")
MONDAYS = ["2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"]
NAMES = ("attitude", "ability", "efficiency", "teamwork")


def week(desk: Desk, monday: str, scores: Sequence[str] = ("28", "25", "18", "17"), **data: Any) -> RecordCase:
    rows = [
        {"dimension": name, "score": score, "evidence": "抽听录音三段"}
        for name, score in zip(NAMES, scores, strict=True)
    ]
    fixed = {"week_from": monday, "agent": "S1001", "assessor": "S0011", "method": ["record"], "scores": rows}
    steps = [("assess", "S0011", f"{monday} 17:00"), ("acknowledge", "S1001", f"{monday} 17:30")]
    number = datetime.fromisoformat(monday).isocalendar()
    return desk.file("F-APPRDAILY", f"RP-{number.year}W{number.week:02}-S1001", {**fixed, **data}, steps)


def month(
    desk: Desk, scores: Sequence[str] = ("28", "25.5", "18", "17"), first: str = "2026-11-01", **data: Any
) -> RecordCase:
    fixed = {
        "month": first,
        "agent": "S1001",
        "assessor": "S0003",
        "complaints": 0,
        "late_times": 0,
        "absent_days": 0,
        "reply_deduct": "0",
        **dict(zip(NAMES, scores, strict=True)),
        "comment": "服务稳定",
    }
    day = f"{first[:8]}28"
    steps = [("assess", "S0003", f"{day} 16:00"), ("acknowledge", "S1001", f"{day} 16:30")]
    signed = [*steps, ("confirm", "S0002", f"{day} 17:00")]
    return desk.file("F-APPRMONTH", f"YP-{first[:7].replace('-', '')}-S1001", {**fixed, **data}, signed)


def test_a_week_scores_four_dimensions_within_their_weights(desk: Desk) -> None:
    case = week(desk, MONDAYS[0])
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert case.all_values["week_total"] == 88
    assert broken(week(desk, MONDAYS[0], ("31", "25", "18", "17"))) == ["within_full_marks"]
    assert broken(week(desk, MONDAYS[0], ("28", "25", "18", "20.5"))) == ["within_full_marks"]
    assert broken(week(desk, "2026-11-03")) == ["from_monday"]
    assert broken(week(desk, MONDAYS[0], method=["chat", "chat"])) == ["methods_distinct"]


def test_the_month_adds_up(desk: Desk) -> None:
    for monday in MONDAYS:
        week(desk, monday)
    case = month(desk)
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert case.all_values["total"] == Decimal("88.50")
    assert case.all_values["mean_ability"] == 25
    assert case.all_values["weeks_found"] == case.all_values["weeks_expected"] == 5


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        (("31", "25.5", "18", "17"), "attitude_within_full_marks"),
        (("28", "25.5", "18", "20.5"), "teamwork_within_full_marks"),
    ],
)
def test_no_dimension_exceeds_its_weight(desk: Desk, scores: Sequence[str], expected: str) -> None:
    for monday in MONDAYS:
        week(desk, monday)
    assert expected in broken(month(desk, scores))


def test_a_score_far_from_the_weeks_needs_a_reason(desk: Desk) -> None:
    for monday in MONDAYS:
        week(desk, monday)
    assert broken(month(desk, ("25", "25", "18", "17"))) == []
    assert broken(month(desk, ("24.99", "25", "18", "17"))) == ["attitude_near_weeks"]
    assert broken(month(desk, ("24.99", "25", "18", "17"), deviation_reason="月末连续两件投诉")) == []


def test_missing_weeks_are_explained_and_not_too_many(desk: Desk) -> None:
    week(desk, MONDAYS[0])
    week(desk, MONDAYS[1])
    assert broken(month(desk)) == ["weeks_complete"]
    assert broken(month(desk, missing_weeks_reason="休年假")) == []
    alone = Desk(desk.workspace)
    week(alone, MONDAYS[0])
    assert broken(month(alone, missing_weeks_reason="休年假")) == ["weeks_enough"]


@pytest.mark.parametrize(
    ("first", "weeks"), [("2026-11-01", 5), ("2026-12-01", 4), ("2027-02-01", 4), ("2027-01-01", 5)]
)
def test_a_week_belongs_to_the_month_of_its_sunday(desk: Desk, first: str, weeks: int) -> None:
    case = month(desk, first=first)
    assert case.all_values["weeks_expected"] == weeks


def test_complaints_and_lateness_are_taken_off_within_the_dimension(desk: Desk) -> None:
    for monday in MONDAYS:
        week(desk, monday)
    case = month(desk, complaints=2, late_times=3, deduction_basis="TS-202611-001")
    assert (case.all_values["complaint_deduct"], case.all_values["attendance_deduct"]) == (4, 3)
    assert broken(case) == ["deducted_from_attitude"]
    assert broken(month(desk, ("26", "25", "18", "17"), complaints=2, deduction_basis="TS-202611-001")) == []
    assert lacking(month(desk, ("26", "25", "18", "17"), complaints=2)) == ["deduction_basis"]
    many = month(desk, ("0", "25", "18", "17"), complaints=20, deduction_basis="x", deviation_reason="投诉多")
    assert broken(many) == []
    assert desk.disagreements("appraisal-complaints-counted") == ["YP-202611-S1001"]


def year(desk: Desk, agent: str, score: str, lowered: bool = False, **data: Any) -> RecordCase:
    """A year in which months, survey and achievements all have the same score."""
    parts = {"attitude": "30", "ability": "30", "efficiency": "20", "teamwork": str(Decimal(score) - 80)}
    if Decimal(score) < 80:
        parts = {"attitude": "20", "ability": "20", "efficiency": "10", "teamwork": str(Decimal(score) - 50)}
    basis = {"month": "2026-11-01", "agent": agent, "assessor": "S0003", "complaints": 0, "late_times": 0}
    rest = {"absent_days": 0, "reply_deduct": "0", "comment": "稳定", **parts}
    signed = [("assess", "S0003", "2026-11-30 16:00"), ("acknowledge", agent, "2026-11-30 16:30")]
    signed.append(("confirm", "S0002", "2026-11-30 17:00"))
    desk.file("F-APPRMONTH", f"YP-202611-{agent}", {**basis, **rest}, signed)
    result = {"year_from": "2026-01-01", "agent": agent, "survey_score": score, "achievements": "完成指标"}
    more = {"achievement_score": score, "grade_reason": "见月度考评", "lowered": lowered}
    steps = ["assess", "review", "grade", "approve", "acknowledge"]
    people = ["S0003", "S0002", "S0024", "S0001", agent]
    acts = [(step, who, f"2026-12-31 1{n}:00") for n, (step, who) in enumerate(zip(steps, people, strict=True))]
    return desk.file("F-APPRYEAR", f"NP-2026-{agent}", {**result, **more, **data}, acts)


@pytest.mark.parametrize(
    ("score", "grade"),
    [("90", "excellent"), ("89.99", "good"), ("75", "good"), ("74.99", "pass"), ("60", "pass"), ("59.99", "fail")],
)
def test_grades_follow_the_score(desk: Desk, score: str, grade: str) -> None:
    case = year(desk, "S1001", score)
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert (case.all_values["annual_score"], case.all_values["grade"]) == (Decimal(score), grade)


def test_the_annual_score_weighs_three_parts(desk: Desk) -> None:
    case = year(desk, "S1001", "90", survey_score="80", achievement_score="70.5")
    assert case.all_values["annual_score"] == Decimal("84.10")
    assert broken(year(desk, "S1002", "80", lowered=True)) == ["lowered_from_excellent"]


def test_four_people_have_no_excellent_and_one_fail(desk: Desk) -> None:
    year(desk, "S1001", "95")
    for agent in ("S1002", "S1003", "S1004"):
        year(desk, agent, "70")
    assert desk.disagreements("appraisal-quota", "lowered") == ["NP-2026-S1001"]
    assert desk.disagreements("appraisal-quota", "quota_decision") == ["NP-2026-S1002"]
    said = [each.message.en for each in desk.disagreeing("appraisal-quota") if each.route[-1] == "quota_decision"]
    assert said == ["0 failed in 2026, 1 expected: quota short by 1; decide in writing (REG-APPRAISAL/5)"]


def test_a_written_decision_settles_the_shortfall_unless_it_is_enforced(desk: Desk, root: Path, tmp_path: Path) -> None:
    strict = Desk(altered_workspace(root, tmp_path, LATER, fail_quota="enforce"))
    for each in (desk, strict):
        year(each, "S1001", "70", quota_decision="全员达标，不强制评定")
    assert desk.disagreements("appraisal-quota", "quota_decision") == []
    assert strict.disagreements("appraisal-quota", "quota_decision") == ["NP-2026-S1001"]


def test_the_best_stay_excellent_and_ties_at_the_border_do_not(desk: Desk, root: Path, tmp_path: Path) -> None:
    kind = Desk(altered_workspace(root, tmp_path, LATER, tie="all_above"))
    agents = [f"S100{n}" for n in (1, 2, 3, 4, 5)]
    for each in (desk, kind):
        for agent, score in zip(agents, ("95", "95", "91", "70", "50"), strict=True):
            year(each, agent, score, lowered=agent == "S1003")
    assert desk.disagreements("appraisal-quota", "lowered") == ["NP-2026-S1001", "NP-2026-S1002"]
    assert kind.disagreements("appraisal-quota", "lowered") == []
    assert desk.disagreements("appraisal-quota", "quota_decision") == []


def test_who_is_within_the_quota_is_not_lowered(desk: Desk) -> None:
    for agent, score in zip([f"S100{n}" for n in (1, 2, 3, 4, 5)], ("95", "70", "70", "70", "50"), strict=True):
        year(desk, agent, score, lowered=agent == "S1001")
    assert desk.disagreements("appraisal-quota", "lowered") == ["NP-2026-S1001"]


APPEAL = {
    "appellant": "S1001",
    "target": "YP-202611-S1001",
    "decided_by": "S0003",
    "known_on": "2026-11-30",
    "filed_on": "2026-12-02",
    "grounds": "投诉与本人无关",
    "request": "恢复扣减的2分",
    "received_on": "2026-12-02",
    "findings": "责任人登记有误",
    "decision": "changed",
    "decision_reason": "投诉责任人为他人",
}


def appeal(desk: Desk, decided: str = "2026-12-07 17:00", by: str = "S0002", **data: Any) -> RecordCase:
    steps = [("file", "S1001", "2026-12-02 10:00"), ("examine", "S0024", "2026-12-04 10:00")]
    signed = [*steps, ("decide", by, decided), ("acknowledge", "S1001", f"{decided[:10]} 18:00")]
    return desk.file("F-APPEAL", "SS-202612-001", {**APPEAL, "correction": "更正考评表", **data}, signed)


def test_appeals_are_answered_in_five_days_by_somebody_else(desk: Desk) -> None:
    case = appeal(desk)
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert broken(appeal(desk, "2026-12-08 09:00")) == ["decided"]
    assert appeal(desk, known_on="2026-11-26").all_values["in_time"] is False
    assert "late_reason" in lacking(appeal(desk, known_on="2026-11-26"))
    biased = appeal(desk, decided_by="S0002")
    assert biased.record is not None and entitlement(biased, 2, biased.record.signatures[2])


def test_coaching_ends_in_time_with_a_conclusion(desk: Desk) -> None:
    data = {
        "agent": "S1001",
        "coach": "S0011",
        "cause": "YP-202611-S1001",
        "weakness": "产品知识",
        "goals": "抽测80分以上",
        "begins_on": "2026-12-01",
        "ends_on": "2026-12-31",
        "actions": [{"no": "1", "done_on": "2026-12-03", "action": "讲解资费", "effect": "掌握"}],
        "result": "not_met",
        "assessment": "抽测72分",
    }
    steps = [
        ("plan", "S0011", "2026-12-01 09:00"),
        ("accept", "S1001", "2026-12-01 10:00"),
        ("record", "S0011", "2026-12-03 18:00"),
        ("conclude", "S0011", "2026-12-31 10:00"),
        ("acknowledge", "S1001", "2026-12-31 11:00"),
        ("decide", "S0002", "2026-12-31 12:00"),
    ]
    follow = {"measure": "again", "measure_note": "延长一个月"}
    case = desk.file("F-COACH", "FD-202612-001", {**data, **follow}, steps)
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    bare = desk.file("F-COACH", "FD-202612-002", data, steps)
    assert lacking(bare) == ["measure", "measure_note"]
    long = desk.file("F-COACH", "FD-202612-003", {**data, **follow, "ends_on": "2027-01-01"}, steps)
    assert broken(long) == ["within_limit"]


def test_goals_weigh_a_hundred(desk: Desk) -> None:
    def goals(*weights: str, **data: Any) -> list[str]:
        kinds = ("satisfaction", "resolution")
        rows = [
            {"no": n, "indicator": kind, "target": "不低于95%", "weight": weight, "formula": "满意数除以评价数"}
            for n, (kind, weight) in enumerate(zip(kinds, weights, strict=True), 1)
        ]
        base = {"period": "quarter", "period_from": "2027-01-01", "scope": "dept", "dept": "D-CS", "person": "S0002"}
        steps = [("propose", "S0002", "09:00"), ("approve", "S0001", "10:00"), ("accept", "S0002", "11:00")]
        return broken(desk.file("F-GOALS", "ZB2-202701-001", {**base, "rows": rows, **data}, steps))

    assert goals("60", "40") == []
    assert goals("60", "39.99") == ["weights_make_100"]
    assert goals("60", "40", period_from="2027-02-01") == ["starts_a_period"]
    assert goals("60", "40", period="year", period_from="2027-04-01") == ["starts_a_period"]
