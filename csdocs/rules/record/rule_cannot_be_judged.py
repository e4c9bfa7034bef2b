"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    assert case.form is not None
    case.rule_verdicts, list(case.required()), list(case.required_in_rows())  # evaluates every expression
    for failure in dict.fromkeys(case.failures):
        rule = f"{case.form.id}:{failure.name.removeprefix('rule:')}"
        yield Problem("rule-cannot-be-judged", ("data",), {"rule": rule, "reason": failure.reason})


RULE = Rule(
    "REC319",
    "rule-cannot-be-judged",
    Severity.ERROR,
    Text("表单规则无法判断：{reason}", "a rule of the form cannot be judged: {reason}"),
    Text(
        "检查数据；若数据无误，请表单负责人修正规则 {rule}",
        "check the data; if it is right, the owner of the form must mend the rule {rule}",
    ),
    check,
)
