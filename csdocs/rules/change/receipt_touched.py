"""# 已有的凭据被改动

## 检查什么

提交、批准等凭据和它的签名文件，入库以后不得修改或删除，只能新增。

## 为什么重要

凭据证明某人在某时批准了某些内容。能改的凭据什么也证明不了。

## 示例

    modified: handbook/receipts/REG-VISIT/r2/S0003-approve.yaml     # 错
    new file: handbook/receipts/REG-VISIT/r3/S0003-approve.yaml     # 对

## 如何处理

恢复原来的文件（git restore）。批错了的，由本人另签一份驳回，或者再出一版。

---

# Receipt touched

## What it checks

Receipts and their signature files may not be edited or deleted once they are in; new ones are only
added.

## Why it matters

A receipt proves that somebody approved certain bytes at a certain time. One that can be changed
proves nothing.

## Example

    modified: handbook/receipts/REG-VISIT/r2/S0003-approve.yaml     # wrong
    new file: handbook/receipts/REG-VISIT/r3/S0003-approve.yaml     # right

## How to fix

Restore the file with git restore. An approval given by mistake is answered by a rejection of the
same person or by another revision.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG604",
    "receipt-touched",
    Severity.ERROR,
    Text("已有的凭据被修改或删除", "a receipt was changed or deleted"),
    Text("恢复原样；凭据只能新增", "restore it; receipts are only ever added"),
)
