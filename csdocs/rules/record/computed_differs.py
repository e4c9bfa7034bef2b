"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    assert case.form is not None
    for index, signature in enumerate(case.record.signatures):
        for id, then in (signature.computed or {}).items():
            now = case.spelled_computed.get(id)
            if now is not None and now != then and id in case.form.fields:
                values = {"field": case.form.fields[id].label, "then": then, "now": now}
                yield Problem("computed-differs", ("signatures", index, "computed", id), values)


RULE = Rule(
    "REC333",
    "computed-differs",
    Severity.WARNING,
    Text("“{field}”签署时为 {then}，现在为 {now}", "“{field}” was {then} when signed and is {now} now"),
    Text("核对其所依据的记录是否被更正", "check whether a record it rests on has been corrected"),
    check,
)
