"""Customers: their calls, complaints and suggestions, what became of them, and the visits afterwards."""

import datetime as dt
from typing import Any

from benchmarks import phrases
from benchmarks.scene import Scene
from benchmarks.service import complaint, service_record
from benchmarks.story import Story
from benchmarks.year.organisation import appraise_specially
from benchmarks.year.plan import add_months, moment
from benchmarks.year.roster import SHIFTS
from benchmarks.year.year import Year, act, initialled, numbered

CALLS_A_DAY = 3
COMPLAINT_DAYS = (0, 2, 4)  # of the week, working days only
VISITS_A_MONTH = 8
AGAINST_AGENTS_UNTIL = 20  # day of the month: those closed later would miss its appraisal
WAIT = dt.timedelta(minutes=10)

CALLERS = (
    ("云帆装饰公司", "询问对公发票邮寄进度，已告知快递单号。"),
    ("社区居委会", "联系社区便民服务日摆台事宜，约定周五上午。"),
    ("设备供应商", "确认耳麦送货时间，已转行政部。"),
    ("市消费者协会", "了解一件投诉的办理情况，已转主管答复。"),
    ("应聘人员", "询问面试结果，请其等候人力资源部通知。"),
)
SUGGESTIONS = (
    ("service", "希望热线增加方言坐席，方便老年人咨询。", "D-CS"),
    ("process", "建议过户材料清单在网上一次说清，避免跑两趟。", "D-BIZ"),
    ("product", "建议推出按天计费的副卡流量包。", "D-BIZ"),
    ("facility", "营业厅排队机字体太小，看不清。", "D-ADMIN"),
)
CASES = (
    ("客户反映连续三个月账单出现同一笔争议费用，要求书面说明。", "财务部核对计费日志，出具说明并退还差额。"),
    ("小区多户反映晚高峰网速慢，客户要求给出扩容时间。", "技术部排入当月扩容计划，告知客户完成日期。"),
    ("客户携号转网受阻，称两次被告知结果不同。", "业务部核实合约状态，一次说明办理条件并预约办理。"),
)
ESCALATED = (
    (
        "beyond",
        "客户要求减免全年违约金，超出班组权限。",
        "请示是否可按特殊情况减免一半。",
        "同意减免一半，由财务部当日调账。",
    ),
    (
        "competition",
        "客户反映竞争对手在小区低价推广同类套餐，多户询问。",
        "请示应对口径。",
        "按附件口径答复，业务部跟踪该小区。",
    ),
    ("major", "媒体来电询问断网事件。", "请示由谁统一答复。", "由综合办公室统一答复，座席不作评论。"),
)
VISITED = ("使用稳定，感谢回访。", "速度比以前快，没有其他问题。", "客服态度很好，暂无建议。")


def work(year: Year, day: dt.date) -> None:
    if not year.within(day):
        return
    calls = year.scene(day, "F-SVCREC")
    for _ in range(CALLS_A_DAY):
        _call(year, calls)
    _statistics(year, year.scene(day, "F-SVCSTAT"))
    if not year.is_working(day):
        return
    _phone_log(year, year.scene(day, "F-PHONELOG"))
    if day.weekday() in COMPLAINT_DAYS:
        _complaint(year, year.scene(day, "F-COMPLAINT"))
    if day.weekday() == 1:
        _case(year, year.scene(day, "F-CASE"))
    if day.weekday() == 3 and day.day <= 14:
        _suggestion(year, year.scene(day, "F-SUGGEST"))
    if day.weekday() == 3 and 8 <= day.day <= 14:
        _escalation(year, year.scene(day, "F-ESCALATION"))


def _call(year: Year, scene: Scene) -> None:
    shift = scene.rng.choice([*SHIFTS])
    at = scene.later(scene.at(SHIFTS[shift][0], 5), 0, 360)
    story = service_record(scene, "", at, scene.rng.choice(year.crew[scene.day, shift]))
    year.book["calls"].setdefault(scene.day, []).append(_keep(year, story))


def _keep(year: Year, story: Story) -> tuple[str, Story]:
    return year.record(story.form, story.created_at, *story.signings), story


