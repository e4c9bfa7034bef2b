"""`csdocs verify --code`: what a person with paper in hand is told."""

import datetime as dt
import hashlib
import re
from pathlib import Path

import pytest
from department import Department
from gate import AGENT, FORM, MANAGER, QUALITY, REG, SECOND, WORKSPACE_ID, Gate
from hypothesis import given
from hypothesis import strategies as st

from csdocs.model.code import printed_code, qr_text, read_code
from csdocs.press import Press
from csdocs.press.document import manual_view

RECORD = "TS-202609-001"


def code_of(root: Path, path: str, id: str, revision: int = 1) -> str:
    return printed_code(id, revision, hashlib.sha256((root / path).read_bytes()).hexdigest())


@pytest.mark.parametrize(
    "typed",
    [
        "JB-20261120-early-A01 r1 0a1b2c3d",
        "  jb-20261120-EARLY-a01   R1 0A1B2C3D ",
        "ＪＢ－２０２６１１２０－ｅａｒｌｙ－Ａ０１　ｒ１　０ａ１ｂ２ｃ３ｄ",
        "JB–20261120–early–A01 r 1 0a1b 2c3d",
        "JB-20261120-early-A01r1oalb2c3d",
        "JB-20261120-early-A01 rI 0a|b2c3d",
        "核验码：JB-20261120-early-A01 r1 0a1b2c3d",
        "Check code JB-20261120-early-A01 r1 0a1b2c3d",
        "csdocs:01234567/JB-20261120-early-A01/r1/0a1b2c3d",
        "CSDOCS:01234567 / JB-20261120-early-A01 / r1 / 0a1b2c3d\n",
    ],
)
def test_however_it_was_typed(typed: str) -> None:
    code = read_code(typed)
    assert code is not None
    assert (code.id, code.revision, code.digest) == ("jb-20261120-early-a01", 1, "0a1b2c3d")


@given(st.text(max_size=60))
def test_nothing_typed_breaks_it(typed: str) -> None:
    read_code(typed)


@given(st.from_regex(r"(REG|F|TS)-[A-Z0-9-]{1,20}", fullmatch=True), st.integers(1, 999999), st.binary(max_size=9))
def test_what_is_printed_is_read(id: str, revision: int, data: bytes) -> None:
    digest = hashlib.sha256(data).hexdigest()
    short, scanned = (
        read_code(printed_code(id, revision, digest)),
        read_code(qr_text(WORKSPACE_ID, id, revision, digest)),
    )
    assert short is not None and scanned is not None
    assert short[:3] == (id.lower(), revision, digest[:8])
    assert scanned == (id.lower(), revision, digest[:16], WORKSPACE_ID[:8])


def standing(workspace: Department | Gate, code: str, expected: int) -> dict[str, object]:
    import json

    said = workspace.run("verify", "--code", code, "--format", "json")
    assert said.code == expected, (said.out, said.err)
    out = said.out.decode() if isinstance(said.out, bytes) else said.out
    return dict(json.loads(out)[0])


def record_path(department: Department) -> str:
    return next(path for path in department.workspace().record_paths() if path.endswith(f"/{RECORD}.yaml"))


def test_what_the_press_prints_is_current(department: Department) -> None:
    """The codes are taken from the pages themselves."""
    press = Press(department.root)
    views = []
    keep = press.facts.imprint
    press.facts.imprint = lambda *a, **k: views.append(keep(*a, **k)) or views[-1]  # type: ignore[method-assign]
    press.record(record_path(department))
    press.document("REG-HANDOVER")
    press.blank("F-COMPLAINT")
    manual_view(press.facts, seal=False)
    for code in dict.fromkeys(view.code for view in views):
        assert standing(department, code, 0)["standing"] == "current", code


