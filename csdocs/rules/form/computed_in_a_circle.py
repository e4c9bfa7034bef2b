"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    case.compiled.computed_order  # noqa: B018  # ordering the fields finds the circles
    yield from (p for p in case.compiled.problems if p.slug == "computed-in-a-circle")


RULE = Rule(
    "FRM403",
    "computed-in-a-circle",
    Severity.ERROR,
    Text("计算字段“{field}”循环引用", "the computed field “{field}” depends on itself"),
    Text("拆开互相引用的计算字段", "untangle the computed fields that name each other"),
    check,
)
