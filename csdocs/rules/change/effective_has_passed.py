"""# 生效日期已过

## 检查什么

批准完成时，文件上写的生效日期已经过去。新版从批准完成之日起有效，不追溯；此前仍以上一版为准。

## 为什么重要

规定不能管到公布以前的事。已经按旧版填好的记录，不会因此变成错误。

## 示例

    effective: 2026-11-01     # 错：11 月 20 日才批准，自 20 日起有效

## 如何处理

一般把生效日期改到批准之后，再请大家签署。确认无妨的可以不理会。

---

# Effective date has passed

## What it checks

When the approvals were complete the effective date was over. The revision is in force from the day
it was approved and not before; until then its predecessor holds.

## Why it matters

A rule cannot govern what happened before it was published. Records made by the earlier revision
stay right.

## Example

    effective: 2026-11-01     # wrong: approved on 20 November, in force from that day

## How to fix

As a rule move the date behind the approvals and have it signed anew. If it does no harm, ignore
this.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG621",
    "effective-has-passed",
    Severity.WARNING,
    Text(
        "生效日期 {effective} 已过，自 {since} 起有效",
        "the effective date {effective} has passed: in force from {since}",
    ),
    Text("下次把生效日期定在批准之后", "set the date behind the approvals next time"),
)
