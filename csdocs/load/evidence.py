"""Obligations: which evidence has to exist for which period, and which is missing."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from csdocs.load.tree import Summary, Tree
from csdocs.model.document import Document, Obligation
from csdocs.model.field import read_duration
from csdocs.model.finding import Route
from csdocs.model.form import CLOSED
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


def missing_evidence(tree: Tree) -> Iterator[Gap]:
    """Nothing in set-up, where the rules do not bind yet; a reference workspace shows what it would be."""
    if tree.workspace.in_set_up and tree.workspace.settings.clock is None:
        return
    for document in tree.workspace.documents_in_use.values():
        for index, obligation in enumerate(document.control.obligations):
            if obligation.form in tree.workspace.forms_in_use:
                yield from _missing(tree, document, index, obligation)


def _missing(tree: Tree, document: Document, index: int, obligation: Obligation) -> Iterator[Gap]:
    evidence: dict[dt.date, list[Summary]] = {}
    for summary in tree.of_form(obligation.form):
        if _counts(summary, obligation):
            evidence.setdefault(summary.day, []).append(summary)
    for period in _due_periods(tree, obligation):
        found = (summary for day in _days(period) for summary in evidence.get(day, ()))
        inside = [summary for summary in found if _is_of_shift(tree, summary, period, obligation)]
        for who, words in _responsible(tree, obligation, period):
            if not any(who in ("", summary.created_by, summary.org_unit) for summary in inside):
                said = Text(period.words.zh + words.zh, period.words.en + words.en)
                clause = f"{document.id}/{obligation.clause}"
                yield Gap(document.path, ("obligations", index), said, obligation.form, clause, period.first)


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
    day = _first_day(obligation.every, obligation.since)
    while day <= until:
        following = _next(obligation.every, day)
        last = following - dt.timedelta(1)
        words = _words(obligation.every, day)
        if obligation.every == "shift":
            for shift in tree.workspace.calendar.shifts:
                if shift.required:
                    said = Text(f"{words.zh} {shift.name.zh}", f"{words.en} {shift.name.en}")
                    yield Period(day, last, said, shift.id)
        else:
            yield Period(day, last, words)
        day = following


def _first_day(every: str, since: dt.date) -> dt.date:
    match every:
        case "week":
            return since - dt.timedelta(since.weekday())
        case "month":
            return since.replace(day=1)
        case "quarter":
            return since.replace(month=(since.month - 1) // 3 * 3 + 1, day=1)
        case "year":
            return since.replace(month=1, day=1)
    return since


def _next(every: str, day: dt.date) -> dt.date:
    months = {"month": 1, "quarter": 3, "year": 12}.get(every)
    if months is None:
        return day + dt.timedelta(7 if every == "week" else 1)
    month = day.month - 1 + months
    return day.replace(year=day.year + month // 12, month=month % 12 + 1)


def _words(every: str, day: dt.date) -> Text:
    match every:
        case "week":
            text = day.strftime("%G-W%V")
        case "month":
            text = day.strftime("%Y-%m")
        case "quarter":
            return Text(f"{day.year}年第{(day.month + 2) // 3}季度", f"{day.year} Q{(day.month + 2) // 3}")
        case "year":
            return Text(f"{day.year}年", str(day.year))
        case _:
            text = day.isoformat()
    return Text(text, text)


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
