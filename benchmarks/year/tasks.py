"""Plans, meetings, tasks and what they lead to: of the day, the week, the month and the quarter."""

import datetime as dt
from typing import Any

from benchmarks.scene import Scene
from benchmarks.year.plan import add_months, moment
from benchmarks.year.year import Year, act, numbered

GROUP = "G1"
HOUR = dt.timedelta(hours=1)
PLANNED = (
    "核对昨日未结工单，逐件催办",
    "抽听新员工录音三通并讲评",
    "整理本周高频问题发知识库",
    "检查两班交接记录",
    "与技术部核对割接公告口径",
)
INDICATORS = (("来电总量", "通"), ("接通率", "%"), ("一次解决率", "%"), ("有理由投诉", "件"))
REQUESTS = (
    "请核实三个小区晚高峰降速原因并给出答复口径。",
    "请提供新版光猫指示灯说明。",
    "请确认割接影响范围和恢复时间。",
)


def work(year: Year, day: dt.date) -> None:
    if day == _last_working_day(year, day) and day + dt.timedelta(7 - day.weekday()) > year.plan.start:
        _week(year, day)
    if not year.within(day):
        return
    if year.is_working(day):
        _morning(year, year.scene(day, "F-MEETING"))
        _day(year, year.scene(day, "F-DAYPLAN"))
    if day.day == 1 and day > year.plan.start:
        _month(year, day)
    _on_their_days(year, day)


def _on_their_days(year: Year, day: dt.date) -> None:
    tasks = {7: _regular_meeting, 9: _ask_department, 16: _correct_error, 24: _first_aid_box}
    for date, task in tasks.items():
        if day == year.working_day(day.replace(day=date)):
            task(year, year.scene(day, task.__name__))
    if day.month % 6 == 4 and day == year.working_day(day.replace(day=20)):
        _outage(year, year.scene(day, "F-INCIDENT"))
    if day.month % 3 == 0 and day == year.working_day(day.replace(day=28)):
        _quarter(year, year.scene(day, "F-QUARTERRPT"))


def _last_working_day(year: Year, day: dt.date) -> dt.date | None:
    monday = day - dt.timedelta(day.weekday())
    working = [each for n in range(5) if year.is_working(each := monday + dt.timedelta(n))]
    return working[-1] if working else None


# the day


def _morning(year: Year, scene: Scene) -> None:
    lead = year.all("R-TEAMLEAD")[scene.day.toordinal() % 3]
    recorder = year.one("R-SCHEDULER") if lead != year.one("R-SCHEDULER") else year.one("R-TRAINER")
    present = [
        {"staff": each, "attendance": "present", "arrived": "08:02", "participated": True}
        for each in (lead, *year.crew[scene.day, "early"][:4])
    ]
    data = {
        "type": "morning",
        "start": scene.at(8, 5),
        "end": scene.at(8, 15),
        "place": "一号座席区",
        "chair": lead,
        "recorder": recorder,
        "present": numbered(present),
        "conveyed": "按昨日公告口径答复割接来电，重要客户优先回拨。",
        "staff_state": "精神状态良好，一人嗓音沙哑，安排在线客服。",
        "topics": f"{scene.rng.choice(PLANNED)}。",
        "decisions": "按分工执行，夕会前反馈。",
    }
    year.record(
        "F-MEETING",
        scene.at(8, 16),
        act("record", recorder, scene.at(8, 30), data),
        act("confirm", lead, scene.at(8, 40)),
    )


def _day(year: Year, scene: Scene) -> None:
    """The supervisor's plan; once a month something must wait, and is allowed to."""
    staff = year.one("R-SUPERVISOR")
    first, second = scene.rng.sample(PLANNED, 2)
    id = f"RJH-{scene.day:%Y%m%d}-{staff}"
    results: list[dict[str, Any]] = [{"done": True}, {"done": True}]
    if scene.day == year.working_day(scene.day.replace(day=22)):
        results[1] = {"done": False, "reason": "所需数据当日未到。", "delay": _delay(year, scene, f"{id}#2", staff)}
    morning = {
        "date": scene.day,
        "staff": staff,
        "morning_at": scene.at(8, 20),
        "plan": numbered([{"item": first}, {"item": second}]),
    }
    evening = {"evening_at": scene.at(17, 30), "results": numbered(results)}
    year.record(
        "F-DAYPLAN",
        scene.at(8, 22),
        act("present", staff, scene.at(8, 25), morning),
        act("sum_up", staff, scene.at(17, 40), evening),
        act("read", year.manager, scene.at(17, 55)),
    )


