"""What goes wrong with rosters, shifts, attendance and leaves."""

import datetime as dt
from decimal import Decimal
from typing import Any

from benchmarks.story import Story
from benchmarks.year.attendance import amend_register, shift_of
from benchmarks.year.plan import moment
from benchmarks.year.plot import Plot, Tale, values
from benchmarks.year.year import act

Rows = list[dict[str, Any]]

LATE_ON, LEFT_OUT_ON = (10, 14), (10, 21)  # month and day
CLOSED_EARLY, WITHOUT_RESERVE, TWICE = (11, 10), (11, 11), (11, 3)
NO_SHEET = (11, 25)


def _day(plot: Plot, date: tuple[int, int]) -> dt.date:
    return dt.date(plot.year.plan.end.year, *date)


# before the year


def _comes_late(plot: Plot) -> None:
    def late(rows: Rows) -> None:
        rows[0] |= {"kind": "late", "actual_start": rows[0]["planned_start"] + dt.timedelta(minutes=12)}

    amend_register(plot.year, _day(plot, LATE_ON), late)


def _left_out(plot: Plot) -> None:
    amend_register(plot.year, _day(plot, LEFT_OUT_ON), lambda rows: rows.pop(1))


BEFORE = (_comes_late, _left_out)


# attendance


def _registers(plot: Plot) -> None:
    late = plot.told(f"KQ-{_day(plot, LATE_ON):%Y%m%d}")
    tale = Tale("一人迟到十二分钟。", "Somebody came twelve minutes late.")
    plot.expect("REC318", late, "REG-ATTEND/3", tale, "F-ATTEND:late")
    short = plot.told(f"KQ-{_day(plot, LEFT_OUT_ON):%Y%m%d}")
    tale = Tale("考勤登记漏了一名当日有班的员工。", "The register leaves out somebody who was rostered.")
    plot.expect("WSP506", short, "REG-ATTEND/1", tale, "attendance-of-rostered")


def _published_wrongly(plot: Plot) -> None:
    story = plot.told(f"KQM-{plot.year.plan.end.year}10")
    hours = Decimal(values(story)["people"][0]["hours"]) + 2
    tale = Tale("公布的工时比逐日登记多两小时。", "Two hours more are published than registered.")
    plot.expect(
        "WSP506", plot.alter(story, {"people.0.hours": hours}), "REG-ATTEND/1", tale, "attendance-publication-sums"
    )


def _wrong_paper(plot: Plot) -> None:
    story = plot.pick("F-ATTEND", lambda data: any("QJ-" in row.get("ref", "") for row in data["attendance"]))
    rows = values(story)["attendance"]
    place = next(n for n, row in enumerate(rows) if "QJ-" in row.get("ref", ""))
    other = next(each.id for each in plot.every("F-LEAVE") if each.id != rows[place]["ref"])
    tale = Tale("登记的请假条是别人的。", "The leave that is cited was granted to somebody else.")
    plot.expect(
        "WSP506", plot.alter(story, {f"attendance.{place}.ref": other}), "REG-ATTEND/7", tale, "attendance-papers"
    )


def _registered_late(plot: Plot) -> None:
    story = plot.pick("F-ATTEND", lambda data: dt.date.fromisoformat(data["date"]).weekday() == 0)
    story = plot.postpone(story, dt.timedelta(2), "register")
    tale = Tale("考勤第三天才登记。", "Attendance was registered two days late.")
    plot.expect("REC332", story, "REG-ATTEND/1", tale, "F-ATTEND:registered_next_day")


def _ordered_afterwards(plot: Plot) -> None:
    story = plot.pick("F-OVERTIME")
    begun = moment(story.day, 8)
    tale = Tale("加班开始以后才补开加班单。", "Overtime was ordered after it had begun.")
    plot.expect(
        "REC318", plot.alter(story, {"people.0.from_at": begun}), "REG-ATTEND/6", tale, "F-OVERTIME:ordered_first"
    )


# leaves


def _extra_leave(plot: Plot, people: tuple[str, str, str], day: dt.date, applied: dt.date) -> Story:
    """A leave in due form of somebody who is off on that day anyway."""
    year = plot.year
    staff, cover, lead = people
    data = {
        "staff": staff,
        "direct_leader": lead,
        "kind": "annual",
        "from_at": moment(day, 8),
        "to_at": moment(day, 22),
        "back_due_at": moment(day + dt.timedelta(1), 15),
        "reason": "带父母体检和复查，用年休假。",
        "cover_by": cover,
        "open_tasks": 0,
        "post_hoc": False,
    }
    id = year.record(
        "F-LEAVE",
        moment(applied, 9),
        act("apply", staff, moment(applied, 9, 10), data),
        act("talk", lead, moment(applied, 10), {"entitled_days": "5.0"}),
        act("approve_manager", year.manager, moment(applied, 11)),
        act("approve_gm", year.leader, moment(applied, 15)),
        act("note", year.one("R-HR"), moment(applied, 16)),
        act(
            "report_back",
            lead,
            moment(day + dt.timedelta(1), 16),
            {"returned_at": moment(day + dt.timedelta(1), 14, 45)},
        ),
    )
    return plot.told(id)


