"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    found = case.workspace.form_in_force(case.record.form, case.day)
    if found is not None and found[1].number != case.record.form_revision and not case.record.amendment:
        values = {"day": case.day, "form": case.record.form, "expected": found[1].number}
        yield Problem("wrong-form-revision", ("form_revision",), {**values, "revision": case.record.form_revision})


RULE = Rule(
    "REC328",
    "wrong-form-revision",
    Severity.ERROR,
    Text(
        "{day} 当日有效的是表单 {form} 第 {expected} 版，记录写的是第 {revision} 版",
        "on {day} revision {expected} of form {form} was in force, the record names {revision}",
    ),
    Text(
        "改正 form_revision；已签署的记录请作废后重填",
        "correct form_revision; a signed record must be voided and entered again",
    ),
    check,
)
