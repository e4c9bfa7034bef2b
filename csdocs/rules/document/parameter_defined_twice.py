"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    seen: set[str] = set()
    others = [other for other in case.workspace.documents.values() if other.path < case.document.path]
    owners = {parameter.id: other.id for other in others for parameter in other.control.parameters}
    for index, parameter in enumerate(case.document.control.parameters):
        owner = case.document.id if parameter.id in seen else owners.get(parameter.id)
        if owner is not None:
            yield Problem("parameter-defined-twice", ("parameters", index, "id"), {"id": parameter.id, "other": owner})
        seen.add(parameter.id)


RULE = Rule(
    "DOC208",
    "parameter-defined-twice",
    Severity.ERROR,
    Text("参数“{id}”已由 {other} 定义", "the parameter “{id}” is defined by {other} already"),
    Text("每个参数只由一份制度定义", "let one document own the parameter"),
    check,
)
