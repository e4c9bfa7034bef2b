"""# 超过期限完成

## 检查什么

事情已经办完，但完成的时间晚于表单规定的期限。按条款规定的自然时间、工作时间或者工作日计算。

## 为什么重要

期限是对客户的承诺。晚了多少、为什么晚，是改进的依据。

## 示例

    asked_at: 2026-11-18T10:00:00+08:00
    called_at: 2026-11-19T16:05:00+08:00     # 错：晚了 6 小时

## 如何处理

保留真实的时间，在备注里写明原因和补救措施。不要把时间改到期限以内。

---

# Deadline missed

## What it checks

The thing was done, but later than the form allows; counted by the clock, in working hours or in
working days, as the clause says.

## Why it matters

A deadline is a promise to customers. How late and why is what improvement rests on.

## Example

    asked_at: 2026-11-18T10:00:00+08:00
    called_at: 2026-11-19T16:05:00+08:00     # wrong: six hours late

## How to fix

Keep the true time and note the reason and what was done about it. Do not move the time inside the
limit.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import COURSE, Rule


def check(case: RecordCase) -> Iterator[Problem]:
    for deadline in case.missed:
        if deadline.met_at is not None:
            yield Problem("deadline-missed", deadline.route, deadline.values)


RULE = Rule(
    "REC332",
    "deadline-missed",
    Severity.BREACH,
    Text(
        "“{label}”于 {met} 完成，晚于期限 {limit}（{clause}）",
        "“{label}” was done at {met}, later than {limit} ({clause})",
    ),
    Text("如实保留；按条款分析原因", "keep it as it is and look into the cause"),
    check,
    concerns=lambda terms: terms.form.deadlines,
    among="missed",
    rests_on=COURSE,
)
