"""Public incidents, technical support, returns and research; the clauses that cases and reports are judged by."""

from datetime import datetime
from typing import Any

import pytest
from desk import Desk, broken, clean, lacking, unlike

from csdocs.load.record.case import RecordCase

LATER = datetime.fromisoformat("2027-06-30T18:00:00+08:00")
CONTACT = {"channel": "phone", "contact": "13900001234"}


INCIDENT: dict[str, Any] = {
    "at": "2027-03-01 08:00",
    "found_at": "2027-03-01 08:30",
    "reporter": "S1001",
    "kind": "outage",
    "facts": "全市宽带中断",
    "customers_affected": 20000,
    "media": False,
    "leader": "S0003",
    "departments": ["D-TECH", "D-CS"],
    "instructions": "每半小时通报",
    "liaison": "S0011",
    "spokesman": "S0002",
    "measures": [{"no": "1", "at": "2027-03-01 09:00", "dept": "D-TECH", "measure": "切换备用链路"}],
    "statements": [
        {
            "no": "1",
            "approved_at": "2027-03-01 09:10",
            "published_at": "2027-03-01 09:15",
            "where": "官网",
            "text": "抢修中",
        }
    ],
    "ended_at": "2027-03-01 12:00",
    "cause": "光缆被挖断",
    "after_review": "增加备用链路巡检",
    "service_caused": False,
}


def incident(desk: Desk, reported: str = "08:45", **data: Any) -> RecordCase:
    people = {
        "report": "S1001",
        "take_command": "S0002",
        "handle": "S0003",
        "speak": "S0001",
        "conclude": "S0003",
        "close": "S0001",
    }
    times = (reported, "09:00", "09:05", "09:12", "13:00", "17:00")
    signed = [(step, who, f"2027-03-01 {at}") for (step, who), at in zip(people.items(), times, strict=True)]
    return desk.file("F-INCIDENT", "TF-202703-001", unlike(INCIDENT, **data), signed, "S1001")


def test_a_public_incident_is_reported_at_once_and_speaks_with_one_voice(desk: Desk) -> None:
    clean(incident(desk))
    assert broken(incident(desk, "08:46")) == ["reported"]
    early = [{**INCIDENT["statements"][0], "published_at": "2027-03-01 09:09"}]
    assert broken(incident(desk, statements=early)) == ["approved_before_publishing"]
    assert broken(incident(desk, service_caused=True)) == ["improvement_follows"]
    assert broken(incident(desk, departments=["D-CS"])) == ["departments_act"]


TICKET = {
    "at": "2027-03-01 10:00",
    "request": "宽带掉线",
    "customer_name": "陈先生",
    **CONTACT,
    "product": "宽带",
    "urgency": "normal",
    "agent": "S1001",
    "owner": "S0021",
    "first_reply_at": "2027-03-01 15:00",
    "problem": "光猫重启",
    "diagnosis": "电源老化",
    "solution": "更换电源",
    "solved_at": "2027-03-02 10:00",
    "recurring": False,
    "result_feedback_at": "2027-03-02 10:30",
    "customer_agrees": True,
}


def ticket(desk: Desk, **data: Any) -> RecordCase:
    people = {"register": "S1001", "diagnose": "S0021", "solve": "S0021", "tell": "S1001"}
    times = ("2027-03-01 10:00", "2027-03-01 15:00", "2027-03-02 10:00", "2027-03-02 10:30")
    signed = [(step, who, at) for (step, who), at in zip(people.items(), times, strict=True)]
    return desk.file("F-TECHTICKET", "JS-202703-001", unlike(TICKET, **data), signed, "S1001")


