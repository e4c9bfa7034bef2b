"""The tables of records, wherever they lie: in memory for one run, or in the index."""

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from csdocs.model.field import Field, RowsField
from csdocs.model.form import Form
from csdocs.model.person import Staff
from csdocs.store.scope import table_of

RECORD_COLUMNS = (
    "record", "form", "number", "state", "final", "day", "created_at", "created_by", "org_unit", "path",
)  # fmt: skip
Names = frozenset[str] | None  # of tables and columns that somebody reads; None: any may be read
OF_RECORDS = ("records", "_files", "_references", "_others", "_stubs")
_SAMPLE = 400  # rows of an index that are looked at to guess the others
_FACTS = f"""
CREATE TABLE _files (path PRIMARY KEY, {", ".join(c for c in RECORD_COLUMNS if c != "path")},
    name, series, width, amendment, done, effective, label_zh, label_en, deadlines) WITHOUT ROWID;
CREATE TABLE _references (path, place, target, id, forms, label_zh, label_en, route, PRIMARY KEY (path, place)) WITHOUT ROWID;
CREATE TABLE _others (path PRIMARY KEY, folder) WITHOUT ROWID;
CREATE TABLE _stubs (path PRIMARY KEY, record, form) WITHOUT ROWID;
CREATE TABLE records ({", ".join(RECORD_COLUMNS)}, PRIMARY KEY (record)) WITHOUT ROWID;
"""  # names of columns
_INDICES = """
CREATE INDEX IF NOT EXISTS _files_by_record ON _files (record);
CREATE INDEX IF NOT EXISTS _files_by_name ON _files (name);
CREATE INDEX IF NOT EXISTS _files_by_series ON _files (form, series, number, amendment);
CREATE INDEX IF NOT EXISTS _references_by_id ON _references (id);
CREATE INDEX IF NOT EXISTS _others_by_folder ON _others (folder);
CREATE INDEX IF NOT EXISTS _stubs_by_record ON _stubs (record);
CREATE INDEX IF NOT EXISTS records_by_age ON records (datetime(created_at));
"""


class Referred(NamedTuple):
    """A record names another: `ID` or `ID#row`, of one of the forms; `route` as JSON."""

    target: str
    forms: str
    label_zh: str
    label_en: str
    route: str


class FileFacts(NamedTuple):
    """What is known of a readable record file besides its values. `deadlines` is JSON, None where none runs."""

    path: str
    record: str
    form: str
    number: int | None
    state: str
    final: int
    day: str
    created_at: str
    created_by: str
    org_unit: str
    name: str
    series: str | None
    width: int
    amendment: int
    done: str
    effective: int
    label_zh: str
    label_en: str
    deadlines: str | None
    references: tuple[Referred, ...] = ()


def may_meet(one: Names, other: Names) -> bool:
    """Whether the same column may be among both."""
    return one is None or other is None or not one.isdisjoint(other)


def create_facts(connection: sqlite3.Connection) -> None:
    run_all(connection, _FACTS)


def create_indices(connection: sqlite3.Connection, forms: Iterable[Form]) -> None:
    """To be made when the rows are there: to keep them up to date row by row costs several times as much."""
    run_all(connection, _INDICES)
    for form in forms:
        index_form(connection, form)


def index_form(connection: sqlite3.Connection, form: Form, schema: str = "main") -> None:
    """By what it refers to."""
    for name, _, columns in shapes(form):
        for id in (id for id, field in columns.items() if field.kind == "reference"):
            connection.execute(f'CREATE INDEX IF NOT EXISTS {schema}.{name}_by_{id} ON {name} ("{id}")')


def run_all(connection: sqlite3.Connection, statements: str) -> None:
    """Within the transaction that was begun, unlike `executescript`."""
    for sql in statements.strip().split(";\n"):
        connection.execute(sql)


def insert(
    connection: sqlite3.Connection, name: str, rows: Sequence[Sequence[Any]], columns: Sequence[str] = ()
) -> None:
    """In the place of what has the same keys. `columns`: those that the rows fill, if not all."""
    if not rows:
        return
    listed = "(" + ", ".join(f'"{each}"' for each in columns) + ")" if columns else ""
    sql = f"INSERT OR REPLACE INTO {name}{listed} VALUES ({marks(len(rows[0]))})"  # noqa: S608  # one of ours, or a linted form's
    try:
        connection.executemany(sql, rows)
    except UnicodeEncodeError:
        connection.executemany(sql, [tuple(map(as_bytes, row)) for row in rows])


def as_bytes(value: Any) -> Any:
    """Names of files that are no text are kept as the bytes they are."""
    try:
        return value.encode() and value if isinstance(value, str) else value
    except UnicodeEncodeError:
        return value.encode("utf-8", "surrogatepass")


def as_text(value: Any) -> Any:
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


def insert_records(connection: sqlite3.Connection, path: str | None = None) -> None:
    """The files that stand for their numbers, all of them or one, become what queries know as `records`."""
    listed = ", ".join(RECORD_COLUMNS)
    which = "effective" if path is None else "path = ?"
    sql = f"INSERT OR REPLACE INTO records SELECT {listed} FROM _files WHERE {which}"  # noqa: S608  # names of columns
    connection.execute(sql, () if path is None else (as_bytes(path),))


