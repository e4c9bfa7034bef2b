"""What can be asked of the records as tables, and for how long an answer is believed."""

import datetime as dt
import gc
import json
import shutil
import sqlite3
import subprocess
import sys
import weakref
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from department import AGENT, Department, field, label, step
from openpyxl import load_workbook
from prepared import prepared

from csdocs.cli.tables import tree_to_ask
from csdocs.load.holdings.tree import Tree
from csdocs.load.index.gathered import read_tree
from csdocs.load.index.outcome import TABLES, KnownState
from csdocs.load.workspace import Workspace
from csdocs.report.workbook import Sheet, write_workbook
from csdocs.store.scope import names_in

ONE, TWO = "records/test/2026/11/TEST-202611-001.yaml", "records/test/2026/11/TEST-202611-002.yaml"
ITEMS = {"id": "items", "kind": "rows", "label": label("明细"), "fields": [field("what"), field("pieces", "integer")]}
KIND = field("nature", "choice", options=[{"code": "service", "label": label("服务态度")}])


@prepared
def tabled(department: Department) -> None:
    department.form(fields=[field("note"), field("amount", "decimal", places="2"), KIND, ITEMS], steps=[step("fill")])
    department.write(".gitignore", "/.csdocs/\n")
    department.new(note="客户要求ＶＩＰ退款", amount="12.50", nature="service")
    department.new(note="电话占线", amount="3.00")
    department.data(
        TWO,
        "  note: 电话占线\n  amount: 3.00\n  items:\n    - what: 听筒\n      pieces: 2\n    - what: 续费卡\n      pieces: 5\n",
    )
    department.commit()


def asked(department: Department, *arguments: str) -> object:
    """The answer, which is the same without the index, and again from it."""
    answers = [department.run(*arguments, "--format", "json", *more).text for more in ((), ("--no-index",), ())]
    assert answers[0] == answers[1] == answers[2]
    return json.loads(answers[0])


def test_a_table_for_each_form_and_its_rows(tabled: Department) -> None:
    sql = "SELECT t.record, amount, sum(pieces) AS pieces FROM f_test t LEFT JOIN f_test__items i USING (record) GROUP BY 1"
    assert asked(tabled, "sql", sql) == [
        {"record": "TEST-202611-001", "amount": 12.5, "pieces": None},
        {"record": "TEST-202611-002", "amount": 3.0, "pieces": 7},
    ]
    assert asked(tabled, "sql", "SELECT count(*) AS n, min(day) AS first FROM records WHERE NOT final") == [
        {"n": 2, "first": "2026-11-02"}
    ]
    assert asked(
        tabled, "sql", "SELECT param('least', today()) AS least, value FROM parameters WHERE id = 'least'"
    ) == [{"least": 10, "value": "10"}]
    tabled.edit("handbook/regulations/REG-TEST.md", "value: 10", 'value: "10.5"')
    assert asked(tabled, "sql", "SELECT param('least', today()) AS least") == [{"least": 10.5}]
    listed = {row["table"]: row for row in asked(tabled, "sql")}  # type: ignore[attr-defined]
    assert listed.keys() == {"records", "parameters", "f_test", "f_test__items"}
    assert (listed["f_test__items"]["rows"], "what what" in listed["f_test__items"]["columns"]) == (2, True)
    assert {"column": "pieces", "meaning": "pieces"} in asked(tabled, "sql", "f_test__items")  # type: ignore[operator]
    assert tabled.run("sql", "SELECT record FROM f_test", "--format", "csv").text.startswith("\ufeffrecord\nTEST-")


QUERIES = {
    "spelt": "SELECT Record AS record, 'note' AS field, t.\"NOTE\" || Amount AS message FROM F_Test AS t WHERE amount > 10",
    "unnamed": "SELECT DISTINCT one.record, 'items' AS field, 'x' AS message FROM f_test__items one NATURAL JOIN f_test__items two",
    "counted": "SELECT record, 'items' AS field, count(*) AS message FROM f_test__items GROUP BY record",
}


