"""# 值的类型不对

## 检查什么

值的写法要符合字段的类型：整数写 12，金额写 210.00，时刻写 2026-11-20T07:52:00+08:00，
是否写 true 或 false。

## 为什么重要

每种值只有一种写法，规则、统计和签名才不会各认各的。

## 示例

    minutes: 十二分钟     # 错
    minutes: 12           # 对

## 如何处理

照提示的类型改写：数字用阿拉伯数字，不带单位和逗号；时刻带时区；列表即使只有一项也写成列表。

---

# Wrong kind of value

## What it checks

A value is spelled by the kind of its field: 12 for a whole number, 210.00 for money,
2026-11-20T07:52:00+08:00 for a moment, true or false for yes/no.

## Why it matters

Each value has one spelling, so rules, totals and signatures all see the same.

## Example

    minutes: 十二分钟     # wrong
    minutes: 12           # right

## How to fix

Write it as the kind asks: digits without units or separators, moments with their time zone, a list
as a list even with one entry.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC305",
    "wrong-kind",
    Severity.ERROR,
    Text("“{field}”的值“{value}”不是{kind}", "“{field}” has the value “{value}”, which is not {kind}"),
    Text("按表单要求的格式填写", "write it the way the form asks"),
)
