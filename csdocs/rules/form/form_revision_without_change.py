"""# 表单版次没有修订记录

## 检查什么

表单的 changes 要从第 1 版写到当前版，每版一条。

## 为什么重要

记录按当天有效的表单版次判断。以后有人问“为什么 10 月的表没有这一栏”，答案就在修订记录里。

## 示例

    revision: 2                      # 错：changes 里只有第 1 版
    changes:
      - {revision: 1, date: 2026-08-20, kind: major, …}
      - {revision: 2, date: 2026-11-10, kind: minor, …}     # 对

## 如何处理

补上这一版的日期、类别、摘要、理由和起草人；生效日期 effective 也要更新。

---

# Form revision without a change entry

## What it checks

The form's `changes` lists every revision from 1 to the present one.

## Why it matters

Records are judged by the revision of their day. When somebody asks why the form of October lacks a
field, the answer is here.

## Example

    revision: 2                      # wrong: `changes` ends with revision 1
    changes:
      - {revision: 1, date: 2026-08-20, kind: major, …}
      - {revision: 2, date: 2026-11-10, kind: minor, …}     # right

## How to fix

Add date, kind, summary, reason and drafters of this revision, and update `effective`.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    if [change.revision for change in case.form.changes] != list(range(1, case.form.revision + 1)):
        yield Problem("form-revision-without-change", ("changes",), {"revision": case.form.revision})


RULE = Rule(
    "FRM413",
    "form-revision-without-change",
    Severity.ERROR,
    Text("第 {revision} 版没有对应的修订记录", "revision {revision} has no change entry"),
    Text("在 changes 中补上该版的日期、类别、摘要和理由", "add it to `changes` with date, kind, summary and reason"),
    check,
)
