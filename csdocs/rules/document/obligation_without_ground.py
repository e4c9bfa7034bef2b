"""# 义务没有依据

## 检查什么

控制信息里的义务写明“哪一条要求定期填哪张表”。该条必须在本制度中，该表单必须存在。

## 为什么重要

没有依据的义务无法追究，指向不存在的表单的义务没有人能完成。

## 示例

    - {clause: 8, form: F-VISITLIST, every: month, since: 2026-11-01}     # 错
    - {clause: 2, form: F-VISIT, every: month, since: 2026-11-01}         # 对

## 如何处理

在正文中找到提出要求的那一条，写上它的号码；表单编号以 templates/forms 里的为准。

---

# Obligation without ground

## What it checks

An obligation says which clause asks for which form how often. The clause must stand in this
document and the form must exist.

## Why it matters

Nobody can be held to an obligation without a clause, and nobody can meet one whose form does not
exist.

## Example

    - {clause: 8, form: F-VISITLIST, every: month, since: 2026-11-01}     # wrong
    - {clause: 2, form: F-VISIT, every: month, since: 2026-11-01}         # right

## How to fix

Find the clause that makes the demand and write its number; the form's id is the one in
templates/forms.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    for index, obligation in enumerate(case.document.control.obligations):
        if case.document.clause(obligation.clause) is None:
            values = {"name": obligation.clause, "what": Text("条款", "clause")}
            yield Problem("obligation-without-ground", ("obligations", index, "clause"), values)
        if obligation.form not in case.workspace.forms:
            values = {"name": obligation.form, "what": Text("表单", "form")}
            yield Problem("obligation-without-ground", ("obligations", index, "form"), values)


RULE = Rule(
    "DOC209",
    "obligation-without-ground",
    Severity.ERROR,
    Text("义务所指的{what} {name} 不存在", "the obligation names the {what} {name}, which does not exist"),
    Text("核对条款号和表单编号", "check the clause and the form"),
    check,
)
