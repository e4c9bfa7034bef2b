"""What one run lets the next one know: an SQLite file that may vanish, be broken or be in use at any time."""

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from csdocs.store.error import MISUSE, unless_spoilt

_LAYOUT = 1
_PATIENCE = 2.0  # seconds to wait for another process that writes
_TABLE = "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, body BLOB, digest BLOB) WITHOUT ROWID"


class Keep:
    """Bytes by name. Trouble is never an error: what cannot be read is not there, what cannot be written is not kept."""

    def __init__(self, file: Path, secret: bytes) -> None:
        """`secret`: whoever does not know it has noted nothing here."""
        self._file = file
        self._secret = secret

    def entries(self) -> Iterator[tuple[str, bytes]]:
        """Everything that is there unspoilt."""
        if not self._file.is_file():
            return
        with unless_spoilt(), contextlib.closing(self._open("ro")) as connection:
            for name, body, digest in connection.execute("SELECT name, body, digest FROM kept"):
                if isinstance(body, bytes) and isinstance(name, str) and digest == self._digest(name, body):
                    yield name, body

    def write(self, entries: Iterable[tuple[str, bytes]]) -> None:
        """All of it or nothing."""
        rows = [(name, body, self._digest(name, body)) for name, body in entries]
        if not rows:
            return
        try:
            self._file.parent.mkdir(exist_ok=True)
            self._write(rows)
        except (sqlite3.OperationalError, OSError):
            return  # in use, or not to be written
        except MISUSE:
            raise
        except sqlite3.DatabaseError:
            self._remove()  # broken, or none of ours: the next run begins anew

    def _write(self, rows: list[tuple[str, bytes, bytes]]) -> None:
        with contextlib.closing(self._open("rwc")) as connection:
            if connection.execute("PRAGMA user_version").fetchone() != (_LAYOUT,):
                connection.execute("DROP TABLE IF EXISTS kept")
            connection.execute(f"PRAGMA user_version = {_LAYOUT}")
            connection.execute(_TABLE)
            with connection:
                connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)

    def _open(self, mode: str) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._file.absolute().as_uri()}?mode={mode}", uri=True, timeout=_PATIENCE)

    def _remove(self) -> None:
        with contextlib.suppress(OSError):
            self._file.unlink()

    def _digest(self, name: str, body: bytes) -> bytes:
        """A page that a disk has spoilt is no page, nor is one that somebody else laid here."""
        key = hashlib.blake2b(name.encode("utf-8", "surrogateescape"), key=self._secret, digest_size=32).digest()
        return hashlib.blake2b(body, key=key, digest_size=16).digest()
