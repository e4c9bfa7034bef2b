"""# 缺少必要的键

## 检查什么

该处必须有的一个键没有写，例如班次没有结束时间，修订记录没有理由。

## 为什么重要

缺了它，程序只能猜；规章和登记册不应当靠猜。

## 示例

    - {id: late, name: {zh: 晚班, en: Late shift}, start: "15:00"}                 # 错
    - {id: late, name: {zh: 晚班, en: Late shift}, start: "15:00", end: "22:00"}   # 对

## 如何处理

在报告所指的那一组里补上该键。不清楚写什么时，看旁边同类的条目。

---

# Missing key

## What it checks

A key that has to be there is not: a shift without an end, a change entry without a reason.

## Why it matters

Without it the program would have to guess, and nobody should have to guess about rules and
registers.

## Example

    - {id: late, name: {zh: 晚班, en: Late shift}, start: "15:00"}                 # wrong
    - {id: late, name: {zh: 晚班, en: Late shift}, start: "15:00", end: "22:00"}   # right

## How to fix

Add the key to the group that the report points at. An entry of the same kind nearby shows what to
write.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "SHP152",
    "missing-key",
    Severity.ERROR,
    Text("缺少“{key}”", "“{key}” is missing"),
    Text("补上这一行；写了而没有内容，也算缺少", "add the line; one without content counts as missing too"),
)
