"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    yield from (problem for problem in case.signature_problems if problem and problem.slug == "signed-content-changed")


RULE = Rule(
    "REC324",
    "signed-content-changed",
    Severity.ERROR,
    Text("{by} 在“{step}”签署之后内容被改动", "the content was changed after {by} signed “{step}”"),
    Text(
        "恢复签署时的内容（git log -p 可查），更正请用 csdocs amend",
        "restore what was signed (git log -p shows it); correct it with csdocs amend",
    ),
    check,
)
