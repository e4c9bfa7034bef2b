"""Destruction, custody, copies, disclosure and change of data, software, documents, mail."""

from datetime import datetime
from typing import Any

import pytest
from desk import Desk, broken, lacking

from csdocs.load.record.case import RecordCase

LATER = datetime.fromisoformat("2026-12-31T18:00:00+08:00")
FILE = {"name": "proof.pdf", "sha256": "0" * 64, "bytes": 90_000}


def checked(no: int, ended_on: str, retention: str, **data: Any) -> dict[str, Any]:
    return {"no": no, "ended_on": ended_on, "retention": retention, "held": False, **data}


LISTED = {
    "planned_at": "2026-12-01",
    "custodian": "S0009",
    "dept": "D-CS",
    "method": "shred",
    "place": "档案室",
    "destroyers": ["S0008", "S0014"],
    "witness": "S0006",
}
DONE = [
    ("list", "S0009", "08:30"),
    ("approve", "S0002", "09:00"),
    ("destroy", "S0008", "10:10"),
    ("destroy", "S0014", "10:11"),
    ("witness", "S0006", "10:20"),
]


def destruction(
    desk: Desk, *checks: dict[str, Any], signed: list[tuple[str, ...]] = DONE, id: str = "XH-202612-001", **data: Any
) -> RecordCase:
    thing = {"name": "旧表", "media": data.pop("media", "paper"), "qty": 1, "origin": "D-CS", "basis": "expired"}
    items = [{"no": each["no"], **thing} for each in checks]
    executed = {"destroyed_at": "10:00", "sold_as_waste": False, "proof": [FILE]} if len(signed) > 2 else {}
    return desk.file(
        "F-DATADESTROY", id, {**LISTED, "items": items, "checks": list(checks), **executed, **data}, signed
    )


@pytest.mark.parametrize(
    ("retention", "last_not_yet", "first_allowed"),
    [  # months of the reference department: R0 3, R1 12, R2 36, R3 24
        ("none", "2026-12-02", "2026-12-01"),
        ("r0", "2026-09-01", "2026-08-31"),
        ("r1", "2025-12-01", "2025-11-30"),
        ("r2", "2023-12-01", "2023-11-30"),
        ("r3", "2024-12-01", "2024-11-30"),
    ],
)
def test_nothing_is_destroyed_before_its_retention_has_ended(
    desk: Desk, retention: str, last_not_yet: str, first_allowed: str
) -> None:
    early = broken(destruction(desk, checked(1, last_not_yet, retention)))
    assert early == ["planned_when_eligible", "destroyed_when_eligible"]
    case = destruction(desk, checked(1, first_allowed, retention))
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")


def test_holds_and_permanent_records_bar_destruction(desk: Desk) -> None:
    assert broken(destruction(desk, checked(1, "2026-08-31", "r0", held=True))) == ["nothing_held"]
    assert broken(destruction(desk, checked(1, "2001-01-01", "r4"), checked(2, "2026-08-31", "r0"))) == [
        "permanent_kept"
    ]


def test_nothing_is_sold_as_waste(desk: Desk) -> None:
    assert broken(destruction(desk, checked(1, "2026-08-31", "r0"), sold_as_waste=True)) == ["never_sold"]


def test_two_destroy_and_a_third_witnesses(desk: Desk) -> None:
    paper = checked(1, "2026-08-31", "r0")
    assert broken(destruction(desk, paper, destroyers=["S0008", "S0008"])) == ["two_destroyers"]
    assert "witness_apart" in broken(destruction(desk, paper, destroyers=["S0008", "S0006"]))
    assert destruction(desk, paper, signed=DONE[:3]).progress.state == "approved"
    assert destruction(desk, paper, signed=DONE[:4]).progress.state == "destroyed"
    by_approver = [*DONE[:2], ("destroy", "S0002", "10:10"), ("destroy", "S0014", "10:11")]
    assert destruction(desk, paper, signed=by_approver, destroyers=["S0002", "S0014"]).progress.state == "submitted"


