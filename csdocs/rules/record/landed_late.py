"""PAGE"""

import datetime as dt
from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.field import read_duration
from csdocs.model.finding import Problem, Severity
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
        yield Problem("landed-late", ("record",), {"day": case.day, "days": days, "limit": case.form.late_entry})


RULE = Rule(
    "REC330",
    "landed-late",
    Severity.BREACH,
    Text(
        "记录在 {day} 之后 {days} 天才入库，超过 {limit}",
        "the record reached the repository {days} days after {day}, later than {limit} allows",
    ),
    Text("说明迟交原因，并查明流程", "note the reason and look into the process"),
    check,
)
