"""Purchasing from application to settlement, the store and the supplies of the front desk."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from desk import FINE, Desk, broken, lacking, outcome

from csdocs.load.record.case import RecordCase

LATER = datetime.fromisoformat("2027-02-10T18:00:00+08:00")
FILE = {"name": "x.pdf", "sha256": "0" * 64, "bytes": 1}

# S0014 buys, S0015 keeps the store, S0013 heads administration, S0017 and S0018 are finance, S0001 leads the company.


def application(
    desk: Desk, price: str = "20.00", reviewed: bool = True, applicant: str = "S1001", **data: Any
) -> RecordCase:
    items = [
        {
            "no": 1,
            "name": "耳麦",
            "spec": "单耳",
            "qty": 100,
            "unit": "个",
            "need_by": "2026-12-20",
            "est_price": price,
        },
        {
            "no": 2,
            "name": "便签",
            "spec": "76mm",
            "qty": "2.5",
            "unit": "箱",
            "need_by": "2026-12-31",
            "est_price": "40.00",
        },
    ]
    total = f"{100 * float(price) + 100:.2f}"
    fixed = {"applicant": applicant, "dept": "D-CS", "date": "2026-12-01", "purpose": "更换损坏耳麦", "items": items}
    review = {"method": "quote", "budget_ok": True, "approved_amount": total}
    signed = [("apply", applicant, "09:00"), ("confirm", "S0002", "10:00"), ("review", "S0013", "11:00")]
    return desk.file("F-PURAPPLY", "CG-202612-001", {**fixed, **review, **data}, signed[: 3 if reviewed else 2])


def test_an_application_is_reviewed_and_a_large_one_goes_to_the_leader(desk: Desk) -> None:
    case = application(desk)
    assert outcome(case) == FINE
    assert (str(case.all_values["total"]), case.all_values["large"]) == ("2100.00", False)
    assert application(desk, price="48.99").progress.state == "closed"
    large = application(desk, price="49.00")
    assert (large.all_values["large"], large.progress.state) == (True, "reviewed")
    of_the_head = application(desk, applicant="S0002")
    assert of_the_head.progress.state == "submitted"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"date": "2026-12-20"}, ["needed_later"]),
        ({"budget_ok": False}, ["within_budget"]),
        ({"approved_amount": "2100.01"}, ["approved_within_request"]),
        ({"method": "direct"}, ["compared_if_costly"]),
        ({"method": "direct", "approved_amount": "999.99", "review_note": "只买一半"}, []),
    ],
)
def test_gates_of_an_application(desk: Desk, data: dict[str, Any], expected: list[str]) -> None:
    assert broken(application(desk, **data)) == expected


def quotation(desk: Desk, **data: Any) -> RecordCase:
    quotes = [
        {"no": n, "supplier": name, "qualified": True, "quote": price}
        for n, (name, price) in enumerate([("甲公司", "2050.00"), ("乙公司", "2100.00"), ("丙公司", "2200.00")], 1)
    ]
    fixed = {"purchase": "CG-202612-001", "buyer": "S0014", "quotes": quotes, "chosen": 1, "ordered_on": "2026-12-03"}
    signed = [("compare", "S0014", "2026-12-02 09:00"), ("review", "S0013", "2026-12-02 10:00")]
    signed.append(("place_order", "S0014", "2026-12-03 09:00"))
    return desk.file("F-QUOTE", "XJB-202612-001", {**fixed, **data}, signed)


def contract(
    desk: Desk, qty: str = "100", price: str = "19.50", no: int = 1, id: str = "HT-202612-001", **data: Any
) -> RecordCase:
    fixed = {
        "application": "CG-202612-001", "quote": "XJB-202612-001", "buyer": "S0014", "supplier": "甲公司",
        "contract_no": "JY-1", "signed_at": "2026-12-03", "delivery_at": "2026-12-15", "quality_standard": "三包一年",
        "items": [{"no": no, "name": "耳麦", "spec": "单耳", "qty": qty, "unit": "个", "price": price}], "file": FILE,
    }  # fmt: skip
    signed = [("register", "S0014", "2026-12-03 10:00"), ("review", "S0013", "2026-12-03 11:00")]
    return desk.file("F-CONTRACT", id, {**fixed, **data}, signed)


def tracking(desk: Desk, *progress: dict[str, Any], arrived: str = "2026-12-15") -> RecordCase:
    fixed = {"contract": "HT-202612-001", "opened_on": "2026-12-03", "buyer": "S0014", "delivery_at": "2026-12-15"}
    rest = {"contact_person": "王先生", "accept": "YS-202612-001", "rating": "准时"}
    if arrived:
        rest["arrived_on"] = arrived
    rows = [{"no": n, **each} for n, each in enumerate(progress, 1)]
    signed = [("open", "S0014", "2026-12-03 12:00"), ("follow", "S0014", "2026-12-10 09:00")]
    ends = [("arrive", "S0014", "2026-12-18 09:00"), ("close", "S0013", "2026-12-18 10:00")]
    data = {**fixed, **rest, "progress": rows}
    return desk.file("F-PURTRACK", "GZ-202612-001", data, [*signed, *(ends if arrived else [])])


def acceptance(
    desk: Desk, accepted: str = "100", id: str = "YS-202612-001", arrived: str = "100", **data: Any
) -> RecordCase:
    row = {"no": 1, "item": "耳麦", "ordered": 100, "arrived": arrived, "ok": accepted == arrived, "accepted": accepted}
    verdict = "pass" if row["ok"] else "partial" if float(accepted) else "fail"
    fixed = {"contract": "HT-202612-001", "arrived_at": "2026-12-15 09:00", "buyer": "S0014", "verdict": verdict}
    signed = [("inspect", who, f"2026-12-15 10:0{n}") for n, who in enumerate(["S1001", "S0014"])]
    if verdict != "pass":
        row["defect"] = "无声"
        fixed |= {"reject": "THW-202612-001", "result": "已换货"}
        signed += [("settle", "S0014", "2026-12-15 11:00"), ("verify", "S1001", "2026-12-20 10:00")]
    signed.append(("close", "S0013", "2026-12-20 11:00"))
    return desk.file("F-ACCEPT", id, {**fixed, "inspectors": ["S1001", "S0014"], "items": [row], **data}, signed)


def stockin(
    desk: Desk, qty: str = "100", id: str = "RKD-202612-001", accept: str = "YS-202612-001", **data: Any
) -> RecordCase:
    row = {
        "no": 1,
        "item": "EM-01",
        "name": "耳麦",
        "spec": "单耳",
        "qty": qty,
        "unit": "个",
        "unit_price": "19.50",
        "location": "A1",
    }
    fixed = {
        "date": "2026-12-15",
        "accept": accept,
        "supplier": "甲公司",
        "keeper": "S0015",
        "buyer": "S0014",
        "items": [row],
    }
    signed = [(step, who, f"2026-12-15 {at}") for step, who, at in
              [("store", "S0015", "14:00"), ("deliver", "S0014", "14:10"), ("check", "S0018", "15:00")]]  # fmt: skip
    return desk.file("F-STOCKIN", id, {**fixed, **data}, signed)


def settlement(desk: Desk, amount: str = "1950.00", id: str = "BX-202612-001", **data: Any) -> RecordCase:
    fixed = {
        "date": "2026-12-21", "buyer": "S0014", "dept": "D-ADMIN", "contract": "HT-202612-001", "stockin": ["RKD-202612-001"],
        "supplier": "甲公司", "invoice_no": "0001", "invoice_date": "2026-12-20", "invoice_qty": 100, "invoice_amount": amount,
        "amount": amount, "invoice": FILE, "genuine": True, "three_agree": True, "paid_at": "2026-12-22", "voucher": "F-1",
    }  # fmt: skip
    path = [("claim", "S0014"), ("confirm", "S0013"), ("review", "S0017"), ("approve", "S0001"), ("pay", "S0018")]
    signed = [(step, who, f"2026-12-21 {hour}:00") for hour, (step, who) in enumerate(path, 10)]
    return desk.file("F-REIMBURSE", id, {**fixed, **data}, signed)


def test_goods_are_compared_under_their_own_rules(desk: Desk) -> None:
    assert outcome(quotation(desk)) == FINE
    two = [{"no": n, "supplier": s, "qualified": n == 2, "quote": "1000.00"} for n, s in ((1, "甲公司"), (2, "乙公司"))]
    assert broken(quotation(desk, quotes=two)) == ["enough_quotes_for_goods", "chosen_qualified_for_goods"]
    small = [{**each, "quote": "999.99"} for each in two]
    assert broken(quotation(desk, quotes=small, chosen=2)) == []
    assert broken(quotation(desk, ordered_on="2026-12-01")) == ["goods_ordered_after_review"]
    uniforms = quotation(desk, purchase="ZC-2026-001", quotes=two)
    assert broken(uniforms) == ["enough_quotes", "chosen_qualified"]


ONTIME = {"stage": "ordered", "planned": "2026-12-04", "actual": "2026-12-04"}
CHECKS = [
    "purchase-contract-within-application",
    "purchase-quotation-agreed",
    "purchase-contract-untracked",
    "purchase-acceptance-within-contract",
    "purchase-refused-goods",
    "stock-in-accepted",
    "purchase-three-way-match",
]


def purchase(desk: Desk) -> list[RecordCase]:
    steps = [application, quotation, contract, tracking, acceptance, stockin, settlement]
    return [each(desk) if each is not tracking else tracking(desk, ONTIME) for each in steps]


def complaints(desk: Desk) -> dict[str, int]:
    """How often each check complains, silent ones left out."""
    found = [each.check for each in desk.disagreeing(*CHECKS)]
    return {check: found.count(check) for check in CHECKS if check in found}


def test_a_purchase_from_application_to_payment(desk: Desk) -> None:
    assert [outcome(each) for each in purchase(desk)] == [FINE] * 7
    assert complaints(desk) == {}


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (lambda desk: application(desk, reviewed=False), {CHECKS[0]: 1}),
        (lambda desk: contract(desk, qty="101"), {CHECKS[0]: 1, CHECKS[3]: 1}),
        (lambda desk: contract(desk, price="21.01"), {CHECKS[0]: 1, CHECKS[1]: 1, CHECKS[6]: 1}),
        (lambda desk: contract(desk, price="21.00"), {CHECKS[1]: 1, CHECKS[6]: 1}),
        (lambda desk: contract(desk, no=3), {CHECKS[0]: 1, CHECKS[3]: 1, CHECKS[6]: 1}),
        (lambda desk: contract(desk, delivery_at="2026-12-21"), {CHECKS[0]: 1}),
        (lambda desk: contract(desk, "2", "40.00", 2, "HT-202612-002"), {CHECKS[2]: 1}),
        (lambda desk: contract(desk, "1", "1.00", 1, "HT-202612-002"), {CHECKS[0]: 2, CHECKS[2]: 1}),
        (lambda desk: quotation(desk, chosen=2), {CHECKS[1]: 1}),
        (lambda desk: acceptance(desk, "1", "YS-202612-002", "1"), {CHECKS[3]: 2}),
        (lambda desk: stockin(desk, "101"), {CHECKS[5]: 1, CHECKS[6]: 2}),
        (lambda desk: stockin(desk, supplier="乙公司"), {CHECKS[5]: 1}),
        (lambda desk: acceptance(desk, "99"), {CHECKS[5]: 1}),
        (lambda desk: settlement(desk, "1950.01"), {CHECKS[6]: 2}),
        (lambda desk: settlement(desk, invoice_qty="99"), {CHECKS[6]: 1}),
        (lambda desk: settlement(desk, supplier="乙公司"), {CHECKS[6]: 1}),
        (lambda desk: settlement(desk, id="BX-202612-002"), {CHECKS[6]: 4}),
    ],
)
def test_papers_that_do_not_fit_together(desk: Desk, file: Any, expected: dict[str, int]) -> None:
    purchase(desk)
    file(desk)
    assert complaints(desk) == expected


def test_a_late_supplier_is_chased(desk: Desk) -> None:
    assert broken(tracking(desk, ONTIME, arrived="2026-12-17")) == ["late_arrival_chased"]
    late = {"stage": "shipped", "planned": "2026-12-14", "actual": "2026-12-16"}
    assert lacking(tracking(desk, late)) == ["progress.contacted_at", "progress.note"]
    chased = {**late, "contacted_at": "2026-12-15 09:00", "note": "次日补发"}
    case = tracking(desk, chased, arrived="2026-12-17")
    assert (outcome(case), case.all_values["delay_days"]) == (FINE, 2)
    assert broken(tracking(desk, ONTIME, arrived="")) == ["supplier_chased"]
    assert broken(tracking(desk, chased, arrived="")) == []


def test_what_fails_acceptance_goes_back(desk: Desk) -> None:
    def reject(qty: str = "10", action: str = "return", **data: Any) -> RecordCase:
        row = {"no": 1, "item": "耳麦", "qty": qty, "defect": "无声"}
        fixed = {"accept": "YS-202612-001", "date": "2026-12-15", "buyer": "S0014", "items": [row], "action": action}
        rest = {"supplier_action": "退款", "due_on": "2026-12-18", "done_at": "2026-12-18", "refund": "195.00"}
        path = [("record", "S0014"), ("agree", "S0014"), ("finish", "S0014"), ("verify", "S0013")]
        signed = [(step, who, f"2026-12-18 1{n}:00") for n, (step, who) in enumerate(path)]
        return desk.file("F-REJECT", "THW-202612-001", {**fixed, **rest, **data}, signed)

    purchase(desk)
    assert outcome(acceptance(desk, "90")) == FINE
    assert outcome(reject()) == FINE
    assert "purchase-refused-goods" not in complaints(desk)
    assert broken(reject(done_at="2026-12-19")) == ["as_agreed"]
    assert lacking(reject(action="exchange")) == ["replacement"]
    reject("11")
    assert complaints(desk)["purchase-refused-goods"] == 1


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"inspectors": ["S0014", "S0014"]}, ["inspector_once", "buyer_not_alone"]),
        ({"verdict": "partial"}, ["verdict_follows"]),
        ({"arrived": "101", "accepted": "101"}, ["accepted_ordered"]),
        ({"arrived": "100", "accepted": "101"}, ["accepted_arrived", "accepted_ordered"]),
    ],
)
def test_rules_of_acceptance(desk: Desk, data: dict[str, Any], expected: list[str]) -> None:
    assert [each for each in broken(acceptance(desk, **data)) if each in expected] == expected


# the store


def stockout(desk: Desk, qty: str, day: str = "2026-12-16", id: str = "CKD-202612-001") -> RecordCase:
    row = {"no": 1, "item": "EM-01", "name": "耳麦", "qty": qty, "purpose": "更换"}
    data = {"applicant": "S1001", "dept": "D-CS", "date": day, "keeper": "S0015", "items": [row]}
    path = [("apply", "S1001"), ("confirm", "S0002"), ("hand_out", "S0015"), ("receive", "S1001")]
    return desk.file("F-STOCKOUT", id, data, [(step, who, f"{day} 1{n}:00") for n, (step, who) in enumerate(path)])


def ledger(
    desk: Desk, month_end: str, opening: str, received: str, issued: str, counted: str, **row: Any
) -> RecordCase:
    item = {"item": "EM-01", "name": "耳麦", "unit": "个", "location": "A1", "min_stock": 10, "opening": opening}
    item |= {"received": received, "issued": issued, "counted": counted, **row}
    signed = [(step, who, f"{month_end} 1{n}:00") for n, (step, who) in
              enumerate([("count", "S0015"), ("attend", "S0018"), ("close", "S0013")])]  # fmt: skip
    data = {"month_end": month_end, "keeper": "S0015", "witness": "S0018", "items": [item]}
    if "explanation" in row:
        data["treatment"] = "核销"
    return desk.file("F-STOCKLEDGER", f"TZ-{month_end[:4]}{month_end[5:7]}", data, signed)


def test_the_ledger_repeats_the_sheets(desk: Desk) -> None:
    stockin(desk)
    assert outcome(stockout(desk, "40")) == FINE
    case = ledger(desk, "2026-12-31", "5", "100", "40", "64", explanation="损耗一个")
    assert outcome(case) == FINE
    row = case.all_values["items"][0]
    assert (row["closing"], row["difference"], row["reorder"]) == (65, -1, False)
    assert outcome(ledger(desk, "2027-01-31", "64", "0", "0", "64")) == FINE
    assert desk.disagreements("stock-ledger-agrees") == []
    ledger(desk, "2027-01-31", "65", "0", "0", "65")
    assert desk.disagreements("stock-ledger-agrees") == ["TZ-202701"]
    ledger(desk, "2026-12-31", "5", "100", "41", "64")
    assert desk.disagreements("stock-ledger-agrees") == ["TZ-202612", "TZ-202701"]
    assert broken(ledger(desk, "2026-12-30", "5", "1", "7", "0", explanation="误记")) == [
        "whole_month",
        "never_below_zero",
    ]


def test_nothing_leaves_the_store_that_is_not_there(desk: Desk) -> None:
    stockout(desk, "105")
    assert desk.disagreements("stock-negative") == []
    ledger(desk, "2026-12-31", "5", "100", "105", "0")
    assert desk.disagreements("stock-negative") == ["CKD-202612-001"]
    stockin(desk)
    assert desk.disagreements("stock-negative") == []
    stockout(desk, "5", "2026-12-14")
    stockout(desk, "101", id="CKD-202612-002")
    assert desk.disagreements("stock-negative") == ["CKD-202612-002"]
    stockout(desk, "6", "2026-12-14")
    assert desk.disagreements("stock-negative") == ["CKD-202612-001", "CKD-202612-002"]


def test_supplies_of_the_front_desk(desk: Desk) -> None:
    def page(*rows: dict[str, Any], **data: Any) -> RecordCase:
        numbered = [
            {"no": n, "at": "2026-12-02", "item": "BG-1", "to": "S0016", **row} for n, row in enumerate(rows, 1)
        ]
        opening = [{"item": "BG-1", "name": "中性笔", "qty": 10}]
        fixed = {"month_end": "2026-12-31", "keeper": "S0016", "opening": opening, "rows": numbered, "agrees": True}
        signed = [("open", "S0016", "08:30")]
        signed += [("receive", row["to"], "2026-12-02 10:00", str(row["no"])) for row in numbered]  # type: ignore[misc]
        signed += [("close", "S0016", "2026-12-31 17:00"), ("check", "S0013", "2026-12-31 17:30")]
        return desk.file("F-SUPPLIES", "YP1-202612", {**fixed, **data}, signed, "S0016")

    case = page({"issued": 4, "to": "S1001"}, {"received": 20, "source": "CKD-202612-001"}, {"issued": 26})
    assert outcome(case) == FINE
    assert [row["stock"] for row in case.all_values["rows"]] == [6, 26, 0]
    assert broken(page({"issued": 11}, {"received": 20, "source": "CKD-202612-001"})) == ["enough_left"]
    assert broken(page({"issued": 1, "received": 1, "source": "CKD-202612-001"})) == ["one_way"]
    assert broken(page({"issued": 1, "item": "BG-2"})) == ["known_item", "enough_left"]
    assert broken(page({"issued": 1, "at": "2027-12-02"}, month_end="2026-12-30")) == ["of_the_month", "whole_month"]
    assert broken(page(agrees=False, explanation="少一支")) == ["counted_right"]


def uniform(desk: Desk, at: str, cause: str = "own_fault") -> RecordCase:
    """A jacket of 300 yuan, issued on 15 January 2025, is damaged at that moment."""
    issue = {
        "no": 1,
        "date": "2025-01-15",
        "receiver": "S1001",
        "dept": "D-CS",
        "item": "top",
        "qty": 1,
        "price": "300.00",
    }
    data = {"opened_on": "2025-01-01", "issuer": "S0014", "items": [issue | {"application": "ZL-202501-001"}]}
    signed = [
        ("open_register", "S0014", "2025-01-01 09:00"),
        ("issue", "S0014", "2025-01-15 10:00"),
        ("receive", "S1001", "2025-01-15 10:05", "1"),
    ]
    desk.file("F-UNIISSUE", "ZF1-202501-001", data, signed)
    return desk.file("F-UNIDAMAGE", "ZS-202701-001", {"issue": "ZF1-202501-001#1", "at": at, "cause": cause})


@pytest.mark.parametrize(
    ("at", "cause", "owed"),
    [
        ("2025-01-15 09:00", "own_fault", "300.00"),
        ("2025-02-14 09:00", "own_fault", "300.00"),
        ("2025-02-15 09:00", "own_fault", "287.50"),
        ("2027-01-14 09:00", "own_fault", "12.50"),
        ("2027-01-15 09:00", "own_fault", "0.00"),
        ("2027-02-10 09:00", "own_fault", "0.00"),
        ("2025-02-15 09:00", "work", "0.00"),
    ],
)
def test_a_damaged_uniform_is_paid_for_by_the_months_left(desk: Desk, at: str, cause: str, owed: str) -> None:
    values = uniform(desk, at, cause).all_values
    assert (values["compensation"], values["payable"]) == (Decimal(owed), 0), "nothing is collected while fines are off"


def test_a_uniform_kept_on_leaving_costs_sixty_per_cent(desk: Desk) -> None:
    pieces = [("top", "300.00", False), ("tie", "50.00", False), ("trousers", "200.00", True)]
    items = [{"item": item, "price": price, "returned": back} for item, price, back in pieces]
    case = desk.file("F-UNIRETURN", "ZT-202701-001", {"staff": "S1001", "leave_date": "2027-01-20", "items": items})
    assert (case.all_values["compensation"], case.all_values["payable"]) == (Decimal("210.00"), 0)
