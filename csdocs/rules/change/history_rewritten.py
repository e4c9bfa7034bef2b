"""# 历史被改写

## 检查什么

用 --since 指定的提交不在当前主线上：历史可能被强制覆盖，或者主线换成了别的分支。

## 为什么重要

谁先谁后是唯一无法伪造的证据。主线被换掉，撤销过的密钥、驳回过的改动都可能重新算数。

## 示例

    csdocs audit --since 5d0c8f6a1b7e     # 上次审计记下的提交

## 如何处理

先核对提交编号有没有写错。没有错的，请管理员从备份找回原来的主线，并查明是谁覆盖的。

---

# History rewritten

## What it checks

The commit given with --since is not on the first-parent line that leads here: history was
overwritten by force, or another branch was put in its place.

## Why it matters

Order is the one evidence that cannot be forged. On another line revoked keys and rejected changes
might count again.

## Example

    csdocs audit --since 5d0c8f6a1b7e     # the commit noted at the last audit

## How to fix

See first whether the commit is mistyped. If it is not, restore the former line from a backup and
find out who overwrote it.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG625",
    "history-rewritten",
    Severity.ERROR,
    Text("主线上没有提交 {commit}", "commit {commit} is not on the line that leads here"),
    Text("核对提交编号；从备份找回原来的主线", "check the commit; restore the former line from a backup"),
)
