"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    yield from (problem for problem in case.progress.problems if problem.slug == "decision-not-allowed")


RULE = Rule(
    "REC321",
    "decision-not-allowed",
    Severity.ERROR,
    Text("步骤“{step}”不允许“{decision}”", "the step “{step}” does not allow “{decision}”"),
    Text("改用该步骤允许的决定", "take a decision that the step allows"),
    check,
)
