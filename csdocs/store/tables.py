"""Records as SQL tables in a file, with what was said of them: derived, disposable, believed only for the state they were made of."""

import contextlib
import sqlite3
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from csdocs.store.filling import Filling

Connection = sqlite3.Connection
LAYOUT = 1
PATIENCE = 2.0  # seconds to wait for another process that writes
_STATES = "CREATE TABLE _states (kind TEXT PRIMARY KEY, key, since, until, clock, zone, body BLOB, digest BLOB)"


class Held(NamedTuple):
    """What was found of the state `key`. It holds from `since` (inclusive) to `until` (exclusive), both ISO moments in UTC.

    `clock`: the fixed clock of the workspace, "" where it goes; `zone`: its time zone.
    """

    key: str
    since: str
    until: str
    clock: str
    zone: str
    body: bytes


class Tables:
    """A file of tables. Trouble while reading means that there are none; trouble while writing that none are kept."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def held(self, kind: str) -> Held | None:
        try:
            with contextlib.closing(self.connect()) as connection:
                if connection.execute("PRAGMA user_version").fetchone() != (LAYOUT,):
                    return None
                found = connection.execute("SELECT * FROM _states WHERE kind = ?", (kind,)).fetchone()
        except sqlite3.Error:
            return None
        if found is None or found[-1] != _digest(found[:-1]):
            return None
        return Held(*found[1:-1])

    def connect(self) -> sqlite3.Connection:
        """To read; sqlite3.Error where there is nothing to read."""
        return sqlite3.connect(f"{self._file.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)

    def at(self, kind: str, key: str) -> sqlite3.Connection | None:
        """To read the tables as they are now, whoever writes meanwhile; None if they are those of another state."""
        try:
            connection = self.connect()
            connection.execute("BEGIN")
            found = connection.execute("SELECT key FROM _states WHERE kind = ?", (kind,)).fetchone()
        except sqlite3.Error:
            return None
        if found == (key,):
            return connection
        connection.close()
        return None

    def discard(self) -> None:
        with contextlib.suppress(OSError):
            self._file.unlink()

    def write(self, held: Mapping[str, Held], fill: "Filling | None" = None) -> None:
        """All of it or nothing. Tables that `fill` does not bring along are no longer believed unless their state is held."""
        try:
            self._file.parent.mkdir(exist_ok=True)
            self._write(held, fill)
        except sqlite3.DatabaseError as error:
            if not isinstance(error, sqlite3.OperationalError):  # broken, or none of ours: the next run begins anew
                self.discard()
        except OSError:
            return

    def _write(self, held: Mapping[str, Held], fill: "Filling | None") -> None:
        url = f"{self._file.absolute().as_uri()}?mode=rwc"
        with contextlib.closing(sqlite3.connect(url, uri=True, timeout=PATIENCE, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("PRAGMA user_version").fetchone() != (LAYOUT,):
                empty(connection)
                connection.execute(_STATES)
                connection.execute(f"PRAGMA user_version = {LAYOUT}")
            if fill is not None:
                fill.into(connection)
            for kind, each in held.items():
                row = (kind, *each)
                connection.execute("INSERT OR REPLACE INTO _states VALUES (?,?,?,?,?,?,?,?)", (*row, _digest(row)))
            connection.execute("COMMIT")


def in_memory(fill: "Filling") -> sqlite3.Connection:
    """Tables of one run."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    fill.into(connection)
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
