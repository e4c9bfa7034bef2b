"""# 查询无法执行

## 检查什么

templates/checks/ 和 templates/queries/ 里的 SQL 要能在记录的表上执行：表名、列名正确，只读取，
不超时。

## 为什么重要

查询执行不了，它所看守的规定就没有人看守；报告里少了问题，不等于没有问题。

## 示例

    FROM f_callbacks     # 错
    FROM f_callback      # 对：表单编号的小写，- 改成 _

## 如何处理

按提示中的原因修改。表单的字段改名以后，用到它的查询也要改。

---

# Query fails

## What it checks

The SQL in templates/checks/ and templates/queries/ must run on the tables of the records: right
names, reading only, in time.

## Why it matters

A query that cannot run guards nothing. No findings from it does not mean that all is well.

## Example

    FROM f_callbacks     # wrong
    FROM f_callback      # right: the form's id in lower case, - as _

## How to fix

Mend it as the reason says. When a field of a form is renamed, the queries that use it must follow.
"""

from collections.abc import Iterator

from csdocs.load.holdings.tree import Tree
from csdocs.model.finding import Position, Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(tree: Tree) -> Iterator[Problem]:
    for path, reason in tree.failed_queries():
        if path in tree.workspace.files:  # of one that is not there the form speaks that names it
            yield Problem("query-fails", Position(1, 1), {"path": path, "reason": reason})


RULE = Rule(
    "WSP507",
    "query-fails",
    Severity.ERROR,
    Text("查询无法执行：{reason}", "the query cannot be run: {reason}"),
    Text(
        "修正该 SQL 文件；csdocs sql 列出可用的表和列（live、deadlines 等只有报表可用）",
        "mend the SQL file; csdocs sql lists the tables and columns (live, deadlines and the like are for reports alone)",
    ),
    check,
)
