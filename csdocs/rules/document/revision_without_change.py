"""# 版次没有修订记录

## 检查什么

changes 要从第 1 版写到当前版，每版一条，写明日期、类别、摘要、理由和起草人。

## 为什么重要

审核首先问：这一版改了什么，为什么改，谁改的。这些必须在文件里，而不是在某人的记忆里。

## 示例

    revision: 2                      # 错：changes 里只有第 1 版
    changes:
      - {revision: 1, date: 2026-08-20, kind: major, …}
      - {revision: 2, date: 2026-11-10, kind: minor, …}     # 对

## 如何处理

补上这一版的条目，不要改动以前各版的条目。还没有修改内容的，把 revision 改回去。

---

# Revision without a change entry

## What it checks

`changes` lists every revision from 1 to the present one, each with date, kind, summary, reason and
drafters.

## Why it matters

An auditor asks first what changed, why and by whom. The answer belongs into the file, not into
somebody's memory.

## Example

    revision: 2                      # wrong: `changes` ends with revision 1
    changes:
      - {revision: 1, date: 2026-08-20, kind: major, …}
      - {revision: 2, date: 2026-11-10, kind: minor, …}     # right

## How to fix

Add the entry of this revision and leave the earlier ones as they are. If nothing was changed, put
`revision` back.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    control = case.document.control
    if [change.revision for change in control.changes] != list(range(1, control.revision + 1)):
        yield Problem("revision-without-change", ("changes",), {"revision": control.revision})


RULE = Rule(
    "DOC210",
    "revision-without-change",
    Severity.ERROR,
    Text("第 {revision} 版没有对应的修订记录", "revision {revision} has no change entry"),
    Text("在 changes 中补上该版的日期、类别、摘要和理由", "add it to `changes` with date, kind, summary and reason"),
    check,
)
