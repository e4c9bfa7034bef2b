"""# 参数重复定义

## 检查什么

一个参数在整个工作区只能定义一次，不能由两份制度各写一个值。

## 为什么重要

两处的数字迟早会不同，到时候两份制度互相矛盾，记录也不知道按哪个判断。

## 示例

    REG-VISIT:  - {id: callback_h, kind: number, value: "48"}          # 错：回访制度已定义
    REG-VISIT:  - {id: visit_callback_h, kind: number, value: "48"}    # 对：不同的事，不同的名

## 如何处理

说的是同一件事，删去这一处，直接引用；是另一件事，换一个名称。

---

# Parameter defined twice

## What it checks

A parameter is defined once in the whole workspace; two documents cannot both give it a value.

## Why it matters

Sooner or later the two figures differ. Then two rules contradict each other and records cannot be
judged.

## Example

    REG-VISIT:  - {id: callback_h, kind: number, value: "48"}          # wrong: REG-CALLBACK has it
    REG-VISIT:  - {id: visit_callback_h, kind: number, value: "48"}    # right: another matter, another name

## How to fix

If it is the same matter, delete this one and use the other; if not, give it a name of its own.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    seen: set[str] = set()
    others = [id for id, path in case.workspace.document_paths.items() if path < case.document.path]
    owners = {parameter.id: id for id in others for parameter in case.workspace.controls[id].parameters}
    for index, parameter in enumerate(case.document.control.parameters):
        owner = case.document.id if parameter.id in seen else owners.get(parameter.id)
        if owner is not None:
            yield Problem("parameter-defined-twice", ("parameters", index, "id"), {"id": parameter.id, "other": owner})
        seen.add(parameter.id)


RULE = Rule(
    "DOC208",
    "parameter-defined-twice",
    Severity.ERROR,
    Text("参数“{id}”已由 {other} 定义", "the parameter “{id}” is defined by {other} already"),
    Text("每个参数只由一份制度定义", "let one document own the parameter"),
    check,
)
