"""Attendance follows the roster as leaves, swaps and overtime have changed it; once a month it is published."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from benchmarks.scene import Scene
from benchmarks.year.plan import add_months, moment
from benchmarks.year.roster import SHIFTS
from benchmarks.year.year import Year, act, numbered

BREAK = 30  # minutes off in each shift
HOUR = dt.timedelta(hours=1)
LEAVES = (
    ("personal", "孩子学校开家长会，需要到场一天。"),
    ("sick", "预约了医院专家门诊复查，需请病假一天。"),
    ("official", "参加市总工会组织的职工代表会议一天。"),
    ("personal", "办理房屋过户手续，需要本人到场。"),
    ("bereave", "外祖父去世，需要请假料理后事。"),
    ("marriage", "办理结婚登记和婚礼事宜。"),
    ("home", "探望在外地工作的配偶。"),
)
SWAP_REASONS = ("晚上要送孩子参加考试，早班与同事的晚班对换。", "家中水管维修，约定下午上门。")
OUTING_REASONS = ("到财务部核对退费凭证。", "到前台领取客户寄来的资料。", "到药店购买感冒药。")
OVERTIME_WORK = ("月末录音归档", "新套餐上线前核对知识库")


def rounded(hours: dt.timedelta) -> Decimal:
    return (Decimal(int(hours.total_seconds() // 60)) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)


# before the day


def arrange(year: Year, day: dt.date) -> None:
    """What changes the roster is agreed some days ahead: two leaves a month and a swap; outings and overtime on the day."""
    if not year.within(day):
        return
    if day.day in (9, 17):
        _leave(year, year.scene(day, "F-LEAVE"))
    if day.day == 13:
        _swap(year, year.scene(day, "F-SHIFTSWAP"))
    if day.day in (8, 21):
        _outing(year, year.scene(day, "F-OUTING"))
    if day.day == 20:
        _overtime(year, year.scene(day, "F-OVERTIME"))


def shift_of(year: Year, staff: str, day: dt.date) -> str | None:
    return next((shift for shift in SHIFTS if staff in year.crew.get((day, shift), ())), None)


def _leave(year: Year, scene: Scene) -> None:
    """For a day on which the person is on duty, and on the day after too; somebody who is off comes in instead."""
    for offset in range(3, 9):
        day = scene.day + dt.timedelta(offset)
        for staff in scene.rng.sample(year.on_duty(day), len(year.on_duty(day))):
            cover = _stand_in(year, day, staff)
            if cover and shift_of(year, staff, day + dt.timedelta(1)) and year.within(day + dt.timedelta(1)):
                kind, reason = scene.rng.choice(LEAVES)
                _grant(year, scene, (staff, cover, lead_of(year, staff)), (kind, reason), day)
                return


def _stand_in(year: Year, day: dt.date, staff: str) -> str | None:
    shift = shift_of(year, staff, day)
    beside = -1 if shift == "early" else 1  # a late shift before, or an early one after, would leave too little rest
    clash = "late" if shift == "early" else "early"
    off = [each for each in year.agents(day) if shift_of(year, each, day) is None and each not in year.book["away"]]
    free = [each for each in off if shift_of(year, each, day + dt.timedelta(beside)) != clash]
    return free[0] if free else None


def lead_of(year: Year, staff: str) -> str:
    """Teams are formed by place in the cycle."""
    leads = year.all("R-TEAMLEAD")
    return leads[year.staffing.place[staff] % len(leads)]


def _grant(year: Year, scene: Scene, people: tuple[str, str, str], why: tuple[str, str], day: dt.date) -> None:
    staff, cover, lead = people
    shift = shift_of(year, staff, day)
    assert shift is not None
    first, last = SHIFTS[shift]
    following = day + dt.timedelta(1)
    back = moment(following, SHIFTS[shift_of(year, staff, following) or "early"][0])
    applied = scene.at(9, 10)
    data = {
        "staff": staff,
        "direct_leader": lead,
        "kind": why[0],
        "from_at": moment(day, first),
        "to_at": moment(day, last),
        "back_due_at": back,
        "reason": why[1],
        "contact": scene.phone(),
        "cover_by": cover,
        "open_tasks": 0,
        "post_hoc": False,
    }
    id = year.record(
        "F-LEAVE",
        applied,
        act("apply", staff, scene.at(9, 20), data),
        act("talk", lead, scene.at(10), {"entitled_days": "3.0"}),
        act("approve_manager", year.manager, scene.at(11)),
        act("approve_gm", year.leader, scene.at(14)),
        act("note", year.one("R-HR"), scene.at(15), {"balance_after": "2.0"}),
        act("report_back", lead, back + HOUR, {"returned_at": back - dt.timedelta(minutes=12)}),
    )
    year.crew[day, shift] = [cover if each == staff else each for each in year.crew[day, shift]]
    year.book["away"][staff, day] = (why[0], id, shift)


def _swap(year: Year, scene: Scene) -> None:
    for offset in range(4, 11):
        day = scene.day + dt.timedelta(offset)
        before, after = day - dt.timedelta(1), day + dt.timedelta(1)
        first = [each for each in year.crew.get((day, "early"), ()) if shift_of(year, each, after) != "early"]
        second = [each for each in year.crew.get((day, "late"), ()) if shift_of(year, each, before) != "late"]
        if year.within(after) and first and second:
            _exchange(year, scene, first[0], second[0], day)
            return


def _exchange(year: Year, scene: Scene, one: str, other: str, day: dt.date) -> None:
    early, late = moment(day, SHIFTS["early"][0]), moment(day, SHIFTS["late"][0])
    data = {
        "applicant": one,
        "counterpart": other,
        "shift_a_date": day,
        "shift_a": "early",
        "shift_a_start": early,
        "shift_b_date": day,
        "shift_b": "late",
        "shift_b_start": late,
        "reason": scene.rng.choice(SWAP_REASONS),
    }
    figures = {
        "applicant_week_hours": "35.0",
        "counterpart_week_hours": "35.0",
        "applicant_rest_hours": "17.0",
        "counterpart_rest_hours": "17.0",
    }
    roster = year.book["roster"][day.replace(day=1)]
    id = year.record(
        "F-SHIFTSWAP",
        scene.at(10),
        act("apply", one, scene.at(10, 10), data),
        act("consent", other, scene.at(16)),
        act("approve", year.one("R-SUPERVISOR"), scene.at(17), figures),
        act("enter", year.one("R-SCHEDULER"), scene.at(17, 30), {"roster_updated": True, "roster_no": roster}),
    )
    swap = {one: other, other: one}
    for shift in SHIFTS:
        year.crew[day, shift] = [swap.get(each, each) for each in year.crew[day, shift]]
    year.book["swaps"][id] = (one, other, day)


def _outing(year: Year, scene: Scene) -> None:
    staff = scene.rng.choice(year.crew[scene.day, "early"])
    data = {
        "staff": staff,
        "kind": "leave_post",
        "from_at": scene.at(10),
        "to_at": scene.at(10, 30),
        "reason": scene.rng.choice(OUTING_REASONS),
        "prior_notice": True,
        "notice_at": scene.at(9, 40),
    }
    year.record(
        "F-OUTING",
        scene.at(9, 41),
        act("apply", staff, scene.at(9, 42), data),
        act("permit", year.one("R-SUPERVISOR"), scene.at(9, 50)),
        act("return", staff, scene.at(10, 28), {"returned_at": scene.at(10, 27)}),
    )


def _overtime(year: Year, scene: Scene) -> None:
    people = year.crew[scene.day, "early"][:2]
    first, last = scene.at(15, 30), scene.at(17, 30)
    rows = [{"staff": each, "from_at": first, "to_at": last, "refused": False} for each in people]
    order(year, scene.at(9), {"reason": "work", "explanation": scene.rng.choice(OVERTIME_WORK)}, rows)


def order(year: Year, at: dt.datetime, why: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """An order of overtime, initialled by everybody in it; they stand in the register for it too."""
    soon = dt.timedelta(minutes=5)
    initials = [act("answer", row["staff"], at + (n + 1) * soon, row=str(n)) for n, row in enumerate(rows, start=1)]
    id = year.record(
        "F-OVERTIME",
        at,
        act("order", year.one("R-SUPERVISOR"), at + soon, {"date": at.date(), **why, "people": numbered(rows)}),
        *initials,
        act("approve", year.manager, at + dt.timedelta(hours=2)),
    )
    for row in rows:
        year.book["overtime"].setdefault(at.date(), []).append((row["staff"], row["from_at"], row["to_at"], id))
    return id


# the day itself


def register(year: Year, day: dt.date) -> None:
    """The clerk registers a day on the next working day; on a long weekend somebody comes in for it."""
    if year.within(day):
        due = min(year.working_day(day + dt.timedelta(1)), day + dt.timedelta(3))
        year.later(due, _register, day)


def _register(year: Year, on: dt.date, day: dt.date) -> None:
    rows = [*_present(year, day), *_away(year, day), *_extra(year, day)]
    for change in year.book["amended rows"].pop(day, ()):
        change(rows)
    at = moment(on, 9, 5 + 5 * (on - day).days)
    clerk, supervisor = year.one("R-CLERK"), year.one("R-SUPERVISOR")
    year.record(
        "F-ATTEND",
        at,
        act("register", clerk, at + dt.timedelta(minutes=2), {"date": day, "attendance": numbered(rows)}),
        act("confirm", supervisor, moment(on, 16, (on - day).days)),
    )
    _sum_up(year, day, rows)


def _present(year: Year, day: dt.date) -> list[dict[str, Any]]:
    rng = year.scene(day, "attendance").rng
    rows = []
    for shift, (first, last) in SHIFTS.items():
        for staff in year.crew[day, shift]:
            start, end = moment(day, first), moment(day, last)
            actual = (
                start - dt.timedelta(minutes=rng.randint(10, 20)),
                end + dt.timedelta(minutes=rng.randint(3, 12)),
            )
            rows.append(_row(staff, shift, (start, end), actual, kind="normal"))
    return rows


def _row(
    staff: str,
    shift: str,
    planned: tuple[dt.datetime, dt.datetime],
    actual: tuple[dt.datetime, dt.datetime] | None,
    *,
    kind: str,
    ref: str | None = None,
) -> dict[str, Any]:
    row = {"staff": staff, "shift": shift, "planned_start": planned[0], "planned_end": planned[1]}
    if actual:
        row |= {"actual_start": actual[0], "actual_end": actual[1]}
        row |= {"break_min": BREAK} if kind == "normal" else {}
    return row | {"kind": kind, **({"ref": ref} if ref else {})}


def _away(year: Year, day: dt.date) -> list[dict[str, Any]]:
    return [
        _row(staff, shift, (moment(day, SHIFTS[shift][0]), moment(day, SHIFTS[shift][1])), None, kind=kind, ref=ref)
        for (staff, on), (kind, ref, shift) in year.book["away"].items()
        if on == day
    ]


def _extra(year: Year, day: dt.date) -> list[dict[str, Any]]:
    return [
        _row(staff, "day", (first, last), (first, last), kind="overtime", ref=ref)
        for staff, first, last, ref in year.book["overtime"].pop(day, ())
    ]


# the month


def _sum_up(year: Year, day: dt.date, rows: Sequence[Mapping[str, Any]]) -> None:
    totals = year.book["attendance"].setdefault(day.replace(day=1), {})
    worked: defaultdict[str, set[bool]] = defaultdict(set)
    for row in rows:
        mine = totals.setdefault(row["staff"], defaultdict(Decimal))
        kind = row["kind"]
        if "actual_start" in row:
            minutes = dt.timedelta(minutes=row.get("break_min", 0))
            hours = rounded(row["actual_end"] - row["actual_start"] - minutes)
            mine["hours"] += hours
            mine["overtime_h"] += hours if kind == "overtime" else 0
            mine["late_min"] += _minutes(row["actual_start"] - row["planned_start"]) if kind == "late" else 0
            mine["early_min"] += _minutes(row["planned_end"] - row["actual_end"]) if kind == "early" else 0
        mine[kind] += 1
        if kind != "overtime":
            worked[row["staff"]].add("actual_start" in row)
    for staff, present in worked.items():
        totals[staff]["planned_days"] += 1
        totals[staff]["present_days"] += True in present


def _minutes(late: dt.timedelta) -> int:
    return max(0, int(late.total_seconds() // 60))


def publish(year: Year, day: dt.date) -> None:
    month = add_months(day.replace(day=1), -1)
    if day.day != 4 or month < year.plan.start:
        return
    people = [_published(staff, mine) for staff, mine in sorted(year.book["attendance"][month].items())]
    for change in year.book["amended publication"].pop(month, ()):
        change(people)
    year.record(
        "F-ATTENDPUB",
        moment(day, 10),
        act("compile", year.one("R-CLERK"), moment(day, 11), {"month": month, "people": numbered(people)}),
        act("publish", year.manager, moment(day, 15)),
    )


def _published(staff: str, mine: Mapping[str, Decimal]) -> dict[str, Any]:
    leaves = ("sick", "personal", "official", "injury", "marriage", "bereave", "home", "maternity", "dispatch", "study")
    counts = {
        "planned_days": mine["planned_days"],
        "present_days": mine["present_days"],
        "late_times": mine["late"],
        "late_min": mine["late_min"],
        "early_times": mine["early"],
        "early_min": mine["early_min"],
        "off_post": mine["off_post"],
        "absent_days": mine["absent"],
        **{kind: mine[kind] for kind in leaves if mine[kind]},
    }
    row: dict[str, Any] = {"staff": staff, **{name: int(value) for name, value in counts.items()}}
    extra = {"overtime_h": mine["overtime_h"]} if mine["overtime_h"] else {}
    return row | extra | {"hours": mine["hours"]}


Change = Callable[[list[dict[str, Any]]], object]


def amend_register(year: Year, day: dt.date, change: Change) -> None:
    """Let the register of a day say something else than all went as planned."""
    year.book["amended rows"].setdefault(day, []).append(change)
