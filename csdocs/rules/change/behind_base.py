"""# 落后于目标分支

## 检查什么

目标分支在分叉之后又有新的提交。这里按合并之后的样子审查，两边都改过的文件以本分支为准。

## 为什么重要

两边都改了同一份文件时，凭据签的是从旧版改起，合并后不再有效。

## 示例

    git rebase main     # 然后再审查一次

## 如何处理

用 git merge 或 git rebase 跟上目标分支，再运行一次。没有提示其他问题的可以不理会。

---

# Behind base

## What it checks

The branch this goes into has moved on since the two parted. The change is judged as if merged;
where both changed a file, this side is taken.

## Why it matters

If both changed the same file, receipts start from a state that is approved no longer, and are void
after the merge.

## Example

    git rebase main     # then review again

## How to fix

Catch up with git merge or git rebase and run it again. If nothing else is reported, ignore this.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG627",
    "behind-base",
    Severity.WARNING,
    Text("目标分支另有 {count} 个新提交", "the branch this goes into has {count} newer commit{count:s}"),
    Text("git merge 或 git rebase 之后再审查", "git merge or git rebase, then review again"),
)
