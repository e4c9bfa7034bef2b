"""# 表单未启用

## 检查什么

记录的表单属于某个行业；该行业须已在 csdocs.yaml 的 profiles 中启用，或者在记录所属日期启用过。

## 为什么重要

未启用的表单没有制度支撑，也没有人负责复核。停用一个行业以后，停用之前的记录照样有效。

## 示例

    profiles: [GEN]          # 错：F-PATROL 属于 PROP
    profiles: [GEN, PROP]    # 对

## 如何处理

确实要用的，在 csdocs.yaml 的 profiles 中加上该行业；否则改用通用表单重新填写。

---

# Form not in use

## What it checks

The form of a record belongs to an industry. It must be switched on in `profiles` of csdocs.yaml, or have been
on the record's day.

## Why it matters

Nobody answers for a form that is not in use, and no rule asks for it. Records from before an industry was switched off
stay good.

## Example

    profiles: [GEN]          # wrong: F-PATROL is for PROP
    profiles: [GEN, PROP]    # right

## How to fix

If the form is wanted, add its industry to `profiles` in csdocs.yaml. Otherwise fill in a general form.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    assert case.form is not None
    if not case.terms.in_use:
        values = {"form": case.form.id, "profiles": " / ".join(case.form.profile)}
        yield Problem("form-not-in-use", ("form",), values)


RULE = Rule(
    "REC342",
    "form-not-in-use",
    Severity.ERROR,
    Text(
        "表单 {form} 属于 {profiles}，本工作区没有启用", "form {form} is for {profiles}, which is not switched on here"
    ),
    Text(
        "需要时在 csdocs.yaml 的 profiles 中加上 {profiles}",
        "if it is wanted, add {profiles} to profiles in csdocs.yaml",
    ),
    check,
    concerns=lambda terms: not terms.in_use,
)
