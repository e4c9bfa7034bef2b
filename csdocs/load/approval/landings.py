"""When files landed: the first step of the main line that had them, as Unix times."""

from collections.abc import Callable, Iterable, Iterator
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
        self._open, self._times = "", dict[str, int]()  # records are read in the order of their folders
        for path, time in landings:
            folder, _, name = path.rpartition("/")
            self._folders.setdefault(folder, bytearray()).extend(_entry(name) + b"%d" % time)

    def get(self, path: str) -> int | None:
        folder, _, name = path.rpartition("/")
        if folder != self._open:
            self._open, self._times = folder, dict(_entries(self._folders.get(folder, b"")))
        return self._times.get(name)

    def at_once(self) -> "Landed":
        return self


def _entry(name: str) -> bytes:
    """No name holds a slash or a NUL."""
    return b"/%s\0" % name.encode("utf-8", "surrogateescape")


def _entries(listed: bytes | bytearray) -> Iterator[tuple[str, int]]:
    """The first of a name last, since it counts."""
    for entry in reversed(bytes(listed).split(b"/")[1:]):
        name, _, time = entry.partition(b"\0")
        yield name.decode("utf-8", "surrogateescape"), int(time)


class LandedOneByOne:
    """To read all of history costs more than a few of them are worth."""

    def __init__(self, one: Callable[[str], int | None], every: Callable[[], Iterable[tuple[str, int]]]) -> None:
        self.get = cache(one)
        self._every = every

    def at_once(self) -> Landed:
        return Landed(self._every())
