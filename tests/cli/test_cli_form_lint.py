"""`csdocs form lint`: every mistake of a draft, wherever it lies, with the place and what was meant."""

from pathlib import Path

import pytest
from department import Department, field, form, label, run_here

from csdocs.cli.table import width

RULE = {"id": "r", "assert": "qty > 0", "at": "qty", "message": label("x")}
FIELDS = [
    field("qty", "integer"),
    field("kind", "choice", options=[{"code": code, "label": label(code)} for code in ("early", "late")]),
    field("parts", "rows", key="line", fields=[field("line", "code", required="true"), field("size", "choice", options=[{"code": "big", "label": label("big")}])]),
]  # fmt: skip
GOOD = form("F-DRAFT", fields=FIELDS, rules=[RULE])


def said(department: Department, text: str, *more: str) -> list[str]:
    """Codes and messages of a draft that lies outside of the workspace, in English."""
    (department.root.parent / "draft.yaml").write_text(text, "utf-8")
    report = department.run("form", "lint", "../draft.yaml", "--format", "json", *more)
    findings = report.json["findings"]
    assert report.code == (1 if findings else 0)
    assert {finding["path"] for finding in findings} <= {"../draft.yaml"}
    return [f"{finding['code']} {finding['message']}" for finding in findings]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("changes:", "chages:", "SHP151 unknown key “chages”; did you mean changes?"),
        ("kind: integer", "kind: integr", "SHP154 unknown field kind “integr”; did you mean integer?"),
        ("en: qty", "eng: qty", "SHP153"),
        ("assert: qty > 0", "assert: m > 0", "FRM401 the expression m > 0 is wrong at character 1"),
        ("assert: qty > 0", "assert: qty > param.leest", "FRM401 the expression qty > param.leest is wrong at character 13: there is no leest in it; did you mean least?"),
        ("assert: qty > 0", 'assert: kind == "lat"', "FRM422 kind has no choice “lat”; did you mean late?"),
        ("assert: qty > 0", 'assert: kind in ["late", "erly"]', "FRM422 kind has no choice “erly”; did you mean early?"),
        ("assert: qty > 0", 'assert: state != "closd"', "FRM422 state has no choice “closd”; did you mean closed?"),
        ("assert: qty > 0\n    at: qty", 'each: parts\n    assert: row.size != "bg"\n    at: size', "FRM422 row.size has no choice “bg”; did you mean big?"),
        ("assert: qty > 0\n    at: qty", "each: part\n    assert: qty > 0\n    at: qty", "FRM402 the form has no “part”; did you mean parts?"),
        ("at: qty", "at: m", "FRM402 the form has no “m”"),
        ("REG-TEST/1", "REG-TEST/9", "FRM409 the clause REG-TEST/9 does not exist"),
        ("REG-TEST/1", "REG-TST/1", "FRM409 the clause REG-TST/1 does not exist; did you mean REG-TEST?"),
        ("owner: R-DEPTMGR", "owner: R-DEPTMANAGER", "FRM408 there is no post R-DEPTMANAGER; did you mean R-DEPTMGR?"),
        ("steps:", "states: [{id: gone, label: {zh: 无, en: Gone}}]\nsteps:", "FRM421 the state “Gone” can never be reached"),
        ("steps:\n", "steps:\n  - {id: fill, title: {zh: 一, en: One}, by: creator, attests: {zh: 是, en: So}, section: main}\n", "FRM411 the id “fill” is used twice"),
        ("id: F-DRAFT\n", "id: F-DRAFT\nid: F-DRAFT\n", "TXT"),
        ("id: F-DRAFT\n", "id: F-DRAFT\n  x: [\n", "TXT"),
    ],
)  # fmt: skip
def test_each_mistake_is_explained(department: Department, old: str, new: str, expected: str) -> None:
    assert GOOD.count(old) >= 1, old
    found = said(department, GOOD.replace(old, new, 1))
    assert any(line.startswith(expected) for line in found), found


def test_a_draft_without_mistakes_is_told_where_to_go(department: Department) -> None:
    assert said(department, GOOD) == []
    text = department.run("form", "lint", "../draft.yaml").text
    assert "can go to templates/forms/draft.yaml" in text
    assert not (department.root / "templates").exists()
    department.write("templates/forms/x.yaml", GOOD)
    assert department.run("form", "lint", "F-DRAFT").code == 0
    assert department.run("form", "lint").text.startswith("Checked 1 form")
    assert "can go to templates/forms/x.yaml" in department.run("form", "lint", "../draft.yaml").text
    assert department.run("form", "lint", "templates/forms").text == department.run("form", "lint").text
    assert department.run("form", "lint", "F-NOTHING").code == 3


def test_what_rests_on_a_register_that_cannot_be_read_is_not_judged(department: Department) -> None:
    text = form("F-DRAFT", fields=FIELDS, owner="R-NOBODY")
    assert any("R-NOBODY" in each for each in said(department, text))
    department.write("handbook/organisation.yaml", "posts: [\n")
    assert said(department, text) == []
    assert "handbook/organisation.yaml cannot be read" in department.run("form", "lint", "../draft.yaml").text


def test_a_caret_stands_under_the_place_also_behind_chinese(department: Department) -> None:
    rule = "  - {id: late, message: {zh: 主管复核后不得更改, en: x}, at: qty, assert: 'kind == \"lat\"'}\n"
    (department.root / "draft.yaml").write_text(GOOD + rule, "utf-8")
    lines = department.run("form", "lint", "draft.yaml").text.splitlines()
    quoted = next(index for index, line in enumerate(lines) if '"lat"' in line and "│" in line)
    assert width(lines[quoted].partition('"lat"')[0]) == width(lines[quoted + 1].partition("^")[0])


def test_outside_of_every_workspace_and_repository(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        GOOD.replace("REG-TEST/1", "REG-COMPLAINT/1").replace("REG-TEST/2", "REG-RECORD/5"), "utf-8"
    )
    found = run_here(tmp_path, ["form", "lint", "mine.yaml"])
    assert found.code == 0, found.text
    assert "in no workspace" in found.text
    (tmp_path / "mine.yaml").write_text(GOOD, "utf-8")
    found = run_here(tmp_path, ["form", "lint", "mine.yaml", "--format", "sarif"])
    assert found.code == 1
    assert {result["ruleId"] for result in found.json["runs"][0]["results"]} == {"FRM409"}
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yaml"]
