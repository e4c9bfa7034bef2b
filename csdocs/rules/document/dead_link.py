"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import DocumentCase
from csdocs.model.finding import Position, Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    for link in case.document.links:
        if "/" not in link.target and not case.link_leads_somewhere(link.target):
            yield Problem("dead-link", Position(link.line, link.col), {"target": link.target})


RULE = Rule(
    "DOC203",
    "dead-link",
    Severity.ERROR,
    Text("链接 {target} 没有目标", "the link {target} leads nowhere"),
    Text("改为存在的制度、表单或条款", "name a document, form or clause that exists"),
    check,
)
