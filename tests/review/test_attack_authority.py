"""Authority: nobody gives themselves a key, a post, a lower threshold or a second seat."""

import datetime as dt
import subprocess

import pytest
from gate import (
    AGENT,
    BOTH,
    CLERK,
    CONFIG,
    LEADER,
    MANAGER,
    NEWCOMER,
    OPENED,
    PEOPLE,
    PERSONNEL,
    POSTS,
    QUALITY,
    REG,
    ROOT_PRINT,
    SECOND,
    Gate,
    key_text,
    open_gate,
    people_text,
    person_text,
)

from csdocs.prepare.approval import Hand, everything, make_receipt
from csdocs.trust.demo import demo_key, demo_public

RULES_BEFORE = "approve: 1 of management and 1 of quality\n      by_kind: {editorial"


def test_a_change_adds_its_own_person_and_key(gate: Gate) -> None:
    gate.branch()
    gate.write(PEOPLE, gate.read(PEOPLE) + person_text(NEWCOMER, ["R-QUALITY", "R-DEPTMGR", "R-HRMGR"]))
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.approve(REG, MANAGER, NEWCOMER)
    gate.sign(PEOPLE, NEWCOMER, post="R-HRMGR")
    gate.sign(PEOPLE, MANAGER)
    gate.commit()
    outcome = gate.review()
    assert sorted(outcome.errors) == ["approval-missing", "receipt-not-valid", "receipt-not-valid"]


def test_a_change_gives_itself_a_post(gate: Gate) -> None:
    gate.branch()
    gate.write(PEOPLE, people_text().replace("R-AGENT", "R-QUALITY", 1))
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.approve(REG, MANAGER, submit=(CLERK,))
    gate.sign(REG, AGENT, post="R-QUALITY")
    gate.commit()
    assert "receipt-not-valid" in gate.review().errors


def test_even_an_approved_register_counts_only_from_the_next_step(gate: Gate) -> None:
    gate.branch()
    gate.write(PEOPLE, gate.read(PEOPLE) + person_text(NEWCOMER, ["R-QUALITY"]))
    gate.approve(PEOPLE, PERSONNEL, MANAGER)
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.approve(REG, MANAGER, NEWCOMER)
    gate.commit()
    assert gate.review().errors == ["receipt-not-valid"]


def test_a_change_lowers_the_threshold_and_approves_itself(gate: Gate) -> None:
    gate.branch()
    gate.edit(CONFIG, RULES_BEFORE, RULES_BEFORE.replace("1 of management and 1 of quality", "1 of management"))
    gate.edit(CONFIG, "approve: 1 of leader and 1 of quality", "approve: 1 of management")
    gate.sign(CONFIG, MANAGER)
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.approve(REG, MANAGER)
    gate.commit()
    outcome = gate.review()
    assert outcome.errors == ["approval-missing"]
    assert "approval-pending" in outcome.rules


def test_even_an_approved_policy_counts_only_from_the_next_step(gate: Gate) -> None:
    gate.branch()
    gate.edit(CONFIG, RULES_BEFORE, RULES_BEFORE.replace("1 of management and 1 of quality", "1 of management"))
    gate.approve(CONFIG, LEADER, QUALITY)
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.approve(REG, MANAGER)
    gate.commit()
    assert gate.review().rules == ["approval-pending"]


@pytest.mark.parametrize(
    "path",
    ["handbook/waivers.yaml", "templates/checks/none.sql", "templates/print/own.css", "templates/groups/person.yaml"],
)
def test_machinery_changes_need_receipts_too(gate: Gate, path: str) -> None:
    gate.branch()
    gate.write(path, "waivers: []\n# changed\n" if path.endswith("yaml") else "-- changed\n")
    gate.commit()
    outcome = gate.review()
    assert outcome.errors == ["approval-missing"]
    assert outcome.findings[0]["path"] == path
    assert "csdocs approve" in outcome.findings[0]["message"]


