"""# 报表读取了个人信息

## 检查什么

报表的查询不读取标有 pii: true 的字段，连比较和计数也不行。

## 为什么重要

报表发给许多人看，印出来，留在邮箱里。汇总不需要姓名和电话；人数少的时候，数字本身就能指出是谁。

## 示例

    SELECT contact, count(*) FROM f_complaint GROUP BY contact          # 错
    SELECT customer, count(*) FROM f_complaint GROUP BY customer        # 对：客户编号

## 如何处理

改用编号：客户编号、工号、记录编号。真要逐人查看的，用 csdocs show 看那一份记录。

---

# Report reads personal data

## What it checks

The query of a report reads no field marked pii: true, not even to compare or count.

## Why it matters

Reports go to many people, are printed and stay in mailboxes. Sums need no names and numbers of
telephones; and where there are few people the figures alone can say who.

## Example

    SELECT contact, count(*) FROM f_complaint GROUP BY contact          # wrong
    SELECT customer, count(*) FROM f_complaint GROUP BY customer        # right: the customer's number

## How to fix

Use numbers: of the customer, the staff member, the record. Whoever must see one person's matter
looks at that record with csdocs show.
"""

from collections.abc import Iterator

from csdocs.load.index.report import ReportCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: ReportCase) -> Iterator[Problem]:
    for field in case.personal():
        yield Problem("report-reads-personal-data", ("query",), {"field": field})


RULE = Rule(
    "RPT703",
    "report-reads-personal-data",
    Severity.ERROR,
    Text("查询读取了个人信息 {field}", "the query reads personal data: {field}"),
    Text("改用客户编号、工号或记录编号", "use the number of the customer, the person or the record"),
    check,
)
