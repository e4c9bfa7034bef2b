"""# 记录上的签名存疑

## 检查什么

签名写的时间在任职期间、密钥有效期内，入库时签署人却已不担任该岗位，或者密钥已过期。这是警告，签名仍然算数。

## 为什么重要

签署时间由签署人自己填写，可以倒填。离职的人可能是离职前签的，也可能是离职后补写的日期；系统只能证明先后顺序。

## 示例

    posts:
      - {post: R-AGENT, department: D-CS, from: 2024-03-01, until: 2026-10-31}     # 11 月才入库的签名会被列出

## 如何处理

当天签的当天推送。已经列出的，向本人和当时的同事核实；不实的，作废或更正。

---

# Signature doubtful

## What it checks

By its own date a signature on a record was made while its signer held the post and the key counted; when it landed,
the post was no longer held or the key had expired. A warning: the signature still counts.

## Why it matters

Signers write the time themselves and can write an earlier one. Whoever has left may have signed before, or may have
dated it so; only the order is proved.

## Example

    posts:
      - {post: R-AGENT, department: D-CS, from: 2024-03-01, until: 2026-10-31}     # what lands in November is listed

## How to fix

Push on the day of signing. Ask the person, and whoever worked with them, about what is listed; void or amend what is
not true.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG629",
    "signature-doubtful",
    Severity.WARNING,
    Text("{by} 在“{step}”的签名存疑：{reason}", "the signature of {by} at “{step}” is doubtful: {reason}"),
    Text("向本人核实；不实的，作废或更正", "ask the person; if it is not true, void or amend the record"),
)
