"""Receipts: for other bytes, other places, other namespaces, by keys that do not count."""

import datetime as dt
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from gate import (
    AGENT,
    LEFT,
    MANAGER,
    NEWCOMER,
    OTHER,
    PEOPLE,
    PERSONNEL,
    QUALITY,
    REG,
    SECOND,
    ZONE,
    Gate,
    key_text,
    people_text,
    person_text,
    public_line,
)

from csdocs.model.receipt import stated
from csdocs.prepare.approval import Hand, make_receipt
from csdocs.trust.demo import demo_key, demo_public
from csdocs.trust.ssh import sign_with_key


def test_approve_then_edit(gate: Gate) -> None:
    gate.branch()
    gate.revise()
    gate.edit(REG, "及时", "适时")
    gate.commit()
    outcome = gate.review()
    assert outcome.rules.count("receipt-void") == 3
    assert "approval-pending" in outcome.rules
    void = outcome.of("receipt-void")
    assert void["path"] == f"handbook/receipts/REG-TEST/r2/{AGENT}-submit.yaml"
    assert f"{REG} was edited after signing (`to` says revision 2 " in void["message"]
    assert f"csdocs submit {REG} --as {AGENT}" in void["hint"]
    assert f"csdocs approve {REG} --as {MANAGER} --post R-" in str(outcome.findings)
    gate.land()
    assert "REG-TEST r2" not in gate.run("history", "REG-TEST").out


@pytest.mark.parametrize("edited", [" ", "\n", "\r\n", "\ufeff"])
def test_a_receipt_is_void_as_soon_as_any_byte_changes(gate: Gate, edited: str) -> None:
    gate.branch()
    gate.edit("handbook/calendar.yaml", "holidays: []", "holidays:  []")
    gate.approve("handbook/calendar.yaml")
    gate.write("handbook/calendar.yaml", gate.read("handbook/calendar.yaml") + edited)
    gate.commit()
    outcome = gate.review()
    assert outcome.code == 1
    assert "receipt-void" in outcome.rules
    assert MANAGER in outcome.of("approval-missing")["message"]


def test_replay_to_another_document(gate: Gate) -> None:
    gate.branch()
    gate.revise()
    gate.raise_revision(OTHER)
    gate.edit(OTHER, "尽快", "及时")
    for name in (f"{MANAGER}-approve.yaml", f"{QUALITY}-approve.yaml"):
        for end in ("", ".sig"):
            source = gate.root / f"handbook/receipts/REG-TEST/r2/{name}{end}"
            gate.write(f"handbook/receipts/REG-OTHER/r2/{name}{end}", source.read_bytes())
    gate.commit()
    outcome = gate.review()
    assert outcome.errors == ["receipt-not-valid"] * 2
    assert "belongs at handbook/receipts/REG-TEST/r2" in outcome.findings[0]["message"]


def test_replay_to_another_revision(gate: Gate) -> None:
    """Receipts for revision 2 do not carry its text into revision 3."""
    gate.branch()
    gate.revise()
    gate.commit()
    gate.land()
    gate.branch("more")
    gate.raise_revision()
    gate.edit(REG, "及时", "适时")
    for name in (f"{MANAGER}-approve.yaml", f"{QUALITY}-approve.yaml"):
        for end in ("", ".sig"):
            source = gate.root / f"handbook/receipts/REG-TEST/r2/{name}{end}"
            gate.write(f"handbook/receipts/REG-TEST/r3/{name}{end}", source.read_bytes())
    gate.commit()
    assert gate.review().errors == ["receipt-not-valid"] * 2


def test_replay_as_another_meaning(gate: Gate) -> None:
    """A drafter's submission, or a rejection, is no approval, whatever its file is called."""
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.sign(REG, AGENT, "submit")
    gate.sign(REG, MANAGER)
    rejection = gate.sign(REG, QUALITY, "reject")
    renamed = rejection.replace("reject", "approve")
    for end in ("", ".sig"):
        (gate.root / f"{rejection}{end}").rename(gate.root / f"{renamed}{end}")
    gate.commit()
    assert gate.review().errors == ["receipt-not-valid"]
    gate.write(renamed, gate.read(renamed).replace("meaning: reject", "meaning: approve"))
    gate.commit()
    outcome = gate.review()
    assert outcome.errors == ["receipt-not-valid"]
    assert "not what was signed" in outcome.of("receipt-not-valid")["message"]


