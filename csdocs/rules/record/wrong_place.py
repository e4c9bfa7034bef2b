"""# 文件位置不对

## 检查什么

记录按表单和日期存放：records/表单/年/月（有的再分日）/编号.yaml。

## 为什么重要

放错月份的记录，保管人清点时找不到，到期处置时也会漏掉。

## 示例

    records/callback/2026/10/HF-202611-003.yaml     # 错
    records/callback/2026/11/HF-202611-003.yaml     # 对

## 如何处理

用提示中的命令移动，附件文件夹一起移动；git 认不认识这份文件都可以，随后照常 git add -A、提交。

---

# Wrong place

## What it checks

Records are kept by form and day: records/form/year/month (for busy forms also day)/number.yaml.

## Why it matters

The custodian does not find a record in the wrong month, and it is missed when its retention ends.

## Example

    records/callback/2026/10/HF-202611-003.yaml     # wrong
    records/callback/2026/11/HF-202611-003.yaml     # right

## How to fix

Move it with the command of the hint, together with its folder of attachments, whether or not git knows the file yet; then git add -A and
commit as usual.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.place import moving
from csdocs.model.text import Text
from csdocs.rules.record import wrong_number
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    if case.misplaced and not any(wrong_number.check(case)):  # with its number it gets its place
        command = moving(case.path, case.proper_path, *_beside(case))
        yield Problem("wrong-place", ("record",), {"expected": case.proper_path, "command": command})


def _beside(case: RecordCase) -> Iterator[str]:
    """The folder of attachments goes with the record; amendments find it there."""
    if case.scalars("file") and not case.amendment and case.directory != case.proper_path.rpartition("/")[0]:
        yield case.attachment_folder


RULE = Rule(
    "REC326",
    "wrong-place",
    Severity.ERROR,
    Text("文件应位于 {expected}", "the file belongs at {expected}"),
    Text("移动文件：{command}", "move it: {command}"),
    check,
    among="misplaced",
)
