"""While a revision waits for its approval or its day, the one in force is what counts, is filled in and is asked for."""

import datetime as dt
import hashlib
import json
import re
from pathlib import Path

import pytest
from gate import AGENT, CHANGES_TEXT, FORM, FORM_TEXT, MANAGER, QUALITY, REG, SECOND, ZONE, Gate, open_gate

from csdocs.cli.main import CLEAN, COULD_NOT_LOOK

DUTY = "obligations:\n  - {clause: 2, form: F-TEST, every: day, on: working, since: 2024-02-01}\n"
GROUP = "templates/groups/person.yaml"
FIELD = "  - {{id: {id}, kind: text, label: {{zh: 联系, en: Contact}}{more}}}\n"


@pytest.fixture
def obliged(draft: Gate) -> Gate:
    """Opened on Friday 1 March 2024; a record was owed for each working day since 1 February."""
    draft.edit(REG, "parameters:\n", f"{DUTY}parameters:\n")
    draft.commit("A duty")
    open_gate(draft)
    draft.commit("Open")
    return draft


def missing(gate: Gate, day: str) -> list[str]:
    """Days without evidence as seen at the end of a day, from the index and without it."""
    found = []
    for more in ((), ("--no-index",)):
        said = gate.run("check", "--as-of", day, "--format", "json", *more)
        findings = [each for each in json.loads(said.out)["findings"] if each["rule"] == "evidence-missing"]
        found.append([each["message"].removeprefix("no closed F-TEST record for ")[:10] for each in findings])
    assert found[0] == found[1]
    return found[0]


def test_nobody_owes_evidence_for_the_days_before_the_opening(obliged: Gate) -> None:
    assert missing(obliged, "2024-03-04") == []
    assert missing(obliged, "2024-03-06") == ["2024-03-04", "2024-03-05"]


def test_a_draft_takes_no_duty_back_and_a_revision_does_from_its_day(obliged: Gate) -> None:
    obliged.raise_revision(kind="major", effective="2024-03-07")
    obliged.edit(REG, DUTY, "")
    obliged.sign(REG, AGENT, "submit")
    obliged.commit("Waits for its approval")
    owed = ["2024-03-04", "2024-03-05", "2024-03-06", "2024-03-07"]
    assert missing(obliged, "2024-03-08") == owed
    for person in (MANAGER, QUALITY, SECOND):
        obliged.sign(REG, person)
    obliged.commit("Approved")
    assert obliged.audit().errors == []
    assert missing(obliged, "2024-03-08") == owed[:3]


def test_an_industry_owes_nothing_for_the_days_before_it_was_switched_on(draft: Gate) -> None:
    draft.edit(REG, "parameters:\n", f"{DUTY}parameters:\n")
    draft.edit(REG, "review_every: 365\n", "review_every: 365\nprofile: TEL\n")
    draft.commit("A duty of one industry")
    open_gate(draft)
    draft.commit("Open")
    assert missing(draft, "2024-03-06") == []
    draft.edit("csdocs.yaml", "profiles: [GEN]", "profiles: [GEN, TEL]")
    draft.commit("Switched on", at=draft.now.replace(day=5))
    assert missing(draft, "2024-03-07") == ["2024-03-06"]


def test_the_form_in_force_is_filled_in(gate: Gate, tmp_path: Path) -> None:
    gate.raise_revision(FORM, "major")
    gate.edit(
        FORM, "fields:\n", "fields:\n      - {id: colour, kind: text, required: true, label: {zh: 颜色, en: Colour}}\n"
    )
    gate.sign(FORM, AGENT, "submit")
    gate.commit("Waits")
    said = gate.run("new", "F-TEST", "--as", AGENT, "--no-input", "--set", "note=x")
    assert said.code == CLEAN, said.err
    assert "form_revision: 1\n" in gate.read(said.out.strip())
    assert "colour" not in gate.run("form", "schema", "F-TEST").out
    assert gate.run("form", "list").out.splitlines()[-1].split()[3:5] == ["1", "2024-01-01"]


