"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import FormCase
from csdocs.model.field import RowsField
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    form = case.form
    groups = [[s.id for s in form.sections], [s.id for s in form.steps], [r.id for r in form.rules]]
    groups += [[d.id for d in form.deadlines], [f.id for s in form.sections for f in s.fields]]
    groups += [[f.id for f in field.fields] for field in form.fields.values() if isinstance(field, RowsField)]
    for ids in groups:
        for id in dict.fromkeys(id for id in ids if ids.count(id) > 1):
            yield Problem("id-used-twice", (), {"id": id})


RULE = Rule(
    "FRM411",
    "id-used-twice",
    Severity.ERROR,
    Text("编号“{id}”用了两次", "the id “{id}” is used twice"),
    Text(
        "每个字段、区段、步骤、规则、期限各用一个编号",
        "give every field, section, step, rule and deadline an id of its own",
    ),
    check,
)
