"""# 报表的列与查询不符

## 检查什么

columns 列出的每一列都由查询给出（用 ratio 计算的除外），查询给出的每一列也都列在 columns 中。
ratio 所除的两列也要在 columns 中。

## 为什么重要

没有声明的列没有表头、没有单位，也没有人看得到；声明了却没有的列永远是空的，容易被看成零。

## 示例

    columns: [{id: recieved, …}]     query: SELECT count(*) AS received …     # 错
    columns: [{id: received, …}]     query: SELECT count(*) AS received …     # 对

## 如何处理

让两边一致。只供计算比率用的列写 hidden: true。

---

# Report columns differ

## What it checks

Every entry of columns is given by the query (those with a ratio are computed), every column of the
query is an entry of columns, and a ratio divides two of them.

## Why it matters

A column without an entry has no heading and no unit, and nobody sees it. An entry without a column
is always empty, and is easily read as nought.

## Example

    columns: [{id: recieved, …}]     query: SELECT count(*) AS received …     # wrong
    columns: [{id: received, …}]     query: SELECT count(*) AS received …     # right

## How to fix

Make both agree. A column that is there for a ratio alone takes hidden: true.
"""

from collections.abc import Iterator

from csdocs.load.index.report import ReportCase, missing_columns
from csdocs.model.finding import Problem, Route, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: ReportCase) -> Iterator[Problem]:
    columns = [column.id for column in case.report.columns]
    for index, column in enumerate(case.report.columns):
        if column.id in columns[:index]:
            yield _problem(("columns", index, "id"), column.id, _TWICE)
        strange = [id for id in column.ratio or () if id not in columns or id == column.id]
        yield from (_problem(("columns", index, "ratio"), id, _NO_COLUMN) for id in strange)
    if case.columns is None:
        return
    missing, left = missing_columns(case.report, case.columns)
    yield from (_problem(("columns", columns.index(id)), id, _NOT_GIVEN) for id in missing)
    yield from (_problem(("query",), id, _NOT_SHOWN) for id in left)


_TWICE = Text("列了两次", "is listed twice")
_NO_COLUMN = Text("不是可以相除的列", "is no column to divide")
_NOT_GIVEN = Text("查询没有给出", "is not given by the query")
_NOT_SHOWN = Text("没有列在 columns 中", "is not listed under columns")


def _problem(route: Route, column: str, what: Text) -> Problem:
    return Problem("report-columns-differ", route, {"column": column, "what": what})


RULE = Rule(
    "RPT702",
    "report-columns-differ",
    Severity.ERROR,
    Text("列 {column} {what}", "the column {column} {what}"),
    Text("使 columns 与查询给出的列一致", "make columns and what the query gives agree"),
    check,
)
