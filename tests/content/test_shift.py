"""Duty, attendance and scheduling: the forms calculate and object as the regulations say."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from desk import disagreeing
from shift_desk import (
    AGENT,
    CLERK,
    COMPANY,
    HR,
    LEADER,
    MANAGER,
    OTHER,
    OTHER_LEADER,
    SUPERVISOR,
    THIRD,
    alter,
    at,
    broken,
    clauses,
    disagreements,
    messages,
    record,
    said,
    tree,
)

from csdocs.load.record.case import RecordCase

DAY = "2026-11-10"  # a Tuesday

# the register


def entry(staff: str = AGENT, kind: str = "normal", late: int | None = 0, **more: str) -> dict[str, str]:
    """One line of the register: an early shift, arriving `late` minutes late; None for somebody who did not come."""
    came = {} if late is None else {"actual_start": at(DAY, f"08:{late:02}"), "actual_end": at(DAY, "15:00")}
    planned = {"planned_start": at(DAY, "08:00"), "planned_end": at(DAY, "15:00")}
    return {"no": staff, "staff": staff, "shift": "early", **planned, **came, "kind": kind, **more}


def register(*lines: dict[str, str], day: str = DAY, **param: Any) -> RecordCase:
    signed = [("register", CLERK, at(day, "22:10")), ("confirm", SUPERVISOR, at(day, "22:20"))]
    moved = [{key: value.replace(DAY, day) for key, value in line.items()} for line in lines]
    return record("F-ATTEND", f"KQ-{day.replace('-', '')}", {"date": day, "attendance": moved}, signed, **param)


@pytest.mark.parametrize(
    ("late", "kind", "found"),
    [
        (0, "normal", set()),
        (1, "normal", {"late_is_called_late"}),
        (1, "late", {"late"}),
        (29, "late", {"late"}),
        (30, "late", {"late", "long_lateness_is_absence"}),
        (30, "absent", {"present_throughout", "office_told"}),
        (45, "absent", {"present_throughout", "office_told"}),
        (0, "late", {"late", "late_has_minutes"}),
        (None, "absent", {"present_throughout"}),
        (None, "normal", {"present_kind_has_times"}),
    ],
)
def test_lateness_becomes_absence_at_half_an_hour(late: int | None, kind: str, found: set[str]) -> None:
    assert broken(register(entry(kind=kind, late=late))) == found


def test_a_late_arrival_of_seconds_is_not_late() -> None:
    case = register(entry() | {"actual_start": f"{DAY}T08:00:59+08:00"})
    assert case.all_values["attendance"][0]["minutes_late"] == 0
    assert broken(case) == set()


def test_leave_with_its_paper_excuses_long_lateness() -> None:
    assert broken(register(entry(kind="sick", late=45, ref="QJ-202611-001"))) == set()
    assert clauses(register(entry(kind="sick", late=None))) == {"REG-ATTEND/7"}
    assert clauses(register(entry(kind="annual", late=None))) == {"REG-ATTEND/7"}


@pytest.mark.parametrize(("unit", "late", "days"), [("day", 45, "1.0"), ("half", 45, "0.5"), ("half", None, "1.0")])
def test_absence_is_counted_in_the_unit_laid_down(unit: str, late: int | None, days: str) -> None:
    case = register(entry(kind="absent", late=late), absent_unit=unit)
    assert case.all_values["attendance"][0]["absent_days"] == Decimal(days)


def test_nobody_confirms_their_own_attendance() -> None:
    assert broken(register(entry(SUPERVISOR))) == {"own_attendance"}


def test_hours_are_net_of_unpaid_breaks() -> None:
    assert register(entry(break_min="60")).all_values["attendance"][0]["hours"] == Decimal("6.00")


# the monthly publication

NOTHING = ("late_times", "late_min", "early_times", "early_min", "off_post", "absent_days", "hours")


def person(staff: str = AGENT, **said: str) -> dict[str, str]:
    return {
        "no": staff,
        "staff": staff,
        "planned_days": "1",
        "present_days": "1",
        **dict.fromkeys(NOTHING, "0"),
        **said,
    }


def publication(*people: dict[str, str], publish: str = "2026-12-03", **param: Any) -> RecordCase:
    signed = [("compile", CLERK, at("2026-12-02", "10:00")), ("publish", MANAGER, at(publish, "10:00"))]
    return record("F-ATTENDPUB", "KQM-202611", {"month": "2026-11-01", "people": list(people)}, signed, **param)


@pytest.mark.parametrize(
    ("minutes", "days", "day4", "fine"),
    [
        ("0", "0", True, "0.00"),
        ("1", "0", True, "1.00"),
        ("29", "0", True, "29.00"),
        ("0", "1", True, "100.00"),
        ("5", "3", True, "305.00"),
        ("0", "4", True, "400.00"),
        ("0", "4", False, "300.00"),
        ("0", "0.5", True, "50.00"),
    ],
)
def test_deductions(minutes: str, days: str, day4: bool, fine: str) -> None:
    case = publication(person(late_min=minutes, absent_days=days), fines_enabled=True, absent_fine_day4=day4)
    assert case.all_values["people"][0]["fine"] == Decimal(fine)
    assert publication(person(late_min=minutes, absent_days=days)).all_values["fines"] == 0


def test_the_fourth_day_of_absence_is_for_the_manager_to_judge() -> None:
    assert broken(publication(person(absent_days="3"))) == set()
    beyond = publication(person(absent_days="4"))
    assert broken(beyond) == {"absence_limit"}
    assert "missing-field" in said(beyond)  # the manager's opinion


@pytest.mark.parametrize(
    ("hours", "weekly", "found"),
    [("208", "48.53", {"weekly_hours"}), ("168", "39.20", set()), ("176", "41.07", {"weekly_hours"})],
)
def test_weekly_hours_over_a_month_of_thirty_days(hours: str, weekly: str, found: set[str]) -> None:
    case = publication(person(hours=hours))
    assert case.all_values["people"][0]["weekly_avg_h"] == Decimal(weekly)
    assert broken(case) == found


def test_publication_by_the_fifth_and_frozen_after_three_days() -> None:
    assert broken(publication(person(), publish="2026-12-05")) == set()
    assert broken(publication(person(), publish="2026-12-06")) == {"published_in_time"}
    assert publication(person()).progress.state == "closed"
    assert publication(person(), now=datetime.fromisoformat(at("2026-12-05", "10:00"))).progress.state == "published"


def test_the_publication_is_the_sum_of_the_registers() -> None:
    first = register(entry(late=10, kind="late"), entry(OTHER))
    second = register(entry(), entry(OTHER, late=None, kind="absent"), day="2026-11-11")
    right = publication(
        person(planned_days="2", present_days="2", late_times="1", late_min="10", hours="13.83"),
        person(OTHER, planned_days="2", absent_days="1.0", hours="7"),
    )
    assert disagreements(first, second, right) == []
    wrong = publication(person(planned_days="2", present_days="2", late_times="1", late_min="9", hours="13.83"))
    assert disagreements(first, second, wrong) == [("attendance-publication-sums", "KQM-202611")] * 2
    assert any(text.startswith("S1001迟到分钟公布为9，逐日登记合计为10") for text in messages(first, second, wrong))


# leave

CHAIN = [("approve_manager", MANAGER), ("approve_gm", COMPANY), ("note", HR)]


def leave(
    applied: str = at("2026-11-09", "17:00"), id: str = "QJ-202611-001", steps: int = 4, staff: str = AGENT, **said: Any
) -> RecordCase:
    """Leave on Tuesday the 10th, asked for at `applied`; the first `steps` of the chain have signed."""
    asked = {"kind": "personal", "from_at": at(DAY, "08:00"), "to_at": at(DAY, "22:00"), "post_hoc": "false"}
    facts = {"back_due_at": at("2026-11-11", "08:00"), "reason": "家中有事", "cover_by": THIRD, "open_tasks": "0"}
    data = {"staff": staff, "direct_leader": LEADER, **asked, **facts, "entitled_days": "3.0", **said}
    chain = [("talk", data["direct_leader"]), *CHAIN][:steps]
    signed = [("apply", staff, applied), *((step, by, applied) for step, by in chain)]
    if "returned_at" in data:
        signed.append(("report_back", data["direct_leader"], data["returned_at"]))
    return record("F-LEAVE", id, data, signed)


def grantable(case: RecordCase) -> bool:
    return bool(case.all_values["grantable"])


BACK = {"returned_at": at("2026-11-11", "07:50")}
AFTER = at("2026-11-10", "07:00")
PHONED = {"post_hoc": "true", "has_examination": "false", "has_prescription": "false"} | {
    "phone_approved_by": MANAGER,
    "phone_at": at(DAY, "06:40"),
}


def test_leave_is_asked_for_the_day_before() -> None:
    assert grantable(leave(**BACK)) and broken(leave(**BACK)) == set()
    assert not grantable(leave(AFTER, **BACK)) and broken(leave(AFTER, **BACK)) == {"notice"}
    assert broken(leave(AFTER, steps=1)) == set(), "nothing is broken while nobody has granted it"
    phoned = leave(AFTER, **BACK, **PHONED)
    assert grantable(phoned) and broken(phoned) == set()


def test_notice_may_be_counted_in_hours() -> None:
    def kept(applied: str) -> bool:
        case = leave(applied, **BACK)
        alter(case, leave_notice_mode="hours24")
        return bool(case.all_values["notice_kept"])

    assert kept(at("2026-11-09", "08:00")) and not kept(at("2026-11-09", "08:01"))


@pytest.mark.parametrize(("examination", "prescription", "excused"), [("true", "true", True), ("true", "false", False)])
def test_leave_afterwards_needs_examination_and_prescription(
    examination: str, prescription: str, excused: bool
) -> None:
    proof = {"has_examination": examination, "has_prescription": prescription}
    case = leave(at("2026-11-11", "09:00"), post_hoc="true", **proof, **BACK)
    assert case.all_values["excused"] is excused is grantable(case)
    assert broken(case) == (set() if excused else {"afterwards_excused"})


def test_leave_within_entitlement_and_with_the_work_done() -> None:
    assert broken(leave(entitled_days="0.5", **BACK)) == {"within_entitlement"}
    assert broken(leave(open_tasks="2", delay_agreed="false", **BACK)) == {"work_done"}
    assert broken(leave(open_tasks="2", delay_agreed="true", **BACK)) == set()
    for kind in ("maternity", "family"):
        due = leave(kind=kind, open_tasks="2", **BACK)
        assert (broken(due), grantable(due), due.missing) == (set(), True, ()), "the law gives it, done or not"


def test_staying_away_longer_than_granted() -> None:
    assert broken(leave()) == {"back_in_time"}
    assert leave().progress.state == "on_leave"
    assert broken(leave(returned_at=at("2026-11-11", "08:30"))) == {"back_in_time"}


@pytest.mark.parametrize(
    ("chain", "signers"),
    [
        (["teamlead", "manager", "gm"], [LEADER, MANAGER, COMPANY, HR]),
        (["teamlead", "manager"], [LEADER, MANAGER, HR]),
        (["supervisor"], [SUPERVISOR, HR]),
        (["manager"], [MANAGER, HR]),
        (["manager", "gm"], [MANAGER, COMPANY, HR]),
    ],
)
def test_the_chain_of_approval_is_a_parameter(chain: list[str], signers: list[str]) -> None:
    steps = {
        LEADER: "talk",
        SUPERVISOR: "approve_supervisor",
        MANAGER: "approve_manager",
        COMPANY: "approve_gm",
        HR: "note",
    }
    applied = at("2026-11-09", "17:00")
    data = leave(**BACK).record.data
    signed = [("apply", AGENT, applied), *((steps[by], by, applied) for by in signers)]
    assert record("F-LEAVE", "QJ-202611-001", data, signed, leave_chain=chain).progress.state == "on_leave"


def test_one_of_a_team_at_a_time() -> None:
    def beyond(*cases: RecordCase) -> list[str]:
        return [Path(each.path).stem for each in disagreeing(tree(cases), "leave-overlap")]

    first, second = leave(**BACK), leave(at("2026-11-09", "18:00"), "QJ-202611-002", staff=OTHER, **BACK)
    assert beyond(first, second) == ["QJ-202611-002"]
    elsewhere = leave(id="QJ-202611-002", staff=OTHER, direct_leader=OTHER_LEADER, **BACK)
    pending = leave(id="QJ-202611-002", staff=OTHER, steps=2)
    assert beyond(first, elsewhere) == beyond(first, pending) == []
    bereaved = leave(at("2026-11-09", "18:00"), "QJ-202611-002", staff=OTHER, kind="bereave", **BACK)
    third = leave(at("2026-11-09", "19:00"), "QJ-202611-003", staff="S1004", kind="annual", **BACK)
    assert beyond(first, bereaved) == [], "leave due by law is never the one too many"
    assert beyond(bereaved, third) == ["QJ-202611-003"], "but it takes a place"


def test_cover_is_not_on_leave() -> None:
    away = leave(id="QJ-202611-002", staff=THIRD, direct_leader=OTHER_LEADER, cover_by=OTHER, **BACK)
    assert disagreements(leave(**BACK), away) == [("leave-cover-away", "QJ-202611-001")]


def test_registered_leave_is_the_leave_that_was_granted() -> None:
    day = register(entry(kind="personal", late=None, ref="QJ-202611-001"))
    assert disagreements(day, leave(**BACK)) == []
    assert disagreements(day, leave(steps=2)) == [("attendance-papers", "KQ-20261110")]
    assert disagreements(day, leave(staff=OTHER, **BACK)) == [("attendance-papers", "KQ-20261110")]
    assert disagreements(day, leave(kind="sick", **BACK)) == [("attendance-papers", "KQ-20261110")]


# overtime, outings, authority, books


def overtime(
    reason: str = "overflow", refused: str = "false", ordered: str = at(DAY, "19:30"), **said: Any
) -> RecordCase:
    line = {"no": "1", "staff": AGENT, "from_at": at(DAY, "19:00"), "to_at": at(DAY, "21:00"), "refused": refused}
    why = {"seats_needed": "1", "overflow": "HW-202611-001"} if reason == "overflow" else {"explanation": "割接"}
    extra = {"refusal_reason": "孩子发烧"} if refused == "true" else {}
    signed = [("order", SUPERVISOR, ordered), ("answer#1", AGENT, ordered), ("approve", MANAGER, ordered)]
    return record(
        "F-OVERTIME", "JA-202611-001", {"date": DAY, "reason": reason, **why, "people": [line | extra], **said}, signed
    )


def test_overtime_is_ordered_before_it_begins_but_for_an_emergency() -> None:
    assert broken(overtime()) == set() and overtime().progress.state == "closed"
    assert broken(overtime("work")) == {"ordered_first"}
    assert broken(overtime("work", ordered=at(DAY, "17:00"))) == set()
    assert broken(overtime(ordered=at("2026-11-11", "08:00"))) == {"same_day"}


def test_refusing_overtime_needs_a_good_reason() -> None:
    assert "refused_without_reason" in broken(overtime(refused="true", refusal_just="false"))
    assert broken(overtime("work", "true", at(DAY, "17:00"), refusal_just="true")) == set()


def test_overtime_of_the_register_is_that_of_the_sheet() -> None:
    line = entry(kind="overtime", ref="JA-202611-001")
    assert disagreements(register(line), overtime()) == []
    assert disagreements(register(line), overtime(refused="true")) == [("attendance-papers", "KQ-20261110")]


@pytest.mark.parametrize(
    ("kind", "prior", "noticed", "found"),
    [
        ("leave_post", "true", "09:00", set()),
        ("leave_post", "true", "10:01", {"notice_is_prior"}),
        ("leave_post", "false", None, {"asked_first"}),
        ("business", "false", None, set()),
    ],
)
def test_leaving_the_post(kind: str, prior: str, noticed: str | None, found: set[str]) -> None:
    when = {"notice_at": at(DAY, noticed)} if noticed else {"explanation": "急诊"}
    data = {"staff": AGENT, "kind": kind, "from_at": at(DAY, "10:00"), "reason": "取药", "prior_notice": prior, **when}
    step, by = ("permit", SUPERVISOR) if kind == "leave_post" else ("permit_outing", MANAGER)
    case = record("F-OUTING", "WC-202611-001", data, [("apply", AGENT, at(DAY, "10:30")), (step, by, at(DAY, "11:00"))])
    assert broken(case) == found
    assert case.progress.state == "approved"


@pytest.mark.parametrize(
    ("used", "found"),
    [
        (at("2026-11-10", "12:00"), set()),
        (at("2026-11-20", "23:59"), set()),
        (at("2026-11-21", "00:00"), {"used_within"}),
        (at("2026-11-10", "08:00"), {"used_after_acceptance"}),
    ],
)
def test_authority_is_used_while_it_lasts(used: str, found: set[str]) -> None:
    powers = {"powers": "审批两日以内的请假", "reason": "出差", "valid_from": DAY, "valid_to": "2026-11-20"}
    uses = [{"no": "1", "at": used, "matter": "批准请假"}]
    signed = [("grant", MANAGER, at(DAY, "08:30")), ("accept", SUPERVISOR, at(DAY, "09:00")), ("use", SUPERVISOR, used)]
    case = record(
        "F-DELEGATE", "SQ-202611-001", {"grantor": MANAGER, "grantee": SUPERVISOR, **powers, "uses": uses}, signed
    )
    assert broken(case) == found


@pytest.mark.parametrize(("served", "deals", "rate"), [("40", "9", "22.50"), ("0", "0", "0.00"), ("3", "1", "33.33")])
def test_conversion(served: str, deals: str, rate: str) -> None:
    case = record("F-SVCSTAT", "FT-20261110-S1001", {"staff": AGENT, "date": DAY, "served": served, "deals": deals})
    assert case.all_values["conversion"] == Decimal(rate)


def test_no_more_deals_than_customers() -> None:
    data = {"staff": AGENT, "date": DAY, "served": "3", "deals": "4"}
    assert broken(record("F-SVCSTAT", "FT-20261110-S1001", data)) == {"deals_of_served"}


def test_the_book_is_handed_in_every_week() -> None:
    def book(handed_in: str, **said: Any) -> set[str]:
        signed = [("hand_in", AGENT, handed_in)]
        return broken(record("F-ISSUEBOOK", "WT-2026W46-S1001", {"staff": AGENT, "week": "2026-11-09", **said}, signed))

    note = {"no": "1", "at": at(DAY, "10:00"), "kind": "idea", "description": "来电弹屏显示最近工单"}
    assert book(at("2026-11-15", "21:50"), entries=[note]) == set()
    assert book(at("2026-11-16", "08:00"), entries=[note]) == {"handed_in_weekly"}
    assert book(at("2026-11-15", "21:50")) == {"entries_or_none"}
    assert book(at("2026-11-15", "21:50"), nothing_noted="true") == set()
    assert disagreements() == []
