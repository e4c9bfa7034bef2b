"""Joining, learning and leaving: undertakings, education, mentors, training, probation, handovers of leavers."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from benchmarks.scene import Scene
from benchmarks.year.plan import Turn, add_months, moment
from benchmarks.year.year import Year, act, numbered

HOURS_A_YEAR = Decimal("30.0")
ABILITIES = ("attitude", "ability", "efficiency", "teamwork")
TOPICS = (
    ("新资费和套餐规则", "逐条讲解变化，分组模拟客户提问。"),
    ("投诉受理和情绪安抚", "听三段录音，讨论先处理情绪再处理事情。"),
    ("客户信息保护", "讲解身份核对步骤和对外提供的审批。"),
    ("系统操作和快捷查询", "上机练习，限时完成五项查询。"),
)
QUESTIONS = (
    ("rules", "客户要求立即退费，如何按规定答复？"),
    ("process", "移机工单的办理时限和催办步骤？"),
    ("basics", "光猫指示灯的含义？"),
)
GOALS_OF_MENTORING = "两周内独立接听咨询类来电，一月内掌握查询和报修流程。"


def work(year: Year, day: dt.date) -> None:
    if day == year.working_day(year.plan.start - dt.timedelta(10)):
        _plan_training(year, year.scene(day, "F-TRAINPLAN"))
        for staff in year.agents(year.plan.start):
            _educate(year, year.scene(day, staff), staff, None)
    for turn in year.staffing.turns:
        if day == turn.joined:
            _join(year, turn)
        if day == turn.last_day:
            _leave(year, turn)
        if day == turn.probation_end - dt.timedelta(10):
            _assess(year, turn)
    if year.within(day):
        _on_their_days(year, day)


def _on_their_days(year: Year, day: dt.date) -> None:
    first = day.replace(day=1)
    if day == year.working_day(first + dt.timedelta(13)):
        _train(year, year.scene(day, "F-TRAINREC"))
    if day == year.working_day(first + dt.timedelta(17)):
        _test_skill(year, year.scene(day, "F-SKILLTEST"))


# learning


def _plan_training(year: Year, scene: Scene) -> None:
    months = [add_months(dt.date(year.plan.end.year, 1, 1), n) for n in range(12)]
    rows = [
        {
            "topic": TOPICS[n % len(TOPICS)][0],
            "kind": "regular",
            "audience": "all",
            "trainer": year.name(year.one("R-TRAINER")),
            "planned": month + dt.timedelta(14),
            "hours": HOURS_A_YEAR / 12,
        }
        for n, month in enumerate(months)
    ]
    data = {
        "year_from": months[0],
        "dept": "D-CS",
        "outline": "以新业务、投诉处理和信息保护为重点，按月集中培训。",
        "rows": numbered(rows),
    }
    year.book["training"]["plan"] = year.record(
        "F-TRAINPLAN",
        scene.at(9),
        act("draft_plan", year.one("R-TRAINER"), scene.at(11), data),
        act("approve", year.manager, scene.at(15)),
    )


def _educate(year: Year, scene: Scene, staff: str, first_duty: dt.date | None) -> None:
    trainer = year.one("R-SAFETY")
    data = {
        "staff": staff,
        "date": scene.day,
        "occasion": "pre_duty" if first_duty else "refresher",
        "first_duty_on": first_duty,
        "topics": ["safety", "secrecy"],
        "hours": "2.0",
        "trainer": trainer,
    }
    year.record(
        "F-SAFETYEDU",
        scene.at(15),
        act("learn", staff, scene.at(17), data),
        act("confirm", trainer, scene.at(17, 30), {"test_score": f"{scene.rng.randint(80, 98)}.0"}),
    )


def _train(year: Year, scene: Scene) -> None:
    trainer = year.one("R-TRAINER")
    topic, content = TOPICS[scene.day.month % len(TOPICS)]
    people = [*year.agents(scene.day), *(each for each in year.all("R-TEAMLEAD") if each != trainer)]
    if scene.day > add_months(year.plan.start, 1):
        people = [each for each in people if each not in year.book["stays away"]]
    hours = (HOURS_A_YEAR / year.plan.months).quantize(Decimal("0.1"))
    scores = [scene.rng.randint(66, 98) for _ in people]
    data = {
        "date": scene.day,
        "plan_item": f"{year.book['training']['plan']}#{scene.day.month}",
        "kind": "regular",
        "mode": "lecture",
        "hours": hours,
        "organiser": trainer,
        "content": f"{topic}：{content}",
        "attendees": numbered([{"staff": each, "score": f"{n}.0"} for each, n in zip(people, scores, strict=True)]),
    }
    id = _session(year, scene.at(19), trainer, people, data)
    if scene.day.month % 3 == 2:
        average = (Decimal(sum(scores)) / len(scores)).quantize(Decimal("0.01"))
        year.later(scene.day + dt.timedelta(9), _evaluate, id, scene.day, average)


def _session(year: Year, end: dt.datetime, trainer: str, people: Sequence[str], data: dict[str, Any]) -> str:
    signed = [
        act("attend", each, end + dt.timedelta(minutes=10 + n), row=str(n)) for n, each in enumerate(people, start=1)
    ]
    return year.record("F-TRAINREC", end, act("hold", trainer, end + dt.timedelta(minutes=8), data), *signed)


def _evaluate(year: Year, day: dt.date, session: str, trained: dt.date, average: Decimal) -> None:
    data = {
        "date": day,
        "session": session,
        "evaluator": year.one("R-TRAINER"),
        "answers": 12,
        "reaction": "4.40",
        "practice_effect": "some",
        "evidence": "培训后一周抽检，同类差错由四件降到一件。",
        "proposals": "案例太少，下次每组自带一段录音。",
    }
    year.record(
        "F-TRAINEVAL",
        moment(day, 10),
        act("evaluate", year.one("R-TRAINER"), moment(day, 11), data),
        act("review", year.one("R-SUPERVISOR"), moment(day, 15)),
        answers={"training-date": trained, "training-test-average": average},
    )


def _test_skill(year: Year, scene: Scene) -> None:
    tester = year.all("R-TEAMLEAD")[0]
    staff = year.crew[scene.day, "early"][0]
    rows = [
        {"topic": topic, "question": words, "score": f"{scene.rng.randint(75, 98)}.0"} for topic, words in QUESTIONS
    ]
    data = {
        "date": scene.day,
        "staff": staff,
        "tester": tester,
        "typing": scene.rng.randint(88, 120),
        "items": numbered(rows),
        "reported_to": year.manager,
    }
    year.record(
        "F-SKILLTEST",
        scene.at(13),
        act("check", tester, scene.at(13, 30), data),
        act("acknowledge", staff, scene.at(13, 40)),
        act("receive", year.manager, scene.at(16)),
    )


# joining


def _join(year: Year, turn: Turn) -> None:
    """Undertaking and education on the first day, onboarding within the week, then a month beside a mentor."""
    day, staff = turn.joined, turn.newcomer
    scene = year.scene(day, f"join {staff}")
    year.record(
        "F-CONFAGREE",
        scene.at(9),
        act("undertake", staff, scene.at(9, 20), _undertaking(staff, day)),
        act("confirm", year.one("R-HR"), scene.at(9, 40)),
    )
    first_duty = add_months(day.replace(day=1), 1)
    _educate(year, scene, staff, first_duty)
    trainer = year.one("R-TRAINER")
    onboarding = {
        "date": day + dt.timedelta(2),
        "kind": "onboarding",
        "mode": "lecture",
        "hours": "16.0",
        "organiser": trainer,
        "topics": ["company", "culture", "duties", "workflow", "norms"],
        "content": "公司概况、企业文化、岗位职责、工作流程和行为规范。",
        "attendees": numbered([{"staff": staff, "score": "86.0"}]),
    }
    _session(year, moment(day + dt.timedelta(2), 17), trainer, [staff], onboarding)
    year.book["mentoring"][staff] = _mentor(year, turn)


def _undertaking(staff: str, day: dt.date) -> dict[str, Any]:
    return {"staff": staff, "signed_date": day, "occasion": "joining", "text_version": 1}


def _mentor(year: Year, turn: Turn) -> str:
    mentor = year.staffing.known[0]
    first = turn.joined + dt.timedelta(3)
    last = first + dt.timedelta(24)
    data = {
        "newcomer": turn.newcomer,
        "mentor": mentor,
        "begins_on": first,
        "ends_on": last,
        "goals": GOALS_OF_MENTORING,
    }
    steps = numbered(
        [
            {
                "on": first + dt.timedelta(7),
                "learned": "旁听三十通来电，熟悉开头语和登记要求。",
                "next": "独立接听咨询。",
            },
            {"on": first + dt.timedelta(18), "learned": "独立接听咨询和查询，差错两件。", "next": "练习报修流程。"},
        ]
    )
    result = {"assessment": "态度好，上手快，报修流程还需熟练。", "independent": True, "early_pass": False}
    supervisor = year.one("R-SUPERVISOR")
    return year.record(
        "F-MENTOR",
        moment(first, 9),
        act("assign", supervisor, moment(first, 9, 20), data),
        act("accept", mentor, moment(first, 10)),
        act("begin", turn.newcomer, moment(first, 10, 10)),
        act("record", mentor, moment(first + dt.timedelta(7), 14), {"progress": steps[:1]}),
        act("record", mentor, moment(first + dt.timedelta(18), 14), {"progress": steps[1:]}),
        act("conclude", mentor, moment(last, 14), result),
        act("confirm", supervisor, moment(last, 16)),
    )


def _assess(year: Year, turn: Turn) -> None:
    day = turn.probation_end - dt.timedelta(10)
    scores = {"attitude": "26.00", "ability": "23.50", "efficiency": "16.00", "teamwork": "17.50"}
    assessor = year.one("R-SUPERVISOR")
    data = {
        "staff": turn.newcomer,
        "start": turn.joined,
        "end": turn.probation_end,
        "assessed_on": day,
        "assessor": assessor,
        "scores": [
            {"dimension": each, "score": scores[each], "evidence": "带教记录和日常考评。"} for each in ABILITIES
        ],
        "mentoring": year.book["mentoring"][turn.newcomer],
        "decision": "pass",
        "regular_from": turn.probation_end + dt.timedelta(1),
        "reason": "能独立完成各类来电，抽检合格，同意转正。",
    }
    year.record(
        "F-PROBATION",
        moment(day, 10),
        act("assess", assessor, moment(day, 11), data),
        act("acknowledge", turn.newcomer, moment(day, 14)),
        act("confirm", year.manager, moment(day, 15)),
        act("settle", year.one("R-HR"), moment(day, 16)),
    )


# leaving


def _leave(year: Year, turn: Turn) -> None:
    """Uniforms first, then everything else is handed over on the last day."""
    day, staff, taker = turn.last_day, turn.leaver, year.one("R-SUPERVISOR")
    admin = year.all("R-ADMINSTAFF")[0]
    pieces = year.book["uniforms"].get(staff, [])
    items = [
        {"item": each["item"], "returned": True, "price": each["price"]} for each in pieces for _ in range(each["qty"])
    ]
    uniform = year.record(
        "F-UNIRETURN",
        moment(day, 9),
        act("hand_in", staff, moment(day, 9, 20), {"staff": staff, "leave_date": day, "items": items}),
        act("take_back", admin, moment(day, 9, 40)),
        act("settle", year.one("R-FINANCE"), moment(day, 10)),
    )
    data = {
        "staff": staff,
        "dept": "D-CS",
        "last_day": day,
        "takers": [taker],
        "situation": "在办客户事项已全部办结，无跟进中的个案。",
        "no_work": True,
        "files": [{"name": "片区客户联系清单", "to_staff": taker}],
    }
    settled = {"uniform": uniform, "keys": "门禁卡一张、更衣柜钥匙一把", "keys_returned": True}
    closed = {"accounts_closed": True, "accounts_closed_at": moment(day, 17)}
    year.record(
        "F-OFFBOARD",
        moment(day, 10),
        act("hand_over", staff, moment(day, 10, 30), data),
        act("take_over", taker, moment(day, 11)),
        act("confirm", year.manager, moment(day, 14)),
        act("settle", admin, moment(day, 15), settled),
        act("close", year.one("R-HR"), moment(day, 17, 10), closed),
    )
