"""# 同一事项有两份有效的记录

## 检查什么

编号不带流水号的表单（如月报、台账），一个编号只有一份有效的记录。作废、撤回或驳回之后另填的一份，编号加“.2”；前一份仍然有效的，
后一份会被报告。

## 为什么重要

同一个月有两份月报，两份都会计入报表，也没有人知道以哪一份为准。

## 示例

    YB-202610.yaml       已结束
    YB-202610.2.yaml     已结束       # 错：前一份没有作废

    YB-202610.yaml       已作废
    YB-202610.2.yaml     已结束       # 对

## 如何处理

多出来的一份用 csdocs void 作废；还没有签过字的，删去文件。前一份填错了的，作废的是前一份，或者用 csdocs amend 更正。

---

# Two records of one matter

## What it checks

Of a form whose numbers have no serial (a monthly report, a ledger) one record stands for each
number. One that is entered after the first was declared void, withdrawn or rejected gets “.2”. If
the first still stands, the later one is reported.

## Why it matters

Two reports of one month are both counted, and nobody knows which of them is right.

## Example

    YB-202610.yaml       closed
    YB-202610.2.yaml     closed       # wrong: the first was not declared void

    YB-202610.yaml       void
    YB-202610.2.yaml     closed       # right

## How to fix

Declare the one too many void with csdocs void; delete the file if nobody has signed it. If the first
is the wrong one, that is the one to be declared void, or to be corrected with csdocs amend.
"""

from collections.abc import Iterator

from csdocs.load.holdings.parts import ByKey
from csdocs.load.holdings.tree import Tree
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import COURSE, Rule


def check(tree: Tree, key: str) -> Iterator[Problem]:
    (first, _), *others = tree.holders(key) or [("", "")]
    for id, path in others:
        yield Problem("key-held-twice", ("record",), {"path": path, "id": id, "other": first})


RULE = Rule(
    "WSP508",
    "key-held-twice",
    Severity.ERROR,
    Text("{other} 仍然有效，{id} 是同一事项的又一份", "{other} still stands, and {id} is another record of the same"),
    Text(
        "多出的一份作废：csdocs void {id} --as 工号 --reason 理由；没有签过字的，删去文件",
        "declare the one too many void: csdocs void {id} --as PERSON --reason WHY; delete the file if nobody has signed it",
    ),
    check,
    reads=ByKey(Tree.keys_held_twice, lambda _, change: change.series),
    rests_on=COURSE,
)
