"""# 文件名与编号不符

## 检查什么

制度和手册各篇的文件名就是它的编号加 .md。

## 为什么重要

编号是引用、审批和历史查询的依据。文件名不同，找起来要翻遍每个文件，改名还会被当成两份文件。

## 示例

    handbook/parts/HB-20-holidays.md     id: HB-20     # 错
    handbook/parts/HB-20.md              id: HB-20     # 对

## 如何处理

用提示中的命令改名；如果写错的是编号，改编号。

---

# File name differs from the id

## What it checks

A document's file is named by its id and .md.

## Why it matters

Citations, approvals and history go by the id. Under another name the file is hard to find, and
renaming makes it look like two documents.

## Example

    handbook/parts/HB-20-holidays.md     id: HB-20     # wrong
    handbook/parts/HB-20.md              id: HB-20     # right

## How to fix

Rename it with the command of the hint; if the id is wrong, correct the id.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.place import moving
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    folder = case.document.path.rpartition("/")[0]
    expected = f"{folder}/{case.document.id}.md"
    if case.document.path != expected:
        yield Problem(
            "file-name-differs",
            ("id",),
            {"expected": expected, "command": moving(case.document.path, expected)},
        )


RULE = Rule(
    "DOC213",
    "file-name-differs",
    Severity.ERROR,
    Text("文件名应为 {expected}", "the file should be named {expected}"),
    Text("改名：{command}", "rename it: {command}"),
    check,
)