def test_a_technical_problem_is_answered_within_working_hours(desk: Desk) -> None:
    clean(ticket(desk))
    assert broken(ticket(desk, first_reply_at="2027-03-01 15:01")) == ["first_reply"]
    assert broken(ticket(desk, urgency="urgent", first_reply_at="2027-03-01 10:16")) == ["first_reply_urgent"]
    told = {"result_feedback_at": "2027-03-05 10:00"}
    assert broken(ticket(desk, solved_at="2027-03-04 23:59", **told)) == []
    assert broken(ticket(desk, solved_at="2027-03-05 00:00", **told)) == ["solved"]
    assert broken(ticket(desk, result_feedback_at="2027-03-02 09:59")) == ["told_after_solution"]
    assert lacking(ticket(desk, recurring=True)) == ["known_answer"]


GOODS = [{"sku": "A-1", "ordered": 2, "qty": 1, "price": "99.00", "reason": "尺寸不合"}]
RETURN = {
    "applied_at": "2027-03-01 10:00",
    "order": "DD-2027-0001",
    "customer_name": "陈先生",
    **CONTACT,
    "type": "return",
    "goods": GOODS,
    "amount": "99.00",
    "agent": "S1001",
    "received_back_at": "2027-03-03 10:00",
    "condition": "完好",
    "all_back": True,
    "refund_at": "2027-03-03 15:00",
    "voucher": "TK-001",
    "customer_told_at": "2027-03-03 16:00",
    "satisfied": True,
}
MONEY = ("refund_at", "voucher", "amount")
BACK = ("received_back_at", "condition", "all_back")


def returned(desk: Desk, *without: str, **data: Any) -> RecordCase:
    people = {"apply": "S1001", "approve": "S0003", "receive": "S0023", "pay": "S0018", "tell": "S1001"}
    times = ("01 10:00", "01 11:00", "03 10:00", "03 15:00", "03 16:00")
    signed = [
        (step, who, f"2027-03-{at}")
        for (step, who), at in zip(people.items(), times, strict=True)
        if step not in without
    ]
    return desk.file("F-RETURN", "TH-202703-001", unlike(RETURN, **data), signed, "S1001")


def test_money_goes_back_after_the_goods(desk: Desk) -> None:
    clean(returned(desk))
    clean(returned(desk, "pay", type="exchange", new_shipment="FH-1", **dict.fromkeys(MONEY)))
    clean(returned(desk, "receive", type="refund", **dict.fromkeys(BACK)))
    assert broken(returned(desk, refund_at="2027-03-03 09:59")) == ["refund_after_goods"]
    assert broken(returned(desk, goods=[{**GOODS[0], "qty": 3}])) == ["not_more_than_ordered"]
    assert broken(returned(desk, amount="99.01")) == ["refund_within_value"]
    assert broken(returned(desk, customer_told_at="2027-03-08 10:00")) == []
    assert broken(returned(desk, customer_told_at="2027-03-08 10:01")) == ["settled"]


def test_products_watched_and_markets_studied(desk: Desk) -> None:
    row = {"no": "1", "sku": "A-1", "hot": True, "reason": "促销", "suggest": "stock", "suggestion": "补货"}
    sheet = {
        "week_from": "2027-03-01",
        "agent": "S1001",
        "products": [{**row, "sent_to": "D-BIZ", "receiver": "S0022"}],
    }
    signed = [("submit", "S1001", "2027-03-07 10:00"), ("receive", "S0022", "2027-03-08 10:00", "1")]
    clean(desk.file("F-PRODWATCH", "SPX-2027W09-S1001", sheet, signed, "S1001"))
    assert broken(desk.file("F-PRODWATCH", "SPX-2027W09-S1001", {**sheet, "week_from": "2027-03-02"})) == [
        "begins_on_monday"
    ]
    words = dict.fromkeys(("topic", "purpose", "findings", "proposals", "decisions_supported", "decision"), "资费")
    study = {
        "date": "2027-03-31",
        "author": "S1001",
        "methods": ["data"],
        "done_from": "2027-03-01",
        "done_to": "2027-03-20",
    }
    both = [("submit", "S1001", "2027-03-31 10:00"), ("review", "S0002", "2027-04-01 10:00")]
    clean(desk.file("F-RESEARCH", "DY-202703-001", {**words, **study, "sent_to": ["D-BIZ"]}, both, "S1001"))
    asked = {**words, **study, "sent_to": ["D-BIZ"], "methods": ["interview"]}
    assert lacking(desk.file("F-RESEARCH", "DY-202703-001", asked, both, "S1001")) == ["sample"]


