"""PAGE"""

from collections.abc import Iterator

from csdocs.load.tree import Tree
from csdocs.model.finding import Position, Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule
from csdocs.store import disk


def check(tree: Tree) -> Iterator[Problem]:
    known = {f"{summary.path.rpartition('/')[0]}/{summary.id}.files" for summary in tree.summaries}
    for path in disk.files_below(tree.workspace.root, disk.RECORDS):
        if not path.endswith(".yaml") and path.rpartition("/")[0] not in known:
            yield Problem("file-left-over", Position(1, 1), {"path": path})


RULE = Rule(
    "WSP517",
    "file-left-over",
    Severity.WARNING,
    Text("{path} 不属于任何记录", "{path} belongs to no record"),
    Text("作为附件登记，或删除", "list it as an attachment, or delete it"),
    check,
)
