"""Customer files and classes, surveys, and the improvement they lead to."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from desk import Desk, broken, clean, lacking, unlike

from csdocs.load.record.case import RecordCase

LATER = datetime.fromisoformat("2027-06-30T18:00:00+08:00")


CHECKED = {"no": "1", "on": "2027-05-10", "result": "unchanged"}
CUSTOMER = {
    "cust_no": "C20190316",
    "opened_on": "2026-11-10",
    "kind": "person",
    "name": "陈先生",
    "phone": "139-0000 1234",
    "consent": True,
    "checks": [CHECKED],
}
ENDED = {"ended_on": "2027-06-01", "end_reason": "销户", "open_matters_none": True}


def customer(desk: Desk, no: str = "C20190316", *steps: str, **data: Any) -> RecordCase:
    moments = {"open": "2026-11-10 09:00", "check": "2027-05-10 09:00", "rest": "2027-05-11 09:00"}
    signed = [(each, "S0008", moments.get(each, "2027-06-01 09:00")) for each in ("open", *steps)]
    return desk.file("F-CUSTFILE", f"KH-{no}", unlike(CUSTOMER, cust_no=no, **data), signed, "S0008")


def test_a_customer_file_is_checked_twice_a_year(desk: Desk) -> None:
    clean(customer(desk, "C20190316", "check"), "active")
    pauses = [{"no": "1", "on": "2027-05-11", "reason": "一年未往来"}]
    clean(customer(desk, "C20190316", "check", "rest", "archive", pauses=pauses, **ENDED))
    assert broken(customer(desk, checks=None)) == ["checked_in_time"]
    edge = customer(desk, "C20190316", "check", checks=[{**CHECKED, "on": "2026-12-30"}])
    assert (broken(edge), str(edge.all_values["next_check"])) == ([], "2027-06-30")
    assert broken(customer(desk, "C20190316", "check", checks=[{**CHECKED, "on": "2026-12-29"}])) == ["checked_in_time"]
    dormant = customer(desk, "C20190316", "rest", checks=None, pauses=pauses)
    assert (broken(dormant), dormant.progress.state) == ([], "dormant")
    assert broken(customer(desk, "C20190316", "archive", **{**ENDED, "open_matters_none": False})) == ["nothing_open"]


def test_each_kind_of_customer_has_its_own_data(desk: Desk) -> None:
    assert lacking(customer(desk, kind="company")) == ["contact_person", "address"]
    assert lacking(customer(desk, kind="owner")) == ["address", "unit_no"]
    assert lacking(customer(desk, kind="member")) == ["card_no"]
    credit = {"credit": "5000.00", "credit_basis": "往来五年"}
    assert lacking(customer(desk, "C20190316", "check", **credit)) == ["checks.credit_reviewed"]
    unreviewed = [{**CHECKED, "credit_reviewed": False}]
    assert broken(customer(desk, "C20190316", "check", checks=unreviewed, **credit)) == ["credit_reviewed"]


def test_a_phone_number_belongs_to_one_customer(desk: Desk) -> None:
    customer(desk, "C20190316")
    customer(desk, "C20190317", phone="13900001235")
    assert desk.disagreements("customer-phone-unique") == []
    customer(desk, "C20190318", phone="13900001234")
    assert desk.disagreements("customer-phone-unique") == ["KH-C20190318"]


def test_a_change_found_in_a_check_was_carried_out(desk: Desk) -> None:
    sheet = {
        "agent": "S1001",
        "field": "phone",
        "old": "无",
        "new": "13900009999",
        "basis": "来电",
        "requested_by_customer": True,
    }
    steps = [("apply", "S1001", "2027-05-09 09:00"), ("approve", "S0003", "2027-05-09 10:00")]
    execute = ("execute", "S0008", "2027-05-09 11:00")
    changed = {**sheet, "changed_at": "2027-05-09 11:00"}
    desk.file("F-DATACHANGE", "ZG-202705-001", {**changed, "customer": "C20190316"}, [*steps, execute])
    desk.file("F-DATACHANGE", "ZG-202705-002", {**sheet, "customer": "C20190317"}, steps)
    for last, found in (("001", []), ("002", ["KH-C20190316"])):
        row = {**CHECKED, "result": "changed", "change": f"ZG-202705-{last}"}
        clean(customer(desk, "C20190316", "check", checks=[row]), "active")
        assert desk.disagreements("data-change-in-file") == found


STRATEGY = {f"strategy_{each}": "见方案" for each in ("a", "b", "c", "potential")}


def classes(desk: Desk, *rows: tuple[str, str, int, int], quarter: str = "2027-01-01") -> RecordCase:
    lines = [dict(zip(("customer", "spend", "frequency", "loyalty"), each, strict=True)) for each in rows]
    signed = [("submit", "S0008", "2027-04-05 09:00"), ("review", "S0002", "2027-04-06 09:00")]
    data = {"quarter_from": quarter, "customers": lines, **STRATEGY}
    return desk.file("F-CUSTCLASS", f"KF-{quarter[:7].replace('-', '')}", data, signed, "S0008")


BUYERS = [("C1", "9000.00", 12, 60), ("C2", "5000.00", 6, 24), ("C3", "100.00", 1, 3), ("C4", "0.00", 0, 0)]


def test_customers_are_classified_by_thirds(desk: Desk) -> None:
    case = classes(desk, *BUYERS)
    clean(case)
    assert [(row["score"], row["class"]) for row in case.all_values["customers"]] == [
        (9, "a"),
        (6, "b"),
        (3, "c"),
        (0, "potential"),
    ]
    assert [case.all_values[each] for each in ("class_a", "class_b", "class_c", "potential")] == [1, 1, 1, 1]
    equals = classes(desk, *(("C1", "10.00", 1, 1), ("C2", "10.00", 1, 1), ("C3", "20.00", 1, 1)))
    assert [row["score"] for row in equals.all_values["customers"]] == [3, 3, 5], "equal customers earn the same"
    assert broken(classes(desk, BUYERS[0], BUYERS[0])) == ["customer_once"]
    assert broken(classes(desk, ("C4", "1.00", 0, 0))) == ["spending_needs_purchase"]
    assert broken(classes(desk, *BUYERS, quarter="2027-02-01")) == ["first_of_quarter", "reviewed_after_quarter"]


PLAN = {
    "year_from": "2026-07-01",
    "customer": "C1",
    "manager": "S0003",
    "needs": "专线报障优先",
    "services": [{"no": "1", "service": "专人受理", "owner": "S1001", "standard": "15分钟内响应"}],
    "visit_freq": 1,
}
KEPT = {"kept": "已执行", "opinion": "满意"}


def vip(desk: Desk, *late: tuple[str, str, str], **data: Any) -> RecordCase:
    signed = [("submit", "S0003", "2026-06-25 09:00"), ("approve", "S0002", "2026-06-26 09:00"), *late]
    return desk.file("F-VIPPLAN", "VIP-2026-001", {**PLAN, **data}, signed)


def visited(desk: Desk, no: int, day: str, customer: str = "C1") -> None:
    data = {"customer": customer, "at": f"{day} 10:00", "agent": "S1001", "satisfaction": "very"}
    signed = [("visit", "S1001", f"{day} 10:10"), ("monitor", "S0006", f"{day} 15:00")]
    desk.file("F-REVISIT", f"HF-{day[:7].replace('-', '')}-{no:03}", data, signed, "S1001")


def test_a_key_customer_has_a_plan_that_is_kept(desk: Desk) -> None:
    classes(desk, *BUYERS)
    end = ("close", "S0003", "2027-06-28 09:00")
    short = vip(desk, end, **KEPT)
    assert (broken(short), lacking(short), short.all_values["class"]) == (["visits_kept"], ["shortfall"], "a")
    visited(desk, 1, "2026-06-30")
    visited(desk, 1, "2027-07-01")
    visited(desk, 1, "2027-01-05", "C2")
    assert broken(vip(desk, end, **KEPT)) == ["visits_kept"], "visits of other customers and years do not count"
    visited(desk, 2, "2027-06-30")
    clean(vip(desk, end, **KEPT))
    assert broken(vip(desk, ("close", "S0003", "2027-05-20 09:00"), **KEPT)) == ["year_is_over"]


@pytest.mark.parametrize(
    ("quarter", "begins", "found"),
    [
        ("2027-04-01", None, []),
        ("2027-01-01", None, ["KF-202701"]),
        ("2027-01-01", "2026-06-30", ["KF-202701"]),
        ("2027-01-01", "2026-07-01", []),
    ],
)
def test_a_key_customer_without_a_plan_shows(desk: Desk, quarter: str, begins: str | None, found: list[str]) -> None:
    classes(desk, *BUYERS, quarter=quarter)
    if begins:
        vip(desk, year_from=begins)
    assert desk.disagreements("key-customer-planned") == found


QUESTION = {"no": "1", "dimension": "overall", "question": "您对服务总体满意吗"}
SURVEY_PLAN = {
    "dept": "D-CS",
    "period_from": "2027-01-01",
    "period_to": "2027-03-31",
    "methods": ["phone", "online"],
    "population": "一季度来电客户",
    "sample": 10,
    "questions": [QUESTION],
    "survey_from": "2027-04-06",
    "due": "2027-04-20",
}


def survey_plan(desk: Desk, reviewed: str = "2027-04-02 10:00", **data: Any) -> RecordCase:
    signed = [("submit", "S0003", "2027-04-01 10:00"), ("review", "S0002", reviewed)]
    return desk.file("F-SURVEYPLAN", "DCP-202704-001", unlike(SURVEY_PLAN, **data), signed)


def test_a_survey_is_planned_and_short(desk: Desk) -> None:
    clean(survey_plan(desk, questions=[{**QUESTION, "no": str(n)} for n in range(10)]))
    assert broken(survey_plan(desk, questions=[{**QUESTION, "no": str(n)} for n in range(11)])) == ["quick_to_answer"]
    assert broken(survey_plan(desk, questions=[{**QUESTION, "dimension": "quality"}])) == ["overall_is_asked"]
    assert broken(survey_plan(desk, "2027-04-07 10:00")) == ["planned_ahead"]


def answer(desk: Desk, no: int, overall: int, step: str = "record", **data: Any) -> RecordCase:
    scores = [{"dimension": "overall", "score": overall}, {"dimension": "attitude", "score": 4}]
    fixed = {
        "plan": "DCP-202704-001",
        "date": "2027-04-08",
        "method": "phone",
        "scores": scores,
        "recorder": "S0006",
        "agent": "S1001",
    }
    signed = [(step, "S0006", "2027-04-08 10:00")]
    return desk.file("F-SURVEY", f"DC-202704-{no:04}", unlike(fixed, **data), signed, "S0006")


def test_an_answer_is_entered_as_given_and_counts_once(desk: Desk) -> None:
    survey_plan(desk)
    clean(answer(desk, 1, 5, customer="C1"))
    assert lacking(answer(desk, 2, 2, customer="C2")) == ["follow_up"]
    assert lacking(answer(desk, 3, 2)) == [], "an anonymous customer cannot be followed up"
    scan = {"name": "a.pdf", "sha256": "0" * 64, "bytes": "9"}
    clean(answer(desk, 4, 3, "witness_paper", method="questionnaire", sheet=scan))
    assert broken(answer(desk, 5, 3, recorder="S1001")) == ["not_entered_by_the_judged"]
    assert broken(answer(desk, 6, 3, scores=[{"dimension": "quality", "score": 3}] * 2)) == [
        "dimension_once",
        "overall_given",
    ]
    assert desk.disagreements("survey-answer-once") == []
    answer(desk, 7, 3, customer="C1")
    answer(desk, 8, 3, date="2027-04-21")
    assert sorted(desk.disagreements("survey-answer-once")) == ["DC-202704-0007", "DC-202704-0008"]


MEASURE = {"no": "1", "dept": "D-TECH", "text": "缩短排障时间", "due": "2027-06-30"}
REPORT = {
    "plan": "DCP-202704-001",
    "date": "2027-05-05",
    "analyst": "S0006",
    "sent": 10,
    "topics": "等待时间长",
    "trends": "持平",
    "measures": [MEASURE],
    "sent_to_depts": ["D-TECH", "D-CS"],
    "agents": [{"agent": "S1001", "answers": 5, "csat": "60.00"}],
}


def report(desk: Desk, at: str = "2027-05-05 10:00", **data: Any) -> RecordCase:
    signed = [("submit", "S0006", at), ("review", "S0002", "2027-05-06 10:00")]
    return desk.file("F-SURVEYRPT", "DCR-202705-001", unlike(REPORT, **data), signed, "S0006")


def test_satisfaction_is_the_share_of_fours_and_fives(desk: Desk) -> None:
    survey_plan(desk)
    for no, overall in enumerate((5, 4, 4, 3, 2), 1):
        answer(desk, no, overall)
    case = report(desk)
    clean(case)
    values = case.all_values
    assert [values[each] for each in ("returned", "rate", "csat")] == [5, 50, 60]
    assert (values["mean_overall"], values["mean_attitude"]) == (Decimal("3.6"), 4)
    assert "mean_quality" not in values
    assert desk.disagreements("survey-agents-agree") == []
    assert broken(report(desk, "2027-05-05 18:01")) == []
    assert broken(report(desk, "2027-05-06 09:00")) == ["reported"]
    assert broken(report(desk, sent=4)) == ["returned_of_sent"]
    assert broken(report(desk, sent_to_depts=["D-CS"])) == ["departments_are_told"]
    assert lacking(report(desk, measures=None)) == ["no_measures"]


def test_too_few_answers_give_nobody_a_figure(desk: Desk) -> None:
    survey_plan(desk)
    for no in range(1, 5):
        answer(desk, no, 5)
    few = {"agent": "S1001", "answers": 4}
    clean(report(desk, agents=[few]))
    assert desk.disagreements("survey-agents-agree") == []
    assert broken(report(desk, agents=[{**few, "csat": "100.00"}])) == ["too_few_answers"]
    assert desk.disagreements("survey-agents-agree") == []
    for wrong in ([{**few, "answers": 5, "csat": "100.00"}], None):
        report(desk, agents=wrong)
        assert desk.disagreements("survey-agents-agree") == ["DCR-202705-001"]


IMPROVEMENT = {
    "proposed_on": "2027-05-10",
    "proposer": "S0003",
    "source": "DCR-202705-001",
    "problem": "排障慢",
    "cause": "夜间无人值守",
    "measure": "夜间留一名工程师",
    "dept": "D-TECH",
    "owner": "S0021",
    "due": "2027-05-31",
    "target": "排障用时不超过4小时",
    "actions": [{"no": "1", "done_on": "2027-05-28", "action": "已排夜班"}],
    "verifications": [{"no": "1", "verified_on": "2027-06-10", "effective": True, "effect": "平均3.5小时"}],
    "kept_by": "regulation",
    "kept_note": "排班制度",
}


def improvement(desk: Desk, reported: str = "2027-05-28 09:00", verifier: str = "S0003", **data: Any) -> RecordCase:
    signed = [
        ("propose", "S0003", "2027-05-10 09:00"),
        ("approve", "S0020", "2027-05-11 09:00"),
        ("carry_out", "S0021", reported),
        ("verify", verifier, "2027-06-10 09:00"),
        ("close", "S0020", "2027-06-11 09:00"),
    ]
    return desk.file("F-IMPROVE", "GJ-202705-001", unlike(IMPROVEMENT, **data), signed)


def test_an_improvement_ends_with_a_proven_effect(desk: Desk) -> None:
    clean(improvement(desk))
    assert broken(improvement(desk, "2027-05-31 23:00")) == []
    assert broken(improvement(desk, "2027-06-01 09:00")) == ["carried_out"]
    assert improvement(desk, verifier="S0021").progress.state == "done", "nobody confirms their own effect"
    failed = {"no": "2", "verified_on": "2027-06-20", "effective": False, "effect": "反弹"}
    looks = [*IMPROVEMENT["verifications"], failed]
    assert broken(improvement(desk, verifications=looks)) == ["last_look_effective"]
    assert lacking(improvement(desk, kept_note=None)) == ["kept_note"]


def test_what_a_survey_demands_becomes_an_improvement(desk: Desk) -> None:
    survey_plan(desk)
    report(desk, agents=None)
    assert desk.disagreements("survey-measures-opened") == [], "due today"
    report(desk, agents=None, measures=[{**MEASURE, "due": "2027-06-29"}])
    assert desk.disagreements("survey-measures-opened") == ["DCR-202705-001"]
    improvement(desk)
    assert desk.disagreements("survey-measures-opened") == []
