"""In this process, one after the other."""

from collections.abc import Iterable, Iterator
from itertools import islice

from csdocs.executor.work import Made, Thing, Work

_AT_ONCE = 16  # whoever waits wants to see it go on


class Here:
    is_elsewhere = False

    def do_all(self, work: Work[Thing, Made], items: Iterable[Thing], chunk: int) -> Iterator[Made]:
        left = iter(items)
        while some := tuple(islice(left, min(chunk, _AT_ONCE))):
            yield from work.do(some)
