"""# 岗位无人担任

## 检查什么

表单要求某岗位签字、作废或负责，而登记册里目前没有人担任该岗位。这是警告，不影响使用。未启用行业的表单和岗位不查。

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

The form needs a post to sign, to void or to answer for it, and at present nobody in the register
holds it. This is a warning. Forms and posts of an industry that is not switched on are passed over.

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

from csdocs.load.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    workspace, register = case.workspace, case.workspace.register
    for post, route in case.posts() if workspace.is_in_use(case.form) else ():
        known = register.post.get(post)
        if known and workspace.is_in_use(known) and not register.holders(post, workspace.today):
            yield Problem("post-without-holder", route, {"post": post})


RULE = Rule(
    "FRM407",
    "post-without-holder",
    Severity.WARNING,
    Text("岗位 {post} 现在无人担任", "nobody holds the post {post}"),
    Text(
        "在 handbook/people.yaml 中任命，或改用其他岗位",
        "appoint somebody in handbook/people.yaml, or name another post",
    ),
    check,
)
