"""# 引用的条款不存在

## 检查什么

形如 REG-VISIT/2 的链接指向一份文件的某一条。该文件和该条都要存在，并且没有被删除。

## 为什么重要

条款之间互相引用，决定谁在什么情况下做什么。引用落空，规定就断了一环。

## 示例

    登记内容见[第九条](REG-VISIT/9)。     # 错：该制度只有三条
    登记内容见[第二条](REG-VISIT/2)。     # 对

## 如何处理

打开被引用的制度核对条号；条款已经删除的，改引现行的条款。方括号里的文字也要一起改。

---

# Dead citation

## What it checks

A link such as REG-VISIT/2 points at one clause of a document. Both must exist, and the clause must
not be deleted.

## Why it matters

Clauses that cite each other decide who does what and when. A citation into nothing breaks that
chain.

## Example

    登记内容见[第九条](REG-VISIT/9)。     # wrong: that regulation has three clauses
    登记内容见[第二条](REG-VISIT/2)。     # right

## How to fix

Open the document and look for the right number; if the clause was deleted, cite the one that holds
now. Change the words in brackets too.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import DocumentCase
from csdocs.model.finding import Position, Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    for link in case.document.links:
        if "/" in link.target and not case.link_leads_somewhere(link.target):
            yield Problem("dead-citation", Position(link.line, link.col), {"target": link.target})


RULE = Rule(
    "DOC204",
    "dead-citation",
    Severity.ERROR,
    Text("引用的条款 {target} 不存在", "the clause {target} does not exist"),
    Text("核对制度编号和条款号", "check the document and the clause number"),
    check,
)
