"""# 违反表单规则

## 检查什么

表单写了各字段之间应有的关系，例如回访时间不早于客户提出时间。不成立的就是填写错误，具体内容见提示。

## 为什么重要

这类规则说的是不可能发生的事，所以违反它说明有一栏填错了。（没有做到条款要求的，是另一类：
“不符合”。）

## 示例

    asked_at: 2026-11-18T10:00:00+08:00
    called_at: 2026-11-18T09:05:00+08:00     # 错：早于客户提出时间
    called_at: 2026-11-18T14:05:00+08:00     # 对

## 如何处理

找出填错的那一栏，改成事实。已签字的用 csdocs amend。

---

# Rule broken

## What it checks

The form states how fields relate, such as a call not being made before it was asked for. What does
not hold is a slip in the entry; the message says which.

## Why it matters

These rules describe what cannot be, so breaking one means that a field is wrong. Not keeping a
clause is another matter: a breach.

## Example

    asked_at: 2026-11-18T10:00:00+08:00
    called_at: 2026-11-18T09:05:00+08:00     # wrong: before it was asked for
    called_at: 2026-11-18T14:05:00+08:00     # right

## How to fix

Find the field that is wrong and enter the fact. If it is signed use csdocs amend.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import COURSE, Rule


def check(case: RecordCase) -> Iterator[Problem]:
    for verdict in case.rule_verdicts:
        if verdict.rule.breaks is None:
            yield Problem("rule-broken", verdict.route, {"rule": verdict.name, "message": verdict.message})


RULE = Rule(
    "REC317",
    "rule-broken",
    Severity.ERROR,
    Text("违反表单规则", "breaks a rule of the form"),
    Text("更正数据；已签字的内容请用 csdocs amend", "correct the data; if it is signed already, use csdocs amend"),
    check,
    concerns=lambda terms: terms.form.rules,
    among="rule_verdicts",
    rests_on=COURSE,
)
