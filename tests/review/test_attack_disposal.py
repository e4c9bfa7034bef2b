"""Disposal: a signed record leaves at the end of its retention, by a closed disposition, and leaves a stub."""

import datetime as dt
import hashlib
import re
from pathlib import Path
from unittest import mock

import pytest
from gate import AGENT, CHANGES_TEXT, FORM_TEXT, MANAGER, REG, AtTerminal, Gate, open_gate
from prepared import prepared

BRIEF = "templates/forms/brief.yaml"
DISPOSAL = "templates/forms/disposal.yaml"
BRIEF_TEXT = FORM_TEXT.format(id="F-BRIEF", prefix="BR", changes=CHANGES_TEXT).replace("months: 36", "months: '-1'")
KEPT = "templates/forms/kept.yaml"
KEPT_TEXT = FORM_TEXT.format(id="F-KEPT", prefix="KE", changes=CHANGES_TEXT).replace(
    "months: 36", "months: '-1', then: archive"
)
FILE_TEXT = "      - {id: scan, kind: file, list: true, label: {zh: 扫描件, en: Scan}}\n"
DISPOSAL_TEXT = (
    FORM_TEXT.format(id="F-DISPOSAL", prefix="DI", changes=CHANGES_TEXT)
    .replace("sections:\n", "disposes: gone\nsections:\n")
    .replace(
        "steps:\n",
        """\
      - id: gone
        kind: rows
        label: {zh: 记录, en: Records}
        fields:
          - {id: number, kind: text, label: {zh: 编号, en: Record}, required: true}
          - {id: sha256, kind: text, label: {zh: 摘要, en: Digest}, required: true}
steps:
""",
    )
)
APPROVAL_TEXT = """\
  - id: approve
    title: {zh: 批准, en: Approve}
    by: {post: R-DEPTMGR}
    section: main
    attests: {zh: 同意, en: Agreed}
"""


@prepared
def held(draft: Gate) -> None:
    """An opened workspace with two closed records whose retention is over, one that is kept for years, and one for ever."""
    draft.write(BRIEF, BRIEF_TEXT)
    draft.write(KEPT, KEPT_TEXT)
    draft.write(DISPOSAL, DISPOSAL_TEXT + APPROVAL_TEXT)
    owed = f"{{clause: 1, form: F-BRIEF, every: month, since: {now().date()}}}"
    draft.edit(REG, "parameters:\n", f"obligations:\n  - {owed}\nparameters:\n")
    draft.commit("More forms")
    open_gate(draft)
    draft.commit("Open the workspace")
    for form in ("F-BRIEF", "F-BRIEF", "F-TEST", "F-KEPT"):
        closed(draft, form)
    draft.commit("Records", at=now())
    assert draft.audit() == (0, [])
    draft.branch()


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def did(gate: Gate, *arguments: str) -> str:
    said = gate.run(*arguments)
    assert said.code == 0, said.err
    return said.out.strip()


def closed(gate: Gate, form: str, *steps: tuple[str, str]) -> str:
    path = did(gate, "new", form, "--as", AGENT, "--no-input", "--set=note=old")
    for step, person in steps or (("fill", AGENT),):
        did(gate, "sign", path, "--as", person, "--step", step, "--yes")
    return path


def record(gate: Gate, prefix: str, serial: int) -> str:
    return next(str(path.relative_to(gate.root)) for path in gate.root.glob(f"records/**/{prefix}-*-{serial:03}.yaml"))


def list_due(gate: Gate, *more: str) -> str:
    """A draft disposition that lists what is due."""
    path = did(gate, "new", "F-DISPOSAL", "--as", AGENT, "--no-input", "--set=note=end of retention")
    did(gate, "dispose", Path(path).stem, "--add", *more)
    return path


def close(gate: Gate, path: str) -> None:
    did(gate, "sign", path, "--as", AGENT, "--step", "fill", "--yes")
    did(gate, "sign", path, "--as", MANAGER, "--step", "approve", "--yes")


