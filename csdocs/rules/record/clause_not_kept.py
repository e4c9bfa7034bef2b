"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    for verdict in case.rule_verdicts:
        if verdict.rule.breaks is not None:
            values = {"rule": verdict.name, "message": verdict.message, "clause": verdict.rule.breaks}
            yield Problem("clause-not-kept", verdict.route, values)


RULE = Rule(
    "REC318",
    "clause-not-kept",
    Severity.BREACH,
    Text("未遵守 {clause}", "{clause} was not kept"),
    Text(
        "如实保留记录，并按条款要求补救；不要为消除提示而改数据",
        "keep the record as it is and put things right as the clause says; never change the data to silence this",
    ),
    check,
)
