"""# 链接或参数的记号有误

## 检查什么

正文中看上去是链接或参数、却因为记号写错而不起作用的地方：全角的圆括号和方括号、全角花括号、只写了一层的花括号。

## 为什么重要

这些地方会照原样印出来：链接不能点，也不算举证；参数印成名称，而不是数字。

## 示例

    2. 填写[来访登记]（F-VISIT）。                       # 错：圆括号是全角
    3. 等候不超过{ visit_wait_min }分钟。                # 错：花括号要两层
    2. 填写[来访登记](F-VISIT)。                         # 对
    3. 等候不超过{{ visit_wait_min }}分钟。              # 对

## 如何处理

链接写成 `[文字](编号)`，参数写成 `{{ 名称 }}`，记号都用半角，中间不加空格。

---

# Mark misspelt

## What it checks

Places in the text that look like a link or a parameter and are none, since their marks are wrong:
full-width parentheses, brackets or braces, or single braces.

## Why it matters

They are printed as they stand. The link leads nowhere and is no evidence, and the parameter is
printed by its name instead of its figure.

## Example

    2. 填写[来访登记]（F-VISIT）。                       # wrong: full-width parentheses
    3. 等候不超过{ visit_wait_min }分钟。                # wrong: braces come in pairs
    2. 填写[来访登记](F-VISIT)。                         # right
    3. 等候不超过{{ visit_wait_min }}分钟。              # right

## How to fix

Write a link as `[text](ID)` and a parameter as `{{ name }}`, with plain marks and nothing in between.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    for mention in case.misspelt_links():
        yield Problem("mark-misspelt", mention.at, {"text": mention.text, "right": "[…](…)"})
    known = case.workspace.parameters_on(case.workspace.today).definitions
    for mention in case.misspelt_interpolations():
        name = mention.text.strip("{}｛｝ ")
        if name in known or name in case.own_parameters:
            yield Problem("mark-misspelt", mention.at, {"text": mention.text, "right": f"{{{{ {name} }}}}"})


RULE = Rule(
    "DOC216",
    "mark-misspelt",
    Severity.WARNING,
    Text("“{text}”的记号有误，会照原样印出来", "the marks of “{text}” are wrong: it is printed as it stands"),
    Text("记号用半角，写成 {right}", "write {right} with plain marks"),
    check,
)