def test_a_closed_disposition_lets_records_go(held: Gate) -> None:
    later = ("check", "--as-of", str(now().date() + dt.timedelta(32)))
    assert "WSP505" not in held.run(*later).out, "the month has its records"
    assert "BR-" in did(held, "dispose") and "TE-" not in did(held, "dispose")
    gone = record(held, "BR", 1)
    assert "enter F-DISPOSAL, list" in held.run("dispose", Path(gone).stem, "--yes").err
    disposition = list_due(held)
    did(held, "dispose", Path(disposition).stem, "--add")  # what stands there already stays once
    assert f"csdocs why {Path(disposition).stem}" in held.run("dispose", Path(disposition).stem, "--yes").err
    close(held, disposition)
    for id, why in ((disposition, "its list is closed"), (gone, "enter F-DISPOSAL, list")):
        assert why in held.run("dispose", Path(id).stem, "--add").err
    with mock.patch("sys.stdin", AtTerminal("n\n")):
        assert "Remove 2 records, as above?" in held.run("dispose", Path(disposition).stem).err
    assert (held.root / gone).exists()
    said = held.run("dispose", Path(disposition).stem, "--yes")
    assert said.code == 0, said.err
    for verb, id in (("show", Path(gone).stem), ("why", Path(gone).stem.lower()), ("render", Path(gone).stem)):
        assert f"on the strength of {disposition}" in held.run(verb, id).err
    assert not (held.root / gone).exists() and (held.root / gone.replace(".yaml", ".gone.yaml")).exists()
    held.commit("Dispose", at=now())
    assert held.review() == (0, [])
    held.land()
    assert held.audit() == (0, [])
    for how in ((), ("--no-index",)):
        said = held.run(*later, *how)
        assert said.code == 0 and "WSP505" not in said.out, said.out
    assert did(held, "new", "F-BRIEF", "--as", AGENT, "--no-input", "--set=note=old").endswith("-003.yaml")


