"""受控, 草案, 尚未生效, 作废: the mark follows from what was approved and from the day, not from what a file says of itself."""

import datetime as dt
import hashlib
import json
import re
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
from department import Department
from gate import AGENT, FORM, MANAGER, QUALITY, REG, SECOND, ZONE, Gate

from csdocs.press import Press
from csdocs.press.document import document_view
from csdocs.press.rebuild import rebuild

RECORD = "GA-202610-002"


def marks(gate: Gate, day: str) -> tuple[str, str]:
    """Of the regulation and of the form, as printed on a day."""
    press = Press(gate.root, as_of=dt.datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=ZONE))
    document = document_view(press.facts, press.workspace.documents["REG-TEST"], frozenset(), seal=False)
    text = read(press.blank("F-TEST").data)
    mark = next(each for each in ("受控", "草案", "尚未生效", "作废") if each in text)
    return document.imprint.copy_mark, mark


def read(pdf: bytes) -> str:
    return (
        subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
        .stdout.decode()
        .replace("\n", " ")
    )


def test_only_what_was_approved_is_controlled(gate: Gate) -> None:
    assert marks(gate, "2024-03-02") == ("受控", "受控")
    for path in (REG, FORM):
        gate.raise_revision(path, effective="2024-04-01")
    assert marks(gate, "2024-05-01") == ("草案", "草案")  # whatever day the file gives
    gate.commit("Nobody approved it")
    assert marks(gate, "2024-05-01") == ("草案", "草案")


