"""What goes wrong with purchases, the store and equipment."""

import datetime as dt
from typing import Any

from benchmarks.story import Story
from benchmarks.year.plan import moment
from benchmarks.year.plot import Plot, Tale, values
from benchmarks.year.purchase import GOODS
from benchmarks.year.supply import EQUIPMENT
from benchmarks.year.year import act, numbered


def _last(plot: Plot, form: str) -> Story:
    """Of the purchase in October."""
    return [each for each in plot.every(form) if each.day.month == 10][-1]


def _contract(plot: Plot) -> None:
    quote = next(each for each in plot.every("F-QUOTE") if each.day.month == 10 and "CG-" in values(each)["purchase"])
    contract = _last(plot, "F-CONTRACT")
    tale = Tale("合同没有签给询价选定的供应商。", "The contract is not with the supplier that was chosen.")
    plot.alter(quote, {"chosen": "2", "reason": "第二家承诺上门安装。"})
    plot.expect("WSP506", contract, "REG-PURCHASE/3", tale, "purchase-quotation-agreed")
    application = plot.told(values(contract)["application"])
    late = dt.date.fromisoformat(values(application)["items"][0]["need_by"]) + dt.timedelta(1)
    tale = Tale("合同的交货日期晚于需求时间。", "Delivery is later than the goods are needed.", len(GOODS))
    contract = plot.alter(contract, {"delivery_at": late})
    plot.expect("WSP506", contract, "REG-PURCHASE/3", tale, "purchase-contract-within-application")
    plot.drop(_last(plot, "F-PURTRACK"))
    tale = Tale("合同签订后没有跟踪进度。", "Nobody followed the contract.")
    plot.expect("WSP506", contract, "REG-PURCHASE/3", tale, "purchase-contract-untracked")


def _delivery(plot: Plot) -> None:
    again = _last(plot, "F-ACCEPT")
    tale = Tale("补货验收时把订购数写多一副。", "The acceptance states another quantity than the contract.")
    plot.expect(
        "WSP506",
        plot.alter(again, {"items.0.ordered": GOODS[0].bought + 1}),
        "REG-PURCHASE/4",
        tale,
        "purchase-acceptance-within-contract",
    )
    tale = Tale("退换数量比验收不合格的少一副。", "Less was sent back than had been refused.")
    plot.expect(
        "WSP506",
        plot.alter(_last(plot, "F-REJECT"), {"items.0.qty": 1}),
        "REG-PURCHASE/4",
        tale,
        "purchase-refused-goods",
    )
    tale = Tale("入库单写了另一家供应商。", "The stock-in names another supplier.")
    stored = plot.alter(_last(plot, "F-STOCKIN"), {"supplier": "恒信商贸"})
    plot.expect("WSP506", stored, "REG-PURCHASE/4", tale, "stock-in-accepted")
    claim = _last(plot, "F-REIMBURSE")
    more = sum(good.bought for good in GOODS) + 1
    tale = Tale("发票数量比入库多一件。", "One piece more was invoiced than stored.")
    plot.expect("WSP506", plot.alter(claim, {"invoice_qty": more}), "REG-PURCHASE/5", tale, "purchase-three-way-match")


def _store(plot: Plot) -> None:
    year = plot.year
    november = plot.told(f"TZ-{year.plan.end.year}11")
    issued = int(values(november)["items"][1]["issued"]) + 1
    changes = {"items.1.issued": issued, "items.1.explanation": "多发一包未登记。", "treatment": "查明后补登记。"}
    tale = Tale("台账多记一包出库。", "The ledger has a packet more issued than the sheets.")
    plot.expect("WSP506", _with_treatment(plot, november, changes), "REG-PURCHASE/6", tale, "stock-ledger-agrees")
    day = year.working_day(dt.date(year.plan.end.year, 12, 29))
    applicant, keeper = year.one("R-RECEPTION"), year.one("R-STORE")
    item = {"item": GOODS[0].code, "name": GOODS[0].name, "qty": 999, "purpose": "年底更换"}
    data = {"applicant": applicant, "dept": "D-ADMIN", "date": day, "keeper": keeper, "items": numbered([item])}
    id = year.record(
        "F-STOCKOUT",
        moment(day, 9),
        act("apply", applicant, moment(day, 9, 20), data),
        act("confirm", year.one("R-ADMINMGR"), moment(day, 10)),
        act("hand_out", keeper, moment(day, 11)),
        act("receive", applicant, moment(day, 11, 10)),
    )
    tale = Tale(
        "出库九百九十九副耳麦，库里没有，台账也没有记。",
        "Headsets went out that were never there, nor does the ledger know of them.",
    )
    plot.expect("WSP506", plot.told(id), "REG-PURCHASE/6", tale, "stock-negative")
    plot.expect("WSP506", plot.told(f"TZ-{year.plan.end.year}12"), "REG-PURCHASE/6", tale, "stock-ledger-agrees")


def _with_treatment(plot: Plot, story: Story, changes: dict[str, Any]) -> Story:
    """What is to be done about a difference stands in the part of the witness."""
    treatment = changes.pop("treatment")
    story = plot.alter(story, changes)
    return plot.alter(story, {"witness": values(story)["witness"], "treatment": treatment})


def _equipment(plot: Plot) -> None:
    year = plot.year
    unknown = plot.pick("F-EQUIPLEND")
    tale = Tale("出借的设备不在台账上。", "Equipment was lent that is in no ledger.")
    plot.expect("WSP506", plot.alter(unknown, {"asset_no": "EQ-999"}), "REG-ASSET/1", tale, "equipment-registered")
    lent = plot.pick("F-EQUIPLEND")
    second = _loan(plot, values(lent)["asset_no"], year.one("R-QA"), lent.day + dt.timedelta(1), back=True)
    tale = Tale("设备没有归还又借给了别人。", "Equipment was lent again before it was back.")
    plot.expect("WSP506", second, "REG-ASSET/1", tale, "equipment-lent-twice")
    turn = year.staffing.turns[-1]
    kept = _loan(plot, EQUIPMENT[-1][0], turn.leaver, turn.last_day - dt.timedelta(6), back=False)
    leaver = next(each for each in plot.every("F-OFFBOARD") if values(each)["staff"] == turn.leaver)
    tale = Tale("离职员工借用的设备没有归还。", "A leaver kept a piece of equipment.")
    plot.expect("WSP506", leaver, "REG-HANDOVER/17", tale, "leaver-equipment-returned")
    plot.expect("REC331", kept, "REG-ASSET/5", tale, "F-EQUIPLEND:back_in_time")


def _loan(plot: Plot, asset: str, borrower: str, day: dt.date, *, back: bool) -> Story:
    year = plot.year
    custodian, returned = year.one("R-CUSTODIAN"), moment(day + dt.timedelta(1), 15)
    data = {
        "asset_no": asset,
        "item": "借用设备",
        "borrower": borrower,
        "custodian": custodian,
        "purpose": "录音讲评。",
        "from_at": moment(day, 10),
        "due_at": moment(day + dt.timedelta(3), 18),
        "condition_out": "完好。",
    }
    giving_back = {"returned_at": returned, "condition_in": "完好。", "intact": True}
    ending = [act("take_back", custodian, returned + dt.timedelta(minutes=5), giving_back)] if back else []
    id = year.record(
        "F-EQUIPLEND",
        moment(day, 9, 30),
        act("borrow", borrower, moment(day, 9, 40), data),
        act("lend", custodian, moment(day, 10)),
        *ending,
    )
    return plot.told(id)


AFTER = (_contract, _delivery, _store, _equipment)