def test_one_person_with_two_keys_fills_one_place(gate: Gate) -> None:
    second = demo_public("S7777")
    gate.write(
        PEOPLE, people_text(**{QUALITY: f"{key_text(QUALITY)}\n      - {{public: {second}, valid_from: 2024-01-01}}"})
    )
    gate.approve(PEOPLE, PERSONNEL, MANAGER)
    gate.commit()
    gate.branch()
    gate.raise_revision(kind="major")
    gate.edit(REG, "500元", "800元")
    gate.approve(REG, MANAGER, QUALITY)
    gate.commit()
    outcome = gate.review()
    assert outcome.rules == ["approval-pending"]
    assert "1 more of quality" in outcome.findings[0]["message"]


def test_one_person_with_two_posts_fills_one_place(gate: Gate) -> None:
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.approve(REG, BOTH)
    gate.commit()
    outcome = gate.review()
    assert outcome.rules == ["approval-pending"]
    assert "1 more of management" in outcome.findings[0]["message"]
    assert BOTH not in outcome.findings[0]["message"]
    gate.sign(REG, MANAGER)
    gate.commit()
    assert gate.review() == (0, [])


def test_a_drafter_does_not_approve(gate: Gate) -> None:
    gate.branch()
    gate.raise_revision(by=[QUALITY])
    gate.edit(REG, "尽快", "及时")
    gate.approve(REG, MANAGER, QUALITY, submit=[QUALITY])
    gate.commit()
    outcome = gate.review()
    assert outcome.rules == ["approval-pending"]
    assert "1 more of quality" in outcome.findings[0]["message"]


def test_a_drafter_hides_behind_the_commit_of_another(gate: Gate) -> None:
    gate.branch()
    gate.raise_revision(by=[AGENT, QUALITY])
    gate.edit(REG, "尽快", "及时")
    gate.approve(REG, MANAGER, QUALITY, submit=[AGENT, QUALITY])
    gate.commit(author=f"Person {AGENT}")
    assert gate.review().rules == ["approval-pending"]


def test_every_drafter_submits(gate: Gate) -> None:
    """To approve is not to submit."""
    gate.branch()
    gate.raise_revision(by=[AGENT, CLERK, QUALITY])
    gate.edit(REG, "尽快", "及时")
    gate.approve(REG, MANAGER, QUALITY, submit=[AGENT])
    gate.commit()
    said = gate.review().of("approval-pending")["message"]
    assert f"drafter {CLERK} submits" in said and f"drafter {QUALITY} submits" in said


def test_an_author_who_left_themselves_out_of_the_drafters(gate: Gate) -> None:
    gate.branch()
    gate.revise()
    gate.commit(author=f"Person {QUALITY}")
    outcome = gate.review()
    assert outcome.rules == ["author-approves"]
    assert outcome.errors == []


def test_a_rejection_stands_until_it_is_taken_back(gate: Gate) -> None:
    gate.branch()
    gate.revise()
    gate.sign(REG, SECOND, "reject")
    gate.commit()
    assert f"{SECOND} rejected it" in gate.review().of("approval-pending")["message"]
    gate.sign(REG, SECOND, at=gate.now + dt.timedelta(minutes=10))
    gate.commit()
    assert gate.review() == (0, [])


def test_a_rejection_is_left_out_of_the_branch(gate: Gate) -> None:
    """Whoever rejects brings that in by themselves, before there is anything to reject; then nobody can leave it out."""
    gate.branch()
    gate.revise()
    gate.commit()
    paper = gate.sign(REG, SECOND, "reject")
    rejection = {path: gate.read(path) for path in (paper, f"{paper}.sig")}
    gate.git("clean", "-q", "-f", "handbook/receipts")
    assert gate.review() == (0, [])
    gate.branch("no")
    for path, text in rejection.items():
        gate.write(path, text)
    gate.commit()
    assert gate.review() == (0, [])
    gate.land("no")
    gate.git("switch", "-q", "change")
    gate.git("rebase", "-q", "main", **gate.dated())
    assert f"{SECOND} rejected it" in gate.review().of("approval-pending")["message"]


