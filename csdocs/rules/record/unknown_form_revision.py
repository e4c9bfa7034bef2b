"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    if case.form is None and case.record.form in case.workspace.forms:
        values = {"form": case.record.form, "revision": case.record.form_revision}
        yield Problem("unknown-form-revision", ("form_revision",), values)


RULE = Rule(
    "REC329",
    "unknown-form-revision",
    Severity.ERROR,
    Text("找不到表单 {form} 第 {revision} 版", "revision {revision} of form {form} cannot be found"),
    Text("核对 form_revision", "check form_revision"),
    check,
)
