"""What was in force, what is due, who stood in for whom: questions to the ledger."""

import datetime as dt
import json
import os

import pytest
from gate import (
    AGENT,
    BOTH,
    CLERK,
    CONFIG,
    FORM,
    LEADER,
    MANAGER,
    OPENED,
    PEOPLE,
    QUALITY,
    REG,
    SECOND,
    ZONE,
    Gate,
    person_text,
    run_here,
)

from csdocs.model.receipt import Receipt, stated
from csdocs.prepare.approval import Hand, make_receipt


def day(month: int, number: int, hour: int = 9) -> dt.datetime:
    return dt.datetime(2024, month, number, hour, tzinfo=ZONE)


def in_force(gate: Gate, date: str, *more: str) -> str:
    """The revision of the regulation that `as-of` names."""
    lines = gate.run("as-of", date, "REG-TEST", *more).out.splitlines()[2:]
    return lines[0].split()[1] if lines else "none"


def test_a_pending_revision_waits_for_its_receipts(gate: Gate) -> None:
    gate.raise_revision(effective="2024-03-10")
    gate.edit(REG, "尽快", "及时")
    gate.sign(REG, AGENT, "submit")
    gate.commit("Pending", at=day(3, 4))
    assert gate.audit().rules == ["approval-pending"]
    gate.sign(REG, MANAGER)
    gate.sign(REG, QUALITY)
    gate.commit("Receipts", at=day(3, 15))
    assert gate.audit().rules == ["approval-pending", "effective-has-passed"]
    assert [in_force(gate, f"2024-03-{d}") for d in ("01", "09", "12", "14", "15", "16")] == [
        "1",
        "1",
        "1",
        "1",
        "2",
        "2",
    ]


def test_a_form_that_waits_for_its_receipts_is_looked_at(gate: Gate) -> None:
    """By what lies here, which is no revision yet that could judge a record."""
    gate.raise_revision(FORM)
    gate.edit(FORM, "section: main\n", "section: main\n    when: nobody > 1\n")
    gate.commit("Pending", at=day(3, 4))
    said = gate.run("check", "--no-index")
    assert (said.code, "there is no nobody here" in said.out) == (1, True)


def test_a_future_effective_date_is_not_in_force(gate: Gate) -> None:
    gate.revise(effective="2024-06-01")
    gate.commit(at=day(3, 4))
    assert [in_force(gate, d) for d in ("2024-05-31", "2024-06-01")] == ["1", "2"]
    out = gate.run("history", "REG-TEST").out
    assert "r1  2024-01-01 – 2024-06-01" in out
    assert "r2  2024-06-01 – today" in out


def test_what_was_known_by_then(gate: Gate) -> None:
    gate.revise(effective="2024-06-01")
    gate.commit(at=day(5, 1))
    assert in_force(gate, "2024-07-01") == "2"
    assert in_force(gate, "2024-07-01", "--known-on", "2024-04-30") == "1"
    assert in_force(gate, "2024-07-01", "--known-on", "2024-05-01") == "2"
    assert in_force(gate, "2023-12-31") == "none"


def test_a_withdrawn_regulation_is_in_force_no_longer(gate: Gate) -> None:
    gate.raise_revision(kind="major")
    gate.edit(REG, "review_every: 365", "review_every: 365\nwithdrawn: 2024-07-01")
    gate.approve(REG, MANAGER, QUALITY, SECOND)
    gate.commit(at=day(3, 4))
    assert gate.audit() == (0, [])
    assert [in_force(gate, d) for d in ("2024-06-30", "2024-07-01")] == ["2", "none"]


