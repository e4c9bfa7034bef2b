"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.field import StaffField
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    for route, field, value in case.scalars("staff"):
        held = case.staff(value).posts
        if not isinstance(field, StaffField) or not field.posts or value not in case.workspace.register.person:
            continue
        if not set(field.posts) & set(held):
            values = {
                "staff": value,
                "field": field.label,
                "posts": Text("、".join(field.posts), ", ".join(field.posts)),
            }
            yield Problem("post-not-held", route, values)


RULE = Rule(
    "REC314",
    "post-not-held",
    Severity.ERROR,
    Text(
        "{staff} 当日不担任“{field}”要求的岗位（{posts}）",
        "{staff} does not hold a post that “{field}” asks for ({posts}) on that day",
    ),
    Text("换一位任职人员，或更正登记册", "name somebody who holds the post, or correct the register"),
    check,
)
