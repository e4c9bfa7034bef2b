"""# 没有这个岗位

## 检查什么

表单提到的岗位必须登记在 handbook/organisation.yaml：负责岗位、作废权限、签字岗位、
员工字段限定的岗位。

## 为什么重要

岗位不存在，就没有人有资格签这一步，记录永远办不完。

## 示例

    by: {post: R-HOST}       # 错
    by: {post: R-AGENT}      # 对

## 如何处理

核对岗位编号（以 R- 开头）；新岗位先登记。

---

# Unknown post

## What it checks

Every post that a form names must be in handbook/organisation.yaml: owner, who may void, who signs,
which staff a field takes.

## Why it matters

If the post does not exist nobody is entitled to sign, and the record can never be closed.

## Example

    by: {post: R-HOST}       # wrong
    by: {post: R-AGENT}      # right

## How to fix

Check the id of the post (it begins with R-); enter a new post in the register first.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.suggestion import suggestion
from csdocs.model.text import Text
from csdocs.rules.rule import POSTS, Rule


def check(case: FormCase) -> Iterator[Problem]:
    for post, route in case.posts():
        if post not in case.workspace.register.post:
            yield Problem(
                "unknown-post", route, {"post": post, "meant": suggestion(post, case.workspace.register.post)}
            )


RULE = Rule(
    "FRM408",
    "unknown-post",
    Severity.ERROR,
    Text("没有岗位 {post}{meant}", "there is no post {post}{meant}"),
    Text("岗位见 handbook/organisation.yaml", "see handbook/organisation.yaml for the posts"),
    check,
    rests_on=POSTS,
)
