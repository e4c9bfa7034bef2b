"""# 缺少应有的记录

## 检查什么

制度的控制信息写明哪一条要求每班、每日、每周、每月或每年填一份记录。到期没有的，按期报告。
记录结案才算；义务写明 counts: exists 的，填了就算。作废、驳回、退回和撤回的记录一律不算。
保存期满、已凭处置记录移除的，所在月份（按日存放的为当日）不再追问。

## 为什么重要

没有记录，就证明不了这件事做过。这是对条款的“不符合”，不是文件写错。

## 示例

    obligations:
      - {clause: 2, form: F-VISIT, every: week, since: 2026-11-09, due: P2D}
    # 错：2026 年第 46 周一份也没有

## 如何处理

填了还没有结案的，办到结案：csdocs why 说明还缺什么、由谁办。做过而没有填的，现在补填：
日期填事情发生的那天，备注写明何时补填、为什么。没有做的，按条款补救并查明原因，不要编造记录。

---

# Evidence missing

## What it checks

A document states which clause asks for a record every shift, day, week, month or year. A period
that is over without one is reported. A record counts once it is closed, or as soon as it exists where
the obligation says counts: exists. Void, rejected, returned and withdrawn records never count. Where records
were disposed of at the end of their retention, their month (or day, where a folder is a day's) is asked about no more.

## Why it matters

Without a record nothing proves that the thing was done. That is a breach of the clause, not a slip
in a file.

## Example

    obligations:
      - {clause: 2, form: F-VISIT, every: week, since: 2026-11-09, due: P2D}
    # wrong: not one record in week 46 of 2026

## How to fix

Where a record is open, bring it to its end: csdocs why says what it lacks. If the thing was done and
not entered, enter it now: the day it happened, and in the remarks when and why it was entered late.
If it was not, put things right as the clause says and look into the cause; never invent a record.
"""

from collections.abc import Iterator
from functools import cache

from csdocs.load.holdings.evidence import forms_obliged, missing_evidence, names_of, next_due, obligations
from csdocs.load.holdings.parts import ByForm
from csdocs.load.holdings.tree import Tree
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import COURSE, Rule

_CLOSED = Text("已结案的 {form} 记录", "closed {form} record")
_ANY = Text(" {form} 的记录", "{form} record")


def check(tree: Tree, obligation: str) -> Iterator[Problem]:
    for gap in missing_evidence(tree, obligation):
        values = {"path": gap.path, "period": gap.period, "record": _record(gap.form, gap.closed), "clause": gap.clause}
        yield Problem("evidence-missing", gap.route, values)


@cache  # a form may owe thousands
def _record(form: str, closed: bool) -> Text:
    return (_CLOSED if closed else _ANY).format(form=form)


RULE = Rule(
    "WSP505",
    "evidence-missing",
    Severity.BREACH,
    Text("{period} 没有{record}（{clause}）", "no {record} for {period} ({clause})"),
    Text(
        "没有结案的尽快办完；没有填的补办并如实注明原因，或查明为何未执行",
        "close what is open; make good what is not entered and say why, or find out why it was not done",
    ),
    check,
    reads=ByForm(obligations, forms_obliged, names_of, next_due),
    rests_on=COURSE,
)