def test_a_record_that_moved_on(department: Department) -> None:
    path = record_path(department)
    before = code_of(department.root, path, RECORD)
    full = department.read(path)
    cut = full[: [m.start() for m in re.finditer(r"(?m)^  - step: ", full)][-1]]
    department.write(path, cut)
    department.commit("As it was a step earlier")
    earlier = code_of(department.root, path, RECORD)
    department.write(path, full)
    department.commit("Signed")
    assert standing(department, earlier, 1)["standing"] == "superseded"
    said = department.run("--lang", "en", "verify", "--code", earlier).text
    assert re.search(
        rf"has moved on .*\n  What has changed since:\n    2026-[-\d]+ {RECORD}  S\d+, step .*: signed\n$", said
    )
    assert standing(department, before, 0)["standing"] == "current"
    (department.root / path).unlink()
    department.commit("Removed")
    assert standing(department, before, 1)["standing"] == "withdrawn"


def test_a_void_record_and_a_forged_code(department: Department) -> None:
    path = record_path(department)
    before = code_of(department.root, path, RECORD)
    posts = department.workspace().forms["F-COMPLAINT"].void_by
    register = department.workspace().register
    by = register.holders(posts[0], dt.date(2026, 11, 2))[0].staff_no
    said = department.run("void", RECORD, "--as", by, "--reason", "误填", "--yes")
    assert said.code == 0, said.err
    assert standing(department, before, 1)["standing"] == "void"
    assert standing(department, f"{RECORD} r1 00000000", 1)["standing"] == "forged"
    assert standing(department, re.sub(" r1 ", " r2 ", before), 1)["standing"] == "forged"
    assert standing(department, "TS-209901-001 r1 00000000", 1)["standing"] == "unknown"
    assert standing(department, "csdocs:ffffffff/TS-202609-001/r1/00000000", 1)["standing"] == "unknown"


def test_a_document_is_superseded_when_its_successor_rules(gate: Gate) -> None:
    first = code_of(gate.root, REG, "REG-TEST")
    assert standing(gate, first, 0)["standing"] == "current"
    gate.revise(effective="2024-04-01")
    second = code_of(gate.root, REG, "REG-TEST", 2)
    assert standing(gate, second, 1)["standing"] == "draft"
    gate.commit()
    found = standing(gate, first, 1)
    assert (found["standing"], found["by"]) == ("superseded", "REG-TEST r2")
    assert [change["words"] for change in found["changes"]] == ["Revision"]  # type: ignore[attr-defined, index]
    assert standing(gate, second, 0)["standing"] == "current"


def test_a_document_that_rules_only_later(gate: Gate) -> None:
    gate.revise(effective="2124-04-01")
    gate.commit()
    assert standing(gate, code_of(gate.root, REG, "REG-TEST", 2), 1)["standing"] == "pending"


def test_what_is_in_force_is_printed_while_what_lies_here_cannot_be_read(gate: Gate, tmp_path: Path) -> None:
    for path, id in ((REG, "REG-TEST"), (FORM, "F-TEST")):
        gate.edit(path, "\nrevision: 1\n", "\nrevision: one\n")
        said = gate.run("render", id, "-o", str(tmp_path))
        assert (said.code, f"{path} has errors" in said.err) == (3, True)
        said = gate.run("render", id.lower(), "--in-force", "-o", str(tmp_path))
        assert said.code == 0, said.err
        assert list(tmp_path.glob(f"{id}*.pdf"))


def test_a_form(gate: Gate) -> None:
    first = code_of(gate.root, FORM, "F-TEST")
    assert standing(gate, first, 0)["standing"] == "current"
    gate.raise_revision(FORM, by=(AGENT,))
    gate.approve(FORM)
    gate.commit()
    assert standing(gate, first, 1)["by"] == "F-TEST r2"


def test_the_manual_says_what_changed(department: Department) -> None:
    press = Press(department.root)
    text = qr_text(press.workspace.settings.workspace, "MANUAL", 1, _manual_digest(press))
    assert standing(department, text, 0)["standing"] == "current"
    path = "handbook/regulations/REG-UNIFORM.md"
    before = code_of(department.root, path, "REG-UNIFORM")
    department.write(path, department.read(path) + "\n\n")
    found = standing(department, before, 1)
    assert (found["by"], found["changes"][0]["words"]) == ("REG-UNIFORM r1", "the draft was edited")  # type: ignore[index]
    found = standing(department, text, 1)
    assert found["standing"] == "superseded"
    assert [change["what"] for change in found["changes"]] == ["REG-UNIFORM"]  # type: ignore[attr-defined, index]
    department.commit("An edit")
    department.clock("2026-11-20T09:00:00+08:00")
    (change,) = standing(department, text, 1)["changes"]  # type: ignore[misc, attr-defined]
    assert change["day"] == "2026-11-02"  # on which it was committed
    department.edit("csdocs.yaml", "profiles: [GEN, TEL]", "profiles: [GEN]")
    found = standing(department, text, 1)
    gone = {change["what"] for change in found["changes"]}  # type: ignore[attr-defined, index]
    assert {"REG-HANDOVER", "F-HANDOVER"} <= gone
    assert "REG-DUTY" not in gone
    assert standing(department, "MANUAL r1 00000000", 1)["standing"] == "forged"


