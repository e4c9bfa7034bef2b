"""Training plans, sessions, their evaluation, skill tests, mentors and probation."""

from datetime import datetime
from pathlib import Path
from typing import Any

from desk import Desk, broken, lacking

from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace

LATER = datetime.fromisoformat("2028-01-15T18:00:00+08:00")
TOPICS = ["company", "culture", "duties", "workflow", "norms"]


def plan(desk: Desk, *hours: tuple[str, str], planned: str = "2027-03-10") -> RecordCase:
    rows = [
        {
            "no": n,
            "topic": "资费",
            "kind": "regular",
            "audience": who,
            "trainer": "内训师",
            "planned": planned,
            "hours": h,
        }
        for n, (who, h) in enumerate(hours, 1)
    ]
    data = {"year_from": "2027-01-01", "dept": "D-CS", "outline": "提高一次解决率", "rows": rows}
    signed = [("draft_plan", "S0003", "2026-12-20 09:00"), ("approve", "S0002", "2026-12-20 10:00")]
    return desk.file("F-TRAINPLAN", "PXP-2027-D-CS", data, signed)


def test_a_plan_gives_everybody_the_hours_required(desk: Desk) -> None:
    case = plan(desk, ("all", "20"), ("agents", "4"), ("leaders", "4"))
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert broken(plan(desk, ("all", "20"), ("agents", "4"), ("leaders", "3.5"))) == ["enough_hours"]
    assert broken(plan(desk, ("all", "20"), ("newcomers", "8"))) == ["enough_hours"]
    assert broken(plan(desk, ("all", "24"), planned="2028-01-10")) == ["planned_within_year"]


def session(desk: Desk, id: str, *staff: str, day: str = "2027-03-10", score: str = "80", **data: Any) -> RecordCase:
    rows = [{"no": n, "staff": each, "score": score} for n, each in enumerate(staff, 1)]
    fixed = {"date": day, "kind": "regular", "mode": "lecture", "hours": "2", "organiser": "S0012", "content": "资费"}
    initials = [("attend", each, f"{day} 17:10", str(n)) for n, each in enumerate(staff, 1)]
    signed = [("hold", "S0012", f"{day} 17:00"), *initials]
    return desk.file("F-TRAINREC", id, {**fixed, "attendees": rows, **data}, signed, "S0012")


def test_attendees_sign_for_themselves(desk: Desk) -> None:
    case = session(desk, "PX-202703-001", "S1001", "S1002")
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert broken(session(desk, "PX-202703-002", "S1001", "S1001")) == ["attendee_once"]
    assert broken(session(desk, "PX-202703-003", "S0012")) == ["trainer_not_trained"]
    assert broken(session(desk, "PX-202703-004", "S1001", score="59.5")) == ["failed_trained_again"]
    assert lacking(session(desk, "PX-202703-005", "S1001", kind="onboarding", mode="external")) == [
        "institute",
        "topics",
    ]


def test_too_few_hours_show_when_the_year_is_over(desk: Desk, root: Path) -> None:
    during = Desk(Workspace(root, datetime.fromisoformat("2027-12-31T18:00:00+08:00")))
    for each in (desk, during):
        plan(each, ("all", "24"))
        session(each, "PX-202703-001", "S1001", "S1002", "S1003", hours="22")
        leaver = {
            "staff": "S1003",
            "dept": "D-CS",
            "last_day": "2027-06-30",
            "takers": ["S0003"],
            "situation": "无",
            "no_work": True,
        }
        files = {"files": [{"name": "清单", "to_staff": "S0003"}]}
        each.file("F-OFFBOARD", "LZ-202706-001", leaver | files, [("hand_over", "S1003", "2027-06-30 10:00")], "S1003")
        session(each, "PX-202704-001", "S1001", day="2027-04-09")
        session(each, "PX-202705-001", "S1009", day="2027-05-10", kind="onboarding", topics=TOPICS)
    found = [each.message.zh for each in desk.disagreeing("training-hours")]
    assert found == ["S1002在2027年参加培训22.0学时，不足规定学时（REG-TRAIN/2）"]
    assert during.disagreements("training-hours") == []


def evaluation(desk: Desk, **data: Any) -> RecordCase:
    fixed = {"date": "2027-03-31", "session": "PX-202703-001", "evaluator": "S0012", "answers": 2, "reaction": "4.5"}
    rest = {"practice_effect": "some", "evidence": "一次解决率提高", "proposals": "增加案例"}
    signed = [("evaluate", "S0012", "2027-03-31 09:00"), ("review", "S0003", "2027-03-31 10:00")]
    return desk.file("F-TRAINEVAL", "PXE-202703-001", {**fixed, **rest, **data}, signed)


def test_an_evaluation_knows_its_session(desk: Desk) -> None:
    session(desk, "PX-202703-001", "S1001", "S1002")
    case = evaluation(desk)
    assert (broken(case), lacking(case), case.all_values["test_avg"]) == ([], [], 80)
    assert broken(evaluation(desk, date="2027-03-09")) == ["after_training"]


