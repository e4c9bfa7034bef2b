"""# 登记文件无法读取

## 检查什么

改动后的登记册、组织、日历、例外、手册目录或 csdocs.yaml 有错，读不出来，因此不能批准。

## 为什么重要

人员和审批规则读不出来，以后的签名就都无法核对，工作区会被锁死。

## 示例

    people:
    people: []     # 错：同一个键写了两次

## 如何处理

运行 csdocs check 加文件名，逐条改正，再请大家签署。

---

# Register unreadable

## What it checks

The changed register, organisation, calendar, waivers, manual or csdocs.yaml has mistakes and cannot
be read, so it cannot be approved.

## Why it matters

Without a register and a policy no later signature could be checked: the workspace would be locked.

## Example

    people:
    people: []     # wrong: the same key twice

## How to fix

Run csdocs check with the file's name, correct what it reports, then have it signed.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG622",
    "register-unreadable",
    Severity.ERROR,
    Text("登记文件无法读取，不能批准", "the file cannot be read, so it cannot be approved"),
    Text("运行 csdocs check {path}", "run csdocs check {path}"),
)
