"""`csdocs verify --rebuild`: the file is exactly what the commit gives, whatever lies in the work tree by now."""

import datetime as dt
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from department import Department
from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject, pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from csdocs.load.workspace import Workspace
from csdocs.press import Press, Rendition, rebuild
from csdocs.press.sealing import load_seal, sealing_moment, trusted_roots
from csdocs.render import seal
from csdocs.render.embedded import read_embedded_file
from csdocs.render.seal import seal_pdf
from csdocs.render.tool import tools
from csdocs.render.verdict import PROVENANCE
from csdocs.render.verify import verify_pdf

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


def paint_over(writer: IncrementalPdfFileWriter) -> None:
    contents = writer.root["/Pages"]["/Kids"][0].raw_get("/Contents").reference
    writer.objects[contents.generation, contents.idnum] = StreamObject(stream_data=b"0 0 600 800 re f")


def add_a_note(writer: IncrementalPdfFileWriter) -> None:
    note = DictionaryObject({pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/FreeText")})
    writer.register_annotation(writer.root["/Pages"]["/Kids"].raw_get(0), writer.add_object(note))


def swap_the_source(writer: IncrementalPdfFileWriter) -> None:
    source = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"].raw_get("/F").reference
    writer.objects[source.generation, source.idnum] = StreamObject(stream_data=b"id: forged\n")


def add_a_script(writer: IncrementalPdfFileWriter) -> None:
    action = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert(1)")}
    writer.root[pdf_name("/OpenAction")] = writer.add_object(DictionaryObject(action))
    writer.update_root()


def change_the_title(writer: IncrementalPdfFileWriter) -> None:
    metadata = writer.root.raw_get("/Metadata").reference
    writer.objects[metadata.generation, metadata.idnum] = StreamObject(stream_data=b"<x:xmpmeta/>")


def add_a_form(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/AcroForm"][pdf_name("/XFA")] = pdf_string("other pages")
    writer.update_container(writer.root["/AcroForm"])


def name_another_description(writer: IncrementalPdfFileWriter) -> None:
    writer.set_info(writer.add_object(DictionaryObject({pdf_name("/Title"): pdf_string("another")})))


SEALED = (f"{RECORD}.pdf", "F-COMPLAINT.pdf")  # with a place for the seal, and without
SLIPPED_IN = (
    *product(SEALED, (paint_over, add_a_note, swap_the_source, add_a_script)),
    (SEALED[0], change_the_title),
    (SEALED[0], add_a_form),
    (SEALED[0], name_another_description),
)


@pytest.mark.parametrize(("name", "change"), SLIPPED_IN)
def test_what_the_keeper_of_the_seal_slips_in_is_found(
    department: Department, sealed: Path, monkeypatch: pytest.MonkeyPatch, name: str, change: Callable[..., None]
) -> None:
    """The file begins with the right bytes and its seal is good; what readers see comes from the revision of the seal."""
    data = (sealed / name).read_bytes()
    made = data[: data.index(b"%%EOF") + 6]
    find_field = seal._empty_field

    def slip_in(writer: IncrementalPdfFileWriter) -> Any:
        change(writer)
        return find_field(writer)

    monkeypatch.setattr(seal, "_empty_field", slip_in)
    workspace = department.workspace()
    forged = seal_pdf(made, load_seal(workspace, None), name="x", reason="y", moment=sealing_moment(workspace))
    assert verify_pdf(forged, trusted_roots(department.workspace())).genuine
    said = rebuild(department.root, forged)
    assert (said.status, "more than a seal" in said.sentence.en) == ("failed", True)


def test_an_unsealed_file_is_compared_to_its_end(department: Department, sealed: Path) -> None:
    data = (sealed / "REG-HANDOVER.pdf").read_bytes()
    made = data[: data.index(b"%%EOF") + 6]
    assert rebuild(department.root, made).status == "ok"
    writer = IncrementalPdfFileWriter(BytesIO(made))
    paint_over(writer)
    appended = BytesIO()
    writer.write(appended)
    assert rebuild(department.root, appended.getvalue()).status == "failed"


def test_what_cannot_be_made_again_is_said(department: Department, sealed: Path, tmp_path: Path) -> None:
    data = (sealed / f"{RECORD}.pdf").read_bytes()
    assert rebuild(department.root, data).status == "ok"
    assert rebuild(department.root, b"%PDF-1.7 nothing").status == "unknown"
    facts = json.loads(read_embedded_file(data, PROVENANCE) or b"")
    for claimed, why in (
        ({"workspace": "0" * 32}, "belongs to another workspace"),
        ({"commit": "HEAD"}, "commit HEAD is not in the history"),
        ({"rendition": "blank"}, "cannot be made again"),
        ({"as_of": "2026-11-02T09:00:00"}, "does not say from what it was made"),
        ({"language": "fr"}, "does not say from what it was made"),
        ({"copy_for": "everybody"}, "does not say from what it was made"),
    ):
        with mock.patch("csdocs.press.rebuild._provenance", return_value={**facts, **claimed}):
            said = rebuild(department.root, data)
        assert (said.status, why in said.sentence.en) == ("unknown", True), said
    department.git("switch", "-q", "--orphan", "other")
    department.write("csdocs.yaml", "x: y\n")
    department.commit("Another history")
    assert "not in the history" in rebuild(department.root, data).sentence.en


def test_what_other_libraries_printed_is_no_forgery(department: Department, sealed: Path) -> None:
    """They set and draw as they please: that the bytes differ says nothing against the file."""
    data = (sealed / f"{RECORD}.pdf").read_bytes()
    printed = Rendition("", "", b"other bytes")
    with mock.patch("csdocs.press.rebuild._print", return_value=printed), mock.patch.dict(tools(), weasyprint="99.0"):
        said = rebuild(department.root, data)
    assert said.status == "unknown"
    assert re.search(r"made by weasyprint [67]\d\S+, this is weasyprint 99\.0;", said.sentence.en)


def test_a_repository_that_counts_with_sha_256(department: Department, tmp_path: Path) -> None:
    shutil.rmtree(department.root / ".git")
    subprocess.run(["git", "init", "-q", "--object-format=sha256", str(department.root)], check=True)
    department.commit("Begin anew")
    assert len(department.git("rev-parse", "HEAD").strip()) == 64
    assert department.run("render", RECORD, "-o", str(tmp_path)).code == 0
    assert rebuild(department.root, (tmp_path / f"{RECORD}.pdf").read_bytes()).status == "ok"


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
    below = [each.workspace.source.files_below("records") for each in (tree, commit)]
    assert list(below[0]) == list(below[1])
    assert tree.workspace.files == commit.workspace.files
    assert tree.manual() == commit.manual()


def test_of_an_endless_file_only_what_is_needed_is_read(department: Department) -> None:
    said = department.run("verify", "/dev/zero", "--rebuild", "--format", "json")
    assert said.code == 1
    assert "larger than" in said.json[0]["integrity"]["sentence"] or "过大" in said.json[0]["integrity"]["sentence"]


def test_time_and_revocation_are_told_as_the_reader_can_know_them(department: Department, sealed: Path) -> None:
    """As the seal's picture has the time; and nobody is told of a list that was never looked at."""
    inside = department.run("verify", str(sealed / f"{RECORD}.pdf"), "--format", "json").json[0]
    assert " 09:00:00 +08:00" in inside["time"]["sentence"]
    assert "not revoked" in inside["authority"]["sentence"] or "未被吊销" in inside["authority"]["sentence"]
    outside = verify_pdf((sealed / f"{RECORD}.pdf").read_bytes(), trusted_roots(department.workspace()))
    assert outside.genuine
    assert "no list" in outside.authority.sentence.en


def test_a_seal_states_its_time_on_the_clocks_of_its_place(department: Department) -> None:
    department.clock(None)
    department.edit("csdocs.yaml", "Asia/Shanghai", "Asia/Kathmandu")
    assert sealing_moment(Workspace(department.root)).utcoffset() == dt.timedelta(hours=5, minutes=45)