Table = tuple[str, RowsField | None, dict[str, Field]]


@lru_cache(maxsize=512)
def shapes(form: Form) -> tuple[Table, ...]:
    """The tables of a form: name, the rows that it holds (None: the record's own fields), columns."""
    fields = form.fields.values()
    own = (table_of(form.id), None, _columns(field for field in fields if not isinstance(field, RowsField)))
    rows = ((table_of(form.id, each.id), each, _columns(each.fields)) for each in fields if isinstance(each, RowsField))
    return own, *rows


def _columns(fields: Iterable[Field]) -> dict[str, Field]:
    """What a broken form says twice, or may not say, is left out (lint reports it)."""
    found: dict[str, Field] = {}
    for field in fields:
        if field.id not in ("record", "row") and not isinstance(field, RowsField):
            found.setdefault(field.id, field)
    return found


def create_form(connection: sqlite3.Connection, form: Form, schema: str = "main") -> None:
    """Ordered by record: what a query finds without an order never depends on what was written when."""
    for name, rows, columns in shapes(form):
        own = ("record", "row") if rows else ("record",)
        listed = ", ".join([*own, *(f'"{id}"' for id in columns)])
        connection.execute(
            f"CREATE TABLE IF NOT EXISTS {schema}.{name} ({listed}, PRIMARY KEY ({', '.join(own)})) WITHOUT ROWID"
        )


def measure(connection: sqlite3.Connection, names: Iterable[str] = ("",)) -> None:
    """Let SQLite know how large the tables are, all of them or these. Of one that is empty it thinks the most."""
    connection.execute(f"PRAGMA analysis_limit = {_SAMPLE}")
    for name in names:
        connection.execute(f"ANALYZE {name}")
    connection.execute(
        "INSERT INTO sqlite_stat1 SELECT name, name, '1 1 1' FROM sqlite_schema WHERE type = 'table' "
        "AND name NOT LIKE 'sqlite_%' AND name NOT IN (SELECT tbl FROM sqlite_stat1)"
    )
    connection.execute("ANALYZE sqlite_schema")  # reads what was just written


def value_rows(
    form: Form, record: str, values: Mapping[str, Any], names: Names = None
) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Number and typed values of a record as rows of the tables of its form, as far as `names` has them."""
    for name, rows, columns in _named(form, names):
        if rows is None:
            yield name, [(record, *_stored(columns, values))]
        elif lines := values.get(rows.id):
            yield name, [(record, n, *_stored(columns, line)) for n, line in enumerate(lines, start=1)]


@lru_cache(maxsize=512)
def _named(form: Form, names: Names) -> tuple[tuple[str, RowsField | None, tuple[str, ...]], ...]:
    tables = [each for each in shapes(form) if names is None or each[0] in names]
    return tuple(
        (name, rows, tuple(id for id in columns if names is None or id in names)) for name, rows, columns in tables
    )


@lru_cache(maxsize=512)
def columns_named(form: Form, names: Names) -> dict[str, tuple[str, ...]]:
    """By table: which columns `value_rows` fills."""
    return {name: (*(("record", "row") if rows else ("record",)), *ids) for name, rows, ids in _named(form, names)}


def fact_rows(facts: FileFacts) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    yield "_files", [facts[:-1]]
    if facts.references:
        listed = enumerate(facts.references)
        yield "_references", [(facts.path, n, r.target, r.target.partition("#")[0], *r[1:]) for n, r in listed]


def delete_values(connection: sqlite3.Connection, form: Form, record: str) -> None:
    """Of a record in the tables of a form."""
    for name, _, _ in shapes(form):
        connection.execute(f"DELETE FROM {name} WHERE record = ?", (record,))  # noqa: S608  # ids of a linted form


def _stored(fields: Iterable[str], values: Mapping[str, Any]) -> list[Any]:
    makers = _MAKERS
    return [
        each if (make := makers.get(type(each), stored)) is None else make(each) for each in map(values.get, fields)
    ]


_MAKERS: dict[type, Callable[[Any], Any] | None] = {  # of what a field holds, by its type; None: it is kept as it is
    **dict.fromkeys((str, int, float, type(None))),
    **{bool: int, Decimal: float, Staff: attrgetter("id")},
    **{kind: kind.isoformat for kind in (dt.date, dt.time, dt.datetime)},
}


def stored(value: Any) -> Any:
    """A typed value as SQLite keeps it: amounts REAL, dates and moments ISO text (moments in UTC), yes/no 0 or 1."""
    match value:
        case bool():
            return int(value)
        case Decimal():
            return float(value)
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat(timespec="seconds")
        case dt.date() | dt.time():
            return value.isoformat()
        case dt.timedelta():
            return int(value.total_seconds())
        case list():
            return "、".join(str(stored(each)) for each in value)
        case dict():
            return str(value.get("name", ""))
    return value if isinstance(value, int | str) else str(getattr(value, "id", value))


def marks(count: int) -> str:
    return ",".join("?" * count)
