"""Tables that cannot be read. What may be wrong with a file is told from what only a program can do wrong."""

import contextlib
import sqlite3
from collections.abc import Iterator
from types import TracebackType

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text

MISUSE = (sqlite3.ProgrammingError, sqlite3.InterfaceError)
"""No file brings these about: a statement without its values, a connection that was closed. They are never taken for a spoilt file."""


class Nonsense(Exception):
    """Something lies in the index that no program of ours has written."""


SPOILT = (sqlite3.Error, Nonsense)
"""To be caught after MISUSE: SQLite makes no class of its own for a file that is broken."""


class Spoilt(CsdocsError):
    """The file of the tables is not what was written."""


class unless_spoilt(contextlib.suppress):
    """What cannot be read is not there, and what cannot be written is not kept."""

    def __init__(self) -> None:
        super().__init__(sqlite3.Error)

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> bool:
        return not isinstance(value, MISUSE) and super().__exit__(kind, value, trace)


@contextlib.contextmanager
def trusting() -> Iterator[None]:
    """Reads what was written by this program, and says so where it was not."""
    try:
        yield
    except MISUSE:
        raise
    except (sqlite3.Error, ValueError, TypeError, LookupError, RecursionError) as error:
        raise Spoilt(
            Text(f"索引无法读取（{error}），已经丢弃", f"the index cannot be read ({error}) and was thrown away"),
            Text("请再运行一次", "run the command again"),
        ) from None
