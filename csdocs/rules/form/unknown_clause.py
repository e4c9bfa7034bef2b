"""# 没有这个条款

## 检查什么

表单引用的条款必须存在且没有被删除：它所证明的条款、规则和期限所违反的条款、保存期限的依据。

## 为什么重要

表单是条款的凭据。依据不存在，“不符合”就说不清不符合什么。

## 示例

    clauses: [REG-VISIT/7]     # 错：该制度只有三条
    clauses: [REG-VISIT/2]     # 对

## 如何处理

打开制度核对条号。制度修订后该条已经删除的，改引新的条款，或者去掉这条规则。

---

# Unknown clause

## What it checks

Every clause that a form cites must exist and not be deleted: what it proves, what its rules and
deadlines break, what its retention rests on.

## Why it matters

A form is evidence for clauses. If one does not exist, a breach cannot say what was breached.

## Example

    clauses: [REG-VISIT/7]     # wrong: that regulation has three clauses
    clauses: [REG-VISIT/2]     # right

## How to fix

Open the document and check the number. If the clause was deleted cite the new one, or drop the
rule.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase, clause_exists
from csdocs.model.finding import Problem, Severity
from csdocs.model.suggestion import suggestion
from csdocs.model.text import EMPTY, Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    for citation, route in case.citations():
        if not clause_exists(case.workspace, citation):
            id = citation.partition("/")[0]
            known = case.workspace.documents
            meant = EMPTY if id in known else suggestion(id, known)
            yield Problem("unknown-clause", route, {"clause": citation, "meant": meant})


RULE = Rule(
    "FRM409",
    "unknown-clause",
    Severity.ERROR,
    Text("条款 {clause} 不存在{meant}", "the clause {clause} does not exist{meant}"),
    Text("核对制度编号和条款号", "check the document and the clause number"),
    check,
)
