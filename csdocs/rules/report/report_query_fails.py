"""# 报表的查询无法执行

## 检查什么

报表的 query 要能在记录的表上执行：表名、列名正确，只读取，只用 :from 和 :to 两个参数。

## 为什么重要

执行不了的报表，要到月底有人要数字时才会发现。

## 示例

    FROM live JOIN f_complaints USING (record)     # 错
    FROM live JOIN f_complaint USING (record)      # 对：表单编号的小写，- 改成 _

## 如何处理

按提示中的原因修改。表单的字段改名以后，读它的报表也要改。可用的表见 docs/reports.md。

---

# Report query fails

## What it checks

The query of a report must run on the tables of the records: right names, reading only, and no
parameters but :from and :to.

## Why it matters

A report that cannot run is found out at the end of the month, when somebody needs the figures.

## Example

    FROM live JOIN f_complaints USING (record)     # wrong
    FROM live JOIN f_complaint USING (record)      # right: the form's id in lower case, - as _

## How to fix

Mend it as the reason says. When a field of a form is renamed, the reports that read it must follow.
docs/reports.md lists the tables.
"""

from collections.abc import Iterator

from csdocs.load.index.report import ReportCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: ReportCase) -> Iterator[Problem]:
    if case.failure is not None:
        yield Problem("report-query-fails", ("query",), {"reason": case.failure})


RULE = Rule(
    "RPT701",
    "report-query-fails",
    Severity.ERROR,
    Text("报表的查询无法执行：{reason}", "the query of the report cannot be run: {reason}"),
    Text("修正 query；可用的表见 csdocs explain reports", "mend the query; csdocs explain reports lists the tables"),
    check,
)
