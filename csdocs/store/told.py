"""What records say only when they are judged, for reports: deadlines, clauses that were broken, and the values that answers to queries bring."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Set
from typing import Any, NamedTuple

from csdocs.model.form import Form
from csdocs.store.database import Database, Extra, Functions
from csdocs.store.error import trusting
from csdocs.store.schema import RECORD_COLUMNS, create_form, index_form, insert, shapes
from csdocs.store.scope import words_of

TABLES = """
CREATE TABLE _deadlines (path, place, deadline, limit_at, met_at, ends, met, missed, breaks, final, PRIMARY KEY (path, place)) WITHOUT ROWID;
CREATE TABLE _broken (path, place, clause, PRIMARY KEY (path, place)) WITHOUT ROWID;
CREATE TABLE _answered (path PRIMARY KEY, form, state, final, rows) WITHOUT ROWID;
"""
TOLD = ("_deadlines", "_broken", "_answered")
NOT_LIVE = ("draft", "void", "rejected", "withdrawn", "returned")
COLUMNS = {
    "live": RECORD_COLUMNS,
    "deadlines": ("record", "form", "deadline", "limit_at", "met_at", "missed", "days", "final"),
    "breaches": ("record", "form", "clause"),
}


class Told(NamedTuple):
    """Rows about one record file, by table."""

    deadlines: list[tuple[Any, ...]]
    broken: list[tuple[Any, ...]]
    answered: list[tuple[Any, ...]]

    @property
    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        return dict(zip(TOLD, self, strict=True))


NOTHING_TOLD = Told([], [], [])


class Extent(NamedTuple):
    """How far a report reaches, and when it is asked (Unix time). `named`: the forms whose tables it reads; all count where there are none."""

    now: int
    named: tuple[str, ...]
    forms: tuple[Form, ...]


class ToldDatabase(Database):
    """With `live`, `deadlines` and `breaches`. Where answers to queries change what a record says, that lies before what it says alone."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        functions: Functions,
        extra: Mapping[str, Extra],
        complete: Callable[[str], None] | None,
        extent: Extent,
    ) -> None:
        super().__init__(connection, functions, extra, complete)
        self._extent = extent
        self._drawn: set[str] = set()

    def _complete(self, sql: str) -> None:
        super()._complete(sql)
        with trusting():
            self._draw(words_of(sql))

    def _draw(self, words: Set[str]) -> None:
        for name, draw in _DRAWN.items():
            if name not in self._drawn and not words.isdisjoint(_WANTED_BY.get(name, {name})):
                self._drawn.add(name)
                _drop(self._connection, name)
                draw(self._connection, self._extent)
        for form in self._extent.forms:
            if form.id not in self._drawn:
                self._drawn.add(form.id)
                _answer(self._connection, form)


def _drop(connection: sqlite3.Connection, name: str) -> None:
    found = connection.execute("SELECT type FROM temp.sqlite_master WHERE name = ?", (name,)).fetchone()
    if found:
        connection.execute(f"DROP {found[0]} temp.{name}")


def _draw_records(connection: sqlite3.Connection, _: Extent) -> None:
    """Only where an answer has changed the state of one."""
    if connection.execute(_RESTATED).fetchone() is not None:
        connection.execute(f"CREATE TEMP TABLE records ({_LISTED}, PRIMARY KEY (record)) WITHOUT ROWID")
        connection.execute(_COPIED)
        connection.execute(f"{_CORRECTED} ({_RESTATED})")


_LISTED = ", ".join(RECORD_COLUMNS)
_RESTATED = (
    "SELECT a.path FROM _answered a JOIN _files f ON f.path = a.path AND f.effective "
    "AND (f.state, f.final) IS NOT (a.state, a.final)"
)
_COPIED = f"INSERT INTO temp.records SELECT {_LISTED} FROM main.records"  # noqa: S608  # names of columns
_CORRECTED = (
    "UPDATE temp.records SET (state, final) = (SELECT a.state, a.final FROM _answered a WHERE a.path = records.path) "
    "WHERE path IN"
)


def _draw_live(connection: sqlite3.Connection, _: Extent) -> None:
    """Records that count: signed at least once, and neither void nor turned down."""
    connection.execute(_LIVE)


_LIVE = f"CREATE TEMP VIEW live AS SELECT {_LISTED} FROM records WHERE state NOT IN {NOT_LIVE}"  # noqa: S608  # ours


def _draw_deadlines(connection: sqlite3.Connection, extent: Extent) -> None:
    _draw(connection, "deadlines", extent, _DEADLINES)


def _draw_breaches(connection: sqlite3.Connection, extent: Extent) -> None:
    _draw(connection, "breaches", extent, _BREACHES)


def _draw(connection: sqlite3.Connection, name: str, extent: Extent, sql: str) -> None:
    connection.execute(f"CREATE TEMP TABLE {name} ({', '.join(COLUMNS[name])})")
    named = f" {' '.join(extent.named)} " if extent.named else ""
    connection.execute(f"INSERT INTO temp.{name} {sql}", {"now": extent.now, "named": named})
    connection.execute(f"CREATE INDEX temp.{name}_by_record ON {name} (record)")


_THOSE = "(:named = '' OR instr(:named, ' ' || f.form || ' '))"
_MISSED = "coalesce(d.missed, :now > d.ends)"
# `days`: whole days past the limit, until it was met or until now
_DEADLINES = f"""
SELECT f.record, f.form, d.deadline, d.limit_at, d.met_at, {_MISSED},
    iif({_MISSED}, (coalesce(d.met, :now) - d.ends) / 86400, 0), d.final
FROM _deadlines d JOIN _files f ON f.path = d.path AND f.effective WHERE {_THOSE} ORDER BY d.path, d.place
"""  # noqa: S608  # ours
_BREACHES = f"""
SELECT f.record, f.form, x.clause
FROM (
    SELECT path, 0 AS late, place, clause FROM _broken
    UNION ALL SELECT d.path, 1, d.place, d.breaks FROM _deadlines d WHERE d.breaks IS NOT NULL AND {_MISSED}
) x JOIN _files f ON f.path = x.path AND f.effective WHERE {_THOSE} ORDER BY x.path, x.late, x.place
"""  # noqa: S608  # ours
_DRAWN = {"records": _draw_records, "live": _draw_live, "deadlines": _draw_deadlines, "breaches": _draw_breaches}
_WANTED_BY = {"records": {"records", "live"}}


def _answer(connection: sqlite3.Connection, form: Form) -> None:
    """The tables of a form with what its records say once their queries are answered."""
    names = [name for name, *_ in shapes(form)]
    for name in names:
        _drop(connection, name)
    found = connection.execute(
        "SELECT a.rows FROM _answered a JOIN _files f ON f.path = a.path AND f.effective WHERE a.form = ?", (form.id,)
    ).fetchall()
    if not found:
        return
    create_form(connection, form, "temp")
    for name in names:
        connection.execute(f"INSERT INTO temp.{name} SELECT * FROM main.{name}")  # noqa: S608  # of a linted form
    rows: dict[str, list[Any]] = {name: [] for name in names}
    for (body,) in found:
        for name, own in json.loads(body).items():
            rows[name] += own
    for name in names:
        insert(connection, f"temp.{name}", rows[name])
    index_form(connection, form, "temp")


def answered_row(path: str, form: str, state: str, final: bool, values: Iterable[tuple[str, Any]]) -> tuple[Any, ...]:
    """`values`: rows of the tables of the form."""
    return path, form, state, int(final), json.dumps(dict(values))
