"""Things that are worked through while somebody watches."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, Protocol, TypeVar

Thing = TypeVar("Thing")


class ProgressBar(Protocol):
    """Gives what it is given, and shows how far it has come."""

    def __call__(self, items: Iterable[Thing], /) -> Iterable[Thing]: ...


class Counted(Generic[Thing]):
    """They come one by one, and are counted only where somebody asks how many there will be."""

    def __init__(self, items: Iterable[Thing], count: Callable[[], int]) -> None:
        self._items, self._count = items, count

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._items)

    def __len__(self) -> int:
        return self._count()
