"""In processes of this machine, as many as it has cores."""

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from csdocs.executor.work import Made, Thing, Work, chunks_of
from csdocs.model.error import CsdocsError
from csdocs.model.text import Text

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

AHEAD = 3  # chunks for each process, so that none is idle


def cores() -> int:
    """That this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Pool:
    """Belongs into a `with`: its processes begin with a work, do it as often as it is asked of them, and end with it."""

    is_elsewhere = False

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None
        self._work: object = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def do_all(self, work: Work[Thing, Made], items: Iterable[Thing], chunk: int) -> Iterator[Made]:
        from concurrent.futures.process import BrokenProcessPool

        if self._pool is None or self._work is not work:
            self._end()
            self._pool = self._begin(work)
        try:
            yield from self._in_order(self._pool, chunks_of(items, chunk))
        except BrokenProcessPool:
            raise CsdocsError(
                Text("一个工作进程意外结束，可能是内存不足", "a process ended unexpectedly; perhaps memory ran out"),
                Text("请关闭其他程序后重试", "close other programs and run it again"),
            ) from None

    def _begin(self, work: Work[Any, Any]) -> "ProcessPoolExecutor":
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        work.prepare()
        gc.freeze()  # what a fork shares stays shared: no collection in a child touches it
        self._work = work
        context = multiprocessing.get_context(_start_method(multiprocessing.get_all_start_methods()))
        return ProcessPoolExecutor(self._processes, context, initializer=_begin, initargs=(work,))

    def _end(self) -> None:
        pool, self._pool, self._work = self._pool, None, None
        if pool is not None:
            with _undisturbed():
                pool.shutdown(cancel_futures=True)
                gc.unfreeze()

    def _in_order(self, pool: "ProcessPoolExecutor", chunks: Iterator[Sequence[Any]]) -> Iterator[Any]:
        """Where the one that takes the results is the slowest, they do not pile up."""
        waiting: deque[Future[Sequence[Any]]] = deque()
        try:
            for items in chunks:
                with _undisturbed():  # the first begins the processes
                    waiting.append(pool.submit(_do, items))
                if len(waiting) > AHEAD * self._processes:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits: a process that has only just begun would call it a mistake, and one that is half ended would never end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


def _start_method(known: Sequence[str]) -> str:
    # On macOS the libraries that lay out text do not survive a fork.
    return "fork" if "fork" in known and sys.platform != "darwin" else "spawn"


_work: Work[Any, Any]  # in a process of the pool: set when it begins


def _begin(work: Work[Any, Any]) -> None:
    global _work  # noqa: PLW0603  # the only way to hand a process of the pool what it works with
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all of them: the one that began them says when to end


def _do(items: Sequence[Any]) -> Sequence[Any]:
    return _work.do(items)
