"""Honest work passes, however it is merged."""

import datetime as dt
import json

import pytest
from gate import AGENT, CONFIG, FORM, MANAGER, OTHER, PEOPLE, PERSONNEL, QUALITY, REG, SECOND, Gate


def test_nothing_changed(gate: Gate) -> None:
    assert gate.review() == (0, [])
    assert gate.audit() == (0, [])


def test_an_approved_revision_goes_in(gate: Gate) -> None:
    gate.branch()
    gate.revise()
    gate.commit()
    assert gate.review() == (0, [])
    gate.land()
    assert gate.audit() == (0, [])


@pytest.mark.parametrize("way", ["merge", "fast-forward", "squash", "rebase", "cherry-pick"])
def test_every_way_of_merging_passes(gate: Gate, way: str) -> None:
    gate.branch()
    gate.revise()
    gate.commit("Revise the regulation")
    gate.write("notes.txt", "not controlled")
    gate.commit("Add a note")
    gate.git("switch", "-q", "main")
    if way != "fast-forward":
        gate.write("elsewhere.txt", "main moves on")
        gate.commit("Meanwhile")
    gate.now += dt.timedelta(hours=1)
    match way:
        case "merge":
            gate.git("merge", "-q", "--no-ff", "-m", "Merge", "change", **gate.dated())
        case "fast-forward":
            gate.git("merge", "-q", "--ff-only", "change")
        case "squash":
            gate.git("merge", "-q", "--squash", "change")
            gate.git("commit", "-q", "-m", "Squashed", **gate.dated())
        case "rebase":
            gate.git("rebase", "-q", "main", "change", **gate.dated())
            gate.git("switch", "-q", "main")
            gate.git("merge", "-q", "--ff-only", "change")
        case "cherry-pick":
            gate.git("cherry-pick", "main..change", **gate.dated())
    assert gate.audit() == (0, [])
    assert "REG-TEST r2" in gate.run("history", "REG-TEST").out


def test_what_a_fast_forward_would_break_is_said(gate: Gate) -> None:
    """Git does it unasked, and a step that is taken shows in every audit."""
    gate.branch()
    gate.edit(PEOPLE, "人S1001", "新名")
    gate.commit("Nobody asked yet")
    gate.approve(PEOPLE, PERSONNEL, MANAGER)
    gate.commit("Asked")
    outcome = gate.review()
    assert (outcome.code, outcome.rules) == (0, ["refused-one-by-one"])
    gate.git("branch", "-q", "fast")
    gate.land()
    assert gate.audit() == (0, [])
    gate.git("switch", "-q", "fast")
    assert gate.audit().errors == ["approval-missing"]


def test_a_branch_that_fell_behind_is_judged_as_if_merged(gate: Gate) -> None:
    gate.branch()
    gate.revise()
    gate.commit()
    gate.git("switch", "-q", "main")
    gate.revise(OTHER)
    gate.commit("Another revision lands first")
    gate.git("switch", "-q", "change")
    assert gate.review().rules == ["behind-base"]
    gate.land()
    assert gate.audit() == (0, [])


def test_register_policy_and_forms_change_with_their_approvals(gate: Gate) -> None:
    gate.branch()
    gate.edit(PEOPLE, "人S1001", "新名")
    gate.approve(PEOPLE, PERSONNEL, MANAGER)
    gate.edit(CONFIG, "试验部", "试用部")
    gate.approve(CONFIG, "S4001", QUALITY)
    gate.revise(FORM, old="备注", new="附注")
    gate.edit("handbook/waivers.yaml", "[]", "[]  # none")
    gate.approve("handbook/waivers.yaml")
    gate.commit()
    assert gate.review() == (0, [])
    gate.land()
    assert gate.audit() == (0, [])


def test_more_grave_changes_need_more_people(gate: Gate) -> None:
    gate.branch()
    gate.raise_revision(kind="major")
    gate.edit(REG, "500元", "800元")
    gate.approve(REG)
    gate.commit()
    outcome = gate.review()
    assert outcome.rules == ["approval-pending"]
    assert SECOND in outcome.findings[0]["message"]
    gate.sign(REG, SECOND)
    gate.commit()
    assert gate.review() == (0, [])


def test_several_files_are_approved_in_one_go_each_with_its_own_receipt(gate: Gate) -> None:
    gate.branch()
    for path in (REG, OTHER):
        gate.raise_revision(path)
        gate.edit(path, "尽快", "及时")
    for arguments in (
        ("submit", "REG-TEST", "REG-OTHER", "--as", AGENT, "--yes"),
        ("approve", "REG-TEST", "REG-OTHER", "--as", MANAGER, "--post", "R-DEPTMGR", "--yes"),
        ("approve", "REG-TEST", "REG-OTHER", "--as", QUALITY, "--post", "R-QUALITY", "--yes"),
    ):
        said = gate.run(*arguments)
        assert said.code == 0, said.err
        assert len(said.out.splitlines()) == 2
    gate.commit(at=dt.datetime.now(dt.UTC))  # the clock of the verbs is the real one
    outcome = gate.review()
    assert outcome.code == 0
    assert set(outcome.rules) == {"effective-has-passed"}


def test_a_new_regulation_comes_in(gate: Gate) -> None:
    gate.branch()
    text = gate.read(REG).replace("REG-TEST", "REG-NEW").replace("least", "new_least")
    gate.write("handbook/regulations/REG-NEW.md", text.replace("effective: 2024-01-01", "effective: 2024-04-01"))
    gate.approve("handbook/regulations/REG-NEW.md", MANAGER, QUALITY, SECOND)
    gate.commit()
    assert gate.review() == (0, [])


def test_diff_shows_what_is_being_prepared_beside_what_is_approved(gate: Gate) -> None:
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    shown = gate.run("diff", "REG-TEST").out
    assert "尽快" in shown and "及时" in shown
    assert gate.run("diff", "REG-TEST", "1..2").out == shown
    gate.git("restore", ".")
    said = gate.run("diff", "REG-TEST")
    assert said.code != 0 and "nothing to compare" in said.err


def test_review_and_approve_say_what_rests_on_a_changed_file(gate: Gate) -> None:
    said = gate.run("new", "F-TEST", "--as", AGENT, "--no-input", "--set=note=n")
    assert said.code == 0, said.err
    gate.write(
        "templates/checks/least.sql",
        "SELECT record, 'x' AS message FROM f_test WHERE param('least', '2024-03-01') < 0\n",
    )
    gate.approve("templates/checks/least.sql")
    gate.commit(at=dt.datetime.now(dt.UTC))
    gate.branch()
    gate.revise(REG)
    gate.revise(FORM, old="备注", new="附注")
    gate.commit()
    affected = {
        each["path"]: each
        for each in json.loads(gate.run("review", "--base", "main", "--format", "json").out)["checked"]["affected"]
    }
    assert affected[REG]["forms"] == ["F-LOG", "F-TEST"]
    assert affected[REG]["queries"] == ["least"]
    assert (affected[FORM]["queries"], affected[FORM]["records"]) == (["least"], 1)
    assert f"{REG} affects: forms F-LOG, F-TEST; queries least" in gate.run("review", "--base", "main").out
    shown = gate.run("approve", "REG-TEST", "--as", QUALITY, "--post", "R-QUALITY", "--base", "main", "--yes")
    assert "affects: forms F-LOG, F-TEST" in shown.err
