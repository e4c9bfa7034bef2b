"""When files landed: the first step of the main line that had them, as Unix times."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Protocol


class Landings(Protocol):
    def get(self, path: str) -> int | None: ...

    def at_once(self) -> "Landed":
        """For other processes, which can ask nobody."""


class Landed:
    """Of all files, in a few dozen bytes each."""

    def __init__(self, landings: Iterable[tuple[str, int]]) -> None:
        """The first of several times counts."""
        self._folders: dict[str, bytearray] = {}
        for path, time in landings:
            folder, _, name = path.rpartition("/")
            self._folders.setdefault(folder, bytearray()).extend(_entry(name) + b"%d" % time)

    def get(self, path: str) -> int | None:
        folder, _, name = path.rpartition("/")
        listed, entry = self._folders.get(folder, b""), _entry(name)
        at = listed.find(entry)
        if at < 0:
            return None
        end = listed.find(b"/", at + len(entry))
        return int(listed[at + len(entry) : end if end >= 0 else None])

    def at_once(self) -> "Landed":
        return self


def _entry(name: str) -> bytes:
    """No name holds a slash or a NUL."""
    return b"/%s\0" % name.encode("utf-8", "surrogateescape")


class LandedOneByOne:
    """To read all of history costs more than a few of them are worth."""

    def __init__(self, one: Callable[[str], int | None], every: Callable[[], Iterable[tuple[str, int]]]) -> None:
        self.get = cache(one)
        self._every = every

    def at_once(self) -> Landed:
        return Landed(self._every())
