"""# 填写了计算字段

## 检查什么

由系统计算的字段不写在 data 里，需要时现算；签字时的结果另存在签名中。

## 为什么重要

手填的结果与依据会不一致，看的人却以为它是算出来的。

## 示例

    called_at: 2026-11-18T14:05:00+08:00
    wait: PT4H                               # 错：等待时间由系统算出

## 如何处理

删去这一行。算出来的结果不对，检查它所依据的字段。

---

# Computed field written

## What it checks

Computed fields are not written under `data`: they are worked out when needed, and signing keeps the
result with the signature.

## Why it matters

A result typed by hand may contradict what it rests on, and readers take it for computed.

## Example

    called_at: 2026-11-18T14:05:00+08:00
    wait: PT4H                               # wrong: the wait is computed

## How to fix

Delete the line. If the result looks wrong, check the fields it is computed from.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC312",
    "computed-field-written",
    Severity.ERROR,
    Text("“{field}”由系统计算，不得填写", "“{field}” is computed and must not be written"),
    Text("删除该行", "delete the line"),
)
