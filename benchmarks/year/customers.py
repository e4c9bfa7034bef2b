"""Customers as the centre knows them: files, classes, plans for the important ones, surveys and what is improved after them."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from benchmarks.scene import Scene
from benchmarks.year.plan import add_months, moment
from benchmarks.year.year import Year, act, numbered

KEY_CUSTOMER = "KH00000001"
CLASSED = (
    (KEY_CUSTOMER, "86000.00", 24, 60),
    ("KH00000002", "32000.00", 12, 40),
    ("KH00000003", "9800.00", 8, 30),
    ("KH00000004", "5200.00", 4, 18),
    ("KH00000005", "1800.00", 2, 9),
    ("KH00000006", "0.00", 0, 2),
)
DIMENSIONS = ("attitude", "efficiency", "quality", "commitment", "overall")
ANSWERS = 14
LEAST_ANSWERS = 5  # for a figure of an agent's own
SATISFIED = 4
QUESTIONS = (
    ("attitude", "接听人员的态度如何？"),
    ("efficiency", "问题是否很快得到处理？"),
    ("quality", "答复是否清楚准确？"),
    ("commitment", "承诺的事项是否按时做到？"),
    ("overall", "总体评价如何？"),
)
TICKETS = ("专线夜间丢包", "光猫注册失败", "企业语音中继单通")


def work(year: Year, day: dt.date) -> None:
    if not year.within(day):
        return
    for date, task in ((10, _file), (26, _file), (15, _watch), (20, _return_goods)):
        if day == year.working_day(day.replace(day=date)):
            task(year, year.scene(day, f"{task.__name__} {date}"))
    if day.weekday() == 4 and year.is_working(day):
        _ticket(year, year.scene(day, "F-TECHTICKET"))
    if day.month % 3 == 1 and day == year.working_day(day.replace(day=8)):
        _classify(year, year.scene(day, "F-CUSTCLASS"))
    if day == year.working_day(add_months(year.plan.start, 1) - dt.timedelta(9)):
        _plan_for_key_customer(year, year.scene(day, "F-VIPPLAN"))
    if day.month % 3 == 2 and day == year.working_day(day.replace(day=4)):
        _survey(year, year.scene(day, "F-SURVEYPLAN"))
    if day.month % 6 == 5 and day == year.working_day(day.replace(day=10)):
        _research(year, year.scene(day, "F-RESEARCH"))


# files and classes


def _file(year: Year, scene: Scene) -> None:
    """A company's file, looked through again every five months."""
    clerk = year.one("R-CLERK")
    number = f"KC{scene.day:%y%m%d}"
    data = {
        "cust_no": number,
        "opened_on": scene.day,
        "kind": "company",
        "name": f"{scene.rng.choice(('云帆', '嘉禾', '远方', '星海', '瑞丰'))}{scene.rng.choice(('装饰', '餐饮', '物流', '培训'))}公司{scene.day:%m%d}",
        "contact_person": scene.customer(),
        "phone": scene.phone(),
        "address": "高新区云杉路",
        "consent": True,
        "agent": year.crew[scene.day, "early"][0],
    }
    checks = []
    for nth, months in enumerate((5, 10), start=1):
        on = year.working_day(add_months(scene.day.replace(day=1), months) + dt.timedelta(10))
        row = {"no": str(nth), "on": on, "result": "unchanged"}
        checks.append(act("check", clerk, moment(on, 15, nth), {"checks": [row]}))
    year.record("F-CUSTFILE", scene.at(10), act("open", clerk, scene.at(10, 20), data), *checks)


def _classify(year: Year, scene: Scene) -> None:
    quarter = add_months(scene.day.replace(day=1), -3)
    rows = [{"customer": a, "spend": b, "frequency": c, "loyalty": d} for a, b, c, d in CLASSED]
    data = {
        "quarter_from": quarter,
        "customers": rows,
        "strategy_a": "专属客户经理，每月走访，故障优先派单。",
        "strategy_b": "季度回访，优惠提前告知。",
        "strategy_c": "常规服务，到期提醒。",
        "strategy_potential": "寄送资费介绍，邀请体验。",
    }
    if quarter < dt.date(year.plan.end.year, 1, 1):
        return  # figures of the year before are on paper
    year.record(
        "F-CUSTCLASS",
        scene.at(9),
        act("submit", year.one("R-CLERK"), scene.at(11), data),
        act("review", year.manager, scene.at(16)),
    )
    year.book["classes"][KEY_CUSTOMER] = "a"


def _plan_for_key_customer(year: Year, scene: Scene) -> None:
    manager = year.one("R-SUPERVISOR")
    services = [
        {"service": "每月走访一次", "owner": manager, "standard": "走访后两日内反馈诉求。"},
        {"service": "故障优先派单", "owner": year.one("R-TELECH"), "standard": "三十分钟内响应。"},
    ]
    data = {
        "year_from": add_months(year.plan.start, 1),
        "customer": KEY_CUSTOMER,
        "manager": manager,
        "needs": "对公专线要求高，习惯由固定联系人对接。",
        "services": numbered(services),
        "visit_freq": 12,
    }
    year.record(
        "F-VIPPLAN",
        scene.at(9),
        act("submit", manager, scene.at(10), data),
        act("approve", year.manager, scene.at(15)),
        answers={"customer-class-of": year.book["classes"].get(KEY_CUSTOMER)},
    )


