"""Tables that hold now, and what can be asked of them."""

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, NamedTuple

from csdocs.model.listed import DueItem, Listed, Running
from csdocs.model.text import EMPTY, Text
from csdocs.store.disk import walking_order
from csdocs.store.error import trusting
from csdocs.store.query import QueryAnswer, ask
from csdocs.store.scope import table_of
from csdocs.store.search import SearchResult, search

UNREADABLE = "SELECT (SELECT count(*) FROM _verdicts) - (SELECT count(*) FROM _files)"  # record files that no table of an index holds
_UNREADABLE_BELOW = (
    "SELECT (SELECT count(*) FROM _verdicts WHERE path > ?1 AND path < ?2)"
    " - (SELECT count(*) FROM _files WHERE path > ?1 AND path < ?2)"
)
_UNFINISHED = "SELECT path FROM _files WHERE NOT final"
_UNREAD = "SELECT path FROM _verdicts WHERE path NOT IN (SELECT path FROM _files)"
Functions = Callable[[], Mapping[str, Callable[..., object]]]


class Label(NamedTuple):
    """Of a table, or of its column `field`."""

    table: str
    field: str
    words: Text


def _call(functions: Functions, name: str, *given: object) -> Any:
    return functions()[name](*given)


class Reading:
    """`functions` are asked for when a query calls one: to have them, the rule book must be read."""

    def __init__(self, connection: sqlite3.Connection, functions: Functions, *, unreadable: int | None = None) -> None:
        """`unreadable`: record files that no table holds; None where the index has to say."""
        self._connection = connection
        self._unreadable = unreadable
        for name in ("param", "in_force", "today"):
            connection.create_function(name, -1, partial(_call, functions, name), deterministic=True)

    @property
    def unreadable(self) -> int:
        """How many record files no table holds."""
        if self._unreadable is None:
            with trusting():
                self._unreadable = int(self._connection.execute(UNREADABLE).fetchone()[0])
        return self._unreadable

    def unreadable_below(self, folder: str) -> int:
        """The same of one folder, of an index."""
        below = (f"{folder}/", f"{folder}0")  # what comes after the slash
        with trusting():
            return int(self._connection.execute(_UNREADABLE_BELOW, below).fetchone()[0])

    def ask(self, sql: str) -> QueryAnswer:
        """What somebody typed."""
        return ask(self._connection, sql)

    def search(self, words: Sequence[str], form: str | None, limit: int) -> SearchResult:
        with trusting():
            return search(self._connection, words, form, limit)

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        with trusting():
            rows = self._connection.execute("SELECT name, field, zh, en FROM _labels ORDER BY rowid").fetchall()
        return tuple(Label(name, field, Text(zh, en)) for name, field, zh, en in rows)

    @property
    def tables(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.table for each in self.labels))

    @cached_property
    def forms(self) -> tuple[str, ...]:
        with trusting():
            return tuple(id for (id,) in self._connection.execute("SELECT id FROM _forms ORDER BY rowid"))

    def rows(self, table: str) -> QueryAnswer:
        """All of it, in the order of the records."""
        own = [each.field for each in self.labels if each.table == table]
        order = ", ".join(column for column in ("record", "row") if column in own)
        with trusting():
            sql = f"SELECT * FROM {table}{f' ORDER BY {order}' if order else ''}"  # noqa: S608  # one of ours
            found = self._connection.execute(sql)
        return QueryAnswer(tuple(column[0] for column in found.description), found)

    def label(self, table: str, field: str) -> Text | None:
        return next((each.words for each in self.labels if (each.table, each.field) == (table, field)), None)

    def titles(self) -> dict[str, Text]:
        """Of forms, by their ids."""
        words = {each.table: each.words for each in self.labels if not each.field}
        return {id: words.get(table_of(id), EMPTY) for id in self.forms}

    def count(self, table: str) -> int:
        with trusting():
            return int(self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608  # one of ours

    def directory(self, form: str) -> str | None:
        """Folder of the form's records below `records/`; None for a form that is not there."""
        with trusting():
            found = self._connection.execute("SELECT directory FROM _forms WHERE id = ?", (form,)).fetchone()
        return found[0] if found else None

    def listed(self, form: str | None = None) -> list[Listed]:
        """Record files in the order in which the workspace is walked: of a form, or of all."""
        return self._files("form = ?1 OR ?1 IS NULL", form)

    def running(self) -> list[Listed]:
        """The same of those of all forms that wait for something."""
        return self._files("deadlines IS NOT NULL")

    def _files(self, which: str, *given: str | None) -> list[Listed]:
        columns = "path, name, form, final, day, state, label_zh, label_en, created_by, deadlines, effective"
        with trusting():
            sql = f"SELECT {columns} FROM _files WHERE {which}"  # noqa: S608  # nothing of it was typed
            rows = self._connection.execute(sql, given).fetchall()
            return sorted(map(_listed, rows), key=lambda each: walking_order(each.path))

    def unfinished(self) -> list[str]:
        """Paths of record files that are not closed, or cannot be read, in the order in which the workspace is walked."""
        asked = (_UNFINISHED, _UNREAD) if self.unreadable else (_UNFINISHED,)
        with trusting():
            rows = [row for sql in asked for row in self._connection.execute(sql).fetchall()]
            return sorted((path for (path,) in rows), key=walking_order)

    def owed(self) -> list[DueItem]:
        with trusting():
            rows = self._connection.execute("SELECT * FROM _owed ORDER BY rowid").fetchall()
            return [
                DueItem(Text(*row[:2]), Text(*row[2:4]), row[4], dt.date.fromisoformat(row[5]) if row[5] else None)
                for row in rows
            ]

    def close(self) -> None:
        self._connection.close()


def _listed(row: tuple[Any, ...]) -> Listed:
    *head, zh, en, created_by, deadlines, counts = row
    path, name, form, final, day, state = head
    running = json.loads(deadlines) if deadlines else ()
    limits = tuple(Running(Text(zh, en), dt.datetime.fromisoformat(limit)) for zh, en, limit in running)
    return Listed(path, name, form, bool(final), day, state, Text(zh, en), created_by, limits, bool(counts))
