"""Uniforms from the design to the scrap: bought once a year, issued to those whose turn it is and to newcomers."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from benchmarks.scene import Scene
from benchmarks.year.plan import moment
from benchmarks.year.year import Year, act, initialled, numbered

SETS = 2
SPARE = 12  # sets beyond the need of those who are renewed, for newcomers and replacements
PRICES = {"top": "128.00", "trousers": "96.00", "tie": "28.00"}
SUPPLIERS = (
    ("锦程服饰", 97, 94),
    ("华裳制衣", 99, None),
    ("新丝路服装", 101, None),
)  # per cent of the plan: offered, agreed
CRITERIA = (("S0003", "88.0", "90.0", "85.0"), ("S0010", "86.0", "92.0", "84.0"), ("S0019", "90.0", "85.0", "88.0"))
LAST_ON_PAPER = dt.date(2024, 11, 20)
SIZES = ("165/84A", "170/88A", "175/92A", "180/96A")


def work(year: Year, day: dt.date) -> None:
    first = year.working_day(year.plan.start)
    if day == first:
        _buy(year, first)
    for turn in year.staffing.turns:
        if day == turn.joined + dt.timedelta(4):
            _equip(year, day, turn.newcomer)
    if year.within(day) and day == year.working_day(day.replace(day=16)):
        _inspect(year, year.scene(day, "F-UNICHECK"))
        if day.month % 3 == 2:
            _damage(year, year.scene(day, "F-UNIDAMAGE"))
            _replace(year, year.scene(day, "F-UNISCRAP"))


def _buyers(year: Year) -> tuple[str, str, str]:
    """Who buys, who keeps the stock, who is head of both."""
    buyer, keeper = year.all("R-ADMINSTAFF")[:2]
    return buyer, keeper, year.one("R-ADMINMGR")


# buying


def _buy(year: Year, day: dt.date) -> None:
    buyer, _keeper, head = _buyers(year)
    design = _design(year, year.scene(day, "F-UNIDESIGN"), buyer, head)
    second, third, fourth = (year.working_days_later(day, n) for n in (1, 2, 5))
    people = len(year.agents(year.plan.start))
    count = people * SETS + SPARE
    items = [
        {"item": item, "qty": count, "colour": "藏青", "material": "毛涤混纺", "unit_price": price}
        for item, price in PRICES.items()
    ]
    plan = year.next_number("F-UNIPLAN", second)
    total = sum(count * int(float(price)) for price in PRICES.values())
    accepted = _accept(year, fourth, plan, count)
    _compare(year, third, plan, total)
    stock = {f"uniform-stock-{part}": 0 for part in ("top", "bottom", "neck")}
    data = {
        "year": year.plan.end.year,
        "season": "all",
        "headcount": people,
        "design": design,
        "items": items,
        "budget": f"{total + 500}.00",
        "reason": "上批制服已满两年，按每人两套更换，另备新员工和补领用量。",
    }
    year.record(
        "F-UNIPLAN",
        moment(second, 9),
        act("submit", buyer, moment(second, 9, 30), data),
        act("review", head, moment(second, 11), {"review_note": "数量与在册人数相符。"}),
        act("approve", year.leader, moment(second, 15)),
        act("fulfil", buyer, moment(fourth, 17), {"acceptances": [accepted], "spent": _share(total, SUPPLIERS[0][2])}),
        answers=stock,
    )
    year.later(year.working_days_later(fourth, 1), _renew)


def _design(year: Year, scene: Scene, drafter: str, head: str) -> str:
    rows = [{"assessor": a, "corporate_image": b, "fit_work": c, "looks": d} for a, b, c, d in CRITERIA]
    data = {
        "season": "all",
        "style": "两粒扣西装外套，直筒西裤，斜纹领带。",
        "colour": "藏青",
        "material": "毛涤混纺",
        "drafter": drafter,
    }
    return year.record(
        "F-UNIDESIGN",
        scene.at(9),
        act("submit", drafter, scene.at(10), data),
        *initialled("assess", "criteria", rows, "assessor", scene.at(14)),
        act("publish", head, scene.at(16)),
    )


def _share(total: int, percent: int | None) -> str | None:
    return f"{total * percent / 100:.2f}" if percent else None


def _compare(year: Year, day: dt.date, plan: str, total: int) -> None:
    buyer, _, head = _buyers(year)
    quotes = [
        {
            "supplier": name,
            "qualified": True,
            "quote": _share(total, offer),
            "negotiated": _share(total, agreed),
            "delivery_days": 3,
        }
        for name, offer, agreed in SUPPLIERS
    ]
    data = {"purchase": plan, "buyer": buyer, "quotes": numbered(quotes), "chosen": "1"}
    year.record(
        "F-QUOTE",
        moment(day, 9),
        act("compare", buyer, moment(day, 11), data),
        act("review", head, moment(day, 14)),
        act("approve", year.leader, moment(day, 15)),
        act("place_order", buyer, moment(day, 16), {"ordered_on": day}),
    )


def _accept(year: Year, day: dt.date, plan: str, count: int) -> str:
    buyer, keeper, head = _buyers(year)
    inspectors = [keeper, year.one("R-CUSTODIAN")]
    items = [
        {
            "item": item,
            "ordered": count,
            "arrived": count,
            "qty_ok": True,
            "style_ok": True,
            "colour_ok": True,
            "quality_ok": True,
            "accepted": count,
        }
        for item in PRICES
    ]
    data = {"plan": plan, "arrived_at": moment(day, 10), "buyer": buyer, "inspectors": inspectors}
    return year.record(
        "F-UNIACCEPT",
        moment(day, 10, 5),
        act("register", buyer, moment(day, 10, 10), data),
        act("inspect", inspectors[0], moment(day, 14), {"items": items}),
        act("inspect", inspectors[1], moment(day, 14, 10)),
        act("close", head, moment(day, 16)),
    )


# requests and issues


def _renew(year: Year, day: dt.date) -> None:
    requests = []
    for n, staff in enumerate(year.agents(year.plan.start)):
        why = {"reason": "renew", "sets": SETS, "paper_issued_on": LAST_ON_PAPER}
        requests.append((staff, _request(year, day, n, staff, why, SETS)))
    _issue(year, year.working_days_later(day, 1), requests, SETS)


def _request(
    year: Year, day: dt.date, nth: int, staff: str, why: dict[str, Any], qty: int, items: Sequence[str] = ()
) -> str:
    wanted = [{"item": each, "size": SIZES[nth % len(SIZES)], "qty": qty} for each in items or PRICES]
    _, keeper, _ = _buyers(year)
    data = {"applicant": staff, "dept": "D-CS", "date": day, "items": wanted, **why}
    return year.record(
        "F-UNIAPPLY",
        moment(day, 9, nth),
        act("apply", staff, moment(day, 10, nth), data),
        act("confirm", year.manager, moment(day, 14, nth)),
        act("hand_out", keeper, moment(day, 15, nth)),
    )


def _issue(year: Year, day: dt.date, requests: Sequence[tuple[str, str]], qty: int, items: Sequence[str] = ()) -> str:
    """A sheet of the register: issued in the morning, each line initialled by who received it."""
    _buyer, keeper, head = _buyers(year)
    rows = [
        {
            "date": day,
            "receiver": staff,
            "dept": "D-CS",
            "item": item,
            "size": SIZES[0],
            "qty": qty,
            "price": PRICES[item],
            "application": id,
        }
        for staff, id in requests
        for item in items or PRICES
    ]
    for row in rows:
        year.book["uniforms"].setdefault(row["receiver"], []).append(row)
    start = moment(day, 13)
    soon = dt.timedelta(minutes=1)
    received = [
        act("receive", str(row["receiver"]), start + (n + 20) * soon, row=str(n)) for n, row in enumerate(rows, start=1)
    ]
    id = year.record(
        "F-UNIISSUE",
        moment(day, 9),
        act("open_register", keeper, moment(day, 9, 5), {"opened_on": day.replace(day=1), "issuer": keeper}),
        act("issue", keeper, start, {"items": numbered(rows)}),
        *received,
        act("close", head, moment(day, 17)),
    )
    for n, row in enumerate(rows, start=1):
        year.book["issued"][row["receiver"], row["item"]] = (f"{id}#{n}", day, row["price"])
    return id


def _equip(year: Year, day: dt.date, staff: str) -> None:
    request = _request(year, day, 0, staff, {"reason": "new", "sets": SETS}, SETS)
    _issue(year, year.working_days_later(day, 1), [(staff, request)], SETS)


# wear and tear


def _inspect(year: Year, scene: Scene) -> None:
    inspector = year.all("R-TEAMLEAD")[1]
    rows = [
        {"staff": each, "worn": "complete", "tidy": True, "badge": True, "tie": True, "decoration": False}
        for each in year.crew[scene.day, "early"]
    ]
    year.record(
        "F-UNICHECK",
        scene.at(8, 20),
        act(
            "inspect",
            inspector,
            scene.at(8, 40),
            {"date": scene.day, "dept": "D-CS", "inspector": inspector, "checks": rows},
        ),
        act("close", year.one("R-SUPERVISOR"), scene.at(16, 30)),
    )


def _damage(year: Year, scene: Scene) -> None:
    """A button torn off at the desk: repaired, nothing to be paid."""
    staff = year.staffing.known[1]
    place, issued, price = year.book["issued"][staff, "top"]
    data = {
        "staff": staff,
        "dept": "D-CS",
        "item": "top",
        "issue": place,
        "kind": "damaged",
        "at": scene.at(11),
        "cause": "work",
        "reported_at": scene.at(12),
    }
    year.record(
        "F-UNIDAMAGE",
        scene.at(12),
        act("report_loss", staff, scene.at(12, 10), data),
        act("confirm", year.manager, scene.at(15)),
        act("settle", _buyers(year)[1], scene.at(16), {"handling": "repair"}),
        answers={"uniform-issue-date": issued, "uniform-issue-price": price},
    )


def _replace(year: Year, scene: Scene) -> None:
    """Trousers beyond repair are scrapped and replaced."""
    staff = year.staffing.known[2 + scene.day.month // 3]
    _, issued, _ = year.book["issued"][staff, "trousers"]
    _, keeper, head = _buyers(year)
    picture_free = {"items": [{"item": "trousers", "issued": issued, "qty": 1, "reason": "irreparable"}]}
    following = year.working_days_later(scene.day, 1)
    scrap = year.record(
        "F-UNISCRAP",
        scene.at(9),
        act("apply", staff, scene.at(9, 30), {"staff": staff, "dept": "D-CS", "source": "in_use", **picture_free}),
        act("confirm", year.manager, scene.at(11)),
        act("review_request", head, scene.at(14), {"disposal": "destroy"}),
        act("dispose", keeper, scene.at(16), {"disposed_at": scene.at(15, 40)}),
    )
    why = {"reason": "replace", "sets": 0, "basis": scrap}
    request = _request(year, following, 0, staff, why, 1, ["trousers"])
    _issue(year, year.working_days_later(following, 1), [(staff, request)], 1, ["trousers"])
