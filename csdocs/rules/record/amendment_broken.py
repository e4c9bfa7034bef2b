"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    reason = case.amendment_trouble
    if reason is not None:
        yield Problem("amendment-broken", ("amends",), {"reason": reason})


RULE = Rule(
    "REC336",
    "amendment-broken",
    Severity.ERROR,
    Text("更正与前一份不衔接：{reason}", "the amendment does not follow its predecessor: {reason}"),
    Text("用 csdocs amend 重新生成更正", "make the amendment again with csdocs amend"),
    check,
)
