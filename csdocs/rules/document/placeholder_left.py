"""# 留有占位文字

## 检查什么

正文中还有 [X]、XX、TODO、待定、待补充之类的占位文字。

## 为什么重要

已经生效的制度不能留空：员工会各填各的数，争议时谁都有理。

## 示例

    1. 来访客户等候不超过[X]分钟。                      # 错
    1. 来访客户等候不超过{{ visit_wait_min }}分钟。     # 对

## 如何处理

写上确定的内容。以后可能调整的数字，在控制信息里定义为参数，正文用双花括号引用。

---

# Placeholder left

## What it checks

The text still contains a placeholder such as [X], XX, TODO or 待定.

## Why it matters

A rule in force cannot have blanks. Everybody would fill in a figure of their own, and in a dispute
all would be right.

## Example

    1. 来访客户等候不超过[X]分钟。                      # wrong
    1. 来访客户等候不超过{{ visit_wait_min }}分钟。     # right

## How to fix

Write what is meant. For a figure that may change, define a parameter in the control block and print
it with double braces.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    for mention in case.placeholders():
        yield Problem("placeholder-left", mention.at, {"text": mention.text})


RULE = Rule(
    "DOC206",
    "placeholder-left",
    Severity.ERROR,
    Text("正文中留有占位文字“{text}”", "the text still has the placeholder “{text}”"),
    Text("写上确定的内容，或改为参数", "write what is meant, or make it a parameter"),
    check,
)
