"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    yield from (problem for problem in case.signature_problems if problem and problem.slug == "signature-not-valid")


RULE = Rule(
    "REC323",
    "signature-not-valid",
    Severity.ERROR,
    Text("{by} 在“{step}”的签名无效：{reason}", "the signature of {by} at “{step}” is not valid: {reason}"),
    Text("请本人用登记的密钥重新签署", "have that person sign again with a registered key"),
    check,
)
