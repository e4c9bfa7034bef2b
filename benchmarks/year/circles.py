"""The quality circles: one works through its four phases, the other gives its topic up."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from benchmarks.scene import Scene
from benchmarks.year.paper import attachment, scan
from benchmarks.year.plan import add_months
from benchmarks.year.year import Year, act, numbered

CIRCLE, IDLE_CIRCLE = "QC1", "QC2"
PHASES = ("plan", "do", "check", "act")
TOPIC = "缩短报修来电的平均处理时长"


def work(year: Year, day: dt.date) -> None:
    if not year.within(day):
        return
    start = year.working_day(year.plan.start + dt.timedelta(7))
    if day == start:
        year.book["circles"][CIRCLE] = _register_topic(year, year.scene(day, CIRCLE), CIRCLE, TOPIC)
        year.book["circles"][IDLE_CIRCLE] = _register_topic(
            year, year.scene(day, IDLE_CIRCLE), IDLE_CIRCLE, "降低晚班空闲率"
        )
    if day > start and day == year.working_day(day.replace(day=15)):
        _circle_meets(year, year.scene(day, "F-QCACT"))
    if day == year.working_day(add_months(year.plan.start, 1) + dt.timedelta(3)):
        _circle_stops(year, year.scene(day, "F-QCSTOP"))


def _members(year: Year) -> Sequence[str]:
    return (year.one("R-QCLEADER"), year.staffing.known[0], year.staffing.known[1])


def _register_topic(year: Year, scene: Scene, group: str, topic: str) -> str:
    members = _members(year)
    months = [add_months(scene.day.replace(day=1), n // 2 + 1) for n in range(len(PHASES))]
    plan = [
        {"phase": phase, "content": "按计划推进并记录数据。", "planned": month, "owner": members[0]}
        for phase, month in zip(PHASES, months, strict=True)
    ]
    data = {
        "group": group,
        "kind": "hotline",
        "topic": topic,
        "leader": members[0],
        "members": list(members),
        "situation": "报修来电平均处理时长六分十秒，高于目标。",
        "target": "五分钟以内",
        "plan": numbered(plan),
    }
    return year.record(
        "F-QCREG",
        scene.at(10),
        act("propose", members[0], scene.at(11), data),
        act("register", year.one("R-GENMGR"), scene.at(15), {"room": "每月使用小会议室一次。"}),
    )


def _circle_meets(year: Year, scene: Scene) -> None:
    """Plan, do, check, act: the last phase comes in the last month."""
    met = year.book["circles"].get("met", 0)
    last = scene.day.month == year.plan.end.month
    phase = "act" if last else PHASES[min(met, 2)]
    year.book["circles"]["met"] = met + 1
    members = _members(year)
    sheet = scan(f"Handling times of {scene.day:%Y-%m}")
    name, file = attachment("times.pdf", sheet)
    year.record(
        "F-QCACT",
        scene.at(16),
        act("record", members[1], scene.at(17), {**_minutes(year, scene, phase), "concludes": last, "data": [file]}),
        act("confirm", members[0], scene.at(17, 20)),
        act("evaluate", year.one("R-GENMGR"), scene.at(17, 50), {"score": "88.0"}),
        files={name: sheet},
    )


def _minutes(year: Year, scene: Scene, phase: str) -> dict[str, Any]:
    members = _members(year)
    data: dict[str, Any] = {
        "group": CIRCLE,
        "topic": year.book["circles"][CIRCLE],
        "date": scene.day,
        "phase": phase,
        "recorder": members[1],
        "leader": members[0],
        "attendance": list(members),
        "measures": numbered(
            [
                {
                    "measure": "精简重复询问，改用勾选式登记。",
                    "owner": members[1],
                    "due": scene.day + dt.timedelta(14),
                    "done": phase != "plan",
                }
            ]
        ),
        "speeches": [{"member": each, "statement": "同意先做勾选式登记，再看通话时长。"} for each in members],
        "comparisons": [{"indicator": "平均处理时长", "before": "六分十秒", "after": "五分零五秒"}],
        "conclusion": "按计划推进，下次核对数据。",
    }
    data |= {"situation": "重复询问占通话时间三成。", "target": "五分钟以内"} if phase == "plan" else {}
    data |= {"effect": "平均缩短一分钟，满意度没有下降。"} if phase in ("check", "act") else {}
    data |= (
        {"proposals": [{"text": "勾选式登记写入报修流程。", "standard": "报修受理操作要点"}]} if phase == "act" else {}
    )
    return data


def _circle_stops(year: Year, scene: Scene) -> None:
    leader = _members(year)[0]
    data = {
        "topic": year.book["circles"][IDLE_CIRCLE],
        "group": IDLE_CIRCLE,
        "leader": leader,
        "since": scene.day,
        "reason": "晚班排班已调整，课题不再需要。",
        "given_up": True,
    }
    year.record(
        "F-QCSTOP",
        scene.at(10),
        act("explain", leader, scene.at(10, 30), data),
        act("accept", year.one("R-GENMGR"), scene.at(15), {"opinion": "同意终止。"}),
    )
