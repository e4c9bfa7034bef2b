"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    now = case.workspace.now
    if case.record.created > now:
        yield Problem("time-in-future", ("created_at",), {"value": case.record.created_at, "now": now.isoformat()})
    for index, signature in enumerate(case.record.signatures):
        if signature.moment > now:
            yield Problem(
                "time-in-future", ("signatures", index, "at"), {"value": signature.at, "now": now.isoformat()}
            )


RULE = Rule(
    "REC334",
    "time-in-future",
    Severity.ERROR,
    Text("时间 {value} 晚于当前时间 {now}", "the time {value} lies after now ({now})"),
    Text("核对时间", "check the time"),
    check,
)
