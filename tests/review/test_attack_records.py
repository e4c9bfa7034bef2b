"""Records under review: signed content, numbers, amendments."""

import datetime as dt
import hashlib
import json
import re

import pytest
from gate import (
    AGENT,
    BOTH,
    CHANGES_TEXT,
    CLERK,
    CONFIG,
    FORM,
    FORM_TEXT,
    LEFT,
    MANAGER,
    OPENED,
    PEOPLE,
    PERSONNEL,
    Gate,
    key_text,
    open_gate,
)

from csdocs.model.record import Signature
from csdocs.prepare.entry import open_case
from csdocs.prepare.signing import appended
from csdocs.rules import by_slug
from csdocs.trust.demo import demo_key
from csdocs.trust.payload import record_payload
from csdocs.trust.ssh import sign_with_key


@pytest.fixture
def filed(gate: Gate) -> str:
    """A signed record that has landed."""
    path = enter(gate, AGENT)
    gate.commit("A record", at=now())
    assert gate.audit() == (0, [])
    return path


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def enter(gate: Gate, person: str, note: str = "honest") -> str:
    said = gate.run("new", "F-TEST", "--as", person, "--no-input", f"--set=note={note}")
    assert said.code == 0, said.err
    path = said.out.strip()
    said = gate.run("sign", path, "--as", person, "--step", "fill", "--yes")
    assert said.code == 0, said.err
    return path


def test_honest_records_pass(gate: Gate, filed: str) -> None:
    gate.branch()
    enter(gate, CLERK)
    gate.commit("Another", at=now())
    assert gate.review() == (0, [])


def test_signed_content_is_edited(gate: Gate, filed: str) -> None:
    gate.branch()
    gate.edit(filed, "note: honest", "note: otherwise")
    gate.commit()
    assert "signed-content-changed" in gate.review().errors


def test_signed_content_is_edited_and_signed_anew_by_another(gate: Gate, filed: str) -> None:
    gate.branch()
    text = gate.read(filed)
    gate.write(filed, text[: text.index("signatures:")].replace("honest", "otherwise"))
    said = gate.run("sign", filed, "--as", AGENT, "--step", "fill", "--yes")
    assert said.code == 0, said.err
    gate.commit()
    assert "signature-removed" in gate.review().errors


def test_a_record_signed_by_somebody_who_is_not_in_the_register(gate: Gate, filed: str) -> None:
    gate.branch()
    gate.edit(enter(gate, CLERK), f"    by: {CLERK}\n", "    by: S9999\n")
    gate.commit("A stranger", at=now())
    assert gate.review().errors == ["unknown-staff"]


_DRAFT = """\
record: TE-202403-001
form: F-TEST
form_revision: 1
org_unit: D-CS
created_by: S1001
created_at: 2024-03-04T10:00:00+08:00
data:
  note: honest
"""


@pytest.mark.parametrize(("day", "late"), [(7, False), (8, True)])
def test_a_record_counts_from_the_day_on_which_it_landed(draft: Gate, day: int, late: bool) -> None:
    """Not from that of whoever looks, and what an edit brings later does not land it anew."""
    draft.edit(FORM, "retention:", "late_entry: P3D\nretention:")
    draft.write("records/test/2024/03/TE-202403-001.yaml", _DRAFT)
    draft.commit("Enter", at=OPENED.replace(day=day, hour=23))
    draft.edit("records/test/2024/03/TE-202403-001.yaml", "honest", "honest still")
    draft.commit("Correct a draft", at=OPENED.replace(month=4))
    for how in ((), ("--no-index",)):
        said = draft.run("check", "--format", "json", *how).out
        assert [each["line"] for each in json.loads(said)["findings"] if each["rule"] == "landed-late"] == [1] * late


def test_an_amended_record_is_edited_together_with_its_digest(gate: Gate, filed: str) -> None:
    """The amendment names the digest of what it amends: changing both does not help."""
    amendment = amend(gate, filed)
    gate.commit("Amend", at=now())
    gate.branch()
    old = hashlib.sha256(gate.read(filed).encode()).hexdigest()
    gate.edit(filed, "note: honest", "note: otherwise")
    new = hashlib.sha256(gate.read(filed).encode()).hexdigest()
    gate.edit(amendment, old, new)
    gate.commit()
    outcome = gate.review()
    assert {finding["path"] for finding in outcome.findings if finding["rule"] == "signed-content-changed"} == {
        filed,
        amendment,
    }


