"""# 没有步骤签署的区段

## 检查什么

有填写字段的区段，至少要由一个步骤签署（步骤的 `section`）。只有自动计算字段的区段除外。

## 为什么重要

没有人签署的区段，必填不会到期，内容也没有人负责，改动了也看不出来。

## 示例

    sections:
      - {id: inspection, …}
    steps:
      - {id: fill, section: request, …}        # 错：没有步骤签署 inspection

## 如何处理

给负责这一区段的步骤写上 `section: inspection`，或者把字段并入已有人签署的区段。

---

# Section nobody signs

## What it checks

A section with fields to fill in must be signed by at least one step (the step's `section`).
Sections of computed fields alone are exempt.

## Why it matters

What no step signs never falls due, nobody answers for it, and a change of it leaves no trace.

## Example

    sections:
      - {id: inspection, …}
    steps:
      - {id: fill, section: request, …}        # wrong: no step signs inspection

## How to fix

Write `section: inspection` at the step that answers for it, or move the fields to a section that is signed.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    signed = {step.section for step in case.form.steps}
    for index, section in enumerate(case.form.sections):
        if section.id not in signed and any(not field.is_computed for field in section.fields):
            yield Problem("section-nobody-signs", ("sections", index, "id"), {"section": section.title})


RULE = Rule(
    "FRM419",
    "section-nobody-signs",
    Severity.ERROR,
    Text("没有步骤签署区段“{section}”", "no step signs the section “{section}”"),
    Text("在负责该区段的步骤上写明 section", "name it as the `section` of the step that answers for it"),
    check,
)
