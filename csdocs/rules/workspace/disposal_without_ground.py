"""# 处置没有依据

## 检查什么

每份处置凭证（ID.gone.yaml）都要能读取，指明一份已结案的处置记录；处置记录的表单带有 disposes，
并逐份列出编号和 SHA-256。凭证列出记录和它的全部更正，这些文件应当已经移除。合并时还检查：移除的正是所列内容，保存期限在处置
结案之前届满，其表单允许销毁。

## 为什么重要

否则谁都可以删掉一份不利的记录，再说它已经到期。

## 示例

    csdocs dispose XH-202611-001 --add       # 把到期记录列入草稿
    csdocs sign XH-202611-001 --as S0005     # 批准、销毁、监督逐步签署
    csdocs dispose XH-202611-001             # 结案后移除文件并留下凭证

## 如何处理

恢复被移除的文件，先办结处置记录，再用 csdocs dispose 移除。

---

# Disposal without ground

## What it checks

Every disposal stub (ID.gone.yaml) must be readable and name a closed disposition record, whose form has
`disposes` and which lists the number and its SHA-256. The stub lists the record with all its amendments, and
these files must be gone. On the way in it is also
checked that exactly the listed content was removed, that its retention was over when the disposition was
closed, and that its form allows destruction.

## Why it matters

Else anybody could delete an awkward record and say that its time was over.

## Example

    csdocs dispose XH-202611-001 --add       # list the records that are due in the draft
    csdocs sign XH-202611-001 --as S0005     # approve, destroy, witness: signed step by step
    csdocs dispose XH-202611-001             # once it is closed: remove the files, leave the stubs

## How to fix

Restore the files, close the disposition record first, then remove them with csdocs dispose.
"""

from collections.abc import Iterator

from csdocs.load.holdings.tree import Tree
from csdocs.load.record.disposal import ungrounded
from csdocs.model.disposal import Stub
from csdocs.model.finding import Position, Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import COURSE, Rule


def check(tree: Tree) -> Iterator[Problem]:
    for path in tree.stubs():
        reason = _trouble(tree, path, tree.workspace.stub(path))
        if reason is not None:
            yield Problem("disposal-without-ground", Position(1, 1), {"path": path, "reason": reason})


def _trouble(tree: Tree, path: str, stub: Stub | None) -> Text | None:
    if stub is None:
        return Text("凭证无法读取", "the stub cannot be read")
    folder = path.rpartition("/")[0]
    kept = next((each.file for each in stub.files if tree.workspace.has_record(f"{folder}/{each.file}")), None)
    if kept is not None:
        return Text("{file} 仍在", "{file} is still there").format(file=kept)
    return ungrounded(tree.workspace, path, stub)


RULE = Rule(
    "WSP519",
    "disposal-without-ground",
    Severity.ERROR,
    Text("记录的处置没有依据：{reason}", "a record was disposed of without ground: {reason}"),
    Text(
        "恢复文件；结案处置记录后再用 csdocs dispose",
        "restore the files; close a disposition record, then csdocs dispose",
    ),
    check,
    rests_on=COURSE,
)