def check_receipts(pdf: bytes, folder: Path) -> None:
    """Who approved what can be learnt from the PDF alone: of the drafter and of three others."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        files = {name: (file.get_file().read_bytes(), file.description) for name, file in opened.attachments.items()}
    for name, (content, _) in files.items():
        (folder / name).write_bytes(content)
    listed = json.loads(files["provenance.json"][0])["receipts"]
    assert set(listed.values()) < {hashlib.sha256(content).hexdigest() for content, _ in files.values()}
    commands = [words for name, (_, words) in files.items() if name.endswith(".sig")]
    assert len(listed) == len(commands) == 4
    for command in commands:
        done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, check=False)
        assert done.returncode == 0, command


def test_what_was_approved_waits_for_its_day_and_ends_on_its_day(gate: Gate, tmp_path: Path) -> None:
    gate.raise_revision(REG, "major")
    gate.edit(REG, "value: 10", "value: 25")
    gate.approve(REG, MANAGER, QUALITY, SECOND)
    gate.revise(FORM, old="zh: 正文", new="zh: 内容")
    gate.commit("Second revision")
    assert marks(gate, "2024-03-31") == ("尚未生效", "尚未生效")
    assert marks(gate, "2024-04-01") == ("受控", "受控")
    early = Press(gate.root, as_of=dt.datetime(2024, 3, 31, 12, tzinfo=ZONE)).document("REG-TEST").data
    check_receipts(early, tmp_path)
    assert "不低于25" in read(early).replace(" ", "")  # as this revision has it, not the one in force until then
    for path in (REG, FORM):
        gate.raise_revision(path, "major", effective="2024-04-02")
        gate.edit(path, "review_every: 365", "review_every: 365\nwithdrawn: 2024-06-01")
        gate.approve(path, MANAGER, QUALITY, SECOND)
    gate.commit("The end of both")
    assert marks(gate, "2024-05-31") == ("受控", "受控")
    assert marks(gate, "2024-06-01") == ("作废", "作废")


def test_the_manual_holds_what_is_in_force_until_its_successor_is(gate: Gate) -> None:
    manual = (
        "title: {zh: 手册, en: Manual}\nparts:\n  - {document: REG-TEST, contains: [REG-OTHER]}\nappendices: [forms]\n"
    )
    gate.write("handbook/manual.yaml", manual)
    gate.approve("handbook/manual.yaml")
    gate.commit("A manual")
    before = of_manual(gate, "2024-03-20")
    assert ("受控" in before[0], "草案" in before[0], "不低于10" in before[0]) == (True, False, True)
    gate.raise_revision(REG, "major")
    gate.edit(REG, "value: 10", "value: 25")
    gate.write("templates/forms/new.yaml", gate.read(FORM).replace("F-TEST", "F-NEW").replace("TE-", "NE-"))
    assert of_manual(gate, "2024-03-20") == before  # a draft, and a form that nobody has approved
    assert looked_up(gate, before[1]) == "current"
    gate.approve(REG, MANAGER, QUALITY, SECOND)
    gate.commit("Approved, from the first of April")
    assert "不低于25" not in of_manual(gate, "2024-03-31")[0]
    after = of_manual(gate, "2024-04-01")
    assert ("受控" in after[0], "尚未生效" in after[0], "不低于25" in after[0]) == (True, False, True)
    assert (looked_up(gate, before[1]), looked_up(gate, after[1])) == ("superseded", "current")
    gate.raise_revision(FORM, "major", effective="2024-04-02")
    gate.edit(FORM, "review_every: 365", "review_every: 365\nwithdrawn: 2024-04-20")
    gate.approve(FORM)
    gate.commit("The end of a form")
    assert ["F-TEST" in of_manual(gate, day)[0] for day in ("2024-04-19", "2024-04-20")] == [
        True,
        False,
    ]
    listed = {more: gate.run("form", "list", *more).out for more in ((), ("--all",))}
    assert ["F-TEST" in out for out in listed.values()] == [False, True]


def of_manual(gate: Gate, day: str) -> tuple[str, str]:
    """Its text, and the code at its foot."""
    press = Press(gate.root, as_of=dt.datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=ZONE))
    text = read(press.manual().data).replace(" ", "")
    return text.replace("未提交的文件", press.facts.commit[:12]), text.partition("MANUALr1")[2][:8]


def looked_up(gate: Gate, digest: str) -> str:
    said = gate.run("verify", "--code", f"MANUAL r1 {digest}", "--format", "json")
    return str(json.loads(said.out)[0]["standing"])


def test_a_blank_form_is_the_one_in_force_and_is_made_again(gate: Gate, tmp_path: Path) -> None:
    gate.raise_revision(FORM)
    gate.edit(FORM, "zh: 正文", "zh: 内容")
    gate.sign(FORM, AGENT, "submit")
    gate.commit("Waits")
    text = gate.read(FORM).replace("F-TEST", "F-NEW").replace("TE-", "NE-")
    hinted = text.replace("en: Main}\n", "en: Main}\n    hint: {zh: 一行一项, en: A line each}\n")
    gate.write("templates/forms/new.yaml", hinted)
    assert (
        gate.run("form", "blank", "F-NEW", "-o", str(tmp_path)).code == 0
    )  # nothing of it is in force: what lies here
    assert "A line each" in read((tmp_path / "F-NEW.pdf").read_bytes())
    said = gate.run("--lang", "en", "render", "F-NEW", "--in-force")
    assert (said.code, "no revision of F-NEW is in force" in said.err, "hint:" in said.err) == (3, True, True)
    (gate.root / "templates/forms/new.yaml").unlink()
    blank, draft = tmp_path / "blank.pdf", gate.root / "build" / "F-TEST.pdf"
    assert gate.run("--lang", "zh", "form", "blank", "F-TEST", "-o", str(blank)).code == 0
    said = gate.run("--lang", "zh", "render", "f-test")
    assert (said.code, "--in-force" in said.err) == (0, True)
    assert gate.run("--lang", "zh", "render", "F-TEST", "REG-TEST", "--in-force", "-o", str(tmp_path)).err == ""
    assert (tmp_path / "REG-TEST.pdf").exists()
    ruling = tmp_path / "F-TEST.pdf"
    for file, own, other in ((blank, "正文", "内容"), (ruling, "正文", "内容"), (draft, "内容", "正文")):
        data = file.read_bytes()
        assert own in read(data) and other not in read(data)
        assert rebuild(gate.root, data).status == "ok"


def test_a_record_that_was_amended_says_what_counts_instead(department: Department) -> None:
    press = Press(department.root)
    first = next(path for path in press.workspace.record_paths() if path.endswith(f"{RECORD}.yaml"))
    text = read(press.record(first).data)
    assert "作废" in text
    (code,) = set(re.findall(rf"{RECORD} r\d+ \w+", text))
    said = department.run("--lang", "en", "verify", "--code", code).text
    assert f"superseded by {RECORD}.a1\n" in said and f" {RECORD}.a1  amended: " in said
    assert f"replaced by {RECORD}.a1" in read(Press(department.root, language="en").record(first).data)
    amended = first.replace(".yaml", ".a1.yaml")
    later = read(press.record(amended).data)
    assert "取代" not in later
    assert "作废" not in later
    by = next(each.by for each in press.case(amended).record.signatures)
    assert department.run("amend", RECORD, "--as", by, "--reason", "错").code == 0
    unsigned = read(Press(department.root).record(first.replace(".yaml", ".a2.yaml")).data)
    assert f"本次更正未生效，以 {RECORD}.a1 为准" in unsigned and "受控" not in unsigned
    (code,) = re.findall(rf"{RECORD}\.a2 r\d+ \w+", unsigned)
    assert department.run("--lang", "en", "verify", "--code", code).text.startswith(f"{RECORD}.a2: an unapproved draft")
