"""# 已逾期

## 检查什么

表单规定的期限已过，应当填写的时间或者签字仍然没有。

## 为什么重要

这是此刻正在发生的事：有客户在等，或者有手续没有办完。

## 示例

    asked_at: 2026-11-18T10:00:00+08:00     # 错：24 小时内应当回访，没有 called_at
    called_at: 2026-11-18T14:05:00+08:00    # 对

## 如何处理

立即办理，然后如实填写时间。csdocs why 显示由谁办理，csdocs due 列出全部逾期事项。

---

# Overdue

## What it checks

The limit that the form sets has passed, and the time or signature that ends it is still missing.

## Why it matters

This is happening now: a customer is waiting, or something has not been completed.

## Example

    asked_at: 2026-11-18T10:00:00+08:00     # wrong: a call is due within 24 h, no called_at
    called_at: 2026-11-18T14:05:00+08:00    # right

## How to fix

Do it now and enter the true time. csdocs why shows who can, csdocs due lists all that is overdue.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import COURSE, Rule


def check(case: RecordCase) -> Iterator[Problem]:
    for deadline in case.missed:
        if deadline.met_at is None:
            yield Problem("overdue", deadline.route, {**deadline.values, "record": case.record.name})


RULE = Rule(
    "REC331",
    "overdue",
    Severity.BREACH,
    Text(
        "“{label}”已逾期：应在 {limit} 前完成（{clause}）",
        "“{label}” is overdue: it was to be done by {limit} ({clause})",
    ),
    Text("立即办理；csdocs why {record} 显示由谁办理", "do it now; csdocs why {record} shows who can"),
    check,
    concerns=lambda terms: terms.form.deadlines,
    among="missed",
    rests_on=COURSE,
)
