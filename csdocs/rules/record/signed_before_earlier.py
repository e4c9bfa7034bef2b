"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    before, what = case.record.created, Text("填表时间", "the record was created")
    for index, signature in enumerate(case.record.signatures):
        if signature.moment < before:
            yield Problem("signed-before-earlier", ("signatures", index, "at"), {"at": signature.at, "before": what})
        before, what = max(before, signature.moment), Text("上一个签名", "the signature before it")


RULE = Rule(
    "REC335",
    "signed-before-earlier",
    Severity.ERROR,
    Text("签署时间 {at} 早于{before}", "signed at {at}, earlier than {before}"),
    Text("核对时间并重新签署", "check the time and sign again"),
    check,
)
