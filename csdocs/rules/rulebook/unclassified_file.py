"""# 不属于任何一类的文件

## 检查什么

handbook/ 和 templates/ 下只能有规定种类的文件：制度、手册篇、登记册、签收、表单、字段组、查询、
检查和打印模板。文件名的结尾也要对：制度和手册篇是 .md，表单、字段组和报表是 .yaml，查询和检查是 .sql。

## 为什么重要

这两个文件夹里的一切都受控。来历不明的文件没有人审批，员工却可能照着它做。写成 .yml 的表单谁也不会去读，
看上去却已经生效。

## 示例

    handbook/旧版/REG-VISIT.md            # 错
    templates/forms/visit.yml             # 错
    handbook/regulations/REG-VISIT.md     # 对：旧版在 git 历史里
    templates/forms/visit.yaml            # 对

## 如何处理

放错地方的移到正确的文件夹，扩展名不对的改名；旧版和草稿删去，需要时从历史中取。

---

# Unclassified file

## What it checks

Below handbook/ and templates/ only certain kinds of files may lie: documents, registers, receipts,
forms, groups, queries, checks and print templates. Their names end as they should: documents in
.md, forms, groups and reports in .yaml, queries and checks in .sql.

## Why it matters

Everything in these folders is controlled. Nobody approved a stray file, and yet somebody may follow
it. A form that is called .yml is read by nobody, and yet looks as if it were in force.

## Example

    handbook/旧版/REG-VISIT.md            # wrong
    templates/forms/visit.yml             # wrong
    handbook/regulations/REG-VISIT.md     # right: earlier revisions are in git
    templates/forms/visit.yaml            # right

## How to fix

Move it to the right folder if it was misplaced, and rename it if it ends otherwise. Delete copies of earlier revisions and drafts:
history keeps them.
"""

from collections.abc import Iterator

from csdocs.load.workspace import Workspace
from csdocs.model.finding import Position, Problem, Severity
from csdocs.model.registers import is_classified
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(workspace: Workspace) -> Iterator[Problem]:
    for path in workspace.files:
        if not is_classified(path):
            yield Problem("unclassified-file", Position(1, 1), {"path": path})


RULE = Rule(
    "WSP511",
    "unclassified-file",
    Severity.ERROR,
    Text("{path} 不属于任何一类受控文件", "{path} belongs to no class of controlled file"),
    Text(
        "移到正确的文件夹，或改正扩展名（.md、.yaml、.sql），或删除",
        "move it to the right folder, mend how its name ends (.md, .yaml, .sql), or delete it",
    ),
    check,
)
