"""# 表单里没有这个名称

## 检查什么

步骤、规则和期限里提到的字段、区段、步骤和状态，都必须在本表单中定义。

## 为什么重要

名称对不上，签字就签不到应签的内容，提示也指不到应指的字段。

## 示例

    rules:
      - {id: named, at: guest, …}       # 错：字段叫 visitor
      - {id: named, at: visitor, …}     # 对

## 如何处理

核对拼写；字段改过编号的，把引用它的地方一起改。

---

# Unknown name

## What it checks

Every field, section, step and state that a step, rule or deadline names must be defined in this
form.

## Why it matters

With a wrong name a signature misses what it should cover, and a finding points at nothing.

## Example

    rules:
      - {id: named, at: guest, …}       # wrong: the field is called visitor
      - {id: named, at: visitor, …}     # right

## How to fix

Check the spelling. If a field was given another id, change every place that names it.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.suggestion import suggestion
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    unread = [(str(p.values["name"]), p.at) for p in case.compiled.problems if p.slug == "unknown-name"]
    for name, route in dict.fromkeys((*case.names(), *unread)):  # a message has it in both languages
        if not case.reads_unread(name):
            yield Problem("unknown-name", route, {"name": name, "meant": suggestion(name, case.known_names - {name})})


RULE = Rule(
    "FRM402",
    "unknown-name",
    Severity.ERROR,
    Text("表单中没有“{name}”{meant}", "the form has no “{name}”{meant}"),
    Text("核对字段、步骤和状态的编号", "check the ids of fields, steps and states"),
    check,
)
