"""# 没有这张表单

## 检查什么

记录的 form 写的表单，必须在 templates/forms/ 中存在。

## 为什么重要

找不到表单，记录里的每一栏都无从检查。

## 示例

    form: F-CALLBAK      # 错
    form: F-CALLBACK     # 对

## 如何处理

用 csdocs form list 查看全部表单，改正编号。自己新建记录时用 csdocs new，编号不会写错。

---

# Unknown form

## What it checks

The form that a record names must exist in templates/forms/.

## Why it matters

Without its form nothing in the record can be checked.

## Example

    form: F-CALLBAK      # wrong
    form: F-CALLBACK     # right

## How to fix

See csdocs form list and correct the id. csdocs new writes it for you.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    id, workspace = case.record.form, case.workspace
    if id not in workspace.forms:
        path = workspace.form_paths.get(id)
        said = {"message": _SPOILT.format(form=id, file=path), "cure": _MEND.format(file=path)} if path else {}
        yield Problem("unknown-form", ("form",), {"form": id, "cure": _LOOK, **said})


_SPOILT = Text(
    "不能按表单 {form} 判断：{file} 有错误，要先改好",
    "cannot be judged by the form {form}: mend {file} first",
)
_MEND = Text("运行 csdocs check {file}", "run csdocs check {file}")
_LOOK = Text("检查表单编号；csdocs form list 列出全部表单", "check the form id; csdocs form list shows them all")


RULE = Rule(
    "REC302",
    "unknown-form",
    Severity.ERROR,
    Text("没有表单 {form}", "there is no form {form}"),
    Text("{cure}", "{cure}"),
    check,
    concerns=lambda terms: terms.id not in terms.workspace.forms,
)
