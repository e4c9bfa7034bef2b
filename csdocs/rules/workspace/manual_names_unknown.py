"""PAGE"""

from collections.abc import Iterator

from csdocs.load.tree import Tree
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.model.workspace import MANUAL
from csdocs.rules.rule import Rule


def check(tree: Tree) -> Iterator[Problem]:
    manual = tree.workspace.manual
    for i, part in enumerate(manual.parts if manual else ()):
        for id in (part.document, *part.contains):
            if id not in tree.workspace.documents:
                yield Problem("manual-names-unknown", ("parts", i), {"path": MANUAL, "document": id})


RULE = Rule(
    "WSP516",
    "manual-names-unknown",
    Severity.ERROR,
    Text("手册目录中的 {document} 不存在", "the manual lists {document}, which does not exist"),
    Text("核对 handbook/manual.yaml", "check handbook/manual.yaml"),
    check,
)
