"""Calls, visitors, quality checks, follow-ups and suggestions."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, altered_workspace, broken, duty, lacking

from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace

LATER = datetime.fromisoformat("2026-12-31T18:00:00+08:00")


def call(no: int, rings: int = 2, handling: str = "answered", **data: Any) -> dict[str, Any]:
    fixed = {"caller": "陈先生", "unit": "个人", "number": "13900001234", "subject": "询问营业时间", "agent": "S0016"}
    return {"no": no, "at": "09:00", "rings": rings, "handling": handling, **fixed, **data}


def phone_log(desk: Desk, *rows: dict[str, Any], **data: Any) -> RecordCase:
    replies = [("reply", "S0016", "14:00")] if "later_replies" in data else []
    signed = [
        ("open", "S0016", "08:30"),
        *(("initial", row["agent"], "12:00", str(row["no"])) for row in rows),
        *replies,
        ("close", "S0013", "18:00"),
    ]
    return desk.file("F-PHONELOG", "DH-20261201", {"date": "2026-12-01", "rows": list(rows), **data}, signed, "S0016")


def test_a_call_is_answered_within_three_rings(desk: Desk) -> None:
    case = phone_log(desk, call(1, 1), call(2, 3))
    assert (broken(case), case.progress.state) == ([], "closed")
    assert (case.all_values["total"], case.all_values["within_limit"]) == (2, 2)
    assert broken(phone_log(desk, call(1, 4))) == ["rings_in_time"]


def test_the_callee_is_asked_before_a_call_is_put_through(desk: Desk) -> None:
    through = {"handling": "transferred", "transfer_to": "S1001"}
    assert broken(phone_log(desk, call(1, **through, callee_available=True))) == []
    assert broken(phone_log(desk, call(1, **through, callee_available=False))) == ["reply_time_told", "callee_asked"]
    assert lacking(phone_log(desk, call(1, **through))) == ["rows.callee_available"]
    itself = {**through, "transfer_to": "S0016", "callee_available": True}
    assert broken(phone_log(desk, call(1, **itself))) == ["not_to_oneself"]


def test_a_caller_left_without_an_answer_is_told_when_it_comes(desk: Desk) -> None:
    assert broken(phone_log(desk, call(1, handling="message"))) == ["reply_time_told"]
    message = {"handling": "message", "promised_reply_at": "11:00"}
    assert broken(phone_log(desk, call(1, **message, replied_at="11:00"))) == []
    assert broken(phone_log(desk, call(1, **message, replied_at="11:01"))) == ["replied_in_time"]
    forgotten = phone_log(desk, call(1, **message))
    assert (broken(forgotten), forgotten.all_values["open_replies"]) == (["replied_in_time"], 1)


def test_a_reply_after_the_page_was_signed_counts(desk: Desk) -> None:
    row = call(1, handling="message", promised_reply_at="14:00")
    reply = {"no": "1", "call": "1", "at": "13:50", "by": "S0016", "text": "已告知营业时间"}
    case = phone_log(desk, row, later_replies=[reply])
    assert (broken(case), case.all_values["open_replies"]) == ([], 0)
    assert broken(phone_log(desk, row, later_replies=[{**reply, "at": "14:01"}])) == ["replied_in_time"]
    assert "known_call" in broken(phone_log(desk, row, later_replies=[{**reply, "call": "2"}]))


VISIT = {
    "name": "王女士",
    "verified": True,
    "purpose": "了解产品",
    "host": "S1001",
    "host_notified_at": "09:02",
    "host_available": True,
    "outcome": "received",
    "received_by": "S0016",
    "checked_out_by": "S0016",
}


def visit(no: int, kind: str = "other", in_at: str = "09:00", out_at: str = "10:00", **data: Any) -> dict[str, Any]:
    row = {**VISIT, "no": no, "kind": kind, "in_at": in_at, "out_at": out_at, **data}
    return {name: value for name, value in row.items() if value is not None}


def visitors(desk: Desk, *rows: dict[str, Any], **data: Any) -> RecordCase:
    arranged = [("arrange", "S0016", "08:31")] if "appointments" in data else []
    signed = [
        ("open", "S0016", "08:30"),
        *arranged,
        *(("receive", row["received_by"], "21:05", str(row["no"])) for row in rows),
        *(("check_out", row["checked_out_by"], "21:06", str(row["no"])) for row in rows),
        ("close", "S0016", "21:10"),
    ]
    page = {"date": "2026-12-01", "rows": list(rows), "area_cleared": True, **data}
    return desk.file("F-VISITOR", "LF-20261201", page, signed, "S0016")


def test_visitors_are_verified_and_seen_to_leave(desk: Desk) -> None:
    case = visitors(desk, visit(1), visit(2, out_at="09:00", host_notified_at="09:00"))
    assert (broken(case), case.progress.state, case.all_values["still_inside"]) == ([], "closed", 0)
    assert broken(visitors(desk, visit(1, out_at="08:59", host_notified_at="08:59"))) == ["out_after_in"]
    inside = visitors(desk, visit(1, out_at=None))
    assert (broken(inside), inside.all_values["still_inside"]) == (["seen_leaving"], 1)
    assert broken(visitors(desk, visit(1, verified=False))) == ["identity_verified"]
    assert broken(visitors(desk, visit(1, badge_no="B07", badge_returned=False))) == ["badge_back"]


def test_the_person_visited_is_told(desk: Desk) -> None:
    assert broken(visitors(desk, visit(1, host_notified_at=None))) == ["host_told"]
    assert broken(visitors(desk, visit(1, host="S0016", host_notified_at=None))) == []
    assert lacking(visitors(desk, visit(1, host_available=False))) == ["rows.wait_explained"]
    assert broken(visitors(desk, visit(1, host_available=False, wait_explained=False))) == ["wait_explained"]


@pytest.mark.parametrize(("came", "breach"), [("08:00", 0), ("17:30", 0), ("07:59", 1), ("17:31", 1)])
def test_viewings_without_appointment_keep_the_hours(desk: Desk, came: str, breach: int) -> None:
    row = visit(1, "view", came, "18:30", host_notified_at=came)
    assert broken(visitors(desk, row)) == ["viewing_hours"] * breach
    assert broken(visitors(desk, row, matters=[{"no": 1, "exception": "overseas"}])) == []


APPOINTMENT = {"no": "Y1", "at": "19:30", "name": "赵先生", "phone": "13900005678", "waiting": "S0016"}


def test_staff_wait_for_an_appointment_until_nine(desk: Desk) -> None:
    came = visit(1, "view", "19:40", "20:30", host_notified_at="19:40")
    kept = [{"no": 1, "appointment": "Y1"}]
    assert broken(visitors(desk, came, appointments=[APPOINTMENT], matters=kept)) == []
    assert broken(visitors(desk, visit(1), appointments=[APPOINTMENT])) == ["waits_complete"]
    for wait, found in (
        ({"cancelled": False, "waited_until": "21:00"}, []),
        ({"cancelled": False, "waited_until": "20:59"}, ["waited_long_enough"]),
        ({"cancelled": True}, []),
    ):
        case = visitors(desk, visit(1), appointments=[APPOINTMENT], waits=[{"no": "Y1", **wait}])
        assert broken(case) == found
    late = {**APPOINTMENT, "at": "21:01"}
    waits = [{"no": "Y1", "cancelled": True}]
    assert broken(visitors(desk, visit(1), appointments=[late], waits=waits)) == ["appointment_not_too_late"]
    assert broken(visitors(desk, came, matters=kept)) == ["known_appointment"]


def test_a_suggestion_a_complaint_a_tour_and_a_guest_leave_their_trace(desk: Desk) -> None:
    assert broken(visitors(desk, visit(1, "suggest"))) == ["suggestion_named"]
    assert broken(visitors(desk, visit(1, "suggest"), matters=[{"no": 1, "suggestion": "JY-202612-001"}])) == []
    assert broken(visitors(desk, visit(1, "complaint"))) == ["complaint_named"]
    assert broken(visitors(desk, visit(1, "showroom"))) == ["region_named"]
    assert broken(visitors(desk, visit(1, "tour"))) == ["tour_named"]
    uninvited = [{"no": 1, "arranged": False}]
    assert broken(visitors(desk, visit(1, "tour"), matters=uninvited)) == ["tour_arranged"]
    assert broken(visitors(desk, visit(1, "tour", outcome="referred"), matters=uninvited)) == []
    assert "matter_of_a_visit" in broken(visitors(desk, visit(1), matters=[{"no": 2, "arranged": True}]))


def suggestion(desk: Desk, told: str = "2026-12-04 09:00", **data: Any) -> RecordCase:
    fixed = {
        "at": "09:00",
        "customer_name": "王女士",
        "channel": "visit",
        "contact": "13900001234",
        "content": "建议增设等候座椅",
        "class": "facility",
        "important": False,
        "urgency": "normal",
        "agent": "S1001",
        "forwarded_to": "D-ADMIN",
        "forwarded_at": "09:20",
        "thanked": True,
        "decision": "adopt",
        "decision_reason": "本月添置",
        "result": "已采纳，本月添置",
        "result_told_at": told,
    }
    signed = [
        ("register", "S1001", "09:30"),
        ("decide", "S0013", "2026-12-03 10:00"),
        *([("lead", "S0001", "2026-12-03 15:00")] if data.get("decision") == "submit" else []),
        ("tell", "S1001", "2026-12-20 09:00"),
    ]
    return desk.file("F-SUGGEST", "JY-202612-001", {**fixed, **data}, signed, "S1001")


def test_a_suggestion_is_decided_and_answered_within_a_week(desk: Desk) -> None:
    case = suggestion(desk)
    assert (broken(case), case.progress.state, case.all_values["adopted"]) == ([], "closed", True)
    assert broken(suggestion(desk, "2026-12-08 09:00")) == []
    assert broken(suggestion(desk, "2026-12-08 09:01")) == ["answered"]
    assert broken(suggestion(desk, "2026-12-02 09:00")) == ["told_after_decision"]
    assert broken(suggestion(desk, thanked=False)) == ["thanked"]
    assert lacking(suggestion(desk, decision="plan")) == ["plan_no"]


def test_an_important_suggestion_on_service_goes_to_the_leader(desk: Desk) -> None:
    important = {"class": "service", "important": True}
    assert broken(suggestion(desk, **important)) == ["major_service_to_leader"]
    leader = {"decision": "submit", "leader_decision": "reject", "leader_note": "暂不具备条件"}
    case = suggestion(desk, **important, **leader)
    assert (broken(case), case.progress.state, case.all_values["adopted"]) == ([], "closed", False)


def staff_suggestion(desk: Desk, kind: str, reviewed: str = "2026-12-10 09:00", **data: Any) -> RecordCase:
    fixed = {
        "date": "2026-12-01",
        "staff": "S1002",
        "kind": kind,
        "dept": "D-BIZ",
        "where": "商品 A-1024 详情页",
        "desc": "重量写错",
        "correct": "1.2千克",
        "already_known": False,
        "answer": "已更正",
    }
    signed = [("submit", "S1002", "09:00"), ("review", "S0022", reviewed), ("approve", "S0002", reviewed)]
    return desk.file("F-STAFFSUG", "HL-202612-001", {**fixed, **data}, signed, "S1002")


@pytest.mark.parametrize(
    ("kind", "data", "reward"),
    [
        ("data_error", {"verified": True}, "10.00"),
        ("data_error", {"verified": False}, "0"),
        ("data_error", {"verified": True, "already_known": True}, "0"),
        ("suggestion", {"adopted": True}, "50.00"),
        ("innovation", {"adopted": True}, "50.00"),
        ("suggestion", {"adopted": False}, "0"),
        ("handbook", {"adopted": True}, "0"),
    ],
)
def test_only_what_is_verified_or_adopted_is_rewarded(desk: Desk, kind: str, data: Any, reward: str) -> None:
    case = staff_suggestion(desk, kind, **data)
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert case.all_values["reward"] == Decimal(reward)


def test_a_staff_suggestion_is_reviewed_within_thirty_days(desk: Desk) -> None:
    assert broken(staff_suggestion(desk, "suggestion", "2026-12-31 09:00", adopted=True)) == []
    assert broken(staff_suggestion(desk, "suggestion", "2026-12-31 09:01", adopted=True)) == ["reviewed"]
    assert broken(staff_suggestion(desk, "suggestion", verified=True, adopted=True)) == ["verdict_fits"]


MANNERS = ("please", "you_polite", "goodbye", "no_stiff", "no_shirking", "no_blaming", "greeting", "closing")
SAMES = ("same_person", "same_watched", "same_busy", "same_mood")


def sample(desk: Desk, no: int = 1, agent: str = "S1001", date: str = "2026-12-01", **data: Any) -> RecordCase:
    fixed = {
        "date": date,
        "agent": agent,
        "reviewer": "S0006",
        "medium": "voice",
        "contact_at": f"{date} 09:00",
        "source": "FW-20261201-0001",
        "number_only": True,
        "calm": True,
        **dict.fromkeys((*MANNERS, *SAMES), True),
    }
    signed = [("inspect", "S0006", f"{date} 16:00"), ("acknowledge", agent, f"{date} 17:00")]
    if "objection" in data:
        signed.append(("decide", "S0003", f"{date} 17:30"))
    return desk.file("F-QUALITYMON", f"ZJ-202612-{no:03}", {**fixed, **data}, signed, "S0006")


@pytest.mark.parametrize(
    ("failed", "score", "found"),
    [
        ([], "100.0", []),
        (["please"], "91.7", ["three_musts"]),
        (["no_stiff", "no_blaming"], "83.3", ["three_donts"]),
        (["same_mood"], "91.7", ["four_sames"]),
        (["greeting", "closing"], "83.3", ["opening_and_closing"]),
        (["number_only"], "100.0", ["names_kept"]),
        (["calm"], "0.0", ["stayed_calm"]),
    ],
)
def test_a_sample_scores_twelve_items(desk: Desk, failed: list[str], score: str, found: list[str]) -> None:
    case = sample(desk, **dict.fromkeys(failed, False))
    assert (broken(case), case.all_values["score"]) == (found, Decimal(score))
    assert lacking(case) == (["comment"] if failed else [])


def test_the_person_sampled_may_object(desk: Desk) -> None:
    assert sample(desk).progress.state == "closed"
    objection = sample(desk, objection="背景嘈杂", upheld=False, ruling_reason="已复听")
    assert (broken(objection), objection.progress.state) == ([], "closed")
    assert lacking(sample(desk, objection="背景嘈杂")) == ["upheld", "ruling_reason"]
    assert "not_one_s_own" in broken(sample(desk, agent="S0006"))


def test_everybody_on_duty_is_sampled_often_enough(root: Path) -> None:
    january = Desk(Workspace(root, datetime.fromisoformat("2027-01-05T09:00:00+08:00")))
    for day in range(1, 8):
        duty(january, f"2026-12-{day:02}", "S1001", *(["S1002"] if day < 3 else []))
    for no in range(1, 5):
        sample(january, no)
    sample(january, 5, "S1002")
    late = "quality-samples-per-month"
    assert january.disagreements(late) == ["ZJ-202612-005"] * 2  # S1001 four of five, S1002 one of two days
    sample(january, 6)
    assert january.disagreements(late) == ["ZJ-202612-006"]
    sample(january, 7, "S1002")
    assert january.disagreements(late) == []


def test_samples_are_counted_once_the_month_is_over(desk: Desk) -> None:
    duty(desk, "2026-12-01", "S1001")
    sample(desk, agent="S1002")
    assert desk.disagreements("quality-samples-per-month") == []


def revisit(desk: Desk, no: int = 1, **data: Any) -> RecordCase:
    fixed = {
        "customer": "C1001",
        "due": "2026-12-01",
        "at": "10:00",
        "method": "phone",
        "agent": "S1001",
        "identity_ok": True,
        "introduced": True,
        "convenient": True,
        "satisfaction": "satisfied",
        "complaint_made": False,
    }
    values = {**fixed, **data}
    settled = [("settle", "S1001", "2026-12-20 10:00")] if "resolved_at" in data else []
    signed = [("visit", "S1001", values["at"]), *settled, ("monitor", "S0006", "2026-12-21 10:00")]
    return desk.file("F-REVISIT", f"HF-202612-{no:03}", {**values, "review_ok": True}, signed, "S1001")


def test_a_visit_keeps_its_day_and_its_steps(desk: Desk) -> None:
    case = revisit(desk)
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert broken(revisit(desk, at="2026-12-02 08:00")) == ["on_time"]
    assert broken(revisit(desk, identity_ok=False)) == ["identity_first"]
    assert broken(revisit(desk, introduced=False)) == ["introduced_first"]
    assert broken(revisit(desk, convenient=False)) == ["asked_whether_convenient"]


def test_property_services_are_scored_apart(desk: Desk) -> None:
    scores = [{"service": "security", "score": 5}, {"service": "cleaning", "score": 4}]
    assert revisit(desk, by_service=scores).all_values["service_mean"] == Decimal("4.5")
    assert broken(revisit(desk, by_service=[*scores, scores[0]])) == ["service_once"]


def test_dissatisfaction_is_settled_within_three_working_days(desk: Desk) -> None:
    unhappy = {"satisfaction": "dissatisfied", "opinion": "仍有异响", "follow_up": "GA-202612-001"}
    settled = {**unhappy, "resolution": "已上门处理"}
    case = revisit(desk, **settled, resolved_at="2026-12-04 18:00")
    assert (broken(case), case.progress.state) == ([], "closed")
    assert broken(revisit(desk, **settled, resolved_at="2026-12-05 09:00")) == ["dissatisfaction_settled"]
    assert broken(revisit(desk, **unhappy)) == ["dissatisfaction_settled"]
    assert revisit(desk, **unhappy).progress.state == "visited"
    assert lacking(revisit(desk, satisfaction="very_dissatisfied")) == ["opinion", "follow_up"]


def test_a_complaint_is_reported_the_same_day(desk: Desk) -> None:
    complaint = {"complaint_made": True, "follow_up": "TS-202612-001", "resolution": "已办结", "resolved_at": "15:00"}
    assert broken(revisit(desk, **complaint, reported_at="23:59")) == []
    assert broken(revisit(desk, **complaint, reported_at="2026-12-02 00:00")) == ["complaint_reported"]
    assert lacking(revisit(desk, **complaint)) == ["reported_at"]


def service_record(desk: Desk, solved_at: str, customer: str = "C1001") -> RecordCase:
    data = {
        "at": "2026-11-20 09:00",
        "kind": "repair",
        "customer_name": "王女士",
        "channel": "phone",
        "customer": customer,
        "contact": "13900001234",
        "content": "空调异响",
        "agent": "S1001",
        "first_owner": "S1001",
        "importance": "normal",
        "urgency": "normal",
        "need_confirmed": True,
        "handling": "answered",
        "medium": "electronic",
        "first_reply_at": "2026-11-20 09:05",
        "result": "已修好",
        "solved_at": solved_at,
        "stage": "solve",
    }
    signed = [("accept", "S1001", "2026-11-20 09:10"), ("resolve", "S1001", solved_at)]
    return desk.file("F-SVCREC", "FW-20261120-0001", data, signed, "S1001")


@pytest.mark.parametrize(("solved", "found"), [("2026-11-24 10:00", []), ("2026-11-23 10:00", ["due_after_solution"])])
def test_a_solved_matter_is_visited_within_seven_days(desk: Desk, solved: str, found: list[str]) -> None:
    service_record(desk, solved)
    assert broken(revisit(desk, source="FW-20261120-0001")) == found


def test_every_customer_is_visited_only_where_the_rules_say_so(root: Path, tmp_path: Path, desk: Desk) -> None:
    dealer = Desk(altered_workspace(root, tmp_path / "dealer", LATER, revisit_all="true"))
    for each in (desk, dealer):
        service_record(each, "2026-11-24 10:00")
    every = "revisit-every-customer"
    assert desk.disagreements(every) == []
    assert dealer.disagreements(every) == ["FW-20261120-0001"]
    revisit(dealer, source="FW-20261120-0001")
    assert dealer.disagreements(every) == []


@pytest.mark.parametrize(
    ("registered", "variance", "found"), [(2, 0, []), (3, 1, ["as_registered"]), (1, -1, ["as_registered"])]
)
def test_the_day_s_work_agrees_with_the_records(desk: Desk, registered: int, variance: int, found: list[str]) -> None:
    revisit(desk, 1)
    revisit(desk, 2, at="11:00")
    revisit(desk, 3, at="2026-12-02 09:00")
    case = revisit_day(desk, registered)
    assert (case.all_values["actual"], case.all_values["variance"], broken(case)) == (2, variance, found)
    assert case.all_values["deduction"] == 0  # deductions are off by default
    assert lacking(case) == (["explanation"] if found else [])


def revisit_day(desk: Desk, registered: int) -> RecordCase:
    data = {"date": "2026-12-01", "staff": "S1001", "registered": registered}
    signed = [("enter", "S1001", "18:00"), ("compare", "S0006", "2026-12-02 09:00")]
    return desk.file("F-REVISITDAY", "HFD-20261201-S1001", data, signed, "S1001")


@pytest.mark.parametrize(("registered", "deduction"), [(0, "0.00"), (1, "10.00"), (3, "30.00")])
def test_each_difference_costs_ten_where_deductions_are_on(
    root: Path, tmp_path: Path, registered: int, deduction: str
) -> None:
    strict = Desk(altered_workspace(root, tmp_path / "strict", LATER, fines_enabled="true"))
    assert revisit_day(strict, registered).all_values["deduction"] == Decimal(deduction)


def plan_line(no: int, due: str) -> dict[str, Any]:
    return {"no": no, "customer": f"C100{no}", "due": due, "method": "phone", "owner": "S1001"}


def plan(desk: Desk, *lines: dict[str, Any], closed: str = "2027-01-04 10:00", **data: Any) -> RecordCase:
    signed = [
        ("submit", "S0003", "2026-11-30 10:00"),
        ("approve", "S0002", "2026-11-30 15:00"),
        ("close", "S0003", closed),
    ]
    page = {"month": "2026-12-01", "visits": list(lines), **data}
    return desk.file("F-REVISITPLAN", "HFP-202612", page, signed, "S0003")


def test_the_visit_rate_counts_each_line_once(root: Path) -> None:
    january = Desk(Workspace(root, datetime.fromisoformat("2027-01-05T09:00:00+08:00")))
    lines = [plan_line(1, "2026-12-01"), plan_line(2, "2026-12-31"), plan_line(3, "2026-12-15")]
    plan(january, *lines)
    revisit(january, 1, plan="HFP-202612#1")
    revisit(january, 2, plan="HFP-202612#1")
    revisit(january, 3, plan="HFP-202612#2", customer="C1002")
    case = plan(january, *lines, shortfall="客户出差")
    assert (case.all_values["planned"], case.all_values["done"]) == (3, 2)
    assert (case.all_values["rate"], broken(case)) == (Decimal("66.67"), ["all_done"])


def test_a_plan_keeps_to_its_month(desk: Desk) -> None:
    assert "due_in_month" in broken(plan(desk, plan_line(1, "2027-01-01")))
    assert "month_is_over" in broken(plan(desk, plan_line(1, "2026-12-01"), closed="2026-12-31 10:00"))
