"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import FormCase
from csdocs.model.field import RowsField
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    for field in case.form.fields.values():
        if not isinstance(field, RowsField):
            continue
        key = field.field(field.key) if field.key else None
        if (field.append_only and key is None) or (field.key and (key is None or not key.required)):
            yield Problem("rows-without-key", case.compiled.field_route(field.id), {"field": field.label})


RULE = Rule(
    "FRM415",
    "rows-without-key",
    Severity.ERROR,
    Text("追加式表格“{field}”没有行号字段（key）", "the append-only table “{field}” has no key"),
    Text("加上 key，并在行内定义该代码字段", "add `key` and define that code field in the row"),
    check,
)