@pytest.mark.parametrize(
    ("path", "altered"),
    [
        (REG, {"statement": "本人已审阅，不批准 REG-TEST 第2版"}),
        (REG, {"statement": "本人已阅读并知悉 REG-TEST 第2版"}),
        (REG, {"statement": "本人已审阅，批准 REG-TEST 第1版"}),
        (REG, {"document": "REG-OTHER"}),
        (PEOPLE, {"document": "REG-OTHER"}),
    ],
)
def test_a_receipt_reads_as_what_it_counts_as(gate: Gate, path: str, altered: dict[str, str]) -> None:
    """Signed in earnest: whoever reads or prints it would believe another thing."""
    gate.branch()
    if path == REG:
        gate.revise()
        (gate.root / "handbook/receipts/REG-TEST/r2" / f"{QUALITY}-approve.yaml").unlink()
        (gate.root / "handbook/receipts/REG-TEST/r2" / f"{QUALITY}-approve.yaml.sig").unlink()
    else:
        gate.edit(PEOPLE, "name: {zh: 人S1001", "name: {zh: 某人")
    honest = make_receipt(gate.workspace(), [path], "approve", Hand(QUALITY, "R-QUALITY", gate.now))
    target = honest.covers[0].model_copy(update={"document": altered.get("document", honest.covers[0].document)})
    said = altered.get("statement", stated("approve", [target]).zh)
    gate.lay(honest.model_copy(update={"covers": (target,), "statement": said}))
    gate.commit()
    assert [each["rule"] for each in gate.review().findings if "receipts/" in each["path"]] == ["receipt-not-valid"]


def test_replay_on_another_branch(gate: Gate) -> None:
    """Where the approved state is another one, the receipts do not count."""
    for name, new, calendar in (("one", "及时", "holidays:  []"), ("two", "立刻", "holidays:   []")):
        gate.branch(name)
        gate.revise(new=new)
        gate.edit("handbook/calendar.yaml", "holidays: []", calendar)
        gate.approve("handbook/calendar.yaml")
        gate.commit()
    gate.land("one")
    gate.git("switch", "-q", "two")
    outcome = gate.review()
    assert "revision-not-next" in outcome.errors
    assert outcome.errors.count("receipt-touched") == 6
    assert "calendar.yaml has another approved state by now (`from` says " in outcome.of("receipt-void")["message"]


def test_replay_in_another_workspace(gate: Gate) -> None:
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    path = gate.sign(REG, QUALITY)
    text = gate.read(path).replace("0123456789abcdef0123456789abcdef", "f" * 32)
    gate.write(path, text)
    gate.write(f"{path}.sig", sign_with_key(text.encode(), demo_key(QUALITY), "csdocs-receipt") + "\n")
    gate.commit()
    outcome = gate.review()
    assert outcome.errors == ["receipt-not-valid"]
    assert "another workspace" in outcome.of("receipt-not-valid")["message"]


def test_replay_of_a_state_that_was_approved_and_replaced(gate: Gate) -> None:
    """A register goes from A to B and back to A; old receipts do not bring B back."""
    before = gate.read(PEOPLE)
    gate.branch()
    gate.edit(PEOPLE, "人S1001", "新名")
    after = gate.read(PEOPLE)
    gate.approve(PEOPLE, PERSONNEL, MANAGER)
    gate.commit()
    gate.land()
    gate.branch("back")
    gate.write(PEOPLE, before)
    gate.approve(PEOPLE, PERSONNEL, MANAGER)
    gate.commit()
    assert gate.review() == (0, [])
    gate.land("back")
    gate.branch("again")
    gate.write(PEOPLE, after)
    gate.commit()
    assert gate.review().errors == ["approval-missing"]


@pytest.mark.parametrize("namespace", ["csdocs-record", "file", "git"])
def test_signed_in_another_namespace(gate: Gate, namespace: str) -> None:
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.sign(REG, AGENT, "submit")
    gate.sign(REG, MANAGER)
    gate.sign(REG, QUALITY, namespace=namespace)
    gate.commit()
    outcome = gate.review()
    assert outcome.errors == ["receipt-not-valid"]
    assert namespace in outcome.of("receipt-not-valid")["message"]


def test_signature_missing(gate: Gate) -> None:
    gate.branch()
    gate.revise()
    (gate.root / f"handbook/receipts/REG-TEST/r2/{QUALITY}-approve.yaml.sig").unlink()
    gate.commit()
    assert gate.review().errors == ["receipt-not-valid"]


def test_signed_with_a_key_of_ones_own(gate: Gate) -> None:
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.sign(REG, AGENT, "submit")
    gate.sign(REG, MANAGER)
    gate.sign(REG, QUALITY, key=demo_key(AGENT))
    gate.commit()
    outcome = gate.review()
    assert outcome.errors == ["receipt-not-valid"]
    assert "does not list this key" in outcome.of("receipt-not-valid")["message"]


