"""# 表单版次不对

## 检查什么

记录写的表单版次，应当是记录当天有效的那一版；新版在生效当天才入库的，当天写旧版也可以。更正沿用原记录的版次。

## 为什么重要

用旧版填，缺了新要求的内容；提前用新版，则用了当时还没有批准的表。

## 示例

    form_revision: 1     # 错：2026-11-16 起第 2 版有效
    form_revision: 2     # 对

## 如何处理

还没有签字的，改正 form_revision，按新版补齐字段。已签字的，作废后重新填写。

---

# Wrong form revision

## What it checks

The revision that a record names should be the one in force on its day; where that landed on the very
day, the one before it will do as well. An amendment keeps that of its record.

## Why it matters

The old form lacks what is asked now, and a new one used early was not approved yet.

## Example

    form_revision: 1     # wrong: revision 2 is in force since 2026-11-16
    form_revision: 2     # right

## How to fix

If it is not signed, correct form_revision and fill in what the new one asks. If it is, void the
record and enter it again.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    found = case.in_force
    if found is not None and not case.terms.may_be_named and not case.record.amendment:
        values = {"day": case.day, "form": case.record.form, "expected": found.number}
        yield Problem("wrong-form-revision", ("form_revision",), {**values, "revision": case.record.form_revision})


RULE = Rule(
    "REC328",
    "wrong-form-revision",
    Severity.ERROR,
    Text(
        "{day} 当日有效的是表单 {form} 第 {expected} 版，记录写的是第 {revision} 版",
        "on {day} revision {expected} of form {form} was in force, the record names {revision}",
    ),
    Text(
        "改正 form_revision；已签署的记录请作废后重填",
        "correct form_revision; a signed record must be voided and entered again",
    ),
    check,
    concerns=lambda terms: terms.in_force is not None and not terms.may_be_named,
)
