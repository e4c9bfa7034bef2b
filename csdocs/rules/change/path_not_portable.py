"""# 文件名不通用

## 检查什么

受控文件的路径只能有一种写法：统一的 Unicode 编码，没有不可见字符和反斜杠，也不能与另一个文件只差大小写。

## 为什么重要

有的电脑会把两种写法当作同一个文件。审批的是一个，读到的却可能是另一个。

## 示例

    handbook/regulations/reg-handover.md     # 错：已有 REG-HANDOVER.md

## 如何处理

换一个文件名，或者用提示中的写法。

---

# Path not portable

## What it checks

The path of a controlled file has one spelling only: normalised Unicode, nothing invisible, no
backslash, and no other file that differs in case alone.

## Why it matters

Some computers take two spellings for the same file. One would be approved and the other read.

## Example

    handbook/regulations/reg-handover.md     # wrong: REG-HANDOVER.md exists

## How to fix

Choose another name, or the spelling that is shown.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG623",
    "path-not-portable",
    Severity.ERROR,
    Text("路径与“{other}”只是写法不同", "the path is another spelling of “{other}”"),
    Text("换一个文件名", "choose another name"),
)
