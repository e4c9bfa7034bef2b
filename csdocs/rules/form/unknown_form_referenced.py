"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    for name, field in case.form.walk():
        for form in getattr(field, "ref", ()):
            if form not in case.workspace.forms:
                yield Problem("unknown-form-referenced", (*case.compiled.field_route(name), "ref"), {"form": form})


RULE = Rule(
    "FRM417",
    "unknown-form-referenced",
    Severity.ERROR,
    Text("引用的表单 {form} 不存在", "refers to the form {form}, which does not exist"),
    Text("核对表单编号", "check the form id"),
    check,
)
