"""# 日期或时刻不存在

## 检查什么

日期、时刻和周要在日历上存在：11 月没有 31 日，时刻没有 24:10，时区写成 +08:00。

## 为什么重要

期限从这些时刻起算。不存在的日期，什么期限也算不出来。

## 示例

    asked_at: 2026-11-31T10:00:00+08:00     # 错
    asked_at: 2026-11-30T10:00:00+08:00     # 对

## 如何处理

核对日历和原始凭据后改正。

---

# Bad date

## What it checks

Dates, times and weeks must exist: November has no 31st and a day no 24:10.

## Why it matters

Deadlines are counted from these moments. From a day that does not exist nothing can be counted.

## Example

    asked_at: 2026-11-31T10:00:00+08:00     # wrong
    asked_at: 2026-11-30T10:00:00+08:00     # right

## How to fix

Compare with the calendar and with what the entry was made from, and correct it.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC307",
    "bad-date",
    Severity.ERROR,
    Text("“{value}”不是真实存在的日期或时刻", "“{value}” is not a day or time that exists"),
    Text("核对日历后改正", "check the calendar and correct it"),
)
