"""# 没有这个选项

## 检查什么

公式把单选字段与一个代码相比时，该代码应当是字段的选项；与 state 相比时，应当是表单的状态。

## 为什么重要

写错代码的条件永远不成立（或者永远成立）：规则形同虚设，却没有人发现。

## 示例

    required_when: result == "refusd"      # 错：选项是 refused
    required_when: result == "refused"     # 对

## 如何处理

改成选项的代码，或者在 options 中补上这个选项。

---

# Unknown choice

## What it checks

A code that an expression compares a choice with must be one of its options; one that it compares `state` with, a state of the
form.

## Why it matters

A condition with a misspelt code never holds, or always does: the rule is there and does nothing, and nobody notices.

## Example

    required_when: result == "refusd"      # wrong: the option is refused
    required_when: result == "refused"     # right

## How to fix

Write the code of an option, or add the option.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.suggestion import suggestion
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    for expression, comparison, known in case.strange_values():
        values = {
            "value": comparison.value,
            "name": ".".join(comparison.path),
            "meant": suggestion(comparison.value, known),
            "known": " ".join(known),
            "source": expression.source,
            "at": comparison.offset + 1,
        }
        yield Problem("unknown-choice", expression.route, values)


RULE = Rule(
    "FRM422",
    "unknown-choice",
    Severity.ERROR,
    Text("{name} 没有选项“{value}”{meant}", "{name} has no choice “{value}”{meant}"),
    Text("可选：{known}", "there are: {known}"),
    check,
)
