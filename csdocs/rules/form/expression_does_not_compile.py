"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    yield from (p for p in case.compiled.problems if p.slug == "expression-does-not-compile")


RULE = Rule(
    "FRM401",
    "expression-does-not-compile",
    Severity.ERROR,
    Text("表达式 {source} 第 {at} 个字符处：{reason}", "the expression {source} is wrong at character {at}: {reason}"),
    Text("写法见 docs/cel.md", "docs/cel.md shows what can be written"),
    check,
)