def test_a_signature_lies_in_wait_where_somebody_is_to_sign(gate: Gate) -> None:
    """Receipts are only ever added: once it had landed, nobody could put a better one in its place."""
    gate.branch()
    gate.write(f"handbook/receipts/REG-TEST/r2/{MANAGER}-approve.yaml.sig", "x")
    gate.commit()
    outcome = gate.review()
    assert outcome.errors == ["receipt-not-valid"]
    assert "only a signature" in outcome.of("receipt-not-valid")["message"]


def test_somebody_whom_the_register_does_not_know(gate: Gate) -> None:
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.approve(REG, MANAGER, NEWCOMER)
    gate.commit()
    assert gate.review().errors == ["receipt-not-valid"]


def test_a_post_one_does_not_hold(gate: Gate) -> None:
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.approve(REG, MANAGER)
    gate.sign(REG, SECOND, post="R-LEADER")
    gate.sign(REG, AGENT, post="R-QUALITY")
    gate.commit()
    outcome = gate.review()
    assert outcome.errors == ["receipt-not-valid"] * 2


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (", revoked: {at: '2024-02-01T00:00:00+08:00', compromised_since: '2024-01-15T00:00:00+08:00'}", "revoked"),
        (", revoked: {at: '2025-02-01T00:00:00+08:00', compromised_since: '2025-01-15T00:00:00+08:00'}", "revoked"),
        (", valid_until: 2024-03-01", "expired"),
    ],
)
def test_a_key_that_no_longer_counts(gate: Gate, more: str, reason: str) -> None:
    _replace_key(gate, key_text(QUALITY, more))
    _approve_with(gate)
    outcome = gate.review()
    assert outcome.errors == ["receipt-not-valid"]
    assert reason in outcome.of("receipt-not-valid")["message"]


@pytest.mark.parametrize("first", [True, False])
def test_a_revoked_key_is_listed_once_more(gate: Gate, first: bool) -> None:
    """Whichever entry stands first: who revokes a key means the key."""
    revoked = key_text(
        QUALITY, ", revoked: {at: '2024-03-01T10:00:00+08:00', compromised_since: '2024-03-01T10:00:00+08:00'}"
    )
    entries = [revoked, key_text(QUALITY)] if first else [key_text(QUALITY), revoked]
    gate.edit(PEOPLE, f"      - {key_text(QUALITY)}\n", "".join(f"      - {each}\n" for each in entries))
    gate.approve(PEOPLE, PERSONNEL, MANAGER)
    gate.commit("Listed twice")
    _approve_with(gate)
    assert "the key is revoked" in gate.review().of("receipt-not-valid")["message"]


def test_a_key_that_does_not_count_yet(gate: Gate) -> None:
    _replace_key(gate, key_text(QUALITY).replace("2024-01-01", "2024-04-01"))
    _approve_with(gate)
    assert "not yet valid" in gate.review().of("receipt-not-valid")["message"]


def test_back_dated_after_revocation(gate: Gate) -> None:
    """A stolen key, a signature dated before the theft, a commit dated before it too: order does not lie."""
    early = gate.now + dt.timedelta(minutes=5)
    _replace_key(
        gate,
        key_text(
            QUALITY, ", revoked: {at: '2024-03-01T10:00:00+08:00', compromised_since: '2024-03-01T09:30:00+08:00'}"
        ),
    )
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.sign(REG, AGENT, "submit", at=early)
    gate.sign(REG, MANAGER, at=early)
    gate.sign(REG, QUALITY, at=early)
    late = gate.now
    gate.commit(at=early)
    gate.now = late
    assert gate.review().errors == ["receipt-not-valid"]
    said = gate.run("approve", REG, "--as", QUALITY, "--yes")
    assert (said.code, said.out) == (3, "")
    assert f"the signature of {QUALITY} would not count: the key is revoked" in said.err
    assert gate.git("status", "--porcelain") == ""
    gate.git("switch", "-q", "main")
    gate.git("merge", "-q", "--ff-only", "change")
    outcome = gate.audit()
    assert "receipt-not-valid" in outcome.errors
    assert "revoked" in outcome.of("receipt-not-valid")["message"]


def test_back_dated_commit_does_not_revive_an_expired_key(gate: Gate) -> None:
    _replace_key(gate, key_text(QUALITY, ", valid_until: 2024-03-10"))
    gate.write("notes.txt", "x")
    gate.write("handbook/waivers.yaml", "waivers: []  # none\n")
    gate.approve("handbook/waivers.yaml", MANAGER, SECOND)
    gate.commit(at=dt.datetime(2024, 3, 20, 9, tzinfo=ZONE))
    early = dt.datetime(2024, 3, 5, 9, tzinfo=ZONE)
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    for person, meaning in ((AGENT, "submit"), (MANAGER, "approve"), (QUALITY, "approve")):
        gate.sign(REG, person, meaning, at=early)
    gate.commit(at=early)
    outcome = gate.audit()
    assert outcome.errors == ["receipt-not-valid"]
    assert "expired" in outcome.of("receipt-not-valid")["message"]


