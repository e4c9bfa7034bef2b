"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import FormCase
from csdocs.model.field import ROUTE_WORDS
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    own = [f.id for s in case.form.sections for f in s.fields]
    for id in own:
        if id in ROUTE_WORDS:
            yield Problem("reserved-id", case.compiled.field_route(id), {"id": id})


RULE = Rule(
    "FRM412",
    "reserved-id",
    Severity.ERROR,
    Text("“{id}”是保留字，不能作字段编号", "“{id}” is reserved and cannot be a field"),
    Text("换一个字段编号", "choose another id for the field"),
    check,
)
