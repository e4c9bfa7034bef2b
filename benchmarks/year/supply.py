"""Things in the house: handed out and counted, equipment lent; the gate, and an accident."""

import datetime as dt

from benchmarks.scene import Scene
from benchmarks.year.plan import add_months, moment
from benchmarks.year.purchase import GOODS, move, people_of_supply
from benchmarks.year.year import Year, act, initialled, numbered

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


# the store


def _hand_out(year: Year, scene: Scene) -> None:
    """Administration draws what the desks need for the month."""
    _, keeper, head, _ = people_of_supply(year)
    applicant = year.one("R-RECEPTION")
    items = [
        {"item": good.code, "name": good.name, "qty": good.used, "purpose": "台席和前台日常使用"} for good in GOODS
    ]
    for good in GOODS:
        move(year, good.code, scene.day, -good.used)
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
    _, keeper, head, finance = people_of_supply(year)
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
    year.record(
        "F-SUPPLIES",
        scene.at(9),
        act(
            "open",
            keeper,
            scene.at(9, 10),
            {"month_end": last, "keeper": keeper, "opening": [{"item": code, "name": name, "qty": left}]},
        ),
        *initialled("receive", "rows", rows, "to", drawn),
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
    passages = (
        (scene.at(9, 40), visitor, "in", True, "到技术部送样。"),
        (scene.at(10, 50), visitor, "out", True, "离开。"),
        (scene.at(14, 20), "推销人员", "in", False, "无预约，劝离。"),
    )
    rows = [
        {
            "at": at,
            "person": person,
            "direction": direction,
            "verified": known,
            "outcome": "passed" if known else "refused",
            "reason": reason,
            "by": keeper,
        }
        for at, person, direction, known, reason in passages
    ]
    year.record(
        "F-ACCESSLOG",
        scene.at(8, 40),
        act("open", keeper, scene.at(8, 45), {"date": scene.day, "gate": "G1", "keeper": keeper}),
        *initialled("enter", "rows", rows, "by", scene.at(17)),
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
