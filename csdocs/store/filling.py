"""How the tables that people ask are filled: records with their words, the names of tables and columns, what is owed."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from csdocs.model.form import Form
from csdocs.model.listed import DueItem
from csdocs.model.text import Text
from csdocs.store.folding import PART, fold
from csdocs.store.schema import Facts, create_facts, create_form, insert_facts, insert_records, insert_values, shapes

_PLAIN = """
CREATE TABLE _texts (path TEXT PRIMARY KEY, kind, id, form, day, places, body, folded);
CREATE TABLE _forms (id PRIMARY KEY, directory, shape);
CREATE TABLE _owed (kind_zh, kind_en, what_zh, what_en, path, day);
CREATE TABLE _labels (name, field, zh, en);
CREATE TABLE parameters (id PRIMARY KEY, document, kind, value, unit, label);
"""
_RECORD_LABELS = {
    "record": Text("编号", "number of the record"),
    "form": Text("表单", "form"),
    "number": Text("流水号", "serial number"),
    "state": Text("状态", "state"),
    "final": Text("已了结（1 是）", "final (1: yes)"),
    "day": Text("日期", "day"),
    "created_at": Text("填表时间", "created at"),
    "created_by": Text("填表人", "created by"),
    "org_unit": Text("部门", "department"),
    "path": Text("文件", "file"),
}
_PARAMETER_LABELS = {
    "id": Text("参数", "parameter"),
    "document": Text("文件", "document"),
    "kind": Text("种类", "kind"),
    "value": Text("今日的值", "value of today"),
    "unit": Text("单位", "unit"),
    "label": Text("名称", "name"),
}


class Line(NamedTuple):
    """A readable record file: `values` typed by field; `parts` are places and words to search."""

    facts: Facts
    values: Mapping[str, Any]
    parts: Sequence[tuple[str, str]]


class Prose(NamedTuple):
    """A document or a form, to be searched; `kind` is one of these two words."""

    kind: str
    id: str
    path: str
    parts: Sequence[tuple[str, str]]


class Shaped(NamedTuple):
    """A form and a digest of all that its tables and the words of its records depend on."""

    form: Form
    shape: str


class Book(NamedTuple):
    """What the tables say besides the records: it follows from the rule book and the day."""

    forms: Sequence[Shaped]
    prose: Sequence[Prose]
    parameters: Sequence[Sequence[Any]]


def create(connection: sqlite3.Connection) -> None:
    create_facts(connection)
    for sql in _PLAIN.strip().split(";\n"):
        connection.execute(sql)


def write_book(connection: sqlite3.Connection, book: Book) -> set[str]:
    """Ids of the forms whose tables are empty now, since they have another shape than before."""
    before = dict(connection.execute("SELECT id, shape FROM _forms"))
    changed = [each.form for each in book.forms if before.get(each.form.id) != each.shape]
    gone = before.keys() - {each.form.id for each in book.forms}
    for id in {*gone, *(form.id for form in changed)}:
        _drop(connection, id)
    for form in changed:
        create_form(connection, form)
    connection.execute("DELETE FROM _forms")
    rows = ((each.form.id, each.form.directory, each.shape) for each in book.forms)
    connection.executemany("INSERT OR IGNORE INTO _forms VALUES (?, ?, ?)", rows)
    _write_labels(connection, [each.form for each in book.forms])
    connection.execute("DELETE FROM _texts WHERE kind <> 'record'")
    for prose in book.prose:
        _insert_text(connection, prose.path, prose.kind, prose.id, "", "", prose.parts)
    connection.execute("DELETE FROM parameters")
    connection.executemany("INSERT OR IGNORE INTO parameters VALUES (?,?,?,?,?,?)", book.parameters)
    return {*gone, *(form.id for form in changed)}


def write_owed(connection: sqlite3.Connection, owed: Iterable[DueItem]) -> None:
    connection.execute("DELETE FROM _owed")
    rows = ((*each.kind, *each.what, each.path, each.by and each.by.isoformat()) for each in owed)
    connection.executemany("INSERT INTO _owed VALUES (?,?,?,?,?,?)", rows)


def insert_line(connection: sqlite3.Connection, line: Line) -> None:
    """Without its values, which only the file that counts for a number brings into the tables."""
    facts = line.facts
    insert_facts(connection, (facts,))
    _insert_text(connection, facts.path, "record", facts.name, facts.form, facts.day, line.parts)


def fill(connection: sqlite3.Connection, book: Book, lines: Iterable[Line], owed: Iterable[DueItem]) -> None:
    """Empty tables with everything."""
    create(connection)
    write_book(connection, book)
    forms = {each.form.id: each.form for each in book.forms}
    for line in lines:
        insert_line(connection, line)
        form = forms.get(line.facts.form)
        if line.facts.effective and form is not None:
            insert_values(connection, form, [(line.facts.record, line.values)])
    insert_records(connection)
    write_owed(connection, owed)


def _drop(connection: sqlite3.Connection, form: str) -> None:
    name = form.lower().replace("-", "_")
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND (name = ? OR substr(name, 1, ?) = ?)"
    for (found,) in connection.execute(sql, (name, len(name) + 2, f"{name}__")).fetchall():
        connection.execute(f'DROP TABLE "{found}"')


def _write_labels(connection: sqlite3.Connection, forms: Sequence[Form]) -> None:
    connection.execute("DELETE FROM _labels")
    _insert_labels(connection, "records", Text("全部记录", "all records"), _RECORD_LABELS)
    _insert_labels(connection, "parameters", Text("今日的参数", "parameters of today"), _PARAMETER_LABELS)
    for form in forms:
        for name, rows, columns in shapes(form):
            title = (
                Text(f"{form.title.zh}：{rows.label.zh}", f"{form.title.en}: {rows.label.en}") if rows else form.title
            )
            own = {"record": _RECORD_LABELS["record"]} | ({"row": Text("行", "row")} if rows else {})
            _insert_labels(connection, name, title, own | {id: field.label for id, field in columns.items()})


def _insert_labels(connection: sqlite3.Connection, name: str, title: Text, labels: Mapping[str, Text]) -> None:
    rows = [(name, "", *title), *((name, field, *label) for field, label in labels.items())]
    connection.executemany("INSERT INTO _labels VALUES (?, ?, ?, ?)", rows)


def _insert_text(
    connection: sqlite3.Connection,
    path: str,
    kind: str,
    id: str,
    form: str,
    day: str,
    parts: Sequence[tuple[str, str]],
) -> None:
    places, body = PART.join(place for place, _ in parts), PART.join(words for _, words in parts)
    body = body if body.isascii() else body.encode("utf-8", "replace").decode()
    folded = fold(body)
    row = (path, kind, id, form, day, places, body, folded if folded != body else None)
    connection.execute("INSERT OR REPLACE INTO _texts VALUES (?,?,?,?,?,?,?,?)", row)
