"""# 作者自己批准

## 检查什么

git 中写着改过这份文件的人，同时签了批准。git 的作者名可以随便写，所以只是警告。

## 为什么重要

自己写、自己批，就少了另一双眼睛。起草人应当写进 drafted_by，由别人批准。

## 示例

    drafted_by: [S0007]     # 但提交的作者是 S0002，批准人也是 S0002

## 如何处理

确实参与起草的，写进 drafted_by，请别人批准。只是代为提交的，可以不理会。

---

# Author approves

## What it checks

Somebody whom git names as an author of the file also approved it. Git's names can be anything, so
this is a warning.

## Why it matters

Who writes and approves alone is not checked by anybody. Whoever drafts belongs in `drafted_by`, and
others approve.

## Example

    drafted_by: [S0007]     # but S0002 authored the commit, and S0002 approved

## How to fix

If the person did draft, enter them in `drafted_by` and have somebody else approve. If they only
committed for others, ignore this.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG620",
    "author-approves",
    Severity.WARNING,
    Text(
        "{by} 批准了 {file}，而 git 称其作者为 {author}", "{by} approved {file}, of which git calls {author} an author"
    ),
    Text("参与起草的写进 drafted_by，由别人批准", "enter whoever drafted in `drafted_by`; others approve"),
)
