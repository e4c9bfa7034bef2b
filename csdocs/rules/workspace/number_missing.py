"""PAGE"""

from collections.abc import Iterator

from csdocs.load.tree import Tree
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(tree: Tree) -> Iterator[Problem]:
    yield from tree.gaps("report", "number-missing")


RULE = Rule(
    "WSP503",
    "number-missing",
    Severity.WARNING,
    Text(
        "编号 {missing} 缺失（{before} 与 {after} 之间）",
        "the number {missing} is missing (between {before} and {after})",
    ),
    Text("找回或说明缺号；不得重用", "find it or explain it; a number is never used again"),
    check,
)
