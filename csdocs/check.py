"""`csdocs check`: is what lies here right? Writes nothing but its index, which git ignores."""

import datetime as dt
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

from csdocs.executor import Executor, Here, Pool, cores
from csdocs.load.basis import basis_of, sooner
from csdocs.load.case import RecordCase
from csdocs.load.known import Answer, Judged, Known, known
from csdocs.load.lasting import lasting
from csdocs.load.lint import DocumentCase, FormCase
from csdocs.load.outcome import is_asked
from csdocs.load.report import ReportCase, empty_index
from csdocs.load.sight import sight
from csdocs.load.terms import Terms
from csdocs.load.tree import Summary, Tree, summarise
from csdocs.load.workspace import Workspace
from csdocs.model.finding import Finding, Position, Problem, Severity
from csdocs.parse.document import front_matter
from csdocs.parse.yamltext import locate
from csdocs.rules import by_slug, rules
from csdocs.rules.rule import Rule

Progress = Callable[[Iterable[str]], Iterable[str]]
LEAST_FOR_A_POOL = 600  # records; with fewer, starting processes costs more than they save
_CHUNK = 400


class Report(NamedTuple):
    """Findings in the order of files and lines, and how much was looked at.

    `marks`: for records that the index knows, what changes whenever their verdict does. `lasts`: when time alone may change a verdict.
    """

    findings: tuple[Finding, ...]
    documents: int
    forms: int
    records: int
    tree: Tree
    marks: Mapping[str, bytes]
    lasts: dt.datetime | None

    @property
    def has_errors(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def has_breaches(self) -> bool:
        return any(finding.severity is Severity.BREACH for finding in self.findings)


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
    index: bool = False,
    executor: Executor | None = None,
) -> Report:
    """Judge the whole workspace; `paths` (files or folders) narrows what is reported, not what is known.

    With `index` what earlier runs found is used and added to; the report is the same, whoever judges the records (`executor`).
    """
    earlier = known(workspace, signatures=signatures) if index else None
    found = _rule_book(workspace, earlier)
    summaries: list[Summary] = []
    waiting: list[tuple[str, Judged]] = []
    moments: list[dt.datetime | None] = []
    records = list(workspace.record_paths())
    verdicts = _verdicts(_Judge(workspace, signatures, earlier is not None), records, earlier, executor)
    for path, judged in zip(progress(records), verdicts, strict=True):
        moments.append(judged.lasts)
        if judged.summary is not None:
            summaries.append(judged.summary)
        if judged.findings is None or judged.asked:
            waiting.append((path, judged))
        else:
            found += judged.findings
    tree = Tree(workspace, summaries)
    for path, judged in waiting:
        again = _with_answers(tree, path, judged, signatures, earlier)
        found += again.findings or ()
        moments.append(again.lasts)
    if earlier:
        earlier.keep()
    found += _apply("workspace", tree, "", lambda path: _bytes(workspace, path))
    kept = (
        f for f in found if is_asked(f.path, paths) and not workspace.waivers.cover(f.code, f.path, workspace.today)
    )
    order = sorted(kept, key=lambda f: (f.path, f.line, f.col, f.code, f.message))
    counts = (len(workspace.parsed_documents), len(workspace.loaded_forms), len(records))
    lasts = min(filter(None, moments), default=None)
    return Report(tuple(order), *counts, tree, earlier.marks if earlier else {}, lasts)


def _verdicts(
    judge: "_Judge", paths: Sequence[str], earlier: Known | None, executor: Executor | None
) -> Iterator[Judged]:
    """In the order of `paths`: from the index where it knows better than to judge again."""
    recalled = earlier.recall(paths) if earlier else {}
    fresh = [path for path in paths if path not in recalled]
    judged = _judge_files(fresh, judge, executor)
    for path in paths:
        found = recalled.get(path)
        if found is None:
            found = next(judged)
            if earlier:
                earlier.note(path, found)
        yield found


def _with_answers(tree: Tree, path: str, judged: Judged, signatures: bool, earlier: Known | None) -> Judged:
    """What came of a record that queries over all records: again that of an earlier run, if it got the same answers."""
    if judged.findings is not None and all(_is_same(tree.ask(name, bound), then) for name, bound, then in judged.asked):
        return judged
    asked: list[Answer] = []

    def query(name: str, case: RecordCase, values: Mapping[str, Any]) -> Any:
        bound = tree.bound(case, values)
        asked.append(Answer(name, bound, tree.ask(name, bound)))
        return asked[-1].value

    data = tree.workspace.read(path)
    case = RecordCase(tree.workspace, path, data, signatures=signatures, query=query)
    findings = judge_record(case)
    found = Judged(judged.summary, findings, None, tuple(asked), lasting(case))
    if earlier:
        alone = judged.basis or basis_of(RecordCase(tree.workspace, path, data, signatures=signatures))
        earlier.note(path, found._replace(basis=sooner(alone, basis_of(case))))
    return found


def _is_same(now: Any, then: Any) -> bool:
    return type(now) is type(then) and now == then


