"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    people = case.workspace.register.person
    if case.record.created_by not in people:
        yield Problem("unknown-staff", ("created_by",), {"staff": case.record.created_by})
    for route, _, value in case.scalars("staff"):
        if value not in people:
            yield Problem("unknown-staff", route, {"staff": value})


RULE = Rule(
    "REC313",
    "unknown-staff",
    Severity.ERROR,
    Text("登记册中没有工号 {staff}", "the register has no staff number {staff}"),
    Text(
        "核对工号；新员工请先登记到 handbook/people.yaml",
        "check the number; enter new staff in handbook/people.yaml first",
    ),
    check,
)
