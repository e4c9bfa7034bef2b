"""Questions that files of the workspace ask the tables: they can only read, and only for a while."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from csdocs.model.error import CsdocsError
from csdocs.store.guard import ALL_TABLES, MAX_SECONDS, may, refusal
from csdocs.store.schema import as_text, marks
from csdocs.store.scope import words_of

Functions = Mapping[str, Callable[..., Any]]
Ask = Callable[[str, Mapping[str, Any]], list[dict[str, Any]]]  # a query, and what its parameters stand for


class Extra(NamedTuple):
    """A table beside those of the records; `rows` is asked when a query names it."""

    columns: tuple[str, ...]
    rows: Callable[[], Iterable[Sequence[Any]]]


class Examined(NamedTuple):
    """Names of the columns a query gives, and every (table, column) it reads on the way."""

    columns: tuple[str, ...]
    reads: frozenset[tuple[str, str]]


class Database:
    """`records`, one table a form, one a rows field, as they lie behind a connection."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        functions: Functions,
        extra: Mapping[str, Extra],
        complete: Callable[[str], None] | None,
        prepare: Callable[[str], None] | None = None,
    ) -> None:
        """`extra`: tables beside those of the records, of this connection alone. `complete` makes what else a query may want.

        `prepare` is told which of the functions a query is about to call: under guard they cannot look anything up behind this connection.
        """
        self._connection, self._extra = connection, extra
        self._complete_records, self._prepare = complete, prepare
        self._calling = set(functions)
        self._filled: set[str] = set()
        self._end = 0.0  # of the time that a query may take
        for name, function in functions.items():
            connection.create_function(name, -1, function, deterministic=True)

    def _complete(self, sql: str) -> None:
        """Have the tables that a query names; a name that merely occurs costs time."""
        if self._complete_records is not None:
            self._complete_records(sql)
        if self._prepare is not None:
            for name in sorted(words_of(sql) & self._calling):
                self._calling.discard(name)
                self._prepare(name)
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
        with self.asking((sql,)) as ask:
            return ask(sql, values or {})

    @contextmanager
    def asking(self, queries: Iterable[str]) -> Iterator[Ask]:
        """To ask each of these as often as one likes. While nothing else is asked SQLite takes each apart once."""
        for sql in queries:
            self._complete(sql)
        with self._guarded():
            yield self._select

    def examine(self, sql: str, values: Mapping[str, Any]) -> Examined:
        """Run a query for what it names rather than for what it finds."""
        self._complete(sql)
        with self._guarded() as reads:
            names, _ = self._run(sql, values)
        return Examined(tuple(names), frozenset(reads))

    def _select(self, sql: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        names, rows = self._run(sql, values)
        return [dict(zip(names, row, strict=True)) for row in rows]

    @contextmanager
    def _guarded(self) -> Iterator[set[tuple[str, str]]]:
        """Gives what is read meanwhile, by table and column."""
        reads: set[tuple[str, str]] = set()

        def authorise(action: int, first: str | None, second: str | None, *_: str | None) -> int:
            if action == sqlite3.SQLITE_READ:
                reads.add((str(first), str(second)))
            return sqlite3.SQLITE_OK if may(action, first) else sqlite3.SQLITE_DENY

        self._connection.set_authorizer(authorise)
        self._connection.set_progress_handler(lambda: time.thread_time() > self._end, 10_000)
        try:
            yield reads
        finally:
            self._connection.set_authorizer(None)
            self._connection.set_progress_handler(None, 0)

    def _run(self, sql: str, values: Mapping[str, Any]) -> tuple[list[str], list[Any]]:
        self._end = time.thread_time() + MAX_SECONDS
        try:
            cursor = self._connection.execute(sql, values)
            return [column[0] for column in cursor.description or ()], cursor.fetchall()
        except (sqlite3.Error, ValueError) as error:
            raise CsdocsError(refusal(error), ALL_TABLES) from None
