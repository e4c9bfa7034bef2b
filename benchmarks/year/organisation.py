"""The organisation itself: posts, recruiting, reading and reviewing the rules, ratings and what follows from them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from benchmarks.scene import Scene
from benchmarks.year.plan import add_months, moment
from benchmarks.year.year import Year, act, numbered

NEEDS = ("communication", "service", "reaction", "knowledge", "teamwork", "responsibility")
READ = ("REG-COMPLAINT", "REG-CONF", "REG-SERVICE", "REG-HANDOVER")
RATED = ("performance", "attitude", "skill", "teamwork")
STAR_CRITERIA = (("服务质量", "40.0", "37.0"), ("业务能力", "30.0", "27.5"), ("团队贡献", "30.0", "28.0"))
PRODUCTS = ("全屋无线套餐", "银发亲情卡", "云盘会员包")


def work(year: Year, day: dt.date) -> None:
    if not year.within(day):
        return
    first = year.plan.start
    for offset, once in ((13, _describe_post), (18, _recruit), (24, _review_rules)):
        if day == year.working_day(first + dt.timedelta(offset)):
            once(year, year.scene(day, once.__name__))
    if day == year.working_day(day.replace(day=21)):
        _read_rules(year, year.scene(day, "F-REGREAD"))
    if day.month % 3 == 2:
        for date, task in ((6, _promote), (12, _raise), (18, _new_product), (25, _career)):
            if day == year.working_day(day.replace(day=date)):
                task(year, year.scene(day, task.__name__))
    if day.month % 3 == 0 and day == year.working_day(day.replace(day=29)):
        _rate(year, year.scene(day, "F-STAR"))


def appraise_specially(year: Year, day: dt.date, complaint: str, liable: str) -> None:
    """A major complaint is followed by an appraisal of whoever was responsible."""
    assessor = next(each for each in year.all("R-SUPERVISOR") if each != liable)
    person = {
        "staff": liable,
        "liability": "minor",
        "finding": "处置及时，源头环节把关不严。",
        "score": "78.0",
        "measure": "coaching",
    }
    data = {
        "date": day,
        "trigger": complaint,
        "assessor": assessor,
        "findings": "责任环节在源头，服务过程无不当言行。",
        "agents": numbered([person]),
        "improvement": "源头环节增加一道核对。",
    }
    minute = len(year.stories) % 40
    year.record(
        "F-APPRSPECIAL",
        moment(day, 10, minute),
        act("assess", assessor, moment(day, 11, minute), data),
        act("acknowledge", liable, moment(day, 14, minute), row="1"),
        act("confirm", year.leader, moment(day, 16, minute)),
    )


# posts and rules


def _describe_post(year: Year, scene: Scene) -> None:
    drafter = year.one("R-SUPERVISOR")
    duties = [
        {"duty": "接听来电并一次答复客户", "part": "lead", "regulation": "REG-SERVICE"},
        {"duty": "当班登记服务记录", "part": "lead", "regulation": "REG-RECORD"},
        {"duty": "参加班组培训和演练", "part": "assist", "regulation": "REG-TRAIN"},
    ]
    data = {
        "post": "R-AGENT",
        "name": "客服专员",
        "dept": "D-CS",
        "valid_from": scene.day,
        "superior": "R-TEAMLEAD",
        "scope": "热线和在线渠道的咨询、查询、报修和投诉受理。",
        "duties": numbered(duties),
        "authority": [{"power": "当场致歉并承诺答复时间", "limit": "不超过制度规定的时限"}],
        "requirements": [{"kind": each, "text": "符合岗位标准。"} for each in NEEDS],
        "drafter": drafter,
    }
    year.book["posts"]["agent"] = year.record(
        "F-POST",
        scene.at(9),
        act("draft_it", drafter, scene.at(10), data),
        act("review", year.manager, scene.at(14)),
        act("approve", year.one("R-HRMGR"), scene.at(16)),
    )


def _recruit(year: Year, scene: Scene) -> None:
    row = {
        "post": "R-AGENT",
        "description": year.book["posts"]["agent"],
        "need": len(year.staffing.turns),
        "reason": "补充离职人员，保持座席数。",
        "requirements": "普通话二级乙等以上，录入每分钟八十字以上。",
        "planned": year.staffing.turns[0].joined,
    }
    data = {
        "year_from": dt.date(year.plan.end.year, 1, 1),
        "dept": "D-CS",
        "proposer": year.manager,
        "basis": "按话务预测和离职率测算。",
        "rows": numbered([row]),
    }
    year.record(
        "F-RECRUIT",
        scene.at(9),
        act("propose", year.manager, scene.at(10), data),
        act("examine", year.one("R-HR"), scene.at(14), {"granted": len(year.staffing.turns)}),
        act("approve", year.leader, scene.at(16)),
    )


def _review_rules(year: Year, scene: Scene) -> None:
    drafter = year.one("R-SUPERVISOR")
    data = {
        "date": scene.day,
        "scope": "regulation",
        "reg": "REG-HANDOVER",
        "version": 1,
        "drafter": drafter,
        "last_review": scene.day - dt.timedelta(320),
        "grounds": ["checks", "staff"],
        "findings": "条款可行，交接时长和温度要求执行良好。",
        "change": "keep",
    }
    year.record(
        "F-REGREVIEW",
        scene.at(9),
        act("draft_it", drafter, scene.at(11), data),
        act("examine", year.one("R-QUALITY"), scene.at(14), {"opinion": "同意保留，下次结合排班一并评估。"}),
        act("approve", year.leader, scene.at(16)),
    )


def _read_rules(year: Year, scene: Scene) -> None:
    for nth, staff in enumerate(year.crew[scene.day, "early"][:2]):
        reg = READ[(scene.day.month + nth) % len(READ)]
        row = {"reg": reg, "version": 1, "issued_on": scene.day - dt.timedelta(4)}
        data = {"staff": staff, "read_on": scene.day, "documents": numbered([row])}
        year.record("F-REGREAD", scene.at(14, 10 * nth), act("acknowledge", staff, scene.at(14, 10 * nth + 5), data))


# ratings and careers


def _sheet_of(day: dt.date, agent: str) -> str:
    """The monthly appraisal of the month before."""
    return f"YP-{add_months(day.replace(day=1), -1):%Y%m}-{agent}"


def _promote(year: Year, scene: Scene) -> None:
    staff = year.staffing.known[0]
    data = {
        "staff": staff,
        "dept": "D-CS",
        "from_level": "junior",
        "to_level": "middle",
        "results": [_sheet_of(scene.day, staff)],
        "reasons": "连续考评良好以上，带教一名新员工。",
    }
    opinion = {"opinion": "同意推荐。", "effective_from": add_months(scene.day.replace(day=1), 1)}
    year.record(
        "F-PROMOTION",
        scene.at(9),
        act("apply", staff, scene.at(9, 30), data),
        act("support", year.manager, scene.at(11), opinion),
        act("examine", year.one("R-HR"), scene.at(14)),
        act("approve", year.leader, scene.at(16)),
    )


def _raise(year: Year, scene: Scene) -> None:
    staff = year.staffing.known[1]
    data = {
        "staff": staff,
        "basis": [_sheet_of(scene.day, staff)],
        "old": "5200.00",
        "new": "5400.00",
        "effective_from": add_months(scene.day.replace(day=1), 1),
        "reason": "职级晋升后按岗位工资标准调整。",
    }
    year.record(
        "F-SALARYADJ",
        scene.at(9),
        act("propose", year.manager, scene.at(10), data),
        act("examine", year.one("R-HR"), scene.at(14), {"opinion": "符合薪酬标准。"}),
        act("approve", year.leader, scene.at(16)),
    )


def _career(year: Year, scene: Scene) -> None:
    turns = [turn for turn in year.staffing.turns if turn.joined <= scene.day]
    staff = turns[-1].newcomer if turns else year.staffing.known[2]
    if staff in year.book["careers"]:
        staff = year.staffing.known[2 + scene.day.month // 3]
    year.book["careers"][staff] = True
    gap = {
        "gap": "报修流程不熟",
        "means": "training",
        "action": "完成报修专题培训并通过抽查",
        "due": scene.day + dt.timedelta(60),
    }
    data = {
        "date": scene.day,
        "staff": staff,
        "present": "咨询类来电独立处理，沟通耐心。",
        "goal": "一年内达到中级，能够带教。",
        "gaps": numbered([gap]),
    }
    talk = {"talked_on": scene.day, "support": "安排带教和专题培训。", "reviewed": "首次规划。"}
    year.record(
        "F-CAREER",
        scene.at(13),
        act("write", staff, scene.at(13, 30), data),
        act("agree", year.one("R-SUPERVISOR"), scene.at(16), talk),
    )


def _rate(year: Year, scene: Scene) -> None:
    """Stars for three, and one of them is seen from several sides."""
    quarter = add_months(scene.day.replace(day=1), -2)
    assessor = year.one("R-SUPERVISOR")
    rows = [
        {"criterion": name, "full": full, "score": score, "evidence": "季度考评和抽检。"}
        for name, full, score in STAR_CRITERIA
    ]
    for nth, agent in enumerate(year.staffing.known[:3]):
        data = {
            "period_from": quarter,
            "agent": agent,
            "assessor": assessor,
            "criteria": numbered(rows),
            "stars": 4,
            "reason": "三项得分率均在九成以上。",
        }
        year.record(
            "F-STAR",
            scene.at(9, nth),
            act("rate_it", assessor, scene.at(10, nth), data),
            act("acknowledge", agent, scene.at(13, nth)),
            act("confirm", year.manager, scene.at(15, nth)),
        )
    _rate_from_all_sides(year, scene, quarter, year.staffing.known[0])


def _rate_from_all_sides(year: Year, scene: Scene, quarter: dt.date, agent: str) -> None:
    sides = (
        ("self", agent, "90.0"),
        ("peer", year.staffing.known[1], "88.0"),
        ("superior", year.one("R-SUPERVISOR"), "87.0"),
    )
    answers: dict[str, Any] = {}
    for nth, (kind, rater, score) in enumerate(sides):
        if kind == "superior":
            answers = {"appraisal-by-self": Decimal("90.00"), "appraisal-by-others": Decimal("88.00")}
        rows = [{"dimension": each, "score": score, "evidence": "季度表现。"} for each in RATED]
        data = {
            "period": "quarter",
            "period_from": quarter,
            "agent": agent,
            "rater_kind": kind,
            "rater": rater,
            "scores": rows,
        }
        year.record(
            "F-APPR360",
            scene.at(16, nth),
            act("rate", rater, scene.at(16, 10 + nth), data),
            act("collect", year.one("R-HR"), scene.at(16, 30 + nth)),
            answers=answers,
        )


def _new_product(year: Year, scene: Scene) -> None:
    """Everybody who will sit at a seat is taught before the product is listed."""
    trainer = year.one("R-TRAINER")
    people = year.agents(scene.day)
    trained = [{"staff": each, "at": scene.at(14), "quiz_ok": True} for each in people]
    listing = scene.day + dt.timedelta(3)
    data = {
        "product": PRODUCTS[scene.day.month % len(PRODUCTS)],
        "listing_at": listing,
        "trainer": trainer,
        "content": "资费、办理条件、常见疑问和不适用情形。",
        "trained": numbered(trained),
    }
    confirmed = [act("confirm", each, scene.at(15, n), row=str(n)) for n, each in enumerate(people, start=1)]
    year.record(
        "F-NEWPROD",
        scene.at(14, 40),
        act("teach", trainer, scene.at(14, 50), data),
        *confirmed,
        act("release", year.one("R-SUPERVISOR"), scene.at(16)),
    )