def test_destruction_follows_approval(desk: Desk) -> None:
    assert broken(destruction(desk, checked(1, "2026-08-31", "r0"), destroyed_at="08:59")) == ["approved_before"]


def test_the_medium_decides_the_method(desk: Desk) -> None:
    tape = checked(1, "2026-08-31", "r0")
    assert broken(destruction(desk, tape, media="audio", method="burn")) == ["method_fits"]
    assert broken(destruction(desk, tape, media="audio", method="degauss")) == []


def test_each_item_is_checked_once(desk: Desk) -> None:
    one, two = checked(1, "2026-08-31", "r0"), checked(2, "2026-08-31", "r0")
    assert broken(destruction(desk, one, two, checks=[one])) == ["each_checked"]
    assert broken(destruction(desk, one, two, checks=[one, {**one}])) == ["each_checked"]


@pytest.mark.parametrize(("ended_on", "late"), [("2026-08-01", False), ("2026-07-31", True)])
def test_thirty_days_after_expiry_is_the_limit(desk: Desk, ended_on: str, late: bool) -> None:
    # R0: kept to 1 November (31 October), so to be destroyed by the end of 1 December (30 November)
    case = destruction(desk, checked(1, ended_on, "r0"), checked(2, "2026-08-31", "r0"))
    assert broken(case) == (["destroyed"] if late else [])


def custody(desk: Desk, *kept: str) -> RecordCase:
    rows = [
        {
            "no": n, "doc": "合同", "class": "合同", "secret_level": "confidential", "place": "柜1", "custodian": "S0009", "sorted_at": "2026-11-03 10:00", "keep_until": day,
        }
        for n, day in enumerate(kept, 1)
    ]  # fmt: skip
    signed = [
        ("open", "S0009", "2026-11-01 09:00"),
        *(("initial", "S0009", "2026-11-03 11:00", str(n)) for n in range(1, len(kept) + 1)),
        ("close", "S0009", "2026-11-30 17:00"),
    ]
    data = {
        "opened_on": "2026-11-01",
        "custodian": "S0009",
        "counted_on": "2026-11-30",
        "all_found": True,
        **({"rows": rows} if rows else {}),
    }
    return desk.file("F-DOCCUSTODY", "BGZ-202611-S0009", data, signed)


def test_what_custody_was_to_keep_is_destroyed_in_time_and_once(desk: Desk) -> None:
    case = custody(desk, "2026-11-30", "2026-12-01")
    assert (broken(case), case.progress.state) == ([], "closed")
    assert desk.disagreements("custody-expired") == ["BGZ-202611-S0009"]
    destruction(desk, checked(1, "2026-08-31", "r0", custody="BGZ-202611-S0009#1"))
    assert desk.disagreements("custody-expired") == []
    assert desk.disagreements("destruction-before-custody-ends") == []
    destruction(desk, checked(1, "2026-08-31", "r0", custody="BGZ-202611-S0009#1"), id="XH-202612-002")
    assert desk.disagreements("custody-expired") == ["XH-202612-002"]


def test_the_custody_register_outlasts_the_list(desk: Desk) -> None:
    custody(desk, "2026-12-01")
    destruction(desk, checked(1, "2026-08-31", "r0", custody="BGZ-202611-S0009#1"))
    assert desk.disagreements("destruction-before-custody-ends") == ["XH-202612-001"]


def test_a_month_without_new_documents_still_has_its_count(desk: Desk) -> None:
    case = custody(desk)
    assert (broken(case), case.progress.state, case.all_values["new_entries"]) == ([], "closed", 0)


COPY = {
    "applicant": "S1001",
    "kind": "copy",
    "what": "合同",
    "copies": 2,
    "purpose": "核对",
    "destination": "客服部",
    "outside": False,
    "customer_data": False,
}
COPIED = [("apply", "S1001", "08:30"), ("approve", "S0010", "09:00"), ("hand_out", "S0009", "10:00")]


