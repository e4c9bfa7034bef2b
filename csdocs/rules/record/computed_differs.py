"""# 计算结果与签署时不同

## 检查什么

签字时把计算字段的结果存进签名。现在重新计算，结果不同了。这是警告，签名仍然有效。

## 为什么重要

它所依据的其他记录后来增加、更正或者作废了，已签的数字可能不再成立。

## 示例

    computed: {calls: "1"}     # 错：现在有 2 次回访

## 如何处理

查出变动的记录。补录属实、结论受影响的，用 csdocs amend 更正本记录；不受影响的，保留即可。

---

# Computed value differs

## What it checks

Signing keeps the value of each computed field. Worked out again today it differs. This is a
warning; the signature stays valid.

## Why it matters

Records that it rests on were added, corrected or voided later, so the figure that was signed may no
longer hold.

## Example

    computed: {calls: "1"}     # wrong: two call-backs exist now

## How to fix

Find the record that changed. If the conclusion is affected, amend this record with csdocs amend; if
not, leave it.
"""

from collections.abc import Iterator

from csdocs.load.record.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import COURSE, Rule


def check(case: RecordCase) -> Iterator[Problem]:
    assert case.form is not None
    for index, signature in enumerate(case.record.signatures):
        if signature.computed is None:
            continue
        for id, then in signature.computed.items():
            now = case.spelled_computed.get(id)
            if now is not None and now != then and id in case.form.fields and not _grows(case, id):
                values = {"field": case.form.fields[id].label, "then": then, "now": now}
                yield Problem("computed-differs", ("signatures", index, "computed", id), values)


def _grows(case: RecordCase, id: str) -> bool:
    """A figure over a table that may grow is meant to change."""
    assert case.form is not None
    program = case.compiled.programs.get(f"computed:{id}")
    return program is not None and any(path[0] in case.form.append_only for path in program.names)


RULE = Rule(
    "REC333",
    "computed-differs",
    Severity.WARNING,
    Text("“{field}”签署时为 {then}，现在为 {now}", "“{field}” was {then} when signed and is {now} now"),
    Text("核对其所依据的记录是否被更正", "check whether a record it rests on has been corrected"),
    check,
    concerns=lambda terms: terms.form.computed_fields,
    among="signed_figures",
    rests_on=COURSE,
)
