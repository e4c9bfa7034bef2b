"""Printing many things at once, on all cores: each process has its own fonts, the key of the seal is loaded once."""

import gc
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from csdocs.check import cores
from csdocs.press.audience import Outsider
from csdocs.press.printing import Press, Rendition, Subject
from csdocs.press.sealing import Sealing
from csdocs.render.pdf import prepare
from csdocs.store.disk import RECORDS

LEAST_FOR_A_POOL = 12  # renditions; with fewer, starting processes costs more than they save
_CHUNK = 4


class Job(NamedTuple):
    """`name`: path of a record, id of a document or form; `outsider`: for whom a record is copied."""

    subject: Subject
    name: str = ""
    outsider: Outsider | None = None


class _Printer(NamedTuple):
    press: Press
    sealing: Sealing | None

    def print(self, job: Job) -> Rendition:
        rendition = self._print(job)
        if self.sealing is None:
            return rendition
        return rendition._replace(data=self.sealing.apply(rendition.data, rendition.title))

    def _print(self, job: Job) -> Rendition:
        if job.subject == "manual":
            return self.press.manual()
        if job.subject == "document":
            return self.press.document(job.name)
        if job.subject == "blank":
            return self.press.blank(job.name)
        return self.press.record(job.name, job.outsider)


def print_many(press: Press, jobs: Sequence[Job], sealing: Sealing | None = None) -> Iterator[Rendition]:
    """In the order of `jobs`, sealed where there is a seal."""
    printer = _Printer(press, sealing)
    if len(jobs) < LEAST_FOR_A_POOL or cores() == 1 or not _can_fork():
        yield from map(printer.print, jobs)
        return
    yield from _print_in_pool(printer, jobs)


def _can_fork() -> bool:
    import multiprocessing
    import sys

    # On macOS the libraries that lay out text do not survive a fork.
    return sys.platform != "darwin" and "fork" in multiprocessing.get_all_start_methods()


def _print_in_pool(printer: _Printer, jobs: Sequence[Job]) -> Iterator[Rendition]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    prepare()
    printer.press.facts.changed  # noqa: B018  # asked of git once here rather than once in each process
    if _ask_other_records(printer.press, jobs):
        printer.press.tree  # noqa: B018  # and all records read once
    chunks = [jobs[start : start + _CHUNK] for start in range(0, len(jobs), _CHUNK)]
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(cores(), context, initializer=_begin, initargs=(printer,)) as pool:
        yield from chain.from_iterable(pool.map(_print_chunk, chunks))


def _ask_other_records(press: Press, jobs: Sequence[Job]) -> bool:
    """Whether a form to be printed has fields that are counted over all records."""
    folders = tuple(f"{RECORDS}/{form.directory}/" for form in press.workspace.forms.values() if form.has_queries)
    return any(job.name.startswith(folders) for job in jobs)


_printer: _Printer  # in a process of the pool: set when it begins


def _begin(printer: _Printer) -> None:
    global _printer  # noqa: PLW0603  # the only way to hand a process of the pool what it works with
    _printer = printer
    gc.freeze()  # what a fork shares stays shared


def _print_chunk(jobs: Sequence[Job]) -> list[Rendition]:
    return [_printer.print(job) for job in jobs]
