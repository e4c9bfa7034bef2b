"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    yield from (problem for problem in case.progress.problems if problem.slug == "step-out-of-order")


RULE = Rule(
    "REC320",
    "step-out-of-order",
    Severity.ERROR,
    Text("步骤“{step}”不能在状态“{state}”下签署", "the step “{step}” cannot be signed in state “{state}”"),
    Text("csdocs why 显示现在可以做什么", "csdocs why shows what can be done now"),
    check,
)
