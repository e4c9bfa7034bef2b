"""# 生效日期早于上一版

## 检查什么

新一版的生效日期不得早于上一版的生效日期。

## 为什么重要

每一天只能有一版有效。日期倒置，已有的记录就会突然改按另一版判断。

## 示例

    effective: 2026-08-15     # 错：第 1 版自 2026-09-01 起有效
    effective: 2026-12-01     # 对

## 如何处理

改成审批完成以后的日期，并留出告知员工的时间。

---

# Effective before its predecessor

## What it checks

A revision may not come into force before the one it follows.

## Why it matters

On any day one revision holds. With dates turned round, existing records would suddenly be judged by
another one.

## Example

    effective: 2026-08-15     # wrong: revision 1 holds from 2026-09-01
    effective: 2026-12-01     # right

## How to fix

Choose a date after the approvals, with time to tell people.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG610",
    "effective-before-predecessor",
    Severity.ERROR,
    Text("生效日期 {effective} 早于上一版的 {before}", "effective on {effective}, before its predecessor ({before})"),
    Text("改正 effective", "correct `effective`"),
)
