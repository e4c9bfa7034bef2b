"""# 参数没有合适的值

## 检查什么

制度里的每个参数都要有一个符合其类型的值：number 写数字，time 写 07:50，bool 写 true 或 false，
choice 写列出的代码。

## 为什么重要

参数既印在条款里，又用来判断记录。没有值，条款读不通，相关的规则也无法执行。

## 示例

    - {id: visit_wait_min, kind: number, value: 十五}     # 错
    - {id: visit_wait_min, kind: number, value: "15"}     # 对

## 如何处理

向负责该制度的岗位问清数值，用阿拉伯数字填写并加英文双引号；单位写在 unit 里。

---

# Parameter without a value

## What it checks

Every parameter needs a value of its kind: digits for number, 07:50 for time, true or false for
bool, a listed code for choice.

## Why it matters

A parameter is printed in a clause and used to judge records. Without a value the clause makes no
sense and its rules cannot be applied.

## Example

    - {id: visit_wait_min, kind: number, value: 十五}     # wrong
    - {id: visit_wait_min, kind: number, value: "15"}     # right

## How to fix

Ask the owner of the document for the figure and write it in digits with double quotes; the unit
goes into `unit`.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    for index, parameter in enumerate(case.document.control.parameters):
        try:
            valid = parameter.value is not None and parameter.typed() is not None
        except (ValueError, TypeError, IndexError):
            valid = False
        codes = [option.code for option in parameter.options]
        if not valid or (parameter.kind == "choice" and parameter.value not in codes):
            values = {"id": parameter.id, "kind": parameter.kind}
            yield Problem("parameter-without-value", ("parameters", index, "value"), values)


RULE = Rule(
    "DOC205",
    "parameter-without-value",
    Severity.ERROR,
    Text("参数“{id}”没有符合类型 {kind} 的值", "the parameter “{id}” has no value of kind {kind}"),
    Text("填写该参数的值", "give the parameter a value"),
    check,
)
