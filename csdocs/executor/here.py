"""In this process, one after the other."""

from collections.abc import Iterable, Iterator

from csdocs.executor.work import Made, Thing, Work


class Here:
    is_elsewhere = False

    def do_all(self, work: Work[Thing, Made], items: Iterable[Thing], chunk: int) -> Iterator[Made]:
        for item in items:
            yield from work.do((item,))
