"""# 逐个提交合入会被拒绝

## 检查什么

改动作为一步可以合入，但其中某个提交单独作为一步就不行，例如先改了登记册，下一个提交才带来批准的凭据。
只在目标分支没有更新的提交、可以快进合入时检查。

## 为什么重要

git merge 能快进就快进，用 rebase 合入也一样：分支上的每个提交各成主线上的一步。历史不能再改，以后每次审计都会报告这一步。

## 示例

    git merge people-november              # 快进：两个提交，两步
    git merge --no-ff people-november      # 合并提交：一步

## 如何处理

用 git merge --no-ff 或 squash 合入，使整个分支成为一步。

---

# Refused one by one

## What it checks

The change may go in as one step, but one of its commits could not as a step of its own: say, a register
is changed and only the next commit brings the receipts that approve it. It is asked where the branch this
goes into has no newer commits, so that a fast-forward is possible.

## Why it matters

git merge fast-forwards where it can, and to rebase comes to the same: each commit of the branch becomes a step of the
main line. History stays as it is, so every audit from then on reports that step.

## Example

    git merge people-november              # fast-forward: two commits, two steps
    git merge --no-ff people-november      # a merge commit: one step

## How to fix

Merge with git merge --no-ff, or squash: then the branch is one step.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG631",
    "refused-one-by-one",
    Severity.WARNING,
    Text(
        "快进合入时每个提交各成一步，其中 {commit} 不能合入：{reason}",
        "fast-forwarded, each commit is a step of its own, and {commit} could not go in: {reason}",
    ),
    Text("使它成为一步：git merge --no-ff，或 squash", "make it one step: git merge --no-ff, or squash"),
)