def _delay(year: Year, scene: Scene, task: str, staff: str) -> str:
    data = {
        "staff": staff,
        "task": task,
        "old_due": scene.at(18),
        "reason": "计费数据次日上午才能导出。",
        "done_so_far": "口径和表样已经确认。",
        "new_due": scene.at(18) + dt.timedelta(1),
    }
    granted = {"granted_due": scene.at(18) + dt.timedelta(1), "opinion": "同意延期一天。"}
    return year.record(
        "F-DELAY",
        scene.at(15),
        act("apply", staff, scene.at(15, 20), data),
        act("approve", year.manager, scene.at(16, 20), granted),
    )


# the week and the month


def _week(year: Year, day: dt.date) -> None:
    monday = day - dt.timedelta(day.weekday())
    leader = year.one("R-SUPERVISOR")
    rng = year.scene(day, "F-WEEKPLAN").rng
    before = year.book["plans"].get("week", [])
    done = [{"item": item, "plan_item": ref, "done": True} for ref, item in before]
    done = done or [{"item": PLANNED[0], "done": True}]
    working = [each for n in range(7, 14) if year.is_working(each := monday + dt.timedelta(n))]
    plan = [{"day": each, "item": rng.choice(PLANNED), "owner": year.all("R-TEAMLEAD")[0]} for each in working]
    data = {"week": monday, "group": GROUP, "leader": leader, "done": numbered(done), "next_plan": numbered(plan)}
    id = year.record(
        "F-WEEKPLAN",
        moment(day, 16),
        act("sum_up", leader, moment(day, 16, 30), data),
        act("confirm", year.manager, moment(day, 17, 30)),
    )
    year.book["plans"]["week"] = [(f"{id}#{n}", row["item"]) for n, row in enumerate(plan, start=1)]


def _month(year: Year, day: dt.date) -> None:
    """On the first of the next month: figures in the morning, review and plan in the afternoon."""
    scene = year.scene(day, "F-MONTHDATA")
    month = add_months(day, -1)
    _plan_month(year, scene, month, _month_figures(year, scene, month))


def _month_figures(year: Year, scene: Scene, month: dt.date) -> str:
    rng = scene.rng
    rows = [
        {
            "indicator": name,
            "value": f"{rng.randint(90, 98)}.{rng.randint(10, 99)}",
            "unit": unit,
            "source": "话务系统和投诉台账",
        }
        for name, unit in INDICATORS
    ]
    compiler = year.one("R-SCHEDULER")
    return year.record(
        "F-MONTHDATA",
        scene.at(9),
        act(
            "submit",
            compiler,
            scene.at(10),
            {"month": month, "group": GROUP, "compiler": compiler, "rows": numbered(rows)},
        ),
        act("check", year.all("R-SUPERVISOR")[1], scene.at(11)),
    )


def _plan_month(year: Year, scene: Scene, month: dt.date, figures: str) -> None:
    leader = year.one("R-SUPERVISOR")
    before = year.book["plans"].get("month", [])
    compared = [{"item": item, "plan_item": ref, "planned": "10.0", "done": "10.0"} for ref, item in before]
    compared = compared or [{"item": "全员完成业务通关", "planned": "1.0", "done": "1.0"}]
    plan = [
        {"item": item, "target": "十项", "owner": leader, "due": scene.day + dt.timedelta(20)}
        for item in scene.rng.sample(PLANNED, 2)
    ]
    data = {
        "month": month,
        "group": GROUP,
        "leader": leader,
        "figures": figures,
        "summary": "各项指标达到目标，月初忙时排队略长，已增加应急席位。",
        "plan_vs_done": numbered(compared),
        "next_plan": numbered(plan),
    }
    id = year.record(
        "F-MONTHPLAN",
        scene.at(14),
        act("sum_up", leader, scene.at(15), data),
        act("confirm", year.manager, scene.at(16)),
    )
    year.book["plans"]["month"] = [(f"{id}#{n}", str(row["item"])) for n, row in enumerate(plan, start=1)]


