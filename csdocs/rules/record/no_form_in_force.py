"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    if case.workspace.form_in_force(case.record.form, case.day) is None:
        yield Problem("no-form-in-force", ("form",), {"day": case.day, "form": case.record.form})


RULE = Rule(
    "REC327",
    "no-form-in-force",
    Severity.ERROR,
    Text("{day} 当日表单 {form} 尚未生效", "on {day} no revision of form {form} was in force"),
    Text(
        "核对日期；表单生效日见 csdocs form list",
        "check the date; csdocs form list shows when the form came into force",
    ),
    check,
)
