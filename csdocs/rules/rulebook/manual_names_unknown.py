"""# 手册目录列了不存在的文件

## 检查什么

handbook/manual.yaml 决定印刷手册的篇目和次序，列出的每份文件都要存在。

## 为什么重要

目录上有、书里没有，拿到手册的人不知道是漏印了还是没有这项制度。

## 示例

    - {document: HB-10, contains: [REG-VISIT, REG-MEETING]}     # 错：没有 REG-MEETING
    - {document: HB-10, contains: [REG-VISIT]}                  # 对

## 如何处理

改正编号，或者删去该项；制度写好以后再列入。

---

# Manual names an unknown document

## What it checks

handbook/manual.yaml gives the parts and order of the printed manual. Every document it lists must
exist.

## Why it matters

If a title is in the contents but not in the book, readers cannot know whether it was left out or
never existed.

## Example

    - {document: HB-10, contains: [REG-VISIT, REG-MEETING]}     # wrong: there is no REG-MEETING
    - {document: HB-10, contains: [REG-VISIT]}                  # right

## How to fix

Correct the id or take the entry out; list the document once it has been written.
"""

from collections.abc import Iterator

from csdocs.load.workspace import Workspace
from csdocs.model.finding import Problem, Severity
from csdocs.model.place import MANUAL
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(workspace: Workspace) -> Iterator[Problem]:
    manual = workspace.manual
    for i, part in enumerate(manual.parts if manual else ()):
        for id in (part.document, *part.contains):
            if not workspace.has_document(id):
                yield Problem("manual-names-unknown", ("parts", i), {"path": MANUAL, "document": id})


RULE = Rule(
    "WSP516",
    "manual-names-unknown",
    Severity.ERROR,
    Text("手册目录中的 {document} 不存在", "the manual lists {document}, which does not exist"),
    Text("核对 handbook/manual.yaml", "check handbook/manual.yaml"),
    check,
)
