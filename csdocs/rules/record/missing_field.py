"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    data = case.record.data
    for name, field in case.required():
        if name not in data and not (field.is_computed and name in case.all_values):
            yield Problem("missing-field", ("data", name), {"field": field.label, "id": name})
    for rows, index, field in case.required_in_rows():
        row = data[rows][index]
        if field.id not in row:
            yield Problem("missing-field", ("data", rows, index, field.id), {"field": field.label, "id": field.id})


RULE = Rule(
    "REC304",
    "missing-field",
    Severity.ERROR,
    Text("缺少必填字段“{field}”（{id}）", "the required field “{field}” ({id}) is missing"),
    Text("补填该字段；已签字的部分请用 csdocs amend", "fill it in; if that part is signed already, use csdocs amend"),
    check,
)
