"""# 不是记录

## 检查什么

记录文件的最外层是键和值：编号、表单、日期，然后是 data。最外层是列表或者一段文字的文件不是记录。

## 为什么重要

没有编号和表单，就不知道它证明什么、由谁签、保存多久。

## 示例

    - 2026-11-18 回访 K-2001，12 分钟     # 错

    record: HF-202611-003                 # 对
    form: F-CALLBACK
    data: {customer: K-2001, minutes: "12"}

## 如何处理

用 csdocs new 新建记录，把内容填进去；不是记录的笔记不要放在 records/ 里。

---

# Not a record

## What it checks

The outermost level of a record holds keys and values: number, form, times, then `data`. A list or
plain text is no record.

## Why it matters

Without a number and a form nobody knows what it proves, who signs it and how long it is kept.

## Example

    - 2026-11-18 回访 K-2001，12 分钟     # wrong

    record: HF-202611-003                 # right
    form: F-CALLBACK
    data: {customer: K-2001, minutes: "12"}

## How to fix

Make a record with csdocs new and fill it in. Notes that are no records do not belong below
records/.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "REC301",
    "not-a-record",
    Severity.ERROR,
    Text("不是记录：顶层应为键和值", "not a record: the top level must be keys and values"),
    Text("对照 csdocs explain record-format 改写", "write it as csdocs explain record-format shows"),
)
