"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    owner = case.document.control.owner
    if owner not in case.workspace.register.post:
        yield Problem("owner-post-unknown", ("owner",), {"post": owner})


RULE = Rule(
    "DOC212",
    "owner-post-unknown",
    Severity.ERROR,
    Text("没有岗位 {post}", "there is no post {post}"),
    Text("岗位见 handbook/organisation.yaml", "see handbook/organisation.yaml for the posts"),
    check,
)
