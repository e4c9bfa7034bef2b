"""Records as SQL tables: derived from the tree, thrown away afterwards, never the truth."""

import datetime as dt
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from csdocs.model.error import CsdocsError
from csdocs.model.field import Field, RowsField
from csdocs.model.form import Form
from csdocs.model.text import Text

RECORD_COLUMNS = (
    "record", "form", "number", "state", "final", "day", "created_at", "created_by", "org_unit", "path",
)  # fmt: skip
MAX_SECONDS = 20.0
_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}


class Entry(NamedTuple):
    """One record for the index: `header` by RECORD_COLUMNS, `values` typed by field."""

    form: str
    header: Mapping[str, Any]
    values: Mapping[str, Any]


class Index:
    """An SQLite database in memory: `records`, one table a form, one a rows field."""

    def __init__(self, forms: Mapping[str, Form], functions: Mapping[str, Callable[..., Any]]) -> None:
        self._forms = forms
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._connection.execute(f"CREATE TABLE records ({', '.join(RECORD_COLUMNS)}, PRIMARY KEY (record))")
        for form in forms.values():
            self._create(form)
        for name, function in functions.items():
            self._connection.create_function(name, -1, function, deterministic=True)

    def _create(self, form: Form) -> None:
        columns = _columns(id for id, field in form.fields.items() if not isinstance(field, RowsField))
        self._connection.execute(f"CREATE TABLE {table(form.id)} ({', '.join(['record PRIMARY KEY', *columns])})")
        for rows in form.fields.values():
            if isinstance(rows, RowsField):
                inner = _columns(field.id for field in rows.fields)
                name = table(form.id, rows.id)
                self._connection.execute(f"CREATE TABLE {name} ({', '.join(['record', 'row', *inner])})")
                self._connection.execute(f"CREATE INDEX {name}_by_record ON {name} (record)")

    def fill(self, entries: Iterable[Entry]) -> None:
        with self._connection:
            self._connection.execute("BEGIN")
            for entry in entries:
                self._insert(entry)

    def _insert(self, entry: Entry) -> None:
        header = entry.header
        self._row("records", RECORD_COLUMNS, [header[column] for column in RECORD_COLUMNS])
        form = self._forms[entry.form]
        scalars = [
            field for field in form.fields.values() if not isinstance(field, RowsField) and field.id in entry.values
        ]
        names = ["record", *(_quoted(field.id) for field in scalars)]
        self._row(table(form.id), names, [header["record"], *(stored(entry.values[f.id], f) for f in scalars)])
        for rows in form.fields.values():
            if isinstance(rows, RowsField):
                self._rows(form, rows, header["record"], entry.values.get(rows.id, ()))

    def _rows(self, form: Form, rows: RowsField, record: str, values: Sequence[Mapping[str, Any]]) -> None:
        for position, row in enumerate(values, start=1):
            fields = [field for field in rows.fields if field.id in row and _is_column(field)]
            names = ["record", "row", *(_quoted(field.id) for field in fields)]
            self._row(table(form.id, rows.id), names, [record, position, *(stored(row[f.id], f) for f in fields)])

    def _row(self, name: str, columns: Sequence[str], values: Sequence[Any]) -> None:
        marks = ", ".join("?" * len(values))
        sql = f"INSERT OR IGNORE INTO {name} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608  # ids of a linted form
        self._connection.execute(sql, values)

    def select(self, sql: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Rows of a query. It can only read, and only for MAX_SECONDS."""
        end = time.monotonic() + MAX_SECONDS
        self._connection.set_authorizer(
            lambda action, *_: sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY
        )
        self._connection.set_progress_handler(lambda: time.monotonic() > end, 10_000)
        try:
            cursor = self._connection.execute(sql, values or {})
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor]
        except (sqlite3.Error, ValueError) as error:
            raise CsdocsError(Text(f"SQL 错误：{error}", f"SQL error: {error}")) from None
        finally:
            self._connection.set_authorizer(None)
            self._connection.set_progress_handler(None, 0)


def table(form: str, rows: str | None = None) -> str:
    name = form.lower().replace("-", "_")
    return f"{name}__{rows}" if rows else name


def _is_column(field: Field) -> bool:
    return not isinstance(field, RowsField) and field.id not in ("record", "row")


def _columns(ids: Iterable[str]) -> list[str]:
    """Columns of a table; what a broken form says twice, or may not say, is left out (lint reports it)."""
    return [_quoted(id) for id in dict.fromkeys(ids) if id not in ("record", "row")]


def _quoted(id: str) -> str:
    return f'"{id}"'


def stored(value: Any, field: Field | None = None) -> Any:
    """A typed value as SQLite keeps it: amounts REAL, dates and moments ISO text, yes/no 0 or 1."""
    match value:
        case bool():
            return int(value)
        case Decimal():
            return float(value)
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat(timespec="seconds") if field is None else value.isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case dt.timedelta():
            return int(value.total_seconds())
        case list():
            return "、".join(str(stored(each)) for each in value)
        case dict():
            return str(value.get("name", ""))
    return value if isinstance(value, int | str) else str(getattr(value, "id", value))
