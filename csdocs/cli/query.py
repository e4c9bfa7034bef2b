"""`csdocs sql` and `csdocs search`: questions to the records as tables."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from csdocs.cli.language import say
from csdocs.cli.main import CLEAN, FINDINGS
from csdocs.cli.shared import AS_OF, NO_INDEX, echo_lines, format_option, help_text, no_form
from csdocs.cli.table import table_lines, terminal_room
from csdocs.cli.tables import open_tables
from csdocs.model.cell import BOM, harmless
from csdocs.model.error import CsdocsError
from csdocs.model.text import COMMA, Text
from csdocs.store.scope import table_of

if TYPE_CHECKING:
    from csdocs.store.reading import Reading
    from csdocs.store.search import Hit

_FORMAT = format_option("table", "csv", "json")


@click.command(
    "sql",
    help=help_text(
        "用 SQL 查询全部记录（只读）。每个表单一张表，如 F-CASE 是 f_case；明细行另有一张表，如 f_case__items；"
        "records 是全部记录，parameters 是今日的参数；templates/queries/ 下的查询如 moved.sql 是 q_moved。表中是最新的更正；函数 param('参数', 日期)、in_force('文件', 日期)、today()。\n\n"
        "不写语句时列出全部表和列；写一个表名时只列这张表。",
        "Ask the records with SQL (read-only). One table a form, F-CASE is f_case; its rows have a table of their own, f_case__items; "
        "records are all records, parameters those of today; a query of templates/queries/ such as moved.sql is q_moved. Amended records count as amended; functions param('id', day), "
        "in_force('id', day), today().\n\nWithout a statement it lists tables and columns; with the name of a table, those of this one.",
    ),
)
@click.argument("statement", required=False)
@_FORMAT
@AS_OF
@NO_INDEX
def sql_(statement: str | None, format_: str, as_of: dt.date | None, no_index: bool) -> int:
    with open_tables(as_of, no_index=no_index) as reading:
        wanted = (statement or "").strip()
        table = wanted.replace("-", "_")  # the id of a form means its table
        if not wanted or table.isidentifier():
            head, body = _listing(reading, table.lower(), format_)
        else:
            columns, rows = reading.ask(_whole(wanted, as_of))
            head, body = list(columns), ([*row] for row in rows)
        echo_lines(written(head, body, format_, None if wanted else terminal_room()))
    if not wanted and format_ == "table":
        click.echo(say(_ONE_TABLE), err=True)
    return CLEAN


_ONE_TABLE = Text("csdocs sql 表名 列出一张表的列", "csdocs sql TABLE lists the columns of one")


def _whole(statement: str, as_of: dt.date | None) -> str:
    """With the queries of the workspace that it reads as tables, as a report has them."""
    from csdocs.store.scope import queries_named

    if not queries_named(statement):
        return statement
    from csdocs.load.workspace import open_workspace

    return open_workspace(as_of=as_of).whole_query(statement)


def _listing(reading: "Reading", table: str, format_: str) -> tuple[list[str], Iterator[list[Any]]]:
    """All tables, or the columns of one."""
    own = [each for each in reading.labels if each.table == table]
    if table and not own:
        from csdocs.model.suggestion import suggestion

        meant = suggestion(table, reading.tables)
        raise CsdocsError(
            Text("没有表 {table}{meant}", "there is no table {table}{meant}").format(table=table, meant=meant),
            Text("csdocs sql 列出全部表", "csdocs sql lists all tables"),
        )
    if table:
        return _heads(_COLUMNS, format_), ([each.field, say(each.words)] for each in own if each.field)
    return _heads(_TABLES, format_), _overview(reading)


_MEANING = {"meaning": Text("含义", "Meaning")}
_TABLES = {"table": Text("表", "Table"), **_MEANING, "rows": Text("行数", "Rows"), "columns": Text("列", "Columns")}
_COLUMNS = {"column": Text("列", "Column"), **_MEANING}


def _heads(heads: Mapping[str, Text], format_: str) -> list[str]:
    """A program that reads JSON wants the same keys in every language."""
    return list(heads if format_ == "json" else map(say, heads.values()))


def _overview(reading: "Reading") -> Iterator[list[Any]]:
    for table, rows in groupby(reading.labels, key=lambda each: each.table):
        own, *columns = rows
        listed = say(COMMA).join(f"{each.field} {say(each.words)}" for each in columns)
        yield [table, say(own.words), reading.count(table), listed]


def written(head: Sequence[str], rows: Iterator[list[Any]], format_: str, room: int | None = None) -> Iterator[str]:
    """Lines of a table, of `room` cells; as CSV and JSON they come one by one, however many there are."""
    if format_ == "table":
        yield from table_lines(head, [["" if cell is None else str(cell) for cell in row] for row in rows], room=room)
    elif format_ == "csv":
        yield BOM + _csv_line(head)
        yield from map(_csv_line, rows)
    else:
        before = "["
        for row in rows:
            yield before + json.dumps(dict(zip(head, row, strict=True)), ensure_ascii=False, default=str)
            before = ","
        yield "]" if before == "," else "[]"


def _csv_line(cells: Sequence[Any]) -> str:
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")  # with none, a text of several lines gets no quotes
    lines.writerow(map(harmless, cells))
    return out.getvalue().removesuffix("\n")


@click.command(
    "search",
    help=help_text(
        "在全部记录、制度和表单中查找文字，两个字的词也能找到。写几个词时每个词都要出现；有命中时退出码为 0，没有为 1。",
        "Find words in all records, regulations and forms. Several words must all occur; exit code 0 if anything is found, else 1.",
    ),
)
@click.argument("words", nargs=-1, required=True, metavar="WORD...")
@click.option("--form", metavar="F-X", help=help_text("只找这个表单的记录", "records of this form only"))
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(1, 10_000),
    default=20,
    show_default=True,
    help=help_text("最多列几条", "how many to list"),
)
@_FORMAT
@AS_OF
@NO_INDEX
def search_(
    words: tuple[str, ...], form: str | None, limit: int, format_: str, as_of: dt.date | None, no_index: bool
) -> int:
    with open_tables(as_of, no_index=no_index) as reading:
        if form and form.upper() not in reading.forms:
            from csdocs.load.workspace import open_workspace

            raise no_form(open_workspace(), form)
        found = reading.search(words, form.upper() if form else None, limit)
        heads = _heads(_HIT, format_)
        rows = ([hit.id, hit.form, _place(reading, hit), hit.excerpt, hit.path] for hit in found.hits)
        echo_lines(written(heads, rows, format_, terminal_room()))
    if found.total > len(found.hits):
        more = Text(
            "共 {total} 处，只列出 {shown} 处；用 --limit 多列", "{total} found, {shown} listed; --limit lists more"
        )
        click.echo(say(more.format(total=found.total, shown=len(found.hits))), err=True)
    if not found.total:
        click.echo(say(Text("没有找到", "nothing was found")), err=True)
    return CLEAN if found.total else FINDINGS


_HIT = {
    "id": Text("编号", "Number"),
    "form": Text("表单", "Form"),
    "field": Text("栏目", "Field"),
    "excerpt": Text("原文", "Words"),
    "path": Text("文件", "File"),
}


def _place(reading: "Reading", hit: "Hit") -> str:
    """What the form calls the field; of a document the number of the clause."""
    rows, _, field = hit.field.rpartition(".")
    form = hit.form or hit.id
    words = reading.label(table_of(form, rows), field)
    return say(words) if words and field else hit.field