def amend(gate: Gate, path: str, note: str = "corrected") -> str:
    said = gate.run("amend", path, "--as", AGENT, "--reason", "a slip")
    assert said.code == 0, said.err
    amended = said.out.strip().splitlines()[-1]
    gate.write(amended, re.sub(r"(?m)^  note: .*$", f"  note: {note}", gate.read(amended)))
    said = gate.run("sign", amended, "--as", AGENT, "--step", "fill", "--yes")
    assert said.code == 0, said.err
    return amended


@pytest.mark.parametrize(("person", "counts"), [(MANAGER, True), (BOTH, True), (AGENT, False)])
def test_somebody_elses_account_is_replaced_by_an_amendment(gate: Gate, person: str, counts: bool) -> None:
    """Who writes an amendment is its creator, and would sign what only the creator signs."""
    path = enter(gate, MANAGER)
    gate.commit("A record", at=now())
    gate.branch()
    amended = gate.run("amend", path, "--as", person, "--reason", "a slip").out.strip().splitlines()[-1]
    said = gate.run("sign", amended, "--as", person, "--step", "fill", "--yes")
    assert (said.code == 0) == counts, said.err
    if counts:
        assert "post: R-DEPTMGR" in gate.read(amended)
        return
    assert "in that post (R-DEPTMGR)" in said.err
    case = open_case(gate.workspace(), amended)
    sections = {"main": ["note", "remarks", "attachments"]}
    words = ("fill", "sign", person, "R-AGENT", case.record.created_at, case.compiled.sha256, "属实", sections, "")
    draft = Signature(*words)
    payload = record_payload(case.workspace.settings.workspace, case.record, draft, [])
    signed = draft._replace(signature=sign_with_key(payload, demo_key(person), "csdocs-record"))
    gate.write(amended, appended(case.data, signed))
    gate.commit("By a tool of one's own", at=now())
    assert gate.review().errors == ["signer-not-entitled"]


def test_what_is_void_is_not_brought_back_by_an_amendment(gate: Gate, filed: str) -> None:
    """The verb refuses it; by hand it is soon written, and would count as the latest."""
    said = gate.run("void", filed, "--as", MANAGER, "--reason", "a slip")
    assert said.code == 0, said.err
    gate.commit("Void", at=now())
    assert gate.run("amend", filed, "--as", AGENT, "--reason", "after all").code == 3
    gate.branch()
    text = gate.read(filed)
    digest = hashlib.sha256(text.encode()).hexdigest()
    amends = f"amendment: 1\namends: {{file: {filed.rpartition('/')[2]}, sha256: {digest}}}\nreason: after all\ndata:"
    amendment = filed.replace(".yaml", ".a1.yaml")
    gate.write(amendment, text.partition("signatures:")[0].replace("data:", amends))
    assert gate.run("sign", amendment, "--as", AGENT, "--step", "fill", "--yes").code == 3
    gate.commit("Back", at=now())
    assert gate.review().of("amendment-broken")["path"] == amendment
    assert "void or withdrawn" in gate.run("check").out


def test_an_amendment_of_an_amendment(gate: Gate, filed: str) -> None:
    gate.branch()
    first = amend(gate, filed)
    gate.commit("First", at=now())
    second = amend(gate, first, "corrected twice")
    gate.commit("Second", at=now())
    assert second.endswith(".a2.yaml")
    assert gate.review() == (0, [])
    broken = gate.read(second).replace(first.rpartition("/")[2], filed.rpartition("/")[2])
    gate.write(second, broken)
    gate.commit()
    assert "amendment-broken" in gate.review().errors


@pytest.mark.parametrize("way", ["deleted", "renamed"])
def test_a_signed_record_is_removed(gate: Gate, filed: str, way: str) -> None:
    gate.branch()
    if way == "deleted":
        gate.git("rm", "-q", filed)
    else:
        gate.git("mv", filed, filed.replace("-001", "-002"))
    gate.commit()
    assert "signed-record-removed" in gate.review().errors


