"""`csdocs check`: is what lies here right? Writes nothing but its index, which git ignores."""

import datetime as dt
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain, islice
from typing import Any, NamedTuple

from csdocs.across import across, across_again, note_rule_book
from csdocs.executor import Executor, Here, Pool, cores
from csdocs.load.basis import basis_of, sooner
from csdocs.load.case import RecordCase
from csdocs.load.judged import Judged
from csdocs.load.known import Known
from csdocs.load.lasting import lasting
from csdocs.load.lint import DocumentCase, FormCase
from csdocs.load.outcome import is_asked
from csdocs.load.report import ReportCase, empty_index
from csdocs.load.sight import sight
from csdocs.load.terms import Terms
from csdocs.load.tree import Answer, Summary, Tree, summarise
from csdocs.load.workspace import Workspace
from csdocs.model.finding import Finding, Problem, Severity
from csdocs.parse.document import front_matter
from csdocs.placing import noticed, placed, placed_in
from csdocs.rules import rules
from csdocs.rules.rule import Rule
from csdocs.store.disk import fingerprint

Progress = Callable[[Iterable[str]], Iterable[str]]
LEAST_FOR_A_POOL = 600  # records; with fewer, starting processes costs more than they save
_CHUNK = 400


class Report(NamedTuple):
    """Findings in the order of files and lines, and how much was looked at. `until`: when time alone may change the findings.

    `tree`: all records; with an index only until that is put away.
    """

    findings: tuple[Finding, ...]
    documents: int
    forms: int
    records: int
    tree: Tree
    until: dt.datetime | None

    @property
    def has_errors(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.findings)


_OBJECTS = 200_000


@contextmanager
def _rare_collection() -> Iterator[None]:
    """Judging makes many objects and no circles: looking for those every 700 objects costs more than a tenth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@_rare_collection()
def check(
    workspace: Workspace,
    paths: Sequence[str] = (),
    *,
    signatures: bool = True,
    progress: Progress = iter,
    executor: Executor | None = None,
) -> Report:
    """Judge the whole workspace; `paths` (files or folders) narrows what is reported, not what is known.

    The report is the same, whoever judges the records (`executor`).
    """
    records = list(workspace.record_paths())
    verdicts = _begun(_judge_files(records, _Judge(workspace, signatures), executor))
    found = [*_check_controlled(workspace)]
    summaries: list[Summary] = []
    waiting: list[str] = []
    moments: list[dt.datetime | None] = []
    for path, judged in zip(progress(records), verdicts, strict=True):
        moments.append(judged.lasts)
        if judged.summary is not None:
            summaries.append(judged.summary)
        if judged.findings is None:
            waiting.append(path)
        else:
            found += judged.findings
    tree = Tree(workspace, summaries)
    for path in waiting:
        again = _with_answers(tree, path, signatures)
        found += again.findings or ()
        moments.append(again.lasts)
    together = across(tree)
    findings = [*found, *together.findings]
    until = min(filter(None, (*moments, together.until)), default=None)
    return _report(workspace, findings, paths, len(records), tree, until)


@_rare_collection()
def check_again(
    known: Known, *, signatures: bool = True, progress: Progress = iter, executor: Executor | None = None
) -> Report:
    """The same by means of the index: only what has changed is judged, only what a change has touched is compared."""
    workspace = known.workspace
    stale = known.stale()
    if len(stale) >= LEAST_FOR_A_POOL:
        known.prepare_for_others()
    waiting: list[str] = []
    verdicts = _judge_files(stale, _Judge(workspace, signatures, keeps=True), executor)
    for path, judged in zip(progress(stale), verdicts, strict=True):
        known.take(path, judged)
        waiting += [path] if judged.findings is None else []
    known.settle()
    for path in (*waiting, *known.asking_again()):
        known.answered(path, _with_answers(known.tree, path, signatures, keeps=True))
    if known.judges_book:
        note_rule_book(known, [*_check_controlled(workspace)])
    known.owes_otherwise = across_again(known) or known.judges_book
    return _report(workspace, known.findings(), (), known.kept.count(), known.tree, known.until)


def _report(
    workspace: Workspace,
    found: Iterable[Finding],
    paths: Sequence[str],
    records: int,
    tree: Tree,
    until: dt.datetime | None,
) -> Report:
    waivers, today = workspace.waivers, workspace.today
    kept = (f for f in found if is_asked(f.path, paths) and not waivers.cover(f.code, f.path, today))
    order = sorted(kept, key=lambda f: (f.path, f.line, f.col, f.code, f.message))
    counts = (len(workspace.document_files), len(workspace.form_files), records)
    return Report(tuple(order), *counts, tree, until)


def _with_answers(tree: Tree, path: str, signatures: bool, *, keeps: bool = False) -> Judged:
    """What comes of a record that asks about all records."""
    asked: list[Answer] = []

    def query(name: str, case: RecordCase, values: Mapping[str, Any]) -> Any:
        asked.append(tree.answer(name, tree.bound(case, values)))
        return asked[-1].value

    workspace, data = tree.workspace, tree.workspace.read(path)
    case = RecordCase(workspace, path, data, signatures=signatures, query=query)
    found = Judged(None, judge_record(case), None, (), lasting(case))
    if not keeps:
        return found
    basis = sooner(basis_of(RecordCase(workspace, path, data, signatures=signatures)), basis_of(case))
    return found._replace(basis=basis, asked=tuple(asked), fingerprint=fingerprint(data))


class _Judge(NamedTuple):
    """What judges files, wherever that is done; `keeps`: also notes what the verdict rests on."""

    workspace: Workspace
    signatures: bool
    keeps: bool = False

    @_rare_collection()
    def do(self, items: Sequence[str]) -> list[Judged]:
        return [self.file(path) for path in items]

    def prepare(self) -> None:
        rules("record")
        self.workspace.know_history()

    def sight(self) -> Mapping[str, str]:
        return sight(self.workspace)

    def file(self, path: str) -> Judged:
        case = RecordCase(self.workspace, path, self.workspace.read(path), signatures=self.signatures)
        summary = summarise(case)
        waits = case.form is not None and case.form.has_queries
        findings = None if waits else judge_record(case)
        basis = basis_of(case) if self.keeps else None
        lasts = basis.until if basis else lasting(case)
        return Judged(summary, findings, basis, (), lasts, fingerprint(case.data) if self.keeps else "")


def _judge_files(paths: Sequence[str], judge: _Judge, executor: Executor | None) -> Iterator[Judged]:
    """In the order of `paths`; few of them in this process, whoever else could."""
    if len(paths) < LEAST_FOR_A_POOL:
        executor = Here()
    elif executor is None:
        executor = Here() if cores() == 1 else Pool(cores())
    return executor.do_all(judge, paths, _CHUNK)


def _begun(verdicts: Iterator[Judged]) -> Iterator[Judged]:
    """The same, once whoever judges has begun: others go on while this process looks at the rule book."""
    return chain([*islice(verdicts, 1)], verdicts)


def read_tree(workspace: Workspace) -> Tree:
    """All records, unjudged: what queries and look-ups need."""
    cases = (RecordCase(workspace, path, workspace.read(path)) for path in workspace.record_paths())
    return Tree(workspace, filter(None, map(summarise, cases)))


def judge_record(case: RecordCase) -> list[Finding]:
    """Everything that can be said about one record file."""
    problems = [*case.parsed.problems]
    if case.form is not None:
        first, then = _asked(case.terms)
        problems += [*_noticed(first, case), *case.typed.problems, *_noticed(then, case)]
    elif case.parsed.record is not None:
        problems += _noticed(_asked_first(), case)
    if not problems:
        return []
    return [placed(problem, case.path, case.data) for problem in dict.fromkeys(map(_hashable, problems))]


def _noticed(asked: Iterable[Rule], case: RecordCase) -> list[Problem]:
    problems: list[Problem] = []
    for rule in asked:
        if rule.check is not None and (rule.among is None or getattr(case, rule.among)):
            problems += rule.check(case)
    return problems


_FIRST = ("unknown-form", "unknown-form-revision")


@cache
def _asked_first() -> tuple[Rule, ...]:
    """What is asked of a record before its form is known."""
    return tuple(rule for rule in rules("record") if rule.slug in _FIRST)


def _asked(terms: Terms) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The rules that can find anything by these terms: those that are asked first, and the others."""
    if terms.asked is None:
        concerned = [rule for rule in rules("record") if rule.check is not None and rule.concerns(terms)]
        first = tuple(rule for rule in concerned if rule.slug in _FIRST)
        terms.asked = first, tuple(rule for rule in concerned if rule.slug not in _FIRST)
    asked: tuple[tuple[Rule, ...], tuple[Rule, ...]] = terms.asked
    return asked


