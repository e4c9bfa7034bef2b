"""# 处置凭证被改动或删除

## 检查什么

记录处置后留下的 ID.gone.yaml 不得改动，也不得删除。

## 为什么重要

它是记录曾经存在、依规处置的唯一说明。

## 示例

    git rm records/callback/2023/11/HF-202311-001.gone.yaml          # 错

## 如何处理

用 git restore 恢复该文件。

---

# Disposal stub touched

## What it checks

The ID.gone.yaml that is left of a disposed record may be neither changed nor removed.

## Why it matters

It alone says that the record existed and was disposed of by the rules.

## Example

    git rm records/callback/2023/11/HF-202311-001.gone.yaml          # wrong

## How to fix

Restore it with git restore.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG628",
    "disposal-stub-touched",
    Severity.ERROR,
    Text("处置凭证被改动或删除", "a disposal stub was changed or removed"),
    Text("用 git restore 恢复该文件", "restore the file with git restore"),
)
