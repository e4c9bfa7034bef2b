"""# 键重复

## 检查什么

同一层里每个键只能写一次。报告指向后写的那一个，前一个被保留。

## 为什么重要

有两个值时，不同的软件会取不同的一个，谁也说不清当时填的是哪个。

## 示例

    minutes: 12
    minutes: 15              # 错：不知道以哪个为准

## 如何处理

弄清哪个值是对的，删去另一行。复制粘贴后忘记改键名的，改成正确的键。

---

# Key written twice

## What it checks

A key may stand only once on its level. The report points at the later one; the first is kept.

## Why it matters

With two values different programs take different ones, and nobody can say which was meant.

## Example

    minutes: 12
    minutes: 15              # wrong: which of the two counts?

## How to fix

Find out which value is right and delete the other line. If you copied a line and forgot to change
its key, change it now.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT108",
    "duplicate-key",
    Severity.ERROR,
    Text("键“{key}”重复", "the key “{key}” is written twice"),
    Text("只保留一个", "keep one of the two"),
)
