"""Tasks and replies, plans and delays, errors, meetings and what one department asks of another."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, TimeOfDay, altered_workspace, broken, lacking, outcome

from csdocs.load.record.case import RecordCase

LATER = datetime.fromisoformat("2027-01-31T18:00:00+08:00")
ISSUED = ("issue", "S0003", "2026-12-01 09:00")


# tasks


def reply(no: int, at: str, state: str = "done", **data: str) -> dict[str, Any]:
    rest = {"done_at": at} if state == "done" else {"reason": "系统故障"}
    return {"no": no, "at": at, "state": state, "text": "见附件", **rest, **data}


def ruling(no: int, at: str, action: str = "change", **data: str) -> dict[str, Any]:
    return {"no": no, "at": at, "action": action, "text": "按新的期限", **data}


def task(desk: Desk, *signed: tuple[str, ...], id: str = "RW-202612-001", **data: Any) -> RecordCase:
    order = {
        "title": "更新知识库",
        "issuer": "S0003",
        "receiver": "S1001",
        "issued_at": "2026-12-01 09:00",
        "due": "2026-12-03 18:00",
        "standard": "三十条全部核对",
    }
    return desk.file("F-TASK", id, {**order, **data}, [ISSUED, *signed])


DONE = [
    ("accept", "S1001", "2026-12-01 10:00"),
    ("reply", "S1001", "2026-12-03 17:00"),
    ("confirm", "S0003", "2026-12-03 17:30"),
]


def test_a_task_is_answered_whether_done_or_not(desk: Desk) -> None:
    replies = [reply(1, "2026-12-03 17:00")]
    case = task(desk, *DONE, replies=replies, quality="good")
    assert outcome(case) == ([], [], "closed")
    assert case.all_values["in_time"] is True
    assert case.all_values["due_now"] == case.all_values["due"]
    assert broken(task(desk, DONE[0])) == ["replied"]
    late = task(desk, *DONE[:2], replies=[reply(1, "2026-12-03 18:01")])
    assert broken(late) == ["replied"]
    undone = task(desk, *DONE[:2], replies=[reply(1, "2026-12-03 17:00", "undone")])
    assert outcome(undone) == ([], [], "replied")
    assert broken(task(desk, *DONE, replies=[reply(1, "2026-12-03 17:00", "undone")], quality="good")) == [
        "closed_when_done"
    ]
    slow = [reply(1, "2026-12-03 17:00", done_at="2026-12-03 15:59")]
    assert broken(task(desk, *DONE, replies=slow, quality="good")) == ["answered_at_once"]


def test_silence_accepts_and_an_objection_comes_in_time(desk: Desk) -> None:
    case = task(desk, DONE[1], DONE[2], replies=[reply(1, "2026-12-03 17:00")], quality="good")
    assert outcome(case) == ([], [], "closed")
    for at, expected in (("12:59", []), ("13:01", ["objected_in_time"])):
        lines = [{"no": 1, "at": f"2026-12-01 {at}", "text": "人手不足"}]
        case = task(desk, ("object", "S1001", "2026-12-01 12:59"), objections=lines, due="2027-02-01 18:00")
        assert (broken(case), case.progress.state) == (expected, "objected")


def test_the_issuer_decides_on_a_difficulty(desk: Desk) -> None:
    hard = [reply(1, "2026-12-02 09:00", "difficulty")]
    signed = [DONE[0], ("reply", "S1001", "2026-12-02 09:00")]
    assert broken(task(desk, *signed, replies=hard)) == ["difficulty_ruled_on"]
    for at, expected in (("2026-12-02 13:00", []), ("2026-12-02 13:01", ["difficulty_ruled_on"])):
        case = task(desk, *signed, ("withdraw", "S0003", at), replies=hard, rulings=[ruling(1, at, "withdraw")])
        assert (broken(case), case.progress.state) == (expected, "revoked")


def test_a_change_sets_a_new_date(desk: Desk) -> None:
    hard = reply(1, "2026-12-02 09:00", "difficulty")
    rulings = [ruling(1, "2026-12-02 10:00", new_due="2026-12-10 18:00")]
    signed = [DONE[0], ("reply", "S1001", "2026-12-02 09:00"), ("change", "S0003", "2026-12-02 10:00")]
    assert broken(task(desk, *signed, replies=[hard], rulings=rulings)) == ["answered_by_the_new_date"]
    for at, expected in (("2026-12-10 18:00", []), ("2026-12-10 18:01", ["answered_by_the_new_date"])):
        end = [("reply", "S1001", at), ("confirm", "S0003", "2026-12-11 09:00")]
        case = task(desk, *signed, *end, replies=[hard, reply(2, at)], rulings=rulings, quality="good")
        assert outcome(case) == (expected, [], "closed")


@pytest.mark.parametrize(
    ("at", "taken_off", "expected"),
    [
        ("2026-12-03 18:00", "0", []),
        ("2026-12-03 18:01", "0", ["YP-202612-S1001"]),
        ("2026-12-03 18:01", "1", []),
    ],
)
def test_a_missed_reply_is_taken_off_efficiency(desk: Desk, at: str, taken_off: str, expected: list[str]) -> None:
    task(desk, DONE[0], ("reply", "S1001", at), replies=[reply(1, at, "undone")])
    data = {"month": "2026-12-01", "agent": "S1001", "assessor": "S0003", "reply_deduct": taken_off}
    desk.file("F-APPRMONTH", "YP-202612-S1001", data, [("assess", "S0003", "2026-12-31 10:00")])
    assert desk.disagreements("appraisal-missed-replies") == expected


def test_nobody_goes_on_leave_from_an_open_task(desk: Desk) -> None:
    task(desk, DONE[0])
    signed = [("apply", "S1001", "2026-12-02 09:00"), ("talk", "S0010", "2026-12-02 10:00")]
    signed += [("approve_manager", "S0002", "2026-12-02 11:00"), ("approve_gm", "S0001", "2026-12-02 12:00")]
    signed += [("note", "S0024", "2026-12-02 13:00")]
    data = {"staff": "S1001", "direct_leader": "S0010", "open_tasks": 0, "from_at": "2026-12-04 08:00"}
    desk.file("F-LEAVE", "QJ-202612-001", {**data, "post_hoc": False, "entitled_days": "5"}, signed)
    assert desk.disagreements("leave-open-matters") == ["QJ-202612-001"]
    task(desk, *DONE, replies=[reply(1, "2026-12-03 17:00")], quality="good")
    assert desk.disagreements("leave-open-matters") == []


# plans and delays


def delay(desk: Desk, of: str = "RW-202612-001", at: str = "2026-12-03 10:00", **data: Any) -> RecordCase:
    fixed = {
        "staff": "S1001",
        "task": of,
        "old_due": "2026-12-03 18:00",
        "reason": "供应商迟到",
        "done_so_far": "二十条",
        "new_due": "2026-12-05 18:00",
        "granted_due": "2026-12-05 12:00",
    }
    signed = [("apply", "S1001", at), ("approve", "S0002", "2026-12-04 09:00")]
    return desk.file("F-DELAY", "YQ-202612-001", {**fixed, **data}, signed)


def test_a_delay_is_asked_for_before_the_date(desk: Desk) -> None:
    task(desk)
    assert outcome(delay(desk)) == ([], [], "closed")
    assert desk.disagreements("delay-of-task") == []
    assert broken(delay(desk, at="2026-12-03 18:01")) == ["applied_before_due"]
    assert broken(delay(desk, new_due="2026-12-03 18:00")) == ["later_than_before"]
    delay(desk, old_due="2026-12-03 17:00")
    assert desk.disagreements("delay-of-task") == ["YQ-202612-001"]


def day_plan(desk: Desk, *results: dict[str, Any], evening: str = "2026-12-03 17:30") -> RecordCase:
    data = {
        "date": "2026-12-03",
        "staff": "S1001",
        "morning_at": "2026-12-03 08:15",
        "plan": [{"no": 1, "item": "回访十户"}, {"no": 2, "item": "整理录音", "task": "RW-202612-001"}],
        "evening_at": evening,
        "results": list(results),
    }
    times = {"present": ("S1001", "08:20"), "sum_up": ("S1001", "17:40"), "read": ("S0010", "17:50")}
    signed = [(step, who, f"2026-12-03 {at}") for step, (who, at) in times.items()]
    return desk.file("F-DAYPLAN", "RJH-20261203-S1001", data, signed)


def test_the_day_is_finished_or_a_delay_applied_for(desk: Desk) -> None:
    left = {"no": 2, "done": False, "reason": "系统升级"}
    case = day_plan(desk, {"no": 1, "done": True}, {"no": 2, "done": True})
    assert (outcome(case), case.all_values["completion"]) == (([], [], "closed"), 100)
    assert broken(day_plan(desk, {"no": 1, "done": True}, left)) == ["delay_applied_for"]
    assert broken(day_plan(desk, {"no": 1, "done": True})) == ["every_item_has_an_outcome"]
    done = ({"no": 1, "done": True}, {"no": 2, "done": True})
    assert broken(day_plan(desk, *done, evening="2026-12-04 08:00")) == ["summed_up_that_day"]
    case = day_plan(desk, {"no": 1, "done": True}, {**left, "delay": "YQ-202612-001"})
    assert (broken(case), case.all_values["completion"]) == ([], 50)
    for about, expected in (
        ("RW-202612-001", []),
        ("RJH-20261203-S1001#2", []),
        ("RJH-20261203-S1001#1", ["RJH-20261203-S1001"]),
    ):
        delay(desk, about)
        assert desk.disagreements("delay-of-plan") == expected


def week(desk: Desk, monday: str, done: list[dict[str, Any]], first: int, signed: str) -> RecordCase:
    days = [{"no": n, "day": f"2026-12-{first + n - 1:02}", "item": "抽听", "owner": "S1001"} for n in range(1, 6)]
    data = {"week": monday, "group": "G1", "leader": "S0010", "done": done, "next_plan": days}
    number = datetime.fromisoformat(monday).isocalendar()
    steps = [("sum_up", "S0010", signed), ("confirm", "S0002", signed)]
    return desk.file("F-WEEKPLAN", f"ZJH-{number.year}W{number.week}-G1", data, steps)


def test_the_week_is_summed_up_before_sunday_and_planned_by_day(desk: Desk) -> None:
    plain = [{"no": 1, "item": "排班", "done": True}]
    assert outcome(week(desk, "2026-11-30", plain, 7, "2026-12-05 23:59")) == ([], [], "closed")
    assert broken(week(desk, "2026-11-30", plain, 7, "2026-12-06 00:01")) == ["summed_up"]
    assert broken(week(desk, "2026-11-30", plain, 8, "2026-12-05 12:00")) == ["plan_split_by_day"]
    undone = [{"no": 1, "item": "排班", "done": False, "reason": "缺员"}]
    assert broken(week(desk, "2026-11-30", undone, 7, "2026-12-05 12:00")) == ["undone_has_measure_or_delay"]
    lines = [{"no": n, "item": "抽听", "done": True, "plan_item": f"ZJH-2026W49-G1#{n}"} for n in range(1, 6)]
    case = week(desk, "2026-12-07", lines, 14, "2026-12-12 12:00")
    assert (broken(case), case.all_values["rate"], desk.disagreements("week-plan-accounted")) == ([], 100, [])
    week(desk, "2026-12-07", lines[1:], 14, "2026-12-12 12:00")
    assert desk.disagreements("week-plan-accounted") == ["ZJH-2026W50-G1"]


def test_figures_come_on_the_first(desk: Desk) -> None:
    rows = [{"no": 1, "indicator": "接通率", "value": "96.5", "unit": "%", "source": "话务月报"}]
    data = {"month": "2026-11-01", "group": "G1", "compiler": "S0010", "rows": rows}
    for at, expected in (("2026-12-01 23:59", []), ("2026-12-02 00:01", ["submitted"])):
        signed = [("submit", "S0010", at), ("check", "S0003", at)]
        assert outcome(desk.file("F-MONTHDATA", "YSJ-202611-G1", data, signed)) == (expected, [], "closed")


def month(desk: Desk, first: str, at: str, *done: dict[str, Any], due: str) -> RecordCase:
    plan = [{"no": n, "item": item, "target": "全部", "owner": "S1001", "due": due} for n, item in enumerate("甲乙", 1)]
    number = first[:7].replace("-", "")
    data = {
        "month": first,
        "group": "G1",
        "leader": "S0010",
        "figures": f"YSJ-{number}-G1",
        "summary": "平稳",
        "plan_vs_done": [{"no": n, "item": "回访", **line} for n, line in enumerate(done, 1)],
        "next_plan": plan,
    }
    return desk.file("F-MONTHPLAN", f"YJH-{number}-G1", data, [("sum_up", "S0010", at), ("confirm", "S0002", at)])


def test_the_month_is_held_against_its_plan(desk: Desk) -> None:
    first = {"planned": "40", "done": "40"}
    case = month(desk, "2026-11-01", "2026-12-01 23:59", first, due="2026-12-20")
    assert outcome(case) == ([], [], "closed")
    assert broken(month(desk, "2026-11-01", "2026-12-02 00:01", first, due="2026-12-20")) == ["summed_up"]
    month(desk, "2026-11-01", "2026-12-01 18:00", first, due="2026-12-20")
    lines = [
        {"planned": "40", "done": "30", "reason": "缺员", "delay": "YQ-202612-001", "plan_item": "YJH-202611-G1#1"},
        {"planned": "1", "done": "1", "plan_item": "YJH-202611-G1#2"},
        {"planned": "0", "done": "5"},
    ]
    case = month(desk, "2026-12-01", "2027-01-01 12:00", *lines, due="2027-01-20")
    values = case.all_values
    assert (broken(case), desk.disagreements("month-plan-accounted")) == ([], [])
    assert [values[f"{name}_items"] for name in ("planned", "done", "delayed", "unplanned")] == [2, 1, 1, 1]
    assert (values["rate"], values["plan_vs_done"][0]["rate"]) == (50, 75)
    month(desk, "2026-12-01", "2027-01-01 12:00", *lines[1:], due="2027-01-20")
    assert desk.disagreements("month-plan-accounted") == ["YJH-202612-G1"]


# errors


def error(desk: Desk, fixed: str = "2026-12-03 09:00", told: str = "2026-12-01 10:00", **data: Any) -> RecordCase:
    line = {"no": 1, "cause": "看错行", "measure": "重新录入", "fixed_at": fixed, "told_manager_at": told}
    record = {
        "error_at": "2026-12-01 08:30",
        "found_at": "2026-12-01 09:00",
        "staff": "S1001",
        "recorder": "S0010",
        "desc": "资费录错",
        "loss": "0.00",
        "serious": False,
        "corrections": [line],
        "checks": [{"no": 1, "checked_at": "2026-12-03 10:00", "passed": True}],
        "own_fault": True,
        "prevention": "双人核对",
    }
    times = {"register": "S0010", "correct": "S1001", "verify": "S0003", "conclude": "S0002"}
    signed = [(step, who, f"2026-12-03 1{n}:00") for n, (step, who) in enumerate(times.items())]
    return desk.file("F-ERRORFIX", "CC-202612-001", {**record, **data}, signed)


def test_an_error_is_put_right_in_two_days(desk: Desk) -> None:
    assert outcome(error(desk)) == ([], [], "closed")
    assert broken(error(desk, fixed="2026-12-03 09:01")) == ["fixed"]
    assert broken(error(desk, told="2026-12-03 09:01")) == ["told"]
    serious: dict[str, Any] = {"serious": True, "investigator": "S0019", "investigation": "未按流程核对"}
    assert broken(error(desk, **serious)) == ["serious_loss_followed"]
    assert broken(error(desk, **serious, penalty="CF-202612-001")) == []
    assert broken(error(desk, **serious, own_fault=False)) == []
    assert broken(error(desk, **{**serious, "investigator": "S1001"}, own_fault=False)) == ["investigated_by_another"]


# meetings


def meeting(desk: Desk, *present: dict[str, Any], written: str = "2026-12-01 09:00", **data: Any) -> RecordCase:
    record = {
        "type": "morning",
        "start": "2026-12-01 08:10",
        "end": "2026-12-01 08:25",
        "place": "值机大厅",
        "chair": "S0003",
        "recorder": "S1001",
        "present": [{"no": n, **line} for n, line in enumerate(present, 1)],
        "conveyed": "无",
        "staff_state": "平稳",
        "topics": "当日安排",
        "decisions": "无",
    }
    signed = [("record", "S1001", written), ("confirm", "S0003", "2026-12-04 09:00")]
    return desk.file("F-MEETING", "HY-202612-001", {**record, **data}, signed)


def came(staff: str, at: str = "08:09", joined: bool = True) -> dict[str, Any]:
    return {"staff": staff, "attendance": "present", "arrived": TimeOfDay(at), "participated": joined}


def test_the_morning_meeting_starts_in_time_and_everybody_joins(desk: Desk) -> None:
    on_leave = {"staff": "S1003", "attendance": "leave"}
    case = meeting(desk, came("S1001"), came("S1002", "08:10"), on_leave)
    assert outcome(case) == ([], [], "closed")
    late = meeting(desk, came("S1001", "08:13"))
    assert (broken(late), late.all_values["present"][0]["late_min"], late.all_values["late_count"]) == (
        ["nobody_late"],
        3,
        1,
    )
    assert broken(meeting(desk, came("S1001", joined=False))) == ["everybody_takes_part"]
    assert broken(meeting(desk, {"staff": "S1001", "attendance": "absent"})) == ["everybody_takes_part"]
    assert broken(meeting(desk, came("S1001", "08:11"), start="2026-12-01 08:11")) == ["morning_on_time"]
    assert broken(meeting(desk, came("S1001"), written="2026-12-03 08:26")) == ["written"]


def test_other_meetings_are_prepared_and_lead_to_tasks(desk: Desk) -> None:
    action = {"no": 1, "text": "更新知识库", "owner": "S1001", "due": "2026-12-03", "task": "RW-202612-001"}
    ready = [{"item": "room", "by": "S0014", "ready": True}]
    joint: dict[str, Any] = {"type": "crossdept", "departments": ["D-CS", "D-TECH"], "preparation": ready}
    task(desk)
    case = meeting(desk, came("S1001", "08:30"), actions=[action], **joint)
    assert (outcome(case), desk.disagreements("meeting-action-given-out")) == (([], [], "closed"), [])
    meeting(desk, came("S1001"), actions=[{**action, "owner": "S1002"}], **joint)
    assert desk.disagreements("meeting-action-given-out") == ["HY-202612-001"]
    meeting(desk, came("S1001"), actions=[{**action, "due": "2026-12-02"}], **joint)
    assert desk.disagreements("meeting-action-given-out") == ["HY-202612-001"]
    untasked = {key: value for key, value in action.items() if key != "task"}
    assert broken(meeting(desk, came("S1001"), actions=[untasked], **joint)) == ["action_becomes_task"]
    assert broken(meeting(desk, came("S1001"), **{**joint, "departments": ["D-CS"]})) == ["departments_meet"]
    unprepared = {key: value for key, value in joint.items() if key != "preparation"}
    assert broken(meeting(desk, came("S1001"), **unprepared)) == ["preparation_recorded"]
    assert lacking(meeting(desk, came("S1001"), type="regular", preparation=ready)) == ["situation", "demands"]


def test_missing_the_morning_meeting_has_a_consequence_while_fines_are_on(root: Path, tmp_path: Path) -> None:
    desk = Desk(altered_workspace(root, tmp_path / "fined", LATER, fines_enabled="true"))
    meeting(desk, came("S1001", "08:13"), came("S1002"))
    assert desk.disagreements("morning-meeting-penalty") == ["HY-202612-001"]
    fine = {
        "staff": "S1001",
        "found_on": "2026-12-01",
        "violation": "meeting",
        "facts": "迟到三分钟",
        "evidence": "HY-202612-001",
        "serious": False,
        "proposer": "S0003",
        "measure": "fine",
        "chosen": "10.00",
        "reasons": "属实",
    }
    signed = [("propose", "S0003", "2026-12-02 09:00"), ("decide", "S0002", "2026-12-03 09:00")]
    assert broken(desk.file("F-PENALTY", "CF-202612-001", fine, signed)) == []
    assert desk.disagreements("morning-meeting-penalty") == []


# between departments


def liaison(desk: Desk, quality: str, *results: str, **data: Any) -> RecordCase:
    lines = [{"no": n, "done_at": at, "text": "已恢复"} for n, at in enumerate(results, 1)]
    record = {
        "requester": "S1001",
        "from_dept": "D-CS",
        "to_dept": "D-TECH",
        "request": "查明断线原因",
        "due": "2026-12-02 18:00",
        "owner": "S0021",
        "results": lines,
        "quality": quality,
    }
    signed = [("ask", "S1001", "09:00"), ("accept", "S0020", "10:00")]
    for n, at in enumerate(results):
        signed += [("send_back", "S1001", "2026-12-02 10:00")] if n else []
        signed += [("finish", "S0021", at)]
    signed += [("close", "S1001", "2026-12-04 09:00")]
    return desk.file("F-XDEPT", "GL-202612-001", {**record, **data}, signed, "S1001")


def test_what_is_asked_of_another_department_is_done_in_time_and_well(desk: Desk) -> None:
    assert outcome(liaison(desk, "good", "2026-12-02 09:00")) == ([], [], "closed")
    back = [{"no": 1, "at": "2026-12-02 10:00", "reason": "仍然断线"}]
    again = liaison(desk, "good", "2026-12-02 09:00", "2026-12-02 17:00", returns=back)
    assert outcome(again) == ([], [], "closed")
    assert broken(liaison(desk, "late", "2026-12-02 18:01")) == ["done"]
    assert broken(liaison(desk, "good", "2026-12-02 18:01")) == ["late_is_said", "done"]
    assert broken(liaison(desk, "poor", "2026-12-02 09:00", comment="没有查明")) == ["done_well"]
    assert broken(liaison(desk, "good", "2026-12-02 09:00", to_dept="D-CS")) == ["two_departments"]
