"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.field import RowsField
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    assert case.form is not None
    for field in case.form.fields.values():
        if not isinstance(field, RowsField) or field.key is None:
            continue
        seen: set[str] = set()
        for index, row in enumerate(case.typed.values.get(field.id, ())):
            key = str(row.get(field.key, ""))
            if key in seen:
                values = {"field": field.label, "key": key}
                yield Problem("row-key-repeated", ("data", field.id, index, field.key), values)
            seen.add(key)


RULE = Rule(
    "REC339",
    "row-key-repeated",
    Severity.ERROR,
    Text("“{field}”中行号“{key}”重复", "the row “{key}” of “{field}” is written twice"),
    Text("每一行用不同的行号", "give every row a key of its own"),
    check,
)