# surveys


def _survey(year: Year, scene: Scene) -> None:
    """Planned on one day, asked for a fortnight, reported the week after; the weakest point is improved."""
    first, due = scene.day + dt.timedelta(3), scene.day + dt.timedelta(17)
    plan = _plan(year, scene, first, due)
    sheets = [_answer(year, plan, first + dt.timedelta(n % 12), n) for n in range(ANSWERS)]
    year.later(year.working_day(due + dt.timedelta(3)), _report, plan, due, sheets)


def _plan(year: Year, scene: Scene, first: dt.date, due: dt.date) -> str:
    data = {
        "dept": "D-CS",
        "period_from": add_months(scene.day.replace(day=1), -1),
        "period_to": scene.day,
        "methods": ["phone", "online"],
        "population": "上月来电且留有联系方式的客户，随机抽取。",
        "sample": ANSWERS * 2,
        "questions": numbered([{"dimension": a, "question": b} for a, b in QUESTIONS]),
        "survey_from": first,
        "due": due,
    }
    return year.record(
        "F-SURVEYPLAN",
        scene.at(9),
        act("submit", year.one("R-SUPERVISOR"), scene.at(10), data),
        act("review", year.manager, scene.at(15)),
    )


def _answer(year: Year, plan: str, day: dt.date, nth: int) -> tuple[str, Mapping[str, int]]:
    """Who was judged, and the scores."""
    rng = year.scene(day, f"F-SURVEY {nth}").rng
    recorder, agent = year.one("R-QA"), year.staffing.known[nth % 3]
    scores = {each: rng.choices((3, 4, 5), (1, 6, 9))[0] for each in DIMENSIONS}
    data = {
        "plan": plan,
        "date": day,
        "method": "phone" if nth % 2 else "online",
        "customer": f"KH{rng.randrange(10**7):07d}{nth % 10}",
        "agent": agent,
        "scores": [{"dimension": name, "score": n} for name, n in scores.items()],
        "recorder": recorder,
    }
    at = moment(day, 11, nth)
    year.record("F-SURVEY", at, act("record", recorder, at + dt.timedelta(minutes=6), data))
    return agent, scores