def test_what_landed_before_a_revocation_still_counts_but_is_listed(gate: Gate) -> None:
    gate.revise()
    gate.commit()
    _replace_key(
        gate,
        key_text(
            QUALITY, ", revoked: {at: '2024-03-02T00:00:00+08:00', compromised_since: '2024-03-01T09:00:00+08:00'}"
        ),
    )
    outcome = gate.audit()
    assert outcome.code == 0
    doubtful = outcome.of("receipt-doubtful")
    assert doubtful["path"].endswith(f"REG-TEST/r2/{QUALITY}-approve.yaml")
    assert "REG-TEST r2" in gate.run("history", "REG-TEST").out


def test_signed_in_the_future(gate: Gate) -> None:
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.sign(REG, QUALITY, at=gate.now + dt.timedelta(days=9))
    gate.commit()
    assert "later than it reached" in gate.review().of("receipt-not-valid")["message"]


def test_signed_while_the_post_was_held_but_landed_later_is_doubtful(gate: Gate) -> None:
    early = dt.datetime(2024, 2, 20, 9, tzinfo=ZONE)
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.approve(REG, MANAGER)
    gate.sign(REG, LEFT, at=early)
    gate.commit()
    outcome = gate.review()
    assert outcome.errors == []
    assert "R-QUALITY" in outcome.of("receipt-doubtful")["message"]


@pytest.mark.parametrize("spelled", ["", " of Person S2001", "twice"])
def test_one_key_for_two_people(gate: Gate, spelled: str) -> None:
    """One human cannot sit in two places by lending a key, or a number, to a second name: no approval lets it in."""
    gate.branch()
    if spelled == "twice":
        gate.write(PEOPLE, gate.read(PEOPLE) + person_text(QUALITY, ["R-QUALITY"], key_text(SECOND)))
    else:
        lent = demo_public(MANAGER).rpartition(" ")[0] + spelled
        gate.edit(PEOPLE, key_text(QUALITY), f"{{public: {lent}, valid_from: 2024-01-01}}")
    gate.approve(PEOPLE, PERSONNEL, MANAGER)
    gate.commit("A register")
    expected = ["key-of-two-people", "staff-number-twice"] if spelled == "twice" else ["key-of-two-people"]
    assert sorted(gate.review().errors) == expected
    gate.land()
    assert sorted(gate.audit().errors) == expected
    gate.branch("second")
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.sign(REG, AGENT, "submit")
    gate.sign(REG, MANAGER)
    gate.sign(REG, QUALITY, key=demo_key(MANAGER))
    gate.commit()
    assert "does not list this key" in gate.review().of("receipt-not-valid")["message"]


def test_receipts_are_only_ever_added(gate: Gate) -> None:
    gate.revise()
    gate.commit()
    gate.branch()
    receipt = Path(f"handbook/receipts/REG-TEST/r2/{QUALITY}-approve.yaml")
    (gate.root / receipt).unlink()
    gate.write(f"{receipt}.sig", gate.read(f"{receipt}.sig") + "\n")
    gate.write("handbook/receipts/REG-TEST/r2/notes.txt", "x")
    gate.commit()
    assert gate.review().errors == ["receipt-touched", "receipt-touched", "unclassified-change"]


def test_a_signed_number_is_used_up(gate: Gate) -> None:
    """What landed as revision 2 with a signature is revision 2 for ever: other bytes take the next number."""
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.sign(REG, AGENT, "submit")
    gate.commit("Pending, submitted")
    gate.branch()
    gate.edit(REG, "及时", "适时")
    gate.commit()
    outcome = gate.review()
    assert outcome.errors == ["revision-not-next"]
    assert "should be 3" in outcome.of("revision-not-next")["message"]
    gate.raise_revision()
    gate.approve(REG)
    gate.commit()
    assert gate.review().rules == ["refused-one-by-one"]


def _replace_key(gate: Gate, key: str) -> None:
    gate.write(PEOPLE, people_text(**{QUALITY: key}))
    gate.approve(PEOPLE, PERSONNEL, MANAGER)
    gate.commit("Change a key")
    assert gate.audit().errors == []


def _approve_with(gate: Gate) -> None:
    gate.branch()
    gate.revise()
    gate.commit()


def test_a_second_key_counts_from_its_first_day(gate: Gate) -> None:
    key = Ed25519PrivateKey.from_private_bytes(b"7" * 32)
    _replace_key(gate, f"{{public: {public_line(key)}, valid_from: 2024-03-01}}")
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    gate.sign(REG, AGENT, "submit")
    gate.sign(REG, MANAGER)
    gate.sign(REG, QUALITY, key=key)
    gate.commit()
    assert gate.review() == (0, [])
