"""# 正文手写了控制信息

## 检查什么

正文中不得手写本文件的版次、生效日期和批准人，例如“第二版”“生效日期：”。

## 为什么重要

这些内容由系统根据控制信息和审批签名打印。手写的一份迟早忘记更新，于是同一页上出现两种说法。

## 示例

    4. 本制度为第二版，由客户服务部解释。     # 错
    4. 本制度由客户服务部解释。               # 对

## 如何处理

删去手写的部分。要说明修改情况，写在 changes 的摘要里。

---

# Control fact typed by hand

## What it checks

The text may not state its own revision, effective date or approver, such as “第二版”
or “approved by”.

## Why it matters

They are printed from the control block and the signatures. A hand-written copy is forgotten one
day, and the page contradicts itself.

## Example

    4. 本制度为第二版，由客户服务部解释。     # wrong
    4. 本制度由客户服务部解释。               # right

## How to fix

Delete it. What you want to say about the change belongs into the summary in `changes`.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    for mention in case.hand_typed():
        yield Problem("control-fact-typed-by-hand", mention.at, {"text": mention.text})


RULE = Rule(
    "DOC211",
    "control-fact-typed-by-hand",
    Severity.ERROR,
    Text("正文中手写了“{text}”", "the body states “{text}” by hand"),
    Text("删去；版次、日期和批准人由系统打印", "delete it: revision, dates and approvers are printed from facts"),
    check,
)
