"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    if case.workspace.in_set_up:
        return  # a draft form may still change under its number
    for index, signature in enumerate(case.record.signatures):
        if signature.form_sha256 != case.compiled.sha256:
            at = ("signatures", index, "form_sha256")
            yield Problem("form-bytes-differ", at, {"revision": case.record.form_revision})


RULE = Rule(
    "REC338",
    "form-bytes-differ",
    Severity.ERROR,
    Text("签署时的表单与第 {revision} 版的内容不同", "the form that was signed is not revision {revision}"),
    Text("查明表单何时被改动（git log -p）", "find out when the form was changed (git log -p)"),
    check,
)
