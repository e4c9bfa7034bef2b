"""# 记录之间不一致

## 检查什么

templates/checks/ 里的每个查询对照几种记录，找出互相矛盾的地方，例如给未解决的回访送了礼品。

## 为什么重要

单看每一份都合规，放在一起才看得出漏办、多发或者对不上数。

## 示例

    LP-2026-02:     - {no: "1", call: HF-202611-002, gift: 雨伞}
    HF-202611-002:  result: pending     # 错：未解决

## 如何处理

先弄清事实。哪份记录填错了，用 csdocs amend 更正那一份；事实确实如此，就保留记录，按条款处理。

---

# Records disagree

## What it checks

Each query in templates/checks/ compares records of several forms and finds where they contradict
each other, such as a gift for a call that solved nothing.

## Why it matters

Each record alone may be in order; only side by side do they show what was forgotten, given twice or
counted wrong.

## Example

    LP-2026-02:     - {no: "1", call: HF-202611-002, gift: 雨伞}
    HF-202611-002:  result: pending     # wrong: not solved

## How to fix

Find out what happened. If a record is wrong correct it with csdocs amend; if it is true, keep it
and act as the clause says.
"""

import datetime as dt
from collections.abc import Iterator

from csdocs.load.holdings.parts import ByForm
from csdocs.load.holdings.tree import Tree
from csdocs.model.finding import Position, Problem, Severity
from csdocs.model.moment import midnight_after
from csdocs.model.text import Text
from csdocs.rules.rule import COURSE, Rule


def check(tree: Tree, path: str) -> Iterator[Problem]:
    for row in tree.disagreements_of(path):
        values = {"path": row.path, "rule": row.check, "message": row.message}
        yield Problem("records-disagree", row.route, values)
    if path in tree.query_failures:
        yield Problem("query-fails", Position(1, 1), {"path": path, "reason": tree.query_failures[path]})


def _until(tree: Tree, path: str) -> dt.datetime | None:
    return midnight_after(tree.workspace.now) if tree.asks_the_time(path) else None


RULE = Rule(
    "WSP506",
    "records-disagree",
    Severity.BREACH,
    Text("记录之间不一致", "records do not agree"),
    Text(
        "核对所涉记录：属实的如实保留，并按条款要求补救；录入有误的，用 csdocs amend 更正",
        "compare the records: what is true stays, and is made good as the clause asks; csdocs amend corrects a slip",
    ),
    check,
    reads=ByForm(lambda tree: tree.checks, Tree.forms_read, Tree.names_read, _until),
    rests_on=COURSE,
)
