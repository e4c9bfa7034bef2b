"""# 引用的表单不存在

## 检查什么

引用字段用 ref 列出它可以引用哪些表单的记录，这些表单都要存在。

## 为什么重要

表单不存在，这一栏填什么都是错的，凭据之间就连不起来。

## 示例

    - {id: about, kind: reference, ref: F-CALLBACKS}     # 错
    - {id: about, kind: reference, ref: F-CALLBACK}      # 对

## 如何处理

核对表单编号（以 F- 开头）；该表单尚未建立的，先去掉它。

---

# Unknown form referenced

## What it checks

A reference field lists in `ref` the forms whose records it may name. Each must exist.

## Why it matters

If the form does not exist any entry is wrong, and the chain of evidence breaks.

## Example

    - {id: about, kind: reference, ref: F-CALLBACKS}     # wrong
    - {id: about, kind: reference, ref: F-CALLBACK}      # right

## How to fix

Check the form's id (it begins with F-). Leave it out until the form has been made.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    for name, field in case.form.walk():
        for form in getattr(field, "ref", ()):
            if form not in case.workspace.form_paths:
                yield Problem("unknown-form-referenced", (*case.compiled.field_route(name), "ref"), {"form": form})


RULE = Rule(
    "FRM417",
    "unknown-form-referenced",
    Severity.ERROR,
    Text("引用的表单 {form} 不存在", "refers to the form {form}, which does not exist"),
    Text("核对表单编号", "check the form id"),
    check,
)
