"""`csdocs report`: lists, prints, and hands figures on to spreadsheets, programs and browsers."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from department import AGENT, Department, field
from prepared import prepared

from csdocs.cli.table import folded, in_a_row, table_lines, width

REPORT = """\
id: RPT-TEST
title: {zh: 试验统计, en: Tests}
period: [month, week]
clauses: [REG-TEST/1]
columns:
  - {id: agent, kind: staff, label: {zh: 经办人, en: Agent}}
  - {id: note, kind: text, label: {zh: 内容, en: Note}}
  - {id: tests, kind: integer, label: {zh: 次数, en: Tests}, unit: {zh: 次, en: times}, total: true}
  - {id: rest, kind: integer, label: {zh: 其余, en: Rest}, total: true, hidden: true}
  - {id: share, kind: percent, label: {zh: 占比, en: Share}, ratio: [tests, rest]}
query: |
  SELECT live.created_by AS agent, test.note, count(*) AS tests, count(*) * 3 AS rest
  FROM f_test AS test
  JOIN live ON live.record = test.record AND live.day BETWEEN :from AND :to
  GROUP BY 1, 2
  ORDER BY test.note DESC
"""
PATH = "templates/reports/test.yaml"


@prepared
def reporting(department: Department) -> None:
    """Two signed records and a draft."""
    department.form(fields=[field("note")])
    department.write(PATH, REPORT)
    for note in ("一|<b>", "=1+1"):
        department.must_sign(department.new(note=note), AGENT, "fill")
    department.new(note="草稿")


ALWAYS = ("--from", "2000-01-01", "--to", "2100-01-01")


def test_lists_what_is_in_use(reporting: Department) -> None:
    reporting.write("templates/reports/more.yaml", REPORT.replace("RPT-TEST", "RPT-MORE"))
    said = reporting.run("report")
    assert said.code == 0 and "RPT-TEST" in said.text and "month, week" in said.text and "F-TEST" in said.text
    reporting.edit(PATH, "period:", "profile: BANK\nperiod:")
    said = reporting.run("report")
    assert "RPT-TEST" not in said.text and "not switched on: 1" in said.text
    refused = reporting.run("report", "rpt-test")
    assert refused.code == 3 and "BANK" in refused.err


def test_prints_a_table_with_totals(reporting: Department) -> None:
    said = reporting.run("report", "test", *ALWAYS)
    assert said.code == 0, said.err
    lines = said.text.splitlines()
    assert lines[0] == "RPT-TEST  Tests  2000-01-01 to 2100-01-01"
    assert "Tests (times)" in lines[2] and "Rest" not in lines[2]
    assert lines[-1].split() == ["Total", "2", "33.3"]
    assert "草稿" not in said.text


def test_a_spreadsheet_runs_nothing_it_is_given(reporting: Department) -> None:
    text = reporting.run("report", "RPT-TEST", "--format", "csv", *ALWAYS).text
    assert text.startswith("\ufeff")
    found = list(csv.reader(io.StringIO(text[1:])))
    assert found[0] == ["Agent", "Note", "Tests (times)", "Share (%)"]
    assert [row[1] for row in found[1:]] == ["一|<b>", "'=1+1", ""]
    assert found[-1][2:] == ["2", "33.3"]


def test_a_workbook_has_numbers_and_sums_that_no_filter_moves(reporting: Department, tmp_path: Path) -> None:
    said = reporting.run("report", "test", "--format", "xlsx", "--period", "2026-11")
    assert said.text.strip() == str(Path("build") / "RPT-TEST-2026-11.xlsx")
    page = openpyxl.load_workbook(reporting.root / said.text.strip()).active
    assert page is not None and page.title == "Tests 2026-11"
    assert [cell.value for cell in page[1]] == ["Agent", "Note", "Tests (times)", "Share (%)"]
    assert [(cell.value, cell.number_format) for cell in page[3]][1:] == [
        ("=1+1", "General"),
        (1, "General"),
        (33.3, "#,##0.0"),
    ]
    assert page["B3"].data_type == "s"
    assert [cell.value for cell in page[4]] == ["Total", None, 2, 33.3] and page.auto_filter.ref == "A1:D3"
    reporting.run("report", "test", *ALWAYS, "-o", str(tmp_path / "report.txt"))
    assert (tmp_path / "report.txt").read_text("utf-8") == reporting.run("report", "test", *ALWAYS).text


def test_programs_get_bare_values(reporting: Department) -> None:
    tree = reporting.run("report", "RPT-TEST", "--format", "json", *ALWAYS).json
    assert tree["rows"][0] == {"agent": AGENT, "note": "一|<b>", "tests": 1, "share": 33.3}
    assert tree["totals"] == {"agent": None, "note": None, "tests": 2, "share": 33.3}
    assert (tree["from"], tree["to"]) == ("2000-01-01", "2100-01-01")


OWED = """\
id: RPT-OWED
title: {zh: 应有, en: Owed}
period: [month]
clauses: [REG-TEST/1]
columns:
  - {id: department, kind: text, label: {zh: 部门, en: Department}}
  - {id: owed, kind: integer, label: {zh: 应有, en: Owed}}
