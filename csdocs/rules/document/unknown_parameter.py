"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    known = case.workspace.parameters_on(case.workspace.today).definitions
    for mention in case.interpolations():
        if mention.text not in known and mention.text not in case.own_parameters:
            yield Problem("unknown-parameter", mention.at, {"id": mention.text})


RULE = Rule(
    "DOC207",
    "unknown-parameter",
    Severity.ERROR,
    Text("没有参数“{id}”", "there is no parameter “{id}”"),
    Text("核对拼写，或在控制信息中定义它", "check the spelling, or define it in the control block"),
    check,
)
