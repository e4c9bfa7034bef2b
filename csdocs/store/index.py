"""Records as SQL tables: derived from the tree, thrown away afterwards, never the truth."""

import datetime as dt
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from csdocs.model.error import CsdocsError
from csdocs.model.field import Field, RowsField
from csdocs.model.form import Form
from csdocs.model.text import Text

RECORD_COLUMNS = (
    "record", "form", "number", "state", "final", "day", "created_at", "created_by", "org_unit", "path",
)  # fmt: skip
MAX_SECONDS = 20.0
_PRIVATE = ""  # what SQLite calls a database that nobody else sees and that goes with the connection
_ROOM_KB = 16_384  # what it holds in memory; the rest lies in a file without a name
_BATCH = 500  # records whose values are unpacked together
_RECORDS = "records"
_TABLE = re.compile(r"records|f_[a-z0-9]{2,24}")
_WORD = re.compile(r"[a-z_]+")
_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}


class Entry(NamedTuple):
    """One record for the index: `header` by RECORD_COLUMNS, `values` typed by field."""

    form: str
    header: Mapping[str, Any]
    values: Mapping[str, Any]


Entries = Callable[[str | None], Iterable[Entry]]  # of a form, or (None) all, then without values


class Extra(NamedTuple):
    """A table beside those of the records; `rows` is asked when a query names it."""

    columns: tuple[str, ...]
    rows: Callable[[], Iterable[Sequence[Any]]]


class Examined(NamedTuple):
    """Names of the columns a query gives, and every (table, column) it reads on the way."""

    columns: tuple[str, ...]
    reads: frozenset[tuple[str, str]]


class Index:
    """A private SQLite database: `records`, one table a form, one a rows field. They are made when a query names them."""

    def __init__(
        self,
        forms: Mapping[str, Form],
        functions: Mapping[str, Callable[..., Any]],
        entries: Entries,
        extra: Mapping[str, Extra] | None = None,
    ) -> None:
        self._forms = forms
        self._extra = extra or {}
        self._entries = entries
        self._filled: set[str] = set()
        self._connection = sqlite3.connect(_PRIVATE, isolation_level=None)
        self._connection.execute(f"PRAGMA cache_size = -{_ROOM_KB}")
        self._connection.execute(f"CREATE TABLE {_RECORDS} ({', '.join(RECORD_COLUMNS)}, PRIMARY KEY (record))")
        for name, function in functions.items():
            self._connection.create_function(name, -1, function, deterministic=True)

    def _create(self, form: Form) -> None:
        columns = map(_quoted, _columns(field for field in form.fields.values() if not isinstance(field, RowsField)))
        self._connection.execute(f"CREATE TABLE {table(form.id)} ({', '.join(['record PRIMARY KEY', *columns])})")
        for rows in form.fields.values():
            if isinstance(rows, RowsField):
                inner = map(_quoted, _columns(rows.fields))
                name = table(form.id, rows.id)
                self._connection.execute(f"CREATE TABLE {name} ({', '.join(['record', 'row', *inner])})")
                self._connection.execute(f"CREATE INDEX {name}_by_record ON {name} (record)")

    def _fill_named(self, sql: str) -> None:
        """A query can only look at tables whose names stand in it; a name that merely occurs costs time."""
        words = {word for word in _WORD.findall(sql.lower()) if word in self._extra}
        for name in sorted({*_TABLE.findall(sql.lower()), *words} - self._filled):
            self._filled.add(name)
            form = self._forms.get(name.upper().replace("_", "-"))
            self._connection.execute("BEGIN")
            if name == _RECORDS:
                self._fill_records()
            elif name in self._extra:
                self._fill_extra(name, self._extra[name])
            elif form is not None:
                self._create(form)
                self._fill(form)
            self._connection.execute("COMMIT")

    def _fill_extra(self, name: str, extra: Extra) -> None:
        self._connection.execute(f"CREATE TABLE {name} ({', '.join(extra.columns)})")
        self._insert(name, extra.columns, extra.rows())

    def _fill_records(self) -> None:
        rows = ([entry.header[column] for column in RECORD_COLUMNS] for entry in self._entries(None))
        self._insert(_RECORDS, RECORD_COLUMNS, rows)

    def _fill(self, form: Form) -> None:
        entries = iter(self._entries(form.id))
        while batch := list(islice(entries, _BATCH)):
            self._fill_with(form, batch)

    def _fill_with(self, form: Form, entries: Sequence[Entry]) -> None:
        fields = _columns(field for field in form.fields.values() if not isinstance(field, RowsField))
        values = ([entry.header["record"], *_stored(fields, entry.values)] for entry in entries)
        self._insert(table(form.id), ["record", *map(_quoted, fields)], values)
        for rows in (field for field in form.fields.values() if isinstance(field, RowsField)):
            inner = _columns(rows.fields)
            lines = (
                [entry.header["record"], position, *_stored(inner, row)]
                for entry in entries
                for position, row in enumerate(entry.values.get(rows.id, ()), start=1)
            )
            self._insert(table(form.id, rows.id), ["record", "row", *map(_quoted, inner)], lines)

    def _insert(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        marks = ", ".join("?" * len(columns))
        sql = f"INSERT OR IGNORE INTO {name} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608  # ids of a linted form
        self._connection.executemany(sql, rows)

    def select(self, sql: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Rows of a query. It can only read, and only for MAX_SECONDS of this thread: a busy machine changes no verdict."""
        names, rows, _ = self._run(sql, values or {})
        return [dict(zip(names, row, strict=True)) for row in rows]

    def examine(self, sql: str, values: Mapping[str, Any]) -> Examined:
        """Run a query for what it names rather than for what it finds."""
        names, _, reads = self._run(sql, values)
        return Examined(tuple(names), frozenset(reads))

    def _run(self, sql: str, values: Mapping[str, Any]) -> tuple[list[str], list[Any], set[tuple[str, str]]]:
        self._fill_named(sql)
        end, reads = time.thread_time() + MAX_SECONDS, set()

        def authorise(action: int, first: str | None, second: str | None, *_: str | None) -> int:
            if action == sqlite3.SQLITE_READ:
                reads.add((str(first), str(second)))
            return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY

        self._connection.set_authorizer(authorise)
        self._connection.set_progress_handler(lambda: time.thread_time() > end, 10_000)
        try:
            cursor = self._connection.execute(sql, values)
            return [column[0] for column in cursor.description or ()], cursor.fetchall(), reads
        except (sqlite3.Error, ValueError) as error:
            raise CsdocsError(Text(f"SQL 错误：{error}", f"SQL error: {error}")) from None
        finally:
            self._connection.set_authorizer(None)
            self._connection.set_progress_handler(None, 0)


def table(form: str, rows: str | None = None) -> str:
    name = form.lower().replace("-", "_")
    return f"{name}__{rows}" if rows else name


def _columns(fields: Iterable[Field]) -> dict[str, Field]:
    """Columns of a table; what a broken form says twice, or may not say, is left out (lint reports it)."""
    found: dict[str, Field] = {}
    for field in fields:
        if field.id not in ("record", "row") and not isinstance(field, RowsField):
            found.setdefault(field.id, field)
    return found


def _stored(fields: Mapping[str, Field], values: Mapping[str, Any]) -> Iterator[Any]:
    return (stored(values[id], field) if id in values else None for id, field in fields.items())


def _quoted(id: str) -> str:
    return f'"{id}"'


def stored(value: Any, field: Field | None = None) -> Any:
    """A typed value as SQLite keeps it: amounts REAL, dates and moments ISO text, yes/no 0 or 1."""
    if type(value) is str:
        return value
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