def test_history_names_people_and_receipts(gate: Gate) -> None:
    gate.revise()
    gate.commit()
    out = gate.run("history", "REG-TEST").out
    assert f"Approved {QUALITY} Person {QUALITY} R-QUALITY" in out
    assert f"Submitted {AGENT}" in out
    assert f"handbook/receipts/REG-TEST/r2/{QUALITY}-approve.yaml" in out
    assert "Approved on opening" in out
    gate.raise_revision()
    said = gate.run("history", "reg-test")
    assert (said.out, "revision 3 is not approved yet" in said.err) == (out, True)
    assert gate.run("as-of", "2024-03-05", "f-test").out.splitlines()[2].startswith("F-TEST ")
    assert "nothing that was approved" in gate.run("as-of", "2020-01-01").err


def test_what_is_due_comes_in_the_order_of_its_urgency(gate: Gate) -> None:
    gate.raise_revision(FORM)
    gate.commit()
    days = [line.split("  ")[0] for line in gate.run("due", "--within", "P366D").out.splitlines()[2:]]
    assert days[0] == "now"
    assert days[1:] == sorted(days[1:]) != []
    assert days[1] == "2024-12-31, overdue"


def test_a_review_without_changes_restarts_the_period(gate: Gate) -> None:
    assert "2024-12-31" in gate.run("due", "--within", "P1D").out
    for name in ("REG-TEST", "REG-OTHER", "F-TEST", "F-LOG"):
        said = gate.run("approve", name, "--as", QUALITY, "--post", "R-QUALITY", "--decision", "no-change", "--yes")
        assert said.code == 0, said.err
    gate.commit("Reviewed", at=dt.datetime.now(dt.UTC))
    assert gate.audit() == (0, [])
    said = gate.run("due", "--within", "P1D")
    assert (said.code, "periodic review" in said.out) == (0, False)
    assert "periodic review" in gate.run("due", "--within", "P366D").out


@pytest.mark.parametrize("person", [AGENT, LEADER])
def test_a_review_is_for_those_who_approve(gate: Gate, person: str) -> None:
    gate.branch()
    gate.sign(REG, person, "no-change")
    gate.commit()
    assert gate.review().errors == ["receipt-not-valid"]


def test_a_review_of_what_is_not_approved(gate: Gate) -> None:
    """With a revision in preparation, review and acknowledgement are about the one that holds."""
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.commit()
    assert "/r1/" in gate.sign(REG, QUALITY, "no-change")
    prepared = make_receipt(gate.workspace(), [REG], "submit", Hand(AGENT, "R-AGENT", gate.now)).covers[0]
    for person, meaning in ((QUALITY, "no-change"), (CLERK, "acknowledge")):
        gate.sign(REG, person, meaning, covers=(prepared,), statement=stated(meaning, [prepared]).zh)
    gate.commit()
    outcome = gate.audit()
    assert outcome.errors == ["receipt-not-valid"] * 2
    assert "not approved" in outcome.of("receipt-not-valid")["message"]


def test_a_review_of_what_was_never_approved(gate: Gate) -> None:
    path = "handbook/regulations/REG-NEW.md"
    gate.write(path, gate.read(REG).replace("REG-TEST", "REG-NEW").replace("least", "new_least"))
    submitted = make_receipt(gate.workspace(), [path], "submit", Hand(AGENT, "R-AGENT", gate.now))
    answer = {"meaning": "acknowledge", "statement": stated("acknowledge", submitted.covers).zh}
    gate.lay(Receipt.model_validate({**dict(submitted), **answer}))
    gate.commit()
    outcome = gate.audit()
    assert "not approved" in outcome.of("receipt-not-valid")["message"]


def test_acknowledgements_are_per_person_and_revision(gate: Gate) -> None:
    arguments = ("approve", "REG-TEST", "--as", CLERK, "--post", "R-AGENT", "--decision", "acknowledge", "--yes")
    said = gate.run(*arguments)
    assert said.out.strip() == f"handbook/receipts/REG-TEST/r1/{CLERK}-acknowledge.yaml"
    gate.commit(at=dt.datetime.now(dt.UTC))
    assert gate.audit() == (0, [])
    due = gate.run("due", "--within", "P0D").out
    assert "not acknowledged by" in due and AGENT in due and f"{CLERK}," not in due
    again = gate.run(*arguments)
    assert again.code == 3
    assert "signed this already" in again.err


