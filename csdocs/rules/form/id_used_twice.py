"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import FormCase
from csdocs.model.field import RowsField
from csdocs.model.finding import Problem, Route, Severity
from csdocs.model.form import Form
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    for group in _groups(case.form):
        seen: set[str] = set()
        for id, route in group:
            if id in seen:
                yield Problem("id-used-twice", route, {"id": id})
            seen.add(id)


def _groups(form: Form) -> Iterator[list[tuple[str, Route]]]:
    """The ids that must differ from each other, with their places."""
    named = {"sections": form.sections, "steps": form.steps, "rules": form.rules, "deadlines": form.deadlines}
    for key, items in named.items():
        yield [(item.id, (key, index)) for index, item in enumerate(items)]
    fields: list[tuple[str, Route]] = []
    for s, section in enumerate(form.sections):
        for f, field in enumerate(section.fields):
            route = ("sections", s, "fields", f)
            fields.append((field.id, route))
            if isinstance(field, RowsField):
                yield [(inner.id, (*route, "fields", i)) for i, inner in enumerate(field.fields)]
    yield fields


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