def _check_controlled(workspace: Workspace) -> Iterator[Finding]:
    for path, (_, problems) in workspace.shapes.items():
        yield from (placed(problem, path, workspace.files[path]) for problem in problems)
    for path, (document, problems) in workspace.parsed_documents.items():
        front = front_matter(workspace.files[path])
        yield from (placed(problem, path, front) for problem in problems)
        if document is not None:
            found = noticed("document", DocumentCase(workspace, document))
            yield from (placed(problem, path, front) for problem in found)
    for path in workspace.loaded_forms:
        yield from judge_form(workspace, path)
    yield from _check_reports(workspace)
    yield from (placed_in(workspace, problem) for problem in noticed("rulebook", workspace))


def _check_reports(workspace: Workspace) -> Iterator[Finding]:
    index = empty_index(workspace)
    for path, (report, problems) in workspace.loaded_reports.items():
        yield from (placed(problem, path, workspace.files[path]) for problem in problems)
        if report is not None:
            found = noticed("report", ReportCase(workspace, report, index))
            yield from (placed(problem, path, workspace.files[path]) for problem in found)


def judge_form(workspace: Workspace, path: str) -> Iterator[Finding]:
    """Everything that can be said about one form file of the workspace."""
    loaded = workspace.loaded_forms[path]
    yield from (placed(problem, path, workspace.files[path]) for problem in loaded.problems)
    if loaded.form is not None:
        for problem in noticed("form", FormCase(workspace, loaded.form, path)):
            yield placed(loaded.spliced.in_file(problem), path, workspace.files[path])


def _hashable(problem: Problem) -> Problem:
    return problem._replace(values=_Values(problem.values))


class _Values(dict[str, Any]):
    """Values of a problem that two equal problems share."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(sorted((key, str(value)) for key, value in self.items())))
