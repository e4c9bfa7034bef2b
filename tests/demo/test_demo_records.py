"""The records of the reference department: two months of a hotline, with every way a record can go, and no finding unexplained."""

from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from csdocs.check.whole import Checked, check
from csdocs.load.holdings.tree import Summary, counting
from csdocs.load.index.gathered import summaries
from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace
from csdocs.model.finding import Severity
from csdocs.parse.record import parse_record
from csdocs.parse.yamltext import parse_yaml
from csdocs.store import disk

ROOT = Path(__file__).resolve().parents[2]
EXPLAINED = Path(__file__).with_name("findings.yaml")
ENDINGS = {"closed", "rejected", "returned", "withdrawn", "void"}
IN_USE = {
    *("F-HANDOVER", "F-DUTYLOG", "F-CUSTHANDOVER", "F-SHIFTSWAP", "F-GENDUTY", "F-OFFBOARD", "F-ESCALATION"),
    *("F-SVCREC", "F-CASE", "F-COMPLAINT", "F-COMPSUM", "F-COMPENSATE", "F-BACKUP", "F-DATAACCESS", "F-SUPCHECK"),
    *("F-UNIDESIGN", "F-UNIPLAN", "F-QUOTE", "F-UNIACCEPT", "F-UNIAPPLY", "F-UNIISSUE", "F-UNIDAMAGE", "F-UNISCRAP"),
    *("F-UNIRETURN", "F-UNICHECK"),
}
UNDER_WAY = {"draft", "accepted", "submitted", "approved", "escalated", "instructed", "reopened", "resolved"}


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace(ROOT)


@pytest.fixture(scope="module")
def filed(workspace: Workspace) -> list[Summary]:
    return [*summaries(workspace)]


@pytest.fixture(scope="module")
def report(workspace: Workspace) -> Checked:
    return check(workspace)


def test_every_finding_is_explained_and_every_explanation_found(report: Checked) -> None:
    explained = parse_yaml(EXPLAINED.read_bytes()).tree
    assert all(each["note"]["zh"] and each["note"]["en"] for each in explained)
    told = Counter((each["path"], each["code"], each["rule"]) for each in explained)
    assert Counter((finding.path, finding.code, finding.rule) for finding in report.findings) == told


def test_no_record_is_an_illegal_file(report: Checked) -> None:
    assert Severity.ERROR not in {finding.severity for finding in report.findings}


def test_the_forms_of_the_daily_work_are_in_use(report: Checked, filed: list[Summary]) -> None:
    assert report.records >= 150
    assert {summary.form for summary in filed} >= IN_USE


def test_every_outcome_occurs(filed: list[Summary]) -> None:
    assert {summary.state for summary in filed} >= ENDINGS | UNDER_WAY


def test_every_signature_counts(workspace: Workspace) -> None:
    for path in workspace.record_paths():
        case = RecordCase(workspace, path, disk.read(ROOT, path))
        assert case.signature_problems == (None,) * len(case.record.signatures), path
        assert not case.progress.problems, path


def test_corrections_are_kept_beside_what_they_correct(filed: list[Summary]) -> None:
    by_name = {summary.name: summary for summary in filed}
    amended = [summary for summary in filed if summary.amendment]
    assert {summary.amendment for summary in amended} == {1, 2}
    assert all(summary.id in by_name for summary in amended)
    returned = [summary for summary in filed if summary.state == "returned"]
    assert all(counting(filed)[summary.id].state == "closed" for summary in returned)


def test_a_void_natural_key_has_its_replacement(filed: list[Summary]) -> None:
    effective = counting(filed)
    void = [
        summary
        for summary in effective.values()
        if summary.state == "void" and summary.number and summary.number.serial is None
    ]
    assert void
    assert all(effective[f"{summary.id}.2"].state == "closed" for summary in void)


def test_a_complaint_was_taken_up_again(filed: list[Summary]) -> None:
    complaints = [summary for summary in filed if summary.form == "F-COMPLAINT"]
    assert any({"reopen", "tell_again", "close"} <= summary.done for summary in complaints)


def test_an_objection_was_ruled_on(filed: list[Summary]) -> None:
    assert any(summary.form == "F-HANDOVER" and "decide" in summary.done for summary in filed)


def test_attachments_are_listed_by_digest(workspace: Workspace) -> None:
    listed = 0
    for path in workspace.record_paths():
        case = RecordCase(workspace, path, disk.read(ROOT, path), signatures=False)
        for _, _, value in case.scalars("file"):
            assert case.attachment_trouble(value) is None, path
            listed += 1
    assert listed >= 1


def test_every_signature_is_on_the_form_as_it_is(workspace: Workspace) -> None:
    """In set-up nobody is told; once the workspace is open, as `make demo` shows it, each other one would be a finding."""
    forms = {id: sha256(workspace.files[path]).hexdigest() for id, path in workspace.form_paths.items()}
    records = (parse_record(path, disk.read(ROOT, path)).record for path in workspace.record_paths())
    stale = {each.name for each in records if each for mine in each.signatures if mine.form_sha256 != forms[each.form]}
    assert stale == set(), "run python -m tools.sign_demo"