def test_checks_find_what_they_read_however_they_say_so(tabled: Department) -> None:
    """Without the index, tables hold only what a query names."""
    for name, sql in QUERIES.items():
        tabled.write(f"templates/checks/{name}.sql", sql + "\n")
    said = [tabled.run("check", "--format", "json", *more).text for more in ((), ("--no-index",))]
    found = [each["message"] for each in json.loads(said[1])["findings"] if each["path"].startswith("records/")]
    assert said[0] == said[1]
    assert sorted(found) == ["2", "x", "客户要求ＶＩＰ退款12.5"]
    assert [names_in(sql) is None for sql in QUERIES.values()] == [False, True, False]
    assert names_in("SELECT t.* FROM f_test AS t") is None


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM f_test", "DROP TABLE f_test", "UPDATE records SET state = 'closed'", "PRAGMA user_version",
        "ATTACH 'x.db' AS x", "VACUUM INTO 'x.db'", "SELECT * FROM _texts", "SELECT * FROM pragma_table_info('f_test')",
        "SELECT 1; DELETE FROM f_test", "SELECT load_extension('x')", "SELECT * FROM f_nothing", "nonsense here", "SELECT",
    ],
)  # fmt: skip
@pytest.mark.parametrize("more", [(), ("--no-index",)])
def test_it_can_only_read(tabled: Department, statement: str, more: tuple[str, ...]) -> None:
    said = tabled.run("sql", statement, *more)
    assert said.code == 3
    assert "SELECT" in said.err or "csdocs sql" in said.err
    assert not (tabled.root / "x.db").exists()
    assert asked(tabled, "sql", "SELECT count(*) AS n FROM f_test") == [{"n": 2}]


