"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    for deadline in case.deadlines:
        if deadline.missed and deadline.met_at is None:
            yield Problem("overdue", deadline.route, deadline.values)


RULE = Rule(
    "REC331",
    "overdue",
    Severity.BREACH,
    Text(
        "“{label}”已逾期：应在 {limit} 前完成（{clause}）",
        "“{label}” is overdue: it was to be done by {limit} ({clause})",
    ),
    Text("立即办理；csdocs why 显示由谁办理", "do it now; csdocs why shows who can"),
    check,
)
