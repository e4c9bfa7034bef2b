"""`csdocs verify --rebuild`: the file is exactly what the commit gives, whatever lies in the work tree by now."""

import shutil
from pathlib import Path

import pytest
from department import Department

from csdocs.press import Press, rebuild
from csdocs.press.sealing import load_seal, sealing_moment
from csdocs.render.seal import seal_pdf

RECORD = "TS-202609-001"


@pytest.fixture(scope="session")
def sealed(laid: Department, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sealed")
    said = laid.run("render", RECORD, "REG-HANDOVER", "F-COMPLAINT", "--seal", "-o", str(folder))
    assert said.code == 0, said.err
    return folder


def test_what_was_printed_comes_out_again(department: Department, sealed: Path) -> None:
    shutil.rmtree(department.root / "records")
    department.edit("handbook/regulations/REG-HANDOVER.md", "REG-HANDOVER\n", "REG-HANDOVER\n\n")
    files = sorted(map(str, sealed.iterdir()))
    said = department.run("verify", *files, "--rebuild", "--format", "json")
    assert said.code == 0, said.text
    assert [each["rebuilt"]["status"] for each in said.json] == ["ok"] * 3
    assert [each["rebuilt"]["sha256"] for each in said.json] == [each["base_sha256"] for each in said.json]


def test_a_sealed_file_with_other_pages_is_found(department: Department, sealed: Path, tmp_path: Path) -> None:
    """Whoever holds the seal can seal anything; only the repository knows what it should have been."""
    path = department.workspace().record_paths()
    record = next(each for each in path if RECORD in each)
    text = department.read(record)
    press = Press(department.root, seal=True)
    press.facts.changed  # noqa: B018  # read before the file is touched: the forger's program says nothing of it
    amount = next(line for line in text.split("\n") if line.startswith("  customer"))
    department.write(record, text.replace(amount, f"{amount}9", 1))
    made = press.record(record).data
    sealer = load_seal(press.workspace, None)
    forged = seal_pdf(made, sealer, name="x", reason="y", moment=sealing_moment(press.workspace))
    (tmp_path / "forged.pdf").write_bytes(forged)
    said = department.run("verify", str(tmp_path / "forged.pdf"), "--rebuild", "--format", "json")
    assert said.code == 1
    assert said.json[0]["genuine"] is True
    assert said.json[0]["rebuilt"]["status"] == "failed"


def test_what_cannot_be_made_again_is_said(department: Department, sealed: Path, tmp_path: Path) -> None:
    data = (sealed / f"{RECORD}.pdf").read_bytes()
    assert rebuild(department.root, data).status == "ok"
    assert rebuild(department.root, b"%PDF-1.7 nothing").status == "unknown"
    department.git("switch", "-q", "--orphan", "other")
    department.write("csdocs.yaml", "x: y\n")
    department.commit("Another history")
    assert "not in the history" in rebuild(department.root, data).sentence.en


def test_uncommitted_content_is_said(department: Department, tmp_path: Path) -> None:
    path = "handbook/regulations/REG-UNIFORM.md"
    department.write(path, department.read(path) + "\n\n")
    assert department.run("render", "REG-UNIFORM", "-o", str(tmp_path)).code == 0
    said = rebuild(department.root, (tmp_path / "REG-UNIFORM.pdf").read_bytes())
    assert (said.status, "not committed" in said.sentence.en) == ("unknown", True)


def test_a_commit_prints_what_the_work_tree_printed(department: Department) -> None:
    """In a manual of one part, since the whole one takes its time."""
    text = department.read("handbook/manual.yaml")
    rest = "parts:\n  - {document: HB-40, contains: [REG-CONF]}\nappendices: [roles, parameters, revisions]\n"
    department.write("handbook/manual.yaml", text.partition("parts:")[0] + rest)
    department.commit("A short manual")
    tree, commit = Press(department.root), Press(department.root, commit="HEAD")
    assert list(tree.workspace.record_paths()) == list(commit.workspace.record_paths())
    assert list(tree.workspace.other_record_files()) == list(commit.workspace.other_record_files())
    assert tree.workspace.files == commit.workspace.files
    assert tree.manual() == commit.manual()
