"""What the two shifts of a day leave behind: handovers, logs, sheets of the stations, the general duty."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from benchmarks import phrases
from benchmarks.scene import Scene
from benchmarks.shift import counters, entry, rooms
from benchmarks.year.plan import moment
from benchmarks.year.roster import SHIFTS
from benchmarks.year.year import Year, act, initialled, numbered

AREAS = ("一号座席区", "二号座席区", "机房", "档案室", "员工休息室", "消防通道")
DUTY_DECISIONS = "无须请示的事项已当场处理，节日期间保持两班值守。"
DUTY_KEYS = "机房、档案室和总闸钥匙各一把，已当面点交。"
DUTY_CARRIED = "空调外机噪声待厂家次日上门检查，其余无遗留事项。"
CUSTOMER_MATTERS = (
    ("transferred", "normal", "宽带移机已派单，装维预约次日上午，需跟进是否按时上门。"),
    ("urgent", "soon", "对公专线中断，技术部正在抢修，恢复后需第一时间告知客户。"),
    ("potential", "normal", "有意办理企业套餐，要求下午三点后再联系并发送资费表。"),
)


def lead_on_duty(year: Year, day: dt.date, shift: str) -> str:
    """Team leaders take turns; the one of the night is the one of the early shift to come."""
    leads = year.all("R-TEAMLEAD")
    return leads[(day.toordinal() + (shift != "early")) % len(leads)]


def night_lead(year: Year, day: dt.date) -> str:
    leads = year.all("R-TEAMLEAD")
    return leads[(day.toordinal() + 2) % len(leads)]


def work(year: Year, day: dt.date) -> None:
    if not year.within(day):
        return
    for shift, (first, last) in SHIFTS.items():
        scene = year.scene(day, f"shift {shift}")
        crew, relief = year.crew[day, shift], _relief(year, day, shift)
        for seat, (leaving, coming) in enumerate(zip(crew, relief, strict=False), start=1):
            _handover(year, scene, shift, f"A{seat:02d}", leaving, coming)
        _duty_log(year, scene, shift, crew, relief[0])
        _stations(year, scene, (shift, first, last), crew)
    if not year.is_working(day):
        _general_duty(year, year.scene(day, "F-GENDUTY"))
    if day == year.working_day(day.replace(day=27)):
        _overflow(year, year.scene(day, "F-OVERFLOW"))
    if day.weekday() in (0, 3):
        _customers_handed_over(year, year.scene(day, "F-CUSTHANDOVER"))


def _relief(year: Year, day: dt.date, shift: str) -> Sequence[str]:
    """Two seats are handed to the late shift; at night a team leader takes the calls."""
    return year.crew[day, "late"][:2] if shift == "early" else [night_lead(year, day)]


def _handover(year: Year, scene: Scene, shift: str, seat: str, leaving: str, coming: str) -> None:
    at = scene.at(SHIFTS[shift][1])
    arrived = at - dt.timedelta(minutes=scene.rng.randint(10, 15))
    signed = scene.later(at, 0, 3)
    issues = year.book["carried"].pop((scene.day, shift, seat), None) or _matters(year, scene, at)
    data = {
        "shift_date": scene.day,
        "shift_out": shift,
        "shift_in": "late" if shift == "early" else "night",
        "post": seat,
        "out_staff": leaving,
        "in_staff": coming,
        "shift_start": at,
        "arrive_at": arrived,
        "face_to_face": True,
        "shift_summary": scene.rng.choice(phrases.SHIFT_SUMMARIES),
        "counters": counters(scene),
        **({"issues": numbered(issues)} if issues else {"no_issues": True}),
        "items_handed": [{"item": each, "qty": 1, "ok": True} for each in scene.rng.sample(phrases.THINGS, 2)],
    }
    incoming = act("incoming", coming, scene.later(signed, 3, 6), {"room_check": rooms(scene)})
    year.record("F-HANDOVER", at - dt.timedelta(minutes=20), act("outgoing", leaving, signed, data), incoming)


def _matters(year: Year, scene: Scene, at: dt.datetime) -> list[dict[str, Any]]:
    supervisors = year.all("R-SUPERVISOR")
    return [
        {
            "kind": scene.rng.choice(("open_case", "fault", "notice", "other")),
            "description": words,
            "urgent": False,
            "state": "carried",
            "reported_to": scene.rng.choice(supervisors),
            "due": at + dt.timedelta(days=1),
        }
        for words in scene.rng.sample(phrases.MATTERS, scene.rng.choice((0, 0, 1, 2)))
    ]


def _duty_log(year: Year, scene: Scene, shift: str, crew: Sequence[str], relief: str) -> None:
    rng = scene.rng
    start, end = (scene.at(hour) for hour in SHIFTS[shift])
    data = {
        "duty_date": scene.day,
        "shift": shift,
        "shift_start": start,
        "shift_end": end,
        "supervisor": lead_on_duty(year, scene.day, shift),
        "on_duty": [{"staff": each, "seat": f"A{seat:02d}"} for seat, each in enumerate(crew, start=1)],
        "weather": rng.choice(phrases.WEATHERS),
    }
    moments = sorted(scene.later(start, 10, 400) for _ in range(rng.randint(1, 3)))
    entries = [entry(scene, number, moment, rng.choice(crew)) for number, moment in enumerate(moments, start=1)]
    initials = [
        act("initial", row["by"], moments[-1] + dt.timedelta(minutes=number), row=row["no"])
        for number, row in enumerate(entries, start=1)
    ]
    initials[0] = initials[0]._replace(filled={"entries": entries})
    out_at = scene.later(end, 1, 3)
    in_at = scene.later(out_at, 1, 5)
    opened = scene.later(start, 1, 4)
    year.record(
        "F-DUTYLOG",
        opened,
        act("open", crew[0], opened, data),
        *initials,
        act("outgoing", crew[0], out_at, {"handover_marks": [_mark("1", "out", crew[0], out_at)]}),
        act("incoming", relief, in_at, {"handover_marks": [_mark("2", "in", relief, in_at)]}),
    )


def _mark(no: str, direction: str, staff: str, at: dt.datetime) -> dict[str, Any]:
    return {"no": no, "direction": direction, "staff_no": staff, "at": at}


def _stations(year: Year, scene: Scene, shift: tuple[str, int, int], crew: Sequence[str]) -> None:
    name, first, last = shift
    rows = [
        {
            "seat": f"A{seat:02d}",
            "staff": each,
            "wiped": True,
            "sign_in": scene.at(first) - dt.timedelta(minutes=scene.rng.randint(1, 6)),
            "sign_out": scene.at(last) - dt.timedelta(minutes=scene.rng.randint(7, 9)),
            "reason": "shift_end",
            "headset_returned": True,
            "chair": True,
            "desk_clear": True,
        }
        for seat, each in enumerate(crew, start=1)
    ]
    lead = lead_on_duty(year, scene.day, name)
    year.record(
        "F-STATION",
        scene.at(first, 1),
        act("open", lead, scene.at(first, 2), {"shift_date": scene.day, "shift": name}),
        *initialled("initial", "rows", rows, "staff", scene.at(last)),
        act("close", lead, scene.at(last, 25)),
    )


def _general_duty(year: Year, scene: Scene) -> None:
    """On days off one of the general duty managers is in the house from nine to six."""
    managers = year.all("R-GENDUTY")
    turn = scene.day.toordinal() % len(managers)
    out, into = managers[turn], managers[(turn + 1) % len(managers)]
    crew = year.crew[scene.day, "early"]
    rounds = [{"area": each, "checked_at": scene.at(10 + n), "ok": True} for n, each in enumerate(AREAS)]
    entry = {
        "at": scene.at(11, 30),
        "kind": "other",
        "description": "巡查各区域，秩序正常，消防通道畅通。",
        "by": crew[0],
    }
    data = {
        "duty_date": scene.day,
        "shift": "day",
        "duty_start": scene.at(9),
        "duty_end": scene.at(18),
        "out_manager": out,
        "in_manager": into,
        "on_duty": [{"staff": each, "seat": "热线座席"} for each in crew],
        "weather": scene.rng.choice(phrases.WEATHERS),
        "entries": numbered([entry]),
        "areas_checked": rounds,
        "decisions": DUTY_DECISIONS,
        "keys_handed": DUTY_KEYS,
        "carried": DUTY_CARRIED,
    }
    year.record(
        "F-GENDUTY", scene.at(9, 5), act("outgoing", out, scene.at(18, 1), data), act("incoming", into, scene.at(18, 6))
    )


def _customers_handed_over(year: Year, scene: Scene) -> None:
    rng = scene.rng
    leaving, coming = year.crew[scene.day, "early"][0], year.crew[scene.day, "late"][0]
    kind, urgency, words = rng.choice(CUSTOMER_MATTERS)
    customer = {
        "customer": f"KH{rng.randrange(10**8):08d}",
        "channel": "phone",
        "type": kind,
        "urgency": urgency,
        "situation": words,
        "promised_at": scene.at(20),
    }
    data = {
        "handover_date": scene.day,
        "shift": "early",
        "from_staff": leaving,
        "to_staff": coming,
        "next_shift_end": moment(scene.day, 22),
        "customers": numbered([customer]),
    }
    year.record(
        "F-CUSTHANDOVER",
        scene.at(14, 40),
        act("outgoing", leaving, scene.at(15, 1), data),
        act("incoming", coming, scene.at(15, 5)),
    )


def _overflow(year: Year, scene: Scene) -> None:
    """When bills come out the queue grows: two steps of help, and back again as it shrinks."""
    supervisor, seats = year.one("R-SUPERVISOR"), len(year.crew[scene.day, "early"])
    ladder: list[tuple[int, int, str, dict[str, Any]]] = [
        (2, 7, "watch", {}),
        (10, 8, "step1", {"moved": 2, "sustained_min": 8}),
        (18, 9, "step2", {"moved": 2, "sustained_min": 8}),
        (40, 3, "signout", {"moved": 2, "released": "step2"}),
        (55, 1, "signout", {"moved": 2, "released": "step1"}),
    ]
    after = (0, 2, 4, 2, 0)
    actions = [
        {
            "at": scene.at(10, minute),
            "waiting": queue,
            "action": action,
            "seats_after": seats + more,
            "decided_by": supervisor,
        }
        | facts
        for (minute, queue, action, facts), more in zip(ladder, after, strict=True)
    ]
    data = {"start_at": scene.at(10), "shift": "day", "cause": "promo", "supervisor": supervisor, "seats_before": seats}
    year.record(
        "F-OVERFLOW",
        scene.at(10, 1),
        act("begin", supervisor, scene.at(10, 1), data),
        act("log", supervisor, scene.at(10, 56), {"actions": numbered(actions)}),
        act("end", supervisor, scene.at(11, 10), {"end_at": scene.at(11), "absorbed": 18}),
        act("review", year.manager, scene.at(15)),
    )
