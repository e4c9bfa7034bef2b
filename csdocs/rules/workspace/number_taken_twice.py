"""# 编号被两份记录使用

## 检查什么

一个编号只属于一份记录。两个文件写了同一个编号，后面的一个会被报告。

## 为什么重要

引用、签名和保存期限都认编号。同号的两份记录，无法知道说的是哪一份。

## 示例

    records/callback/2026/11/HF-202611-001.yaml     record: HF-202611-001
    records/callback/2026/12/HF-202611-001.yaml     record: HF-202611-001     # 错
    records/callback/2026/12/HF-202612-001.yaml     record: HF-202612-001     # 对

## 如何处理

误复制的文件删去。确是两件事的，后登记的一份用 csdocs renumber 换号，并重新签字。

---

# Number taken twice

## What it checks

A number belongs to one record. When two files bear the same one, the later file is reported.

## Why it matters

References, signatures and retention go by the number. With two of them nobody knows which record is
meant.

## Example

    records/callback/2026/11/HF-202611-001.yaml     record: HF-202611-001
    records/callback/2026/12/HF-202611-001.yaml     record: HF-202611-001     # wrong
    records/callback/2026/12/HF-202612-001.yaml     record: HF-202612-001     # right

## How to fix

Delete the file if it was copied by mistake. If these are two matters, give the later one a new
number with csdocs renumber and have it signed again.
"""

import math
from collections.abc import Iterator
from typing import Any

from csdocs.load.holdings.parts import ByKey
from csdocs.load.holdings.tree import Tree
from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(tree: Tree, name: str) -> Iterator[Problem]:
    workspace, paths = tree.workspace, tree.files_named(name)
    if len(paths) > 1:
        landed = workspace.landings
        first, *others = sorted(
            paths, key=lambda path: (landed.get(path) or math.inf, _is_misplaced(workspace, path), path)
        )
        for path in others:
            copied = workspace.read(path) == workspace.read(first)
            yield Problem("number-taken-twice", ("record",), {"path": path, **taken(path, name, first, copied=copied)})


def _is_misplaced(workspace: Workspace, path: str) -> bool:
    case = RecordCase(workspace, path, workspace.read(path), signatures=False)
    return case.form is not None and case.misplaced


def taken(path: str, name: str, other: str, *, copied: bool = False) -> dict[str, Any]:
    """Values of the problem that the file, named so, comes later than another. `copied`: byte for byte."""
    record, amendment, _ = name.partition(".a")
    cure = _AMEND_AGAIN if amendment else _DELETE if copied else _RENUMBER
    return {"id": name, "other": other, "cure": cure.format(path=path, of=record)}


_DELETE = Text(
    "这是一份复制件，删去：{path}（新的记录用 csdocs new 填写）",
    "this is a copy, delete it: {path} (csdocs new makes a new record)",
)
_RENUMBER = Text("给后来的一份换号：csdocs renumber {path}", "renumber the later one: csdocs renumber {path}")
_AMEND_AGAIN = Text(
    "删去后来的一份更正，再更正一次：csdocs amend {of} --as 工号 --reason 理由",
    "delete the later amendment and amend again: csdocs amend {of} --as PERSON --reason WHY",
)
RULE = Rule(
    "WSP502",
    "number-taken-twice",
    Severity.ERROR,
    Text("编号 {id} 被两份记录使用：{other}", "the number {id} is used twice: also by {other}"),
    Text("{cure}", "{cure}"),
    check,
    reads=ByKey(Tree.names_taken_twice, lambda _, change: change.names),
)
