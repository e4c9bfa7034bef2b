"""# 文件不属于任何记录

## 检查什么

records/ 下除了记录本身，只能有附件：放在“编号.files”文件夹里，并由该记录或它的更正列出。其他文件会被报告。这是警告。

## 为什么重要

没有登记的文件谁都可以放进来、换掉，看上去像是签过的，其实证明不了什么，还可能含有客户资料而无人管理保存期限。

## 示例

    records/callback/2026/11/scan.txt                         # 错
    records/callback/2026/11/HF-202611-003.files/scan.txt     # 对

## 如何处理

属于某份记录的，移进它的附件文件夹，并在 attachments 中登记文件名、摘要和大小；不需要的删去。

---

# File left over

## What it checks

Besides records, records/ holds attachments only, in folders named “number.files” and listed by the record or
an amendment of it. Any other file is reported. This is a warning.

## Why it matters

A file that no record lists can be laid there or swapped by anybody, looks as if it had been signed and proves nothing, and if it holds customer
data nobody looks after its retention.

## Example

    records/callback/2026/11/scan.txt                         # wrong
    records/callback/2026/11/HF-202611-003.files/scan.txt     # right

## How to fix

If it belongs to a record, move it into that record's folder and list its name, digest and size
under `attachments`; otherwise delete it.
"""

from collections.abc import Iterator

from csdocs.load.holdings.parts import ByKey
from csdocs.load.holdings.tree import Tree
from csdocs.model.finding import Position, Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(tree: Tree, folder: str) -> Iterator[Problem]:
    claimed = tree.claimed_in(folder)
    for path in tree.others_in(folder):
        if path not in claimed:
            yield Problem("file-left-over", Position(1, 1), {"path": path})


RULE = Rule(
    "WSP517",
    "file-left-over",
    Severity.WARNING,
    Text("{path} 不属于任何记录", "{path} belongs to no record"),
    Text("作为附件登记，或删除", "list it as an attachment, or delete it"),
    check,
    reads=ByKey(Tree.folders_of_others, lambda _, change: change.folders),
)
