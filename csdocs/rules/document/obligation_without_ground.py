"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    for index, obligation in enumerate(case.document.control.obligations):
        if case.document.clause(obligation.clause) is None:
            values = {"name": obligation.clause, "what": Text("条款", "clause")}
            yield Problem("obligation-without-ground", ("obligations", index, "clause"), values)
        if obligation.form not in case.workspace.forms:
            values = {"name": obligation.form, "what": Text("表单", "form")}
            yield Problem("obligation-without-ground", ("obligations", index, "form"), values)


RULE = Rule(
    "DOC209",
    "obligation-without-ground",
    Severity.ERROR,
    Text("义务所指的{what} {name} 不存在", "the obligation names the {what} {name}, which does not exist"),
    Text("核对条款号和表单编号", "check the clause and the form"),
    check,
)
