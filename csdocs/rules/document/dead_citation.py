"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import DocumentCase
from csdocs.model.finding import Position, Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    for link in case.document.links:
        if "/" in link.target and not case.link_leads_somewhere(link.target):
            yield Problem("dead-citation", Position(link.line, link.col), {"target": link.target})


RULE = Rule(
    "DOC204",
    "dead-citation",
    Severity.ERROR,
    Text("引用的条款 {target} 不存在", "the clause {target} does not exist"),
    Text("核对制度编号和条款号", "check the document and the clause number"),
    check,
)
