"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    register, today = case.workspace.register, case.workspace.today
    for post, route in case.posts():
        if post in register.post and not register.holders(post, today):
            yield Problem("post-without-holder", route, {"post": post})


RULE = Rule(
    "FRM407",
    "post-without-holder",
    Severity.WARNING,
    Text("岗位 {post} 现在无人担任", "nobody holds the post {post}"),
    Text(
        "在 handbook/people.yaml 中任命，或改用其他岗位",
        "appoint somebody in handbook/people.yaml, or name another post",
    ),
    check,
)
