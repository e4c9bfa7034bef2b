"""# 编号不符合规则

## 检查什么

记录的编号由表单的编号规则和记录当天的日期、字段推算。日期或字段变了，编号就对不上。

## 为什么重要

从编号就能看出月份、班次等。编号与内容不符，查找和统计都会漏掉它。

## 示例

    record: HF-202610-003     # 错：日期是 11 月
    day: 2026-11-18
    record: HF-202611-003     # 对

## 如何处理

先看日期是否填错。日期正确的，用 csdocs renumber 取得正确的编号，然后重新签字。

---

# Wrong number

## What it checks

A record's number follows from the form's pattern, the record's day and its fields. If these say
something else, the number is wrong.

## Why it matters

People read the month or the shift from the number. If it disagrees with the content, searches and
totals miss the record.

## Example

    record: HF-202610-003     # wrong: the day is in November
    day: 2026-11-18
    record: HF-202611-003     # right

## How to fix

See first whether the day is wrong. If it is right, csdocs renumber gives the proper number; then
sign again.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.number import spell
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    assert case.form is not None
    if case.number is not None:
        return
    pattern, record = case.form.number.pattern, case.record
    try:
        expected = spell(pattern, case.day, record.data, None)
    except (KeyError, ValueError):
        return  # the missing field, or the form's broken pattern, has a finding of its own
    values = {"id": record.id, "pattern": pattern.replace("{", "<").replace("}", ">"), "expected": expected}
    yield Problem("wrong-number", ("record",), values)


RULE = Rule(
    "REC325",
    "wrong-number",
    Severity.ERROR,
    Text(
        "编号“{id}”与编号规则 {pattern} 不符（应形如 {expected}）",
        "the number “{id}” does not follow {pattern} (expected {expected})",
    ),
    Text("换号：csdocs renumber {path}", "give it a number: csdocs renumber {path}"),
    check,
    among="misnumbered",
)