@pytest.mark.parametrize("way", ["deleted", "signature"])
def test_a_record_that_landed_as_a_program(draft: Gate, way: str) -> None:
    """In set-up nobody asks for its mode; what it says is kept like that of any other."""
    path = enter(draft, AGENT)
    (draft.root / path).chmod(0o755)
    draft.commit("A record", at=draft.now)
    open_gate(draft)
    draft.commit("Open")
    draft.branch()
    if way == "deleted":
        draft.git("rm", "-q", path)
    else:
        draft.write(path, draft.read(path).partition("signatures:")[0])
        (draft.root / path).chmod(0o644)
    draft.commit("Gone")
    assert ("signed-record-removed" if way == "deleted" else "signature-removed") in draft.review().errors


def test_a_record_with_a_name_that_steers_the_terminal(gate: Gate, filed: str) -> None:
    gate.branch()
    gate.write("records/test/2024/03/TE-\x1b[2J.yaml", gate.read(filed))
    gate.commit()
    outcome = gate.review()
    assert outcome.errors == ["path-not-portable"]
    assert outcome.findings[0]["path"].isprintable()


def test_a_link_in_place_of_a_record(gate: Gate, filed: str) -> None:
    gate.branch()
    (gate.root / filed).unlink()
    (gate.root / filed).symlink_to("elsewhere.yaml")
    gate.commit()
    assert gate.review().errors == ["not-a-plain-file"]


def test_what_lies_among_records_is_in_the_commit(gate: Gate, filed: str) -> None:
    """A link to a folder elsewhere, another repository, a program beside a record: nobody reviews what is behind it."""
    gate.branch()
    (gate.root / "records/linked").symlink_to("..")
    gate.write(f"{filed.removesuffix('.yaml')}.files/run.jpg", "#!/bin/sh\n")
    (gate.root / f"{filed.removesuffix('.yaml')}.files/run.jpg").chmod(0o755)
    gate.git("init", "-q", "records/nested")
    gate.git("-C", "records/nested", "commit", "-q", "--allow-empty", "-m", "Elsewhere")
    gate.commit()
    found = gate.review()
    paths = [finding["path"] for finding in found.findings if finding["rule"] == "not-a-plain-file"]
    assert paths == ["records/linked", "records/nested", f"{filed.removesuffix('.yaml')}.files/run.jpg"]
    gate.git("switch", "-q", "main")
    gate.git("merge", "-q", "--ff-only", "change")
    assert gate.audit().errors == found.errors


def test_signed_by_somebody_whom_the_change_itself_registers(gate: Gate) -> None:
    gate.branch()
    path = enter(gate, AGENT)
    before = gate.read(PEOPLE)
    key = re.search(rf"public: (ssh-ed25519 \S+) DEMO-ONLY-{CLERK}", before)
    own = re.search(rf"public: (ssh-ed25519 \S+) DEMO-ONLY-{AGENT}", before)
    assert key and own
    gate.write(path, gate.read(path).replace(AGENT, CLERK))
    gate.write(PEOPLE, before.replace(key[1], own[1]))
    gate.commit("A record in the name of another", at=now())
    outcome = gate.review()
    assert {"approval-missing"} < set(outcome.errors)
    assert any(finding["path"] == path for finding in outcome.findings)


def test_a_stolen_key_dates_back(gate: Gate, filed: str) -> None:
    """A day on which the key still counted is soon written; what had landed by the time of the revocation stays good."""
    began = (now() + dt.timedelta(minutes=1)).replace(microsecond=0)
    revoked = f", revoked: {{at: '{began.isoformat()}', compromised_since: '{began.isoformat()}', reason: lost}}"
    gate.now = now() - dt.timedelta(hours=1)
    gate.edit(PEOPLE, f"- {key_text(AGENT)}", f"- {key_text(AGENT, revoked)}")
    gate.approve(PEOPLE, PERSONNEL, MANAGER)
    gate.commit("Revoked", at=now())
    assert gate.audit() == (0, [])
    gate.branch()
    settings = gate.read(CONFIG)
    gate.write(CONFIG, f"{settings}clock: {(began - dt.timedelta(days=9)).isoformat(timespec='seconds')}\n")
    forged = enter(gate, AGENT, "forged")
    gate.write(CONFIG, settings)
    gate.commit("Forged", at=now())
    assert gate.run("check").code == 0  # by its own dates it is in order
    found = gate.review()
    assert (found.errors, found.findings[0]["path"]) == (["signature-not-valid"], forged)
    gate.git("switch", "-q", "main")
    gate.git("merge", "-q", "change")
    assert gate.audit().errors == found.errors


