"""`csdocs check`: is what lies here right? Writes nothing but its index, which git ignores."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice
from operator import attrgetter
from typing import Any, NamedTuple

from csdocs.check.across import across_parts, across_parts_again, across_whole, across_whole_again, note_rule_book
from csdocs.check.knowing import what_is_known, with_one_cure
from csdocs.check.placing import noticed, placed, placed_in
from csdocs.executor import AHEAD, Executor, at_work, chunks_of, cores
from csdocs.load.counted import Counted, ProgressBar
from csdocs.load.holdings.tree import Tree, summarise
from csdocs.load.index.gathered import Gathered, read_across
from csdocs.load.index.judged import NO_ROWS, Judged, line_of, verdict_of
from csdocs.load.index.known import Known
from csdocs.load.index.outcome import is_wanted
from csdocs.load.index.report import ReportCase, empty_database
from csdocs.load.index.sight import sight
from csdocs.load.index.told import told_of
from csdocs.load.record.asking import Answer, Inquiry, Waiting
from csdocs.load.record.basis import Basis, Grounds, basis_of, sooner
from csdocs.load.record.case import RecordCase, look_through
from csdocs.load.record.lasting import lasting
from csdocs.load.rulebook.lint import DocumentCase, FormCase
from csdocs.load.rulebook.terms import Terms
from csdocs.load.workspace import Workspace
from csdocs.model.finding import Finding, Problem, in_order
from csdocs.parse.document import front_matter
from csdocs.rules import rules
from csdocs.rules.rule import Rule
from csdocs.store.lines import Rows, Wanted

Asking = tuple[tuple[str, tuple[Rule, ...]], ...]  # what of a case is looked through, by which rules

LEAST_FOR_A_POOL = 600  # records; with fewer, starting processes costs more than they save
_CHUNK = 200
_FEW = 100  # that have answers
_SIDE_BY_SIDE = 32  # records; of more, less stays in the caches of a processor


class Checked(NamedTuple):
    """Findings in the order of files and lines, and how much was looked at. `until`: when time alone may change the findings.

    `tree`: all records; with an index only until that is put away.
    """

    findings: tuple[Finding, ...]
    documents: int
    forms: int
    records: int
    tree: Tree
    until: dt.datetime | None


def check(
    workspace: Workspace,
    paths: Sequence[str] = (),
    *,
    signatures: bool = True,
    told: bool = False,
    progress: ProgressBar = iter,
    executor: Executor | None = None,
) -> Checked:
    """Judge the whole workspace; `paths` (files or folders) narrows what is reported, not what is known.

    The report is the same, whoever judges the records (`executor`). `told`: its tree is to hold all that people may ask for.
    """
    asked = read_across(workspace)
    wanted = None if told else asked
    judge = Judge(workspace, signatures, wanted=wanted)
    gathered = Gathered(workspace, signatures=signatures, wanted=wanted, asked=asked)
    waiting: list[Waiting] = []
    moments: set[dt.datetime | None] = set()
    records = 0
    with at_work(executor, LEAST_FOR_A_POOL) as crew:
        verdicts = _begun(crew.do_all(judge, gathered.walk(), _CHUNK))
        found = [*_check_controlled(workspace)]
        if told:
            gathered.tell()
        for judged in progress(Counted(verdicts, workspace.count_records)):
            records += 1
            moments.add(judged.lasts)
            gathered.take(judged.rows)
            found += judged.findings or ()
            waiting += [judged.waiting] if judged.waiting else []
        tree = gathered.tree()
        answered = _begun(_with_answers(waiting, tree, judge, crew))
        parts = across_parts(tree)
        for judged in answered:
            moments.add(judged.lasts)
            found += judged.findings or ()
    findings = [*found, *parts.findings, *across_whole(tree)]
    until = min(filter(None, (*moments, parts.until)), default=None)
    return _report(workspace, findings, paths, records, tree, until)


def check_again(
    known: Known, *, signatures: bool = True, progress: ProgressBar = iter, executor: Executor | None = None
) -> None:
    """The same by means of the index: only what has changed is judged, only what a change has touched is compared."""
    workspace = known.workspace
    waiting: list[Waiting] = []
    judge = Judge(workspace, signatures, keeps=True)
    stale = known.stale()
    with at_work(executor, LEAST_FOR_A_POOL) as crew:
        verdicts = _begun(crew.do_all(judge, stale, _CHUNK))
        known.tell()
        if known.judges_book:
            note_rule_book(known, [*_check_controlled(workspace)])
        for judged in progress(Counted(verdicts, stale.__len__)):
            known.take(judged)
            waiting += [judged.waiting] if judged.waiting else []
        known.settle()
        waiting += map(Waiting, known.asking_again())
        answered = _begun(_with_answers(waiting, known.tree, judge, crew))
        known.owes_otherwise = across_parts_again(known) or known.judges_book
        for judged in answered:
            known.answered(judged)
    across_whole_again(known)


def report_of(known: Known) -> Checked:
    """All that is found by now."""
    return _report(known.workspace, known.findings(), (), known.kept.count(), known.tree, known.until)


def _report(
    workspace: Workspace,
    found: Iterable[Finding],
    paths: Sequence[str],
    records: int,
    tree: Tree,
    until: dt.datetime | None,
) -> Checked:
    waivers, today = workspace.waivers, workspace.today
    known = what_is_known(workspace, found)
    wanted = (f for f in known if is_wanted(f, paths))
    kept = (f for f in wanted if not waivers.cover(f.code, f.path, today) or workspace.is_unread(f.path))
    counts = (len(workspace.document_files), len(workspace.form_files), records)
    return Checked(in_order(with_one_cure(kept)), *counts, tree, until)


class Judge:
    """What judges files, wherever that is done."""

    def __init__(
        self, workspace: Workspace, signatures: bool, *, keeps: bool = False, wanted: Wanted | None = None
    ) -> None:
        """`keeps`: it is also noted what a verdict rests on. `wanted`: values that go into the tables; None: all, to be searched."""
        self.workspace = workspace
        self._signatures = signatures
        self._wanted = wanted
        self._grounds = Grounds(workspace, signatures=signatures) if keeps else None

    def do(self, items: Sequence[str | Waiting]) -> list[Judged]:
        return [judged for some in chunks_of(items, _SIDE_BY_SIDE) for judged in self._side_by_side(some)]

    def _side_by_side(self, items: Sequence[str | Waiting]) -> list[Judged]:
        opened = [self._opened(each) for each in items]
        look_through([each.case for each in opened])
        rows = [NO_ROWS if each.waiting else self._rows(each.case) for each in opened]
        findings = [None if each.has_to_wait else judge_record(each.case) for each in opened]
        return [*map(self._judged, opened, findings, rows)]

    def prepare(self) -> None:
        rules("record")
        self.workspace.know_history()

    def sight(self) -> Mapping[str, str]:
        return sight(self.workspace)

    def _opened(self, item: str | Waiting) -> "_Opened":
        path, waiting = (item, None) if isinstance(item, str) else (item.path, item)
        inquiry, data = Inquiry(waiting.answers if waiting else ()), self.workspace.read(path)
        case = RecordCase(self.workspace, path, data, signatures=self._signatures, query=inquiry)
        return _Opened(case, inquiry, waiting)

    def _rows(self, case: RecordCase) -> Rows:
        summary = summarise(case)
        return line_of(self.workspace, summary, self._wanted).rows if summary else NO_ROWS

    def _judged(self, opened: "_Opened", findings: list[Finding] | None, rows: Rows) -> Judged:
        case, inquiry, waiting = opened
        basis = basis_of(case) if self._grounds else None
        if waiting is None:
            judged = self._kept(case, findings, basis, rows)
            asks = (*inquiry.open,)
            return judged if findings is not None else judged._replace(waiting=Waiting(case.path, asks, (), basis))
        alone = waiting.basis if waiting.answers else basis
        if findings is None:
            return Judged(case.path, None, waiting=waiting._replace(questions=(*inquiry.open,), basis=alone))
        return self._kept(case, findings, sooner(alone, basis), rows, inquiry.used)

    def _kept(
        self,
        case: RecordCase,
        findings: list[Finding] | None,
        basis: Basis | None,
        rows: Rows,
        answers: Sequence[Answer] = (),
    ) -> Judged:
        """With what is kept of it."""
        if self._grounds is None:
            return Judged(case.path, findings, lasting(case), rows, answers=answers)
        lasts = basis.until if basis else lasting(case)
        believed = basis if findings is not None else None
        verdict = verdict_of(case, findings, believed, lasts, rows, self._grounds, answers)
        if findings is not None:
            verdict = verdict._replace(told=told_of(case))
        return Judged(case.path, findings, lasts, rows, verdict, answers=answers)


class _Opened(NamedTuple):
    """A record file. `waiting`: what it has waited for; None where it is looked at for the first time."""

    case: RecordCase
    inquiry: Inquiry
    waiting: Waiting | None

    @property
    def has_to_wait(self) -> bool:
        """Whether its form asks about other records, or an answer has led to another question."""
        if self.waiting is not None:
            return bool(self.inquiry.open)
        return self.case.form is not None and self.case.form.has_queries


def _with_answers(waiting: Sequence[Waiting], tree: Tree, judge: Judge, executor: Executor) -> Iterator[Judged]:
    """What comes of records that ask, now that all are there. An answer may lead to another question.

    They are handed out all at once: whoever does that has other things to do until they are judged.
    """
    while waiting:
        left: list[Waiting] = []
        chunk = max(_FEW, len(waiting) // (AHEAD * cores()) + 1)
        for judged in executor.do_all(judge, _answered(waiting, tree), chunk):
            tree.note_failures(judged.answers)
            if judged.waiting is None:
                yield judged
            else:
                left.append(judged.waiting)
        waiting = left


def _answered(waiting: Sequence[Waiting], tree: Tree) -> Iterator[Waiting]:
    for start in range(0, len(waiting), _FEW):
        some = waiting[start : start + _FEW]
        answers = iter(tree.answers([question for each in some for question in each.questions]))
        for each in some:
            own = (*each.answers, *islice(answers, len(each.questions)))
            yield each._replace(questions=(), answers=own)


def _begun(verdicts: Iterator[Judged]) -> Iterator[Judged]:
    """The same, once whoever judges has begun: others go on while this process looks at the rule book."""
    return chain([*islice(verdicts, 1)], verdicts)


def judge_record(case: RecordCase) -> list[Finding]:
    """Everything that can be said about one record file."""
    problems = [*case.parsed.problems]
    if case.form is not None:
        problems += [*case.typed.problems, *_noticed(_asked(case.terms), case)]
    elif case.parsed.record is not None:
        problems += _noticed(_asked_first(), case)
    if not problems:
        return []
    return [placed(problem, case.path, case.data) for problem in dict.fromkeys(map(_hashable, problems))]


def _noticed(asked: Asking, case: RecordCase) -> list[Problem]:
    opened = [rule for among, all in asked if getattr(case, among) for rule in all]
    opened.sort(key=_CODE)
    return [problem for rule in opened if rule.check is not None for problem in rule.check(case)]


_FIRST = ("unknown-form", "unknown-form-revision")
_CODE = attrgetter("code")
_ANYTHING = "parsed"  # of which every case has something


@cache
def _asked_first() -> Asking:
    """What is asked of a record before its form is known."""
    return _asking(rule for rule in rules("record") if rule.slug in _FIRST)


def _asked(terms: Terms) -> Asking:
    """The rules that can find anything by these terms."""
    known = terms.compiled.asked
    if terms.kind not in known:
        concerned = (rule for rule in rules("record") if rule.check is not None and rule.concerns(terms))
        known[terms.kind] = _asking(concerned)
    asked: Asking = known[terms.kind]
    return asked


def _asking(asked: Iterable[Rule]) -> Asking:
    """What several rules look through is looked at once."""
    found: dict[str, list[Rule]] = {}
    for rule in asked:
        found.setdefault(rule.among or _ANYTHING, []).append(rule)
    return tuple((among, tuple(all)) for among, all in found.items())


def _check_controlled(workspace: Workspace) -> Iterator[Finding]:
    for path in workspace.shapes:
        yield from _judge_register(workspace, path)
    for path in workspace.parsed_documents:
        yield from _judge_document(workspace, path)
    for path in workspace.loaded_forms:
        yield from judge_form(workspace, path)
    yield from _check_reports(workspace)
    yield from (placed_in(workspace, problem) for problem in noticed("rulebook", workspace))


def judge_controlled(workspace: Workspace, paths: Collection[str]) -> list[Finding]:
    """What a check finds in some controlled files, one by one; what a waiver covers is left out."""
    found = (finding for path in paths for finding in _judge_one(workspace, path))
    waivers, today = workspace.waivers, workspace.today
    return [f for f in what_is_known(workspace, found) if not waivers.cover(f.code, f.path, today)]


def _judge_one(workspace: Workspace, path: str) -> Iterator[Finding]:
    if path in workspace.shapes:
        yield from _judge_register(workspace, path)
    elif path in workspace.parsed_documents:
        yield from _judge_document(workspace, path)
    elif path in workspace.loaded_forms:
        yield from judge_form(workspace, path)


def _judge_register(workspace: Workspace, path: str) -> Iterator[Finding]:
    _, problems = workspace.shapes[path]
    yield from (placed(problem, path, workspace.files[path]) for problem in problems)


def _judge_document(workspace: Workspace, path: str) -> Iterator[Finding]:
    document, problems = workspace.parsed_documents[path]
    front = front_matter(workspace.files[path])
    yield from (placed(problem, path, front) for problem in problems)
    if document is not None:
        found = noticed("document", DocumentCase(workspace, document))
        yield from (placed(problem, path, front) for problem in found)


def _check_reports(workspace: Workspace) -> Iterator[Finding]:
    database = empty_database(workspace)
    for path, (report, problems) in workspace.loaded_reports.items():
        yield from (placed(problem, path, workspace.files[path]) for problem in problems)
        if report is not None:
            found = noticed("report", ReportCase(workspace, report, database))
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
