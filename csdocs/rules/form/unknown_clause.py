"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import FormCase, clause_exists
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    for citation, route in case.citations():
        if not clause_exists(case.workspace, citation):
            yield Problem("unknown-clause", route, {"clause": citation})


RULE = Rule(
    "FRM409",
    "unknown-clause",
    Severity.ERROR,
    Text("条款 {clause} 不存在", "the clause {clause} does not exist"),
    Text("核对制度编号和条款号", "check the document and the clause number"),
    check,
)