def test_copies_follow_approval_and_originals_come_back(desk: Desk) -> None:
    handed = {"copied_at": "09:30", "copies_made": 2}
    case = desk.file("F-DATACOPY", "FY-202612-001", {**COPY, **handed}, COPIED)
    assert (broken(case), case.progress.state) == ([], "closed")
    early = desk.file("F-DATACOPY", "FY-202612-001", {**COPY, "copied_at": "08:50", "copies_made": 3}, COPIED)
    assert broken(early) == ["approved_before", "as_many_as_approved"]
    out = {**COPY, **handed, "kind": "take_out", "return_by": "2026-12-03"}
    case = desk.file("F-DATACOPY", "FY-202612-001", out, COPIED)
    assert (broken(case), case.progress.state) == (["returned"], "out")
    back = [*COPIED, ("take_back", "S0009", "2026-12-03 18:00")]
    case = desk.file("F-DATACOPY", "FY-202612-001", {**out, "returned_at": "2026-12-03 17:50", "complete": True}, back)
    assert (broken(case), case.progress.state) == ([], "closed")


def test_customer_information_goes_outside_on_a_reviewed_sheet(desk: Desk) -> None:
    outside = {**COPY, "outside": True, "customer_data": True, "copied_at": "09:30", "copies_made": 1}
    assert lacking(desk.file("F-DATACOPY", "FY-202612-001", outside, COPIED)) == ["consent"]
    desk.cases.clear()
    desk.file("F-DATACOPY", "FY-202612-001", {**outside, "consent": "TY-202612-001"}, COPIED)
    consent(desk, [("take_consent", "S1001", "08:00")])
    assert desk.disagreements("copy-consent-covers") == ["FY-202612-001"]
    desk.cases.pop()
    consent(desk, [("take_consent", "S1001", "08:00"), ("review", "S0003", "08:20")])
    assert desk.disagreements("copy-consent-covers") == []


def consent(desk: Desk, signed: list[tuple[str, ...]], **data: Any) -> RecordCase:
    fixed = {
        "agent": "S1001",
        "customer": "C20210655",
        "recipient": "维修商",
        "purpose": "上门",
        "data": "电话",
        "basis": "consent",
        "evidence": "来电同意",
        "proof": FILE,
    }
    return desk.file("F-DATACONSENT", "TY-202612-001", {**fixed, **data}, signed)


def test_disclosure_needs_consent_or_law_and_a_review_before(desk: Desk) -> None:
    told = {"disclosed_at": "08:30", "as_listed": True}
    signed = [("take_consent", "S1001", "08:00"), ("review", "S0003", "08:20"), ("disclose", "S1001", "08:40")]
    case = consent(desk, signed, **told)
    assert (broken(case), case.progress.state) == ([], "closed")
    assert broken(consent(desk, signed, **{**told, "disclosed_at": "08:10"})) == ["reviewed_before"]
    assert consent(desk, signed, basis="law").progress.state == "draft"
    assert consent(desk, [("cite_law", "S1001", "08:00")], basis="law").progress.state == "submitted"


def change(desk: Desk, no: int, old: str, new: str, at: str, **data: Any) -> RecordCase:
    fixed = {
        "agent": "S1001",
        "customer": "C20210655",
        "field": "phone",
        "old": old,
        "new": new,
        "basis": "来电",
        "requested_by_customer": True,
        "changed_at": at,
    }
    signed = [("apply", "S1001", "08:30"), ("approve", "S0003", "09:00"), ("execute", "S0008", "17:00")]
    return desk.file("F-DATACHANGE", f"ZG-202612-{no:03}", {**fixed, **data}, signed)


def test_the_old_value_is_what_the_last_change_wrote(desk: Desk) -> None:
    first = change(desk, 1, "13800000001", "13800000002", "09:10")
    assert (broken(first), first.progress.state) == ([], "closed")
    assert broken(change(desk, 2, "13800000002", "13800000003", "09:20")) == []
    assert broken(change(desk, 3, "13800000002", "13800000004", "09:30")) == ["old_is_current"]
    assert broken(change(desk, 4, "旧址", "新址", "09:40", field="address")) == []
    assert broken(change(desk, 5, "13900000001", "13900000002", "09:50", customer="C20210700")) == []


