"""# 没有本版的修订记录

## 检查什么

changes 中要有一条与当前版次相同的记录，写明日期、类别、摘要、理由和起草人。

## 为什么重要

审批人先看摘要和理由，再看差别；起草人由此确定，他们不能批准自己的稿子。

## 示例

    revision: 2
    changes:
      - {revision: 1, date: 2026-08-20, kind: major, …}
      - {revision: 2, date: 2026-11-10, kind: minor, …}     # 对：缺了这一条就报告

## 如何处理

补上这一条，如实写明理由；起草人写实际动笔的人。

---

# Change entry missing

## What it checks

`changes` must have an entry for the present revision with its date, kind, summary, reason and
drafters.

## Why it matters

Approvers read summary and reason before the difference. The entry also names the drafters, who
cannot approve their own text.

## Example

    revision: 2
    changes:
      - {revision: 1, date: 2026-08-20, kind: major, …}
      - {revision: 2, date: 2026-11-10, kind: minor, …}     # right: reported when this line is missing

## How to fix

Add it with the true reason, naming as drafters those who wrote it.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG608",
    "change-entry-missing",
    Severity.ERROR,
    Text("第 {revision} 版没有修订记录", "revision {revision} has no change entry"),
    Text("在 changes 中补上摘要、理由和起草人", "add summary, reason and drafters to `changes`"),
)
