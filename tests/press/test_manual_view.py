"""What the manual prints follows the settings: exceptions of approval where everybody sees them, and nothing that is not in use."""

import re
import shutil
import subprocess
from pathlib import Path

from gate import Gate

from csdocs.press.document import document_view, manual_view
from csdocs.press.fact import PrintFacts
from csdocs.press.printing import Press

ROOT = Path(__file__).resolve().parents[2]
EXCEPTION = """
  exceptions:
    - {paths: "templates/forms/*", allow: drafter_approves, reason: 文控员一人在岗, approver: S0001, until: 2027-03-31}
"""


def printed(root: Path) -> list[tuple[str, ...]]:
    revisions = next(
        a for a in manual_view(PrintFacts(root, None, "zh"), seal=False).appendices if a.anchor.endswith("revisions")
    )
    return [row for table in revisions.tables[1:] for row in table.rows]


def test_an_industry_that_is_off_is_not_in_the_manual(tmp_path: Path) -> None:
    for name in ("csdocs.yaml", "handbook", "templates"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    settings = tmp_path / "csdocs.yaml"
    settings.write_text(settings.read_text("utf-8").replace("profiles: [GEN, TEL]", "profiles: [GEN]"), "utf-8")
    view = manual_view(PrintFacts(tmp_path, None, "zh"), seal=False)
    documents = {document.id for part in view.parts for document in part.documents}
    listed = {row[0] for appendix in view.appendices for table in appendix.tables for row in table.rows}
    assert {"REG-DUTY", "HB-20"} <= documents
    assert not {"REG-HANDOVER", "REG-ROOM"} & (documents | listed)
    assert "F-COMPLAINT" in listed
    blanks = {blank.form_id for appendix in view.appendices for blank in appendix.blanks}
    assert blanks == {id for id in listed if id.startswith("F-")}
    assert "F-HANDOVER" not in listed
    uniform = next(blank for appendix in view.appendices for blank in appendix.blanks if blank.form_id == "F-UNIAPPLY")
    labels = [each.label for each in uniform.sections[0].content]
    assert labels.index("领用明细") < labels.index("套数") < labels.index("备注")


def test_blank_forms_follow_their_list_and_pages_are_named(gate: Gate) -> None:
    parts = "title: {zh: 手册, en: Manual}\nparts:\n  - {document: REG-TEST}\nappendices: [forms, roles, parameters]\n"
    gate.write("handbook/manual.yaml", parts)
    data = Press(gate.root, language="en").manual().data
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True).stdout
    pages = [" ".join(page.split()) for page in text.decode().split("\f")[:-1]]
    blank = next(number for number, page in enumerate(pages, 1) if "F-TEST" in page and "Staff no." in page)
    rules = next(number for number, page in enumerate(pages, 1) if "Article 1" in page)
    listed = next(page for page in pages if " Forms " in page and "F-TEST" in page)
    assert re.search(rf"F-TEST Test form REG-TEST/1 \S.* {blank}\b", listed), listed
    posts = next(page for page in pages if "Index of posts Id" in page)
    assert re.search(rf"R-DEPTMGR Manager .* {rules}\b", posts), posts
    parameters = next(page for page in pages if "Index of parameters Parameter" in page)
    assert re.search(rf"Least 10 REG-TEST {rules}\b", parameters), parameters
    assert blank < pages.index(posts) + 1


def test_an_exemption_stands_in_the_manual(tmp_path: Path) -> None:
    for name in ("csdocs.yaml", "handbook", "templates"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert printed(tmp_path) == []
    settings = tmp_path / "csdocs.yaml"
    settings.write_text(settings.read_text("utf-8").rstrip() + EXCEPTION, "utf-8")
    assert printed(tmp_path) == [("templates/forms/*", "起草人可以兼任审批", "文控员一人在岗", "2027-03-31")]


def test_a_clause_is_set_alike_however_its_file_is_spaced() -> None:
    """A list of one clause, or without blank lines, has its opening words in a paragraph as well."""
    facts = PrintFacts(ROOT, None, "zh")
    views = (document_view(facts, each, frozenset(), seal=False) for each in facts.workspace.documents.values())
    bodies = [clause.body for view in views for chapter in view.chapters for clause in chapter.clauses]
    assert len(bodies) > 500
    assert [body for body in bodies if not body.startswith("<p>")] == []