def test_a_revision_and_its_acknowledgement_may_land_together(gate: Gate) -> None:
    gate.branch()
    gate.revise()
    gate.commit()
    gate.sign(REG, CLERK, "acknowledge")
    gate.commit()
    assert gate.review() == (0, [])


def test_a_pending_revision_is_due_for_approval(gate: Gate) -> None:
    gate.raise_revision()
    gate.commit()
    said = gate.run("due", "--within", "P0D")
    assert said.code == 1
    assert "not approved yet" in said.out


# standing in


def with_policy(gate: Gate, text: str) -> None:
    gate.write(CONFIG, gate.read(CONFIG) + text)
    gate.approve(CONFIG, LEADER, QUALITY)
    gate.commit("Policy")
    assert gate.audit() == (0, [])


DEPUTIES = f"  deputies:\n    - {{absent: {QUALITY}, deputy: {CLERK}, from: 2024-03-01, until: 2024-03-10}}\n"


@pytest.mark.parametrize(("number", "counts"), [(10, True), (11, False)])
def test_a_deputy_signs_on_the_days_of_the_absence(gate: Gate, number: int, counts: bool) -> None:
    with_policy(gate, DEPUTIES)
    gate.now = day(3, number)
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.approve(REG, MANAGER)
    gate.sign(REG, CLERK, post="R-QUALITY")
    gate.commit()
    outcome = gate.review()
    assert outcome == (0, []) if counts else outcome.errors == ["receipt-not-valid"]


def test_the_day_is_that_of_the_workspace_not_of_the_signer(gate: Gate) -> None:
    """11 March in Shanghai is still 10 March in Honolulu."""
    with_policy(gate, DEPUTIES)
    late = day(3, 11, 1).astimezone(dt.timezone(dt.timedelta(hours=-10)))
    gate.now = day(3, 11, 2)
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.approve(REG, MANAGER)
    gate.sign(REG, CLERK, post="R-QUALITY", at=late)
    gate.commit()
    assert gate.review().errors == ["receipt-not-valid"]


def test_a_deputy_is_named_among_those_who_can_sign(gate: Gate) -> None:
    with_policy(gate, DEPUTIES)
    gate.branch()
    gate.raise_revision()
    gate.approve(REG, MANAGER)
    gate.commit()
    assert CLERK in gate.review().of("approval-pending")["message"]


@pytest.mark.parametrize(("number", "allowed"), [(10, True), (11, False)])
def test_an_exception_expires(gate: Gate, number: int, allowed: bool) -> None:
    with_policy(
        gate,
        '  exceptions:\n    - {paths: "handbook/regulations/*", allow: drafter_approves, reason: 一人在岗, '
        f"approver: {LEADER}, until: 2024-03-10}}\n",
    )
    gate.now = day(3, number)
    gate.branch()
    gate.raise_revision(by=[QUALITY])
    gate.edit(REG, "尽快", "及时")
    gate.approve(REG, MANAGER, QUALITY, submit=[QUALITY])
    gate.commit()
    assert gate.review().rules == ([] if allowed else ["approval-pending"])


def test_pending_revisions_may_be_kept_out(gate: Gate) -> None:
    with_policy(gate, "  pending_may_land: false\n")
    gate.branch()
    gate.raise_revision()
    gate.commit()
    assert gate.review().errors == ["approval-missing"]


def test_alternatives_of_a_quorum(gate: Gate) -> None:
    rule = "approve: 1 of management and 1 of quality\n      by_kind: {editorial"
    gate.edit(
        CONFIG,
        rule,
        rule.replace("1 of management and 1 of quality", "(2 of quality or 1 of leader) and 1 of management"),
    )
    gate.approve(CONFIG, LEADER, QUALITY)
    gate.commit()
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.approve(REG, QUALITY)
    gate.sign(REG, BOTH, post="R-DEPTMGR")
    gate.commit()
    assert "1 more of" in gate.review().of("approval-pending")["message"]
    gate.sign(REG, LEADER)
    gate.commit()
    assert gate.review() == (0, [])


