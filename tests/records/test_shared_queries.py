"""What several queries need is worked out in a query of its own, which they read as a table."""

import pytest
from department import AGENT, Department, field, step
from prepared import prepared

from csdocs.load.approval.dependents import dependents

ONE, TWO = "records/test/2026/11/TEST-202611-001.yaml", "records/test/2026/11/TEST-202611-002.yaml"
MOVED = """\
-- What was moved, in pieces.
SELECT record, amount AS qty FROM f_test JOIN records USING (record) WHERE state <> 'draft';
"""
LARGE = "WITH RECURSIVE more AS (SELECT * FROM q_moved WHERE qty > 5) SELECT record, qty FROM more\n"
TOO_LARGE = """\
-- Not too large; q_none is no table of ours, nor is 'q_nothing'.
/* a remark */ WITH found AS (SELECT * FROM Q_LARGE)
SELECT record, 'amount' AS field, 'q_nowhere ' || qty AS message, 'REG-TEST/1' AS breaks FROM found
"""
REPORT = """\
id: RPT-MOVED
title: {zh: 出入, en: Moved}
clauses: [REG-TEST/1]
period: month
columns:
  - {id: record, kind: record, label: {zh: 记录, en: Record}}
  - {id: qty, kind: integer, label: {zh: 件数, en: Pieces}, total: true}
query: SELECT record, qty FROM q_moved JOIN live USING (record) WHERE live.day BETWEEN :from AND :to ORDER BY record
"""


@prepared
def moving(department: Department) -> None:
    department.form(fields=[field("amount", "integer"), field("note")], steps=[step("fill")])
    department.form("F-SUM", fields=[field("note"), field("total", "integer", query="total")])
    department.write("templates/queries/moved.sql", MOVED)
    department.write("templates/queries/large.sql", LARGE)
    department.write("templates/queries/total.sql", "SELECT sum(qty) FROM q_moved\n")
    department.write("templates/checks/too-large.sql", TOO_LARGE)
    department.write("templates/reports/moved.yaml", REPORT)
    department.write(".gitignore", "/.csdocs/\n")
    department.must_sign(department.new(amount="12", note="x"), AGENT, "fill")
    department.must_sign(department.new(amount="3", note="y"), AGENT, "fill")
    department.new("F-SUM", note="x")
    department.commit()


def _said(department: Department) -> list[tuple[str, str]]:
    with_index = department.run("check", "--format", "json")
    assert department.run("check", "--format", "json", "--no-index") == with_index
    return [(each["rule"], each["message"]) for each in with_index.json["findings"]]


def test_checks_fields_and_reports_read_one_query(moving: Department) -> None:
    def drawn_up() -> tuple[list[tuple[str, str]], list[int], bool]:
        report = moving.run("report", "RPT-MOVED", "--period", "2026-11", "--format", "json").json
        shown = moving.run("show", "SUM-202611-001").text
        quantities = [row["qty"] for row in report["rows"]]
        return _said(moving), quantities, str(sum(quantities)) in shown

    assert drawn_up() == ([("too-large", "q_nowhere 12 (REG-TEST/1)")], [12, 3], True)
    moving.edit("templates/queries/moved.sql", "amount AS qty", "amount * 2 AS qty")
    both = [("too-large", f"q_nowhere {n} (REG-TEST/1)") for n in (24, 6)]
    assert drawn_up() == (both, [24, 6], True)
    moving.edit(TWO, "amount: 3", "amount: 1")
    assert [said for said in _said(moving) if said[0] == "too-large"] == both[:1]


def test_what_a_report_asks_can_be_tried_by_hand(moving: Department) -> None:
    asked = "WITH most AS (SELECT * FROM q_large) SELECT sum(qty) AS all_of_it FROM q_moved JOIN most USING (qty)"
    for more in ((), ("--no-index",), ("--as-of", "2026-11-03")):
        assert moving.run("sql", asked, "--format", "json", *more).json == [{"all_of_it": 12}]
    said = moving.run("sql", "SELECT * FROM q_nothing")
    assert (said.code, "no such table: q_nothing" in said.err) == (3, True)
    for query, why in (
        ("SELECT nix FROM records", "没有列 nix"),
        ("SELECT path FROM records a, records b", "列 path 在几张表里都有"),
        ("SELECT nix(1)", "没有函数 nix"),
        ("SELECT lower()", "函数 lower 的参数个数不对"),
        ("SELECT path FROM records WHERE count(*) > 1", "这里不能用 count()"),
        ("SELECT (", "语句没有写完"),
        ("SELECT 1; SELECT 2", "一次只能查一条语句"),
        ("SELECT param('NIX', 'x')", "函数的参数不对"),
        ("SELECT 'x", "看不懂“'x”"),
    ):
        assert why in moving.run("--lang", "zh", "sql", query).err
    moving.write("templates/queries/moved.sql", "SELECT record, 1 AS qty FROM _files\n")
    assert moving.run("sql", "SELECT * FROM q_moved").code == 3  # nor does it lead to what is no table of theirs


def test_who_reads_a_form_by_way_of_another_query(moving: Department) -> None:
    assert "F-TEST" in moving.run("report").text
    assert "RPT-MOVED" in moving.run("coverage").text
    found = dependents("templates/forms/test.yaml", moving.workspace().files)
    assert found is not None
    assert found.queries == ("large", "moved", "too-large", "total")


@pytest.mark.parametrize(
    ("sql", "reason"),
    [("SELECT * FROM q_large", "circular reference: q_"), ("SELECT * FROM q_movement", "no such table: q_movement")],
)
def test_what_cannot_be_read_is_said_of_the_query_that_names_it(moving: Department, sql: str, reason: str) -> None:
    moving.write("templates/queries/moved.sql", sql)
    found = [message for rule, message in _said(moving) if rule == "query-fails"]
    assert len(found) == 2  # of the check, and of the query that a form asks
    assert all(reason in message for message in found)
