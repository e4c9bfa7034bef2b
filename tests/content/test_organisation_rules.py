"""The care of the rules themselves: reviews, and what everybody has read."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, altered_workspace, broken, duty, lacking

from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace

LATER = datetime.fromisoformat("2027-12-15T18:00:00+08:00")
COVERED = [
    {"stage": "complaint", "reg": "REG-COMPLAINT"},
    {"stage": "survey", "reg": "REG-SURVEY"},
    {"stage": "relations", "reg": "REG-REVISIT"},
]


@pytest.fixture(scope="module")
def revised(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A rule book in which the room rules are in their second revision, in force since 1 December."""
    copy = tmp_path_factory.mktemp("revised") / "book"
    altered_workspace(root, copy, LATER)
    path = copy / "handbook/regulations/REG-ROOM.md"
    text = path.read_text("utf-8").replace("\nrevision: 1\n", "\nrevision: 2\n", 1)
    path.write_text(text.replace("\neffective: 2026-09-01\n", "\neffective: 2027-12-01\n", 1), "utf-8")
    return Workspace(copy, LATER)


def review(desk: Desk, day: str = "2027-08-31", serial: int = 1, signed: str = "10:00", **data: Any) -> RecordCase:
    record = {
        "date": day,
        "scope": "regulation",
        "reg": "REG-ROOM",
        "version": 1,
        "drafter": "S0003",
        "last_review": "2026-09-01",
        "grounds": ["checks"],
        "findings": "执行良好",
        "change": "keep",
        "opinion": "同意",
    }
    record |= data
    people = {"draft_it": "S0003", "examine": "S0002", "approve": "S0001"}
    steps = [(step, who, f"{day} {signed}") for step, who in people.items()]
    return desk.file("F-REGREVIEW", f"ZDR-{day[:7].replace('-', '')}-{serial:03}", record, steps)


def test_a_regulation_is_reviewed_within_a_year(desk: Desk) -> None:
    case = review(desk)
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert broken(review(desk, "2027-09-01")) == []
    assert broken(review(desk, "2027-09-02")) == ["reviewed"]
    assert broken(review(desk, change="revise", changes="精简", new_version=3, effective_by="2027-12-01")) == [
        "next_revision"
    ]
    assert "drafted_by_who_answers" in broken(review(desk, drafter="S0010"))
    assert lacking(review(desk, change="revise")) == ["changes", "new_version", "effective_by"]


def test_a_review_of_the_handbook_looks_at_every_stage(desk: Desk) -> None:
    assert broken(review(desk, scope="handbook", coverage=COVERED)) == []
    gap = [*COVERED[:2], {"stage": "relations", "gap": "没有制度"}]
    assert broken(review(desk, scope="handbook", coverage=gap)) == ["stages_covered"]
    assert lacking(review(desk, scope="handbook")) == ["coverage"]


def found(desk: Desk, check: str) -> list[str]:
    return sorted(each.message.zh for each in desk.disagreeing(check))


def test_reviews_follow_one_another(desk: Desk) -> None:
    review(desk, "2026-12-14", serial=1)
    assert found(desk, "regulation-reviews") == ["自本次评估起已超过12个月，没有再次评估（REG-GOV/2）"]
    review(desk, "2027-08-31", serial=2, last_review="2026-12-14")
    assert found(desk, "regulation-reviews") == []
    review(desk, "2027-08-31", serial=2)
    assert found(desk, "regulation-reviews") == ["上次评估是2026-12-14（ZDR-202612-001）（REG-GOV/2）"]


def test_what_was_decided_comes_into_force(desk: Desk, revised: Workspace) -> None:
    decided: dict[str, Any] = {"change": "revise", "changes": "精简", "new_version": 2, "effective_by": "2027-12-01"}
    review(desk, **decided)
    assert found(desk, "regulation-reviews") == ["REG-ROOM没有按期发布第2版（REG-GOV/5）"]
    done = Desk(revised)
    review(done, **decided)
    assert found(done, "regulation-reviews") == ["REG-ROOM当日有效的不是第1版（REG-GOV/5）"]


def reading(desk: Desk, read: str = "2026-09-08", serial: int = 1, version: int = 1) -> RecordCase:
    line = {"no": 1, "reg": "REG-ROOM", "version": version, "issued_on": "2026-09-01"}
    data = {"staff": "S1001", "read_on": read, "documents": [line]}
    steps = [("acknowledge", "S1001", f"{read} 10:00")]
    return desk.file("F-REGREAD", f"ZDY-{read[:7].replace('-', '')}-{serial:03}", data, steps, "S1001")


def test_rules_are_read_within_seven_days(desk: Desk) -> None:
    case = reading(desk)
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert broken(reading(desk, "2026-09-09")) == ["read_in_time"]
    assert found(desk, "reading-current") == []
    reading(desk, version=2)
    assert found(desk, "reading-current") == ["REG-ROOM当日有效的不是第2版（REG-GOV/3）"]


def test_a_new_revision_is_acknowledged_again(revised: Workspace) -> None:
    desk = Desk(revised)
    reading(desk)
    before = found(desk, "reading-current")
    duty(desk, "2027-12-10", "S1001")
    again = "S1001没有确认REG-ROOM现行的第2版（REG-GOV/3）"
    assert again not in before
    assert again in found(desk, "reading-current")
    reading(desk, "2027-12-03", serial=2, version=2)
    assert found(desk, "reading-current") == before
