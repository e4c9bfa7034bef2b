"""Obligations: which evidence has to exist for which period, and which is missing."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from csdocs.load.tree import Summary, Tree
from csdocs.model.document import Document, Obligation
from csdocs.model.field import read_duration
from csdocs.model.finding import Route
from csdocs.model.form import CLOSED
from csdocs.model.period import first_day, following, words
from csdocs.model.text import Text

_NOT_EVIDENCE = frozenset({"void", "rejected", "withdrawn", "returned"})


class Period(NamedTuple):
    """First and last day, and its words; `shift` for the obligations of a shift."""

    first: dt.date
    last: dt.date
    words: Text
    shift: str | None = None


class Gap(NamedTuple):
    """A period without the evidence that a clause asks for; `first` is its first day."""

    path: str
    route: Route
    period: Text
    form: str
    clause: str
    first: dt.date


class Expected(NamedTuple):
    """Evidence that a clause asks for and whose time has come; `who`: "", or whose it is (a staff number, a department)."""

    gap: Gap
    who: str
    last: dt.date
    shift: str | None
    found: bool


def missing_evidence(tree: Tree) -> Iterator[Gap]:
    """Nothing in set-up, where the rules do not bind yet; a reference workspace shows what it would be."""
    return (expected.gap for expected in expected_evidence(tree) if not expected.found)


def expected_evidence(tree: Tree) -> Iterator[Expected]:
    """As `missing_evidence`, with what was found as well."""
    if tree.workspace.in_set_up and tree.workspace.settings.clock is None:
        return
    for document in tree.workspace.documents_in_use.values():
        for index, obligation in enumerate(document.control.obligations):
            if obligation.form in tree.workspace.forms_in_use:
                yield from _expected(tree, document, index, obligation)


def _expected(tree: Tree, document: Document, index: int, obligation: Obligation) -> Iterator[Expected]:
    evidence: dict[dt.date, list[Summary]] = {}
    for summary in tree.of_form(obligation.form):
        if _counts(summary, obligation):
            evidence.setdefault(summary.day, []).append(summary)
    for period in _due_periods(tree, obligation):
        found = (summary for day in _days(period) for summary in evidence.get(day, ()))
        inside = [summary for summary in found if _is_of_shift(tree, summary, period, obligation)]
        for who, name in _responsible(tree, obligation, period):
            found_one = any(who in ("", summary.created_by, summary.org_unit) for summary in inside)
            said = Text(period.words.zh + name.zh, period.words.en + name.en)
            clause = f"{document.id}/{obligation.clause}"
            gap = Gap(document.path, ("obligations", index), said, obligation.form, clause, period.first)
            yield Expected(gap, who, period.last, period.shift, found_one)


def _counts(summary: Summary, obligation: Obligation) -> bool:
    if summary.state in _NOT_EVIDENCE:
        return False
    return obligation.counts == "exists" or summary.state == CLOSED


def _days(period: Period) -> Iterator[dt.date]:
    return (period.first + dt.timedelta(n) for n in range((period.last - period.first).days + 1))


def _is_of_shift(tree: Tree, summary: Summary, period: Period, obligation: Obligation) -> bool:
    field = tree.workspace.forms[obligation.form].shift
    return period.shift is None or field is None or summary.values.get(field) == period.shift


def _due_periods(tree: Tree, obligation: Obligation) -> Iterator[Period]:
    """Periods from `since` whose due date has passed."""
    grace = read_duration(obligation.due)
    workspace = tree.workspace
    for period in _periods(tree, obligation, workspace.today):
        end = dt.datetime.combine(period.last + dt.timedelta(1), dt.time(), workspace.settings.zone)
        working = obligation.on == "all" or workspace.calendar.is_working_day(period.first)
        if working and end + grace <= workspace.now:
            yield period


def _periods(tree: Tree, obligation: Obligation, until: dt.date) -> Iterator[Period]:
    day = first_day(obligation.every, obligation.since)
    while day <= until:
        next_day = following(obligation.every, day)
        last = next_day - dt.timedelta(1)
        said_of_day = words(obligation.every, day)
        if obligation.every == "shift":
            for shift in tree.workspace.calendar.shifts:
                if shift.required:
                    said = Text(f"{said_of_day.zh} {shift.name.zh}", f"{said_of_day.en} {shift.name.en}")
                    yield Period(day, last, said, shift.id)
        else:
            yield Period(day, last, said_of_day)
        day = next_day


def _responsible(tree: Tree, obligation: Obligation, period: Period) -> Iterator[tuple[str, Text]]:
    """Whose evidence is asked for: "" for anybody's, else a staff number or a department."""
    kind, _, post = obligation.per.partition(":")
    register = tree.workspace.register
    if kind == "department":
        for department in filter(tree.workspace.is_in_use, register.departments):
            yield department.id, Text(f"（{department.name.zh}）", f" ({department.name.en})")
    elif kind == "person":
        for person in register.holders(post, period.last):
            yield person.staff_no, Text(f"（{person.name.zh}）", f" ({person.name.en})")
    else:
        yield "", Text("", "")