def test_skills(desk: Desk) -> None:
    def skill(score: str, **data: Any) -> RecordCase:
        items = [
            {"no": 1, "topic": "product", "question": "套餐内容", "score": score},
            {"no": 2, "topic": "policy", "question": "退费政策", "score": "70"},
        ]
        fixed = {"date": "2027-03-10", "staff": "S1001", "tester": "S0003", "reported_to": "S0002", "items": items}
        signed = [("check", "S0003", "2027-03-10 09:00"), ("acknowledge", "S1001", "2027-03-10 09:10")]
        signed.append(("receive", "S0002", "2027-03-10 10:00"))
        return desk.file("F-SKILLTEST", "JN-202703-001", {**fixed, **data}, signed)

    case = skill("50", typing=80)
    assert (broken(case), lacking(case), case.all_values["passed"]) == ([], [], True)
    assert broken(skill("50", typing=79)) == ["typing_speed"]
    assert lacking(skill("49.9")) == ["retrain_by"]


def mentoring(desk: Desk, id: str, newcomer: str = "S1009", mentor: str = "S1001", **data: Any) -> RecordCase:
    fixed = {
        "newcomer": newcomer,
        "mentor": mentor,
        "begins_on": "2027-01-04",
        "ends_on": "2027-02-26",
        "goals": "资费",
    }
    done = {
        "progress": [{"no": "1", "on": "2027-01-05", "learned": "系统操作"}],
        "assessment": "掌握",
        "independent": True,
        "early_pass": True,
    }
    signed = [
        ("assign", "S0003", "2027-01-04 08:30"),
        ("accept", mentor, "2027-01-04 09:00"),
        ("begin", newcomer, "2027-01-04 09:10"),
        ("record", mentor, "2027-01-05 18:00"),
        ("conclude", mentor, "2027-02-26 10:00"),
        ("confirm", "S0003", "2027-02-26 11:00"),
    ]
    return desk.file("F-MENTOR", id, {**fixed, **done, **data}, signed)


def test_one_mentor_for_one_newcomer(desk: Desk) -> None:
    case = mentoring(desk, "DJ-202701-001")
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert desk.disagreements("mentor-one-newcomer") == []
    mentoring(desk, "DJ-202701-002", newcomer="S1008", begins_on="2027-02-26", ends_on="2027-03-10")
    mentoring(desk, "DJ-202701-003", mentor="S1002", begins_on="2027-02-27", ends_on="2027-03-10")
    assert desk.disagreements("mentor-one-newcomer") == ["DJ-202701-002"]
    assert broken(mentoring(desk, "DJ-202701-004", mentor="S1009", newcomer="S1001")) == ["mentor_is_senior"]
    assert broken(mentoring(desk, "DJ-202701-005", independent=False)) == ["early_only_if_independent"]


def probation(desk: Desk, assessed: str = "2026-11-29", decision: str = "pass", **data: Any) -> RecordCase:
    names = ("attitude", "ability", "efficiency", "teamwork")
    rows = [{"dimension": name, "score": "18", "evidence": "见带教记录"} for name in names]
    fixed = {"staff": "S1009", "start": "2026-09-07", "end": "2026-12-06", "assessed_on": assessed}
    rest = {"assessor": "S0003", "scores": rows, "decision": decision, "reason": "胜任"}
    people = {"assess": "S0003", "acknowledge": "S1009", "confirm": "S0002", "settle": "S0024"}
    signed = [(step, who, f"2026-12-01 1{n}:00") for n, (step, who) in enumerate(people.items())]
    until = {"regular_from": "2026-12-07"} if decision == "pass" else {}
    return desk.file("F-PROBATION", "SY-202611-001", {**fixed, **rest, **until, **data}, signed)


def test_probation_is_assessed_seven_days_before_it_ends(desk: Desk) -> None:
    case = probation(desk)
    assert (broken(case), lacking(case), case.all_values["total"]) == ([], [], 72)
    assert broken(probation(desk, "2026-11-30")) == ["assessed_in_time"]
    assert lacking(probation(desk, decision="extend")) == ["extended_until"]
    assert broken(probation(desk, decision="early_pass", regular_from="2026-12-07")) == ["early_is_early"]
    assert broken(probation(desk, decision="early_pass", regular_from="2026-12-01")) == []


def test_onboarding_covers_five_topics_in_one_session_or_several(desk: Desk) -> None:
    probation(desk)
    onboarding = {"kind": "onboarding", "day": "2026-11-10"}
    session(desk, "PX-202611-001", "S1009", topics=TOPICS[:3], **onboarding)
    assert desk.disagreements("onboarding-topics") == ["SY-202611-001"]
    session(desk, "PX-202611-002", "S1009", topics=TOPICS[3:], **onboarding)
    assert desk.disagreements("onboarding-topics") == []
