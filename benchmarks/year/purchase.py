"""Purchases from the application to the payment; a part of each delivery is faulty and exchanged."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from benchmarks.year.paper import attachment, scan
from benchmarks.year.plan import moment
from benchmarks.year.year import Year, act, numbered


class Good(NamedTuple):
    code: str
    name: str
    spec: str
    unit: str
    bought: int  # in a quarter
    price: Decimal
    used: int  # in a month
    opening: int


GOODS = (
    Good("ER-HM", "话务耳麦", "单耳降噪", "副", 12, Decimal("85.00"), 3, 10),
    Good("PP-A4", "复印纸", "A4 70克", "包", 30, Decimal("22.00"), 8, 20),
)
BUYING = (1, 2)  # months of a quarter
FAULTY = 2  # headsets of a delivery that are exchanged
SUPPLIERS = (("联迅设备公司", "1.00"), ("科声通信", "1.04"), ("恒信商贸", "1.07"))


def work(year: Year, day: dt.date) -> None:
    if year.within(day) and day.month % 3 in BUYING and day == year.working_day(day.replace(day=8)):
        _buy(year, day)


def people_of_supply(year: Year) -> tuple[str, str, str, str]:
    """Who buys, who keeps the store, who is head of administration, who counts the money."""
    return year.all("R-ADMINSTAFF")[0], year.one("R-STORE"), year.one("R-ADMINMGR"), year.one("R-FINANCE")


def move(year: Year, code: str, day: dt.date, count: int) -> None:
    """What came into the store, or went out, for the page of the month."""
    year.book["stock"].setdefault((code, day.replace(day=1)), []).append(count)


class Order(NamedTuple):
    """A purchase on its way: its papers so far."""

    application: str
    contract: str
    delivery: dt.date
    amount: Decimal


def _buy(year: Year, day: dt.date) -> None:
    delivery = year.working_days_later(day, 6)
    amount = sum((good.bought * good.price for good in GOODS), Decimal(0))
    application = _apply(year, day, delivery, amount)
    quote = _compare(year, year.working_days_later(day, 1), application, amount)
    signed = year.working_days_later(day, 2)
    contract = _sign(year, signed, application, quote, delivery)
    order = Order(application, contract, delivery, amount)
    _receive(year, order, signed)


def _lines() -> list[dict[str, Any]]:
    return [{"name": good.name, "spec": good.spec, "qty": good.bought, "unit": good.unit} for good in GOODS]


def _apply(year: Year, day: dt.date, delivery: dt.date, amount: Decimal) -> str:
    _, _, head, _ = people_of_supply(year)
    applicant = year.all("R-TEAMLEAD")[0]
    items = [
        {**line, "need_by": delivery + dt.timedelta(7), "est_price": good.price}
        for line, good in zip(_lines(), GOODS, strict=True)
    ]
    data = {
        "applicant": applicant,
        "dept": "D-CS",
        "date": day,
        "purpose": "补充台席耳麦和办公用纸。",
        "items": numbered(items),
    }
    return year.record(
        "F-PURAPPLY",
        moment(day, 9),
        act("apply", applicant, moment(day, 9, 20), data),
        act("confirm", year.manager, moment(day, 11)),
        act("review", head, moment(day, 15), {"method": "quote", "budget_ok": True, "approved_amount": amount}),
    )


def _compare(year: Year, day: dt.date, application: str, amount: Decimal) -> str:
    buyer, _, head, _ = people_of_supply(year)
    quotes = [
        {"supplier": name, "qualified": True, "quote": (amount * Decimal(rate)).quantize(Decimal("0.01"))}
        for name, rate in SUPPLIERS
    ]
    data = {"purchase": application, "buyer": buyer, "quotes": numbered(quotes), "chosen": "1"}
    return year.record(
        "F-QUOTE",
        moment(day, 9),
        act("compare", buyer, moment(day, 11), data),
        act("review", head, moment(day, 14)),
        act("place_order", buyer, moment(day, 16), {"ordered_on": day}),
    )


def _sign(year: Year, day: dt.date, application: str, quote: str, delivery: dt.date) -> str:
    buyer = people_of_supply(year)[0]
    paper = scan(f"Contract of {day}")
    name, file = attachment("contract.pdf", paper)
    items = [{**line, "price": good.price} for line, good in zip(_lines(), GOODS, strict=True)]
    data = {
        "application": application,
        "quote": quote,
        "buyer": buyer,
        "supplier": SUPPLIERS[0][0],
        "contract_no": f"YS-{day:%Y%m%d}",
        "signed_at": day,
        "items": numbered(items),
        "delivery_at": delivery,
        "quality_standard": "全新原装，耳麦保修一年，纸张无受潮。",
        "file": file,
    }
    return year.record(
        "F-CONTRACT",
        moment(day, 10),
        act("register", buyer, moment(day, 10, 30), data),
        act("review", year.one("R-GENMGR"), moment(day, 15)),
        files={name: paper},
    )


def _receive(year: Year, order: Order, signed: dt.date) -> None:
    """Two headsets are faulty and exchanged; what is good goes to the store, and the invoice is paid when all is there."""
    again = year.working_days_later(order.delivery, 4)
    names = year.next_number("F-ACCEPT", order.delivery), year.next_number("F-REJECT", order.delivery)
    accepted = _accept(year, order, order.delivery, names[1])
    replacement = _accept_again(year, order, again)
    _reject(year, order.delivery, accepted, replacement, again)
    _track(year, order, signed, accepted)
    sheets = [
        _store(year, order.delivery, accepted, [GOODS[0].bought - FAULTY, GOODS[1].bought]),
        _store(year, again, replacement, [FAULTY]),
    ]
    _settle(year, year.working_days_later(again, 1), order, sheets)
    assert accepted == names[0]


def _accept(year: Year, order: Order, day: dt.date, reject: str) -> str:
    buyer, _, head, _ = people_of_supply(year)
    good = [GOODS[0].bought - FAULTY, GOODS[1].bought]
    items = [
        {
            "item": each.name,
            "ordered": each.bought,
            "arrived": each.bought,
            "ok": count == each.bought,
            "accepted": count,
        }
        for each, count in zip(GOODS, good, strict=True)
    ]
    items[0]["defect"] = "两副有电流声。"
    inspectors = [year.one("R-CUSTODIAN"), year.one("R-TELECH")]
    data = {"contract": order.contract, "arrived_at": moment(day, 9), "buyer": buyer, "inspectors": inspectors}
    done = year.working_days_later(day, 4)
    return year.record(
        "F-ACCEPT",
        moment(day, 9, 30),
        act("inspect", inspectors[0], moment(day, 11), {**data, "items": numbered(items), "verdict": "partial"}),
        act("inspect", inspectors[1], moment(day, 11, 20)),
        act("settle", buyer, moment(day, 14), {"reject": reject}),
        act("verify", inspectors[0], moment(done, 15), {"result": "两副已换新，试听正常。"}),
        act("close", head, moment(done, 16)),
    )


def _accept_again(year: Year, order: Order, day: dt.date) -> str:
    buyer, _, head, _ = people_of_supply(year)
    item = {"item": GOODS[0].name, "ordered": GOODS[0].bought, "arrived": FAULTY, "ok": True, "accepted": FAULTY}
    inspectors = [year.one("R-CUSTODIAN"), year.one("R-TELECH")]
    data = {"contract": order.contract, "arrived_at": moment(day, 9), "buyer": buyer, "inspectors": inspectors}
    return year.record(
        "F-ACCEPT",
        moment(day, 9, 30),
        act("inspect", inspectors[0], moment(day, 10), {**data, "items": numbered([item]), "verdict": "pass"}),
        act("inspect", inspectors[1], moment(day, 10, 20)),
        act("close", head, moment(day, 11)),
    )


def _reject(year: Year, day: dt.date, accepted: str, replacement: str, again: dt.date) -> None:
    buyer, _, head, _ = people_of_supply(year)
    item = {"item": GOODS[0].name, "qty": FAULTY, "defect": "有电流声。"}
    data = {"accept": accepted, "date": day, "buyer": buyer, "items": numbered([item]), "action": "exchange"}
    year.record(
        "F-REJECT",
        moment(day, 13),
        act("record", buyer, moment(day, 13, 30), data),
        act("agree", buyer, moment(day, 16), {"supplier_action": "四个工作日内换新。", "due_on": again}),
        act("finish", buyer, moment(again, 13), {"done_at": again, "replacement": replacement}),
        act("verify", head, moment(again, 14)),
    )


def _track(year: Year, order: Order, signed: dt.date, accepted: str) -> None:
    buyer, _, head, _ = people_of_supply(year)
    shipped = year.working_days_later(signed, 2)
    head_of_sheet = {
        "contract": order.contract,
        "opened_on": signed,
        "buyer": buyer,
        "delivery_at": order.delivery,
        "contact_person": "刘经理 13900001234",
    }
    step = {"stage": "shipped", "planned": shipped, "actual": shipped}
    end = {"arrived_on": order.delivery, "accept": accepted, "rating": "按期到货，包装完好，换货及时。"}
    year.record(
        "F-PURTRACK",
        moment(signed, 16),
        act("open", buyer, moment(signed, 16, 20), head_of_sheet),
        act("follow", buyer, moment(shipped, 10), {"progress": numbered([step])}),
        act("arrive", buyer, moment(order.delivery, 16), end),
        act("close", head, moment(order.delivery, 17)),
    )


def _store(year: Year, day: dt.date, accepted: str, counts: Sequence[int]) -> str:
    buyer, keeper, _, finance = people_of_supply(year)
    items = [
        {
            "item": good.code,
            "name": good.name,
            "spec": good.spec,
            "qty": count,
            "unit": good.unit,
            "unit_price": good.price,
            "location": "库房一号架",
        }
        for good, count in zip(GOODS, counts, strict=False)
    ]
    data = {
        "date": day,
        "accept": accepted,
        "supplier": SUPPLIERS[0][0],
        "keeper": keeper,
        "buyer": buyer,
        "items": numbered(items),
    }
    for good, count in zip(GOODS, counts, strict=False):
        move(year, good.code, day, count)
    return year.record(
        "F-STOCKIN",
        moment(day, 15),
        act("store", keeper, moment(day, 15, 30), data),
        act("deliver", buyer, moment(day, 15, 40)),
        act("check", finance, moment(day, 17)),
    )


def _settle(year: Year, day: dt.date, order: Order, sheets: Sequence[str]) -> None:
    buyer, _, _, finance = people_of_supply(year)
    paper = scan(f"Invoice of {day}")
    name, file = attachment("invoice.pdf", paper)
    data = {
        "date": day,
        "buyer": buyer,
        "dept": "D-ADMIN",
        "contract": order.contract,
        "stockin": list(sheets),
        "supplier": SUPPLIERS[0][0],
        "invoice_no": f"0440{day:%y%m%d}17",
        "invoice_date": day,
        "invoice_qty": sum(good.bought for good in GOODS),
        "invoice_amount": order.amount,
        "amount": order.amount,
        "invoice": file,
    }
    year.record(
        "F-REIMBURSE",
        moment(day, 9),
        act("claim", buyer, moment(day, 9, 30), data),
        act("confirm", year.one("R-ADMINMGR"), moment(day, 11)),
        act("review", year.one("R-FINMGR"), moment(day, 14), {"genuine": True, "three_agree": True}),
        act("approve", year.leader, moment(day, 15)),
        act("pay", finance, moment(day, 17), {"paid_at": day, "voucher": f"FK-{day:%Y%m%d}"}),
        files={name: paper},
    )
