"""Questions that files of the workspace ask the tables: they can only read, and only for a while."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text
from csdocs.store.schema import as_text, marks
from csdocs.store.scope import words_of

MAX_SECONDS = 20.0
_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
Functions = Mapping[str, Callable[..., Any]]


class Extra(NamedTuple):
    """A table beside those of the records; `rows` is asked when a query names it."""

    columns: tuple[str, ...]
    rows: Callable[[], Iterable[Sequence[Any]]]


class Examined(NamedTuple):
    """Names of the columns a query gives, and every (table, column) it reads on the way."""

    columns: tuple[str, ...]
    reads: frozenset[tuple[str, str]]


class Index:
    """`records`, one table a form, one a rows field, as they lie behind a connection."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        functions: Functions,
        extra: Mapping[str, Extra],
        complete: Callable[[str], None] | None,
    ) -> None:
        """`extra`: tables beside those of the records, of this connection alone. `complete` makes what else a query may want."""
        self._connection, self._extra = connection, extra
        self._complete_records = complete
        self._filled: set[str] = set()
        for name, function in functions.items():
            connection.create_function(name, -1, function, deterministic=True)

    def _complete(self, sql: str) -> None:
        """Have the tables that a query names; a name that merely occurs costs time."""
        if self._complete_records is not None:
            self._complete_records(sql)
        for name in sorted((words_of(sql) & self._extra.keys()) - self._filled):
            self._filled.add(name)
            extra = self._extra[name]
            rows = [*extra.rows()]
            self._connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
            self._connection.execute(f"CREATE TEMP TABLE {name} ({', '.join(extra.columns)})")
            self._connection.executemany(f"INSERT INTO {name} VALUES ({marks(len(extra.columns))})", rows)  # noqa: S608

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """A question of our own."""
        self._complete(sql)
        return [tuple(map(as_text, row)) for row in self._connection.execute(sql, values)]

    def select(self, sql: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Rows of a query. It can only read, and only for MAX_SECONDS of this thread: a busy machine changes no verdict."""
        names, rows, _ = self._run(sql, values or {})
        return [dict(zip(names, row, strict=True)) for row in rows]

    def examine(self, sql: str, values: Mapping[str, Any]) -> Examined:
        """Run a query for what it names rather than for what it finds."""
        names, _, reads = self._run(sql, values)
        return Examined(tuple(names), frozenset(reads))

    def _run(self, sql: str, values: Mapping[str, Any]) -> tuple[list[str], list[Any], set[tuple[str, str]]]:
        self._complete(sql)
        end, reads = time.thread_time() + MAX_SECONDS, set()

        def authorise(action: int, first: str | None, second: str | None, *_: str | None) -> int:
            internal = action == sqlite3.SQLITE_READ and str(first).startswith("_")
            if action == sqlite3.SQLITE_READ:
                reads.add((str(first), str(second)))
            return sqlite3.SQLITE_OK if action in _READING and not internal else sqlite3.SQLITE_DENY

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
