"""# 报表引用了不存在的条款、参数或字段

## 检查什么

clauses 列出的条款存在而且没有删除；查询中 param('…') 的参数在制度中有定义；
写作 'F-…/…' 的地址指向表单、字段、选项或时限。

## 为什么重要

报表为哪一条服务，决定谁要看它。参数或地址写错时查询不会报错，只会得到空值，
数字就悄悄错了。

## 示例

    clauses: [REG-COMPLAINT/99]                 # 错
    clauses: [REG-COMPLAINT/2]                  # 对
    > param('complaint_hours', received_at)     # 错
    > param('complaint_contact_h', received_at) # 对

## 如何处理

核对编号。条款删除、参数或字段改名以后，报表也要改。

---

# Report names unknown

## What it checks

The clauses of the report exist and are not deleted; parameters that its query asks for with
param('…') are defined in a document; addresses such as 'F-…/…' lead to a form, field, option or
deadline.

## Why it matters

The clause says whom the report serves. A misspelt parameter or address is no error to the
query: it gives nothing, and the figures are silently wrong.

## Example

    clauses: [REG-COMPLAINT/99]                 # wrong
    clauses: [REG-COMPLAINT/2]                  # right
    > param('complaint_hours', received_at)     # wrong
    > param('complaint_contact_h', received_at) # right

## How to fix

Check the spelling. When a clause is deleted, a parameter or field renamed, the reports must follow.
"""

from collections.abc import Iterator

from csdocs.load.index.report import ReportCase
from csdocs.load.rulebook.lint import clause_exists
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: ReportCase) -> Iterator[Problem]:
    for index, citation in enumerate(case.report.clauses):
        if not clause_exists(case.workspace, citation):
            yield Problem("report-names-unknown", ("clauses", index), {"name": citation})
    for name in (*case.unknown_parameters(), *case.unknown_addresses()):
        yield Problem("report-names-unknown", ("query",), {"name": name})


RULE = Rule(
    "RPT704",
    "report-names-unknown",
    Severity.ERROR,
    Text("没有条款、参数或字段 {name}", "there is no clause, parameter or field {name}"),
    Text("核对编号；csdocs coverage 列出条款", "check the spelling; csdocs coverage lists the clauses"),
    check,
)
