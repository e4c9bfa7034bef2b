"""PAGE"""

from collections.abc import Iterator

from csdocs.load.tree import Tree
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(tree: Tree) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for summary in tree.summaries:
        if summary.name in first:
            values = {"path": summary.path, "id": summary.name, "other": first[summary.name]}
            yield Problem("number-taken-twice", ("record",), values)
        first.setdefault(summary.name, summary.path)


RULE = Rule(
    "WSP502",
    "number-taken-twice",
    Severity.ERROR,
    Text("编号 {id} 被两份记录使用：{other}", "the number {id} is used twice: also by {other}"),
    Text("给后来的一份换号：csdocs renumber {path}", "renumber the later one: csdocs renumber {path}"),
    check,
)
