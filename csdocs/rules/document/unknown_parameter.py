"""# 没有这个参数

## 检查什么

正文用双花括号打印的参数，必须由本制度或另一份制度的控制信息定义。

## 为什么重要

找不到参数，打印出来的条款就缺一个数。

## 示例

    等候不超过{{ visit_wait_max }}分钟。     # 错
    等候不超过{{ visit_wait_min }}分钟。     # 对

## 如何处理

核对拼写。确实是新的数值，就在最合适的一份制度里定义它，其他地方只引用。

---

# Unknown parameter

## What it checks

A parameter printed with double braces must be defined in the control block of this document or of
another one.

## Why it matters

Without it the printed clause lacks its figure.

## Example

    等候不超过{{ visit_wait_max }}分钟。     # wrong
    等候不超过{{ visit_wait_min }}分钟。     # right

## How to fix

Check the spelling. If the figure is new, define it in the one document that fits best and only use
it elsewhere.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    known = {*case.workspace.parameters_on(case.workspace.today).definitions, *case.own_parameters}
    for mention in case.interpolations():
        if mention.text not in known and not case.workspace.lacks_parameters:
            yield Problem("unknown-parameter", mention.at, {"id": mention.text})


RULE = Rule(
    "DOC207",
    "unknown-parameter",
    Severity.ERROR,
    Text("没有参数“{id}”", "there is no parameter “{id}”"),
    Text("核对拼写，或在控制信息中定义它", "check the spelling, or define it in the control block"),
    check,
)