@pytest.mark.parametrize("ended", ["post", "key"])
def test_who_has_left_dates_back(gate: Gate, ended: str) -> None:
    """It may have been signed in time and pushed late: nobody is refused, and whoever reviews is told."""
    person = LEFT if ended == "post" else CLERK
    if ended == "key":
        gate.edit(PEOPLE, f"- {key_text(CLERK)}", f"- {key_text(CLERK, ', valid_until: 2024-04-01')}")
        gate.approve(PEOPLE, PERSONNEL, MANAGER)
        gate.commit("The key ends")
    gate.branch()
    settings = gate.read(CONFIG)
    gate.write(CONFIG, f"{settings}clock: 2024-02-20T09:00:00+08:00\n")
    dated_back = enter(gate, person)
    gate.write(CONFIG, settings)
    gate.commit("Dated back", at=now())
    found = gate.review()
    assert (found.code, found.rules, found.findings[0]["path"]) == (0, ["signature-doubtful"], dated_back)
    assert ("no longer held R-QUALITY" if ended == "post" else "expired") in found.findings[0]["message"]
    gate.land()
    assert gate.audit() == found


def test_two_branches_take_the_same_number(gate: Gate) -> None:
    gate.branch("one")
    one = enter(gate, AGENT, "first")
    gate.commit("One", at=now())
    gate.git("switch", "-q", "main")
    gate.git("branch", "-q", "two")
    gate.land("one")
    gate.git("switch", "-q", "two")
    landed = gate.git("rev-parse", "main")
    gate.git("branch", "-q", "-D", "one")
    gate.git("branch", "-q", "-f", "main", "two")  # whoever works on two has not fetched what landed
    two = enter(gate, CLERK, "second")
    gate.git("branch", "-q", "-f", "main", landed)
    assert two == one
    gate.commit("Two", at=now())
    outcome = gate.review()
    assert "number-taken-twice" in outcome.errors
    assert f"csdocs renumber {two}" in outcome.of("number-taken-twice")["hint"]


def test_what_landed_is_undone_by_the_branch_it_came_from(gate: Gate) -> None:
    """The branch goes on where it was merged from: to git it parted there, and what it takes back is taken back."""
    gate.branch()
    filed = enter(gate, AGENT)
    gate.commit("A record", at=now())
    gate.land()
    gate.git("switch", "-q", "change")
    (gate.root / filed).unlink()
    gate.commit("Gone")
    found = gate.review()
    assert "signed-record-removed" in found.errors
    gate.land()
    assert not (gate.root / filed).exists()
    assert gate.audit().errors == found.errors


def test_a_backdated_commit_revives_no_waiver(gate: Gate, filed: str) -> None:
    """Order is evidence, dates are claims: no step is earlier than the one before it."""
    day = (now() - dt.timedelta(days=2)).date()
    code = by_slug()["signed-content-changed"].code
    waiver = f"{{code: {code}, path: {filed}, reason: 试验, approver: {MANAGER}, expires: {day}}}"
    gate.now = now() - dt.timedelta(hours=2)
    gate.write("handbook/waivers.yaml", f"waivers:\n  - {waiver}\n")
    gate.approve("handbook/waivers.yaml")
    gate.commit("A waiver that is over", at=now())
    assert gate.audit() == (0, [])
    gate.edit(filed, "note: honest", "note: otherwise")
    gate.commit("Dated back", at=now() - dt.timedelta(days=4))
    assert "signed-content-changed" in gate.audit().errors


def test_the_same_number_in_another_folder(gate: Gate, filed: str) -> None:
    gate.branch()
    other = filed.replace("records/test/", "records/test/1999/")
    gate.write(other, gate.read(filed))
    gate.commit()
    assert "number-taken-twice" in gate.review().errors


def test_a_step_that_is_not_open(gate: Gate, filed: str) -> None:
    """The same signature twice: a transition that the form does not know."""
    gate.branch()
    text = gate.read(filed)
    entry = text[text.index("signatures:\n") + len("signatures:\n") :]
    gate.write(filed, text + entry)
    gate.commit()
    assert gate.review().code == 1


