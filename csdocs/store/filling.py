"""How tables are filled: what has changed is written again, the rest stays."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from csdocs.model.field import Field, RowsField
from csdocs.model.form import Form
from csdocs.model.listed import DueItem, Running
from csdocs.model.text import Text
from csdocs.store.folding import PART, fold
from csdocs.store.index import RECORD_COLUMNS, stored, table
from csdocs.store.tables import empty

_PLAIN = f"""
CREATE TABLE _files (path TEXT PRIMARY KEY, mark BLOB, name, {", ".join(c for c in RECORD_COLUMNS if c != "path")},
    effective, label_zh, label_en, deadlines);
CREATE INDEX _files_by_record ON _files (record);
CREATE INDEX _files_by_form ON _files (form);
CREATE TABLE _texts (path TEXT PRIMARY KEY, kind, id, form, day, places, body, folded);
CREATE TABLE _forms (id PRIMARY KEY, directory);
CREATE TABLE _owed (kind_zh, kind_en, what_zh, what_en, path, day);
CREATE TABLE _labels (name, field, zh, en);
CREATE VIEW records AS SELECT {", ".join(RECORD_COLUMNS)} FROM _files WHERE effective;
CREATE TABLE parameters (id PRIMARY KEY, document, kind, value, unit, label);
"""  # noqa: S608  # names of columns
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
    """A record file: `header` by RECORD_COLUMNS, `values` typed by field; `parts` are places and words to search."""

    name: str
    header: Mapping[str, Any]
    effective: bool
    label: Text
    running: Sequence[Running]
    values: Mapping[str, Any]
    parts: Sequence[tuple[str, str]]


class Prose(NamedTuple):
    """A document or a form, to be searched; `kind` is one of these two words."""

    kind: str
    id: str
    path: str
    parts: Sequence[tuple[str, str]]


class Filling(NamedTuple):
    """What the tables are to hold. `marks`: one for each record file, which changes whenever its line does."""

    shape: str
    forms: Sequence[Form]
    marks: Mapping[str, bytes]
    line: Callable[[str], Line]
    prose: Sequence[Prose]
    parameters: Sequence[Sequence[Any]]
    owed: Sequence[DueItem]

    def into(self, connection: sqlite3.Connection) -> None:
        """Within a transaction of the caller's."""
        if not self._fits(connection):
            self._create(connection)
        before = dict(connection.execute("SELECT path, mark FROM _files"))
        changed = [path for path, mark in self.marks.items() if before.get(path) != mark]
        self._forget(connection, [path for path in before if self.marks.get(path) != before[path]])
        for path in changed:
            self._insert(connection, path)
        connection.execute("DELETE FROM _texts WHERE kind <> 'record'")
        for each in self.prose:
            _insert_text(connection, each.path, each.kind, each.id, "", "", each.parts)
        connection.execute("DELETE FROM parameters")
        connection.executemany("INSERT OR IGNORE INTO parameters VALUES (?,?,?,?,?,?)", self.parameters)
        connection.execute("DELETE FROM _owed")
        owed = ((*each.kind, *each.what, each.path, each.by and each.by.isoformat()) for each in self.owed)
        connection.executemany("INSERT INTO _owed VALUES (?,?,?,?,?,?)", owed)

    def _fits(self, connection: sqlite3.Connection) -> bool:
        try:
            return bool(connection.execute("SELECT digest FROM _shape").fetchone() == (self.shape,))
        except sqlite3.OperationalError:
            return False

    def _create(self, connection: sqlite3.Connection) -> None:
        states = connection.execute("SELECT sql FROM sqlite_master WHERE name = '_states'").fetchone()
        empty(connection)  # what was said of states before was said of other forms, or by another program
        for sql in (*(states or ()), "CREATE TABLE _shape (digest)", *_PLAIN.strip().split(";\n")):
            connection.execute(sql)
        connection.execute("INSERT INTO _shape VALUES (?)", (self.shape,))
        _insert_labels(connection, "records", Text("全部记录", "all records"), _RECORD_LABELS)
        _insert_labels(connection, "parameters", Text("今日的参数", "parameters of today"), _PARAMETER_LABELS)
        for form in self.forms:
            connection.execute("INSERT OR IGNORE INTO _forms VALUES (?, ?)", (form.id, form.directory))
            _create_form(connection, form)

    def _forget(self, connection: sqlite3.Connection, paths: Sequence[str]) -> None:
        for path in paths:
            id, form = connection.execute("SELECT record, form FROM _files WHERE path = ?", (path,)).fetchone()
            for name in self._tables_of(form):
                connection.execute(f"DELETE FROM {name} WHERE record = ?", (id,))  # noqa: S608  # ids of a linted form
        gone = [(path,) for path in paths]
        connection.executemany("DELETE FROM _files WHERE path = ?", gone)
        connection.executemany("DELETE FROM _texts WHERE path = ?", gone)

    def _tables_of(self, form: str) -> Iterator[str]:
        for each in self.forms:
            if each.id == form:
                yield from (name for name, _, _ in shapes(each))

    def _insert(self, connection: sqlite3.Connection, path: str) -> None:
        line = self.line(path)
        header = [line.header[column] for column in RECORD_COLUMNS if column != "path"]
        running = [(*each.label, each.limit.isoformat()) for each in line.running]
        deadlines = json.dumps(running, ensure_ascii=False) if running else None
        row = (path, self.marks[path], line.name, *header, int(line.effective), *line.label, deadlines)
        connection.execute(f"INSERT INTO _files VALUES ({_marks(len(row))})", row)  # noqa: S608
        _insert_text(connection, path, "record", line.name, line.header["form"], line.header["day"], line.parts)
        if line.effective:
            for form in self.forms:
                if form.id == line.header["form"]:
                    _insert_values(connection, form, line.header["record"], line.values)