def _statistics(year: Year, scene: Scene) -> None:
    agent = year.crew[scene.day, "early"][scene.day.toordinal() % len(year.crew[scene.day, "early"])]
    served = scene.rng.randint(38, 62)
    data = {"staff": agent, "date": scene.day, "served": served, "deals": served // 9}
    lead = year.all("R-TEAMLEAD")[0]
    year.record(
        "F-SVCSTAT",
        scene.at(14, 50),
        act("report", agent, scene.at(14, 55), data),
        act("verify", lead, scene.at(15, 20)),
    )


# complaints


def _complaint(year: Year, scene: Scene) -> None:
    scene.agents = year.crew[scene.day, "early"]
    matter = scene.rng.choice(phrases.GRIEVANCES)
    owner = scene.head_of(matter.department)
    if matter.department == "D-CS" and scene.day.day <= AGAINST_AGENTS_UNTIL:
        owner = [each for each in scene.agents if year.stays(each)][-1]
    id, story = _keep(year, complaint(scene, "", matter, owner))
    closing = next(signing.filled for signing in story.signings if signing.step == "close")
    if closing["justified"] == "true":
        key = scene.day.replace(day=1), owner
        year.book["justified"][key] = year.book["justified"].get(key, 0) + 1
    heard = story._replace(id=id)
    call = service_record(year.scene(scene.day, "heard"), "", story.created_at, story.created_by, heard)
    year.record(call.form, call.created_at, *call.signings)
    following = year.working_days_later(scene.day, 1)
    year.later(following, _summarise, heard, matter)
    year.later(year.working_days_later(scene.day, 2), _visit_after, heard)
    if scene.rng.random() < 0.2:
        year.later(following, _compensate, heard)
    if closing["confirmed_level"] != "minor":
        year.later(year.working_days_later(scene.day, 3), appraise_specially, id, owner)


def _summarise(year: Year, day: dt.date, about: Story, matter: phrases.Grievance) -> None:
    closed = about.signings[-1].at
    data = {
        "complaint": about.id,
        "root_cause": matter.root_cause,
        "improvement": matter.improvement,
        "owner": year.scene(day, "owner").head_of(matter.department),
        "due": day + dt.timedelta(30),
    }
    author = next(each for each in year.crew[day, "early"] if each != about.created_by)
    number = len(year.stories) % 50
    created = moment(day, 9, number)
    year.record(
        "F-COMPSUM",
        created,
        act("submit", author, created + WAIT * 2, data),
        act("review", year.all("R-SUPERVISOR")[1], moment(day, 16, number)),
        answers={"complaint-closed-at": closed},
    )


def _compensate(year: Year, day: dt.date, about: Story) -> None:
    data = {
        "complaint": about.id,
        "kind": "cash",
        "amount": "50.00",
        "reason": "因我方原因造成客户多次往返，按补偿标准给予话费补偿。",
    }
    at = moment(day, 10, 10)
    finance = year.one("R-FINANCE")
    year.record(
        "F-COMPENSATE",
        at,
        act("apply", year.one("R-COMPLAINTSPEC"), at + WAIT, data),
        act("approve", year.manager, moment(day, 14, 30)),
        act("pay", finance, moment(day, 16, 40), {"paid_at": moment(day, 16, 30)}),
    )


def _case(year: Year, scene: Scene) -> None:
    agent = year.crew[scene.day, "early"][0]
    event, solution = scene.rng.choice(CASES)
    at = scene.at(9, 20)
    data = {
        "opened_at": at,
        "time_place": f"{scene.day:%m月%d日}上午，客户来电。",
        "persons": scene.customer(),
        "event": event,
        "phone": scene.phone(),
        "owner": agent,
    }
    told = scene.at(14, 20)
    row = {"at": told, "agent": agent, "identity_verified": True, "convenient": True, "accepted": True}
    year.record(
        "F-CASE",
        at,
        act("open", agent, at + WAIT, data),
        act("solve", agent, scene.at(13, 30), {"solution": solution, "solution_at": scene.at(13, 10)}),
        act("call_back", agent, told + WAIT / 2, {"callbacks": numbered([row])}, row="1"),
        act("close", agent, scene.at(14, 50)),
    )


def _escalation(year: Year, scene: Scene) -> None:
    agent = year.crew[scene.day, "early"][1]
    trigger, facts, requested, instruction = scene.rng.choice(ESCALATED)
    supervisor = year.one("R-SUPERVISOR")
    at = scene.at(10, 5)
    data = {
        "at": at,
        "reporter": agent,
        "trigger": trigger,
        "urgency": "normal",
        "facts": facts,
        "requested": requested,
        "addressed_to": supervisor,
        "skip_level": False,
    }
    told = {"by": supervisor, "at": scene.at(10, 40), "text": instruction}
    done = {"instruction": "1", "execution": "done", "executed_at": scene.at(14)}
    year.record(
        "F-ESCALATION",
        at + WAIT,
        act("report", agent, at + WAIT * 1.5, data),
        act("instruct", supervisor, scene.at(10, 45), {"instructions": numbered([told])}),
        act("execute", agent, scene.at(14, 5), {"executions": numbered([done])}),
        act("close", supervisor, scene.at(16)),
    )


# suggestions and the telephone of the office


def _suggestion(year: Year, scene: Scene) -> None:
    agent = year.crew[scene.day, "early"][0]
    kind, content, department = scene.rng.choice(SUGGESTIONS)
    important = kind == "service"
    at = scene.at(10, 30)
    data = {
        "at": at,
        "customer_name": scene.customer(),
        "channel": "phone",
        "contact": scene.phone(),
        "content": content,
        "class": kind,
        "important": important,
        "urgency": "normal",
        "agent": agent,
        "forwarded_to": department,
        "forwarded_at": at + WAIT,
        "thanked": True,
    }
    decision = {"decision": "submit" if important else "adopt", "decision_reason": "具备条件，拟列入下月改进安排。"}
    following = year.working_days_later(scene.day, 1)
    head = scene.head_of(department)
    lead = [act("lead", year.leader, moment(following, 15), _leaders_word())] if important else []
    told = moment(year.working_days_later(scene.day, 2), 10)
    answer = {"result": "感谢您的建议，已采纳并安排落实。", "result_told_at": told}
    year.record(
        "F-SUGGEST",
        at,
        act("register", agent, at + WAIT * 2, data),
        act("decide", head, moment(following, 11), decision),
        *lead,
        act("tell", year.crew[told.date(), "early"][0], told + WAIT, answer),
    )


def _leaders_word() -> dict[str, str]:
    return {"leader_decision": "adopt", "leader_note": "同意，先在早班试行一个月。"}


def _phone_log(year: Year, scene: Scene) -> None:
    reception = year.one("R-RECEPTION")
    rows = [_office_call(year, scene, 9 + 2 * n) for n in range(scene.rng.randint(2, 3))]
    year.record(
        "F-PHONELOG",
        scene.at(8, 58),
        act("open", reception, scene.at(9), {"date": scene.day}),
        *initialled("initial", "rows", rows, "agent", scene.at(17)),
        act("close", year.one("R-ADMINMGR"), scene.at(17, 30)),
    )


def _office_call(year: Year, scene: Scene, hour: int) -> dict[str, Any]:
    unit, subject = scene.rng.choice(CALLERS)
    at = scene.later(scene.at(hour), 0, 50)
    return {
        "at": at,
        "rings": scene.rng.randint(1, 3),
        "caller": scene.customer(),
        "unit": unit,
        "number": scene.phone(),
        "subject": subject,
        "handling": "answered",
        "agent": year.one("R-RECEPTION"),
    }


# follow-ups


def plan_visits(year: Year, day: dt.date) -> None:
    """On the 25th the visits of the coming month are planned; on its third day the last month's plan is closed."""
    month = add_months(day.replace(day=1), 1)
    if day.day == 25 and month <= year.plan.end:
        _plan(year, year.scene(day, "F-REVISITPLAN"), month)


def _plan(year: Year, scene: Scene, month: dt.date) -> None:
    rows = []
    for n in range(VISITS_A_MONTH):
        day = year.working_day(month + dt.timedelta(2 + 3 * n))
        customer, owner = f"KH{scene.rng.randrange(10**8):08d}", year.crew[day, "early"][0]
        rows.append({"customer": customer, "due": day, "method": "phone", "owner": owner})
        year.later(day, _planned_visit, (f"HFP-{month:%Y%m}#{n + 1}", customer))
    supervisor = year.one("R-SUPERVISOR")
    last = add_months(month, 1) + dt.timedelta(2)
    year.record(
        "F-REVISITPLAN",
        scene.at(9),
        act("submit", supervisor, scene.at(10), {"month": month, "visits": numbered(rows)}),
        act("approve", year.manager, scene.at(15)),
        act("close", supervisor, moment(last, 10)),
        answers={"revisit-plan-done": len(rows)},
    )


def _planned_visit(year: Year, day: dt.date, about: tuple[str, str]) -> None:
    _visit(year, day, {"customer": about[1], "plan": about[0], "due": day})


def _visit_after(year: Year, day: dt.date, about: Story) -> None:
    """Of a complaint that was solved two working days ago."""
    data = {act.step: act.filled for act in about.signings}
    solved = dt.datetime.fromisoformat(data["tell"]["solved_at"]).date()
    customer = f"KH{about.id[3:].replace('-', '')}"
    facts = {"customer": customer, "source": about.id, "due": solved + dt.timedelta(7)}
    _visit(year, day, facts, {"revisit-source-solved": solved})


def _visit(year: Year, day: dt.date, facts: dict[str, Any], answers: dict[str, Any] | None = None) -> None:
    agent = year.crew[day, "early"][0]
    made = year.book["visits"].setdefault((day, agent), [])
    at = moment(day, 10, 6 * len(made))
    scene = year.scene(day, f"visit {len(made)}")
    data = {
        **facts,
        "at": at,
        "method": "phone",
        "agent": agent,
        "identity_ok": True,
        "introduced": True,
        "convenient": True,
        "satisfaction": scene.rng.choice(("very", "satisfied", "satisfied", "neutral")),
        "opinion": scene.rng.choice(VISITED),
        "complaint_made": False,
    }
    id = year.record(
        "F-REVISIT",
        at + WAIT / 5,
        act("visit", agent, at + WAIT / 2, data),
        act("monitor", year.one("R-QA"), moment(day, 16), {"review_ok": True}),
        answers=answers,
    )
    if not made:
        year.later(day, _visits_of_the_day, agent)
    made.append(id)


def close_day(year: Year, day: dt.date) -> None:
    """When all visits of the day have been made they are counted."""
    for task in year.due(day):
        task()


def _visits_of_the_day(year: Year, day: dt.date, agent: str) -> None:
    count = len(year.book["visits"][day, agent])
    year.record(
        "F-REVISITDAY",
        moment(day, 14, 40),
        act("enter", agent, moment(day, 14, 45), {"date": day, "staff": agent, "registered": count}),
        act("compare", year.one("R-QA"), moment(day, 16, 30)),
        answers={"revisit-day-actual": count},
    )