# the verbs that prepare


def test_revise_submit_and_sign_again_after_an_edit(gate: Gate) -> None:
    gate.branch()
    said = gate.run(
        *("revise", "REG-TEST", "--as", AGENT, "--kind", "minor", "--effective", "2030-01-01"),
        *("--summary", "改一个词", "--reason", "用词"),
    )
    assert said.code == 0, said.err
    gate.edit(REG, "人员应当尽快", "人员应当及时")
    for arguments in (
        ("submit", "REG-TEST", "--as", AGENT),
        ("approve", "REG-TEST", "--as", MANAGER, "--post", "R-DEPTMGR"),
    ):
        assert gate.run(*arguments, "--yes").code == 0
    gate.commit(at=dt.datetime.now(dt.UTC))
    gate.edit(REG, "及时", "立刻")
    assert gate.run("submit", "REG-TEST", "--as", AGENT, "--yes").code == 0
    gate.commit(at=dt.datetime.now(dt.UTC))
    outcome = gate.review()
    assert "receipt-void" in outcome.rules
    said = gate.run("approve", "REG-TEST", "--as", MANAGER, "--post", "R-DEPTMGR", "--yes")
    assert said.code == 0, said.err
    assert "尽快" in said.err and "立刻" in said.err
    assert gate.run("approve", "REG-TEST", "--as", QUALITY, "--post", "R-QUALITY", "--yes").code == 0
    gate.commit(at=dt.datetime.now(dt.UTC))
    assert gate.review().rules == ["refused-one-by-one"]


def test_what_cannot_be_revised_or_signed_is_said_before(gate: Gate) -> None:
    revision = ("--as", AGENT, "--kind", "minor", "--effective", "2030-01-01", "--summary", "改", "--reason", "用词")
    changes = gate.read(REG)[gate.read(REG).index("changes:") : gate.read(REG).index("summary: {zh: 供试验")]
    flow = "changes: [{revision: 1, date: 2024-01-01, kind: major, summary: {zh: 甲, en: a}, reason: {zh: 乙, en: b}, drafted_by: [S1001]}]\n"
    gate.write(PEOPLE, gate.read(PEOPLE) + person_text("S7777", ["R-QUALITY"]))
    gate.write("handbook/regulations/REG-NEW.md", gate.read(REG).replace("REG-TEST", "REG-NEW"))
    asked = {
        ("revise", PEOPLE, *revision): "handbook/people.yaml has no revisions",
        ("approve", "REG-NEW", "--as", QUALITY, "--decision", "no-change", "--yes"): "is approved yet",
        ("approve", PEOPLE, "--as", "S7777", "--yes"): "S7777 is not in the approved register",
    }
    for arguments, words in asked.items():
        said = gate.run(*arguments)
        assert (said.code, words in said.err) == (3, True), said.err
    gate.edit(REG, changes, flow)
    assert "write `changes` as a block list" in gate.run("revise", REG, *revision).err


def test_nobody_signs_in_vain(gate: Gate) -> None:
    """What no signature can mend is said before anybody signs; who wants to reject it may."""
    gate.branch()
    gate.edit(REG, "尽快", "及时")
    said = gate.run("submit", "REG-TEST", "--as", AGENT, "--yes")
    assert said.code == 3
    assert "should be 2, not 1" in said.err
    gate.edit(REG, "及时", "尽快")
    gate.raise_revision(kind="editorial")
    gate.edit(REG, "500元", "5000元")
    for arguments in (("submit", REG, "--as", AGENT), ("approve", REG, "--as", MANAGER, "--post", "R-DEPTMGR")):
        said = gate.run(*arguments, "--yes")
        assert said.code == 3
        assert "the change is minor, but is claimed as editorial" in said.err
    assert "receipts" not in gate.git("status", "--porcelain", "--untracked-files=all")
    said = gate.run("approve", REG, "--as", MANAGER, "--post", "R-DEPTMGR", "--decision", "reject", "--yes")
    assert said.code == 0, said.err
    gate.edit(REG, "kind: editorial", "kind: minor")
    assert gate.run("submit", REG, "--as", AGENT, "--yes").code == 0


