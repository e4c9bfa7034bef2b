"""PAGE"""

from collections.abc import Iterator

from csdocs.load.tree import Tree
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(tree: Tree) -> Iterator[Problem]:
    for row in tree.disagreements:
        values = {"path": row.path, "rule": row.check, "message": row.message}
        yield Problem("records-disagree", row.route, values)


RULE = Rule(
    "WSP506",
    "records-disagree",
    Severity.BREACH,
    Text("记录之间不一致", "records do not agree"),
    Text("核对相关记录，如实更正", "compare the records and correct the wrong one"),
    check,
)
