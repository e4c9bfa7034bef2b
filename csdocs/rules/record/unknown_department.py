"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    departments = case.workspace.register.department
    if case.record.org_unit not in departments:
        yield Problem("unknown-department", ("org_unit",), {"department": case.record.org_unit})
    for route, _, value in case.scalars("department"):
        if value not in departments:
            yield Problem("unknown-department", route, {"department": value})


RULE = Rule(
    "REC315",
    "unknown-department",
    Severity.ERROR,
    Text("没有部门 {department}", "there is no department {department}"),
    Text("可用的部门见 handbook/organisation.yaml", "see handbook/organisation.yaml for the departments"),
    check,
)
