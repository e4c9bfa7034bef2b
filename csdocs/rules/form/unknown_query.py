"""# 没有这个查询

## 检查什么

字段用 query 指定的查询，必须是 templates/queries/ 里的 .sql 文件。

## 为什么重要

查询不存在，这个字段就永远没有值，依赖它的规则也永远不判断。

## 示例

    query: calls-per-month     # 错
    query: calls-of-month      # 对：templates/queries/calls-of-month.sql

## 如何处理

核对文件名（不带 .sql）；还没有写的，请写好后一起提交。

---

# Unknown query

## What it checks

A query that a field names must be an .sql file in templates/queries/.

## Why it matters

Without it the field never has a value, and rules that need it are never judged.

## Example

    query: calls-per-month     # wrong
    query: calls-of-month      # right: templates/queries/calls-of-month.sql

## How to fix

Check the file name (without .sql). If the query is not written yet, commit it together with the
form.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.place import QUERIES
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    for name, field in case.form.walk():
        if field.query is not None and f"{QUERIES}{field.query}.sql" not in case.workspace.files:
            yield Problem("unknown-query", (*case.compiled.field_route(name), "query"), {"query": field.query})


RULE = Rule(
    "FRM416",
    "unknown-query",
    Severity.ERROR,
    Text("没有查询 {query}", "there is no query {query}"),
    Text("核对名称；查询在 templates/queries/", "check the name; queries are in templates/queries/"),
    check,
)