@pytest.mark.parametrize("left", [None, "", "-----BEGIN SSH SIGNATURE-----\n"])
def test_whoever_was_interrupted_signs_again(gate: Gate, left: str | None) -> None:
    """The receipt is written and then its signature, and a machine may stop between the two."""
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    path = gate.run("submit", REG, "--as", AGENT, "--yes").out.strip()
    assert gate.run("submit", REG, "--as", AGENT, "--yes").code == 3  # once is enough
    signature = gate.root / f"{path}.sig"
    signature.unlink() if left is None else signature.write_text(left)
    assert gate.run("submit", REG, "--as", AGENT, "--yes").code == 0
    assert gate.run("submit", REG, "--as", AGENT, "--yes").code == 3


def test_signing_again_what_was_complete_on_the_branch_starts_from_base(gate: Gate) -> None:
    gate.branch()
    gate.revise()
    gate.commit()
    gate.edit(REG, "及时", "立刻")
    for arguments in (
        ("submit", "--as", AGENT),
        ("approve", "--as", MANAGER, "--post", "R-DEPTMGR"),
        ("approve", "--as", QUALITY, "--post", "R-QUALITY"),
    ):
        said = gate.run(arguments[0], "REG-TEST", *arguments[1:], "--base", "main", "--yes")
        assert said.code == 0, said.err
    gate.commit(at=dt.datetime.now(dt.UTC))
    assert gate.review().errors == []
    gate.land()
    assert "r2" in gate.run("history", "REG-TEST").out


def test_nothing_needs_approval_in_set_up(draft: Gate) -> None:
    assert draft.run("approve", "REG-TEST", "--as", QUALITY, "--post", "R-QUALITY", "--yes").code == 3
    assert draft.run("audit").code == 0
    draft.edit(REG, "500元", "800元")
    draft.commit()
    assert draft.review("HEAD~1").rules == ["draft-not-opened"]


def test_a_rejected_revision_that_has_landed_gives_way_to_the_next_number(gate: Gate) -> None:
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.sign(REG, AGENT, "submit")
    gate.sign(REG, QUALITY, "reject")
    gate.commit(at=OPENED + dt.timedelta(hours=3))
    said = gate.run(
        *("revise", "REG-TEST", "--as", AGENT, "--kind", "minor", "--effective", "2030-01-01"),
        *("--summary", "再改", "--reason", "被驳回"),
    )
    assert said.code == 0, said.err
    assert "\nrevision: 3\n" in gate.read(REG)


# formats


def test_findings_for_other_programs(gate: Gate) -> None:
    gate.branch()
    gate.edit(REG, "500元", "800元")
    gate.commit()
    sarif = json.loads(gate.run("review", "--base", "main", "--format", "sarif").out)
    results = sarif["runs"][0]["results"]
    assert {result["level"] for result in results} == {"error", "note"}
    assert results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == REG
    annotations = gate.run("review", "--base", "main", "--format", "github").out.splitlines()
    assert annotations[0].startswith(f"::error file={REG},line=1,col=1,title=CHG6")
    report = json.loads(gate.run("review", "--base", "main", "--format", "json").out)
    assert report["checked"]["files"] == 1
    text = gate.run("review", "--base", "main").out
    assert "Reviewed 1 changed file:" in text
    assert "hint: " in text


def test_it_speaks_chinese(gate: Gate) -> None:
    gate.branch()
    gate.edit(REG, "500元", "800元")
    gate.commit()
    said = run_here(gate.root, ["review", "--base", "main", "--lang", "zh"])
    assert "版次应为 2，写成了 1" in said.out
    assert os.environ["CSDOCS_LANG"] == "en"
