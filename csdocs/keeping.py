"""What a check found is kept as a whole: its findings for the next check, its records as tables for whoever asks."""

import datetime as dt
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from csdocs.agenda import owed
from csdocs.check import Progress, Report, check
from csdocs.executor import Executor
from csdocs.load.outcome import TABLES, Outcome, Standing, dumped, kind_of, utc
from csdocs.load.packed import unpacked
from csdocs.load.plain import dumped as plainly
from csdocs.load.plain import plain_summary
from csdocs.load.program import digest
from csdocs.load.tree import Summary, header
from csdocs.load.workspace import FORMS, GROUPS, Workspace, open_workspace
from csdocs.model.field import ChoiceField, Field, RowsField, read_duration
from csdocs.model.form import Form
from csdocs.model.person import Staff
from csdocs.store import git
from csdocs.store.filling import Filling, Line, Prose
from csdocs.store.folding import PART
from csdocs.store.source import CommitTree
from csdocs.store.state import LOOKED_AT, is_head, settles, state
from csdocs.store.tables import Held

_DAY = dt.timedelta(1)
_CONTROL = str.maketrans(PART, " ")


class Looked(NamedTuple):
    """A fresh check of everything."""

    report: Report

    @property
    def outcome(self) -> Outcome:
        return Outcome(self.report.findings, self.report.documents, self.report.forms, self.report.records)


def look(
    root: Path,
    as_of: dt.date | None,
    standing: Standing | None,
    *,
    signatures: bool = True,
    committed: bool = False,
    progress: Progress = iter,
    executor: Executor | None = None,
) -> Looked:
    """Judge the workspace, and keep what was found for `standing`: without one nothing is used or kept."""
    if committed and not _lies_here(root):
        workspace = open_workspace(root, as_of, source=CommitTree(root, "HEAD"))
        report = check(workspace, signatures=signatures, progress=progress, executor=executor)
    else:
        if standing is not None and committed:
            standing = Standing(root)
        workspace = open_workspace(root, as_of)
        known = standing is not None
        report = check(workspace, signatures=signatures, progress=progress, index=known, executor=executor)
    if standing is not None:
        keep(workspace, report, standing, signatures=signatures)
    return Looked(report)


def _lies_here(root: Path) -> bool:
    """Whether the work tree is what HEAD holds, so that what is known of its files helps."""
    seen = state(root)
    return seen is not None and git.watches_all(root, LOOKED_AT) and is_head(root, seen)


def keep(workspace: Workspace, report: Report, standing: Standing, *, signatures: bool) -> None:
    """Nothing where git would see the file, where something has changed meanwhile, or where time alone changes the outcome."""
    seen = standing.state
    until = holds_until(workspace, report)
    if seen is None or until <= workspace.now or not git.is_ignored(workspace.root, TABLES):
        return
    if not standing.committed and not settles(workspace.root, seen):
        return
    outcome = Looked(report).outcome
    clock = workspace.settings.clock.isoformat() if workspace.settings.clock else ""
    zone = workspace.settings.time_zone
    times = (utc(workspace.now), utc(until), clock, zone)
    held: dict[str, Held] = {
        kind_of(signatures=signatures, committed=standing.committed): Held(standing.key(seen), *times, dumped(outcome))
    }
    if not standing.committed and is_head(workspace.root, seen):
        committed = seen._replace(digest="", as_committed=True)
        held[kind_of(signatures=signatures, committed=True)] = Held(standing.key(committed), *times, dumped(outcome))
    fills = signatures and not standing.committed
    standing.tables.write(held, filling(report, standing.judge) if fills else None)


def holds_until(workspace: Workspace, report: Report) -> dt.datetime:
    """When time alone may change what is to be said: at the latest at midnight, since many rules ask what day it is."""
    now = workspace.now
    midnight = dt.datetime.combine(now.date(), dt.time(), now.tzinfo)
    moments = [midnight + _DAY, *([report.lasts] if report.lasts else [])]
    for document in workspace.documents_in_use.values():
        for obligation in document.control.obligations:
            moment = (
                midnight + read_duration(obligation.due) % _DAY
            )  # a period ends at midnight, and then it has this grace
            moments += [moment] if moment > now else []
    return min(moments)


def filling(report: Report, judge: str) -> Filling:
    tree = report.tree
    workspace = tree.workspace
    summaries = {summary.path: summary for summary in tree.summaries}
    effective = {summary.path for summary in tree.effective.values()}
    marks = {path: _mark(summary, report.marks.get(path), path in effective) for path, summary in summaries.items()}
    files = (path for path in sorted(workspace.files) if path.startswith((FORMS, GROUPS)))
    shape = digest(judge, *(f"{path} {digest(repr(workspace.files[path]))}" for path in files))

    def line(path: str) -> Line:
        return _line(workspace, summaries[path], path in effective)

    forms = tuple(workspace.forms.values())
    return Filling(
        shape, forms, marks, line, tuple(_prose(workspace)), tuple(_parameters(workspace)), tuple(owed(tree))
    )


def _mark(summary: Summary, known: bytes | None, effective: bool) -> bytes:
    if known is None:
        try:
            known = blake2b(plainly(plain_summary(summary)), digest_size=16).digest()
        except TypeError:
            known = blake2b(repr(summary).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return known + (b"\1" if effective else b"\0")


def _line(workspace: Workspace, summary: Summary, effective: bool) -> Line:
    form, values = workspace.forms.get(summary.form), unpacked(summary.values)
    parts = [("", summary.name), *(_parts(form, values) if form else ())]
    return Line(summary.name, header(summary), effective, summary.label, summary.running, values, parts)


def _parts(form: Form, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Words that somebody wrote or chose; figures and days are what `csdocs sql` is for."""
    for field in form.fields.values():
        value = values.get(field.id)
        if isinstance(field, RowsField):
            for row in value or ():
                for inner in field.fields:
                    yield from ((f"{field.id}.{inner.id}", words) for words in _words(inner, row.get(inner.id)))
        else:
            yield from ((field.id, words) for words in _words(field, value))


def _words(field: Field, value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value.translate(_CONTROL)
            if isinstance(field, ChoiceField):
                yield from (words for option in field.options if option.code == value for words in option.label)
        case Staff():
            yield value.id
        case list():
            for each in value:
                yield from _words(field, each)
        case dict():
            yield str(value.get("name", ""))


def _prose(workspace: Workspace) -> Iterator[Prose]:
    for id, document in workspace.documents.items():
        title = [("", each) for each in (id, *document.control.title)]
        clauses = [(str(clause.number), clause.text.translate(_CONTROL)) for clause in document.clauses]
        yield Prose("document", id, document.path, [*title, *clauses])
    for id, form in workspace.forms.items():
        title = [("", each) for each in (id, *form.title)]
        labels = [(field.id, words) for _, field in form.walk() for words in field.label]
        yield Prose("form", id, workspace.form_paths[id], [*title, *labels])


def _parameters(workspace: Workspace) -> Iterator[tuple[Any, ...]]:
    owner = {p.id: id for id, document in workspace.documents.items() for p in document.control.parameters}
    for id, parameter in sorted(workspace.parameters_on(workspace.today).definitions.items()):
        unit = parameter.unit.zh if parameter.unit else None
        yield id, owner.get(id), parameter.kind, parameter.printed(), unit, parameter.label.zh
