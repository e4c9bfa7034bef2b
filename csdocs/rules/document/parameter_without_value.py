"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    for index, parameter in enumerate(case.document.control.parameters):
        try:
            valid = parameter.value is not None and parameter.typed() is not None
        except (ValueError, TypeError, IndexError):
            valid = False
        codes = [option.code for option in parameter.options]
        if not valid or (parameter.kind == "choice" and parameter.value not in codes):
            values = {"id": parameter.id, "kind": parameter.kind}
            yield Problem("parameter-without-value", ("parameters", index, "value"), values)


RULE = Rule(
    "DOC205",
    "parameter-without-value",
    Severity.ERROR,
    Text("参数“{id}”没有符合类型 {kind} 的值", "the parameter “{id}” has no value of kind {kind}"),
    Text("填写该参数的值", "give the parameter a value"),
    check,
)
