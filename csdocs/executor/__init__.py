"""Who does the work where there is much of it: this process, all cores of this machine, or a cluster (`cluster.py`, slow to come by)."""

from collections.abc import Iterator
from contextlib import contextmanager

from csdocs.executor.here import FewHere, Here
from csdocs.executor.pool import AHEAD, Pool, cores
from csdocs.executor.work import Executor, Work, chunks_of

__all__ = ["AHEAD", "Executor", "FewHere", "Here", "Pool", "Work", "at_work", "chunks_of", "cores"]


@contextmanager
def at_work(executor: Executor | None, least: int) -> Iterator[Executor]:
    """`executor`, or all cores of this machine if it is None; this process for fewer than `least` things, and where it has one core."""
    if executor is not None:
        yield FewHere(executor, least)
    elif cores() == 1:
        yield Here()
    else:
        with Pool(cores()) as pool:
            yield FewHere(pool, least)