@pytest.mark.parametrize("at", [0, 1, 2])
def test_whoever_was_interrupted_goes_on(held: Gate, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """The stub was there, so all was said to be gone; the record was there as well."""
    disposition = list_due(held)
    close(held, disposition)
    unlinked: list[Path] = []
    unlink = Path.unlink

    def interrupted(path: Path, **more: bool) -> None:
        if path.name.startswith("BR-") and path.suffix == ".yaml":
            if len(unlinked) == at:
                raise KeyboardInterrupt
            unlinked.append(path)
        unlink(path, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", interrupted)
        said = held.run("dispose", Path(disposition).stem, "--yes")
    assert said.code == (130 if at < 2 else 0)
    assert held.run("dispose", Path(disposition).stem, "--yes").code == 0
    assert len([*held.root.glob("records/**/BR-*.yaml")]) == len([*held.root.glob("records/**/BR-*.gone.yaml")]) == 2
    assert "gone already" in held.run("dispose", Path(disposition).stem, "--yes").err
    held.commit("Dispose", at=now())
    assert held.review() == (0, [])


def test_whoever_goes_on_removes_nothing_else_of_that_name(held: Gate) -> None:
    disposition = list_due(held)
    close(held, disposition)
    gone = record(held, "BR", 1)
    assert held.run("dispose", Path(disposition).stem, "--yes").code == 0
    held.write(gone, "somebody's own words")
    said = held.run("dispose", Path(disposition).stem, "--yes")
    assert said.code == 3 and "is not what the list names" in said.err
    assert held.read(gone) == "somebody's own words"


def test_a_stub_names_files_beside_it_alone(held: Gate) -> None:
    """By hand it may name any other, and whoever goes on with the disposal would remove that."""
    disposition = list_due(held)
    close(held, disposition)
    assert held.run("dispose", Path(disposition).stem, "--yes").code == 0
    stub = next(held.root.glob("records/**/BR-*.gone.yaml"))
    victim = held.root / "handbook/people.yaml"
    digest = hashlib.sha256(victim.read_bytes()).hexdigest()
    path = str(stub.relative_to(held.root))
    up = "../" * (path.count("/"))
    held.edit(path, "files:\n", f"files:\n  - {{file: {up}handbook/people.yaml, sha256: '{digest}'}}\n")
    held.run("dispose", Path(disposition).stem, "--yes")
    assert victim.exists()


def test_a_disposition_that_nobody_approved(held: Gate) -> None:
    disposition = list_due(held)
    did(held, "sign", disposition, "--as", AGENT, "--step", "fill", "--yes")
    assert held.run("dispose", Path(disposition).stem, "--yes").code != 0
    leave_stub(held, record(held, "BR", 1), disposition)
    held.commit("Dispose", at=now())
    assert "disposal-without-ground" in held.review().errors


@pytest.mark.parametrize(("prefix", "reason"), [("TE", "kept until"), ("KE", "not to be destroyed")])
def test_a_record_that_must_still_be_kept(held: Gate, prefix: str, reason: str) -> None:
    kept = record(held, prefix, 1)
    assert held.run("dispose", "DI", Path(kept).stem, "--add").code != 0
    disposition = did(held, "new", "F-DISPOSAL", "--as", AGENT, "--no-input", "--set=note=why")
    digest = leave_stub(held, kept, disposition)
    listed = f"data: {{note: why, gone: [{{number: {Path(kept).stem}, sha256: '{digest}'}}]}}"
    held.edit(disposition, "data: {note: why}", listed)
    close(held, disposition)
    held.commit("Dispose", at=now())
    outcome = held.review()
    assert outcome.errors == ["disposal-without-ground"]
    assert reason in str(outcome.of("disposal-without-ground"))


def test_a_disposition_that_lists_other_bytes(held: Gate) -> None:
    disposition = list_due(held)
    close(held, disposition)
    path = record(held, "BR", 1)
    held.write(path, held.read(path).replace("note: old", "note: new"))
    assert held.run("dispose", Path(disposition).stem, "--yes").code != 0
    leave_stub(held, path, disposition)
    held.commit("Dispose", at=now())
    assert "disposal-without-ground" in held.review().errors


def test_a_record_removed_without_a_stub(held: Gate) -> None:
    close(held, list_due(held))
    (held.root / record(held, "BR", 1)).unlink()
    held.commit("Remove", at=now())
    assert held.review().errors == ["signed-record-removed"]


def test_a_stub_for_a_record_that_is_still_there(held: Gate) -> None:
    disposition = list_due(held)
    close(held, disposition)
    path = record(held, "BR", 1)
    text = held.read(path)
    leave_stub(held, path, disposition)
    held.write(path, text)
    held.commit("A stub", at=now())
    assert held.review().errors == ["disposal-without-ground"]
    assert "disposal-without-ground" in held.run("check", "--format", "json").out


@pytest.mark.parametrize("kept", ["record", "amendment", "nothing"])
def test_a_record_goes_with_all_its_amendments(held: Gate, kept: str) -> None:
    """Without the amendment that the disposition names, what it had corrected would count again."""
    path = record(held, "BR", 1)
    first = amend(held, path, "right")
    disposition = list_due(held)
    close(held, disposition)
    second = "" if kept == "record" else amend(held, first, "made up later")
    held.commit("Amended", at=now())
    held.land()
    held.branch("second")
    gone = {"record": [first], "amendment": [path, first], "nothing": [path, first, second]}[kept]
    digests = {each: hashlib.sha256(held.read(each).encode()).hexdigest() for each in gone}
    for each in gone:
        (held.root / each).unlink()
    files = "".join(f"  - {{file: {Path(each).name}, sha256: '{digests[each]}'}}\n" for each in gone)
    stub = f"record: {Path(path).stem}\nform: F-BRIEF\nfiles:\n{files}disposition: {disposition}\n"
    held.write(path.replace(".yaml", ".gone.yaml"), stub)
    held.commit("Dispose", at=now())
    assert "disposal-without-ground" in held.review().errors
    assert ("does not list" if kept == "nothing" else "is not listed") in held.run("check").out


def amend(gate: Gate, path: str, note: str) -> str:
    amended = did(gate, "amend", path, "--as", AGENT, "--reason", "a slip").splitlines()[-1]
    gate.write(amended, re.sub(r"note: \S+?(?=[,}\n])", f"note: {note}", gate.read(amended), count=1))
    did(gate, "sign", amended, "--as", AGENT, "--step", "fill", "--yes")
    return amended


def test_a_stub_is_removed_or_changed(held: Gate) -> None:
    disposition = list_due(held)
    close(held, disposition)
    did(held, "dispose", Path(disposition).stem, "--yes")
    held.commit("Dispose", at=now())
    held.land()
    stub = next(str(path.relative_to(held.root)) for path in held.root.glob("records/**/*.gone.yaml"))
    held.branch("second")
    held.write(stub, held.read(stub) + "# different\n")
    held.commit("Touch", at=now())
    assert held.review().errors == ["disposal-stub-touched"]
    (held.root / stub).unlink()
    held.commit("Remove", at=now())
    assert held.review().errors == ["disposal-stub-touched"]


def test_a_number_is_taken_by_what_is_gone(held: Gate) -> None:
    path = record(held, "BR", 1)
    text = held.read(path)
    disposition = list_due(held)
    close(held, disposition)
    did(held, "dispose", Path(disposition).stem, "--yes")
    held.commit("Dispose", at=now())
    held.land()
    held.branch("second")
    held.write(path, text)
    held.commit("It comes back", at=now())
    assert "number-taken-twice" in held.review().errors


def leave_stub(gate: Gate, path: str, disposition: str) -> str:
    """Remove a record by hand, as `csdocs dispose` would if it were allowed."""
    digest = hashlib.sha256(gate.read(path).encode()).hexdigest()
    name = Path(path).name
    form = "F-BRIEF" if name.startswith("BR") else "F-TEST"
    (gate.root / path).unlink()
    gate.write(
        path.replace(".yaml", ".gone.yaml"),
        f"record: {Path(path).stem}\nform: {form}\nfiles:\n  - {{file: {name}, sha256: '{digest}'}}\ndisposition: {disposition}\n",
    )
    return digest
