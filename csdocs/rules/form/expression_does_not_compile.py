"""# 公式有误

## 检查什么

表单里的计算式、规则和条件用 CEL 书写，打开表单时逐个检查：语法、字段名、类型是否相配。
报告给出第几个字符有错。

## 为什么重要

有错的规则不会被当作通过。在表单里发现，比在几百份记录上发现好得多。

## 示例

    assert: visitor.size() > one      # 错：没有叫 one 的字段
    assert: visitor.size() > 1        # 对

## 如何处理

对照 docs/cel.md 改正。文字用双引号，等于写 ==，“并且”写 &&，“或者”写 ||；小数与整数可以混算，
日期不能与文字相比。

---

# Expression does not compile

## What it checks

The form's formulas, rules and conditions are written in CEL and checked when the form is read:
grammar, names, matching types. The report counts the characters to the mistake.

## Why it matters

A faulty rule never counts as kept. Better to find it here than on some hundred records.

## Example

    assert: visitor.size() > one      # wrong: there is no field one
    assert: visitor.size() > 1        # right

## How to fix

Correct it with docs/cel.md. Text takes double quotes, equality is ==, “and” is &&, “or” is ||;
whole numbers and decimals mix, a date and a text cannot be compared.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    found = (p for p in case.compiled.problems if p.slug == "expression-does-not-compile")
    yield from (p for p in found if not case.reads_unread(str(p.values["source"])))


RULE = Rule(
    "FRM401",
    "expression-does-not-compile",
    Severity.ERROR,
    Text("公式 {source} 第 {at} 个字符处：{reason}", "the expression {source} is wrong at character {at}: {reason}"),
    Text("写法见 csdocs explain cel", "csdocs explain cel shows what can be written"),
    check,
)
