"""# 提交早于所带的签名

## 检查什么

提交带来的签名和凭据，签署时间不得晚于提交时间。相差十分钟以内不算。只在目标分支没有更新的提交时检查：
这时改动可以原样合入，入库时间就是提交时间。

## 为什么重要

没有签的东西带不来：两个时间有一个不准，多半是签名或提交时电脑的时钟错了。原样合入以后，凭据永远不算数，
审计每次都会报告。

## 示例

    at: 2026-11-25T09:00:00+08:00     # 凭据的签署时间
    Date: Mon Nov 23 09:10:00 2026    # 错：提交反而在前

## 如何处理

校准电脑的时钟，重做提交：最后一个用 git commit --amend --no-edit，再早的用 git rebase --force-rebase main。
签名的时间还没有到的，等到那时，或请本人重签。

---

# Commit before signature

## What it checks

Signatures and receipts that a commit brings may not have been made later than the commit. Ten minutes
are nothing. It is asked where the branch this goes into has no newer commits: the change may then go
in as it is, and lands when its commits say.

## Why it matters

What is not signed cannot be brought: one of the two times is wrong, usually for a clock that was wrong
when somebody signed or committed. Once it has gone in as it is, the receipt never counts, and every
audit says so.

## Example

    at: 2026-11-25T09:00:00+08:00     # when the receipt was signed
    Date: Mon Nov 23 09:10:00 2026    # wrong: the commit came first

## How to fix

Set the clock right and make the commit again: the last one with git commit --amend --no-edit, earlier
ones with git rebase --force-rebase main. If the time of the signature is still to come, wait for it, or
have it signed again.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG630",
    "commit-before-signature",
    Severity.ERROR,
    Text(
        "提交 {commit} 的时间 {at} 早于签署时间 {signed}",
        "commit {commit} is dated {at}, before this was signed ({signed})",
    ),
    Text(
        "校准时钟，重做这个提交：git commit --amend --no-edit",
        "set the clock right and make the commit again: git commit --amend --no-edit",
    ),
)