def shapes(form: Form) -> Iterator[tuple[str, RowsField | None, dict[str, Field]]]:
    """The tables of a form: name, the rows that it holds (None: the record's own fields), columns."""
    fields = form.fields.values()
    yield table(form.id), None, _columns(field for field in fields if not isinstance(field, RowsField))
    yield from (
        (table(form.id, each.id), each, _columns(each.fields)) for each in fields if isinstance(each, RowsField)
    )


def _columns(fields: Iterable[Field]) -> dict[str, Field]:
    """What a broken form says twice, or may not say, is left out (lint reports it)."""
    found: dict[str, Field] = {}
    for field in fields:
        if field.id not in ("record", "row") and not isinstance(field, RowsField):
            found.setdefault(field.id, field)
    return found


def _create_form(connection: sqlite3.Connection, form: Form) -> None:
    for name, rows, columns in shapes(form):
        quoted = (f'"{id}"' for id in columns)
        first = ("record", "row") if rows else ("record PRIMARY KEY",)
        connection.execute(f"CREATE TABLE {name} ({', '.join([*first, *quoted])})")
        if rows:
            connection.execute(f"CREATE INDEX {name}_by_record ON {name} (record)")
        title = Text(f"{form.title.zh}：{rows.label.zh}", f"{form.title.en}: {rows.label.en}") if rows else form.title
        own = {"record": _RECORD_LABELS["record"]} | ({"row": Text("行", "row")} if rows else {})
        _insert_labels(connection, name, title, own | {id: field.label for id, field in columns.items()})


def _insert_labels(connection: sqlite3.Connection, name: str, title: Text, labels: Mapping[str, Text]) -> None:
    rows = [(name, "", *title), *((name, field, *label) for field, label in labels.items())]
    connection.executemany("INSERT INTO _labels VALUES (?, ?, ?, ?)", rows)


def _insert_values(connection: sqlite3.Connection, form: Form, record: str, values: Mapping[str, Any]) -> None:
    for name, rows, columns in shapes(form):
        lines = values.get(rows.id, ()) if rows else (values,)
        first: Iterable[tuple[Any, ...]] = ((record, n) for n in range(1, len(lines) + 1)) if rows else ((record,),)
        filled = [(*own, *_stored(columns, line)) for own, line in zip(first, lines, strict=True)]
        if filled:
            connection.executemany(f"INSERT OR IGNORE INTO {name} VALUES ({_marks(len(filled[0]))})", filled)  # noqa: S608


def _stored(fields: Mapping[str, Field], values: Mapping[str, Any]) -> Iterator[Any]:
    return (stored(values[id], field) if id in values else None for id, field in fields.items())


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
    folded = fold(body)
    row = (path, kind, id, form, day, places, body, folded if folded != body else None)
    connection.execute("INSERT OR REPLACE INTO _texts VALUES (?,?,?,?,?,?,?,?)", row)


def _marks(count: int) -> str:
    return ",".join("?" * count)