def _mean(values: Sequence[int]) -> Decimal:
    return (Decimal(sum(values)) / len(values)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _report(year: Year, day: dt.date, plan: str, due: dt.date, sheets: Sequence[tuple[str, Mapping[str, int]]]) -> None:
    pleased = [scores["overall"] >= SATISFIED for _, scores in sheets]
    answers: dict[str, Any] = {
        "survey-due": due,
        "survey-returned": len(sheets),
        "survey-satisfied": sum(pleased),
        **{f"survey-mean-{each}": _mean([scores[each] for _, scores in sheets]) for each in DIMENSIONS},
    }
    analyst = year.one("R-QA")
    measure = {"dept": "D-CS", "text": "承诺回电的客户当日至少联系一次。", "due": day + dt.timedelta(20)}
    data = {
        "plan": plan,
        "date": day,
        "analyst": analyst,
        "sent": ANSWERS * 2,
        "agents": _agents(sheets),
        "topics": "等候时间和承诺回电。",
        "trends": "总体平稳，效率评价略升。",
        "measures": numbered([measure]),
        "sent_to_depts": ["D-CS", "D-TECH"],
    }
    id = year.record(
        "F-SURVEYRPT",
        moment(day, 9),
        act("submit", analyst, moment(day, 11), data),
        act("review", year.manager, moment(day, 15)),
        answers=answers,
    )
    year.later(year.working_days_later(day, 1), _improve, id)


def _agents(sheets: Sequence[tuple[str, Mapping[str, int]]]) -> list[dict[str, Any]]:
    counts = Counter(agent for agent, _ in sheets)
    rows = []
    for agent, count in sorted(counts.items()):
        happy = sum(scores["overall"] >= SATISFIED for each, scores in sheets if each == agent)
        share = (Decimal(happy) * 100 / count).quantize(Decimal("0.01"), ROUND_HALF_UP)
        rows.append({"agent": agent, "answers": count, "csat": share if count >= LEAST_ANSWERS else None})
    return rows


def _improve(year: Year, day: dt.date, source: str) -> None:
    proposer, owner = year.one("R-QA"), year.one("R-SUPERVISOR")
    due, done = day + dt.timedelta(15), year.working_days_later(day, 6)
    seen = year.working_days_later(done, 3)
    data = {
        "proposed_on": day,
        "proposer": proposer,
        "source": source,
        "problem": "部分客户未在承诺时间接到回电。",
        "cause": "回电事项分散在各班手记里，没有统一提醒。",
        "measure": "回电事项一律登记到交接班记录，夕会逐件核对。",
        "dept": "D-CS",
        "owner": owner,
        "due": due,
        "target": "回电及时率百分之百",
    }
    look = {"verified_on": seen, "effective": True, "effect": "连续三日逐件核对，无遗漏。"}
    year.record(
        "F-IMPROVE",
        moment(day, 9),
        act("propose", proposer, moment(day, 10), data),
        act("approve", year.manager, moment(day, 15)),
        act(
            "carry_out",
            owner,
            moment(done, 17),
            {"actions": numbered([{"done_on": done, "action": "登记要求写入班前会提醒，试行一周。"}])},
        ),
        act("verify", proposer, moment(seen, 16), {"verifications": numbered([look])}),
        act("close", year.manager, moment(seen, 17), {"kept_by": "training", "kept_note": "列入新员工培训。"}),
    )


# goods, products and technical matters


def _ticket(year: Year, scene: Scene) -> None:
    agent, owner = year.crew[scene.day, "early"][0], year.one("R-TELECH")
    product = scene.rng.choice(TICKETS)
    data = {
        "at": scene.at(10),
        "request": f"客户反映{product}，要求尽快处理。",
        "customer_name": scene.customer(),
        "channel": "phone",
        "contact": scene.phone(),
        "product": "企业专线",
        "urgency": "normal",
        "agent": agent,
        "owner": owner,
    }
    solved = {"solution": "重新下发配置并更换端口，测试半小时正常。", "solved_at": scene.at(14, 10), "recurring": False}
    year.record(
        "F-TECHTICKET",
        scene.at(10, 2),
        act("register", agent, scene.at(10, 8), data),
        act(
            "diagnose",
            owner,
            scene.at(11),
            {"first_reply_at": scene.at(10, 40), "problem": product, "diagnosis": "端口配置被割接覆盖。"},
        ),
        act("solve", owner, scene.at(14, 20), solved),
        act("tell", agent, scene.at(14, 45), {"result_feedback_at": scene.at(14, 40), "customer_agrees": True}),
    )


def _watch(year: Year, scene: Scene) -> None:
    agent, receiver = year.crew[scene.day, "early"][0], year.one("R-BIZMGR")
    row = {
        "sku": "TC-128",
        "hot": True,
        "reason": "月初咨询多，客户看重亲情号共享。",
        "suggest": "page",
        "suggestion": "把副卡资费放到首屏。",
        "sent_to": "D-BIZ",
        "receiver": receiver,
    }
    monday = scene.day - dt.timedelta(scene.day.weekday())
    first = moment(monday + dt.timedelta(1), 15)
    year.record(
        "F-PRODWATCH",
        first,
        act(
            "submit",
            agent,
            first + dt.timedelta(minutes=10),
            {"week_from": monday, "agent": agent, "products": numbered([row])},
        ),
        act("receive", receiver, first + dt.timedelta(hours=1), row="1"),
    )


def _return_goods(year: Year, scene: Scene) -> None:
    agent = year.crew[scene.day, "early"][0]
    data = {
        "applied_at": scene.at(9, 30),
        "order": f"DD{scene.day:%Y%m%d}0{scene.rng.randint(10, 99)}",
        "customer_name": scene.customer(),
        "channel": "web",
        "contact": scene.phone(),
        "type": "return",
        "goods": [{"sku": "LYQ-AX3", "ordered": 1, "qty": 1, "price": "199.00", "reason": "七日无理由退货。"}],
        "amount": "199.00",
        "agent": agent,
    }
    back = year.working_days_later(scene.day, 2)
    year.record(
        "F-RETURN",
        scene.at(9, 32),
        act("apply", agent, scene.at(9, 40), data),
        act("approve", year.one("R-SUPERVISOR"), scene.at(11)),
        act(
            "receive",
            year.one("R-LOGMGR"),
            moment(back, 10),
            {"received_back_at": moment(back, 9, 30), "condition": "包装完好，配件齐全。", "all_back": True},
        ),
        act(
            "pay",
            year.one("R-FINANCE"),
            moment(back, 15),
            {"refund_at": moment(back, 14, 40), "voucher": f"TK-{back:%Y%m%d}"},
        ),
        act("tell", agent, moment(back, 16), {"customer_told_at": moment(back, 15, 50), "satisfied": True}),
    )


def _research(year: Year, scene: Scene) -> None:
    author = year.one("R-SUPERVISOR")
    data = {
        "topic": "老年客户热线使用习惯",
        "date": scene.day,
        "author": author,
        "purpose": "为老年客户专席的设置提供依据。",
        "methods": ["interview", "data"],
        "done_from": scene.day - dt.timedelta(14),
        "done_to": scene.day - dt.timedelta(2),
        "sample": 40,
        "findings": "七成希望直接转人工，近半数听不清语音菜单。",
        "proposals": "设置一键转人工，放慢语音提示。",
        "decisions_supported": "是否设置老年客户专席。",
    }
    use = {"sent_to": ["D-BIZ", "D-TECH"], "decision": "同意试点，技术部一个月内完成语音菜单调整。"}
    year.record(
        "F-RESEARCH",
        scene.at(9),
        act("submit", author, scene.at(11), data),
        act("review", year.manager, scene.at(16), use),
    )
