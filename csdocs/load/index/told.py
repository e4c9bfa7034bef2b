"""What a record says when it is judged, as rows for reports."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from csdocs.load.holdings.tree import summarise
from csdocs.load.record.case import RecordCase
from csdocs.store.schema import value_rows
from csdocs.store.told import NOTHING_TOLD, Told, answered_row


def told_of(case: RecordCase) -> Told:
    """Of a case that has the answers to its queries; nothing of a file that cannot be put before its form."""
    if case.parsed.record is None or case.form is None:
        return NOTHING_TOLD
    broken = [verdict.rule.breaks for verdict in case.rule_verdicts if verdict.rule.breaks]
    return Told(
        [*_deadlines(case)],
        [(case.path, place, clause) for place, clause in enumerate(broken)],
        [_answered(case)] if case.form.has_queries else [],
    )


def _deadlines(case: RecordCase) -> Iterator[tuple[Any, ...]]:
    """Whether one was missed is left open while nothing has met it: that follows from the time at which somebody asks."""
    assert case.form is not None
    final = int(case.is_final)
    for place, verdict in enumerate(case.deadlines):
        deadline, limit, met_at = verdict.deadline, verdict.limit, verdict.met_at
        moments = (_moment(case, limit), met_at and _moment(case, met_at))
        met = (None, None) if met_at is None else (int(met_at.timestamp()), int(verdict.missed))
        address = f"{case.form.id}/{deadline.id}"
        yield case.path, place, address, *moments, int(limit.timestamp()), *met, deadline.breaks, final


def _moment(case: RecordCase, at: dt.datetime) -> str:
    return at.astimezone(case.zone).isoformat(timespec="seconds")


def _answered(case: RecordCase) -> tuple[Any, ...]:
    summary = summarise(case)
    assert summary is not None
    form = case.workspace.forms.get(summary.form)
    values = value_rows(form, summary.id, summary.values) if form else ()
    return answered_row(case.path, summary.form, summary.state, summary.final, values)
