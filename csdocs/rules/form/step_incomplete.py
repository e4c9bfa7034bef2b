"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    yield from case.step_troubles()


RULE = Rule(
    "FRM406",
    "step-incomplete",
    Severity.ERROR,
    Text("步骤“{step}”缺少“{key}”", "the step “{step}” lacks “{key}”"),
    Text("补上：谁签、声明什么；或改为定时步骤", "add it: who signs and what it means, or make it a timed step"),
    check,
)