def test_breaches_never_stop_a_change(gate: Gate) -> None:
    """A record that lands late is a truthful record."""
    gate.branch()
    enter(gate, AGENT)
    gate.commit("Late", at=now() + dt.timedelta(days=30))
    gate.now = gate.now + dt.timedelta(hours=1)
    assert gate.review().errors == []


def test_the_work_tree_does_not_change_who_may_sign(gate: Gate) -> None:
    gate.branch()
    path = enter(gate, AGENT)
    gate.write(path, gate.read(path).replace("honest", "otherwise"))
    gate.commit("Signed content changed before it landed", at=now())
    found = gate.review()
    assert "signed-content-changed" in found.errors
    gate.write(PEOPLE, "people: []\n")
    gate.write("templates/forms/test.yaml", "nothing\n")
    assert gate.review() == found


def test_an_attachment_of_a_signed_record_is_replaced(draft: Gate) -> None:
    """The record lists the digest of each file beside it; the gate looks at the files of the change, not of the desk."""
    draft.edit(FORM, "kind: text, label: {zh: 备注", "kind: file, list: true, label: {zh: 备注")
    draft.commit("Files")
    open_gate(draft)
    draft.commit("Open")
    path = draft.run("new", "F-TEST", "--as", AGENT, "--no-input").out.strip()
    beside = path.replace(".yaml", ".files/scan.txt")
    digest = hashlib.sha256(b"honest").hexdigest()
    draft.write(beside, b"honest")
    text = draft.read(path).replace("data: {}\n", "")
    draft.write(path, f"{text}data:\n  note:\n    - {{name: scan.txt, sha256: '{digest}', bytes: '6'}}\n")
    said = draft.run("sign", path, "--as", AGENT, "--step", "fill", "--yes")
    assert said.code == 0, said.err
    draft.commit("A record", at=now())
    assert draft.audit() == (0, [])
    draft.branch()
    draft.write(beside, b"forged")
    draft.commit("Another scan", at=now())
    draft.write(beside, b"honest")  # what lies on the desk has no say
    assert draft.review().errors == ["attachment-wrong"]
    draft.git("restore", ".")
    draft.land()
    assert draft.audit().errors == ["attachment-wrong"]


NATURAL = FORM_TEXT.format(id="F-TEAM", prefix="T", changes=CHANGES_TEXT).replace(
    "T-{day:YYYYMM}-{serial:3}", "T-{day:YYYY}-{team}"
)


def test_a_second_record_of_one_natural_key(draft: Gate) -> None:
    """Its file has a name of its own, so the number alone does not tell; what base has by now counts, read or not."""
    draft.write("templates/forms/team.yaml", NATURAL.replace("id: note, kind: text", "id: team, kind: code"))
    open_gate(draft)
    draft.commit("Open")
    draft.git("branch", "-q", "late")
    said = draft.run("new", "F-TEAM", "--as", AGENT, "--no-input", "--set=team=A")
    first = said.out.strip()
    number = first.rpartition("/")[2][:-5]
    text = draft.read(first)
    assert draft.run("sign", first, "--as", AGENT, "--step", "fill", "--yes").code == 0
    draft.commit("The first", at=now())

    def second(n: int) -> str:
        path = first.replace(".yaml", f".{n}.yaml")
        draft.write(path, text.replace(f"record: {number}", f"record: {number}.{n}"))
        draft.commit(f"Record {n}", at=now())
        return path

    draft.git("switch", "-q", "late")
    path = second(2)
    found = draft.review()
    assert [each["path"] for each in found.findings if each["rule"] == "key-held-twice"] == [path]
    draft.git("rebase", "-q", "main")
    assert draft.review().errors == ["key-held-twice"]
    assert draft.run("amend", number, "--as", AGENT, "--reason", "写错").code == 0
    assert draft.run("sign", f"{number}.a1", "--as", AGENT, "--step", "fill", "--yes").code == 0
    draft.commit("Amended", at=now())
    assert draft.review().errors == ["key-held-twice"]
    assert draft.run("void", number, "--as", MANAGER, "--reason", "重复", "--yes").code == 0
    draft.commit("Void", at=now())
    assert draft.review() == (0, [])
    draft.land("late")
    draft.branch("third")
    path = second(3)
    found = draft.review()
    assert [(each["rule"], each["path"]) for each in found.findings] == [("key-held-twice", path)]
