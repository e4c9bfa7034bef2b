"""# 提交时间在将来

## 检查什么

这次改动中的提交，时间晚于现在。

## 为什么重要

后来的签名都要晚于前面的提交。混进一个将来的时间，以后正当的签名会被当作过期。

## 示例

    Date: Fri Jan 1 00:00:00 2038     # 错

## 如何处理

校准电脑的时钟，然后 git commit --amend --reset-author --date=now 重做这个提交。

---

# Commit in the future

## What it checks

A commit of this change is dated later than now.

## Why it matters

No step counts as earlier than the one before it. With a date in the future, later signatures would
pass for expired.

## Example

    Date: Fri Jan 1 00:00:00 2038     # wrong

## How to fix

Set the clock right, then make the commit again with git commit --amend --reset-author --date=now.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG626",
    "commit-in-future",
    Severity.ERROR,
    Text("提交 {commit} 的时间 {at} 在将来", "commit {commit} is dated in the future: {at}"),
    Text("校准时钟，重做这个提交", "set the clock right and make the commit again"),
)