@pytest.mark.parametrize(("drafter", "counts"), [(AGENT, True), (MANAGER, False)])
def test_who_stands_in_for_the_drafter_approves_in_their_place(gate: Gate, drafter: str, counts: bool) -> None:
    """What the drafter may not do, nobody does by the drafter's post; a stand-in's stand-in has none at all."""
    stand_in = "    - {{absent: {}, deputy: {}, from: 2024-03-01, until: 2024-03-31}}\n"
    gate.write(
        CONFIG,
        gate.read(CONFIG).replace("  rules:\n", "  deputies:\n" + stand_in.format(MANAGER, CLERK) + "  rules:\n"),
    )
    gate.edit(CONFIG, "  rules:\n", stand_in.format(CLERK, NEWCOMER) + "  rules:\n")
    gate.write(PEOPLE, gate.read(PEOPLE) + person_text(NEWCOMER, ["R-AGENT"]))
    gate.approve(CONFIG, LEADER, QUALITY)
    gate.approve(PEOPLE, PERSONNEL, MANAGER)
    gate.commit("Stand-ins")
    assert gate.audit().errors == []
    gate.branch()
    gate.raise_revision(by=(drafter,))
    gate.edit(REG, "尽快", "及时")
    gate.sign(REG, drafter, "submit", POSTS[drafter][0])
    gate.sign(REG, QUALITY)
    gate.sign(REG, NEWCOMER, post="R-DEPTMGR")
    gate.commit()
    assert "did not hold R-DEPTMGR" in gate.review().of("receipt-not-valid")["message"]
    gate.git("rm", "-q", "-r", f"handbook/receipts/REG-TEST/r2/{NEWCOMER}-approve.yaml")
    gate.sign(REG, CLERK, post="R-DEPTMGR")
    gate.commit()
    missing = [finding["message"] for finding in gate.review().findings if finding["rule"] == "approval-pending"]
    assert bool(missing) != counts
    assert not missing or ("1 more of management must approve" in missing[0] and CLERK not in missing[0])


def test_a_rejection_by_somebody_without_a_say(gate: Gate) -> None:
    """Or one key of anybody's would stop every change."""
    gate.branch()
    gate.revise()
    gate.sign(REG, CLERK, "reject")
    gate.commit()
    outcome = gate.review()
    assert "R-AGENT may not reject it" in outcome.of("receipt-not-valid")["message"]
    assert outcome.errors == ["receipt-not-valid"]
    assert "approval-pending" not in outcome.rules


def test_a_path_without_a_rule_cannot_change(gate: Gate) -> None:
    gate.edit(
        CONFIG, '    - paths: ["handbook/*", "templates/*"]\n      approve: 1 of management and 1 of quality\n', ""
    )
    gate.approve(CONFIG, LEADER, QUALITY)
    gate.commit()
    gate.branch()
    gate.write("handbook/waivers.yaml", "waivers: []  # none\n")
    gate.approve("handbook/waivers.yaml")
    gate.commit()
    assert gate.review().errors == ["no-policy"]


# the root


def test_a_root_key_is_swapped_by_those_who_may_change_the_policy(gate: Gate) -> None:
    gate.branch()
    gate.edit(CONFIG, demo_public(f"{LEADER}-root"), demo_public("S7777"))
    gate.approve(CONFIG, LEADER, QUALITY)
    gate.commit()
    assert gate.review().errors == ["root-key-changed"]
    gate.sign(CONFIG, LEADER, "emergency")
    gate.commit()
    assert gate.review().rules == ["refused-one-by-one"]
    gate.edit(CONFIG, demo_public("S7777"), demo_public("S7778"))  # and once more, behind the holder's back
    gate.approve(CONFIG, LEADER, QUALITY)
    gate.commit()
    assert "root-key-changed" in gate.review().errors


def test_a_root_key_is_added_by_itself(gate: Gate) -> None:
    gate.branch()
    gate.edit(CONFIG, "review:\n", f"  - {{person: {AGENT}, public: {demo_public(f'{AGENT}-root')}}}\nreview:\n")
    gate.approve(CONFIG, LEADER, QUALITY)
    gate.sign(CONFIG, AGENT, "emergency", key=demo_key(f"{AGENT}-root"))
    gate.commit()
    assert sorted(gate.review().errors) == ["receipt-not-valid", "root-key-changed"]


def test_a_root_key_acts_alone_in_an_emergency(gate: Gate) -> None:
    gate.branch()
    gate.raise_revision(kind="major")
    gate.edit(REG, "500元", "800元")
    gate.sign(REG, LEADER, "emergency", statement="本人已阅读并知悉 REG-TEST 第2版")
    gate.commit()
    assert "receipt-not-valid" in gate.review().errors
    gate.sign(REG, LEADER, "emergency")
    gate.commit()
    assert gate.review().rules == ["refused-one-by-one"]
    gate.land()
    assert "emergency" in gate.run("history", "REG-TEST").out


