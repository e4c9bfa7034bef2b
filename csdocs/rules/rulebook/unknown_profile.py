"""# 没有这个行业

## 检查什么

csdocs.yaml 的 profiles 中每个代码，都应当有制度或表单属于它。

## 为什么重要

写错一个字母，整个行业的制度和表单就悄悄地没有启用。

## 示例

    profiles: [GEN, TELE]     # 错
    profiles: [GEN, TEL]      # 对

## 如何处理

核对代码，改成下面列出的某一个；行业的制度还没有写好的，写好以后再启用。

---

# Unknown profile

## What it checks

Every code in `profiles` of csdocs.yaml must be that of some document or form.

## Why it matters

One wrong letter, and the rules and forms of a whole industry are silently off.

## Example

    profiles: [GEN, TELE]     # wrong
    profiles: [GEN, TEL]      # right

## How to fix

Correct the code. If the rules of the industry are not written yet, switch it on when they are.
"""

from collections.abc import Iterator

from csdocs.load.workspace import Workspace
from csdocs.model.control import GENERAL
from csdocs.model.finding import Problem, Severity
from csdocs.model.place import CONFIG
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(workspace: Workspace) -> Iterator[Problem]:
    known = {*GENERAL, *(code for d in workspace.documents.values() for code in d.control.profile)}
    if known.issuperset(workspace.settings.profiles) or workspace.unread_documents:
        return
    known.update(code for form in workspace.forms.values() for code in form.profile)
    for index, code in enumerate(workspace.settings.profiles):
        if code not in known:
            values = {"path": CONFIG, "profile": code, "known": " ".join(sorted(known))}
            yield Problem("unknown-profile", ("profiles", index), values)


RULE = Rule(
    "WSP520",
    "unknown-profile",
    Severity.ERROR,
    Text("没有属于 {profile} 的制度或表单", "no document or form is for {profile}"),
    Text("可用的行业：{known}", "the industries there are: {known}"),
    check,
)
