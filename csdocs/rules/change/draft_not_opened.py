"""# 工作区尚在准备阶段

## 检查什么

工作区还没有开启：内容都是草案，可以不经审批修改。这是警告。

## 为什么重要

准备阶段没有审批关口，任何人的改动都会进来，这时的记录还不能当作正式凭据。

## 示例

    handbook/receipts/open/S0002-open.yaml     # 对：有了它，准备阶段结束

## 如何处理

内容核对完毕、人员和密钥登记齐全之后，由根密钥持有人运行 csdocs open。开启以后不能退回。

---

# Workspace in set-up

## What it checks

The workspace has not been opened: everything is a draft and may change without approval. This is a
warning.

## Why it matters

During set-up there is no gate, anybody's change goes in, and records of that time are not yet
formal evidence.

## Example

    handbook/receipts/open/S0002-open.yaml     # right: with it set-up ends

## How to fix

When the content is checked and people and keys are registered, a holder of a root key runs csdocs
open. There is no way back.
"""

from csdocs.model.finding import Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

RULE = Rule(
    "CHG616",
    "draft-not-opened",
    Severity.WARNING,
    Text("工作区尚在准备阶段，没有审批关口", "the workspace is in set-up: there is no gate yet"),
    Text(
        "准备就绪后由根密钥持有人运行 csdocs open --as 工号",
        "when ready, a holder of a root key runs csdocs open --as PERSON",
    ),
)
