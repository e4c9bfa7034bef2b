"""Things: bought when they run short, accepted, stored, handed out and counted; equipment lent; the gate and its accidents."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from benchmarks.scene import Scene
from benchmarks.year.paper import attachment, scan
from benchmarks.year.plan import add_months, moment
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
DESK_SUPPLIES = ("PEN", "签字笔 黑", 40)
EQUIPMENT = (("EQ-001", "投影仪"), ("EQ-002", "便携音箱"), ("EQ-003", "录音笔"), ("EQ-004", "平板电脑"))
LENT = 3  # of them by turns


def work(year: Year, day: dt.date) -> None:
    if not year.within(day):
        return
    first = year.plan.start
    if day == first:
        _open_equipment(year, year.scene(year.working_day(day), "F-EQUIPLEDGER"))
    if day.day == 1:
        _desk_supplies(year, year.scene(day, "F-SUPPLIES"))
    if day.month % 3 in BUYING and day == year.working_day(day.replace(day=8)):
        _buy(year, day)
    if day == year.working_day(day.replace(day=6)):
        _hand_out(year, year.scene(day, "F-STOCKOUT"))
    if day == year.working_day(day.replace(day=13)):
        _lend(year, year.scene(day, "F-EQUIPLEND"))
    if day.weekday() == 1 and year.is_working(day):
        _gate(year, year.scene(day, "F-ACCESSLOG"))
    if day.month % 6 == 5 and day == year.working_day(day.replace(day=24)):
        _accident(year, year.scene(day, "F-ACCIDENT"))
    if day == add_months(day.replace(day=1), 1) - dt.timedelta(1):
        _count(year, year.scene(day, "F-STOCKLEDGER"))


def _people(year: Year) -> tuple[str, str, str, str]:
    """Who buys, who keeps the store, who is head of administration, who counts the money."""
    return year.all("R-ADMINSTAFF")[0], year.one("R-STORE"), year.one("R-ADMINMGR"), year.one("R-FINANCE")


# buying


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
    _, _, head, _ = _people(year)
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
    buyer, _, head, _ = _people(year)
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
    buyer = _people(year)[0]
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
    buyer, _, head, _ = _people(year)
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
    buyer, _, head, _ = _people(year)
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
    buyer, _, head, _ = _people(year)
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
    buyer, _, head, _ = _people(year)
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
    buyer, keeper, _, finance = _people(year)
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
        _move(year, good.code, day, count)
    return year.record(
        "F-STOCKIN",
        moment(day, 15),
        act("store", keeper, moment(day, 15, 30), data),
        act("deliver", buyer, moment(day, 15, 40)),
        act("check", finance, moment(day, 17)),
    )


def _settle(year: Year, day: dt.date, order: Order, sheets: Sequence[str]) -> None:
    buyer, _, _, finance = _people(year)
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


# the store


def _move(year: Year, code: str, day: dt.date, count: int) -> None:
    year.book["stock"].setdefault((code, day.replace(day=1)), []).append(count)


def _hand_out(year: Year, scene: Scene) -> None:
    """Administration draws what the desks need for the month."""
    _, keeper, head, _ = _people(year)
    applicant = year.one("R-RECEPTION")
    items = [
        {"item": good.code, "name": good.name, "qty": good.used, "purpose": "台席和前台日常使用"} for good in GOODS
    ]
    for good in GOODS:
        _move(year, good.code, scene.day, -good.used)
    data = {"applicant": applicant, "dept": "D-ADMIN", "date": scene.day, "keeper": keeper, "items": numbered(items)}
    year.record(
        "F-STOCKOUT",
        scene.at(9),
        act("apply", applicant, scene.at(9, 20), data),
        act("confirm", head, scene.at(10)),
        act("hand_out", keeper, scene.at(11)),
        act("receive", applicant, scene.at(11, 10)),
    )


def _count(year: Year, scene: Scene) -> None:
    _, keeper, head, finance = _people(year)
    items = []
    for good in GOODS:
        moves = year.book["stock"].pop((good.code, scene.day.replace(day=1)), [])
        opening = year.book["counted"].get(good.code, good.opening)
        received, issued = sum(n for n in moves if n > 0), -sum(n for n in moves if n < 0)
        year.book["counted"][good.code] = counted = opening + received - issued
        items.append(
            {
                "item": good.code,
                "name": f"{good.name} {good.spec}",
                "unit": good.unit,
                "location": "库房一号架",
                "opening": opening,
                "received": received,
                "issued": issued,
                "min_stock": good.used,
                "counted": counted,
            }
        )
    data = {"month_end": scene.day, "keeper": keeper, "items": items}
    year.record(
        "F-STOCKLEDGER",
        scene.at(14),
        act("count", keeper, scene.at(15), data),
        act("attend", finance, scene.at(15, 30), {"witness": finance}),
        act("close", head, scene.at(16, 30)),
    )


def _desk_supplies(year: Year, scene: Scene) -> None:
    """The page of a month: opened on its first day, two agents draw pens, closed on its last."""
    keeper, head = year.one("R-RECEPTION"), year.one("R-ADMINMGR")
    last = add_months(scene.day, 1) - dt.timedelta(1)
    code, name, opening = DESK_SUPPLIES
    left = year.book["desk"].get(code, opening)
    people = year.crew[scene.day, "early"][:2]
    rows = [{"at": scene.day + dt.timedelta(9), "item": code, "issued": 1, "to": each} for each in people]
    year.book["desk"][code] = left - len(rows)
    drawn = scene.at(10) + dt.timedelta(9)
    initials = [
        act("receive", each, drawn + dt.timedelta(minutes=n), row=str(n)) for n, each in enumerate(people, start=1)
    ]
    initials[0] = act("receive", people[0], drawn, {"rows": numbered(rows)}, row="1")
    year.record(
        "F-SUPPLIES",
        scene.at(9),
        act(
            "open",
            keeper,
            scene.at(9, 10),
            {"month_end": last, "keeper": keeper, "opening": [{"item": code, "name": name, "qty": left}]},
        ),
        *initials,
        act("close", keeper, moment(last, 16), {"agrees": True}),
        act("check", head, moment(last, 17)),
    )


# equipment


def _open_equipment(year: Year, scene: Scene) -> None:
    custodian = year.one("R-CUSTODIAN")
    rows = [
        {
            "asset_no": no,
            "name": name,
            "place": "设备间",
            "custodian": custodian,
            "state": "spare",
            "bought": "2026-03-10",
            "price": "1200.00",
        }
        for no, name in EQUIPMENT
    ]
    initials = [act("initial", custodian, scene.at(11, n), row=no) for n, (no, _) in enumerate(EQUIPMENT)]
    initials[0] = act("initial", custodian, scene.at(11), {"equipment": rows}, row=EQUIPMENT[0][0])
    counted = year.working_day(year.plan.end - dt.timedelta(3))
    year.record(
        "F-EQUIPLEDGER",
        scene.at(10),
        act("open", custodian, scene.at(10, 10), {"opened_on": scene.day, "custodian": custodian}),
        *initials,
        act("count", custodian, moment(counted, 15), {"counted_on": counted, "all_found": True}),
        act("close", year.manager, moment(counted, 16)),
    )


def _lend(year: Year, scene: Scene) -> None:
    custodian, borrower = year.one("R-CUSTODIAN"), year.one("R-TRAINER")
    no, name = EQUIPMENT[scene.day.month % LENT]
    data = {
        "asset_no": no,
        "item": name,
        "borrower": borrower,
        "custodian": custodian,
        "purpose": "月度培训使用。",
        "from_at": scene.at(10),
        "due_at": scene.at(18) + dt.timedelta(5),
        "condition_out": "外观完好，功能正常。",
    }
    back = scene.at(16) + dt.timedelta(4)
    year.record(
        "F-EQUIPLEND",
        scene.at(9, 30),
        act("borrow", borrower, scene.at(9, 40), data),
        act("lend", custodian, scene.at(10)),
        act(
            "take_back",
            custodian,
            back + dt.timedelta(minutes=10),
            {"returned_at": back, "condition_in": "完好。", "intact": True},
        ),
    )


# the gate


def _gate(year: Year, scene: Scene) -> None:
    keeper = year.one("R-RECEPTION")
    visitor = scene.customer()
    rows = [
        {
            "at": scene.at(9, 40),
            "person": visitor,
            "direction": "in",
            "verified": True,
            "outcome": "passed",
            "reason": "到技术部送样。",
            "by": keeper,
        },
        {
            "at": scene.at(10, 50),
            "person": visitor,
            "direction": "out",
            "verified": True,
            "outcome": "passed",
            "reason": "离开。",
            "by": keeper,
        },
        {
            "at": scene.at(14, 20),
            "person": "推销人员",
            "direction": "in",
            "verified": False,
            "outcome": "refused",
            "reason": "无预约，劝离。",
            "by": keeper,
        },
    ]
    initials = [act("enter", keeper, scene.at(17, n), row=str(n)) for n in range(1, len(rows) + 1)]
    initials[0] = act("enter", keeper, scene.at(17, 1), {"rows": numbered(rows)}, row="1")
    year.record(
        "F-ACCESSLOG",
        scene.at(8, 40),
        act("open", keeper, scene.at(8, 45), {"date": scene.day, "gate": "G1", "keeper": keeper}),
        *initials,
        act("close", keeper, scene.at(17, 40)),
    )


def _accident(year: Year, scene: Scene) -> None:
    driver = year.one("R-TELECH")
    data = {
        "kind": "electric",
        "at": scene.at(9, 20),
        "reported_at": scene.at(9, 35),
        "place": "设备间",
        "driver": driver,
        "facts": "更换插排时未断电，短路跳闸，无人受伤。",
        "injured": False,
    }
    found = {
        "responsibility": "minor",
        "severe": False,
        "loss": "120.00",
        "joint_liable": year.one("R-TECHMGR"),
        "prevention": "断电挂牌后作业，两人在场。",
    }
    year.record(
        "F-ACCIDENT",
        scene.at(9, 36),
        act("report", driver, scene.at(9, 45), data),
        act("find", year.manager, scene.at(15), found),
        act("decide", year.leader, scene.at(17), {"company_penalty": "批评教育，全员重学用电安全。"}),
    )
