"""# 不符合规定的格式

## 检查什么

有的文字和代码字段规定了格式，例如工单号是 T- 加四位数字。整个值都要符合。

## 为什么重要

格式不对的编号，在别的系统里查不到。

## 示例

    ticket: T-42       # 错
    ticket: T-0042     # 对

## 如何处理

照原件抄写完整，注意前导零和连字符。对方系统的编号确实变了格式的，请表单负责人修改。

---

# Pattern not matched

## What it checks

Some text and code fields have a fixed form, such as T- and four digits for a ticket. The whole
value must fit.

## Why it matters

A number of another form cannot be found in the system it comes from.

## Example

    ticket: T-42       # wrong
    ticket: T-0042     # right

## How to fix

Copy it in full from the original, with leading zeros and hyphens. If the other system changed its
numbers, ask the owner to change the form.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC309",
    "pattern-not-matched",
    Severity.ERROR,
    Text("“{field}”的值“{value}”不符合格式，应为：{pattern}", "“{field}” is “{value}”; it should be: {pattern}"),
    Text("按格式改写", "write it in that form"),
)
