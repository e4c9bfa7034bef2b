"""Who is waited for before a change comes into force: `todo` asks one after the other, `why` says what is lacking."""

import datetime as dt
import sys
from unittest import mock

import pytest
from gate import AGENT, BOTH, CLERK, CONFIG, LEADER, MANAGER, PEOPLE, PERSONNEL, QUALITY, REG, AtTerminal, Gate

from csdocs.cli.main import CLEAN
from csdocs.gate.pending import flaws, pending
from csdocs.load.approval.ledger import folded


def asked(gate: Gate, person: str) -> list[str]:
    said = gate.run("--lang", "en", "todo", person)
    assert said.code == CLEAN, said.err
    return [" ".join(line.split()) for line in said.out.splitlines()[2:]]


def why(gate: Gate, id: str = "REG-TEST") -> str:
    said = gate.run("--lang", "en", "why", id)
    assert said.code == CLEAN, said.err
    return said.out


def test_one_after_the_other_is_asked(gate: Gate) -> None:
    everybody = (AGENT, QUALITY, MANAGER)
    assert {person: asked(gate, person) for person in everybody} == {person: [] for person in everybody}
    assert "what lies here is approved" in why(gate)
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    assert [person for person in everybody if asked(gate, person)] == [AGENT]
    assert asked(gate, AGENT) == ["REG-TEST Test regulation submit revision 2 2024-04-01 00:00, overdue"]
    gate.sign(REG, AGENT, "submit")  # not committed: that is how it lies here all the same
    assert [person for person in everybody if asked(gate, person)] == [QUALITY, MANAGER]
    assert "approve revision 2" in asked(gate, MANAGER)[0]
    gate.commit("Waits")
    gate.sign(REG, MANAGER)
    assert [person for person in everybody if asked(gate, person)] == [QUALITY]
    said = why(gate, "reg-test")
    assert "revision 2 is not approved yet" in said
    assert "1 more of quality must approve" in said
    assert f"csdocs approve {REG} --as {QUALITY}" in said
    gate.sign(REG, QUALITY)
    assert [person for person in everybody if asked(gate, person)] == []
    assert "what lies here is approved" in why(gate, REG)


def test_what_was_rejected_goes_back_to_who_drafted_it(gate: Gate) -> None:
    gate.revise(old="尽快", new="及时")
    gate.sign(REG, BOTH, "reject")
    assert asked(gate, AGENT)[0].startswith("REG-TEST Test regulation change revision 2, which was rejected")
    assert asked(gate, BOTH) == asked(gate, QUALITY) == []
    assert "rejected it" in why(gate)
    gate.edit(REG, "及时", "尽早")  # other bytes: all begins anew
    assert "submit revision 2" in asked(gate, AGENT)[0]


def test_nobody_is_asked_about_what_cannot_be_approved(gate: Gate) -> None:
    gate.raise_revision(kind="editorial")
    gate.edit(REG, "应当保存三年", "应当保存五年")
    gate.sign(REG, AGENT, "submit")
    assert asked(gate, QUALITY) == []
    assert "correct revision 2" in asked(gate, AGENT)[0]
    assert "editorial" in why(gate)
    gate.edit(PEOPLE, "人S1001", "人甲")
    assert [line.split()[0] for line in asked(gate, PERSONNEL)] == [PEOPLE]
    assert "the change is not approved yet" in why(gate, PEOPLE)
    (gate.root / REG).unlink()
    assert gate.run("why", "REG-TEST").code != CLEAN
    assert asked(gate, AGENT) == []


def test_what_landed_pending_waits_on_the_main_branch(gate: Gate) -> None:
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.sign(REG, AGENT, "submit")
    gate.commit("Landed before it was approved")
    assert "approve revision 2" in asked(gate, MANAGER)[0]
    assert gate.git("status", "--porcelain") == ""


