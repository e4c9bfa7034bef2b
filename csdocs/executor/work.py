"""The seam: what is to be done to many things, and who does it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol, TypeVar

Item = TypeVar("Item", contravariant=True)
Result = TypeVar("Result", covariant=True)
Thing = TypeVar("Thing")
Made = TypeVar("Made")


def chunks_of(items: Iterable[Thing], size: int) -> Iterator[Sequence[Thing]]:
    left = iter(items)
    while chunk := tuple(islice(left, size)):
        yield chunk


class Work(Protocol[Item, Result]):
    """Can be pickled, and does in another process what it does in this one."""

    def do(self, items: Sequence[Item]) -> Sequence[Result]: ...

    def prepare(self) -> None:
        """Read what every process needs: processes that are forked after this share it."""

    def sight(self) -> Mapping[str, str]:
        """What the results rest on, by name: where two processes see the same, they come to the same results."""


class Executor(Protocol):
    @property
    def is_elsewhere(self) -> bool:
        """Whether other machines may take part: no secret goes there."""

    def do_all(self, work: Work[Thing, Made], items: Iterable[Thing], chunk: int) -> Iterator[Made]:
        """In the order of `items`. Nothing new is begun once the iterator is closed. `chunk`: items worth sending at once.

        Asked again to do the same work, whoever has read what it takes need not do so again.
        """