def test_data_change_after_approval_and_really(desk: Desk) -> None:
    assert broken(change(desk, 1, "13800000001", "13800000001", "08:59")) == ["a_change", "approved_before"]


SOFTWARE = {
    "applicant": "S1001",
    "terminal": "A01",
    "software": "录音播放器",
    "source": "厂商",
    "purpose": "听录音",
    "licensed": True,
    "risk": "无",
}


def software(desk: Desk, signed: list[tuple[str, ...]], related: bool = True, **data: Any) -> RecordCase:
    return desk.file("F-SWINSTALL", "RJA-202612-001", {**SOFTWARE, "production_related": related, **data}, signed)


def test_software_unrelated_to_production_can_only_be_refused(desk: Desk) -> None:
    assessed = [("apply", "S1001", "08:30"), ("assess", "S0021", "09:00")]
    assert software(desk, [*assessed, ("approve", "S0002", "10:00")], related=False).progress.state == "assessed"
    assert software(desk, [*assessed, ("refuse", "S0002", "10:00")], related=False).progress.state == "rejected"
    approved = [*assessed, ("approve", "S0002", "10:00"), ("install", "S0021", "11:00")]
    case = software(desk, approved, installed_at="10:30", works=True)
    assert (broken(case), case.progress.state) == ([], "closed")
    assert broken(software(desk, approved, installed_at="09:30", works=True)) == ["approved_before"]
    assert broken(software(desk, approved[:3], licensed=False)) == ["licensed_software"]


def test_documents_are_drafted_checked_and_issued_by_three(desk: Desk) -> None:
    data = {
        "title": "通知", "doc_no": "客服发2026-8", "secret_level": "internal", "drafter": "S0010", "checker": "S0003", "issuer": "S0002",
        "recipients": ["D-CS"], "text_file": {**FILE, "name": "text.pdf"}, "opinion": "同意", "issued_at": "10:00", "sent_at": "11:00", "file_no": "DA-8",
    }  # fmt: skip
    signed = [
        ("draft", "S0010", "08:30"),
        ("check", "S0003", "09:00"),
        ("issue", "S0002", "10:05"),
        ("file", "S0014", "11:05"),
    ]
    case = desk.file("F-DOCISSUE", "FWN-202612-001", data, signed)
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    own = desk.file(
        "F-DOCISSUE", "FWN-202612-001", {**data, "checker": "S0010"}, [signed[0], ("check", "S0010", "09:00")]
    )
    assert ("drafter_apart" in broken(own), own.progress.state) == (True, "submitted")
    unchecked = desk.file("F-DOCISSUE", "FWN-202612-001", {**data, "issued_at": "08:50"}, signed)
    assert broken(unchecked) == ["issued_after_check"]


def mail(desk: Desk, **data: Any) -> RecordCase:
    row = {
        "no": 1, "at": "09:00", "direction": "in", "from": "供应商", "to": "张伟", "kind": "parcel", "tracking": "SF1", "delivered_to": "S1001",
        "signed_at": "09:30",
    }  # fmt: skip
    signed = [("open", "S0016", "08:50"), ("receive", "S1001", "09:35", "1"), ("close", "S0016", "18:00")]
    return desk.file("F-MAIL", "YJD-20261201", {"date": "2026-12-01", "rows": [{**row, **data}]}, signed, "S0016")


def test_mail_is_signed_for_by_who_receives_it(desk: Desk) -> None:
    case = mail(desk)
    assert (broken(case), lacking(case), case.progress.state, case.all_values["received_count"]) == (
        [],
        [],
        "closed",
        1,
    )
    assert broken(mail(desk, signed_at="08:59")) == ["received_after_arrival"]
    assert broken(mail(desk, direction="out")) == ["handed_in_before_sending"]