def test_on_a_branch_it_is_the_main_line_that_a_change_has_to_meet(gate: Gate) -> None:
    """What was signed on the branch uses up no number there: the branch goes in as one step."""
    gate.branch()
    gate.revise()
    gate.commit("Complete, for a while")
    gate.edit(REG, "及时", "立刻")
    assert "should be 3" not in why(gate)
    assert f"csdocs submit {REG} --as {AGENT}" in why(gate)
    said = gate.run(
        *("revise", "REG-TEST", "--as", AGENT, "--kind", "minor", "--effective", "2030-01-01"),
        *("--summary", "再改", "--reason", "更准确"),
    )
    assert "revision 2 is being prepared already" in said.err
    assert gate.run("submit", "REG-TEST", "--as", AGENT, "--yes").code == CLEAN
    for person, post in ((MANAGER, "R-DEPTMGR"), (QUALITY, "R-QUALITY")):
        assert gate.run("approve", "REG-TEST", "--as", person, "--post", post, "--yes").code == CLEAN
    assert "what lies here is approved" in why(gate)
    gate.commit("Complete again", at=dt.datetime.now(dt.UTC))
    assert gate.review().errors == []


def test_at_a_terminal_no_is_no(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    gate.branch()
    gate.raise_revision()
    for typed, left in (("n\n", 0), ("y\n", 1)):
        monkeypatch.setattr(sys, "stdin", AtTerminal(typed))
        said = gate.run("submit", "REG-TEST", "--as", AGENT)
        assert ("Sign?" in said.err, said.code == CLEAN) == (True, left == 1)
        assert gate.git("status", "--porcelain", "--untracked-files=all").count(".sig") == left


def test_a_receipt_that_would_not_count_is_not_given(gate: Gate) -> None:
    """What is signed cannot be taken back: whoever took the wrong post would be stuck with it."""
    approve = ("approve", "REG-TEST", "--yes", "--as")
    for arguments in ((MANAGER,), (LEADER, "--post", "R-LEADER", "--decision", "emergency")):
        assert "nothing of" in gate.run(*approve, *arguments).err  # as it was approved
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    assert "nothing of" in gate.run("submit", "REG-OTHER", "--as", AGENT, "--yes").err
    assert f"drafted_by says {AGENT}" in gate.run("submit", "REG-TEST", "--as", CLERK, "--yes").err
    assert gate.run("submit", "REG-TEST", "--as", AGENT, "--yes").code == CLEAN
    refused = {
        (MANAGER, "--post", "R-QUALITY"): "did not hold R-QUALITY",
        (CLERK,): "is not for R-AGENT to approve",
        (AGENT, "--post", "R-AGENT"): "drafted",
        (BOTH,): "say with --post in which of them: R-QUALITY, R-DEPTMGR",
        ("S9999", "--post", "R-QUALITY"): "S9999",
    }
    for arguments, words in refused.items():
        said = gate.run("--lang", "en", *approve, *arguments)
        assert said.code != CLEAN
        assert words in said.err, said.err
    assert gate.git("status", "--porcelain").count("receipts") == 1
    gate.sign(REG, MANAGER, post="R-QUALITY")  # by other means than ours
    for person in (MANAGER, QUALITY):  # who holds one post need not name it
        assert gate.run(*approve, person).code == CLEAN
    assert "what lies here is approved" in why(gate)


def test_what_landed_with_a_fault_still_waits_for_its_drafter(gate: Gate) -> None:
    """A server that does not ask lets it in; it is not for approvers to sign all the same."""
    gate.raise_revision(kind="editorial")
    gate.edit(REG, "应当保存三年", "应当保存五年")
    gate.sign(REG, AGENT, "submit")
    gate.commit("Landed")
    assert asked(gate, QUALITY) == []
    assert "correct revision 2" in asked(gate, AGENT)[0]
    said = gate.run("approve", "REG-TEST", "--as", QUALITY, "--yes")
    assert (said.code, "CHG609" in said.err) == (3, True)


def test_no_revision_begins_before_it_can_be_approved(gate: Gate, draft: Gate) -> None:
    """Told while the date is written, not when somebody comes to submit; what is opened may have been in force for years."""
    words = ("--as", AGENT, "--kind", "minor", "--summary", "再改", "--reason", "更准确", "--effective")
    said = gate.run("--lang", "en", "revise", "REG-TEST", *words, "2024-04-01")
    assert (said.code, "is over" in said.err, f"give {gate.workspace().today} or later" in said.err) == (3, True, True)
    assert gate.run("revise", "REG-TEST", "--summary-en=clearer", *words, "2031-01-01").code == CLEAN
    assert "en: clearer}" in gate.read(REG)
    gate.approve(REG)
    gate.commit("In force in years")
    said = gate.run("--lang", "en", "revise", "REG-TEST", *words, "2030-12-31")
    assert (said.code, "its predecessor (2031-01-01)" in said.err) == (3, True)
    assert gate.git("status", "--porcelain") == ""
    assert gate.run("revise", "REG-TEST", *words, "2031-01-01").code == CLEAN
    assert draft.run("revise", "REG-TEST", *words, "2024-02-01").code == CLEAN


def test_what_was_approved_is_read_once_before_a_signature(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what is tried on it stays out of it."""
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    folds = mock.Mock(side_effect=folded)
    for module in ("csdocs.load.approval.ledger", "csdocs.gate.review"):
        monkeypatch.setattr(f"{module}.folded", folds)
    for arguments in (("submit", "REG-TEST", "--as", AGENT), ("approve", "REG-TEST", "--as", MANAGER)):
        folds.reset_mock()
        assert gate.run(*arguments, "--yes").code == CLEAN
        assert folds.call_count == 1
    book = gate.workspace().ledger
    assert [each.id for each in pending(gate.workspace())] == ["REG-TEST"]
    flaws(gate.workspace(), [REG], book)
    assert book == folded(gate.root, "HEAD")


def test_a_main_line_of_any_name_is_asked_for_once(gate: Gate) -> None:
    """On a branch it decides what is signed, so nobody guesses; where there is one branch alone there is nothing to ask."""
    gate.git("branch", "-m", "main", "trunk")
    gate.revise()
    assert "what lies here is approved" in why(gate)
    gate.branch(start="trunk")
    gate.commit("Complete, for a while")
    gate.edit(REG, "及时", "立刻")
    submit = ("--lang", "en", "submit", "REG-TEST", "--as", AGENT, "--yes")
    for arguments in (submit, ("--lang", "en", "why", "REG-TEST"), ("--lang", "en", "todo", AGENT)):
        said = gate.run(*arguments)
        assert (said.code, "main_branch: NAME" in said.err) == (3, True)
    gate.edit(CONFIG, "profiles: [GEN]\n", "profiles: [GEN]\nmain_branch: trnk\n")
    assert "there is no branch trnk" in gate.run(*submit).err
    gate.edit(CONFIG, "main_branch: trnk", "main_branch: trunk")
    assert f"csdocs submit {REG} --as {AGENT}" in why(gate)
    assert gate.run(*submit).code == CLEAN
    gate.git("stash", "-q", "-u")
    gate.edit(REG, "及时", "立刻")
    assert gate.run(*submit, "--base", "trunk").code == CLEAN


def test_a_group_whose_members_all_drafted_it_says_what_can_be_done(gate: Gate) -> None:
    register = gate.workspace().register
    quality = sorted(each.staff_no for each in register.holders("R-QUALITY", gate.now.date()))
    gate.raise_revision(by=quality)
    gate.edit(REG, "尽快", "及时")
    said = why(gate)
    assert (
        f"nobody can, since {', '.join(quality)} drafted it" in said and "exception under review in csdocs.yaml" in said
    )


def test_what_is_not_committed_is_not_reviewed_without_a_word(gate: Gate) -> None:
    gate.branch()
    gate.revise()
    assert "git add -A and git commit first" in gate.run("--lang", "en", "review", "--base", "main").err
    gate.commit("Revise")
    gate.write("notes.txt", "of nobody's concern")
    assert gate.run("--lang", "en", "review", "--base", "main").err == ""
    gate.edit(REG, "及时", "马上")
    assert gate.run("--lang", "en", "review", "--base", "main", "--head", "change").err == ""


def test_a_receipt_that_does_not_count_is_signed_again(gate: Gate) -> None:
    """By a clock that was two days fast: it was refused as too early, and to sign again as signed already."""
    again = ("approve", "REG-TEST", "--as", MANAGER, "--post", "R-DEPTMGR", "--yes")
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.sign(REG, AGENT, "submit")
    fast = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=2)
    path = gate.sign(REG, MANAGER, at=fast)
    gate.commit()
    assert gate.review().of("receipt-not-valid")["path"] == path
    assert gate.run(*again).code == CLEAN
    assert f"{MANAGER}, " not in why(gate)
    assert "signed this already" in gate.run(*again).err
    gate.git("restore", ".")
    gate.land()
    said = gate.run(*again)
    assert (said.code, "stays" in said.err, "csdocs revise" in said.err) == (3, True, True)
