"""# 负责岗位不存在

## 检查什么

owner 必须是 handbook/organisation.yaml 中的岗位。写岗位，不写人名。

## 为什么重要

文件到期要复审、有疑问要解释，都找负责岗位。岗位不存在，这份文件就没有人管。

## 示例

    owner: R-HOST            # 错：没有这个岗位
    owner: R-SUPERVISOR      # 对

## 如何处理

改成现有的岗位；新设的岗位先登记到 handbook/organisation.yaml。

---

# Owner post unknown

## What it checks

`owner` must be a post of handbook/organisation.yaml; a post, not a person.

## Why it matters

The owner reviews the document when it is due and explains it. Without that post nobody looks after
it.

## Example

    owner: R-HOST            # wrong: no such post
    owner: R-SUPERVISOR      # right

## How to fix

Name a post that exists, or enter the new post in handbook/organisation.yaml first.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import DocumentCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import POSTS, Rule


def check(case: DocumentCase) -> Iterator[Problem]:
    owner = case.document.control.owner
    if owner not in case.workspace.register.post:
        yield Problem("owner-post-unknown", ("owner",), {"post": owner})


RULE = Rule(
    "DOC212",
    "owner-post-unknown",
    Severity.ERROR,
    Text("没有岗位 {post}", "there is no post {post}"),
    Text("岗位见 handbook/organisation.yaml", "see handbook/organisation.yaml for the posts"),
    check,
    rests_on=POSTS,
)
