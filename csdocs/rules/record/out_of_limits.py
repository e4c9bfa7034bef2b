"""# 值超出范围

## 检查什么

表单给数字、文字长度、列表项数和文件大小设了上下限，值要在范围之内。

## 为什么重要

范围挡住的是笔误：多打一个零、填错一栏、单位弄混。它不是考核指标。

## 示例

    minutes: 500     # 错：上限 240
    minutes: 50      # 对

## 如何处理

核对原始情况，改成正确的值。事实确实超出范围的，请表单负责人修改表单；在此之前写进备注。

---

# Out of limits

## What it checks

The form sets limits for numbers, lengths of text, numbers of entries and sizes of files. The value
lies outside.

## Why it matters

Limits catch slips: a zero too many, the wrong field, a mixed-up unit. They are no targets.

## Example

    minutes: 500     # wrong: the limit is 240
    minutes: 50      # right

## How to fix

Look at what happened and enter the right value. If the fact really is outside, ask the owner to
change the form and use the remarks until then.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC306",
    "out-of-limits",
    Severity.ERROR,
    Text("“{field}”的值 {value} 超出范围（{least} 至 {most}）", "“{field}” is {value}, outside {least} to {most}"),
    Text("核对后改为范围内的值", "check it and enter a value within the limits"),
)
