"""What a query may do that is none of ours: read the tables that are meant for it, and only for a while."""

import re
import sqlite3

from csdocs.model.text import Text

MAX_SECONDS = 20.0
ALL_TABLES = Text("csdocs sql 列出全部表和列", "csdocs sql lists all tables and columns")
_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
_WRONG = {  # what SQLite says, in Chinese
    r"no such table: (.+)": r"没有表 \1",
    r"no such column: (.+)": r"没有列 \1",
    r'near "(.+)": syntax error': r"“\1”附近有语法错误",
}


def refusal(error: Exception) -> Text:
    """What SQLite says of a query that it does not take; in Chinese where it is what nearly always is wrong."""
    said = str(error)
    found = (re.sub(what, zh, said) for what, zh in _WRONG.items() if re.fullmatch(what, said))
    return Text("SQL 错误：{why}", "SQL error: {why}").format(why=Text(next(found, said), said))


def may(action: int, name: str | None) -> bool:
    """Whether SQLite may do that. `name`: of the table, where it is about to read one; those that begin with _ are for us alone."""
    return action in _READING and not (action == sqlite3.SQLITE_READ and str(name).startswith("_"))
