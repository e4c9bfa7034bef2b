"""Public incidents, technical support, returns and research."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, broken, clean, lacking, unlike

from csdocs.load.case import RecordCase
from csdocs.load.workspace import Workspace

LATER = datetime.fromisoformat("2027-06-30T18:00:00+08:00")
CONTACT = {"channel": "phone", "contact": "13900001234"}


@pytest.fixture(scope="module")
def later(root: Path) -> Workspace:
    return Workspace(root, LATER)


@pytest.fixture
def desk(later: Workspace) -> Desk:
    return Desk(later)


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
