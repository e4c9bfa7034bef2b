"""# 不认识的键

## 检查什么

登记册、表单、制度的控制信息和记录的表头只能使用规定的键。拼错一个字母，键就不认识。

## 为什么重要

拼错的键如果被默默忽略，写的人以为规定已经生效，其实没有。

## 示例

    holiday:                 # 错
    holidays:                # 对
      - {from: 2026-10-01, until: 2026-10-07, name: {zh: 国庆节, en: National Day}}

## 如何处理

对照 docs 中该类文件的说明改正拼写；确实多余的，删去这一行。

---

# Unknown key

## What it checks

Registers, forms, control blocks and the head of a record use a fixed set of keys. One wrong letter
makes a key unknown.

## Why it matters

If a misspelt key were passed over in silence, its writer would believe in a setting that does not
exist.

## Example

    holiday:                 # wrong
    holidays:                # right
      - {from: 2026-10-01, until: 2026-10-07, name: {zh: 国庆节, en: National Day}}

## How to fix

Compare with the description of that kind of file in docs and correct the spelling; delete the line
if nothing is meant by it.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "SHP151",
    "unknown-key",
    Severity.ERROR,
    Text("不认识的键“{key}”{meant}", "unknown key “{key}”{meant}"),
    Text("检查拼写，或删除该行", "check the spelling, or delete the line"),
)
