"""# 写了键却没有值

## 检查什么

键后面什么都没写，或者写的是空引号、空列表、null、~。没有内容的键不应出现。

## 为什么重要

“没有填”和“填了空”如果都允许，统计和规则就要猜。这里只有一种“没有”：不写这一行。

## 示例

    minutes:                 # 错
    remarks: ""              # 错
    minutes: 12              # 对：有值才写

## 如何处理

有内容就填上，没有就删去整行。必填的字段会在签字时提醒。

---

# Key without a value

## What it checks

A key is followed by nothing, by empty quotes, an empty list, null or ~. A key without content
should not be there.

## Why it matters

If both “not filled in” and “filled with nothing” were allowed, totals and rules would have to
guess. There is one way to say none: leave the line out.

## Example

    minutes:                 # wrong
    remarks: ""              # wrong
    minutes: 12              # right: written because there is a value

## How to fix

Fill it in, or delete the line. What is required you will be reminded of when you sign.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT111",
    "empty-value",
    Severity.ERROR,
    Text("写了键却没有值", "a key without a value"),
    Text(
        "没有内容就删除这一行；括号里的冒号须是半角，以 # 开头的值要加英文引号",
        "delete the line if there is nothing to say; within brackets the colon must be a plain one, and a value that begins "
        "with # wants quotes",
    ),
)
