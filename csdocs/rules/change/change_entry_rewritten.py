"""# 修订记录被改写

## 检查什么

已经获批的各版，其修订记录（日期、类别、摘要、理由、起草人）必须原样保留。

## 为什么重要

修订记录说明当时谁为什么改。事后能改，就不再是记录。

## 示例

    - {revision: 1, drafted_by: [S0007]}     # 获批时写的是 S0003

## 如何处理

照获批的原文恢复这一条；csdocs diff 可以看到原文。更正说明写进新的一条。

---

# Change entry rewritten

## What it checks

The change entries of revisions that were approved (date, kind, summary, reason, drafters) must stay
as they are.

## Why it matters

They say who changed what and why at the time. If they could be edited later they would be no
record.

## Example

    - {revision: 1, drafted_by: [S0007]}     # approved with S0003

## How to fix

Restore the entry as approved; csdocs diff shows it. Put corrections into the new entry.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG624",
    "change-entry-rewritten",
    Severity.ERROR,
    Text("第 {revision} 版的修订记录被删除或改写", "the change entry of revision {revision} was removed or rewritten"),
    Text("照获批的原文恢复", "restore it as it was approved"),
)
