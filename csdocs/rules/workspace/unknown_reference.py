"""# 引用的记录不存在

## 检查什么

引用字段写的是另一份记录的编号，或者“编号#行号”。该记录（和该行）必须存在，并且属于表单允许的种类。

## 为什么重要

记录之间靠编号互相证明。指向空处的编号，等于没有凭据。

## 示例

    earlier: HF-202611-020     # 错：没有这份记录
    earlier: HF-202611-002     # 对

## 如何处理

用 csdocs list 查出正确的编号。对方的记录还在别人的分支上时，等它合并后再检查。

---

# Unknown reference

## What it checks

A reference field names another record, or “number#row”. That record and row must exist and belong
to a form that the field allows.

## Why it matters

Records prove each other by their numbers. A number that leads nowhere is no evidence.

## Example

    earlier: HF-202611-020     # wrong: no such record
    earlier: HF-202611-002     # right

## How to fix

Find the right number with csdocs list. If the other record is still on somebody's branch, check
again after it has been merged.
"""

from collections.abc import Iterator

from csdocs.load.holdings.parts import ByKey
from csdocs.load.holdings.tree import Tree
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(tree: Tree, id: str) -> Iterator[Problem]:
    for path, reference in tree.references_to(id):
        if not tree.has(reference.target, reference.forms):
            values = {"path": path, "field": reference.label, "reference": reference.target}
            yield Problem("unknown-reference", reference.route, values)


RULE = Rule(
    "WSP501",
    "unknown-reference",
    Severity.ERROR,
    Text("“{field}”引用的 {reference} 不存在", "“{field}” refers to {reference}, which does not exist"),
    Text("核对编号；csdocs list 列出记录", "check the number; csdocs list shows the records"),
    check,
    reads=ByKey(Tree.doubtful_targets, lambda _, change: change.ids | change.targets | change.unread),
)