def test_an_emergency_needs_the_root_key(gate: Gate) -> None:
    gate.branch()
    gate.raise_revision(kind="major")
    gate.edit(REG, "500元", "800元")
    gate.sign(REG, LEADER, "emergency", key=demo_key(LEADER))
    gate.commit()
    assert "receipt-not-valid" in gate.review().errors


def test_set_up_is_entered_again(gate: Gate) -> None:
    """Neither a second opening nor the loss of the first lets changes in."""
    gate.branch()
    gate.edit(REG, "尽快", "随意")
    opening = open_gate(gate)
    gate.commit()
    outcome = gate.review()
    assert "receipt-touched" in outcome.errors or "receipt-not-valid" in outcome.errors
    assert "revision-not-next" in outcome.errors
    gate.git("rm", "-q", opening, f"{opening}.sig")
    gate.commit()
    outcome = gate.review()
    assert outcome.errors.count("receipt-touched") == 2
    assert "revision-not-next" in outcome.errors


def test_a_second_opening_by_another_holder(gate: Gate) -> None:
    gate.branch()
    opening = f"handbook/receipts/open/{LEADER}-open.yaml"
    text = gate.read(opening).replace(f"person: {LEADER}", f"person: {AGENT}")
    gate.write(opening.replace(LEADER, AGENT), text)
    gate.write(opening.replace(LEADER, AGENT) + ".sig", gate.read(f"{opening}.sig"))
    gate.commit()
    outcome = gate.review()
    assert outcome.errors == ["receipt-not-valid"]
    assert "open already" in outcome.findings[0]["message"]


def test_the_opening_lists_exactly_what_lies_there(draft: Gate) -> None:
    open_gate(draft)
    draft.edit(REG, "尽快", "随意")
    draft.commit("Open, with a last-minute change")
    outcome = draft.audit()
    assert outcome.errors == ["receipt-not-valid"]
    assert REG in outcome.findings[0]["message"]


def test_receipts_from_before_the_opening_are_none(draft: Gate) -> None:
    """Nobody is asked in set-up: what lay there would be in the way of those who sign later."""
    open_gate(draft)
    draft.write("handbook/receipts/REG-TEST/r2/S9-approve.yaml.sig", "x")
    draft.commit()
    assert draft.audit().errors == ["receipt-not-valid"]


@pytest.mark.parametrize("strange", ["link", "program"])
def test_the_opening_covers_plain_files_only(draft: Gate, strange: str) -> None:
    target = draft.root / "handbook/regulations/REG-X.md"
    if strange == "link":
        target.symlink_to("REG-TEST.md")
    else:
        draft.write("handbook/regulations/REG-X.md", draft.read(REG))
        target.chmod(0o755)
    draft.commit()
    if strange == "program":
        here = draft.workspace()
        draft.lay(make_receipt(here, everything(here), "open", Hand(LEADER, "R-LEADER", OPENED)))
        draft.commit(at=OPENED)
        assert draft.audit().errors == ["receipt-not-valid"]
    else:
        said = draft.run("open", "--as", LEADER, "--yes")
        assert said.code == 3
        assert "symbolic link" in said.err


def test_an_opening_by_somebody_without_a_root_key(draft: Gate) -> None:
    here = draft.workspace()
    hand = Hand(AGENT, "R-AGENT", draft.now)
    opening = draft.lay(make_receipt(here, everything(here), "open", hand), key=demo_key(AGENT))
    draft.commit()
    assert draft.audit().errors == ["receipt-not-valid"]
    assert draft.review("HEAD").rules == ["draft-not-opened"]
    draft.write(opening, "not a receipt\n")
    draft.commit()
    assert draft.audit().errors == ["receipt-not-valid"] * 2


