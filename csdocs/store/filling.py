"""How the tables that people ask are filled: words to search, the names of tables and columns, what is owed."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from csdocs.model.form import Form
from csdocs.model.listed import DueItem
from csdocs.model.text import Text
from csdocs.store.folding import PART, fold
from csdocs.store.schema import create_facts, create_form, insert, run_all, shapes
from csdocs.store.scope import table_of
from csdocs.store.told import TABLES as _TOLD

_PLAIN = """
CREATE TABLE _texts (path TEXT PRIMARY KEY, kind, id, form, day, places, body);
CREATE TABLE _words (path TEXT PRIMARY KEY, folded) WITHOUT ROWID;
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


class Prose(NamedTuple):
    """A document or a form, to be searched; `kind` is one of these two words."""

    kind: str
    id: str
    path: str
    parts: Sequence[tuple[str, str]]


class ShapedForm(NamedTuple):
    """A form and a digest of all that its tables and the words of its records depend on."""

    form: Form
    shape: str


class Book(NamedTuple):
    """What the tables say besides the records: it follows from the rule book and the day."""

    forms: Sequence[ShapedForm]
    prose: Sequence[Prose]
    parameters: Sequence[Sequence[Any]]


def create(connection: sqlite3.Connection) -> None:
    create_facts(connection)
    run_all(connection, _PLAIN)
    run_all(connection, _TOLD)


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
    connection.execute("DELETE FROM _words WHERE path IN (SELECT path FROM _texts WHERE kind <> 'record')")
    connection.execute("DELETE FROM _texts WHERE kind <> 'record'")
    for prose in book.prose:
        for name, row in text_rows(prose.path, prose.kind, prose.id, "", "", prose.parts):
            insert(connection, name, [row])
    connection.execute("DELETE FROM parameters")
    connection.executemany("INSERT OR IGNORE INTO parameters VALUES (?,?,?,?,?,?)", book.parameters)
    return {*gone, *(form.id for form in changed)}


def write_owed(connection: sqlite3.Connection, owed: Iterable[DueItem]) -> None:
    connection.execute("DELETE FROM _owed")
    rows = ((*each.kind, *each.what, each.path, each.by and each.by.isoformat()) for each in owed)
    connection.executemany("INSERT INTO _owed VALUES (?,?,?,?,?,?)", rows)


def _drop(connection: sqlite3.Connection, form: str) -> None:
    name = table_of(form)
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND (name = ? OR substr(name, 1, ?) = ?)"
    for (found,) in connection.execute(sql, (name, len(name) + 2, f"{name}__")).fetchall():
        connection.execute(f'DROP TABLE "{found}"')


def _write_labels(connection: sqlite3.Connection, forms: Sequence[Form]) -> None:
    connection.execute("DELETE FROM _labels")
    _insert_labels(connection, "records", Text("全部记录", "all records"), _RECORD_LABELS)
    _insert_labels(connection, "parameters", Text("今日的参数", "parameters of today"), _PARAMETER_LABELS)
    for form in forms:
        for name, rows, columns in shapes(form):
            title = Text("：", ": ").join((form.title, rows.label)) if rows else form.title
            own = {"record": _RECORD_LABELS["record"]} | ({"row": Text("行", "row")} if rows else {})
            _insert_labels(connection, name, title, own | {id: field.label for id, field in columns.items()})


def _insert_labels(connection: sqlite3.Connection, name: str, title: Text, labels: Mapping[str, Text]) -> None:
    rows = [(name, "", *title), *((name, field, *label) for field, label in labels.items())]
    connection.executemany("INSERT INTO _labels VALUES (?, ?, ?, ?)", rows)


def text_rows(
    path: str, kind: str, id: str, form: str, day: str, parts: Sequence[tuple[str, str]]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """By table. What is searched lies close together, apart from what is shown of a hit."""
    places, body = PART.join(place for place, _ in parts), PART.join(words for _, words in parts)
    body = body if body.isascii() else body.encode("utf-8", "replace").decode()
    return ("_texts", (path, kind, id, form, day, places, body)), ("_words", (path, fold(body)))
