"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    for index, step in enumerate(case.form.steps):
        section = case.form.section(step.section or "")
        if step.repeat and section is not None:
            fixed = [
                field for field in section.fields if field.id not in case.form.append_only and not field.is_computed
            ]
            if fixed:
                yield Problem("repeat-without-append-only", ("steps", index, "repeat"), {"step": step.id})


RULE = Rule(
    "FRM414",
    "repeat-without-append-only",
    Severity.ERROR,
    Text(
        "可重复签署的步骤“{step}”的区段只能有追加式表格", "the repeatable step “{step}” may sign append-only rows only"
    ),
    Text("把区段内的字段改为 append_only 表格", "make the fields of its section append-only rows"),
    check,
)
