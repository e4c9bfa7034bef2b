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
    r"ambiguous column name: (.+)": r"列 \1 在几张表里都有，写成 表.列",
    r"no such function: (.+)": r"没有函数 \1",
    r"wrong number of arguments to function (.+)\(\)": r"函数 \1 的参数个数不对",
    r"misuse of aggregate(?: function)?:? (.+)\(\)": r"这里不能用 \1()",
    r"incomplete input": "语句没有写完",
    r'unrecognized token: "(.+?)"?': r"看不懂“\1”",
    r"You can only execute one statement at a time\.": "一次只能查一条语句",
    r"user-defined function raised exception": "函数的参数不对；用法如 param('参数', '2026-11-01')",
}


def refusal(error: Exception) -> Text:
    """What SQLite says of a query that it does not take; in Chinese where it is what nearly always is wrong."""
    said = str(error)
    found = (match.expand(zh) for what, zh in _WRONG.items() if (match := re.fullmatch(what, said)))
    return Text("SQL 错误：{why}", "SQL error: {why}").format(why=Text(next(found, said), said))


def may(action: int, name: str | None) -> bool:
    """Whether SQLite may do that. `name`: of the table, where it is about to read one; those that begin with _ are for us alone."""
    return action in _READING and not (action == sqlite3.SQLITE_READ and str(name).startswith("_"))
