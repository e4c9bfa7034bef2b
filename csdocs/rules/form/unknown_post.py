"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    for post, route in case.posts():
        if post not in case.workspace.register.post:
            yield Problem("unknown-post", route, {"post": post})


RULE = Rule(
    "FRM408",
    "unknown-post",
    Severity.ERROR,
    Text("没有岗位 {post}", "there is no post {post}"),
    Text("岗位见 handbook/organisation.yaml", "see handbook/organisation.yaml for the posts"),
    check,
)