# meetings and tasks


def _regular_meeting(year: Year, scene: Scene) -> None:
    chair, recorder = year.manager, year.one("R-CLERK")
    people = [chair, recorder, *year.all("R-SUPERVISOR"), *year.all("R-TEAMLEAD")]
    owner = year.all("R-TEAMLEAD")[0]
    due = year.working_days_later(scene.day, 5)
    action = {"text": "梳理报修来电的重复询问，提出精简话术。", "owner": owner, "due": due}
    data = {
        "type": "regular",
        "start": scene.at(15),
        "end": scene.at(16),
        "place": "第一会议室",
        "chair": chair,
        "recorder": recorder,
        "preparation": [
            {"item": "materials", "by": recorder, "ready": True},
            {"item": "room", "by": recorder, "ready": True},
        ],
        "present": numbered(
            [{"staff": each, "attendance": "present", "arrived": "14:55", "participated": True} for each in people]
        ),
        "situation": "上月接通率达标，报修类平均处理时长偏高。",
        "demands": "一次解决率提高一个百分点，重复询问下降。",
        "topics": "报修流程、月初排班和投诉复盘。",
        "decisions": "由组长牵头精简报修话术，月底前试行。",
        "actions": numbered([{**action, "task": year.next_number("F-TASK", scene.day)}]),
    }
    meeting = year.record(
        "F-MEETING",
        scene.at(16, 10),
        act("record", recorder, scene.at(16, 40), data),
        act("confirm", chair, scene.at(17)),
    )
    _task(year, scene, owner, due, meeting)


def _task(year: Year, scene: Scene, receiver: str, due: dt.date, source: str) -> str:
    issuer = year.manager
    done = moment(year.working_days_later(scene.day, 4), 15)
    order = {
        "title": "精简报修话术",
        "issuer": issuer,
        "receiver": receiver,
        "issued_at": scene.at(17, 5),
        "due": moment(due, 17),
        "standard": "列出重复询问项，提出新话术并经两名座席试用。",
        "source": source,
    }
    reply = {"at": done + HOUR / 2, "state": "done", "done_at": done, "text": "新话术已试用两天，平均缩短四十秒。"}
    return year.record(
        "F-TASK",
        scene.at(17, 6),
        act("issue", issuer, scene.at(17, 10), order),
        act("accept", receiver, scene.at(17, 30)),
        act("reply", receiver, done + HOUR * 0.6, {"replies": numbered([reply])}),
        act("confirm", issuer, done + 2 * HOUR, {"quality": "good"}),
    )


def _ask_department(year: Year, scene: Scene) -> None:
    requester, owner = year.one("R-SUPERVISOR"), year.one("R-TELECH")
    following = year.working_days_later(scene.day, 1)
    data = {
        "requester": requester,
        "from_dept": "D-CS",
        "to_dept": "D-TECH",
        "request": scene.rng.choice(REQUESTS),
        "due": moment(year.working_days_later(scene.day, 2), 17),
    }
    result = {"results": numbered([{"done_at": moment(following, 15), "text": "已核实并提供书面说明。"}])}
    year.record(
        "F-XDEPT",
        scene.at(9),
        act("ask", requester, scene.at(9, 20), data),
        act("accept", scene.head_of("D-TECH"), scene.at(11), {"owner": owner}),
        act("finish", owner, moment(following, 15, 20), result),
        act("close", requester, moment(following, 16), {"quality": "good"}),
    )