class _Judge(NamedTuple):
    """What judges files, wherever that is done; `keeps`: also notes what the verdict rests on."""

    workspace: Workspace
    signatures: bool
    keeps: bool

    @_rare_collection()
    def do(self, items: Sequence[str]) -> list[Judged]:
        return [self.file(path) for path in items]

    def prepare(self) -> None:
        if self.workspace.settings.clock is None:
            self.workspace.landings  # noqa: B018  # asked of git once rather than once in each process

    def sight(self) -> Mapping[str, str]:
        return sight(self.workspace)

    def file(self, path: str) -> Judged:
        case = RecordCase(self.workspace, path, self.workspace.read(path), signatures=self.signatures)
        summary = summarise(case)
        waits = case.form is not None and case.form.has_queries
        findings = None if waits else judge_record(case)
        if not self.keeps:
            return Judged(summary, findings)
        basis = basis_of(case)
        return Judged(summary, findings, basis, (), basis.until if basis else lasting(case))


def _judge_files(paths: Sequence[str], judge: _Judge, executor: Executor | None) -> Iterator[Judged]:
    """In the order of `paths`; few of them in this process, whoever else could."""
    if len(paths) < LEAST_FOR_A_POOL:
        executor = Here()
    elif executor is None:
        executor = Here() if cores() == 1 else Pool(cores())
    return executor.do_all(judge, paths, _CHUNK)


def read_tree(workspace: Workspace) -> Tree:
    """All records, unjudged: what queries and look-ups need."""
    cases = (RecordCase(workspace, path, workspace.read(path), signatures=False) for path in workspace.record_paths())
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
    return [_finding(problem, case.path, case.data) for problem in dict.fromkeys(map(_hashable, problems))]


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


def _rule_book(workspace: Workspace, earlier: Known | None) -> list[Finding]:
    """Findings about documents, forms and registers: those of an earlier run, if the rule book is the same."""
    recalled = earlier.rule_book.recall() if earlier else None
    if recalled is not None:
        return recalled
    found = [*_check_controlled(workspace)]
    if earlier:
        earlier.rule_book.note(found)
    return found


def _check_controlled(workspace: Workspace) -> Iterator[Finding]:
    for path, (_, problems) in workspace.shapes.items():
        yield from (_finding(problem, path, workspace.files[path]) for problem in problems)
    for path, (document, problems) in workspace.parsed_documents.items():
        front = front_matter(workspace.files[path])
        yield from (_finding(problem, path, front) for problem in problems)
        if document is not None:
            yield from _apply("document", DocumentCase(workspace, document), path, lambda _, front=front: front)  # type: ignore[misc]
    for path in workspace.loaded_forms:
        yield from judge_form(workspace, path)
    yield from _check_reports(workspace)
    yield from _apply("rulebook", workspace, "", lambda path: _bytes(workspace, path))


def _check_reports(workspace: Workspace) -> Iterator[Finding]:
    index = empty_index(workspace)
    for path, (report, problems) in workspace.loaded_reports.items():
        yield from (_finding(problem, path, workspace.files[path]) for problem in problems)
        if report is not None:
            yield from _apply("report", ReportCase(workspace, report, index), path, workspace.files.__getitem__)


def judge_form(workspace: Workspace, path: str) -> Iterator[Finding]:
    """Everything that can be said about one form file of the workspace."""
    loaded = workspace.loaded_forms[path]
    yield from (_finding(problem, path, workspace.files[path]) for problem in loaded.problems)
    if loaded.form is not None:
        for problem in _problems("form", FormCase(workspace, loaded.form, path)):
            yield _finding(loaded.spliced.in_file(problem), path, workspace.files[path])


def _problems(subject: str, case: Any) -> Iterator[Problem]:
    for rule in rules(subject):
        if rule.check is not None:
            yield from rule.check(case)


def _apply(subject: str, case: Any, path: str, source: Callable[[str], bytes]) -> Iterator[Finding]:
    for problem in _problems(subject, case):
        where = str(problem.values.get("path", path))
        yield _finding(problem, where, source(where))


def _finding(problem: Problem, path: str, data: bytes) -> Finding:
    position = problem.at if isinstance(problem.at, Position) else locate(data, problem.at)
    if "source" in problem.values and "at" in problem.values:
        position = _within(position, str(problem.values["source"]), int(str(problem.values["at"])), data)
    return by_slug()[problem.slug].finding(problem, path, position)


def _within(position: Position, source: str, at: int, data: bytes) -> Position:
    """The place in an expression, where it stands on the line of its key or the next as it was read."""
    lines = data.decode("utf-8", "replace").split("\n")
    for line in range(position.line, min(position.line + 2, len(lines) + 1)):
        start = position.col - 1 if line == position.line else 0
        found = lines[line - 1].find(source, start)
        if found >= 0:
            return Position(line, found + at)
    return position


def _hashable(problem: Problem) -> Problem:
    return problem._replace(values=_Values(problem.values))


class _Values(dict[str, Any]):
    """Values of a problem that two equal problems share."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(sorted((key, str(value)) for key, value in self.items())))


def _bytes(workspace: Workspace, path: str) -> bytes:
    if path in workspace.files:
        data = workspace.files[path]
        return front_matter(data) if path.endswith(".md") else data
    return workspace.read(path) if path else b""
