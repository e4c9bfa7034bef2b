"""Rooms and safety: inspections of every shift, day and month, hazards until they are gone, drills and incidents."""

import datetime as dt
from typing import Any

from benchmarks.scene import Scene
from benchmarks.year.plan import add_months, moment
from benchmarks.year.roster import SHIFTS
from benchmarks.year.shift import lead_on_duty
from benchmarks.year.year import Year, act, numbered

ROOM = "R1"
DRILL_MONTHS = (4, 10)
ITEMS = (
    "shoes", "floor", "wiping", "dust", "arrangement", "cabling", "documents", "order", "temperature", "air_conditioning",
    "power", "fire_equipment", "inflammables", "screens", "headsets", "access_door", "stations",
)  # fmt: skip
MONTHLY_ITEMS = (*ITEMS, "equipment", "extinguishers", "ups", "training", "hazard_trend")
HAZARDS = (
    ("二号座席区过道", "地面插座盖板松动，行走时有绊倒的可能。", "更换插座盖板并固定，走线槽重新压紧。"),
    ("机房东侧", "空调冷凝水管接头渗水，地面有水渍。", "更换密封圈，试运行两小时未再渗水。"),
    ("安全出口", "应急照明灯一盏不亮。", "更换蓄电池，断电测试持续照明九十分钟。"),
    ("员工休息室", "电热水壶电源线外皮破损。", "停用并更换电热水壶，旧壶已报废。"),
)
CLEAN = ("floor", "glass", "furniture", "bins", "toilets", "pantry", "plants", "ways")
REPAIRS = (
    ("lighting", "两盏日光灯闪烁。", "更换灯管和启辉器。"),
    ("furniture", "座椅升降失灵。", "更换气杆。"),
    ("water", "茶水间水龙头滴水。", "更换阀芯。"),
)
TREND = "本月隐患一起，已按期消除；无重复发生，总体平稳。"
PLANS = ("消防疏散预案", "停电应急预案")


def work(year: Year, day: dt.date) -> None:
    if not year.within(day):
        return
    if day.day == 6:
        _hazard(year, year.scene(day, "F-HAZARD"))
    for shift in SHIFTS:
        _shift_inspection(year, year.scene(day, f"room {shift}"), shift)
    _daily_inspection(year, year.scene(day, "F-ROOMDAILY"))
    if day == add_months(day.replace(day=1), 1) - dt.timedelta(4):
        _monthly_inspection(year, year.scene(day, "F-ROOMMONTH"))
    if day.day == 10 and day.month in DRILL_MONTHS:
        _drill(year, year.scene(day, "F-DRILL"))
    if day.day == 19 and day.month % 6 == 5:
        _power_cut(year, year.scene(day, "F-EMERGENCY"))
    if year.is_working(day):
        _five_s(year, year.scene(day, "F-FIVES"))
        _cleanliness(year, year.scene(day, "F-CLEAN"))
    for date, task in ((12, _repair), (18, _lockers)):
        if day == year.working_day(day.replace(day=date)):
            task(year, year.scene(day, task.__name__))


def items(scene: Scene, names: tuple[str, ...]) -> list[dict[str, Any]]:
    values = {"temperature": f"{scene.rng.randint(200, 250) / 10}", "stations": "30", "equipment": "46"}
    notes = {"hazard_trend": TREND}
    return [{"item": each, "result": "ok", "value": values.get(each), "note": notes.get(each)} for each in names]


def _shift_inspection(year: Year, scene: Scene, shift: str) -> None:
    lead = lead_on_duty(year, scene.day, shift)
    at = scene.at(SHIFTS[shift][0] + 2, scene.rng.randint(0, 40))
    data = {"shift_date": scene.day, "shift": shift, "room": ROOM, "at": at, "inspector": lead}
    year.record(
        "F-ROOMSHIFT", at, act("inspect", lead, at + dt.timedelta(minutes=12), {**data, "items": items(scene, ITEMS)})
    )


def _daily_inspection(year: Year, scene: Scene) -> None:
    supervisors = year.all("R-SUPERVISOR")
    inspector = supervisors[scene.day.toordinal() % len(supervisors)]
    at = scene.at(16, scene.rng.randint(0, 30))
    found = [id for id, (first, last) in year.book["hazards"].items() if first <= at < last]
    data = {"room": ROOM, "at": at, "inspector": inspector, "items": items(scene, ITEMS), "level": "day"}
    data |= {"hazards_found": found} if found else {}
    year.record("F-ROOMDAILY", at, act("inspect", inspector, at + dt.timedelta(minutes=20), data))


def _monthly_inspection(year: Year, scene: Scene) -> None:
    officer = year.one("R-SAFETY")
    data = {"room": ROOM, "at": scene.at(14), "inspector": officer, "items": items(scene, MONTHLY_ITEMS)}
    year.record(
        "F-ROOMMONTH",
        scene.at(14),
        act("inspect", officer, scene.at(15), data),
        act("approve", year.manager, scene.at(17)),
    )


def _hazard(year: Year, scene: Scene) -> None:
    place, words, measure = HAZARDS[scene.day.month % len(HAZARDS)]
    agent, officer = year.crew[scene.day, "early"][0], year.one("R-SAFETY")
    found = scene.at(11, 5)
    removed = moment(scene.day + dt.timedelta(2), 15)
    data = {
        "found_at": found,
        "reported_at": scene.at(11, 15),
        "by": agent,
        "place": place,
        "desc": words,
        "level": "general",
    }
    keeper = year.all("R-ADMINSTAFF")[0]
    task = {"responsible": keeper, "due": moment(scene.day + dt.timedelta(5), 18)}
    removal = {"removals": numbered([{"at": removed, "measure": measure}])}
    verified = removed + dt.timedelta(hours=1)
    id = year.record(
        "F-HAZARD",
        scene.at(11, 16),
        act("report", agent, scene.at(11, 20), data),
        act("receive", year.one("R-SUPERVISOR"), scene.at(11, 40), task),
        act("remove", keeper, removed + dt.timedelta(minutes=5), removal),
        act("verify", officer, verified, {"verifications": numbered([{"at": verified, "passed": True}])}),
    )
    year.book["hazards"][id] = (found, verified)


