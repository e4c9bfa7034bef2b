"""PAGE"""

import datetime as dt
from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.field import read_duration
from csdocs.model.finding import Problem, Severity
from csdocs.model.spelling import shown_duration
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    assert case.form is not None
    landed = case.landed
    if case.form.late_entry is None or landed is None or case.record.amendment:
        return
    limit = dt.datetime.combine(case.day + dt.timedelta(1), dt.time(), case.zone) + read_duration(case.form.late_entry)
    if landed > limit:
        days = (landed.astimezone(case.zone).date() - case.day).days
        values = {"day": case.day, "days": days, "limit": shown_duration(read_duration(case.form.late_entry))}
        yield Problem("landed-late", ("record",), values)


RULE = Rule(
    "REC330",
    "landed-late",
    Severity.BREACH,
    Text(
        "{day} 的记录 {days} 天后才入库，期限为{limit}",
        "the record of {day} reached the repository {days} days later; {limit} are allowed",
    ),
    Text("说明迟交原因，并查明流程", "note the reason and look into the process"),
    check,
)