@pytest.mark.parametrize("damage", ["missing", "unreadable", "twice", "shared key"])
def test_a_register_that_is_missing_or_unreadable_fails_closed(draft: Gate, damage: str) -> None:
    match damage:
        case "missing":
            (draft.root / PEOPLE).unlink()
        case "unreadable":
            draft.write(PEOPLE, "people: [\n")
        case "twice":
            draft.write(PEOPLE, people_text() + "people: []\n")
        case "shared key":
            draft.write(PEOPLE, people_text(**{QUALITY: key_text(MANAGER)}))
    here = draft.workspace()
    draft.lay(make_receipt(here, everything(here), "open", Hand(LEADER, "R-LEADER", draft.now)))
    draft.commit()
    if damage == "missing":
        assert draft.audit() == (0, [])
        draft.branch()
        draft.revise()
        draft.commit()
        assert draft.review().errors == ["receipt-not-valid"] * 3
    else:
        assert draft.audit().errors == ["receipt-not-valid"]


def test_nobody_may_approve_a_register_that_cannot_be_read(gate: Gate) -> None:
    gate.branch()
    for path, people in ((PEOPLE, (PERSONNEL, MANAGER)), ("handbook/calendar.yaml", (MANAGER, QUALITY))):
        gate.write(path, gate.read(path) + gate.read(path))
        gate.approve(path, *people)
    gate.write("handbook/seal/revoked.yaml", "revoked:\n- forgotten: true\n")
    gate.approve("handbook/seal/revoked.yaml", MANAGER, QUALITY)
    gate.commit()
    assert gate.review().errors == ["register-unreadable"] * 3


def test_opening_is_refused_while_a_file_has_no_rule(draft: Gate) -> None:
    draft.edit(
        CONFIG, '    - paths: ["handbook/*", "templates/*"]\n      approve: 1 of management and 1 of quality\n', ""
    )
    said = draft.run("open", "--as", LEADER, "--yes")
    assert said.code == 3
    assert "no policy rule covers" in said.err


def test_opening_is_refused_while_nobody_could_approve(draft: Gate) -> None:
    draft.write(PEOPLE, draft.read(PEOPLE).replace("R-HRMGR", "R-AGENT"))
    said = draft.run("open", "--as", LEADER, "--yes")
    assert said.code == 3
    assert "R-HRMGR" in said.err


def test_an_opening_by_another_key_is_not_written(draft: Gate) -> None:
    other = draft.root.parent / "other"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(other)], check=True)
    said = draft.run("open", "--as", LEADER, "--key", str(other), "--yes")
    assert said.code == 3 and "name with --key the file of the private root key" in said.err
    assert draft.git("status", "--porcelain") == ""


def test_opening_by_the_command(draft: Gate) -> None:
    receipt = draft.root / "handbook/receipts/REG-TEST/r2/S9-approve.yaml.sig"
    draft.write(str(receipt.relative_to(draft.root)), "x")
    assert "before the opening there are no receipts" in draft.run("open", "--as", LEADER, "--yes").err
    receipt.unlink()
    said = draft.run("open", "--as", LEADER, "--yes")
    assert said.code == 0, said.err
    assert REG in said.err
    draft.commit(at=dt.datetime.now(dt.UTC))
    assert draft.audit("--root", ROOT_PRINT) == (0, [])
    assert draft.run("open", "--as", LEADER, "--yes").code == 3


def test_the_wrong_root_is_told_from_the_right_one(gate: Gate) -> None:
    assert gate.audit("--root", ROOT_PRINT) == (0, [])
    assert gate.review("main", "--root", ROOT_PRINT) == (0, [])
    wrong = ROOT_PRINT[:-1] + ("A" if ROOT_PRINT[-1] != "A" else "B")
    assert gate.audit("--root", wrong).errors == ["receipt-not-valid"]
    assert gate.run("review", "--base", "main", "--root", wrong).code == 3
    assert "no opening was signed with this root key" in gate.run("audit", "--root", wrong).out
    assert gate.run("audit", "--root", ROOT_PRINT[:-1]).code == 2  # a slip, not another key
    assert "root not pinned" in gate.run("audit").out
    assert "root not pinned" not in gate.run("audit", "--root", ROOT_PRINT).out


def test_a_history_without_an_opening_does_not_pass_for_the_auditors_workspace(draft: Gate) -> None:
    assert draft.run("audit").code == 0
    assert draft.run("audit", "--root", ROOT_PRINT).code == 3
