"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    for verdict in case.rule_verdicts:
        if verdict.rule.breaks is None:
            yield Problem("rule-broken", verdict.route, {"rule": verdict.name, "message": verdict.message})


RULE = Rule(
    "REC317",
    "rule-broken",
    Severity.ERROR,
    Text("违反表单规则", "breaks a rule of the form"),
    Text("更正数据；已签字的内容请用 csdocs amend", "correct the data; if it is signed already, use csdocs amend"),
    check,
)