def _cover_away(plot: Plot) -> None:
    story = plot.pick("F-LEAVE")
    data = values(story)
    day, leads = dt.date.fromisoformat(data["from_at"][:10]), plot.year.all("R-TEAMLEAD")
    lead = next(each for each in leads if each != data["direct_leader"])
    _extra_leave(plot, (data["cover_by"], data["staff"], lead), day, story.created_at.date())
    tale = Tale(
        "顶岗人当天自己也在休假；两张请假条互为顶岗。",
        "Who was to cover was on leave on that day too, and the other way round.",
    )
    plot.expect("WSP506", story, "REG-ATTEND/8", tale, "leave-cover-away")
    plot.expect("WSP506", plot.every("F-LEAVE")[-1], "REG-ATTEND/8", tale, "leave-cover-away")


def _too_many_away(plot: Plot) -> None:
    story = plot.pick("F-LEAVE")
    data, year = values(story), plot.year
    day = dt.date.fromisoformat(data["from_at"][:10])
    off = [each for each in year.agents(day) if shift_of(year, each, day) is None]
    staff = next(each for each in off if each not in (data["staff"], data["cover_by"]))
    cover = next(each for each in off if each not in (staff, data["staff"]))
    granted = dt.datetime.fromisoformat(data["from_at"]).date() - dt.timedelta(2)
    extra = _extra_leave(plot, (staff, cover, data["direct_leader"]), day, granted)
    tale = Tale("同一班组同日两人请假。", "Two people of one team were on leave on the same day.")
    plot.expect("WSP506", extra, "REG-ATTEND/8", tale, "leave-overlap")


def _open_matter(plot: Plot) -> None:
    """In the last week, so that the case is not overdue as well."""
    year = plot.year
    day = year.plan.end - dt.timedelta(2)
    off = [each for each in year.agents(day) if shift_of(year, each, day) is None]
    staff, opened = off[0], day - dt.timedelta(2)
    data = {
        "opened_at": moment(opened, 9),
        "time_place": "客户来电反映专线故障。",
        "persons": "企业客户联系人",
        "phone": "13800000000",
        "event": "专线反复中断，要求给出根本原因。",
        "owner": staff,
    }
    year.record("F-CASE", moment(opened, 9), act("open", staff, moment(opened, 9, 20), data))
    leave = _extra_leave(plot, (staff, off[-1], year.all("R-TEAMLEAD")[0]), day, day - dt.timedelta(1))
    tale = Tale("请假条写没有未办结事项，其实手上有一件个案。", "The slip says nothing is open, but a case is.")
    plot.expect("WSP506", leave, "REG-ATTEND/9", tale, "leave-open-matters")


# rosters and tables


def _rosters(plot: Plot) -> None:
    year = plot.year
    november = plot.told(f"PB-{year.plan.end.year}11")
    slots = [*values(november)["slots"]]
    closed, bare, twice = (str(_day(plot, date)) for date in (CLOSED_EARLY, WITHOUT_RESERVE, TWICE))
    slots = [
        row | {"slot_to": "21:00"}
        if row["day"] == closed and row["slot_to"] == "22:00" and row["role"] == "inbound"
        else row
        for row in slots
    ]
    slots = [row for row in slots if row["day"] != bare or row["role"] != "reserve"]
    early = next(
        row for row in slots if row["day"] == twice and row["slot_from"] == "08:00" and row["role"] == "inbound"
    )
    slots.append({"staff": early["staff"], "day": twice, "slot_from": "10:00", "slot_to": "12:00", "role": "outbound"})
    story = plot.alter(november, {"slots": slots})
    tale = Tale(
        "晚九点以后没有排人接听；座席数表也就不符。",
        "Nobody was rostered after nine in the evening, nor does the table of seats agree.",
    )
    plot.expect("WSP506", story, "REG-SCHEDULE/16", tale, "roster-cover")
    plot.expect("WSP506", plot.told(f"WB1-{year.plan.end.year}11"), "REG-SCHEDULE/7", tale, "five-tables-agree")
    tale = Tale("一日没有排应急人员。", "A day without reserve.")
    plot.expect("WSP506", story, "REG-SCHEDULE/4", tale, "roster-reserve")
    tale = Tale("同一人同时排了座席和外呼。", "Somebody was rostered at two places at once.")
    plot.expect("WSP506", story, "REG-SCHEDULE/3", tale, "roster-rest")


