"""# 当日没有生效的表单

## 检查什么

记录按它当天有效的表单版次填写。该表单在这一天没有任何一版有效：尚未生效，或者已经废止。

## 为什么重要

表单生效之前和废止之后，没有规定要求这样填，也没有人被授权这样签。废止当天才获批的，当天已填的记录仍然有效。

## 示例

    effective: 2026-09-01     # F-CALLBACK
    day: 2026-08-18           # 错
    day: 2026-09-18           # 对

## 如何处理

核对日期。生效以前的事要补录的，把日期写成补录当天，在备注里写明事情发生的时间。

---

# No form in force

## What it checks

A record follows the revision of its form in force on its day. On that day there was none: not yet,
or not any more.

## Why it matters

Before a form is in force, and after it was withdrawn, nobody is asked to fill it and nobody is
authorised to sign it. Where the withdrawal landed on its own day, what was filled in that day stands.

## Example

    effective: 2026-09-01     # F-CALLBACK
    day: 2026-08-18           # wrong
    day: 2026-09-18           # right

## How to fix

Check the day. To enter something older, date the record on the day of entry and give the time of
the event in the remarks.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    if case.in_force is None and not case.terms.may_be_named:
        yield Problem("no-form-in-force", ("form",), {"day": case.day, "form": case.record.form})


RULE = Rule(
    "REC327",
    "no-form-in-force",
    Severity.ERROR,
    Text("{day} 当日表单 {form} 没有生效的版次", "on {day} no revision of form {form} was in force"),
    Text(
        "核对日期；表单生效日见 csdocs form list",
        "check the date; csdocs form list shows when the form came into force",
    ),
    check,
    concerns=lambda terms: terms.in_force is None and not terms.may_be_named,
)
