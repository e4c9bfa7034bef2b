"""PAGE"""

from collections.abc import Iterator

from csdocs.load.tree import Tree
from csdocs.model.finding import Position, Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(tree: Tree) -> Iterator[Problem]:
    for path, reason in tree.query_failures.items():
        yield Problem("query-fails", Position(1, 1), {"path": path, "reason": reason})


RULE = Rule(
    "WSP507",
    "query-fails",
    Severity.ERROR,
    Text("查询无法执行：{reason}", "the query cannot be run: {reason}"),
    Text("修正该 SQL 文件", "mend the SQL file"),
    check,
)