def test_a_query_is_stopped_in_time(tabled: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csdocs.store.query.MAX_SECONDS", 0.2)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    said = tabled.run("sql", endless)
    assert (said.code, "stopped" in said.err) == (3, True)


def test_words_are_found_wherever_they_stand(tabled: Department) -> None:
    def places(*words: str) -> list[tuple[str, str]]:
        return [(hit["id"], hit["field"]) for hit in asked(tabled, "search", *words)]  # type: ignore[attr-defined]

    assert places("退款") == [("TEST-202611-001", "note")]
    assert places("vip") == [("TEST-202611-001", "note")]
    assert places("态度") == [("TEST-202611-001", "nature")]
    assert places("续费") == [("TEST-202611-002", "what")]
    assert places("续费", "占线") == [("TEST-202611-002", "note")]
    assert places("费", "退款") == []
    assert places("TEST-202611-002") == [("TEST-202611-002", "")]
    assert ("F-TEST", "items") in places("明细")
    assert next(hit["path"] for hit in asked(tabled, "search", "REG-TEST", "--limit", "1")).startswith("handbook/")  # type: ignore[attr-defined]
    assert tabled.run("search", "没有的词").code == 1


def test_a_hit_is_shown_with_what_stands_around_it(tabled: Department) -> None:
    def shown(note: str) -> str:
        tabled.data(ONE, f"  note: {note}\n")
        return asked(tabled, "search", "退款")[0]["excerpt"]  # type: ignore[index, no-any-return]

    assert shown("要求退款") == "要求退款"
    assert shown("一二三四五六七八九十一二退款" + "x" * 26) == "一二三四五六七八九十一二退款" + "x" * 26
    assert shown("零一二三四五六七八九十一二退款" + "x" * 27) == "…一二三四五六七八九十一二退款" + "x" * 26 + "…"


def test_what_has_changed_is_answered_anew(tabled: Department) -> None:
    notes = "SELECT record, note FROM f_test ORDER BY 1"
    asked(tabled, "sql", notes)
    tabled.edit(ONE, "ＶＩＰ", "按时")
    assert asked(tabled, "sql", notes)[0]["note"] == "客户要求按时退款"  # type: ignore[index]
    assert tabled.run("search", "vip").code == 1
    (tabled.root / TWO).unlink()
    assert len(asked(tabled, "sql", notes)) == 1  # type: ignore[arg-type]
    assert asked(tabled, "sql", "SELECT * FROM f_test__items") == []
    tabled.form(fields=[field("note"), field("more")], steps=[step("fill")])
    assert asked(tabled, "sql", "SELECT more FROM f_test") == [{"more": None}]
    tabled.git("checkout", "-q", "--", ".")
    assert len(asked(tabled, "sql", notes)) == 2  # type: ignore[arg-type]


def test_an_amendment_takes_the_place_of_what_it_amends(tabled: Department) -> None:
    tabled.must_sign(ONE, AGENT, "fill")
    tabled.commit()
    asked(tabled, "sql", "SELECT 1 AS one")
    assert tabled.run("amend", ONE, "--as", AGENT, "--reason", "更正").code == 0
    amendment = ONE.replace(".yaml", ".a1.yaml")
    tabled.edit(amendment, "退款", "换货")
    assert asked(tabled, "sql", "SELECT note FROM f_test WHERE record LIKE '%001'")[0]["note"] == "客户要求ＶＩＰ退款"  # type: ignore[index]
    tabled.must_sign(amendment, AGENT, "fill")
    found = asked(tabled, "sql", "SELECT note, path FROM f_test JOIN records USING (record) WHERE record LIKE '%001'")
    assert found == [{"note": "客户要求ＶＩＰ换货", "path": amendment}]


def test_tables_that_came_with_a_change_are_not_read(tabled: Department) -> None:
    asked(tabled, "sql", "SELECT 1 AS one")
    with closing(sqlite3.connect(tabled.root / TABLES)) as connection, connection:
        connection.execute("UPDATE f_test SET note = 'planted'")
    assert "planted" in tabled.run("sql", "SELECT note FROM f_test").text  # it is somebody's own: it is believed
    tabled.git("add", "-f", TABLES)
    assert "planted" not in tabled.run("sql", "SELECT note FROM f_test").text
    assert "planted" not in tabled.run("search", "客户").text


def test_spoilt_tables_are_thrown_away(tabled: Department) -> None:
    asked(tabled, "search", "客户")
    file = tabled.root / TABLES
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DROP TABLE _texts")
    assert tabled.run("search", "客户").code == 3
    assert asked(tabled, "search", "退款")


def test_a_later_revision_keeps_what_was_entered_before(tabled: Department) -> None:
    """The table has another shape; the records are judged by the revision of their day, as before."""
    assert asked(tabled, "sql", "SELECT count(*) AS n FROM f_test") == [{"n": 2}]
    fields = [field("note"), field("amount", "decimal", places="2"), KIND, ITEMS, field("more")]
    tabled.form(fields=fields, steps=[step("fill")], revision=2, effective="2026-12-01")
    tabled.commit()
    assert asked(tabled, "sql", "SELECT amount, more FROM f_test ORDER BY record") == [
        {"amount": 12.5, "more": None},
        {"amount": 3.0, "more": None},
    ]


def test_it_holds_until_the_day_is_over(tabled: Department) -> None:
    tabled.clock(None)
    tabled.commit()
    day = "--as-of=2026-11-21"
    assert tabled.run("check", day).code == tabled.run("check", day, "--no-index").code
    standing = KnownState(tabled.root)
    found = [standing.found(as_of=dt.date(2026, 11, n)) is not None for n in (20, 21, 22)]
    assert found == [False, True, False]


def test_the_commit_is_judged_whatever_lies_beside_it(tabled: Department) -> None:
    expected = tabled.run("check", "--no-index")
    for _ in range(2):
        assert tabled.run("check", "--committed") == expected
    tabled.edit(ONE, "note:", "nute:")
    dirty = tabled.run("check", "--no-index")
    assert dirty != expected
    assert tabled.run("check", "--committed") == tabled.run("check", "--committed", "--no-index") == expected
    assert tabled.run("check") == tabled.run("check") == dirty
    shutil.rmtree(tabled.root / ".csdocs")
    for _ in range(2):
        assert tabled.run("check", "--committed") == expected
    tabled.commit()
    assert tabled.run("check", "--committed") == tabled.run("check", "--committed") == dirty


def test_the_commit_is_judged_as_it_is_where_git_lays_out_other_lines(tabled: Department) -> None:
    """As on a computer where git was set up to write CRLF, in a workspace that does not forbid it."""
    tabled.write(".gitattributes", "")
    tabled.commit()
    expected = tabled.run("check", "--committed", "--no-index")
    tabled.git("config", "core.autocrlf", "true")
    for path in tabled.git("ls-files", "records").split():
        (tabled.root / path).unlink()
    tabled.git("checkout", "-q", ".")
    assert b"\r\n" in (tabled.root / ONE).read_bytes()
    shutil.rmtree(tabled.root / ".csdocs", ignore_errors=True)
    for more in ((), (), ("--no-index",)):
        assert tabled.run("check", "--committed", *more) == expected
    here = tabled.run("check")
    assert "CARRIAGE RETURN" in here.text
    assert "* -text" in here.text
    assert tabled.run("check", "--committed") == expected


def test_lists_say_the_same_with_and_without(tabled: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    soon = {"id": "soon", "label": label("尽快"), "from": "signed.fill", "within": "days(2)", "until": "signed.lead"}
    steps = [step("fill"), step("lead", {"post": "R-TEAMLEAD"})]
    tabled.form(fields=[field("note")], steps=steps, deadlines=[{**soon, "breaks": "REG-TEST/1"}])
    tabled.must_sign(tabled.new(note="x"), AGENT, "fill")
    tabled.commit()
    questions = (
        ("list", "f-test"),
        ("list", "F-TEST", "--overdue", "--format", "json"),
        ("due",),
        ("list",),
    )
    for day, late in (
        ("2026-11-03", [False, False, True, False]),
        ("2026-11-25", [True, True, True, False]),
    ):
        tabled.run("check", f"--as-of={day}")
        with monkeypatch.context() as patched:
            patched.setattr("csdocs.load.workspace.open_workspace", None)  # not even asked for
            from_index = [tabled.run(*question, f"--as-of={day}") for question in questions]
        assert from_index == [tabled.run(*question, f"--as-of={day}", "--no-index") for question in questions]
        assert ["尽快" in said.text for said in from_index] == late
    tabled.edit("templates/forms/test.yaml", "kind: text", "kind: word")
    for form in ("F-NONE", "F-TEST"):
        said = tabled.run("list", form)
        assert (said.code, said) == (3, tabled.run("list", form, "--no-index"))


def test_a_state_that_no_record_can_be_in_is_refused(tabled: Department) -> None:
    for state, code, words in (("none", 3, "draft Draft"), ("rejected", 0, "no such records"), ("Closed", 0, "")):
        said = tabled.run("--lang", "en", "list", "F-TEST", "--state", state)
        assert said.code == code
        assert words in said.text + said.err


def test_whoever_looks_something_up_does_not_wait_for_forms(tabled: Department) -> None:
    tabled.run("check")
    script = "import sys; from csdocs.cli.main import run; run(sys.argv[1:]); print('', *sys.modules, file=sys.stderr)"
    for question in (("list", "f-test"), ("list",), ("due",), ("search", "退款"), ("sql", "records")):
        command = [sys.executable, "-c", script, *question]
        done = subprocess.run(command, cwd=tabled.root, capture_output=True, text=True, check=True)
        assert done.stdout
        assert not {"pydantic", "pydantic_core", "ruamel", "cryptography"} & set(done.stderr.split())


def test_what_is_due_first_comes_first(tabled: Department) -> None:
    given = (("late", "days(9)"), ("soon", "days(1)"), ("next", "days(4)"))
    limits = [
        {"id": id, "label": label(id), "from": "signed.fill", "within": within, "until": "signed.lead"}
        for id, within in given
    ]
    steps = [step("fill"), step("lead", {"post": "R-TEAMLEAD"})]
    tabled.form(fields=[field("note")], steps=steps, deadlines=[{**each, "breaks": "REG-TEST/1"} for each in limits])
    for _ in range(2):
        tabled.must_sign(tabled.new(note="x"), AGENT, "fill")
    lines = tabled.run("due").text.splitlines()
    assert [name for line in lines for name, _ in given if name in line] == ["soon"] * 2 + ["next"] * 2 + ["late"] * 2


def test_who_asks_after_a_change_is_told_the_same(tabled: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once there is an index it is brought up to date by whoever asks, and no record is read that has not changed."""
    tabled.write("templates/queries/mean.sql", "SELECT avg(amount) FROM f_test\n")
    tabled.form("F-SUM", fields=[field("note"), field("mean", "decimal", places="2", query="mean")])
    tabled.write("templates/reports/notes.yaml", NOTES)
    path = tabled.new("F-SUM", note="x")
    tabled.run("check")
    questions = (
        ("list", "F-TEST"),
        ("due",),
        ("why", path),
        ("show", path),
        ("report", "RPT-NOTES", "--period", "2026-11"),
    )
    tabled.must_sign(ONE, AGENT, "fill")
    for before, after in (("3.00", "4.00"), ("4.00", "5.50")):
        tabled.edit(TWO, f"amount: {before}", f"amount: {after}")
        with monkeypatch.context() as patched:
            patched.setattr("csdocs.load.index.report.report_tree", None)
            patched.setattr("csdocs.load.index.gathered.read_tree", None)
            known = [tabled.run(*question) for question in questions]
        monkeypatch.setenv("CI", "true")
        assert known == [tabled.run(*question) for question in questions]
        monkeypatch.delenv("CI")
        assert str((12.5 + float(after)) / 2) in known[3].text
        assert "ＶＩＰ" in known[4].text
        assert [said.code for said in known] == [0, 0, 0, 0, 0]


NOTES = """\
id: RPT-NOTES
title: {zh: 备注, en: Notes}
clauses: [REG-TEST/1]
period: month
columns:
  - {id: note, kind: text, label: {zh: 备注, en: Note}}
query: |
  SELECT t.note AS note FROM f_test AS t JOIN live ON live.record = t.record WHERE live.day BETWEEN :from AND :to ORDER BY t.note
"""


def test_export_for_other_programs(tabled: Department) -> None:
    assert tabled.run("export", "out").code == 0
    names = sorted(path.name for path in (tabled.root / "out").iterdir())
    assert names == ["f_test.csv", "f_test__items.csv", "records.csv"]
    lines = (tabled.root / "out/f_test__items.csv").read_text("utf-8-sig").splitlines()
    assert lines == ["record,row,what,pieces", "TEST-202611-002,1,听筒,2", "TEST-202611-002,2,续费卡,5"]
    assert tabled.run("export", "out").code == 3  # nothing is overwritten
    assert tabled.run("export", "more", "F-NONE").code == 3
    said = tabled.run("export", "f-test")
    assert (said.code, "csdocs export FOLDER F-TEST" in said.err) == (2, True)
    assert tabled.run("export", "more", "f-test", "--format", "xlsx").code == 0
    with zipfile.ZipFile(tabled.root / "more/F-TEST.xlsx") as book:
        sheets = [ET.fromstring(book.read(f"xl/worksheets/sheet{n}.xml")) for n in (1, 2)]
        assert ET.fromstring(book.read("xl/workbook.xml")).find(".//{*}sheet") is not None
    rows = [["".join(cell.itertext()) for cell in row] for row in sheets[1].iter() if row.tag.endswith("}row")]
    assert rows[1:] == [["TEST-202611-002", "1", "听筒", "2"], ["TEST-202611-002", "2", "续费卡", "5"]]
    numbers = [cell.findtext("{*}v") for cell in sheets[0].iter() if cell.tag.endswith("}c") and not cell.get("t")]
    assert "12.5" in numbers


def test_a_workbook_knows_moments_and_paper(tmp_path: Path) -> None:
    rows = [("2026-11-20", "2026-11-20T07:52:00+08:00", "2026-02-30", "1900-01-01", 10**15)]  # which Excel cannot hold
    write_workbook(tmp_path / "a.xlsx", [Sheet("记录", ("日期", "时间", "不是日期", "早", "长"), rows)])
    page = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [str(cell.value) for cell in page[2]] == [
        "2026-11-20 00:00:00",
        "2026-11-20 07:52:00",
        *map(str, rows[0][2:]),
    ]
    assert [cell.number_format for cell in page[2]][:2] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm"]
    assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("A2", "A1:E2", "$1:$1")
    assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 9)


def test_parquet_needs_a_library_of_its_own(tabled: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    said = tabled.run("export", "out", "--format", "parquet")
    assert (said.code, "csdocs[parquet]" in said.err) == (3, True)


def test_a_report_of_spoilt_tables_asks_to_be_run_again(tabled: Department) -> None:
    """What a record says once its queries are answered is kept as JSON."""
    tabled.write("templates/queries/mean.sql", "SELECT avg(amount) FROM f_test\n")
    tabled.form("F-SUM", fields=[field("note"), field("mean", "decimal", places="2", query="mean")])
    report = NOTES.replace("RPT-NOTES", "RPT-MEANS").replace("f_test", "f_sum")
    tabled.write("templates/reports/means.yaml", report)
    tabled.must_sign(tabled.new("F-SUM", note="x"), AGENT, "fill")
    asked = ("report", "RPT-MEANS", "--period", "2026-11")
    before = tabled.run("check") and tabled.run(*asked)
    with closing(sqlite3.connect(tabled.root / TABLES, isolation_level=None)) as connection:
        assert connection.execute("UPDATE _answered SET rows = 'no'").rowcount == 1
    spoilt = tabled.run(*asked)
    assert spoilt.code == 3
    assert "thrown away" in spoilt.err
    assert tabled.run(*asked) == before


def test_what_cannot_be_read_is_not_left_out_unsaid(tabled: Department) -> None:
    """Figures without it look like any others."""
    path = next(path for path in tabled.workspace().record_paths())
    tabled.write("templates/reports/notes.yaml", NOTES)
    report = ("report", "RPT-NOTES", "--period", "2026-11")
    tabled.form("F-LOG", fields=[field("note")])
    tabled.must_sign(tabled.new("F-LOG", note="x"), AGENT, "fill")
    tabled.commit()
    tabled.write(path, f"<<<<<<< HEAD\n{tabled.read(path)}")
    asked = (
        *(("sql", "SELECT count(*) FROM records"), ("search", "x"), ("export", "out"), ("list", "F-TEST")),
        *(("todo", AGENT), ("due",), report, (*report, "--format", "html")),
    )
    for more in ((), ("--no-index",)):
        for verb, *rest in asked:
            said = tabled.run(verb, *(f"{each}{len(more)}" if each == "out" else each for each in rest), *more)
            assert "not counted, since they cannot be read: 1 " in said.err, (verb, said.err)
        assert "not counted" not in tabled.run("list", "F-LOG", *more).err  # none of its records is missing
        assert json.loads(tabled.run(*report, "--format", "json", *more).text)["not_counted"] == 1
        assert "not counted" in tabled.run(*report, "--format", "html", *more).text
    tabled.git("restore", ".")
    for arguments in (asked[0], *asked[3:]):
        assert "not counted" not in (said := tabled.run(*arguments)).err + said.text
    assert json.loads(tabled.run(*report, "--format", "json").text)["not_counted"] == 0


@pytest.mark.parametrize("asks", [read_tree, tree_to_ask], ids=["made afresh", "of the index"])
def test_tables_go_with_the_last_who_holds_them(tabled: Department, asks: Callable[[Workspace], Tree]) -> None:
    """A worker of a cluster lives long, and SQLite keeps what it may call out of the sight of Python's collector."""
    assert tabled.run("check").code == 0
    tree = asks(tabled.workspace())
    assert tree.database.select("SELECT param('P-NONE', today()), in_force('F-TEST', today()) AS form")[0]["form"] == 1
    connection = weakref.ref(tree.connection)
    del tree
    gc.collect()
    assert connection() is None
