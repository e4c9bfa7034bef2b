"""# 列表太长

## 检查什么

一个列表最多 5,000 项，不论是明细行、附件还是签名；一个文件总共最多 200,000 项。

## 为什么重要

几千行的明细没有人会在签字前读完，签了也就没有意义；打印出来要几百页。

## 示例

    record: LP-2026-01       # 错：全年 8,000 行写在一份里
    record: LP-2026-11       # 对：每月一份

## 如何处理

按日、周或者按批次拆成几份记录，各自编号、各自签字。需要汇总时用查询，不要另抄一份。

---

# Too many entries

## What it checks

A list may have at most 5,000 entries, be they rows, attachments or signatures, and a file 200,000
in all.

## Why it matters

Nobody reads thousands of rows before signing, so the signature would mean nothing, and the print
would run to hundreds of pages.

## Example

    record: LP-2026-01       # wrong: the whole year, 8,000 rows
    record: LP-2026-11       # right: one record a month

## How to fix

Split it by day, week or batch into records with numbers and signatures of their own. For totals use
a query instead of copying rows.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT106",
    "too-many-rows",
    Severity.ERROR,
    Text("超过 {limit} 项", "more than {limit} entries"),
    Text("拆成多份记录", "split it into several records"),
)
