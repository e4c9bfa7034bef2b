"""What waits for a person: records whose next step they may sign, with what has to be filled in first."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from csdocs.load.case import RecordCase
from csdocs.load.entitlement import who_can_go_on
from csdocs.model.field import Field
from csdocs.model.form import Step
from csdocs.model.text import Text


class Task(NamedTuple):
    """A step that a person may sign. `lacks`: fields to be filled in first; `by`: the nearest limit that runs."""

    record: str
    form: Text
    step: str
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
            yield Task(case.record.name, case.form.title, step.id, step.title, lacks, by)


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
            if not field.is_computed and field.id not in case.all_values and case.is_required(field):
                yield field
