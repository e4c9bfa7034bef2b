"""# 链接没有目标

## 检查什么

正文中的链接必须指向现有的制度、手册篇、表单，或者网址。

## 为什么重要

员工照着制度找表，点开却没有，只好凭印象办；审核时也说不清制度要求的是哪张表。

## 示例

    填写[来访登记](F-VISITOR)。      # 错
    填写[来访登记](F-VISIT)。        # 对

## 如何处理

核对圆括号里的编号。表单还没有做好的，先写名称，不加链接。

---

# Dead link

## What it checks

A link in the text must lead to a document, a handbook part or a form that exists, or to a web
address.

## Why it matters

Somebody who follows the rule looks for the form and finds nothing. An auditor cannot tell which
form was meant either.

## Example

    填写[来访登记](F-VISITOR)。      # wrong
    填写[来访登记](F-VISIT)。        # right

## How to fix

Check the id in the parentheses. If the form does not exist yet, name it in words without a link.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import DocumentCase
from csdocs.model.finding import Position, Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    for link in case.document.links:
        if "/" not in link.target and not case.link_leads_somewhere(link.target):
            yield Problem("dead-link", Position(link.line, link.col), {"target": link.target})


RULE = Rule(
    "DOC203",
    "dead-link",
    Severity.ERROR,
    Text("链接所指的 {target} 不存在", "the link {target} leads nowhere"),
    Text("改为存在的制度、表单或条款", "name a document, form or clause that exists"),
    check,
)
