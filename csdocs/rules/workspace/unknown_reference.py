"""PAGE"""

from collections.abc import Iterator

from csdocs.load.tree import Tree
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(tree: Tree) -> Iterator[Problem]:
    for summary in tree.summaries:
        for reference in summary.references:
            if not tree.has(reference.target, reference.forms):
                values = {"path": summary.path, "field": reference.label, "reference": reference.target}
                yield Problem("unknown-reference", reference.route, values)


RULE = Rule(
    "WSP501",
    "unknown-reference",
    Severity.ERROR,
    Text("“{field}”引用的 {reference} 不存在", "“{field}” refers to {reference}, which does not exist"),
    Text("核对编号；csdocs list 列出记录", "check the number; csdocs list shows the records"),
    check,
)