def test_a_record_keeps_the_group_that_its_form_pinned(draft: Gate) -> None:
    def pinned(text: str) -> str:
        return f"{{group: person, sha256: {hashlib.sha256(text.encode()).hexdigest()}}}"

    first, second = (f"fields:\n{FIELD.format(id=id, more=more)}" for id, more in (("phone", ""), ("mail", ", max: 5")))
    draft.write(GROUP, first)
    draft.edit(FORM, "    fields:\n", f"    fields:\n      - {pinned(first)}\n")
    draft.commit("A group")
    open_gate(draft)
    draft.commit("Open")
    record = draft.run("new", "F-TEST", "--as", AGENT, "--no-input", "--set", "phone=0571 8888 8888").out.strip()
    assert draft.run("sign", Path(record).stem, "--as", AGENT, "--yes").code == CLEAN
    draft.commit("A record")
    draft.write(GROUP, second)
    draft.raise_revision(FORM, "major", effective="2124-04-01")
    draft.edit(FORM, pinned(first), pinned(second))
    for path in (GROUP, FORM):
        draft.approve(path)
    draft.commit("Another group")
    assert "r2" in draft.run("history", "F-TEST").out
    for more in ((), ("--no-index",)):
        said = draft.run("check", record, *more)
        assert said.code == CLEAN, said.out


def test_what_would_be_refused_is_not_signed(gate: Gate) -> None:
    """A signature uses up the number, so it is better not given."""
    gate.branch()
    gate.raise_revision(kind="editorial")
    gate.edit(REG, "500元", "800元")
    submit = ("submit", "REG-TEST", "--as", AGENT, "--yes")
    for arguments in (
        submit,
        ("approve", "REG-TEST", "--as", MANAGER, "--post", "R-DEPTMGR", "--yes", "--base", "main"),
    ):
        said = gate.run(*arguments)
        assert said.code == COULD_NOT_LOOK
        assert "CHG609" in said.err and "not ready to be signed" in said.err
    gate.edit(REG, "kind: editorial", "kind: major")
    whole = gate.read(REG)
    gate.write(REG, f"{whole}\n批准人：王华\n")  # what `check` refuses in the file itself
    said = gate.run(*submit)
    assert (said.code, "DOC211" in said.err, "DOC211" in gate.run("check", REG).out) == (COULD_NOT_LOOK, True, True)
    gate.write(REG, whole)
    assert gate.run(*submit).code == CLEAN
    gate.edit(REG, "800元", "900元")  # what was signed before is void, which a signature cures
    said = gate.run(*submit)
    assert said.code == CLEAN, said.err
    assert (
        gate.run("approve", "REG-TEST", "--as", QUALITY, "--post", "R-QUALITY", "--decision", "reject", "--yes").code
        == CLEAN
    )


COUNTED = """\
      - {id: n, kind: integer, label: {zh: 数, en: N}}
      - {id: at, kind: date_time, label: {zh: 时间, en: At}}
"""
LEAST = """\
rules:
  - {id: enough, assert: n >= param.least, at: n, message: {zh: 太少, en: Too few}}
"""
RECORD = """\
record: {name}
form: {form}
form_revision: 1
org_unit: D-CS
created_by: S1001
created_at: {created}
data:
  n: 12
  at: {at}
"""


