"""# 编号规则有误

## 检查什么

编号只能由日期、流水号和必填的选项、员工、部门、代码、月份、周、年份字段组成，写法如
{day:YYYYMM}、{serial:3}、{desk}。

## 为什么重要

编号要永远不变、人人看得懂。姓名这类文字会改、会含空格，不能放进编号。

## 示例

    pattern: "LF-{visitor}-{day:YYYYMM}-{serial:3}"     # 错：visitor 是文字
    pattern: "LF-{desk}-{day:YYYYMM}-{serial:3}"        # 对：desk 是必填的选项
    pattern: "YB-{month}"                               # 对：每月一份，month 是必填的月份

## 如何处理

按 docs/form-language.md 第 2 节改写；要用到的字段设为必填。已有记录的表单改编号规则，须升一版。

---

# Number pattern wrong

## What it checks

A number is made of the date, a serial and required choice, staff, department, code, month, week or
year fields, written {day:YYYYMM}, {serial:3}, {desk}.

## Why it matters

A number stays for ever and must be readable to all. Names and other free text change and contain
spaces.

## Example

    pattern: "LF-{visitor}-{day:YYYYMM}-{serial:3}"     # wrong: visitor is free text
    pattern: "LF-{desk}-{day:YYYYMM}-{serial:3}"        # right: desk is a required choice
    pattern: "YB-{month}"                               # right: one a month; month is a required month

## How to fix

Rewrite it as section 2 of docs/form-language.md shows and make the fields it uses required. A form
with records needs a new revision for that.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.number import field_names
from csdocs.model.text import Text
from csdocs.rules.rule import Rule

_SPELLED_ONE_WAY = frozenset(("choice", "staff", "code", "department", "month", "week", "year"))


def check(case: FormCase) -> Iterator[Problem]:
    try:
        names = field_names(case.form.number.pattern)
    except ValueError as error:
        part = str(error).replace("{", "<").replace("}", ">")
        yield Problem("number-pattern-wrong", ("number", "pattern"), {"reason": part})
        return
    for name in names:
        field = case.form.fields.get(name)
        if field is None or field.kind not in _SPELLED_ONE_WAY or not field.required:
            reason = Text(
                "“{name}”须是必填的选项、员工、部门、代码、月份、周或年份字段",
                "“{name}” must be a required choice, staff, department, code, month, week or year field",
            )
            yield Problem("number-pattern-wrong", ("number", "pattern"), {"reason": reason.format(name=name)})


RULE = Rule(
    "FRM410",
    "number-pattern-wrong",
    Severity.ERROR,
    Text("编号规则有误：{reason}", "the number pattern is wrong: {reason}"),
    Text(
        "编号由 {{day:YYYYMM}}、{{serial:3}} 和这样的字段组成；详见 csdocs explain form-language 第 2 节",
        "make it of {{day:YYYYMM}}, {{serial:3}} and such fields; csdocs explain form-language, section 2, has them all",
    ),
    check,
)
