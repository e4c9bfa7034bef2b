"""What a query may do that is none of ours: read the tables that are meant for it, and only for a while."""

import sqlite3

MAX_SECONDS = 20.0
_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}


def may(action: int, name: str | None) -> bool:
    """Whether SQLite may do that. `name`: of the table, where it is about to read one; those that begin with _ are for us alone."""
    return action in _READING and not (action == sqlite3.SQLITE_READ and str(name).startswith("_"))
