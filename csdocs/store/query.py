"""A query that somebody typed: it can read the tables, and only for a while."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text
from csdocs.store.guard import ALL_TABLES, MAX_SECONDS, may, refusal

_LONGEST_VALUE = 16 * 1024 * 1024  # bytes
_ONLY_READ = Text(
    "这里只能查询：不能修改数据，也不能用 PRAGMA、ATTACH 或内部表",
    "this only answers questions: it changes nothing, and takes no PRAGMA, no ATTACH and no internal table",
)
_ONLY_READ_HINT = Text("写成一条 SELECT 语句", "write one SELECT statement")


class QueryAnswer(NamedTuple):
    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def ask(connection: sqlite3.Connection, sql: str) -> QueryAnswer:
    """CsdocsError, also while rows are read, for what is no query, cannot be answered or takes longer than MAX_SECONDS."""
    end = time.monotonic() + MAX_SECONDS
    refused: list[int] = []

    def authorise(action: int, name: str | None, *_: str | None) -> int:
        if may(action, name):
            return sqlite3.SQLITE_OK
        refused.append(action)
        return sqlite3.SQLITE_DENY

    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    connection.set_authorizer(authorise)
    connection.set_progress_handler(lambda: time.monotonic() > end, 10_000)
    rows = _rows(connection, sql, refused, lambda: time.monotonic() > end)
    return QueryAnswer(next(rows), rows)


def _rows(
    connection: sqlite3.Connection, sql: str, refused: list[int], is_late: Callable[[], bool]
) -> Iterator[tuple[Any, ...]]:
    """First the names of the columns."""
    try:
        cursor = connection.execute(sql)
        yield tuple(column[0] for column in cursor.description or ())
        yield from cursor
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        if refused:
            raise CsdocsError(_ONLY_READ, _ONLY_READ_HINT) from None
        if is_late():
            raise CsdocsError(
                Text(
                    f"查询超过 {MAX_SECONDS:.0f} 秒，已停止",
                    f"the query took over {MAX_SECONDS:.0f} seconds and was stopped",
                ),
                Text("缩小范围，或检查连接条件", "narrow it down, or see whether a join lacks its condition"),
            ) from None
        raise CsdocsError(
            refusal(error),
            ALL_TABLES,
        ) from None
