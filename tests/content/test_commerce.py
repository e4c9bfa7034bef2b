"""Shops, malls, clubs, leads, freight and banks: every form from its beginning to its end, and what its rules catch."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from desk import Desk, altered_workspace, broken, duty, lacking
from ruamel.yaml import YAML

from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace

LATER = datetime.fromisoformat("2027-06-30T18:00:00+08:00")
HELD = {
    "S1001": "R-TELESALES",
    "S1002": "R-DIRECTSALES",
    "S1003": "R-CLUBSPEC",
    "S1005": "R-DESK",
    "S1007": "R-ACTSPEC",
    "S0013": "R-FLOORMGR",
    "S0018": "R-CASHIER",
}


def appoint(path: Path) -> None:
    """Fills the posts of the industries, each by a further tenure of somebody."""
    text = path.read_text("utf-8")
    for staff, post in HELD.items():
        tenure = f"- {{post: {post}, department: D-CS, from: 2026-01-01}}"
        text = re.sub(
            rf"(staff_no: {staff}\n(?:    .*\n)*?    posts:\n)((?:      - .*\n)+)", rf"\1\2      {tenure}\n", text
        )
    path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def industries(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """This rule book with the industries switched on, their posts held and monetary penalties in force."""
    copy = tmp_path_factory.mktemp("industries")
    altered_workspace(root, copy, LATER, fines_enabled="true")
    settings = (copy / "csdocs.yaml").read_text("utf-8")
    on = "profiles: [GEN, TEL, EC, MALL, RTL, AUTO, LOG, BANK]"
    (copy / "csdocs.yaml").write_text(re.sub(r"profiles: .*", on, settings), "utf-8")
    appoint(copy / "handbook/people.yaml")
    return Workspace(copy, LATER)


@pytest.fixture
def desk(industries: Workspace) -> Desk:
    return Desk(industries)


class Example(NamedTuple):
    """A record that is in order: its number, its data and who signs what."""

    id: str
    data: Mapping[str, Any]
    signed: Sequence[tuple[str, ...]]


def examples() -> Mapping[str, Example]:
    read = YAML(typ="safe").load(Path(__file__).with_name("commerce.yaml").read_text("utf-8"))
    return {
        form: Example(each["id"], each["data"], [tuple(one) for one in each["signed"]]) for form, each in read.items()
    }


EXAMPLES = examples()
CHECKS = [
    "order-tracked",
    "order-noted",
    "commission-agrees",
    "invoice-within-order",
    "return-within-order",
    "new-product-all-agents",
    "member-cards",
    "member-task-agrees",
    "lead-order-synced",
    "bag-tag-free",
    "gift-receipt-once",
    "gift-stock-carried",
    "freight-notice",
    "freight-orders-counted",
    "freight-new-business",
]


def fill(
    desk: Desk, form: str, id: str = "", signed: Sequence[tuple[str, ...]] | None = None, **changed: Any
) -> RecordCase:
    """The example of a form, with some fields given another value or, by None, left out; `signed` replaces its signatures."""
    example = EXAMPLES[form]
    data = {key: value for key, value in {**example.data, **changed}.items() if value is not None}
    return desk.file(form, id or example.id, data, example.signed if signed is None else signed)


def rows(form: str, field: str, **changed: Any) -> list[dict[str, Any]]:
    """The rows of an example, the first of them changed."""
    first, *others = EXAMPLES[form].data[field]
    return [{key: value for key, value in {**first, **changed}.items() if value is not None}, *others]


def test_every_form_runs_from_beginning_to_end(desk: Desk) -> None:
    for form in EXAMPLES:
        fill(desk, form)
    for case in (fill(desk, form) for form in EXAMPLES):
        assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed"), case.path
        assert not any(case.signature_problems) and not case.progress.problems, case.path
    assert desk.disagreeing(*CHECKS) == []


def bags(**changed: Any) -> dict[str, Any]:
    return {"rows": rows("F-BAGDEPOSIT", "rows", **changed)}


CAUGHT: list[tuple[str, dict[str, Any], list[str]]] = [
    ("F-ORDER", {"confirmed_at": "2026-12-02 00:10", "packed_at": "2026-12-02 01:00", "shipped_at": "2026-12-02 02:00"},
     ["confirmed_same_day"]),
    ("F-ORDER", {"packed_at": "09:05"}, ["packed_after_confirmation"]),
    ("F-ORDER", {"confirmed_receipt": False}, ["receipt_confirmed"]),
    ("F-ORDER", {"aftersale_at": None, "aftersale_note": None}, ["customer_contacted_after_sale"]),
    ("F-ORDER", {"signed_for_at": "2026-12-03 09:59"}, ["received_after_arrival"]),
    ("F-ORDERNOTE", {"flag": False}, ["note_complete"]),
    ("F-ORDERNOTE", {"agent_no": None}, ["note_complete"]),
    ("F-ORDERNOTE", {"agent_no": "S1002"}, ["own_number"]),
    ("F-COMMISSION", {"month": "2026-12-02"}, ["first_of_month"]),
    ("F-COMMISSION", {"month": "2027-01-01"}, ["month_is_over"]),
    ("F-COMMISSION", {"people": rows("F-COMMISSION", "people", orders=0)}, ["amount_needs_orders"]),
    ("F-SHIPTRACK", {"customer_told": False, "confirmed_receipt_at": None}, ["confirmed_by_customer"]),
    ("F-SHIPTRACK", {"rows": rows("F-SHIPTRACK", "rows", contact="carrier")}, ["staff_contacted"]),
    ("F-SHIPTRACK", {"expected": "2026-12-03 09:59"}, ["lateness_handled"]),
    ("F-STOREPATROL", {"shop_errors": rows("F-STOREPATROL", "shop_errors", suggestion=None)}, ["error_reported"]),
    ("F-STOREPATROL", {"shop_errors": None, "opinion": None}, []),
    ("F-GIFT", {"points": 501}, ["points_suffice"]),
    ("F-GIFT", {"shipped": "09:59"}, ["sent_after_approval"]),
    ("F-GIFT", {"confirmed_with_customer": False}, ["receipt_confirmed"]),
    ("F-INVOICE", {"amount": "200.01"}, ["within_order"]),
    ("F-MERCHANT", {"versions": rows("F-MERCHANT", "versions", told_at="2026-12-03 09:00")}, ["told_before_effect"]),
    ("F-MERCHANT", {"versions": rows("F-MERCHANT", "versions", valid_from="2027-01-01")}, ["in_order_of_time"]),
    ("F-NEWPROD", {"listing_at": "2026-12-02"}, ["before_listing"]),
    ("F-NEWPROD", {"trained": rows("F-NEWPROD", "trained", quiz_ok=False)}, ["test_passed"]),
    ("F-LEADCALL", {"rows": rows("F-LEADCALL", "rows", at="2026-12-02 09:00")}, ["of_the_day"]),
    ("F-STOREHANDOVER", {"at": "2026-12-01 16:00"}, ["handed_over_on_the_day"]),
    ("F-STOREHANDOVER", {"followed_at": "2026-12-03 10:11"}, ["followed_in_system"]),
    ("F-STOREHANDOVER", {"followed_at": "2026-12-03 10:10"}, []),
    ("F-LEADSYNC", {"lms_at": "2026-12-02 18:01"}, ["order_followed"]),
    ("F-LEADSYNC", {"notified_at": "2026-12-02 18:01"}, ["order_told"]),
    ("F-LEADSYNC", {"delivery_lms_at": "2026-12-20 14:01"}, ["delivery_followed"]),
    ("F-MEMBERTASK", {"targets": rows("F-MEMBERTASK", "targets", line="after_sales")}, ["both_lines"]),
    ("F-MEMBERTASK", {"results": rows("F-MEMBERTASK", "results", done=0)}, ["shortfall_explained"]),
    ("F-MEMBERREG", {"recharge_actual": "499.99"}, ["recharge_as_applied"]),
    ("F-MEMBERREG", {"recharge_actual": "499.99", "place": "desk"}, ["recharge_as_applied_at_desk"]),
    ("F-MEMBERREG", {"issued_on_spot": False}, ["on_the_spot"]),
    ("F-MEMBERREG", {"issued_on_spot": False, "place": "desk"}, ["on_the_spot_at_desk"]),
    ("F-MEMBERREG", {"issued_on_spot": False, "special_reason": "系统维护"}, []),
    ("F-MEMBERDAY", {"cards": 2}, ["cards_agree"]),
    ("F-MEMBERDAY", {"money": "500.01"}, ["money_agrees"]),
    ("F-MEMBERDAY", {"reconciled": False, "difference_note": "多收一元"}, ["day_reconciled"]),
    ("F-MEMBERAUDIT", {"rows": rows("F-MEMBERAUDIT", "rows", check="data")}, ["all_four"]),
    ("F-MEMBERAGENT", {"car_moved": True, "permission": False}, ["car_not_driven"]),
    ("F-MEMBERAGENT", {"car_moved": True, "permission": True}, []),
    ("F-MEMBERAGENT", {"gifts": True}, ["nothing_accepted"]),
    ("F-MEMBERAGENT", {"info_ok": False}, ["information_right"]),
    ("F-BAGDEPOSIT", bags(in_at="2026-12-02 10:00", out_at="2026-12-02 11:00"), ["of_the_day"]),
    ("F-BAGDEPOSIT", bags(out_at=None, tag="T2", lost=True, reported_to="S0010", handling="登记赔偿"), ["nothing_lost"]),
    ("F-BAGDEPOSIT", {"trolleys_ok": False, "trolleys_note": "少两辆"}, ["trolleys_in_order"]),
    ("F-BROADCAST", {"rows": rows("F-BROADCAST", "rows", text="失主请致电13900000000")}, ["no_personal_numbers"]),
    ("F-GIFTOUT", {"stock": rows("F-GIFTOUT", "stock", counted=12, reason="破损一件")}, ["stock_agrees"]),
    ("F-GIFTOUT", {"stock": rows("F-GIFTOUT", "stock", given=3, counted=12)}, ["given_as_listed"]),
    ("F-FLYER", {"rounds": rows("F-FLYER", "rounds", distributed=999)}, ["all_distributed"]),
    ("F-FLYER", {"rounds": rows("F-FLYER", "rounds", distributed=1001)}, ["no_more_than_printed", "all_distributed"]),
    ("F-FLYER", {"checked_at": "2026-12-08 09:00"}, ["checked_in_time"]),
    ("F-FLYER", {"floor_manager_joined": False}, ["floor_manager"]),
    ("F-ORDERIN", {"confirmed_by_phone_at": "10:31"}, ["fax_confirmed"]),
    ("F-ORDERIN", {"channel": "mail", "mail_complete": False}, ["mail_holds_all"]),
    ("F-ORDERIN", {"channel": "mail", "mail_complete": True, "confirmed_by_phone_at": "10:31"}, ["mail_confirmed"]),
    ("F-ORDERIN", {"channel": "phone", "repeated_back": False, "confirmed_by_phone_at": None}, ["repeated"]),
    ("F-ORDERIN", {"channel": "phone", "repeated_back": True, "confirmed_by_phone_at": None}, []),
    ("F-ORDERIN", {"business": "transport", "transport_by": "air", "place_to": "某市"}, ["prohibited_goods"]),
    ("F-ORDERIN", {"business": "transport", "transport_by": "road", "place_to": "某市"}, []),
    ("F-ORDERIN", {"instruction_verified": False}, ["verified"]),
    ("F-ORDERIN", {"dgnotice": None}, ["notice_signed"]),
    ("F-ORDERIN", {"cs_handover": None}, ["new_business_approved"]),
    ("F-ORDERCOUNT", {"asked_at": "2026-12-02 08:00"}, ["asked_on_the_day"]),
    ("F-ORDERCOUNT", {"theirs": 2}, ["no_order_lost"]),
    ("F-DGNOTICE", {"classes": EXAMPLES["F-DGNOTICE"].data["classes"][1:]}, ["all_classes"]),
    ("F-CSHANDOVERSHEET", {"quote": "0.00"}, ["price_given"]),
    ("F-RISKNOTICE", {"risk_level": "r3"}, ["suitable"]),
    ("F-RISKNOTICE", {"risk_level": "r3", "bought": False, "sold_at": None}, []),
    ("F-RISKNOTICE", {"sold_at": "10:29"}, ["signed_before_sale"]),
    ("F-RISKNOTICE", {"rights_told": False}, ["told_rights"]),
    ("F-RISKNOTICE", {"reminded": False}, ["reminded_customer"]),
]  # fmt: skip


def test_what_the_rules_catch_and_what_they_leave_alone(desk: Desk) -> None:
    fill(desk, "F-ORDER")
    fill(desk, "F-MEMBERREG")
    for form, changed, expected in CAUGHT:
        assert broken(fill(desk, form, "X", **changed)) == expected, (form, changed)
        desk.cases.pop()


MISSING: list[tuple[str, dict[str, Any], list[str]]] = [
    ("F-INVOICE", {"tax_no": None}, ["tax_no"]),
    ("F-INVOICE", {"tax_no": None, "title_kind": "person"}, []),
    ("F-MEMBERREG", {"applicant": "company"}, ["contact_person"]),
    ("F-BAGDEPOSIT", bags(out_at=None, tag="T2"), ["rows.handling"]),
    ("F-BROADCAST", {"rows": rows("F-BROADCAST", "rows", by_customer=False)}, ["rows.requested_by"]),
    ("F-GIFTOUT", {"stock": rows("F-GIFTOUT", "stock", counted=12)}, ["stock.reason"]),
    ("F-ORDERIN", {"channel": "mail"}, ["mail_complete"]),
    ("F-ORDERIN", {"confirmed_by_phone_at": None}, ["confirmed_by_phone_at"]),
    ("F-ORDERIN", {"guidance": None}, ["guidance"]),
    ("F-CSHANDOVERSHEET", {"settlement_agreement": None}, ["settlement_agreement"]),
    ("F-CSHANDOVERSHEET", {"contract": True}, ["contract_no"]),
    ("F-MEMBERAGENT", {"gifts": True}, ["handling"]),
]


def test_what_is_asked_for_depends_on_what_was_said(desk: Desk) -> None:
    for form, changed, expected in MISSING:
        assert lacking(fill(desk, form, **changed)) == expected, (form, changed)


# commission


def corrected(desk: Desk, at: str, *, by: str = "S0003") -> RecordCase:
    data = {"agent_no": None, "flag": False, "corrected_no": "S1001", "correction_reason": "系统故障"}
    return fill(desk, "F-ORDERNOTE", signed=[EXAMPLES["F-ORDERNOTE"].signed[0], ("correct", by, at)], **data)


@pytest.mark.parametrize(
    ("at", "counted", "expected"),
    [
        ("2026-12-31 23:59", True, ["note_complete"]),
        ("2027-01-01 00:00", False, ["note_complete", "corrected_before_month_end"]),
    ],
)
def test_a_note_corrected_within_the_month_counts(desk: Desk, at: str, counted: bool, expected: list[str]) -> None:
    case = corrected(desk, at)
    assert (broken(case), case.progress.state, case.all_values["corrected_in_time"]) == (expected, "closed", counted)
    assert case.all_values["credited_to"].id == "S1001"


def test_the_settlement_counts_flagged_orders_only(desk: Desk) -> None:
    fill(desk, "F-ORDER")
    fill(desk, "F-ORDER", "DD-20261201-0002", agent="S1001")
    fill(desk, "F-ORDERNOTE")
    fill(desk, "F-ORDERNOTE", "DB-202612-0002", order="DD-20261201-0002", flag=False)
    fill(desk, "F-COMMISSION")
    assert desk.disagreements("commission-agrees") == ["TC-202612"]
    case = fill(desk, "F-COMMISSION", people=rows("F-COMMISSION", "people", unflagged=1))
    assert desk.disagreements("commission-agrees") == []
    assert str(case.all_values["total_commission"]) == "5.00"
    fill(desk, "F-COMMISSION", people=rows("F-COMMISSION", "people", orders=2, amount="400.00"))
    assert desk.disagreements("commission-agrees") == ["TC-202612"]
    fill(desk, "F-COMMISSION", people=rows("F-COMMISSION", "people", agent="S1002", unflagged=1))
    assert desk.disagreements("commission-agrees") == ["TC-202612", "TC-202612"]


def test_a_late_correction_stays_out_of_the_settlement(desk: Desk) -> None:
    fill(desk, "F-ORDER")
    for at, orders, unflagged, amount in [("2026-12-31 12:00", 1, 0, "200.00"), ("2027-01-02 12:00", 0, 1, "0.00")]:
        corrected(desk, at)
        fill(
            desk,
            "F-COMMISSION",
            people=rows("F-COMMISSION", "people", orders=orders, unflagged=unflagged, amount=amount),
        )
        assert desk.disagreements("commission-agrees") == []


# across records


def test_orders_have_their_papers(desk: Desk) -> None:
    fill(desk, "F-ORDER")
    fill(desk, "F-LEADCALL", date="2026-12-02", rows=rows("F-LEADCALL", "rows", at="2026-12-02 09:00"))
    assert desk.disagreements("order-noted") == desk.disagreements("order-tracked") == []
    desk.file("F-GIFT", "LP-202612-009", EXAMPLES["F-GIFT"].data, [("apply", "S1001", "2026-12-02 11:01")])
    assert desk.disagreements("order-noted") == desk.disagreements("order-tracked") == ["DD-20261201-0001"]
    fill(desk, "F-ORDERNOTE", agent="S1002", agent_no="S1002", signed=[("note", "S1002", "10:00")])
    fill(desk, "F-SHIPTRACK", tracking="SF9")
    assert desk.disagreements("order-noted") == ["DB-202612-0001"]
    assert desk.disagreements("order-tracked") == ["FH-202612-0001"]
    fill(desk, "F-ORDERNOTE")
    fill(desk, "F-ORDERNOTE", "DB-202612-0002")
    assert desk.disagreements("order-noted") == ["DB-202612-0002"]


def test_goods_are_followed_to_the_end(desk: Desk) -> None:
    begun = EXAMPLES["F-SHIPTRACK"].signed[:1]
    away = {"arrived_at": None, "customer_told": None, "confirmed_receipt_at": None}
    assert broken(fill(desk, "F-SHIPTRACK", signed=begun, **away)) == ["followed_to_the_end"]
    trouble = {"no": 1, "found_at": "2026-12-02 09:00", "problem": "错投", "customer_told_at": "2026-12-02 09:30"}
    problems = [{**trouble, "dept": "D-DELIV", "action": "改派"}]
    told = [*begun, ("report_problem", "S1001", "2026-12-02 09:40")]
    assert broken(fill(desk, "F-SHIPTRACK", signed=told, problems=problems, **away)) == []
    problems[0]["customer_told_at"] = "2026-12-03 08:00"
    assert broken(fill(desk, "F-SHIPTRACK", problems=problems)) == ["told_the_same_day"]
    del problems[0]["customer_told_at"]
    assert broken(fill(desk, "F-SHIPTRACK", problems=problems)) == ["customer_told_of_problem"]


def test_invoices_stay_within_the_order(desk: Desk) -> None:
    fill(desk, "F-ORDER")
    fill(desk, "F-INVOICE", amount="150.00")
    fill(desk, "F-INVOICE", "KPF-202612-002", amount="50.00")
    assert desk.disagreements("invoice-within-order") == []
    fill(desk, "F-INVOICE", "KPF-202612-003", amount="0.01")
    assert desk.disagreements("invoice-within-order") == ["KPF-202612-003"]


def test_no_more_is_taken_back_than_was_ordered(desk: Desk) -> None:
    def take_back(id: str, sku: str, qty: int, order: str = "WX20261201001") -> None:
        goods = [{"sku": sku, "ordered": 2, "qty": qty, "price": "99.90", "reason": "不合适"}]
        data = {"applied_at": "2026-12-06 09:00", "order": order, "customer_name": "林女士", "channel": "phone"}
        rest = {"contact": "13900000000", "type": "return", "goods": goods, "amount": "99.90", "agent": "S1001"}
        desk.file("F-RETURN", id, {**data, **rest}, [("apply", "S1001", "2026-12-06 09:05")])

    fill(desk, "F-ORDER")
    take_back("TH-202612-001", "A-1", 1)
    take_back("TH-202612-002", "A-1", 1, "DD-20261201-0001")
    take_back("TH-202612-003", "Z-9", 5, "小票77")
    assert desk.disagreements("return-within-order") == []
    take_back("TH-202612-004", "A-1", 1)
    take_back("TH-202612-005", "Z-9", 1)
    assert desk.disagreements("return-within-order") == ["TH-202612-004", "TH-202612-005"]


def test_goods_taken_back_end_the_order(desk: Desk) -> None:
    until = EXAMPLES["F-ORDER"].signed[:6]
    data = {"return_sheet": "TH-202612-001", "return_reason": "不合适", "aftersale_at": None, "aftersale_note": None}
    case = fill(desk, "F-ORDER", signed=[*until, ("take_back", "S1001", "2026-12-06 10:00")], **data)
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "returned_goods")


def test_everybody_on_duty_knows_the_new_product(desk: Desk) -> None:
    fill(desk, "F-NEWPROD")
    duty(desk, "2026-11-18", "S1002")
    duty(desk, "2026-12-03", "S1002")
    duty(desk, "2026-12-01", "S1001", "S0010")
    assert desk.disagreements("new-product-all-agents") == []
    duty(desk, "2026-11-19", "S1002")
    assert desk.disagreements("new-product-all-agents") == ["XP-202612-001"]


def test_member_cards_are_unique_and_settled(desk: Desk) -> None:
    fill(desk, "F-MEMBERREG")
    fill(desk, "F-MEMBERREG", "HYR-202612-0002", card_no="VIP-0002")
    fill(desk, "F-MEMBERTASK", results=rows("F-MEMBERTASK", "results", done=2))
    assert desk.disagreements("member-task-agrees") == []
    assert desk.disagreements("member-cards") == []
    assert broken(fill(desk, "F-MEMBERDAY", cards=2, money="1000.00")) == []
    desk.cases.pop()
    fill(desk, "F-MEMBERAGENT")
    assert desk.disagreements("member-cards") == ["HYR-202612-0001"]
    fill(desk, "F-MEMBERDAY")
    fill(desk, "F-MEMBERREG", "HYR-202612-0004", card_no="VIP-0004", place="desk", issued_at="2026-12-02 10:20")
    assert desk.disagreements("member-cards") == []
    fill(desk, "F-MEMBERREG", "HYR-202612-0003")
    assert desk.disagreements("member-cards") == ["HYR-202612-0003"]
    assert desk.disagreements("member-task-agrees") == ["RH-202612"]


def test_errors_in_member_data_are_corrected_and_priced(desk: Desk) -> None:
    wrong = {"error": True, "member": "HYR-202612-0001", "person": "S1003", "finding": "少收"}
    found = rows("F-MEMBERAUDIT", "rows", **wrong)
    case = fill(desk, "F-MEMBERAUDIT", rows=found, signed=[EXAMPLES["F-MEMBERAUDIT"].signed[0]])
    assert (broken(case), case.progress.state) == (["without_error"], "done")
    assert str(case.all_values["amount"]) == "10.00"
    mended = {"rectified": "已补收", "rectified_at": "2027-01-04 09:00", "verified_note": "无误"}
    steps = [("rectify", "S1003", "2027-01-04 09:10"), ("verify", "S0006", "2027-01-04 10:00")]
    signed = [EXAMPLES["F-MEMBERAUDIT"].signed[0], *steps, ("review", "S0002", "2027-01-04 11:00")]
    case = fill(desk, "F-MEMBERAUDIT", rows=found, signed=signed, **mended)
    assert (broken(case), lacking(case), case.progress.state) == (["without_error"], [], "closed")


def test_an_order_from_a_visit_is_followed(desk: Desk) -> None:
    fill(desk, "F-STOREHANDOVER")
    fill(desk, "F-MEMBERAGENT")
    assert desk.disagreements("lead-order-synced") == ["KD-202612-001"]
    fill(desk, "F-LEADSYNC", dms_order_at="2026-12-02 09:00")
    assert desk.disagreements("lead-order-synced") == ["KD-202612-001"]
    case = fill(desk, "F-LEADSYNC")
    assert desk.disagreements("lead-order-synced") == []
    assert case.all_values["in_sync"] is True
    assert fill(desk, "F-LEADSYNC", delivery_lms_at="2026-12-20 14:01").all_values["in_sync"] is False


def test_both_sides_sign_a_visit(desk: Desk) -> None:
    alone = fill(desk, "F-STOREHANDOVER", handed_to="S1001", signed=EXAMPLES["F-STOREHANDOVER"].signed[:1])
    assert alone.typed.problems or broken(alone) == ["two_people"]
    case = fill(desk, "F-STOREHANDOVER", dispute="需求未写全", signed=EXAMPLES["F-STOREHANDOVER"].signed[:2])
    assert case.progress.state == "disputed"
    ruled = [
        *EXAMPLES["F-STOREHANDOVER"].signed[:2],
        ("decide", "S0010", "2026-12-02 11:00"),
        EXAMPLES["F-STOREHANDOVER"].signed[2],
    ]
    case = fill(desk, "F-STOREHANDOVER", dispute="需求未写全", ruling="补充后交接有效", signed=ruled)
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")


def test_half_filled_forms_can_be_judged(desk: Desk) -> None:
    for form, example in EXAMPLES.items():
        case = fill(desk, form, signed=example.signed[:-1])
        broken(case)  # fails where an expression neither has a value nor waits for one
        assert case.progress.state != "closed", form
        assert broken(desk.file(form, example.id, {})) == [], form


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"out_at": "11:01"}, ["JCB-20261201"]),
        ({"out_at": None, "handling": "寻找中"}, ["JCB-20261201"]),
        ({"tag": "T2", "out_at": None, "handling": "寻找中"}, []),
    ],
)
def test_a_tag_stands_for_one_bag(desk: Desk, changed: dict[str, Any], found: list[str]) -> None:
    fill(desk, "F-BAGDEPOSIT", **bags(**changed))
    assert desk.disagreements("bag-tag-free") == found


def test_gifts_are_given_once_and_carried_over(desk: Desk) -> None:
    fill(desk, "F-GIFTOUT")
    moved = {
        "date": "2026-12-02",
        "signed": [(s, who, f"2026-12-02 {at}", *row) for s, who, at, *row in EXAMPLES["F-GIFTOUT"].signed],
    }
    stock = {"stock": rows("F-GIFTOUT", "stock", opening=13, added=0, counted=11)}
    again = {"rows": rows("F-GIFTOUT", "rows", at="2026-12-02 10:00", receipt="P0002")}
    fill(desk, "F-GIFTOUT", "ZPF-20261202", **moved, **stock, **again)
    assert desk.disagreements("gift-receipt-once") == desk.disagreements("gift-stock-carried") == []
    same = {"rows": rows("F-GIFTOUT", "rows", at="2026-12-02 10:00")}
    short = {"stock": rows("F-GIFTOUT", "stock", opening=12, added=0, counted=10)}
    fill(desk, "F-GIFTOUT", "ZPF-20261202", **moved, **short, **same)
    assert desk.disagreements("gift-receipt-once") == ["ZPF-20261202"]
    assert desk.disagreements("gift-stock-carried") == ["ZPF-20261202"]


# freight


def test_freight_rests_on_notice_and_approval_of_that_customer(desk: Desk) -> None:
    for form in ("F-DGNOTICE", "F-CSHANDOVERSHEET", "F-ORDERIN"):
        fill(desk, form)
    assert desk.disagreements("freight-notice") == desk.disagreements("freight-new-business") == []
    fill(desk, "F-ORDERIN", customer="K0002")
    assert desk.disagreements("freight-notice") == desk.disagreements("freight-new-business") == ["SL-20261201-001"]
    fill(desk, "F-ORDERIN")
    fill(desk, "F-DGNOTICE", signed=EXAMPLES["F-DGNOTICE"].signed[:1])
    fill(desk, "F-CSHANDOVERSHEET", signed=EXAMPLES["F-CSHANDOVERSHEET"].signed[:2])
    assert desk.disagreements("freight-notice") == desk.disagreements("freight-new-business") == ["SL-20261201-001"]


def test_new_business_is_approved_by_the_departments_it_concerns(desk: Desk) -> None:
    market, storage, leader, taken = EXAMPLES["F-CSHANDOVERSHEET"].signed
    delivery = ("delivery", "S0023", "2026-11-30 10:30")
    terms = {"delivery_terms": "两车", "storage_terms": None}
    case = fill(desk, "F-CSHANDOVERSHEET", business="delivery", signed=[market, delivery, leader, taken], **terms)
    assert (lacking(case), case.progress.state) == ([], "closed")
    both = {"business": "both", "delivery_terms": "两车"}
    assert (
        fill(desk, "F-CSHANDOVERSHEET", signed=[market, storage, delivery, leader], **both).progress.state == "approved"
    )
    assert (
        fill(desk, "F-CSHANDOVERSHEET", signed=[market, storage, leader], **both).progress.state == "storage_approved"
    )
    assert fill(desk, "F-CSHANDOVERSHEET", business="storage", signed=[market, leader]).progress.state == "submitted"


def test_lost_orders_are_found_by_counting(desk: Desk) -> None:
    fill(desk, "F-ORDERIN")
    assert desk.disagreements("freight-orders-counted") == []
    fill(desk, "F-MEMBERAGENT")
    assert desk.disagreements("freight-orders-counted") == ["SL-20261201-001"]
    fill(desk, "F-ORDERCOUNT")
    assert desk.disagreements("freight-orders-counted") == []
    fill(desk, "F-ORDERIN", "SL-20261201-002")
    assert desk.disagreements("freight-orders-counted") == ["HD-20261201-001"]
    added = {"missing": [{"no": 1, "order": "SL-20261201-002", "cause": "传真卡纸"}], "explanation": "已补录"}
    signed = [EXAMPLES["F-ORDERCOUNT"].signed[0], ("correct", "S1001", "17:30"), ("verify", "S0010", "17:40")]
    case = fill(desk, "F-ORDERCOUNT", theirs=2, signed=signed, **added)
    assert (broken(case), lacking(case), case.progress.state) == (["no_order_lost"], [], "closed")
    assert desk.disagreements("freight-orders-counted") == []


def test_a_refused_order_needs_no_more(desk: Desk) -> None:
    told = {"refusal_reason": "审批不全", "refused_at": "10:20", "confirmed_by_phone_at": None}
    case = fill(desk, "F-ORDERIN", signed=[EXAMPLES["F-ORDERIN"].signed[0], ("refuse", "S1001", "10:21")], **told)
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "refused")
