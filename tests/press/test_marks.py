"""受控, 草案, 尚未生效, 作废: the mark follows from what was approved and from the day, not from what a file says of itself."""

import datetime as dt
import subprocess

from department import Department
from gate import FORM, MANAGER, QUALITY, REG, SECOND, ZONE, Gate

from csdocs.press import Press
from csdocs.press.document import document_view, manual_view

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


def test_what_was_approved_waits_for_its_day_and_ends_on_its_day(gate: Gate) -> None:
    gate.raise_revision(REG, "major")
    gate.edit(REG, "value: 10", "value: 25")
    gate.approve(REG, MANAGER, QUALITY, SECOND)
    gate.revise(FORM, old="zh: 正文", new="zh: 内容")
    gate.commit("Second revision")
    assert marks(gate, "2024-03-31") == ("尚未生效", "尚未生效")
    assert marks(gate, "2024-04-01") == ("受控", "受控")
    early = Press(gate.root, as_of=dt.datetime(2024, 3, 31, 12, tzinfo=ZONE)).document("REG-TEST").data
    assert "不低于25" in read(early).replace(" ", "")  # as this revision has it, not the one in force until then
    for path in (REG, FORM):
        gate.raise_revision(path, "major", effective="2024-04-02")
        gate.edit(path, "review_every: 365", "review_every: 365\nwithdrawn: 2024-06-01")
        gate.approve(path, MANAGER, QUALITY, SECOND)
    gate.commit("The end of both")
    assert marks(gate, "2024-05-31") == ("受控", "受控")
    assert marks(gate, "2024-06-01") == ("作废", "作废")


def test_a_manual_with_a_draft_in_it_is_a_draft(gate: Gate) -> None:
    manual = (
        "title: {zh: 手册, en: Manual}\nparts:\n  - {document: REG-TEST, contains: [REG-OTHER]}\nappendices: [forms]\n"
    )
    gate.write("handbook/manual.yaml", manual)
    gate.approve("handbook/manual.yaml")
    gate.commit("A manual")
    assert manual_view(Press(gate.root).facts, seal=False).imprint.copy_mark == "受控"
    gate.edit(FORM, "zh: 正文", "zh: 内容")
    view = manual_view(Press(gate.root).facts, seal=False)
    assert view.imprint.copy_mark == "草案"
    assert [blank.imprint.copy_mark for blank in view.appendices[0].blanks] == ["受控", "草案"]


def test_a_record_that_was_amended_says_what_counts_instead(department: Department) -> None:
    press = Press(department.root)
    first = next(path for path in press.workspace.record_paths() if path.endswith(f"{RECORD}.yaml"))
    text = read(press.record(first).data)
    assert "作废" in text
    assert f"replaced by {RECORD}.a1" in read(Press(department.root, language="en").record(first).data)
    later = read(press.record(first.replace(".yaml", ".a1.yaml")).data)
    assert "取代" not in later
    assert "作废" not in later
