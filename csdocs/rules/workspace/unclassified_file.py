"""PAGE"""

from collections.abc import Iterator

from csdocs.load.tree import Tree
from csdocs.load.workspace import is_classified
from csdocs.model.finding import Position, Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(tree: Tree) -> Iterator[Problem]:
    for path in tree.workspace.files:
        if not is_classified(path):
            yield Problem("unclassified-file", Position(1, 1), {"path": path})


RULE = Rule(
    "WSP511",
    "unclassified-file",
    Severity.ERROR,
    Text("{path} 不属于任何一类受控文件", "{path} belongs to no class of controlled file"),
    Text("移到正确的文件夹，或删除", "move it to the right folder, or delete it"),
    check,
)
