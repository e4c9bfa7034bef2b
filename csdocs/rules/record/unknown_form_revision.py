"""# 找不到该版表单

## 检查什么

记录写的表单版次，在工作区和 git 历史中都没有。

## 为什么重要

记录按自己的那一版表单判断。找不到那一版，就什么也无法核对。

## 示例

    form_revision: 3     # 错：F-CALLBACK 只有第 1 版
    form_revision: 1     # 对

## 如何处理

核对版次。新版表单还在别人的分支上的，等它合并；历史不完整的（浅克隆），运行 git fetch --unshallow。

---

# Unknown form revision

## What it checks

The revision that the record names is neither in the workspace nor in its git history.

## Why it matters

A record is judged by its own revision of the form. Without it nothing can be checked.

## Example

    form_revision: 3     # wrong: F-CALLBACK has revision 1 only
    form_revision: 1     # right

## How to fix

Check the number. If the new form is on somebody's branch, wait for it; if your clone is shallow,
run git fetch --unshallow.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    if case.form is None and case.record.form in case.workspace.forms:
        values = {"form": case.record.form, "revision": case.record.form_revision}
        yield Problem("unknown-form-revision", ("form_revision",), values)


RULE = Rule(
    "REC329",
    "unknown-form-revision",
    Severity.ERROR,
    Text("找不到表单 {form} 第 {revision} 版", "revision {revision} of form {form} cannot be found"),
    Text("核对 form_revision", "check form_revision"),
    check,
    concerns=lambda _: False,  # whoever knows the terms has found the revision
)
