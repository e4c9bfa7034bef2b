"""Reports before the tables they read: those of the records, and a few that csdocs derives of them."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property, partial
from typing import Any

from csdocs.load.counted import ProgressBar
from csdocs.load.holdings.coverage import Coverage, forms_read
from csdocs.load.holdings.evidence import expected_evidence, forms_obliged, obligations
from csdocs.load.holdings.functions import functions_of
from csdocs.load.holdings.tree import Tree, summarise
from csdocs.load.index.gathered import Gathered, tree_of
from csdocs.load.index.judged import line_of
from csdocs.load.index.told import told_of
from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace
from csdocs.model.error import CsdocsError
from csdocs.model.field import RowsField
from csdocs.model.form import Form
from csdocs.model.identifier import FORM
from csdocs.model.period import Span, latest
from csdocs.model.report import Report
from csdocs.model.text import Text
from csdocs.store.database import Database, Examined, Extra
from csdocs.store.lines import Lines
from csdocs.store.scope import form_of, parameters_named, table_of
from csdocs.store.told import COLUMNS as TOLD_COLUMNS
from csdocs.store.told import Extent, ToldDatabase

_ADDRESS = re.compile(rf"'({FORM}(?:/[a-z0-9_.]+)*)/?'")
COLUMNS = {
    **TOLD_COLUMNS,
    "obligations": ("clause", "form", "first", "last", "shift", "department", "found"),
    "coverage": ("document", "clause", "evidence", "form", "records"),
    "lacks": ("kind", "about", "path", "message_zh", "message_en"),
}


def report_tree(workspace: Workspace, progress: ProgressBar = iter) -> Tree:
    """All records with their verified signatures, and what they say when the queries of their fields are answered."""
    gathered = Gathered(workspace)
    waiting: list[str] = []
    for path in progress(gathered.walk()):
        case = RecordCase(workspace, path, workspace.read(path))
        summary = summarise(case)
        if summary is None or case.form is None:
            continue
        gathered.take(line_of(workspace, summary).rows)
        if case.form.has_queries:
            waiting.append(path)
        else:
            gathered.take(told_of(case).rows)
    tree = gathered.tree()
    lines = Lines(tree.connection, workspace.forms)
    for path in waiting:
        lines.write(told_of(RecordCase(workspace, path, workspace.read(path), query=tree.query)).rows)
    lines.flush()
    return tree


def report_database(tree: Tree, report: Report) -> Database:
    """The tables that a report may read. `deadlines`, `breaches` and `obligations` are those of the forms it reads, if any."""
    workspace, forms = tree.workspace, forms_read(tree.workspace, report)
    coverage = cache(lambda: Coverage(workspace))
    rows: dict[str, Callable[[], Iterable[Sequence[Any]]]] = {
        "obligations": lambda: _obligations(tree, forms),
        "coverage": lambda: _coverage(coverage()),
        "lacks": lambda: _lacks(coverage()),
    }
    extra = {name: Extra(COLUMNS[name], draw) for name, draw in rows.items()}
    extent = Extent(int(workspace.now.timestamp()), forms, tuple(filter(None, map(workspace.forms.get, forms))))
    return ToldDatabase(tree.connection, functions_of(workspace), extra, tree.complete, extent)


def _obligations(tree: Tree, forms: Collection[str]) -> Iterator[Sequence[Any]]:
    department = cache(partial(_department_of, tree.workspace))
    for name in obligations(tree):
        if not forms or forms_obliged(tree, name)[0] in forms:
            for each in expected_evidence(tree, name):
                days = (each.period.first.isoformat(), each.period.last.isoformat())
                shift = each.period.shift and each.period.shift.id
                owes = department(each.form, each.who, each.period.last)
                yield each.clause, each.form, *days, shift, owes, int(each.found)


def _department_of(workspace: Workspace, form: str, who: str, day: Any) -> str | None:
    """The department that owes the evidence; for evidence of nobody in particular, that of the form's owner."""
    if who in workspace.register.department:
        return who
    person = workspace.register.person.get(who)
    people = (person,) if person else workspace.register.holders(workspace.forms[form].owner, day)
    return next((tenure.department for each in people for tenure in each.tenures(day)), None)


