"""Quality claims of manufacturers, and the after-sales network with its offices and repair points."""

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, altered_workspace, broken, clean, lacking, unlike

from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace
from csdocs.model.place import PEOPLE
from csdocs.prepare.numbering import next_number, taken_numbers

LATER = dt.datetime.fromisoformat("2027-06-30T18:00:00+08:00")
HIRED = {
    "S0014": "R-OFFICEHEAD, department: D-OFFICE",
    "S0015": "R-AFTERMGR, department: D-AFTER",
    "S0016": "R-PLANSTAFF, department: D-PLAN",
    "S0020": "R-MFGMGR, department: D-MFG",
    "S0024": "R-PRODCTRL, department: D-GM",
}


@pytest.fixture(scope="module")
def later(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The rule book with the posts of both industries filled: the reference department has neither."""
    copy = tmp_path_factory.mktemp("industry")
    altered_workspace(root, copy, LATER)
    people = (copy / PEOPLE).read_text("utf-8")
    for staff_no, post in HIRED.items():
        person, posts, rest = re.split(rf"(?s)(staff_no: {staff_no}\n.*?    posts:\n)", people, maxsplit=1)
        people = f"{person}{posts}      - {{post: {post}, from: 2022-01-01}}\n{rest}"
    (copy / PEOPLE).write_text(people, "utf-8")
    return Workspace(copy, LATER)


def test_claims_are_numbered_by_month(later: Workspace) -> None:
    def number(day: str) -> str:
        form = later.forms["F-QCOMPLAINT"]
        id = next_number(form, dt.date.fromisoformat(day), {}, taken_numbers(later, form))
        folder = later.root / f"records/quality-claim/{day[:4]}/{day[5:7]}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{id}.yaml").touch()
        return id

    days = ("2024-10-08", "2024-10-31", "2024-11-01")
    assert [number(each) for each in days] == ["KS-202410-001", "KS-202410-002", "KS-202411-001"]


CLAIM: dict[str, Any] = {
    "received_at": "2027-03-01 10:00",
    "customer": "C88",
    "order_no": "DD-1",
    "material_no": "M-1",
    "delivery_date": "2027-02-20",
    "qty": "400",
    "defect_qty": "9",
    "anomaly": "外壳开裂",
    "customer_demand": "换货",
    "reason_confirmed": True,
    "loss": True,
    "samples": [{"desc": "外壳", "qty": 2, "sent_at": "2027-03-01 11:00"}],
    "opinion": "请尽快查明",
    "salesperson": "S1001",
    "class": "quality",
    "investigation": "注塑温度偏低",
    "test_result": "强度不足",
    "responsible_proposed": "注塑班",
    "unit": "注塑车间",
    "machine_shift": "3号机早班",
    "operator": "操作工甲",
    "production_date": "2027-02-10",
    "countermeasure": "调整工艺",
    "liability": "生产部",
    "method": "replace",
    "amount": "5000.00",
    "customer_told_at": "2027-03-15 10:00",
    "done_at": "2027-03-15 15:00",
    "return_sheet": "TH-202703-001",
    "checked_at": "2027-03-30 10:00",
    "effect_check": "连续三批合格",
    "effective": True,
}
CLAIM_STEPS = {
    "send": "S1001",
    "investigate": "S0007",
    "counter": "S0020",
    "propose": "S0024",
    "decide_small": "S0022",
    "decide": "S0001",
    "execute": "S1001",
    "confirm": "S0024",
    "close": "S0007",
}
SMALL = tuple(each for each in CLAIM_STEPS if each != "decide")
LARGE = tuple(each for each in CLAIM_STEPS if each != "decide_small")


def claim(desk: Desk, *steps: str, sent: str = "2027-03-01 14:00", **data: Any) -> RecordCase:
    rest = [(each, CLAIM_STEPS[each], f"2027-04-0{n} 09:00") for n, each in enumerate((steps or SMALL)[1:], 1)]
    return desk.file("F-QCOMPLAINT", "KS-202703-001", unlike(CLAIM, **data), [("send", "S1001", sent), *rest], "S1001")


def test_a_claim_goes_through_the_departments(desk: Desk) -> None:
    case = claim(desk)
    clean(case)
    assert (case.all_values["defect_rate"], str(case.all_values["limit_on"])) == (2.25, "2027-03-15")
    human = tuple(each for each in SMALL if each != "counter")
    clean(claim(desk, *human, **{"class": "non_quality"}))
    clean(claim(desk, *LARGE, amount="5000.01"))
    assert claim(desk, amount="5000.01").progress.state == "proposed", "the manager may not decide as much"


def test_a_claim_is_sent_at_once_and_settled_in_ten_working_days(desk: Desk) -> None:
    assert broken(claim(desk, sent="2027-03-02 10:00")) == []
    assert broken(claim(desk, sent="2027-03-02 10:01")) == ["sent"]
    late = claim(desk, customer_told_at="2027-03-16 00:00", done_at="2027-03-16 09:00")
    assert (broken(late), lacking(late)) == (["settled"], ["overdue_reason"])


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"defect_qty": "400.001"}, "defects_within_quantity"),
        ({"qty": "0", "defect_qty": "0"}, "quantity_given"),
        ({"delivery_date": "2027-03-02"}, "delivered_before"),
        ({"loss": False}, "loss_caused"),
        ({"checked_at": "2027-03-15 14:59"}, "effect_after_execution"),
        ({"effective": False}, "improvement_works"),
    ],
)
def test_what_is_wrong_with_a_claim(desk: Desk, data: dict[str, Any], found: str) -> None:
    assert broken(claim(desk, **data)) == [found]


def test_an_anomaly_without_loss_has_its_own_sheet(desk: Desk) -> None:
    words = dict.fromkeys(("anomaly", "requested_improvement", "cause", "unit_reply", "evidence"), "包装破损")
    sheet = {
        **words,
        "found_at": "2027-03-01 10:00",
        "unit": "D-MFG",
        "product": "M-1",
        "loss": False,
        "reporter": "S1001",
        "improver": "S0023",
        "done_at": "2027-03-15 10:00",
        "verified_at": "2027-03-16 10:00",
        "improved": True,
    }
    signed = [
        ("report", "S1001", "2027-03-01 12:00"),
        ("improve", "S0023", "2027-03-15 10:00"),
        ("verify", "S0007", "2027-03-16 10:00"),
    ]

    def anomaly(**data: Any) -> RecordCase:
        return desk.file("F-ANOMALY", "YC-202703-001", {**sheet, **data}, signed, "S1001")

    clean(anomaly())
    assert broken(anomaly(loss=True)) == ["no_loss"]
    assert broken(anomaly(done_at="2027-03-16 09:00")) == ["improved"]


ENTRY = {
    "no": "1",
    "claim_no": "KS-202703-001",
    "customer": "C88",
    "received": "2027-03-01",
    "limit": "2027-03-15",
    "registrar": "S0024",
}
PRESSED = {"no": "1", "claim": "1", "at": "2027-03-15 09:00", "stage": "executing", "overdue": False}
DONE = {"no": "2", "claim": "1", "at": "2027-04-08 09:00", "stage": "closed", "overdue": False, "effect": "合格"}


def register(desk: Desk, *followups: Mapping[str, Any], entry: Mapping[str, Any] = ENTRY) -> RecordCase:
    data = {
        "month": "2027-03-01",
        "claims": [entry],
        "followups": list(followups or (PRESSED, DONE)),
        "opinion": "加强检验",
    }
    signed = [
        ("open", "S0024", "2027-03-01 08:00"),
        ("enter", "S0024", "2027-03-01 15:00", "1"),
        ("follow", "S0024", "2027-03-15 09:10"),
        ("close", "S0024", "2027-04-09 09:00"),
    ]
    return desk.file("F-QCREGISTER", "KSD-202703", data, signed, "S0024")


def test_every_claim_is_registered_and_followed(desk: Desk) -> None:
    claim(desk)
    assert desk.disagreements("claim-registered") == ["KS-202703-001"]
    clean(register(desk))
    assert desk.disagreements("claim-registered") == []
    assert broken(register(desk, PRESSED)) == ["all_closed"]
    wrong_limit = register(desk, entry={**ENTRY, "limit": "2027-03-16"})
    assert broken(wrong_limit) == ["limit_is_right"]
    late = {**PRESSED, "at": "2027-03-16 09:00"}
    assert broken(register(desk, late, DONE)) == ["overdue_is_true"]
    noted = {**late, "overdue": True, "note": "已督办"}
    assert broken(register(desk, noted, DONE)) == []
    register(desk, entry={**ENTRY, "customer": "C89"})
    assert desk.disagreements("claim-registered") == ["KS-202703-001"]


CONTRACT = {"no": "1", "contract": "HT-1", "valid_from": "2026-07-01", "valid_to": "2027-06-30"}
REVIEW = {"no": "1", "on": "2026-12-01", "score": "60"}
POINT = {
    "opened_on": "2026-07-01",
    "name": "城东维修点",
    "area": "城东",
    "office": "D-OFFICE",
    "contact_person": "钱师傅",
    "phone": "13900001234",
    "address": "城东路1号",
    "products": "路由器",
    "contracts": [CONTRACT],
    "trainings": [{"no": "1", "on": "2026-08-01", "topic": "检修规范", "people": 3}],
    "reviews": [REVIEW],
}


def point(desk: Desk, *steps: str, **data: Any) -> RecordCase:
    order = ("open", "contract", "train", "assess", *steps)
    signed = [(each, "S0015", f"2026-12-0{n} 09:00") for n, each in enumerate(order, 1)]
    return desk.file("F-SVCPOINT", "WXD-202607-001", unlike(POINT, **data), signed, "S0015")


def test_a_repair_point_is_under_contract_trained_and_assessed(desk: Desk) -> None:
    clean(point(desk), "active")
    clean(point(desk, "end", ended_on="2027-06-30", end_reason="合同到期"))
    assert broken(point(desk, contracts=[{**CONTRACT, "valid_to": "2027-06-29"}])) == ["under_contract"]
    assert broken(point(desk, contracts=None)) == ["has_contract"]
    assert broken(point(desk, reviews=[{**REVIEW, "on": "2026-06-30"}])) == []
    assert broken(point(desk, reviews=[{**REVIEW, "on": "2026-06-29"}])) == ["assessed_in_time"]
    weak = [{**REVIEW, "score": "59.9", "finding": "缺少工具"}]
    assert broken(point(desk, reviews=weak)) == ["weak_point_suspended"]
    suspended = [{"no": "1", "on": "2026-12-05", "event": "suspended", "reason": "考核不合格"}]
    clean(point(desk, "suspend", reviews=weak, suspensions=suspended), "suspended")
    resumed = {"no": "2", "on": "2027-02-01", "event": "resumed", "reason": "已补齐工具"}
    clean(point(desk, "suspend", "resume", reviews=weak, suspensions=[*suspended, resumed]), "active")
    again = [*weak, {**weak[0], "no": "2", "on": "2027-03-01"}]
    both = point(desk, "suspend", "resume", "assess", reviews=again, suspensions=[*suspended, resumed])
    assert broken(both) == ["weak_point_suspended"]


ITEM = {"no": "1", "part": "电源", "qty": 5, "price": "20.00", "reason": "月度消耗"}


def plan(desk: Desk, *more: tuple[str, str, str]) -> RecordCase:
    data = {"office": "D-OFFICE", "month": "2027-03-01", "kind": "parts", "parts": [ITEM]}
    return desk.file("F-PARTSPLAN", "PJP-202703-001", data, [("submit", "S0014", "2027-02-25 09:00"), *more], "S0014")


def issue(desk: Desk, *out: int, keeper: str = "S0015", **data: Any) -> RecordCase:
    fixed = {"plan": "PJP-202703-001", "part": "电源", "back": 0, "to": "WXD-202607-001", "by": keeper}
    rows: list[dict[str, Any]] = [
        {"no": f"{n}", "at": f"2027-03-0{n} 09:00", "out": each, **fixed} for n, each in enumerate(out, 1)
    ]
    initials = [("initial", keeper, "2027-03-30 09:00", row["no"]) for row in rows]
    signed = [("open", keeper, "2027-03-01 08:00"), *initials, ("close", keeper, "2027-03-31 09:00")]
    page = {"month": "2027-03-01", "keeper": keeper, "parts": rows, "counted": True, **data}
    return desk.file("F-PARTSOUT", f"PJF-202703-{keeper}", page, signed, keeper)


def test_parts_go_out_within_an_approved_plan(desk: Desk) -> None:
    plan(desk)
    clean(issue(desk, 3, 2))
    assert desk.disagreements("parts-issued-within-plan") == ["PJF-202703-S0015"] * 2, "not yet approved"
    case = plan(desk, ("approve", "S0015", "2027-02-26 09:00"))
    clean(case)
    assert case.all_values["total"] == 100
    assert desk.disagreements("parts-issued-within-plan") == []
    issue(desk, 1, keeper="S0014")
    assert len(desk.disagreements("parts-issued-within-plan")) == 1
    assert broken(issue(desk, 0)) == ["something_moved"]
    assert broken(issue(desk, 1, counted=False, difference="少一件")) == ["stock_as_booked"]


FEES: dict[str, Any] = {
    "month": "2027-03-01",
    "budget": "1000.00",
    "budget_basis": "上月维修量",
    "points": [{"point": "WXD-202607-001", "jobs": 20, "fee": "1000.00"}],
}


def fees(desk: Desk, settled: str = "2027-04-02", allowed: str = "2027-02-26", **data: Any) -> RecordCase:
    signed = [
        ("plan_budget", "S0015", "2027-02-25 09:00"),
        ("allow", "S0001", f"{allowed} 09:00"),
        ("settle", "S0015", f"{settled} 09:00"),
        ("check", "S0018", "2027-04-03 09:00"),
        ("approve", "S0001", "2027-04-04 09:00"),
    ]
    return desk.file("F-REPAIRFEE", "WXF-202703", {**FEES, **data}, signed, "S0015")


def test_repair_costs_stay_within_the_budget(desk: Desk) -> None:
    clean(fees(desk))
    over = fees(desk, budget="999.99")
    assert (broken(over), lacking(over)) == (["within_budget"], ["excess_reason"])
    assert broken(fees(desk, "2027-03-31")) == ["settled_after_month"]
    assert broken(fees(desk, allowed="2027-04-01")) == ["budget_before_month_ends"]
    assert broken(fees(desk, points=[{**FEES["points"][0], "jobs": 0}])) == ["fee_for_work"]


FAULT = {
    "no": "1",
    "product": "路由器",
    "fault": "电源损坏",
    "count": 3,
    "base": 400,
    "cause": "电容老化",
    "suggest": "更换供应商",
}
FIVE = ("marketing", "production", "quality", "purchasing", "technology")


def feedback(desk: Desk, *depts: str, sent: str = "2027-04-05 23:59") -> RecordCase:
    rows = [{"dept": each, "receiver": "S0020"} for each in depts]
    signed = [("send", "S0015", sent), *(("receive", "S0020", "2027-04-06 09:00", each) for each in depts)]
    data = {"month": "2027-03-01", "faults": [FAULT], "sent_to": rows}
    return desk.file("F-QUALITYFB", "ZLF-202703", data, signed, "S0015")


def test_faults_are_told_to_five_departments_every_month(desk: Desk) -> None:
    case = feedback(desk, *FIVE)
    clean(case)
    assert case.all_values["faults"][0]["rate"] == 0.75
    assert broken(feedback(desk, *FIVE[:4])) == ["five_departments"]
    assert broken(feedback(desk, *FIVE, sent="2027-04-06 00:01")) == ["sent"]


def audit(desk: Desk, id: str = "001", date: str = "2027-01-10", *, conforming: bool = True, **data: Any) -> RecordCase:
    check = {"no": "1", "topic": "fees", "conforming": conforming, **({} if conforming else {"finding": "单据不全"})}
    members = data.pop("members", ["S1001", "S0018", "S0016"])
    signed: list[tuple[str, ...]] = [
        *(("audit", each, f"{date} 17:00") for each in members),
        ("answer", "S0014", f"{date} 18:00"),
    ]
    if not conforming:
        signed.append(("verify", "S0015", "2027-01-20 09:00"))
    sheet = {"office": "D-OFFICE", "date": date, "members": members, "checks": [check], "response": "已知悉", **data}
    return desk.file("F-OFFICEAUDIT", f"BSC-{date[:7].replace('-', '')}-{id}", sheet, signed)


RIGHT: dict[str, Any] = {
    "measures": "补齐单据",
    "rectify_by": "2027-01-20",
    "verified_on": "2027-01-20",
    "put_right": True,
    "verify_note": "已补齐",
}


def test_an_office_is_audited_by_three_departments_twice_a_year(desk: Desk) -> None:
    clean(audit(desk))
    clean(audit(desk, conforming=False, **RIGHT))
    assert broken(audit(desk, conforming=False, **{**RIGHT, "verified_on": "2027-01-21"})) == ["put_right_in_time"]
    assert broken(audit(desk, members=["S1001", "S1002", "S0016"])) == ["finance_takes_part"]
    assert broken(audit(desk, members=["S1001", "S0017", "S0018"])) == ["planning_takes_part"]
    audit(desk)
    assert desk.disagreements("office-audit-interval") == []
    audit(desk, date="2026-07-09")
    assert desk.disagreements("office-audit-interval") == ["BSC-202607-001"]


FORMS = """
    F-QCOMPLAINT F-ANOMALY F-QCREGISTER F-RETURN F-TECHTICKET F-SURVEYPLAN F-SURVEY F-SURVEYRPT F-CUSTFILE F-CUSTCLASS F-VIPPLAN
    F-PRODWATCH F-RESEARCH F-IMPROVE F-INCIDENT F-PARTSPLAN F-PARTSOUT F-SVCPOINT F-REPAIRFEE F-QUALITYFB F-OFFICEAUDIT
"""


@pytest.mark.parametrize("form", FORMS.split())
def test_an_empty_sheet_can_be_judged(desk: Desk, form: str) -> None:
    assert broken(desk.file(form, "A-1", {})) == []
