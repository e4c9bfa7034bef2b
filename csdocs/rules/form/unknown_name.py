"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    for name, route in case.names():
        yield Problem("unknown-name", route, {"name": name})


RULE = Rule(
    "FRM402",
    "unknown-name",
    Severity.ERROR,
    Text("表单中没有“{name}”", "the form has no “{name}”"),
    Text("核对字段、步骤和状态的编号", "check the ids of fields, steps and states"),
    check,
)
