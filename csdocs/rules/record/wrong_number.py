"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.number import read, spell
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    assert case.form is not None
    pattern, record = case.form.number.pattern, case.record
    try:
        expected = spell(pattern, case.day, record.data, None)
        right = read(pattern, record.id, case.day, record.data) is not None
    except (KeyError, ValueError):
        return  # the missing field, or the form's broken pattern, has a finding of its own
    if not right:
        values = {"id": record.id, "pattern": pattern.replace("{", "<").replace("}", ">"), "expected": expected}
        yield Problem("wrong-number", ("record",), values)


RULE = Rule(
    "REC325",
    "wrong-number",
    Severity.ERROR,
    Text(
        "编号“{id}”与编号规则 {pattern} 不符（应形如 {expected}）",
        "the number “{id}” does not follow {pattern} (expected {expected})",
    ),
    Text("运行 csdocs renumber {id}", "run csdocs renumber {id}"),
    check,
)
