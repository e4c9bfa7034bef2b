"""# 已签署的记录被删除或改名

## 检查什么

有签名的记录不得删除、移动或改名。

## 为什么重要

删除凭据是最严重的问题：没有人知道里面写过什么。

## 示例

    git rm records/callback/2026/11/HF-202611-001.yaml          # 错
    csdocs void HF-202611-001 --as S0002 --reason 重复登记      # 对

## 如何处理

恢复该文件。填错的用 csdocs void 作废或 csdocs amend 更正；保存期满的，先办结处置记录，再用
csdocs dispose 移除并留下处置凭证。

---

# Signed record removed

## What it checks

A record that bears a signature may not be deleted, moved or renamed.

## Why it matters

Removing evidence is the gravest thing of all: nobody will know what it said.

## Example

    git rm records/callback/2026/11/HF-202611-001.yaml          # wrong
    csdocs void HF-202611-001 --as S0002 --reason 重复登记      # right

## How to fix

Restore it. Void a mistaken record with csdocs void or correct it with csdocs amend; at the end of
its retention close a disposition record first; csdocs dispose then removes it and leaves a stub.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG614",
    "signed-record-removed",
    Severity.ERROR,
    Text("已签署的记录被删除或改名", "a signed record was deleted or renamed"),
    Text("恢复该文件；处置须有已结案的处置记录", "restore it; disposal needs a closed disposition record"),
)
