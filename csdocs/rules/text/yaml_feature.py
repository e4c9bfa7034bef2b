"""# 使用了 YAML 的高级写法

## 检查什么

锚点（&）、引用（*）、标签（!）和合并键（<<）一律不用。文件里只有普通的键、值和列表。

## 为什么重要

这些写法让一处的改动悄悄影响另一处，签字的人看不出自己签的是什么。

## 示例

    asked_at: &time 2026-11-18T10:00:00+08:00
    called_at: *time                             # 错：照抄了另一处的值
    called_at: 2026-11-18T10:00:00+08:00         # 对

## 如何处理

把值原样写出来。文字确实以 & * ! 开头时，给它加上英文双引号。

---

# YAML feature not allowed

## What it checks

Anchors (&), aliases (*), tags (!) and merge keys (<<) are not used. A file holds plain keys, values
and lists.

## Why it matters

They let a change in one place alter another one quietly, so that a signer cannot see what is being
signed.

## Example

    asked_at: &time 2026-11-18T10:00:00+08:00
    called_at: *time                             # wrong: repeats another value
    called_at: 2026-11-18T10:00:00+08:00         # right

## How to fix

Write the value out. If a text really begins with & * ! put double quotes around it.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "TXT109",
    "yaml-feature",
    Severity.ERROR,
    Text("使用了 YAML 的高级写法（{feature}）", "uses a YAML feature that is not allowed here ({feature})"),
    Text(
        "改写为普通的键和值；以 & * ! 开头的文字请加引号",
        "write plain keys and values; put quotes around text that begins with & * !",
    ),
)
