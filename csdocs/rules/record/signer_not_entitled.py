"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    yield from (problem for problem in case.signature_problems if problem and problem.slug == "signer-not-entitled")


RULE = Rule(
    "REC322",
    "signer-not-entitled",
    Severity.ERROR,
    Text("{by} 无权签署“{step}”：{reason}", "{by} may not sign “{step}”: {reason}"),
    Text("请有权的人重新签署", "have somebody entitled sign it"),
    check,
)
