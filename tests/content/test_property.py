"""The property office: each of its forms filled in from beginning to end, and what its rules and checks find."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, broken, lacking
from property_desk import (
    EXAMPLES,
    acceptance,
    access_log,
    background,
    dormitory,
    fill,
    inspection,
    items,
    open_office,
)
from property_fitout import INSPECTED, PASSED, REVIEWED
from property_records import (
    DELEGATE,
    ENTERED,
    FEE,
    JOB,
    MEETING,
    MET,
    METERS,
    PASSAGES,
    PATROL,
    PERSONAL,
    POISON,
    REPAIRED,
    SCAN,
    SERVED,
    SHOP,
)

from csdocs.load.workspace import Workspace


@pytest.fixture(scope="module")
def office(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """On the last day of January."""
    return open_office(root, tmp_path_factory.mktemp("office"), datetime.fromisoformat("2027-01-31T18:00:00+08:00"))


@pytest.fixture
def desk(office: Workspace) -> Desk:
    return Desk(office)


@pytest.mark.parametrize("form", EXAMPLES)
def test_a_form_runs_its_course(desk: Desk, form: str) -> None:
    background(desk)
    case = fill(desk, form)
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert not case.progress.problems


def test_lists_of_items_run_their_course(desk: Desk) -> None:
    background(desk)
    found = [inspection(desk), acceptance(desk), dormitory(desk), access_log(desk, PASSAGES)]
    assert [(broken(each), lacking(each), each.progress.state) for each in found] == [([], [], "closed")] * 4
    assert found[1].all_values["deposit_return"] == 1850
    clean = inspection(desk, found={}, signed=INSPECTED[:1], rectify_by=None, rectifications=None)
    assert (broken(clean), lacking(clean), clean.progress.state) == ([], [], "closed")


FORBIDDEN = {"structure": {"result": "violation", "finding": "拆除承重墙"}}
NO_PERMIT = {"result": "violation", "finding": "未张贴"}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"at": "2026-12-08 07:59"}, ["quiet_hours"]),
        ({"at": "2026-12-08 08:00"}, []),
        ({"at": "2026-12-08 18:01", "noisy": False}, []),
        ({"permit": None, "found": {"permit": NO_PERMIT}}, ["work_needs_permit"]),
        ({"rectify_by": "2026-12-12"}, ["limit_within_rule"]),
        ({"rectify_by": "2026-12-08"}, ["corrected_in_time"]),
        ({"found": FORBIDDEN, "stopped": True}, ["forbidden_acts"]),
        ({"found": FORBIDDEN, "stopped": False}, ["stopped_at_once", "forbidden_acts"]),
    ],
)
def test_an_inspection_knows_the_hours_the_limits_and_what_is_forbidden(
    desk: Desk, changed: dict[str, Any], expected: list[str]
) -> None:
    background(desk)
    assert broken(inspection(desk, **changed)) == expected


def test_an_acceptance_leaves_nothing_out(desk: Desk) -> None:
    background(desk)
    rows = items(desk.workspace, "F-RENOVACCEPT", {"pass": True})
    assert broken(acceptance(desk, items=rows[1:])) == ["all_items"]
    assert broken(acceptance(desk, returned_on="2027-01-30")) == ["returned_in_time"]
    assert broken(acceptance(desk, losses_agreed=False)) == ["set_off_agreed"]
    assert broken(acceptance(desk, passes_back=False, passes_back_on=None)) == ["passes_returned"]
    loss = {"no": 1, "desc": "大堂石材", "amount": "2000.01", "proof": SCAN}
    assert broken(acceptance(desk, losses=[loss])) == ["losses_below_deposit"]


LATE = "2026-12-02 09:01"


@pytest.mark.parametrize(
    ("form", "changed", "expected"),
    [
        ("F-REPAIR", {"jobs": [{**JOB, "done_at": "2026-12-02 09:00"}], "confirmed_at": "2026-12-02 09:10"}, []),
        ("F-REPAIR", {"jobs": [{**JOB, "done_at": LATE}], "confirmed_at": "2026-12-02 09:10"}, ["done"]),
        (
            "F-REPAIR",
            {
                "appointed_at": "2026-12-02 09:00",
                "jobs": [{**JOB, "done_at": LATE}],
                "confirmed_at": "2026-12-02 09:10",
            },
            [],
        ),
        ("F-REPAIR", {"dispatch_at": "12:00", "backfilled": True}, ["papers_after_only_if_urgent"]),
        ("F-REPAIR", {"dispatch_at": "12:00", "backfilled": True, "urgent": True}, []),
        ("F-REPAIR", {"dispatch_at": "12:00", "backfilled": True, "direct": True}, []),
        ("F-REPAIR", {"dispatch_at": "12:00"}, ["backfilled_as_told", "done_after_dispatch"]),
        ("F-REPAIR", {"satisfied": False}, ["satisfied_or_redone"]),
        ("F-REPAIR", {"fee_agreed": False}, ["published_prices"]),
        ("F-REPAIR", {"sign_off_at": "2026-12-02 11:11"}, ["signed_off"]),
        ("F-MOVEIN", {"documents": ["contract", "identity"]}, ["documents_complete"]),
        ("F-MOVEIN", {"meters": METERS[:1]}, ["meters_read"]),
        (
            "F-MOVEIN",
            {"repairs": [{"no": 1, "fixed_on": "2026-12-11", "measure": "重贴"}]},
            ["put_right_in_time"],
        ),
        (
            "F-MOVEIN",
            {"repairs": [{"no": 2, "fixed_on": "2026-12-08", "measure": "?"}]},
            ["known_defect", "all_put_right"],
        ),
        ("F-MOVEOUT", {"fees_paid": "119.99"}, ["fees_cleared"]),
        ("F-MOVEOUT", {"keys_back": False}, ["keys_returned"]),
        ("F-MOVEOUT", {"left_on": "2026-12-03"}, ["approved_before_leaving"]),
        ("F-GOODSOUT", {"match": False, "note": "多一台电视", "decision": "released"}, ["stopped_if_different"]),
        ("F-GOODSOUT", {"match": False, "note": "多一台电视", "decision": "stopped", "slip_collected": False}, []),
        ("F-GOODSOUT", {**DELEGATE, "owner_consent": False}, ["consent_of_owner"]),
        ("F-GOODSOUT", {"out_at": "2026-12-06 10:00"}, ["on_the_day"]),
        ("F-VIEWING", {"documents": ["contract"]}, ["papers_before_key"]),
        ("F-VIEWING", {"accompanied": False}, ["accompanied"]),
        ("F-VIEWING", {"at": "07:59"}, ["within_hours"]),
        ("F-VIEWING", {"at": "07:59", "exception": "overseas"}, []),
        ("F-RENOVAPPLY", {"works": ["structure"]}, ["forbidden_not_agreed"]),
        ("F-RENOVAPPLY", {"works": ["structure"], "decision": "refused", "refusal_reason": "承重墙"}, []),
        ("F-RENOVAPPLY", {"special_explained": False}, ["special_explained"]),
        ("F-RENOVAPPLY", {"notified_at": "2026-12-04 23:59"}, []),
        ("F-RENOVAPPLY", {"notified_at": "2026-12-05 00:01"}, ["reviewed"]),
        ("F-RENOVPERMIT", {"deposit_paid": "1999.99"}, ["deposit_received"]),
        ("F-RENOVPERMIT", {"posted_at": "2026-12-08 09:00"}, ["posted_before_work"]),
        ("F-RENOVPASS", {"valid_to": "2027-01-21", "ended_on": "2027-01-21"}, ["within_permit"]),
        ("F-RENOVPASS", {"outcome": "cancelled", "gate_told": False}, ["cancelled_and_told"]),
        ("F-RENOVPASS", {"ended_on": "2027-01-22"}, ["ended"]),
        ("F-ACCESSCARD", {"old_cancelled_at": "2026-12-02 09:00"}, ["lost_cancelled_at_once"]),
        ("F-ACCESSCARD", {"no": "MK0001"}, ["another_card"]),
        ("F-PARKING", {"paid_on": "2026-12-04"}, ["paid_before_use"]),
        ("F-SIGNBOARD", {"witnesses": ["P005", "P008"]}, ["two_witnesses"]),
        ("F-SIGNBOARD", {"right_verified": False}, ["right_verified"]),
        ("F-SIGNBOARD", {"done_at": "13:20"}, ["approved_first"]),
        ("F-NOTICE", {"units": ["3栋", "7栋"]}, ["all_buildings"]),
        ("F-NOTICE", {"takes_effect_at": "2026-12-02 08:00"}, ["told_beforehand"]),
        ("F-PATROL", {"level": "manager"}, ["level_by_post"]),
        ("F-SPECIALSVC", {"quote": "130.00"}, ["quoted_as_published"]),
        ("F-SPECIALSVC", {"fee": "120.01"}, ["charged_as_quoted"]),
        ("F-SPECIALSVC", {"begun_at": "14:30"}, []),
        ("F-SPECIALSVC", {"begun_at": "14:31"}, ["as_promised"]),
        ("F-SPECIALSVC", {"quote_agreed_at": "14:11"}, ["agreed_before_service"]),
        ("F-FEE", {"reminders": [{**FEE["reminders"][0], "at": "2026-12-26 10:00"}]}, ["arrears_reminded"]),
        ("F-FEE", {"payments": [{**FEE["payments"][0], "amount": "210.01"}]}, ["not_paid_twice"]),
        ("F-FEE", {"supplies_kept": False}, ["no_supply_cut"]),
        ("F-FEE", {"names_kept": False}, ["no_names_published"]),
        ("F-APPEALMONTH", {"submitted_on": "2027-01-06"}, ["submitted_in_time"]),
        ("F-APPEALMONTH", {"month": "2027-01"}, ["month_is_over"]),
        ("F-ACTIVITY", {"cost": "3000.01"}, ["within_budget"]),
        ("F-ACTIVITY", {"date": "2026-12-01"}, ["approved_before"]),
        ("F-OWNERMEET", {"start": "2026-12-02 14:00"}, ["noticed_beforehand"]),
        ("F-OWNERMEET", {"answers": [{**MEETING["answers"][0], "done_on": "2027-01-01"}]}, ["answered_in_time"]),
        ("F-OWNERMEET", {"answers": [{**MEETING["answers"][0], "told": False}]}, ["owner_told"]),
        ("F-SHOPPLAN", {"deliveries": [{**SHOP["deliveries"][0], "arrived": "2026-12-08"}]}, ["arrived_in_time"]),
        ("F-PROPSYS", {"rows": [{**POISON, "recovered_qty": "119.4"}]}, ["poison_accounted_for"]),
        ("F-PROPSYS", {"rows": [{**POISON, "warning_posted": False}]}, ["warned"]),
        ("F-PROPSYS", {"kind": "waste", "notice": None, "rows": [{**POISON, "recovered_qty": "0"}]}, []),
    ],
)
def test_what_a_form_finds(desk: Desk, form: str, changed: dict[str, Any], expected: list[str]) -> None:
    background(desk)
    assert broken(fill(desk, form, **changed)) == expected


def test_work_that_the_owner_refuses_is_done_again(desk: Desk) -> None:
    background(desk)
    refused = [*REPAIRED[:3], ("reopen", "P003", "11:20"), ("repair", "P008", "15:05")]
    again = [*refused, ("confirm", "P003", "15:20"), REPAIRED[-1]]
    objection = {"reworks": [{"no": 1, "at": "11:15", "reason": "仍然滴水"}], "confirmed_at": "15:10"}
    case = fill(
        desk,
        "F-REPAIR",
        signed=again,
        jobs=[JOB, {**JOB, "no": 2, "begun_at": "14:00", "done_at": "15:00"}],
        **objection,
    )
    assert (broken(case), case.progress.state, case.all_values["fee"]) == ([], "closed", 70)
    assert broken(fill(desk, "F-REPAIR", signed=again, **objection)) == ["redone_after_objection"]
    own = [*REPAIRED[:3], ("confirm", "P008", "11:15")]
    assert fill(desk, "F-REPAIR", signed=own).progress.state == "done"


def test_an_access_log_counts_who_came_and_went(desk: Desk) -> None:
    assert lacking(access_log(desk, PASSAGES[:1])) == ["note"]
    assert broken(access_log(desk, [{**PASSAGES[0], "verified": False}], note="留宿")) == ["verified_before_passing"]
    assert broken(access_log(desk, [{**PASSAGES[0], "verified": False, "outcome": "refused"}])) == []


def test_the_month_is_counted_from_the_records(desk: Desk) -> None:
    background(desk)
    fill(desk, "F-REPAIR")
    fill(desk, "F-REPAIR", "BXD-202612-002", REPAIRED[:3])
    fill(desk, "F-REPAIR", "BXD-202611-001", REPAIRED, reported_at="2026-11-30 09:00")
    values = fill(desk, "F-APPEALMONTH").all_values
    names = ("repairs", "repairs_done", "visits", "total", "in_progress", "rate")
    assert [values[name] for name in names] == [2, 1, 1, 2, 1, 50]


def test_patrols_follow_one_another_in_time(desk: Desk) -> None:
    def patrol(serial: int, day: str, by: str = "P005", **changed: Any) -> None:
        data = {"at": f"{day} 09:00", "ended_at": f"{day} 10:00", "by": by, "points": [{**PATROL["points"][1]}]}
        fill(desk, "F-PATROL", f"XC2-202701-{serial:03}", [("patrol", by, f"{day} 10:10")], **data, **changed)

    for serial, day in enumerate(("2027-01-27", "2027-01-29", "2027-01-30", "2027-01-31"), 1):
        patrol(serial, day)
    patrol(11, "2027-01-17", "P001", level="manager")
    patrol(12, "2027-01-24", "P001", level="manager", route="A9")
    assert desk.disagreements("patrol-interval") == ["XC2-202701-001"]
    patrol(13, "2027-01-09", "P001", level="manager")
    assert desk.disagreements("patrol-interval") == ["XC2-202701-001", "XC2-202701-013"]


def test_work_under_a_permit_is_inspected_again_and_again(desk: Desk) -> None:
    background(desk)
    days = [f"{date(2026, 12, 10) + timedelta(days=3 * n)}" for n in range(14)]
    for day in (days[0], *days[2:]):
        look = {"at": f"{day} 10:00", "found": {}, "rectify_by": None, "rectifications": None}
        inspection(desk, f"ZXX-{day}", [("inspect", "P005", f"{day} 10:20")], **look)
    assert desk.disagreements("renovation-inspection-interval") == ["ZXP-202612-001"]
    inspection(desk, f"ZXX-{days[1]}", [("inspect", "P005", f"{days[1]} 10:20")], **{**look, "at": f"{days[1]} 10:00"})
    assert desk.disagreements("renovation-inspection-interval") == []


def test_the_stages_of_a_fit_out_hang_together(desk: Desk) -> None:
    background(desk)
    fill(desk, "F-RENOVPASS")
    acceptance(desk)
    names = ("renovation-permit-ground", "renovation-passes", "renovation-acceptance-apart")
    assert [desk.disagreements(name) for name in names] == [[], [], []]
    fill(desk, "F-RENOVPERMIT", "ZXP-202612-002", unit_no="3-2-1502")
    fill(desk, "F-RENOVPERMIT", "ZXP-202612-003", valid_to="2027-01-21")
    fill(desk, "F-RENOVAPPLY", "ZX2-202612-002", REVIEWED[:3])
    fill(desk, "F-RENOVAPPLY", "ZX2-202612-003", decision="refused", refusal_reason="承重墙")
    fill(desk, "F-RENOVPERMIT", "ZXP-202612-004", application="ZX2-202612-002")
    fill(desk, "F-RENOVPERMIT", "ZXP-202612-005", application="ZX2-202612-003")
    assert desk.disagreements(names[0]) == [f"ZXP-202612-00{n}" for n in (2, 3, 4, 5)]
    fill(desk, "F-RENOVPASS", "ZXC-202612-002", PASSED[:1], unit_no="3-2-1502")
    assert sorted(desk.disagreements(names[1])) == ["ZXC-202612-002", "ZXY-202701-001"]
    inspection(desk, inspector="P007", signed=[("inspect", "P007", "2026-12-08 10:20")])
    assert desk.disagreements(names[2]) == []
    acceptance(desk, [("inspect", "P007", "2027-01-20 10:30")], inspector="P007")
    assert desk.disagreements(names[2]) == ["ZXY-202701-001"]


def test_a_space_a_card_and_a_bed_belong_to_one(desk: Desk) -> None:
    fill(desk, "F-PARKING")
    fill(desk, "F-PARKING", "TCW-202612-002", valid_from="2028-01-01", valid="2028-12-31")
    fill(desk, "F-PARKING", "TCW-202612-003", fixed=False)
    assert desk.disagreements("parking-space-overlap") == []
    fill(desk, "F-PARKING", "TCW-202612-004", valid_from="2027-12-31", valid="2028-01-31")
    assert desk.disagreements("parking-space-overlap") == ["TCW-202612-004"]
    first = {"purpose": "new", "old_no": None, "reported_at": None, "old_cancelled_at": None}
    fill(desk, "F-ACCESSCARD", "MK-202611-001", **{**first, "no": "MK0001"})
    fill(desk, "F-ACCESSCARD")
    assert desk.disagreements("access-card-number") == []
    fill(desk, "F-ACCESSCARD", "MK-202612-002", unit_no="3-2-1502", no="MK0089")
    fill(desk, "F-ACCESSCARD", "MK-202612-003", **first)
    assert sorted(desk.disagreements("access-card-number")) == ["MK-202612-002", "MK-202612-003"]
    dormitory(desk)
    moved = {"no": 1, "staff": "P009", "moved_in": "2026-11-30"}
    dormitory(desk, "SSD-202612-502", room="502", residents=[moved])
    assert desk.disagreements("dormitory-one-room") == []
    dormitory(desk, "SSD-202612-503", room="503", residents=[{**moved, "staff": "P008"}])
    assert desk.disagreements("dormitory-one-room") == ["SSD-202612-503"]
    assert broken(dormitory(desk, beds=1)) == []
    assert broken(dormitory(desk, beds=1, residents=[moved, {**moved, "no": 2, "staff": "P008"}])) == [
        "not_overcrowded"
    ]


def test_meetings_and_registers_return_every_period(office: Workspace) -> None:
    desk = Desk(Workspace(office.root, datetime.fromisoformat("2028-01-15T18:00:00+08:00")))

    def meet(day: str) -> None:
        fill(desk, "F-OWNERMEET", f"YZ-{day}", MET[:2], start=f"{day} 14:00", end=f"{day} 16:00")

    for day in ("2026-12-31", "2027-12-31"):
        meet(day)
    assert desk.disagreements("owner-meeting-interval") == ["YZ-2026-12-31"]
    meet("2027-01-01")
    assert desk.disagreements("owner-meeting-interval") == []

    for kind, *months in [
        ("waste", "10", "12"),
        ("noise", "11", "12"),
        ("noise", "10"),
        ("taxi", "09"),
        ("grease", "11"),
    ]:
        for month in months:
            data = {"kind": kind, "notice": None, "opened_on": f"2027-{month}-01", "closed_on": f"2027-{month}-28"}
            fill(desk, "F-PROPSYS", f"WY-2027{month}-{kind}", ENTERED[:1], **data)
    assert sorted(desk.disagreements("sanitation-period")) == ["WY-202710-waste", "WY-202711-grease"]


def test_a_removal_names_its_own_goods(desk: Desk) -> None:
    fill(desk, "F-MOVEOUT", goods_out=["FX-20261205-001", "FX-20261205-002"])
    fill(desk, "F-GOODSOUT")
    assert desk.disagreements("move-out-releases") == []
    fill(desk, "F-GOODSOUT", "FX-20261205-002", unit_no="3-2-1502")
    assert desk.disagreements("move-out-releases") == ["QC2-202612-001"]
    fill(desk, "F-GOODSOUT", "FX-20261205-002", match=False, note="多一件", decision="stopped")
    assert desk.disagreements("move-out-releases") == ["QC2-202612-001"]


def test_personalised_services_reach_the_target_of_the_month(desk: Desk) -> None:
    first = desk.file("F-SPECIALSVC", "TFW-202612-011", PERSONAL, SERVED, "P003")
    assert (broken(first), lacking(first), first.all_values["month_count"]) == ([], [], 0)
    assert desk.disagreements("special-service-target") == ["TFW-202612-011"]
    second = desk.file("F-SPECIALSVC", "TFW-202612-012", {**PERSONAL, "done_at": "14:55"}, SERVED, "P003")
    assert second.all_values["month_count"] == 1
    assert desk.disagreements("special-service-target") == []


def test_the_key_of_a_viewing_was_lent_for_it(desk: Desk) -> None:
    def lend(**changed: Any) -> None:
        loan = {"key_no": "K0203", "copies": 1, "borrower": "P003", "custodian": "P004", "purpose": "viewing"}
        times = {"visitor": "李女士", "out_at": "10:04", "due_at": "18:00"}
        desk.file("F-KEYLOAN", "YSJ2-202612-001", {**loan, **times, **changed}, [("borrow", "P003", "10:04")], "P003")

    fill(desk, "F-VIEWING")
    for changed in ({"borrower": "P005"}, {"purpose": "patrol"}, {"out_at": "10:06"}):
        lend(**changed)
        assert desk.disagreements("viewing-key") == ["KFD-202612-001"]
    lend()
    assert desk.disagreements("viewing-key") == []


def test_the_visit_after_a_repair_is_about_it(desk: Desk) -> None:
    fill(desk, "F-REPAIR")
    background(desk)
    visit = desk.cases[1]
    assert (broken(visit), str(visit.all_values["solved_on"])) == ([], "2026-12-01")
    assert desk.disagreements("repair-visited") == []
    fill(desk, "F-REPAIR", "BXD-202612-002")
    assert desk.disagreements("repair-visited") == ["BXD-202612-002"]
