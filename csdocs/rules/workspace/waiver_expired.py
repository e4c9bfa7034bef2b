"""PAGE"""

from collections.abc import Iterator

from csdocs.load.tree import Tree
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.model.workspace import WAIVERS
from csdocs.rules.rule import Rule


def check(tree: Tree) -> Iterator[Problem]:
    for index, waiver in enumerate(tree.workspace.waivers.waivers):
        if waiver.expires < tree.workspace.today:
            values = {"path": WAIVERS, "code": waiver.code, "file": waiver.path, "expires": waiver.expires}
            yield Problem("waiver-expired", ("waivers", index, "expires"), values)


RULE = Rule(
    "WSP518",
    "waiver-expired",
    Severity.WARNING,
    Text("{file} 的例外 {code} 已于 {expires} 到期", "the waiver of {code} for {file} ended on {expires}"),
    Text("解决该问题后删除此条，或重新批准", "solve the matter and delete the entry, or have it approved again"),
    check,
)