def _long_weeks(plot: Plot) -> None:
    """After each early shift three hours of outbound calls, on the first days of the month too, so that it stays strong."""
    story = plot.told(f"PB-{plot.year.plan.end.year}12")
    slots = values(story)["slots"]
    mine = [row for row in slots if row["role"] == "inbound" and row["slot_from"] == "08:00"]

    def starts(staff: str) -> int:
        return sum(1 for row in mine if row["staff"] == staff and int(row["day"][-2:]) <= 5)

    staff = max(sorted({row["staff"] for row in mine}), key=starts)
    more = [
        {"staff": staff, "day": row["day"], "slot_from": "15:00", "slot_to": "18:00", "role": "outbound"}
        for row in mine
        if row["staff"] == staff
    ]
    tale = Tale(
        "一人全月每个早班后加排三小时外呼，周均超过四十小时。",
        "Three hours of outbound calls after each early shift of a person.",
    )
    plot.expect("WSP506", plot.alter(story, {"slots": [*slots, *more]}), "REG-SCHEDULE/2", tale, "roster-weekly-hours")


def _traffic(plot: Plot) -> None:
    story = plot.told(f"WB4-{plot.year.plan.end.year}10")
    calls = int(values(story)["rows"][4]["actual_calls"]) + 7
    tale = Tale("偏差表的实际话务量抄错一天。", "Table 4 copies the traffic of a day wrongly.")
    plot.expect(
        "WSP506", plot.alter(story, {"rows.4.actual_calls": calls}), "REG-SCHEDULE/7", tale, "five-tables-agree"
    )


# shifts


def _handed_over_late(plot: Plot) -> None:
    story = plot.pick("F-HANDOVER")
    arrived = dt.datetime.fromisoformat(values(story)["shift_start"]) - dt.timedelta(minutes=4)
    tale = Tale("接班人提前四分钟才到。", "The relief came four minutes ahead.")
    plot.expect("REC318", plot.alter(story, {"arrive_at": arrived}), "REG-HANDOVER/1", tale, "F-HANDOVER:lead")
    log = plot.pick("F-DUTYLOG")
    end = dt.datetime.fromisoformat(values(log)["shift_end"])
    tale = Tale("接班人十八分钟后才在值班日志签字。", "The log was closed eighteen minutes after the shift.")
    plot.expect(
        "REC332",
        plot.resign(log, "incoming", at=end + dt.timedelta(minutes=18)),
        "REG-HANDOVER/9",
        tale,
        "F-DUTYLOG:closed_in_time",
    )


def _strange_mark(plot: Plot) -> None:
    story = plot.pick("F-DUTYLOG", lambda data: data["shift"] == "early" and len(data["on_duty"]) > 2)
    other = values(story)["on_duty"][2]["staff"]
    out = next(signing for signing in story.signings if signing.step == "outgoing")
    marks = [{**row, "staff_no": other} for row in out.filled["handover_marks"]]
    story = plot.resign(story, "outgoing", by=other, filled={"handover_marks": marks})
    tale = Tale("在日志上签交班的人并没有办理交接。", "Who marked the log had handed nothing over.")
    plot.expect("WSP506", story, "REG-HANDOVER/9", tale, "duty-marks-match-handover")


def _swap_not_kept(plot: Plot) -> None:
    swap = plot.pick("F-SHIFTSWAP")
    data = values(swap)
    log = plot.told(f"ZB-{data['shift_a_date'].replace('-', '')}-early")
    present = [row for row in values(log)["on_duty"] if row["staff"] != data["counterpart"]]
    plot.alter(log, {"on_duty": present})
    tale = Tale("换来早班的人没有到岗。", "Who had taken over the early shift was not there.")
    plot.expect("WSP506", swap, "REG-HANDOVER/10", tale, "swapped-shift-attended")


def _no_station(plot: Plot) -> None:
    story = plot.pick("F-STATION")
    rows = values(story)["rows"]
    kept = [signing for signing in story.signings if signing.row != rows[-1]["no"]]
    story = plot.alter(story._replace(signings=kept), {"rows": rows[:-1]})
    tale = Tale("一人上座没有登记。", "Somebody sat down without signing in on the sheet.")
    plot.expect("WSP506", story, "REG-ROOM/8", tale, "station-sheet-complete")
    plot.drop(plot.told(f"TX-{_day(plot, NO_SHEET):%Y%m%d}-late"))
    tale = Tale("一个晚班没有座席登记。", "A late shift without a sheet of the stations.")
    plot.expect("WSP505", "handbook/regulations/REG-ROOM.md", "REG-ROOM/8", tale)


AFTER = (
    _registers,
    _published_wrongly,
    _wrong_paper,
    _registered_late,
    _ordered_afterwards,
    _cover_away,
    _too_many_away,
    _open_matter,
    _rosters,
    _long_weeks,
    _traffic,
    _handed_over_late,
    _strange_mark,
    _swap_not_kept,
    _no_station,
)