CASE = {
    "opened_at": "2027-03-01 16:00",
    "time_place": "3月1日，家中",
    "persons": "陈先生",
    "event": "账单多计费",
    "phone": "13900001234",
    "owner": "S0011",
    "solution": "退回多计费用",
    "solution_at": "2027-03-02 10:00",
}


def call_back(no: int, at: str, agent: str = "S1001", *, accepted: bool) -> dict[str, Any]:
    reason = {} if accepted else {"reason": "要求当面道歉"}
    fixed = {"identity_verified": True, "convenient": True, "accepted": accepted}
    return {"no": str(no), "at": f"2027-03-03 {at}", "agent": agent, **fixed, **reason}


def service_case(desk: Desk, *calls: dict[str, Any], **data: Any) -> RecordCase:
    signed = [
        ("open", "S1001", "2027-03-01 16:05"),
        ("solve", "S0011", "2027-03-02 10:05"),
        *(("call_back", each["agent"], "2027-03-03 18:00", each["no"]) for each in calls),
        ("close", "S0011", "2027-03-04 09:00"),
    ]
    return desk.file("F-CASE", "GA-202703-001", {**CASE, "callbacks": list(calls), **data}, signed, "S1001")


def test_a_solution_found_on_tuesday_at_ten_is_told_by_wednesday_at_ten(desk: Desk) -> None:
    case = service_case(desk, call_back(1, "10:00", accepted=True))
    clean(case)
    late = service_case(desk, call_back(1, "10:01", accepted=True))
    assert broken(late) == ["replied"]
    assert [each.deadline.breaks for each in late.deadlines if each.missed] == ["REG-SERVICE/10"]


def test_after_two_refusals_somebody_else_calls(desk: Desk) -> None:
    refused = [call_back(1, "09:00", accepted=False), call_back(2, "11:00", accepted=False)]
    clean(service_case(desk, *refused, call_back(3, "15:00", "S1002", accepted=True)))
    again = service_case(desk, *refused, call_back(3, "15:00", accepted=True))
    assert broken(again) == ["another_agent_after_two_refusals"]
    assert {verdict.rule.breaks for verdict in again.rule_verdicts} == {"REG-SERVICE/11"}


def escalation(desk: Desk, reported: str, **data: Any) -> RecordCase:
    sheet = {
        "at": "2027-03-01 10:00",
        "reporter": "S1001",
        "trigger": "beyond",
        "urgency": "normal",
        "facts": "客户要求上门",
        "addressed_to": "S0003",
        "skip_level": False,
        **data,
    }
    return desk.file("F-ESCALATION", "QS-202703-001", sheet, [("report", "S1001", f"2027-03-01 {reported}")], "S1001")


@pytest.mark.parametrize(
    ("reported", "data", "found"),
    [
        ("10:30", {}, set()),
        ("10:31", {}, {("reported", "REG-ESCALATION/1")}),
        ("10:15", {"trigger": "danger", "urgency": "emergency"}, set()),
        ("10:16", {"trigger": "danger", "urgency": "emergency"}, {("reported", "REG-ESCALATION/1")}),
        ("10:15", {"skip_level": True, "skip_reason": "找不到组长"}, {("skip_only_in_emergency", "REG-ESCALATION/2"), ("back_reported", "REG-ESCALATION/2")}),
    ],
)  # fmt: skip
def test_reports_break_the_clauses_on_reports(
    desk: Desk, reported: str, data: dict[str, Any], found: set[tuple[str, str]]
) -> None:
    case = escalation(desk, reported, **data)
    rules = {(verdict.rule.id, verdict.rule.breaks) for verdict in case.rule_verdicts}
    late = {(each.deadline.id, each.deadline.breaks) for each in case.deadlines if each.missed}
    assert rules | late == found
    assert not case.failures