def _drill(year: Year, scene: Scene) -> None:
    officer = year.one("R-SAFETY")
    people = [*year.on_duty(scene.day), *year.all("R-TEAMLEAD")]
    data = {
        "date": scene.day,
        "plan": PLANS[scene.day.month % len(PLANS)],
        "organiser": officer,
        "participants": [{"staff": each, "able": True} for each in people],
        "equipment_used": "干粉灭火器、应急广播、手电",
        "result": "全员三分二十秒撤离到集合点，点名无遗漏，重点岗位断电及时。",
    }
    improvement = {"improvement": "集合点标识重新喷涂，晚班单独再演练一次撤离路线。"}
    year.record(
        "F-DRILL",
        scene.at(15),
        act("report", officer, scene.at(16), data),
        act("review", year.manager, scene.at(17), improvement),
    )


def _power_cut(year: Year, scene: Scene) -> None:
    commander = year.one("R-SUPERVISOR")
    at = scene.at(10, 12)
    steps = (
        ("alarm", "通知物业和技术部，启用备用电源。", "D-CS", commander),
        ("people", "引导一号座席区人员到备用座席。", "D-CS", commander),
        ("restore", "市电恢复，设备逐台检查后切回。", "D-TECH", year.one("R-TELECH")),
    )
    actions = [
        {"at": at + dt.timedelta(minutes=8 * n), "kind": kind, "action": words, "dept": dept, "by": by}
        for n, (kind, words, dept, by) in enumerate(steps, start=1)
    ]
    data = {
        "at": at,
        "place": "一号座席区",
        "event": "power",
        "situation": "片区线路检修临时停电，一号座席区失电二十四分钟。",
        "commander": commander,
        "plan_started": True,
        "plan_used": PLANS[1],
        "departments": ["D-CS", "D-TECH"],
        "actions": numbered(actions),
        "people_safe": True,
        "loss": "0.00",
    }
    year.record(
        "F-EMERGENCY",
        scene.at(11, 30),
        act("submit", commander, scene.at(11, 45), data),
        act("review", year.manager, scene.at(16), {"after_review": "预案有效；备用座席应每周通电检查一次。"}),
    )


def _five_s(year: Year, scene: Scene) -> None:
    lead = lead_on_duty(year, scene.day, "early")
    at = scene.at(8, 2)
    rows = [
        {"staff": each, "item": item, "score": scene.rng.randint(4, 5), "personal_items": scene.rng.randint(0, 1)}
        for each, item in zip(year.crew[scene.day, "early"], ("seiri", "seiton", "seiso"), strict=False)
    ]
    data = {"at": at, "occasion": "ready", "inspector": lead, "dept": "D-CS", "rows": rows, "clean_by_0800": True}
    year.record("F-FIVES", at, act("inspect", lead, at + dt.timedelta(minutes=5), data))


# the house


def _cleanliness(year: Year, scene: Scene) -> None:
    by = year.one("R-RECEPTION")
    rows = [{"item": each, "score": scene.rng.randint(3, 5)} for each in CLEAN]
    at = scene.at(9, 30)
    year.record(
        "F-CLEAN",
        at,
        act("inspect", by, at + dt.timedelta(minutes=8), {"area": "F1", "date": scene.day, "by": by, "items": rows}),
    )


def _repair(year: Year, scene: Scene) -> None:
    """Something in the house breaks every month; administration has it mended the next day."""
    keeper, technician = year.all("R-ADMINSTAFF")[1], year.one("R-TELECH")
    facility, fault, action = REPAIRS[scene.day.month % len(REPAIRS)]
    following = year.working_days_later(scene.day, 1)
    report = {
        "reported_at": scene.at(10),
        "by": year.one("R-RECEPTION"),
        "place": "二号座席区",
        "facility": facility,
        "fault": fault,
        "dangerous": False,
    }
    task = {"done_by": "own", "technician": technician, "promised_at": moment(following, 17)}
    job = {"repaired_at": moment(following, 11), "action": action, "cost": "35.00"}
    look = {"at": moment(following, 14), "ok": True}
    year.record(
        "F-FACILITY",
        scene.at(10, 2),
        act("report", year.one("R-RECEPTION"), scene.at(10, 5), report),
        act("assign", keeper, scene.at(11), task),
        act("repair", technician, moment(following, 11, 20), {"jobs": numbered([job])}),
        act("verify", keeper, moment(following, 14, 10), {"looks": numbered([look])}),
    )


def _lockers(year: Year, scene: Scene) -> None:
    staff, inspector = year.crew[scene.day, "early"][0], year.all("R-TEAMLEAD")[2]
    data = {
        "at": scene.at(14, 30),
        "inspector": inspector,
        "staff": staff,
        "kind": "locker",
        "occasion": "random",
        "present": True,
        "result": "normal",
    }
    year.record(
        "F-LOCKERCHECK",
        scene.at(14, 31),
        act("inspect", inspector, scene.at(14, 35), data),
        act("confirm", staff, scene.at(14, 40)),
    )
