"""# 行号重复

## 检查什么

指定了行号字段的表格，每一行的行号都不得相同。

## 为什么重要

签名写明签到第几行，别的记录也用“编号#行号”引用。重号就分不清是哪一行。

## 示例

    - {no: "1", call: HF-202611-001, gift: 雨伞}
    - {no: "1", call: HF-202610-001, gift: 茶杯}     # 错
    - {no: "2", call: HF-202610-001, gift: 茶杯}     # 对

## 如何处理

给后一行换成下一个号。已经签过的行不要改号。

---

# Row key repeated

## What it checks

In a table with a key no two rows may have the same one.

## Why it matters

Signatures say up to which row they cover, and other records refer to “number#row”. With a repeat
nobody knows which row is meant.

## Example

    - {no: "1", call: HF-202611-001, gift: 雨伞}
    - {no: "1", call: HF-202610-001, gift: 茶杯}     # wrong
    - {no: "2", call: HF-202610-001, gift: 茶杯}     # right

## How to fix

Give the later row the next number. Leave rows that are signed as they are.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    assert case.form is not None
    for field, key_field in case.form.keyed_rows:
        seen: set[str] = set()
        for index, row in enumerate(case.typed.values.get(field.id, ())):
            key = str(row.get(key_field, ""))
            if key in seen:
                values = {"field": field.label, "key": key}
                yield Problem("row-key-repeated", ("data", field.id, index, key_field), values)
            seen.add(key)


RULE = Rule(
    "REC339",
    "row-key-repeated",
    Severity.ERROR,
    Text("“{field}”中行号“{key}”重复", "the row “{key}” of “{field}” is written twice"),
    Text("每一行用不同的行号", "give every row a key of its own"),
    check,
    concerns=lambda terms: terms.form.keyed_rows,
    among="has_keyed_rows",
)
