"""# 两个文件用了同一个编号

## 检查什么

每份制度、手册篇和表单的编号在整个工作区只出现一次。

## 为什么重要

引用时不知道指的是哪一个，记录也可能按错误的表单判断。

## 示例

    templates/forms/visit.yaml      id: F-VISIT
    templates/forms/visits.yaml     id: F-VISIT          # 错
    templates/forms/visits.yaml     id: F-VISITGROUP     # 对

## 如何处理

复制现有文件新建表单时，先改编号。要修改现有表单，直接改原文件并升一版，不要另存一份。

---

# Id of two files

## What it checks

The id of a document or form occurs once in the whole workspace.

## Why it matters

A citation would not know which one is meant, and records might be judged by the wrong form.

## Example

    templates/forms/visit.yaml      id: F-VISIT
    templates/forms/visits.yaml     id: F-VISIT          # wrong
    templates/forms/visits.yaml     id: F-VISITGROUP     # right

## How to fix

When you copy a file to make a new form, change its id first. To change a form, edit the file itself
and raise its revision.
"""

from collections.abc import Iterator

from csdocs.load.workspace import Workspace
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(workspace: Workspace) -> Iterator[Problem]:
    first: dict[str, str] = {}
    documents = [(document.id, path) for path, (document, _) in workspace.parsed_documents.items() if document]
    forms = [(loaded.form.id, path) for path, loaded in workspace.loaded_forms.items() if loaded.form]
    reports = [(loaded.value.id, path) for path, loaded in workspace.loaded_reports.items() if loaded.value]
    for id, path in (*documents, *forms, *reports):
        if id in first:
            yield Problem("id-of-two-files", ("id",), {"path": path, "id": id, "other": first[id]})
        first.setdefault(id, path)


RULE = Rule(
    "WSP512",
    "id-of-two-files",
    Severity.ERROR,
    Text("编号 {id} 已用于 {other}", "the id {id} is used by {other} already"),
    Text("给其中一个换编号", "give one of the two another id"),
    check,
)
