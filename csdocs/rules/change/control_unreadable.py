"""# 控制信息无法读取

## 检查什么

改动后的制度或表单，控制信息有错，读不出版次、负责岗位和修订记录。

## 为什么重要

读不出是第几版，就无法判断改动是否合规，也无法审批。

## 示例

    revision: two     # 错
    revision: 2       # 对

## 如何处理

运行 csdocs check 加文件名，逐条改正，再提交审批。

---

# Control block unreadable

## What it checks

The control block of the changed document or form has mistakes, so its revision, owner and changes
cannot be read.

## Why it matters

Without a revision nobody can tell whether the change is in order, and nobody can approve it.

## Example

    revision: two     # wrong
    revision: 2       # right

## How to fix

Run csdocs check with the file's name, correct what it reports, then submit it.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG606",
    "control-unreadable",
    Severity.ERROR,
    Text("控制信息无法读取", "the control block cannot be read"),
    Text("运行 csdocs check {path}", "run csdocs check {path}"),
)
