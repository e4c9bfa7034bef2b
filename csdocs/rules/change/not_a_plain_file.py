"""# 不是普通文件

## 检查什么

受控文件和记录只能是普通文件，不能是符号链接、可执行文件或子模块。

## 为什么重要

链接指向别处，审批人看到的内容和以后读到的内容可以不同。

## 示例

    new file mode 120000     # 错：符号链接
    new file mode 100644     # 对

## 如何处理

把链接换成文件本身；文件带有可执行权限的，运行 git update-index --chmod=-x 加文件名。

---

# Not a plain file

## What it checks

Controlled files and records are plain files: no symbolic links, no programs, no submodules.

## Why it matters

A link points elsewhere, so what was approved and what is read later may differ.

## Example

    new file mode 120000     # wrong: a symbolic link
    new file mode 100644     # right

## How to fix

Replace the link by the file itself. If the file is marked executable, run git update-index
--chmod=-x with its name.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG602",
    "not-a-plain-file",
    Severity.ERROR,
    Text("不是普通文件（模式 {mode}）", "not a plain file (mode {mode})"),
    Text("换成普通文件；不得使用链接、可执行文件或子模块", "make it a plain file; no links, programs or submodules"),
)