def _coverage(coverage: Coverage) -> Iterator[Sequence[Any]]:
    for row in coverage.rows:
        for form in row.proof.forms or (None,):
            records = coverage.records[form] if form else 0
            yield row.document.id, row.citation, row.kind, form, records


def _lacks(coverage: Coverage) -> Iterator[Sequence[Any]]:
    for lack in coverage.lacks:
        yield lack.kind, lack.about, lack.path, lack.message.zh, lack.message.en


def bound(span: Span) -> dict[str, str]:
    return {"from": span.first.isoformat(), "to": span.last.isoformat()}


def missing_columns(report: Report, given: Iterable[str]) -> tuple[list[str], list[str]]:
    """What the query does not give, and what it gives that no column shows. A text may come as `x_zh` and `x_en`."""
    left = list(given)
    missing: list[str] = []
    kinds = {column.id: column.kind for column in report.columns}
    for id in report.asked:
        pair = [f"{id}_zh", f"{id}_en"]
        if kinds[id] == "text" and set(pair) <= set(left):
            left = [name for name in left if name not in pair]
        elif id in left:
            left.remove(id)
        else:
            missing.append(id)
    return missing, left


def empty_database(workspace: Workspace) -> Database:
    """The same tables without a row."""
    extra = {name: Extra(columns, tuple) for name, columns in COLUMNS.items()}
    return tree_of(workspace).database_with(extra)


class ReportCase:
    """A report of the tree, with what its query turns out to name when it is run over empty tables (`database`)."""

    def __init__(self, workspace: Workspace, report: Report, database: Database) -> None:
        self.workspace = workspace
        self.report = report
        self._database = database
        self._query = workspace.whole_query(report.query)

    @cached_property
    def _examined(self) -> tuple[Examined | None, Text | None]:
        span = latest(self.report.period[0], self.workspace.today)
        try:
            return self._database.examine(self._query, bound(span)), None
        except CsdocsError as error:
            return None, error.message

    @property
    def failure(self) -> Text | None:
        return self._examined[1]

    @property
    def columns(self) -> tuple[str, ...] | None:
        """Names of what the query gives; None if it cannot be run."""
        return self._examined[0].columns if self._examined[0] else None

    def personal(self) -> Iterator[str]:
        """Fields marked as personal data that the query reads, as `F-CASE/phone`."""
        reads = self._examined[0].reads if self._examined[0] else frozenset()
        for name, column in sorted(reads):
            form = self.workspace.forms.get(form_of(name))
            if form is not None:
                yield from (f"{form.id}/{route}" for route in _personal_at(form, name, column))

    def unknown_parameters(self) -> Iterator[str]:
        known = self.workspace.parameters_on(self.workspace.today).definitions
        unknown = (id for id in parameters_named(self._query) if id not in known)
        yield from (id for id in unknown if not self.workspace.lacks_parameters)

    def unknown_addresses(self) -> Iterator[str]:
        """Texts of the query that look like the address of a label and lead nowhere."""
        found = dict.fromkeys(_ADDRESS.findall(self._query))
        yield from (each for each in found if self._can_tell(each) and label_at(self.workspace, each) is None)

    def _can_tell(self, address: str) -> bool:
        """Not of a form that is there but cannot be read."""
        id = address.partition("/")[0]
        return id in self.workspace.forms or id not in self.workspace.form_paths


def _personal_at(form: Form, table: str, column: str) -> Iterator[str]:
    """Fields marked as personal data that a column of a table holds."""
    for route, field in form.walk():
        rows, _, id = route.rpartition(".")
        if field.pii and id == column and table_of(form.id, rows) == table:
            yield route


def label_at(workspace: Workspace, address: str) -> Text | None:
    """The label behind `F-CASE`, `F-CASE/field`, `F-CASE/rows.field/option` or `F-CASE/deadline`."""
    id, *rest = address.split("/")
    form = workspace.forms.get(id)
    if form is None or not rest:
        return form.title if form else None
    if len(rest) == 1 and rest[0] in {deadline.id for deadline in form.deadlines}:
        return next(deadline.label for deadline in form.deadlines if deadline.id == rest[0])
    field = dict(form.walk()).get(rest[0])
    if field is None or len(rest) == 1:
        return field.label if field and not isinstance(field, RowsField) else None
    options = getattr(field, "options", ())
    return next((option.label for option in options if option.code == rest[1]), None)
