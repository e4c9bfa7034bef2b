"""Records as SQL tables in a file, with what was said of them: derived, disposable, believed only for the state they were made of."""

import contextlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from csdocs.store.error import MISUSE, unless_spoilt

Connection = sqlite3.Connection
LAYOUT = 5
PATIENCE = 2.0  # seconds to wait for another process that writes
_ROOM_KB = 8_192
# else Python looks for one each time, which costs more than a text
sqlite3.register_adapter(type(None), lambda none: none)
_STATES = (
    "CREATE TABLE _states (kind TEXT PRIMARY KEY, key, since, until, clock, zone, said, doubted, digest BLOB)",
    "CREATE TABLE _found (name TEXT, how TEXT, body BLOB, digest BLOB, PRIMARY KEY (name, how))",
)
AS_FOUND = ""  # not in words


class Passed(Connection):
    """Tables are handed on from one to the next: they are closed with the last who holds them, in whatever thread that is."""

    def __del__(self) -> None:
        with contextlib.suppress(sqlite3.ProgrammingError):  # it could not be opened
            self.close()


_passed = partial(sqlite3.connect, factory=Passed, check_same_thread=False)


class Held(NamedTuple):
    """What was found of the state `key`. It holds from `since` (inclusive) to `until` (exclusive), both ISO moments in UTC.

    `clock`: the fixed clock of the workspace, "" where it goes; `zone`: its time zone. `said`: the name of what was found.
    `doubted`: whether the clock was behind the last commit.
    """

    key: str
    since: str
    until: str
    clock: str
    zone: str
    said: str
    doubted: int = 0


class Said(NamedTuple):
    """By the name of what was found: that itself, or (`how`) in words."""

    name: str
    how: str
    body: bytes


class Tables:
    """A file of tables. Trouble while reading means that there are none; trouble while writing that none are kept."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._open: Connection | None = None

    def _reader(self) -> Connection:
        """To open them takes SQLite longer than to find a row: there are a thousand tables."""
        self._open = self._open or self.connect()
        return self._open

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
        self._open = None

    def held(self, kind: str, key: str) -> Held | None:
        """None too where it is that of another state."""
        with unless_spoilt():
            reader = self._reader()
            if reader.execute("PRAGMA user_version").fetchone() == (LAYOUT,) and _is_of(reader, kind, key):
                return read_state(reader, kind)
        return None

    def said(self, name: str, how: str = AS_FOUND) -> bytes | None:
        """What was found, or the words in which it was said."""
        with unless_spoilt():
            return read_said(self._reader(), name, how)
        return None

    def are_there(self) -> bool:
        """Whether somebody has begun to keep any."""
        return self._file.is_file()

    def connect(self) -> sqlite3.Connection:
        """To read; sqlite3.Error where there is nothing to read."""
        if _is_cut(self._file):
            raise sqlite3.DatabaseError("cut off")
        return _passed(f"{self._file.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)

    def at(self, kind: str, key: str) -> sqlite3.Connection | None:
        """To read the tables as they are now, whoever writes meanwhile; None if they are those of another state."""
        with unless_spoilt():
            connection = self.connect()
            connection.execute("BEGIN")
            if _is_of(connection, kind, key):
                return connection
            connection.close()
        return None

    def discard(self) -> None:
        self._close()
        with contextlib.suppress(OSError):
            self._file.unlink()

    def begin(self) -> Connection | None:
        """To write, alone, until the caller commits; None where that cannot be had."""
        self._close()
        try:
            self._file.parent.mkdir(exist_ok=True)
            if _is_cut(self._file):
                self.discard()
            return self._begin()
        except (sqlite3.OperationalError, OSError):
            return None  # in use, or not to be written
        except MISUSE:
            raise
        except sqlite3.DatabaseError:
            self.discard()  # broken, or none of ours
        with unless_spoilt():
            return self._begin()
        return None

    def _begin(self) -> Connection:
        url = f"{self._file.absolute().as_uri()}?mode=rwc"
        connection = sqlite3.connect(url, uri=True, timeout=PATIENCE, isolation_level=None)
        try:
            connection.execute(f"PRAGMA cache_size = -{_ROOM_KB}")
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("PRAGMA user_version").fetchone() != (LAYOUT,):
                empty(connection)
                create_states(connection)
                connection.execute(f"PRAGMA user_version = {LAYOUT}")
        except BaseException:
            connection.close()
            raise
        return connection

    def write(self, held: Mapping[str, Held], said: Iterable[Said]) -> None:
        """All of it or nothing."""
        connection = self.begin()
        if connection is None:
            return
        try:
            with contextlib.closing(connection):
                write_states(connection, held, said)
                connection.execute("COMMIT")
        except sqlite3.OperationalError:
            return
        except MISUSE:
            raise
        except sqlite3.DatabaseError:
            self.discard()


def _is_cut(file: Path) -> bool:
    """Whether pages are missing at the end, which SQLite would only notice where it looks for one of them."""
    if not file.is_file() or file.with_name(f"{file.name}-journal").exists():
        return False  # what was begun is taken back first
    with file.open("rb") as opened:
        head = opened.read(32)
    size = int.from_bytes(head[16:18], "big")
    return file.stat().st_size < int.from_bytes(head[28:32], "big") * (65_536 if size == 1 else size)


def _is_of(connection: Connection, kind: str, key: str) -> bool:
    """Asked before anything is read that may be long."""
    return bool(connection.execute("SELECT key FROM _states WHERE kind = ?", (kind,)).fetchone() == (key,))


def create_states(connection: Connection) -> None:
    for sql in _STATES:
        connection.execute(sql)


def write_states(connection: Connection, held: Mapping[str, Held], said: Iterable[Said]) -> None:
    """What no state was found to say any more goes, with the words in which that was said."""
    for kind, each in held.items():
        row = (kind, *each)
        connection.execute("INSERT OR REPLACE INTO _states VALUES (?,?,?,?,?,?,?,?,?)", (*row, _digest(row)))
    for words in said:
        connection.execute("INSERT OR REPLACE INTO _found VALUES (?,?,?,?)", (*words, _digest(words)))
    connection.execute("DELETE FROM _found WHERE name NOT IN (SELECT said FROM _states)")


def read_state(connection: Connection, kind: str) -> Held | None:
    found = connection.execute("SELECT * FROM _states WHERE kind = ?", (kind,)).fetchone()
    return Held(*found[1:-1]) if found is not None and found[-1] == _digest(found[:-1]) else None


def read_said(connection: Connection, name: str, how: str = AS_FOUND) -> bytes | None:
    found = connection.execute("SELECT * FROM _found WHERE name = ? AND how = ?", (name, how)).fetchone()
    return Said(*found[:-1]).body if found is not None and found[-1] == _digest(found[:-1]) else None


def private() -> Connection:
    """For tables of one run, begun: a file that nobody else sees and that goes with the connection. A part of it is held in memory."""
    connection = _passed("", isolation_level=None)
    connection.execute(f"PRAGMA cache_size = -{_ROOM_KB}")
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("BEGIN")
    return connection


def _digest(row: Sequence[Any]) -> bytes:
    """What a disk has spoilt was never said."""
    parts = (each if isinstance(each, bytes) else str(each).encode("utf-8", "surrogatepass") for each in row)
    return blake2b(b"\0".join(parts), digest_size=16).digest()


def empty(connection: sqlite3.Connection) -> None:
    listed = connection.execute("SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
    for kind, name in listed:
        quoted = name.replace('"', '""')
        connection.execute(f'DROP {kind} IF EXISTS "{quoted}"')
