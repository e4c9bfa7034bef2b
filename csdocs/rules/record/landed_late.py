"""# 入库太晚

## 检查什么

表单可以规定记录最迟在当天之后多久进入仓库（late_entry）。按第一次进入主线的提交时间计算，更正不算。

## 为什么重要

事后很久才补的记录，凭的是记忆，说服力要打折扣。晚交是“不符合”，不是不许交。

## 示例

    late_entry: P2D                             # F-VISIT
    created_at: 2026-11-12T10:00:00+08:00       # 错：11 月 20 日才提交

## 如何处理

保留记录，在备注里写明迟交的原因。经常晚交的，检查流程，例如由交班人当班提交。不要改日期。

---

# Landed late

## What it checks

A form may say how long after its day a record may reach the repository (late_entry). The first
commit on the main line counts; amendments do not.

## Why it matters

A record written long afterwards rests on memory and convinces less. Late is a breach, not a ban.

## Example

    late_entry: P2D                             # F-VISIT
    created_at: 2026-11-12T10:00:00+08:00       # wrong: committed on 20 November

## How to fix

Keep the record and give the reason in the remarks. If it happens often look at the process; do not
change the date.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.field import read_duration
from csdocs.model.finding import Problem, Severity
from csdocs.model.spelling import shown_duration
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    assert case.form is not None
    if case.landed_too_late and case.landed is not None and case.form.late_entry is not None:
        days = (case.landed.astimezone(case.zone).date() - case.day).days
        values = {"day": case.day, "days": days, "limit": shown_duration(read_duration(case.form.late_entry))}
        yield Problem("landed-late", ("record",), values)


RULE = Rule(
    "REC330",
    "landed-late",
    Severity.BREACH,
    Text(
        "{day} 的记录 {days} 天后才入库，期限为{limit}",
        "the record of {day} reached the repository {days} day{days:s} later; the limit is {limit}",
    ),
    Text("说明迟交原因，并查明流程", "note the reason and look into the process"),
    check,
    concerns=lambda terms: terms.latest_landing is not None and terms.workspace.settings.clock is None,
    among="landed_too_late",
)
