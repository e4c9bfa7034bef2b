"""What the form's own rules and deadlines say about a record."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from csdocs.cel import Program
from csdocs.load.rulebook.compiled import NOT_JUDGED, PLACEHOLDER, NamedProgram
from csdocs.model.field import RowsField
from csdocs.model.finding import NO_VALUES, Route
from csdocs.model.form import Deadline, FormRule
from csdocs.model.moment import end_of
from csdocs.model.spelling import shown
from csdocs.model.text import Text

if TYPE_CHECKING:
    from csdocs.load.record.case import RecordCase


class RuleVerdict(NamedTuple):
    """A rule that does not hold. `name` is `FORM:rule`."""

    rule: FormRule
    name: str
    route: Route
    message: Text


class DeadlineVerdict(NamedTuple):
    """A deadline that runs or ran: `met_at` is None while nothing has happened. `values` are for the words of a missed one."""

    deadline: Deadline
    route: Route
    limit: dt.datetime
    met_at: dt.datetime | None
    missed: bool
    values: Mapping[str, object]


def judge_rules(case: "RecordCase") -> Iterator[RuleVerdict]:
    assert case.form is not None
    if case.compiled.rules_hold(case.all_values, case.workspace.runtime):
        return
    silent = case.progress.state in NOT_JUDGED
    values = case.all_values
    for rule, program in case.compiled.rules:
        if (silent and rule.breaks) or (rule.due is not None and not case.completed(rule.due)):
            continue
        if rule.each is not None:
            yield from _judge_rows(case, rule, rule.each, program)
        elif not _holds(case, rule, program, values):
            yield _verdict(case, rule, ("data", rule.at), values)


def _judge_rows(case: "RecordCase", rule: FormRule, rows: str, program: Program) -> Iterator[RuleVerdict]:
    values = dict(case.all_values)
    for index, values["row"] in enumerate(case.all_values.get(rows, ())):
        if not _holds(case, rule, program, values):
            yield _verdict(case, rule, ("data", rows, index, rule.at), values)


def _holds(case: "RecordCase", rule: FormRule, program: Program, values: Mapping[str, Any]) -> bool:
    """True too where the rule cannot be judged: that is a finding of its own, unless it waits for answers nobody can give here."""
    if (rule.due is None or case.is_alone) and program.lacks(values):
        return True
    return case.run(program, f"rule:{rule.id}", values, True) is not False


def _verdict(case: "RecordCase", rule: FormRule, route: Route, values: Mapping[str, Any]) -> RuleVerdict:
    assert case.form is not None
    message = fill_message(case, rule.message, values)
    if rule.breaks:
        message = message.noted(rule.breaks)
    return RuleVerdict(rule, f"{case.form.id}:{rule.id}", route, message)


def fill_message(case: "RecordCase", message: Text, values: Mapping[str, Any]) -> Text:
    """Put values into `{name}`, `{param.x}`, `{row.y}`; plain look-ups, never attribute access."""
    return Text(
        PLACEHOLDER.sub(lambda match: _look_up(case, match[1], values).zh, message.zh),
        PLACEHOLDER.sub(lambda match: _look_up(case, match[1], values).en, message.en),
    )


def _look_up(case: "RecordCase", dotted: str, values: Mapping[str, Any]) -> Text:
    assert case.form is not None
    value: Any = values
    for name in dotted.split("."):
        value = (
            value.get(name) if isinstance(value, Mapping) else getattr(value, name, None) if name in _PARTS else None
        )
    field: Any = case.form.fields.get(dotted)
    if dotted.startswith("row."):
        fields = (f.field(dotted[4:]) for f in case.form.fields.values() if isinstance(f, RowsField))
        field = next((found for found in fields if found is not None), None)
    return shown(value, field, case.zone)


_PARTS = frozenset({"id", "since"})
_STOPPED = NOT_JUDGED | {"rejected"}


def judge_deadlines(case: "RecordCase") -> Iterator[DeadlineVerdict]:
    assert case.form is not None
    if case.progress.state in _STOPPED:
        return
    for deadline, length, when in case.compiled.deadlines:
        verdict = _judge_deadline(case, deadline, length, when)
        if verdict is not None:
            yield verdict


def _judge_deadline(
    case: "RecordCase", deadline: Deadline, length: NamedProgram | None, when: NamedProgram | None
) -> DeadlineVerdict | None:
    start = case.moment_of(deadline.from_)
    if start is None or _misspelt(case, deadline.until) or (when is not None and case.ask(when) is not True):
        return None
    within = None if length is None else case.ask(length)
    limit = None if within is None else _limit(case, deadline, start, within)
    if limit is None:
        return None
    met_at = case.moment_of(deadline.until)
    missed = (met_at or case.now) > limit
    values = _words(case, deadline, limit, met_at) if missed else NO_VALUES
    written = deadline.until if deadline.until in case.record.data else deadline.from_
    route: Route = ("data", written) if not written.startswith("signed.") else ("signatures",)
    return DeadlineVerdict(deadline, route, limit, met_at, missed, values)


def _words(
    case: "RecordCase", deadline: Deadline, limit: dt.datetime, met_at: dt.datetime | None
) -> Mapping[str, object]:
    return {
        "label": deadline.label,
        "limit": shown(limit, None, case.zone),
        "met": shown(met_at, None, case.zone),
        "clause": deadline.breaks,
        "rule": f"{case.form.id if case.form else ''}:{deadline.id}",
    }


def _misspelt(case: "RecordCase", name: str) -> bool:
    """A value is written but could not be read: that is a finding of its own, not lateness."""
    return name in case.record.data and name not in case.typed.values


def _limit(case: "RecordCase", deadline: Deadline, start: dt.datetime, within: Any) -> dt.datetime | None:
    """None, and a failure, where it lies beyond every calendar. In UTC: where clocks are changed Python compares by the wall."""
    local, calendar = start.astimezone(case.zone), case.workspace.calendar
    try:
        if deadline.calendar == "worktime":
            return calendar.add_worktime(local, within)
        if deadline.calendar == "workdays":
            day = calendar.add_workdays(local.date(), within)
            return end_of(day, case.zone).astimezone(dt.UTC)
        after: dt.datetime = start.astimezone(dt.UTC) + within
        return after
    except OverflowError:
        case.note_failure(f"within:{deadline.id}", Text("期限超出日历范围", "the limit lies beyond the calendar"))
        return None
