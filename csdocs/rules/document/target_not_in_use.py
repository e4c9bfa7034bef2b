"""# 所指的文件未启用

## 检查什么

已启用的制度和手册篇，其链接和义务所指的制度、表单也应当已启用。这是警告。
一条中还有别的表单已启用的，不报告：同一条规定，各行业可以用不同的表单留下证据。

## 为什么重要

员工照着制度找表，却没有这张表可填；印出的手册里也没有所指的制度。未启用的表单不会被要求留证据。

## 示例

    profile: GEN
    …填写[巡楼记录](F-PATROL)。     # 错：F-PATROL 属于 PROP，没有启用
    …填写[来访登记](F-VISIT)。      # 对

## 如何处理

需要该行业的，在 csdocs.yaml 的 profiles 中启用；否则从正文和 obligations 中删去。行业的要求写在行业的制度里。

---

# Target not in use

## What it checks

What a document in use links to, or obliges with, must be in use too. This is a warning.
Nothing is said of a clause with another form that is in use: industries may keep different evidence of one rule.

## Why it matters

Staff who follow the rule find no form to fill in, and the printed manual lacks the rule it mentions. No evidence is asked
for by a form that is not in use.

## Example

    profile: GEN
    …fill in the [patrol record](F-PATROL).     # wrong: F-PATROL is for PROP, which is off
    …fill in the [visitor list](F-VISIT).       # right

## How to fix

Switch the industry on in `profiles` of csdocs.yaml, or take the mention out. What an industry asks for stands in the
regulation of that industry.
"""

from collections.abc import Iterator

from csdocs.load.holdings.proof import asked
from csdocs.load.rulebook.lint import DocumentCase
from csdocs.model.document import Link
from csdocs.model.finding import Position, Problem, Route, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    if not case.workspace.is_in_use(case.document.control):
        return
    named: list[tuple[str, Position | Route]] = [
        (link.target, Position(link.line, link.col)) for link in case.document.links if not _has_another(case, link)
    ]
    named += [(o.form, ("obligations", i, "form")) for i, o in enumerate(case.document.control.obligations)]
    for target, at in named:
        profiles = case.profiles_lacking(target)
        if profiles:
            yield Problem("target-not-in-use", at, {"target": target, "profiles": " / ".join(profiles)})


def _has_another(case: DocumentCase, link: Link) -> bool:
    """Whether the link is to a form, in a clause that can be proved by one that is in use."""
    document, forms = case.document, case.workspace.forms
    within = (each for each in document.clauses if each.line <= link.line <= each.line + each.text.count("\n"))
    clause = next(within, None)
    return (
        clause is not None
        and link.target in forms
        and any(case.workspace.is_in_use(forms[id]) for id in asked(document, clause) if id in forms)
    )


RULE = Rule(
    "DOC214",
    "target-not-in-use",
    Severity.WARNING,
    Text("{target} 属于 {profiles}，本工作区没有启用", "{target} is for {profiles}, which is not switched on here"),
    Text(
        "在 csdocs.yaml 的 profiles 中加上 {profiles}，或删去这处引用",
        "add {profiles} to profiles in csdocs.yaml, or take the mention out",
    ),
    check,
)
