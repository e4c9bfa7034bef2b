"""# 一个文件里有第二份文档

## 检查什么

单独一行的 --- 在 YAML 里表示另起一份文档。记录、表单和登记册每个文件只能有一份。

## 为什么重要

后面的一份不会被检查，也没有自己的编号和位置，等于藏在文件里。

## 示例

    record: HF-202611-003
    ---                      # 错：后面又是一份记录
    record: HF-202611-004

## 如何处理

把第二份剪切到自己的文件里（csdocs new 会给它编号）；如果只是分隔线，删去这一行。

---

# Second document in one file

## What it checks

A line with --- alone begins another document in YAML. Records, forms and registers have one a file.

## Why it matters

The second one would escape the checks: it has neither a number nor a place of its own.

## Example

    record: HF-202611-003
    ---                      # wrong: another record follows
    record: HF-202611-004

## How to fix

Move the second one into a file of its own (csdocs new numbers it); if the line was only decoration,
delete it.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT110",
    "second-document",
    Severity.ERROR,
    Text("一个文件里有第二份文档", "a second document in one file"),
    Text("一份记录一个文件；删除多余的 ---", "one record a file; remove the extra ---"),
)