def _correct_error(year: Year, scene: Scene) -> None:
    staff, recorder = year.crew[scene.day, "early"][0], year.all("R-TEAMLEAD")[1]
    data = {
        "error_at": scene.at(9, 10),
        "found_at": scene.at(10),
        "staff": staff,
        "recorder": recorder,
        "desc": "受理改套餐时选错生效月份，复核时发现。",
        "loss": "0.00",
        "serious": False,
    }
    fixed = {
        "cause": "两个选项相邻，提交前没有复述。",
        "measure": "更正订单并电话告知客户。",
        "fixed_at": scene.at(11),
        "told_manager_at": scene.at(11, 10),
    }
    seen = {"checked_at": scene.at(14), "passed": True}
    year.record(
        "F-ERRORFIX",
        scene.at(10, 5),
        act("register", recorder, scene.at(10, 10), data),
        act("correct", staff, scene.at(11, 20), {"corrections": numbered([fixed])}),
        act("verify", recorder, scene.at(14, 10), {"checks": numbered([seen])}),
        act(
            "conclude",
            year.manager,
            scene.at(16),
            {"own_fault": True, "prevention": "提交前复述生效日期，列入班前会提醒。"},
        ),
    )


def _first_aid_box(year: Year, scene: Scene) -> None:
    """What no other form covers goes on the general one."""
    officer = year.one("R-SAFETY")
    rows = [{"item": "创可贴", "value": "二十片，有效期内"}, {"item": "碘伏棉签", "value": "十支，补充五支"}]
    year.record(
        "F-GENERIC",
        scene.at(14),
        act("open", officer, scene.at(14, 5), {"title": "急救箱月度检查", "at": scene.at(14), "by": officer}),
        act("enter", officer, scene.at(14, 15), {"rows": numbered(rows)}),
        act("close", officer, scene.at(14, 20), {"conclusion": "齐全有效。"}),
    )


def _outage(year: Year, scene: Scene) -> None:
    """A cable cut by an excavator: reported, commanded, told to the public, looked back upon."""
    reporter, head = year.one("R-SUPERVISOR"), year.manager
    measure = {"at": scene.at(10, 20), "dept": "D-CS", "measure": "发布语音公告，启用应急席位。"}
    order = {
        "leader": head,
        "departments": ["D-CS", "D-TECH"],
        "instructions": "统一口径，逐户短信告知，重要客户电话告知。",
        "spokesman": year.leader,
        "liaison": year.one("R-TECHMGR"),
    }
    year.record(
        "F-INCIDENT",
        scene.at(9, 46),
        act("report", reporter, scene.at(9, 55), _cut_cable(scene, reporter)),
        act("take_command", head, scene.at(10, 5), order),
        act("handle", head, scene.at(10, 25), {"measures": numbered([measure])}),
        act("speak", year.leader, scene.at(10, 55), {"statements": numbered([_told_public(scene)])}),
        act("conclude", head, scene.at(17), _looked_back(scene)),
        act("close", year.leader, scene.at(17, 30)),
    )


def _cut_cable(scene: Scene, reporter: str) -> dict[str, Any]:
    return {
        "at": scene.at(9, 40),
        "found_at": scene.at(9, 45),
        "reporter": reporter,
        "kind": "outage",
        "facts": "片区光缆被施工挖断，约八百户断网，来电激增。",
        "customers_affected": 800,
        "media": False,
    }


def _told_public(scene: Scene) -> dict[str, Any]:
    return {
        "approved_at": scene.at(10, 40),
        "published_at": scene.at(10, 50),
        "where": "短信和公众号",
        "text": "说明原因和预计恢复时间。",
    }


def _looked_back(scene: Scene) -> dict[str, Any]:
    return {
        "ended_at": scene.at(15, 30),
        "cause": "市政施工挖断光缆。",
        "after_review": "公告及时，短信首批晚了十分钟，改为模板预存。",
        "service_caused": False,
    }


def _quarter(year: Year, scene: Scene) -> None:
    quarter = add_months(scene.day.replace(day=1), -2)
    goals = year.book["goals"][quarter]
    data = {
        "quarter_from": quarter,
        "dept": "D-CS",
        "author": year.manager,
        "progress": "排班、培训和投诉复盘按计划进行。",
        "figures": numbered([{"goal": goals, "actual": "满意率百分之九十六", "met": True}]),
        "problems": "月初忙时排队偏长。",
        "improvements": "下季月初增加两个机动席位。",
    }
    year.record(
        "F-QUARTERRPT",
        scene.at(10),
        act("submit", year.manager, scene.at(14), data),
        act("review", year.leader, scene.at(16), {"opinion": "同意，月初排队问题下季重点督办。"}),
    )
