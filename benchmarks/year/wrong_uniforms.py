"""What goes wrong with uniforms: bought, issued, worn out and handed back."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from benchmarks.story import Story
from benchmarks.year.plan import moment
from benchmarks.year.plot import Plot, Tale, values
from benchmarks.year.uniform import LAST_ON_PAPER, PRICES
from benchmarks.year.year import act, numbered


def _issue_of_renewal(plot: Plot) -> Story:
    """The big register: everybody whose turn it was."""
    return max(plot.every("F-UNIISSUE"), key=lambda story: len(values(story)["items"]))


# buying


def _too_many_accepted(plot: Plot) -> None:
    story = plot.every("F-UNIACCEPT")[0]
    place = [*PRICES].index("tie")
    count = int(values(story)["items"][place]["accepted"]) + 1
    more = {f"items.{place}.{field}": count for field in ("ordered", "arrived", "accepted")}
    tale = Tale("验收入库比计划多一条领带。", "One tie more was accepted than planned.")
    plot.expect("WSP506", plot.alter(story, more), "REG-UNIFORM/3", tale, "uniform-accepted-within-plan")


def _not_compared(plot: Plot) -> None:
    """The quotations were never agreed, and yet the goods arrived."""
    plot.cut(plot.every("F-QUOTE")[0], "review")
    tale = Tale("询价记录没有审核就到货验收。", "Goods arrived though no quotation had been agreed.")
    plot.expect("WSP506", plot.every("F-UNIACCEPT")[0], "REG-UNIFORM/3", tale, "uniform-quotation-missing")


def _bought_without_plan(plot: Plot) -> None:
    """Scarves for the counter: only applied for, compared and agreed nevertheless, and dearer than budgeted."""
    year = plot.year
    day = dt.date(year.plan.end.year, 10, 12)
    buyer, head = year.all("R-ADMINSTAFF")[0], year.one("R-ADMINMGR")
    item = {"item": "scarf", "qty": 20, "colour": "宝蓝", "material": "真丝", "unit_price": "30.00"}
    data = {"year": day.year, "season": "autumn", "headcount": 1, "items": [item], "budget": "600.00"}
    plan = year.record("F-UNIPLAN", moment(day, 9), act("submit", buyer, moment(day, 10), data))
    quotes = [
        {"supplier": name, "qualified": True, "quote": price}
        for name, price in (("锦程服饰", "640.00"), ("华裳制衣", "660.00"), ("新丝路服装", "690.00"))
    ]
    quote = year.record(
        "F-QUOTE",
        moment(day, 13),
        act(
            "compare",
            buyer,
            moment(day, 14),
            {"purchase": plan, "buyer": buyer, "quotes": numbered(quotes), "chosen": "1"},
        ),
        act("review", head, moment(day, 15)),
    )
    tale = Tale("丝巾采购计划还没批准就询价成交。", "Quotations were agreed before the plan was approved.")
    plot.expect("WSP506", plot.told(quote), "REG-UNIFORM/3", tale, "uniform-purchase-approved")
    tale = Tale("成交价高于预算。", "The price agreed was above the budget.")
    plot.expect("WSP506", plot.told(quote), "REG-UNIFORM/3", tale, "uniform-quote-within-budget")


# issuing


def _issued_unapproved(plot: Plot) -> None:
    issue = _issue_of_renewal(plot)
    request = values(issue)["items"][0]["application"]
    plot.cut(plot.told(request), "confirm")
    tale = Tale("部门负责人没有同意就发放了全套。", "A set was issued without the head's consent.", len(PRICES))
    plot.expect("WSP506", issue, "REG-UNIFORM/6", tale, "uniform-issue-approved")
    place = 2 * len(PRICES)
    tale = Tale("一人多领一件上衣。", "Somebody got one top more than requested.")
    story = plot.alter(issue, {f"items.{place}.qty": 3})
    plot.expect("WSP506", story, "REG-UNIFORM/6", tale, "uniform-issue-matches")


def _request(plot: Plot, day: dt.date, staff: str, facts: Mapping[str, Any], item: str = "tie") -> Story:
    year = plot.year
    wanted = [{"item": item, "size": "165/84A", "qty": 1}]
    data = {"applicant": staff, "dept": "D-CS", "date": day, "items": wanted, **facts}
    id = year.record(
        "F-UNIAPPLY",
        moment(day, 9),
        act("apply", staff, moment(day, 9, 30), data),
        act("confirm", year.manager, moment(day, 14)),
    )
    return plot.told(id)


def _asked_twice(plot: Plot) -> None:
    year = plot.year
    day = dt.date(year.plan.end.year, 12, 9)
    newcomer = year.staffing.turns[-1].newcomer
    story = _request(plot, day, newcomer, {"reason": "new", "sets": 1})
    tale = Tale("新员工第三次申领整套。", "A newcomer asked for a third set.")
    plot.expect("WSP506", story, "REG-UNIFORM/5", tale, "uniform-new-sets")
    known = year.staffing.known[-1]
    story = _request(plot, day, known, {"reason": "renew", "sets": 1, "paper_issued_on": LAST_ON_PAPER})
    tale = Tale(
        "今年刚领过，却按旧台账申请换新。",
        "A renewal cites the old paper register though pieces were issued this year.",
    )
    plot.expect("WSP506", story, "REG-UNIFORM/9", tale, "uniform-renewal-latest")
    scrap = plot.every("F-UNISCRAP")[-1]
    facts = {"reason": "replace", "sets": 0, "basis": scrap.id}
    story = _request(plot, day, scrap.created_by, facts, "trousers")
    tale = Tale("同一张报废单第二次用来补领。", "One scrap application served for two replacements.")
    plot.expect("WSP506", story, "REG-UNIFORM/10", tale, "uniform-replacement-basis")


# wear, loss and leaving


def _others_piece(plot: Plot) -> None:
    story = plot.pick("F-UNIDAMAGE")
    data = values(story)
    issue, _, no = data["issue"].partition("#")
    rows = values(plot.told(issue))["items"]
    other = next(row for row in rows if row["item"] == data["item"] and row["receiver"] != data["staff"])
    tale = Tale("报损时引用了同事的领用记录。", "The damage report cites a colleague's issue.")
    story = plot.alter(story, {"issue": f"{issue}#{other['no']}"})
    plot.expect("WSP506", story, "REG-UNIFORM/8", tale, "uniform-damage-issue")
    assert no != other["no"]


def _never_issued(plot: Plot) -> None:
    story = plot.pick("F-UNISCRAP")
    tale = Tale("申请报废的裤子在领用记录里查不到。", "The trousers to be scrapped were never issued on that day.")
    issued = dt.date.fromisoformat(values(story)["items"][0]["issued"]) - dt.timedelta(1)
    story = plot.alter(story, {"items.0.issued": issued})
    plot.expect("WSP506", story, "REG-UNIFORM/10", tale, "uniform-scrap-issued")


def _stock_runs_out(plot: Plot) -> None:
    year = plot.year
    day = year.working_day(dt.date(year.plan.end.year, 12, 28))
    keeper, head = year.all("R-ADMINSTAFF")[1], year.one("R-ADMINMGR")
    item = {"item": "tie", "qty": 99, "reason": "worn"}
    id = year.record(
        "F-UNISCRAP",
        moment(day, 9),
        act("apply", keeper, moment(day, 10), {"staff": keeper, "dept": "D-ADMIN", "source": "stock", "items": [item]}),
        act("confirm", head, moment(day, 11)),
        act("review_request", year.one("R-GENMGR"), moment(day, 14), {"disposal": "destroy"}),
        act("dispose", year.one("R-CUSTODIAN"), moment(day, 16), {"disposed_at": moment(day, 15)}),
    )
    tale = Tale("报废出库九十九条领带，库里没有这么多。", "Ninety-nine ties left the stock, which held fewer.")
    plot.expect("WSP506", plot.told(id), "REG-UNIFORM/16", tale, "uniform-stock-negative")


def _left_with_uniform(plot: Plot) -> None:
    story = plot.pick("F-UNIRETURN")
    items = values(story)["items"]
    story = plot.alter(story, {"items": [{**items[0], "price": "99.00"}, *items[1:-1]]})
    story = plot.cut(story, "settle")
    tale = Tale("退还单少列一条领带。", "The return does not list one tie.")
    plot.expect("WSP506", story, "REG-UNIFORM/11", tale, "uniform-return-complete")
    tale = Tale("退还单上的单价与发放时不同。", "The price is not the one at which the piece was issued.")
    plot.expect("WSP506", story, "REG-UNIFORM/11", tale, "uniform-return-price")
    leaver = next(each for each in plot.every("F-OFFBOARD") if values(each)["uniform"] == story.id)
    tale = Tale("制服还没有结清就办完了离职。", "Somebody left before the uniform was settled.")
    plot.expect("WSP506", leaver, "REG-UNIFORM/11", tale, "leaver-uniform-settled")


AFTER = (
    _too_many_accepted,
    _not_compared,
    _bought_without_plan,
    _issued_unapproved,
    _asked_twice,
    _others_piece,
    _never_issued,
    _stock_runs_out,
    _left_with_uniform,
)