query: SELECT department, count(*) AS owed FROM obligations GROUP BY 1 ORDER BY 1
"""


@pytest.mark.parametrize(
    ("per", "owed"),
    [
        ("workspace", [("D-CS", 2)]),  # of the owner of the form
        ("department", [("D-CS", 2), ("D-HR", 2)]),
        ("person:R-TEAMLEAD", [("D-CS", 2), ("D-HR", 2)]),
    ],
)
def test_evidence_is_owed_by_whose_it_is(reporting: Department, per: str, owed: list[tuple[str, int]]) -> None:
    duty = (
        f"{{clause: 1, form: F-TEST, every: day, per: '{per}', on: all, counts: closed, since: 2026-10-30, due: P1D}}"
    )
    reporting.edit("handbook/regulations/REG-TEST.md", "parameters:\n", f"obligations:\n  - {duty}\nparameters:\n")
    reporting.write("templates/reports/owed.yaml", OWED)
    rows = reporting.run("report", "RPT-OWED", "--format", "json", *ALWAYS).json["rows"]
    assert [tuple(row.values()) for row in rows] == owed


def test_one_that_cannot_be_read_is_left_out(reporting: Department) -> None:
    path = "templates/reports/more.yaml"
    reporting.write(path, "id: RPT-MORE\n")
    said = reporting.run("report")
    assert (said.code, "RPT-TEST" in said.text, f"{path} has errors" in said.text) == (0, True, True)
    said = reporting.run("report", "more")
    assert (said.code, f"{path} has errors" in said.err) == (3, True)
    assert "RPT-TEST" in reporting.run("coverage").text
    assert {each.path for each in reporting.findings()} == {path}


def test_a_browser_gets_text_not_markup(reporting: Department) -> None:
    page = reporting.run("report", "RPT-TEST", "--format", "html", *ALWAYS).text
    assert "一|&lt;b&gt;" in page and "<b>" not in page and 'class="n">33.3' in page


def test_a_period_without_records_says_so(reporting: Department) -> None:
    assert "nothing in this period" in reporting.run("report", "RPT-TEST", "--period", "2001").text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--period", "2026-13"), 2),
        (("--from", "2026-10-01"), 2),
        (("--from", "2026-10-02", "--to", "2026-10-01"), 2),
        (("--period", "2026", "--from", "2026-10-02", "--to", "2026-10-03"), 2),
    ],
)
def test_wrong_usage(reporting: Department, arguments: tuple[str, ...], code: int) -> None:
    assert reporting.run("report", "RPT-TEST", *arguments).code == code
    assert reporting.run("report", "RPT-NONE").code == 3


def test_a_column_that_is_no_more_is_found(reporting: Department) -> None:
    assert reporting.run("check", PATH).code == 0
    reporting.edit(PATH, "test.note, count", "test.remark, count")
    said = reporting.run("check", PATH)
    assert said.code == 1 and "RPT701" in said.text and "test.remark" in said.text
    assert reporting.run("report", "RPT-TEST").code == 3


def test_says_how_much_it_could_not_read(reporting: Department, tmp_path: Path) -> None:
    assert reporting.run("report", "RPT-TEST", *ALWAYS).err == ""
    reporting.write("records/test/2026/11/SY-202611-009.yaml", "record: [")
    said = reporting.run("report", "RPT-TEST", *ALWAYS)
    assert said.code == 0 and "cannot be read: 1" in said.err
    workbook = tmp_path / "report.xlsx"
    assert reporting.run("report", "RPT-TEST", *ALWAYS, "-o", str(workbook)).code == 0
    page = openpyxl.load_workbook(workbook).active
    assert page is not None and "cannot be read: 1" in str(page.cell(page.max_row, 1).value)


def test_a_narrow_terminal_breaks_heads_before_it_cuts_texts() -> None:
    head = ["员工", "一个很长很长的表头", "Replies in time, share"]
    body = [["S1001 吴倩", "12", "100.0"], ["S1002 一个名字特别特别长的员工", "3", ""]]
    wide = list(table_lines(head, body, {1, 2}))
    assert len(wide) == 4
    assert wide[2].endswith("100.0") and wide[3] == f"{body[1][0]}  {' ' * 17}3"
    for room in (60, 40, 30):
        lines = list(table_lines(head, body, {1, 2}, room))
        assert max(map(width, lines)) <= room
        assert "12" in lines[-2] and "100.0" in lines[-2]
        joined = "".join(line.replace(" ", "") for line in lines)
        assert "Replies" in joined and "share" in joined
    assert "…" in lines[-1]


HELP = "在终端上逐项询问；也可用 --set 字段=值 给出。"


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        (HELP, 60, [f"  {HELP}"]),
        (HELP, 30, ["  在终端上逐项询问；也可用", "    --set 字段=值 给出。"]),
        ("写好后显示文件的路径。", 22, ["  写好后显示文件的路", "    径。"]),  # no line begins with a full stop
        ("a word-that-is-longer-than-a-line b", 20, ["  a", "    word-that-is-longer-than-a-line", "    b"]),
        ("", 20, [""]),
    ],
)
def test_help_is_folded_by_the_cells_it_takes(text: str, room: int, lines: list[str]) -> None:
    assert folded(text, room, "  ", "    ") == "\n".join(lines)
    assert folded(f"{text}\n\n{text}", room, "  ", "    ", preserve_paragraphs=True) == "\n\n".join(
        ["\n".join(lines)] * 2
    )


def test_choices_stand_side_by_side_and_whole() -> None:
    people = ["S0001 周敏", "S0002 陈志远", "S0003 王丽华"]
    assert [*in_a_row(people, 23)] == ["S0001 周敏", "S0002 陈志远", "S0003 王丽华"]
    assert [*in_a_row(people, 24)] == ["S0001 周敏  S0002 陈志远", "S0003 王丽华"]


def test_a_number_is_not_cut() -> None:
    """It is what somebody types next: cut, all of a month looked the same."""
    body = [["TS-202610-001", "2026-10-12", "处理中", "最终答复已逾期", "S1001"]]
    for room in (60, 40):
        line = list(table_lines(["编号", "日期", "状态", "逾期", "填表人"], body, room=room))[-1]
        assert line.split()[:2] + line.split()[-1:] == ["TS-202610-001", "2026-10-12", "S1001"]
    assert width(list(table_lines(["编号", "原文"], [["TS-202610-001", "长" * 40]], room=40))[-1]) <= 40


def test_a_path_keeps_its_end() -> None:
    path = "records/complaint/2026/10/TS-202610-009.yaml"
    line = list(table_lines(["事项", "文件"], [["解决", path]], room=30))[-1]
    assert width(line) <= 30 and line.endswith("/TS-202610-009.yaml") and "…" in line
