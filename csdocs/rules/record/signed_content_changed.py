"""# 签署之后内容被改动

## 检查什么

签名覆盖它所签区段的每一个值和记录的表头。签字以后，值有任何改动，签名就对不上。改缩进、
加注释不影响。

## 为什么重要

签字人没有看过改动后的内容，不能让他为此负责。

## 示例

    minutes: 12     # 对：签署时的内容
    minutes: 2      # 错：签署后改的

## 如何处理

用 git log -p 找到签署时的内容并恢复。确实填错了，用 csdocs amend 做更正，由有关人员重新签署。

---

# Signed content changed

## What it checks

A signature covers every value of its sections and the head of the record. Any change of a value
afterwards breaks it; comments and indents do not matter.

## Why it matters

The signer never saw the changed content and cannot answer for it.

## Example

    minutes: 12     # right: as signed
    minutes: 2      # wrong: changed afterwards

## How to fix

Find what was signed with git log -p and restore it. If it was wrong, make an amendment with csdocs
amend and have it signed.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    yield from (problem for problem in case.refused if problem.slug == "signed-content-changed")


RULE = Rule(
    "REC324",
    "signed-content-changed",
    Severity.ERROR,
    Text(
        "“{step}”（{by}）签署之后，内容或签署信息被改动",
        "after “{step}” was signed ({by}), the content or the particulars of the signature were changed",
    ),
    Text(
        "恢复签署时的内容（git log -p 可查），更正请用 csdocs amend",
        "restore what was signed (git log -p shows it); correct it with csdocs amend",
    ),
    check,
    among="refused",
)
