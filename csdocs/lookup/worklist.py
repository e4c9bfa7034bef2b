"""What waits for a person: steps of records that they may sign, with what has to be filled in first; revisions to approve."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from csdocs.gate.pending import Pending
from csdocs.load.record.case import RecordCase
from csdocs.load.record.entitlement import who_can_go_on
from csdocs.load.record.required import is_required
from csdocs.model.field import Field
from csdocs.model.finding import Severity
from csdocs.model.form import Step
from csdocs.model.text import Text


class Task(NamedTuple):
    """Something that a person may do. `lacks`: fields to be filled in first; `by`: the nearest limit that runs."""

    id: str
    kind: Text
    title: Text
    lacks: tuple[Text, ...]
    by: dt.datetime | None


def tasks(case: RecordCase, person: str) -> Iterator[Task]:
    """What a record that is not closed wants from a person."""
    assert case.form is not None
    by = min((each.limit for each in case.deadlines if each.met_at is None), default=None)
    for step in case.open_steps:
        if _is_owed(case, step) and person in who_can_go_on(case, step, case.workspace.today):
            lacks = tuple(field.label for field in still_missing(case, step))
            yield Task(case.record.name, case.form.title, step.title, lacks, by)


def _is_owed(case: RecordCase, step: Step) -> bool:
    """Whether the record waits for the step: one that may be repeated is a possibility where something else leads on."""
    assert case.form is not None
    state = case.progress.state
    others = (other for other in case.form.steps if other is not step and state in other.from_)
    return not step.repeat or not any(other.after is not None or not other.repeat for other in others)


def still_missing(case: RecordCase, step: Step) -> Iterator[Field]:
    """Fields that have to be filled in before a step can be signed."""
    assert case.form is not None
    for section in case.signed_before(step):
        for field in section.fields:
            if not field.is_computed and field.id not in case.all_values and is_required(case, field):
                yield field


def papers(waiting: Iterable[Pending], person: str, zone: dt.tzinfo) -> Iterator[Task]:
    """What controlled files want from a person before they come into force."""
    for each in waiting:
        meaning = _wanted(each, person)
        if meaning is not None:
            title = each.control.title if each.control else _REGISTER
            by = dt.datetime.combine(each.effective, dt.time(), zone) if each.effective else None
            yield Task(each.id, title, _WANTED[meaning].format(what=_revision(each)), (), by)


def _wanted(each: Pending, person: str) -> str | None:
    """One thing after the other: nobody is asked about bytes that cannot be approved, or that are still to change."""
    wants = each.standing.wants
    drafts = person in each.drafters
    if any(finding.severity is Severity.ERROR for finding in each.findings):
        return "correct" if drafts else None
    if any(want.meaning == "reject" for want in wants):
        return "reject" if drafts else None
    submissions = [want for want in wants if want.meaning == "submit"]
    return next((want.meaning for want in submissions or wants if person in want.people), None)


def _revision(each: Pending) -> Text:
    if each.control is None:
        return Text("改动", "the change")
    return Text("第 {n} 版", "revision {n}").format(n=each.control.revision)


_REGISTER = Text("受控文件", "controlled file")
_WANTED = {
    "correct": Text("更正{what}", "correct {what}"),
    "submit": Text("提交{what}", "submit {what}"),
    "approve": Text("审批{what}", "approve {what}"),
    "reject": Text("修改被驳回的{what}", "change {what}, which was rejected"),
}