def _manual_digest(press: Press) -> str:
    workspace = press.workspace
    assert workspace.manual is not None
    ids = [id for part in workspace.manual.parts for id in (part.document, *part.contains)]
    paths = [workspace.documents[id].path for id in ids if id in workspace.documents_in_use]
    paths += [workspace.form_paths[id] for id in sorted(workspace.forms_in_use)]
    data = b"".join(workspace.files[path] for path in paths)
    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("path", "id"),
    [("handbook/regulations/REG-COLLAB.md", "REG-COLLAB"), ("records/complaint/2026/09/TS-202609-001.yaml", RECORD)],
)
def test_letters_read_as_digits_and_digits_as_letters(department: Department, path: str, id: str) -> None:
    """As somebody reads them off a photograph: nothing on the paper says which it is."""
    code = code_of(department.root, path, id)
    for typed in (code.upper().replace("0", "O"), code.lower().replace("1", "l").replace("o", "0")):
        said = standing(department, typed, 0)
        assert (said["standing"], said["id"]) == ("current", id), typed
    other = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert standing(department, other.replace("0", "O"), 1)["standing"] == "forged"


def test_of_two_ids_that_look_alike_the_one_that_was_typed_is_meant(department: Department) -> None:
    text = department.read("handbook/regulations/REG-COLLAB.md")
    department.write("handbook/regulations/REG-C0LLAB.md", text.replace("id: REG-COLLAB", "id: REG-C0LLAB"))
    department.commit("Two that look alike")
    for id in ("REG-COLLAB", "REG-C0LLAB"):
        path = f"handbook/regulations/{id}.md"
        assert standing(department, code_of(department.root, path, id), 0)["id"] == id
    assert standing(department, code_of(department.root, path, "REG-COLIAB"), 1)["standing"] == "unknown"


@pytest.mark.parametrize("day", ["2026-10-01", "2026-11-02"])
def test_a_withdrawn_document(department: Department, day: str) -> None:
    path = "handbook/regulations/REG-UNIFORM.md"
    department.edit(path, "review_every:", f"withdrawn: {day}\nreview_every:")
    department.edit("handbook/regulations/REG-COLLAB.md", "review_every:", "supersedes: REG-UNIFORM\nreview_every:")
    code = code_of(department.root, path, "REG-UNIFORM")
    said = department.run("--lang", "en", "verify", "--code", code)
    assert (said.code, said.text.splitlines()[1:]) == (1, [f"  withdrawn since {day}", "  replaced by REG-COLLAB"])


def test_an_approved_document_is_withdrawn_by_its_last_revision(gate: Gate) -> None:
    first = code_of(gate.root, REG, "REG-TEST")
    gate.raise_revision(REG, "major")
    gate.edit(REG, "review_every:", "withdrawn: 2024-05-01\nreview_every:")
    gate.approve(REG, MANAGER, QUALITY, SECOND)
    gate.commit()
    for code in (first, code_of(gate.root, REG, "REG-TEST", 2)):
        assert standing(gate, code, 1)["standing"] == "withdrawn"
        assert "withdrawn since 2024-05-01" in gate.run("verify", "--code", code).out


def test_wrong_usage(department: Department, tmp_path: Path) -> None:
    assert department.run("verify").code == 2
    assert department.run("verify", "--code", "hello").code == 2
    said = department.run("verify", "--code", code_of(department.root, record_path(department), RECORD))
    assert (said.code, RECORD in said.text) == (0, True)
