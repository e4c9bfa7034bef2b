"""In this process, one after the other."""

from collections.abc import Iterator, Sequence

from csdocs.executor.work import Made, Thing, Work


class Here:
    is_elsewhere = False

    def do_all(self, work: Work[Thing, Made], items: Sequence[Thing], chunk: int) -> Iterator[Made]:
        for item in items:
            yield from work.do((item,))
