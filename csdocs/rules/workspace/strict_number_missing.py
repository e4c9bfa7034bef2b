"""PAGE"""

from collections.abc import Iterator

from csdocs.load.tree import Tree
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(tree: Tree) -> Iterator[Problem]:
    yield from tree.gaps("strict", "strict-number-missing")


RULE = Rule(
    "WSP504",
    "strict-number-missing",
    Severity.ERROR,
    Text(
        "连续编号 {missing} 缺失（{before} 与 {after} 之间）",
        "the number {missing} is missing from a gap-free series (between {before} and {after})",
    ),
    Text("找回该记录；该表单要求编号连续", "find the record: this form allows no gap"),
    check,
)
