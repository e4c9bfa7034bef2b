"""# 岗位无人担任

## 检查什么

启用的表单要求某岗位签字、作废或负责，而登记册里目前没有人担任该岗位。每个岗位报一次，并列出要用到它的表单。这是警告，不影响使用。未启用行业的表单和岗位不查。

## 为什么重要

记录会停在这一步，等一个不存在的人签字。

## 示例

    by: {post: R-HOST}       # 错：登记册中无人担任
    by: {post: R-AGENT}      # 对

## 如何处理

在 handbook/people.yaml 给担任者加上一条任职；岗位已经取消的，表单改用其他岗位并升一版。

---

# Post without a holder

## What it checks

Forms in use need a post to sign, to void or to answer for them, and at present nobody in the register
holds it. Each post is named once, with the forms that need it. This is a warning. Forms and posts of an
industry that is not switched on are passed over.

## Why it matters

Records will stop at that step and wait for a person who is not there.

## Example

    by: {post: R-HOST}       # wrong: nobody in the register holds it
    by: {post: R-AGENT}      # right

## How to fix

Enter a tenure for the holder in handbook/people.yaml. If the post was abolished, name another one
and raise the form's revision.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.load.workspace import Workspace
from csdocs.model.finding import Problem, Severity
from csdocs.model.place import ORGANISATION
from csdocs.model.text import COMMA, Text
from csdocs.rules.rule import STAFF, Rule

_NAMED = 3  # forms


def check(workspace: Workspace) -> Iterator[Problem]:
    if not workspace.register.people:  # then one finding says so, not one for each post
        return
    needed = _needed(workspace)
    for index, post in enumerate(workspace.register.posts):
        forms = needed.get(post.id)
        if forms and workspace.is_in_use(post) and not workspace.register.holders(post.id, workspace.today):
            values = {"path": ORGANISATION, "post": post.id, "name": post.name, "forms": _few(sorted(forms))}
            yield Problem("post-without-holder", ("posts", index, "id"), values)


def _needed(workspace: Workspace) -> dict[str, set[str]]:
    """Ids of forms in use by the posts that they name."""
    out: dict[str, set[str]] = {}
    for path, loaded in workspace.loaded_forms.items():
        if loaded.form is not None and workspace.is_in_use(loaded.form):
            for post, _ in FormCase(workspace, loaded.form, path).posts():
                out.setdefault(post, set()).add(loaded.form.id)
    return out


def _few(forms: list[str]) -> Text:
    named, more = COMMA.join(forms[:_NAMED]), len(forms) - _NAMED
    said = Text("{named} 等 {all} 个表单", "{named} and {more} more")
    return said.format(named=named, all=len(forms), more=more) if more > 0 else named


RULE = Rule(
    "WSP526",
    "post-without-holder",
    Severity.WARNING,
    Text(
        "岗位 {post}（{name}）现在无人担任，需要它的有 {forms}",
        "nobody holds the post {post} ({name}), needed by {forms}",
    ),
    Text(
        "在 handbook/people.yaml 中任命，或改用其他岗位",
        "appoint somebody in handbook/people.yaml, or name another post",
    ),
    check,
    rests_on=STAFF,
)
