"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    if case.record.form not in case.workspace.forms:
        yield Problem("unknown-form", ("form",), {"form": case.record.form})


RULE = Rule(
    "REC302",
    "unknown-form",
    Severity.ERROR,
    Text("没有表单 {form}", "there is no form {form}"),
    Text("检查表单编号；csdocs form list 列出全部表单", "check the form id; csdocs form list shows them all"),
    check,
)
