"""In this process, one after the other."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from csdocs.executor.work import Executor, Made, Thing, Work

_AT_ONCE = 32  # whoever waits wants to see it go on


class Here:
    is_elsewhere = False

    def do_all(self, work: Work[Thing, Made], items: Iterable[Thing], chunk: int) -> Iterator[Made]:
        left = iter(items)
        while some := tuple(islice(left, min(chunk, _AT_ONCE))):
            yield from work.do(some)


class FewHere:
    """In this process as long as there is too little to do for others to begin; what they have begun they go on with."""

    def __init__(self, others: Executor, least: int) -> None:
        self._others, self._least = others, least
        self._begun: object = None

    @property
    def is_elsewhere(self) -> bool:
        return self._others.is_elsewhere

    def do_all(self, work: Work[Thing, Made], items: Iterable[Thing], chunk: int) -> Iterator[Made]:
        left = iter(items)
        first = [*islice(left, self._least)]
        if len(first) == self._least:
            self._begun = work
        who: Executor = self._others if self._begun is work else Here()
        return who.do_all(work, chain(first, left), chunk)
