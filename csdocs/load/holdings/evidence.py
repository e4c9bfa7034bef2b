"""Obligations: which evidence has to exist for which period, and which is missing."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from csdocs.load.holdings.tree import Tree
from csdocs.load.rulebook.revision import Revision
from csdocs.load.workspace import Workspace
from csdocs.model.calendar import Shift
from csdocs.model.document import ControlBlock, Obligation
from csdocs.model.field import read_duration
from csdocs.model.finding import Route
from csdocs.model.form import CLOSED
from csdocs.model.moment import midnight_after
from csdocs.model.period import first_day, following, words
from csdocs.model.text import SPACE, Text
from csdocs.parse.document import parse_front
from csdocs.store.scope import table_of

_DAY = dt.timedelta(1)
_NOT_EVIDENCE = frozenset({"void", "rejected", "withdrawn", "returned"})


class Period(NamedTuple):
    """First and last day; `shift` for the obligations of a shift."""

    every: str
    first: dt.date
    last: dt.date
    shift: Shift | None = None

    @property
    def words(self) -> Text:
        said = words(self.every, self.first)
        return SPACE.join((said, self.shift.name)) if self.shift else said


class Gap(NamedTuple):
    """A period without the evidence that a clause asks for; `first` is its first day. `closed`: open records are none."""

    path: str
    route: Route
    period: Text
    form: str
    clause: str
    first: dt.date
    closed: bool


class Duty(NamedTuple):
    """An obligation of one revision of a document. It binds for periods that end after `after` and no later than `until`."""

    path: str
    control: ControlBlock
    obligation: Obligation
    after: dt.date
    until: dt.date

    @property
    def clause(self) -> str:
        return f"{self.control.id}/{self.obligation.clause}"

    def binds(self, period: Period) -> bool:
        return self.after < period.last <= self.until


class Expected(NamedTuple):
    """Evidence that a clause asks for and whose time has come; `who`: "", or whose it is (a staff number, a department), with a `name`.
    `found`: or its time is over, since records of then were disposed of.
    """

    duty: Duty
    route: Route
    period: Period
    who: str
    name: Text | None
    found: bool

    @property
    def form(self) -> str:
        return self.duty.obligation.form

    @property
    def clause(self) -> str:
        return self.duty.clause

    @property
    def gap(self) -> Gap:
        period = self.period.words.noted(self.name) if self.name else self.period.words
        closed = self.duty.obligation.counts != "exists"
        return Gap(self.duty.path, self.route, period, self.form, self.clause, self.period.first, closed)


def missing_evidence(tree: Tree, obligation: str | None = None) -> Iterator[Gap]:
    """Nothing in set-up, where the rules do not bind yet; a reference workspace shows what it would be."""
    return (expected.gap for expected in expected_evidence(tree, obligation) if not expected.found)


def expected_evidence(tree: Tree, obligation: str | None = None) -> Iterator[Expected]:
    """As `missing_evidence`, with what was found as well; of one obligation or of all."""
    for name in obligations(tree) if obligation is None else (obligation,):
        yield from _expected(tree, _duty(tree.workspace, name))


def obligations(tree: Tree) -> Iterator[str]:
    """Those that bind, have bound or are going to: the document, its revision, and which of the obligations there."""
    if tree.workspace.in_set_up and tree.workspace.settings.clock is None:
        return
    for id in tree.workspace.controls_in_use:
        for revision, control in _ruling(tree.workspace, id):
            for index, obligation in enumerate(control.obligations):
                if obligation.form in tree.workspace.forms_in_use:
                    yield f"{id} {revision.number} {index}"


def columns_obliged(workspace: Workspace) -> dict[str, frozenset[str]]:
    """By form: tables and columns that say of which shift a record is, where every shift owes some."""
    ruling = (control for id in workspace.controls_in_use for _, control in _ruling(workspace, id))
    forms = {each.form for control in ruling for each in control.obligations if each.every == "shift"}
    found = filter(None, map(workspace.forms.get, sorted(forms)))
    return {form.id: frozenset({table_of(form.id), form.shift or ""}) for form in found}


def _ruling(workspace: Workspace, id: str) -> Iterator[tuple[Revision, ControlBlock]]:
    """The revisions of a document, each for its time; what is still to be approved asks for nothing, and takes nothing back."""
    for revision in workspace.revisions.get(workspace.document_paths[id], ()):
        control = parse_front(revision.data).control
        if control is not None:
            yield revision, control


def _duty(workspace: Workspace, name: str) -> Duty:
    id, number, index = name.split(" ")
    ruling = {revision.number: (revision, control) for revision, control in _ruling(workspace, id)}
    revision, control = ruling[int(number)]
    ends = [later.effective for later, _ in ruling.values() if later.number > revision.number]
    ends += [revision.withdrawn] if revision.withdrawn else []
    after = max(workspace.binds_after(control), revision.effective - _DAY)
    until = min(ends) - _DAY if ends else dt.date.max
    return Duty(revision.path, control, control.obligations[int(index)], after, until)


def _route(workspace: Workspace, duty: Duty) -> Route:
    """Where the obligation stands in the file as it lies here."""
    here = workspace.controls[duty.control.id].obligations
    return ("obligations", here.index(duty.obligation)) if duty.obligation in here else ("obligations",)


def forms_obliged(tree: Tree, obligation: str) -> tuple[str]:
    return (_duty(tree.workspace, obligation).obligation.form,)


def names_of(tree: Tree, obligation: str) -> frozenset[str]:
    """Of the columns that say whether there is evidence."""
    shift = _shift(tree, _duty(tree.workspace, obligation).obligation)
    return frozenset({"day", "created_by", "org_unit", "state", shift or ""})


def next_due(tree: Tree, obligation: str) -> dt.datetime:
    """When the next period may have to be proved: one ends at midnight, and then has its grace."""
    now = tree.workspace.now
    midnight = midnight_after(now)
    grace = read_duration(_duty(tree.workspace, obligation).obligation.due) % _DAY
    moments = (midnight - _DAY + grace, midnight)
    return min(moment for moment in moments if moment > now)


def _expected(tree: Tree, duty: Duty) -> Iterator[Expected]:
    obligation, route = duty.obligation, _route(tree.workspace, duty)
    evidence, disposed = _evidence(tree, obligation), tree.disposed(obligation.form)
    by_shift = _shift(tree, obligation) is not None
    for period in filter(duty.binds, _due_periods(tree, obligation)):
        shift = period.shift.id if by_shift and period.shift else None
        inside = [evidence[day, shift] for day in _days(period) if (day, shift) in evidence]
        gone = bool(disposed) and any(day in disposed or day[:7] in disposed for day in _days(period))
        for who, name in _responsible(tree, obligation, period):
            yield Expected(duty, route, period, who, name, gone or any(who in there for there in inside))


def _evidence(tree: Tree, obligation: Obligation) -> dict[tuple[str, str | None], set[str]]:
    """By day (and shift, if each shift owes some): "" and the people and departments whose it is."""
    shift = _shift(tree, obligation) if obligation.every == "shift" else None
    own = f'f."{shift}"' if shift else "NULL"
    join = f"JOIN {table_of(obligation.form)} f USING (record)" if shift else ""
    sql = (
        f"SELECT DISTINCT r.day, r.created_by, r.org_unit, {own}, r.state FROM _files r {join} "  # noqa: S608  # a linted form's
        "WHERE r.form = ? AND r.effective"
    )
    out: dict[tuple[str, str | None], set[str]] = {}
    for day, created_by, org_unit, of, state in tree.database.rows(sql, obligation.form):
        if state == CLOSED or (obligation.counts == "exists" and state not in _NOT_EVIDENCE):
            out.setdefault((day, of), set()).update(("", created_by, org_unit))
    return out


def _shift(tree: Tree, obligation: Obligation) -> str | None:
    """The field that says of which shift a record is."""
    form = tree.workspace.forms[obligation.form]
    return form.shift if form.shift in form.fields else None


def _days(period: Period) -> Iterator[str]:
    if period.first == period.last:
        return iter((period.first.isoformat(),))
    return ((period.first + dt.timedelta(n)).isoformat() for n in range((period.last - period.first).days + 1))


def _due_periods(tree: Tree, obligation: Obligation) -> Iterator[Period]:
    """Periods from `since` whose due date has passed."""
    grace = read_duration(obligation.due)
    workspace = tree.workspace
    calendar, zone, now = workspace.calendar, workspace.settings.zone, workspace.now
    sure = now.date() - grace - 2 * _DAY  # whatever ended before then is over in every time zone
    for period in _periods(tree, obligation, workspace.today):
        if obligation.on == "all" or calendar.is_working_day(period.first):
            end = period.last + _DAY
            if end < sure or dt.datetime.combine(end, dt.time(), zone) + grace <= now:
                yield period


def _periods(tree: Tree, obligation: Obligation, until: dt.date) -> Iterator[Period]:
    day = first_day(obligation.every, obligation.since)
    while day <= until:
        next_day = following(obligation.every, day)
        last = next_day - dt.timedelta(1)
        if obligation.every == "shift":
            required = (shift for shift in tree.workspace.calendar.shifts if shift.required)
            yield from (Period(obligation.every, day, last, shift) for shift in required)
        else:
            yield Period(obligation.every, day, last)
        day = next_day


def _responsible(tree: Tree, obligation: Obligation, period: Period) -> Iterator[tuple[str, Text | None]]:
    """Whose evidence is asked for: "" for anybody's, else a staff number or a department."""
    kind, _, post = obligation.per.partition(":")
    register = tree.workspace.register
    if kind == "department":
        for department in filter(tree.workspace.is_in_use, register.departments):
            yield department.id, department.name
    elif kind == "person":
        for person in register.holders(post, period.last):
            yield person.staff_no, person.name
    else:
        yield "", None
