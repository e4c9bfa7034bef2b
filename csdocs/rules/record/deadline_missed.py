"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    for deadline in case.deadlines:
        if deadline.missed and deadline.met_at is not None:
            yield Problem("deadline-missed", deadline.route, deadline.values)


RULE = Rule(
    "REC332",
    "deadline-missed",
    Severity.BREACH,
    Text(
        "“{label}”于 {met} 完成，晚于期限 {limit}（{clause}）",
        "“{label}” was done at {met}, later than {limit} ({clause})",
    ),
    Text("如实保留；按条款分析原因", "keep it as it is and look into the cause"),
    check,
)
