"""# 没有这个选项

## 检查什么

选项字段填的是选项的代码，必须是表单列出的一个。

## 为什么重要

固定的选项才能统计和比较。各写各的说法，同一件事会变成好几类。

## 示例

    result: finished     # 错
    result: solved       # 对：打印为“已解决”

## 如何处理

从提示中选一个代码。都不合适时选最接近的，并在备注里说明；常常不合适的，请表单负责人增加选项。

---

# Not a choice

## What it checks

A choice field holds the code of an option, one of those the form lists.

## Why it matters

Fixed options can be counted and compared. With everybody's own words one thing becomes many.

## Example

    result: finished     # wrong
    result: solved       # right: printed as “Solved”

## How to fix

Choose a code from the hint. If none fits take the nearest and explain it in the remarks; if that
happens often, ask the owner for another option.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC308",
    "not-a-choice",
    Severity.ERROR,
    Text("“{field}”没有选项“{value}”", "“{field}” has no choice “{value}”"),
    Text("可选：{choices}", "choose one of: {choices}"),
)
