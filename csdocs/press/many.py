"""Printing many things at once: each process has its own fonts; the key of the seal never leaves this machine."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from csdocs.executor import Executor, at_work
from csdocs.load.index.sight import sight
from csdocs.press.audience import Outsider
from csdocs.press.printing import Press, Rendition, Subject
from csdocs.press.sealing import Sealing
from csdocs.render.pdf import prepare, render_pdf
from csdocs.store.disk import RECORDS

LEAST_FOR_A_POOL = 12  # renditions; with fewer, starting processes costs more than they save
_CHUNK = 4


class Job(NamedTuple):
    """`name`: path of a record, id of a document or form; `outsider`: for whom a record is copied; `in_force`: whatever lies here."""

    subject: Subject
    name: str = ""
    outsider: Outsider | None = None
    in_force: bool = False


_SAMPLE = "<h1>样张 Sample</h1><table><tr><th>客戶服務 ☑ ① ℃ <td><b>粗体 Bold</b> fi 0123456789 ，。（）《》</table>"


class _Printer(NamedTuple):
    """`counts`: some of the records to be printed show what is counted over all records."""

    press: Press
    sealing: Sealing | None
    counts: bool

    def do(self, items: Sequence[Job]) -> list[Rendition]:
        return [_sealed(self._print(job), self.sealing) for job in items]

    def prepare(self) -> None:
        prepare()
        self.press.facts.changed  # noqa: B018  # asked of git once rather than once in each process
        if self.counts:
            self.press.tree  # noqa: B018  # and all records read once

    def sight(self) -> Mapping[str, str]:
        """With a page printed here: it shows every difference of fonts and libraries that would show on a record."""
        facts = self.press.facts
        page = render_pdf(
            _SAMPLE, "", root=self.press.workspace.root, title="sample", language="zh", moment=facts.moment
        )
        return {**sight(self.press.workspace), "press": hashlib.sha256(page).hexdigest()}

    def _print(self, job: Job) -> Rendition:
        if job.subject == "manual":
            return self.press.manual()
        if job.subject == "record":
            return self.press.record(job.name, job.outsider)
        press = self.press.in_force() if job.in_force else self.press
        return press.document(job.name) if job.subject == "document" else press.blank(job.name)


def _sealed(rendition: Rendition, sealing: Sealing | None) -> Rendition:
    if sealing is None:
        return rendition
    return rendition._replace(data=sealing.apply(rendition.data, rendition.title))


def print_many(
    press: Press, jobs: Sequence[Job], sealing: Sealing | None = None, executor: Executor | None = None
) -> Iterator[Rendition]:
    """In the order of `jobs`, sealed where there is a seal; few of them in this process, whoever else could print them."""
    with at_work(executor, LEAST_FOR_A_POOL) as crew:
        printer = _Printer(press, None if crew.is_elsewhere else sealing, _ask_other_records(press, jobs))
        for rendition in crew.do_all(printer, jobs, _CHUNK):
            yield _sealed(rendition, sealing) if crew.is_elsewhere else rendition


def _ask_other_records(press: Press, jobs: Sequence[Job]) -> bool:
    """Whether a form to be printed has fields that are counted over all records."""
    folders = tuple(f"{RECORDS}/{form.directory}/" for form in press.workspace.forms.values() if form.has_queries)
    return any(job.name.startswith(folders) for job in jobs)
