"""# 字段组已改动

## 检查什么

表单用 sha256 固定它所引用的字段组的内容。字段组改了，摘要就对不上。

## 为什么重要

字段组一改，所有引用它的表单都跟着变。固定摘要，使每张表的负责人都知道并同意这一变化。

## 示例

    - {group: contact, sha256: "0000…0001"}     # 错：以前的摘要
    - {group: contact, sha256: a4eb22a2…}       # 对：提示给出的摘要

## 如何处理

看清字段组改了什么（git log -p templates/groups）。接受改动，就更新 sha256 并给表单升一版；不接受，
就另建一个字段组。

---

# Group changed

## What it checks

A form pins the content of a group by its sha256. When the group changes the digest no longer fits.

## Why it matters

A change of the group changes every form that uses it. The digest makes each owner notice and agree.

## Example

    - {group: contact, sha256: "0000…0001"}     # wrong: the digest of an earlier state
    - {group: contact, sha256: a4eb22a2…}       # right: the digest that the report gives

## How to fix

Look at the change (git log -p templates/groups). If you accept it, update sha256 and raise the
form's revision; if not, make a group of its own.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "FRM405",
    "group-changed",
    Severity.ERROR,
    Text("字段组“{group}”已改动，摘要应为 {sha256}", "the field group “{group}” has changed; its digest is {sha256}"),
    Text("核对改动后更新 sha256", "check the change, then update sha256"),
)