@pytest.fixture
def counting(draft: Gate) -> Gate:
    """F-COUNT goes by when a record was made, F-MOMENT by what the record says; 12 is enough for the limit of 10."""
    for id, day in (("F-COUNT", ""), ("F-MOMENT", "day: at\n")):
        text = FORM_TEXT.format(id=id, prefix=id[2:4], changes=CHANGES_TEXT).replace("number:", f"{day}number:")
        note = next(line for line in text.splitlines(keepends=True) if "id: note" in line)
        draft.write(f"templates/forms/{id[2:].lower()}.yaml", text.replace(note, COUNTED) + LEAST)
    open_gate(draft)
    draft.commit("Open")
    day, noon = "2024-03-05T", "2024-03-05T12:00:00+08:00"
    for name, created, at in (
        ("CO-202403-001", f"{day}09:00:00+08:00", noon),
        ("CO-202403-002", f"{day}12:30:00+08:00", noon),
        ("CO-202403-003", f"{day}13:30:00+08:00", f"{day}09:00:00+08:00"),
        ("MO-202403-001", "2024-03-06T09:00:00+08:00", f"{day}03:59:59+00:00"),
        ("MO-202403-002", noon, noon),
    ):
        form = "F-COUNT" if name.startswith("CO") else "F-MOMENT"
        draft.write(
            f"records/{form[2:].lower()}/2024/03/{name}.yaml",
            RECORD.format(name=name, form=form, created=created, at=at),
        )
    for first in ("CO-202403-001", "CO-202403-002"):  # corrected the day after, of the same day
        text = draft.read(f"records/count/2024/03/{first}.yaml")
        digest = hashlib.sha256(text.encode()).hexdigest()
        amends = f"amendment: 1\namends: {{file: {first}.yaml, sha256: {digest}}}\nreason: 更正\n"
        text = re.sub(r"(?m)^created_at: .*$", "created_at: 2024-03-06T10:00:00+08:00", text)
        draft.write(f"records/count/2024/03/{first}.a1.yaml", text.replace("form: F", f"{amends}form: F", 1))
    draft.commit("As it was", at=dt.datetime(2024, 3, 4, 9, tzinfo=ZONE))
    return draft


def change_limit(gate: Gate, hour: int, least: int) -> None:
    """Approved on the very day of 5 March."""
    gate.raise_revision(REG, "major", effective="2024-03-05")
    gate.write(REG, re.sub(r"value: \d+", f"value: {least}", gate.read(REG)))
    gate.now = dt.datetime(2024, 3, 5, hour - 1, tzinfo=ZONE)
    gate.approve(REG, MANAGER, QUALITY, SECOND)
    gate.commit("Another limit", at=dt.datetime(2024, 3, 5, hour, tzinfo=ZONE))


def test_a_record_of_the_morning_stands_when_a_limit_changes_at_noon(counting: Gate) -> None:
    """Whoever filled it in could not know; where the form says when something was, that moment counts."""
    assert enough(counting) == []
    change_limit(counting, 12, 15)
    late = ["CO-202403-002", "CO-202403-002.a1"]
    assert enough(counting) == [*late, "CO-202403-003", "MO-202403-002"]
    change_limit(counting, 13, 11)
    assert enough(counting) == [*late, "MO-202403-002"]


def enough(gate: Gate) -> list[str]:
    """Records that break the limit; what the index says is what is so without it."""
    found = []
    for index in ((), ("--no-index",), ()):
        said = json.loads(gate.run("check", "--format", "json", *index).out)["findings"]
        found.append(sorted(Path(each["path"]).stem for each in said if each["code"] == "REC317"))
    assert found[0] == found[1] == found[2]
    return found[0]


def test_a_record_of_the_morning_stands_when_the_form_changes_at_noon(gate: Gate) -> None:
    today = dt.datetime.now(ZONE)
    day = today.date().isoformat()
    record = gate.run("new", "F-TEST", "--as", AGENT, "--no-input", "--set", "note=x").out.strip()
    assert gate.run("sign", Path(record).stem, "--as", AGENT, "--yes").code == CLEAN
    for more in ("", f"\nwithdrawn: {day}"):
        gate.raise_revision(FORM, "major", effective=day)
        gate.edit(FORM, "review_every: 365", f"review_every: 365{more}")
        gate.now = today - dt.timedelta(hours=1)
        gate.approve(FORM)
        gate.commit("Another form, from today", at=dt.datetime.now(ZONE))
        for index in ((), ("--no-index",)):
            said = gate.run("check", record, *index)
            assert said.code == CLEAN, said.out
    said = gate.run("new", "F-TEST", "--as", AGENT, "--no-input", "--set", "note=x")
    assert (said.code, "no form F-TEST is in force" in said.err) == (COULD_NOT_LOOK, True)
