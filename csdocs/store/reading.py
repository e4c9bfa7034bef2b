"""Tables that hold now, and what can be asked of them."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text
from csdocs.store.query import Answer, ask
from csdocs.store.search import Found, search

Functions = Callable[[], Mapping[str, Callable[..., object]]]


class Label(NamedTuple):
    """Of a table, or of its column `field`."""

    table: str
    field: str
    words: Text


class Spoilt(CsdocsError):
    """The file of the tables is not what was written."""


class Reading:
    """`functions` are asked for when a query calls one: to have them, the rule book must be read."""

    def __init__(self, connection: sqlite3.Connection, functions: Functions) -> None:
        self._connection = connection
        self._functions = functions

    def ask(self, sql: str) -> Answer:
        def late(name: str) -> Callable[..., object]:
            return lambda *given: self._functions()[name](*given)  # noqa: PLW0108  # not asked for before it is called

        return ask(self._connection, sql, {name: late(name) for name in ("param", "in_force", "today")})

    def search(self, words: Sequence[str], form: str | None, limit: int) -> Found:
        with _trusting():
            return search(self._connection, words, form, limit)

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        with _trusting():
            rows = self._connection.execute("SELECT name, field, zh, en FROM _labels ORDER BY rowid").fetchall()
        return tuple(Label(name, field, Text(zh, en)) for name, field, zh, en in rows)

    def label(self, table: str, field: str) -> Text | None:
        return next((each.words for each in self.labels if (each.table, each.field) == (table, field)), None)

    def count(self, table: str) -> int:
        with _trusting():
            return int(self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608  # one of ours

    def close(self) -> None:
        self._connection.close()


@contextlib.contextmanager
def _trusting() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise Spoilt(
            Text(f"索引无法读取（{error}），已经丢弃", f"the index cannot be read ({error}) and was thrown away"),
            Text("请再运行一次", "run the command again"),
        ) from None
