"""`csdocs diff` in a real workspace with two revisions."""

import datetime as dt
import json
import sys
from pathlib import Path

import click
import pikepdf
import pytest

from csdocs.cli.main import COULD_NOT_LOOK, USAGE, run
from csdocs.model.text import Text
from csdocs.prepare.starter import create_workspace
from csdocs.press import rebuild
from csdocs.render.embedded import read_embedded_file
from csdocs.store import git

PATH = "handbook/regulations/REG-HANDOVER.md"
ENTRY = """  - revision: 2
    date: 2026-11-18
    kind: minor
    summary: {zh: 提早到岗, en: Come earlier}
    reason: {zh: 准备不足, en: Ill prepared}
    drafted_by: [S0007]
parameters:
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("compare") / "workspace"
    create_workspace(root, Text("样例部门", "Sample department"))
    _commit(root, "2026-09-01T09:00:00+08:00")
    text = (root / PATH).read_text("utf-8")
    for old, new in (
        ("revision: 1\nowner", "revision: 2\nowner"),
        ("parameters:\n", ENTRY),
        ('value: "10"', 'value: "12"'),
        ("不得影响正在值机的同事", "可以影响正在值机的同事"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    (root / PATH).write_text(text, "utf-8")
    _commit(root, "2026-11-18T09:00:00+08:00")
    return root


def _commit(root: Path, at: str) -> None:
    git.commit_all(root, "State", ("Test", "test@example.org"), dt.datetime.fromisoformat(at))


@pytest.fixture(autouse=True)
def _in_workspace(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace)


def test_previous_and_current_revision_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "zh", "diff", "REG-HANDOVER"]) == 0
    out = capsys.readouterr().out
    assert "第1版（2026-09-01起） → 第2版（2026-09-01起）" in out
    assert "[-不得-]{+可以+}影响正在值机的同事" in out
    assert "前[-10-]{+12+}至15分钟到岗" in out
    assert "↳ 第2版：准备不足" in out
    assert "重大" in out


def test_by_path_and_range(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", PATH, "0..1"]) == 0
    assert "(none) → revision 1" in capsys.readouterr().out


def test_html_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "deep" / "redline.html"
    assert run(["diff", "reg-handover", "1..2", "-o", str(target)]) == 0  # as its ending says
    assert capsys.readouterr().out.strip() == str(target)
    assert "<del>不得</del><ins>可以</ins>" in target.read_text("utf-8")


def test_pdf_holds_both_states(workspace: Path, tmp_path: Path) -> None:
    target = tmp_path / "redline.pdf"
    assert run(["--lang", "zh", "diff", "REG-HANDOVER", "--format", "pdf", "-o", str(target)]) == 0
    with pikepdf.open(target) as pdf:
        attached = {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
    assert set(attached) == {"REG-HANDOVER-r1.md", "REG-HANDOVER-r2.md", "provenance.json"}
    assert attached["REG-HANDOVER-r2.md"] == (workspace / PATH).read_bytes()


def test_a_redline_can_be_made_again(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for range_ in ("1..2", "0..1"):
        target = tmp_path / f"{range_}.pdf"
        assert run(["--lang", "zh", "diff", "REG-HANDOVER", range_, "--format", "pdf", "-o", str(target)]) == 0
        assert rebuild(workspace, target.read_bytes()).status == "ok"
    facts = json.loads(read_embedded_file(target.read_bytes(), "provenance.json") or b"")
    facts["compared"][1]["sha256"] = "0" * 64
    monkeypatch.setattr(
        sys.modules["csdocs.press.rebuild"], "read_embedded_file", lambda data, name: json.dumps(facts).encode()
    )
    said = rebuild(workspace, target.read_bytes())
    assert (said.status, "not in the history" in said.sentence.en) == ("unknown", True)


def test_a_form_without_a_second_revision(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "F-HANDOVER"]) == COULD_NOT_LOOK
    assert "0..1" in capsys.readouterr().err


@pytest.mark.parametrize("range_", ["2..1", "x", "1..1", "9" * 5_000])
def test_ranges_that_make_no_sense(range_: str) -> None:
    assert run(["diff", "REG-HANDOVER", range_]) == USAGE


@pytest.mark.parametrize("arguments", [["REG-NOWHERE"], ["REG-HANDOVER", "1..7"]])
def test_what_is_not_there(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", *arguments]) == COULD_NOT_LOOK
    assert "REG-" in capsys.readouterr().err


def test_colours() -> None:
    from csdocs.cli.diff import _colour

    assert click.unstyle(_colour("delete", "x")) == _colour("equal", "x") == "x"
