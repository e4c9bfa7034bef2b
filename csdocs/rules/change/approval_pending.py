"""# 待审批

## 检查什么

制度或表单的新版可以先入库，但凭据还没有齐，因此暂不生效，上一版继续有效。这是警告。

## 为什么重要

大家能看到正在酝酿的改动，又不会有人误当现行规定执行。

## 示例

    revision: 2     # 错：还缺 R-QUALITY 的批准，第 1 版继续有效

## 如何处理

请所列的人在生效日期之前运行提示中的命令。来不及的，把生效日期改到批准之后，再请大家签署。

---

# Approval pending

## What it checks

A new revision may go in before its receipts are complete. It is not in force yet; its predecessor
holds. This is a warning.

## Why it matters

Everybody sees what is coming, and nobody takes it for the rule of today.

## Example

    revision: 2     # wrong: R-QUALITY has yet to approve; revision 1 holds

## How to fix

Have those named run the commands shown before the effective date. If that is too soon, move the
date behind the approvals and have it signed anew.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG613",
    "approval-pending",
    Severity.WARNING,
    Text("待审批，暂不生效：{missing}", "pending, not in force yet: {missing}"),
    Text("按所列命令签署", "sign with the commands shown"),
)
