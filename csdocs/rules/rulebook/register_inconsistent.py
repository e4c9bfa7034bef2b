"""# 登记册前后不一致

## 检查什么

任职写的岗位和部门、岗位的上级、部门的负责岗位，都必须在 handbook/organisation.yaml 中登记。
csdocs.yaml 的审批规则所写的岗位，也要登记；所写的名额组，要么是岗位，要么在 groups 中列出。
根密钥的持有人、代理双方、例外的批准人，都必须在 handbook/people.yaml 中登记；已离职的人仍算登记。

## 为什么重要

谁能签什么由登记册推算。一处对不上，就会有人签不了字，或者上级找不到人；名额组写错一个字母，
这类文件就再也没有人能批准；例外的批准人查无此人，这个例外就没有人负责。

## 示例

    - {id: R-AGENT, name: {zh: 客服专员, en: Agent}, superior: R-TEAMLEAD}       # 错：没有登记
    - {id: R-AGENT, name: {zh: 客服专员, en: Agent}, superior: R-SUPERVISOR}     # 对

## 如何处理

改正编号，或者先登记新的岗位、部门。岗位取消时，先给任职者填上 until，再改上级关系。

---

# Register inconsistent

## What it checks

The post and department of a tenure, the superior of a post and the head of a department must all be
in handbook/organisation.yaml. So must the posts that the review policy in csdocs.yaml names; a group
that a quorum names is a post or listed under `groups`. Whoever holds a root key, stands in for another,
is stood in for, or approved an exception or a waiver must be in handbook/people.yaml; people who have
left are still in it.

## Why it matters

Who may sign is worked out from the register. One wrong name, and somebody cannot sign or a superior
cannot be found. One wrong letter in a group, and nobody can approve such files any more. Nobody answers
for a waiver whose approver does not exist.

## Example

    - {id: R-AGENT, name: {zh: 客服专员, en: Agent}, superior: R-TEAMLEAD}       # wrong: not in the register
    - {id: R-AGENT, name: {zh: 客服专员, en: Agent}, superior: R-SUPERVISOR}     # right

## How to fix

Correct the id, or enter the new post or department. When a post is abolished, end its tenures with
`until` first.
"""

from collections.abc import Collection, Iterator, Mapping

from csdocs.load.workspace import Workspace
from csdocs.model.finding import Problem, Route, Severity
from csdocs.model.place import CONFIG, ORGANISATION, PEOPLE, WAIVERS
from csdocs.model.policy import groups_named
from csdocs.model.text import Text
from csdocs.rules.rule import POSTS, STAFF, Rule

_PERSON, _POST, _DEPARTMENT = Text("员工", "person"), Text("岗位", "post"), Text("部门", "department")
_GROUP = Text("名额组", "group")
_WHERE = {_PERSON: PEOPLE, _POST: ORGANISATION, _DEPARTMENT: ORGANISATION, _GROUP: CONFIG}
_LISTED = {_PERSON: STAFF, _POST: POSTS, _DEPARTMENT: POSTS, _GROUP: POSTS}  # a post is a group as well


def check(workspace: Workspace) -> Iterator[Problem]:
    register = workspace.register
    known: Mapping[Text, Collection[str]] = {
        _PERSON: register.person,
        _POST: register.post,
        _DEPARTMENT: register.department,
        _GROUP: {**register.post, **workspace.settings.review.groups},
    }
    for path, what, name, at in (*_posts(workspace), *_policy(workspace), *_approvers(workspace)):
        if name not in known[what] and workspace.unread.isdisjoint(_LISTED[what]):
            yield Problem(
                "register-inconsistent", at, {"path": path, "what": what, "name": name, "where": _WHERE[what]}
            )


_Named = tuple[str, Text, str, Route]


def _posts(workspace: Workspace) -> Iterator[_Named]:
    register = workspace.register
    for i, person in enumerate(register.people):
        for j, tenure in enumerate(person.posts):
            yield PEOPLE, _POST, tenure.post, ("people", i, "posts", j, "post")
            yield PEOPLE, _DEPARTMENT, tenure.department, ("people", i, "posts", j, "department")
    for i, post in enumerate(register.posts):
        if post.superior:
            yield ORGANISATION, _POST, post.superior, ("posts", i, "superior")
    for i, unit in enumerate(register.departments):
        yield ORGANISATION, _POST, unit.head, ("departments", i, "head")


def _policy(workspace: Workspace) -> Iterator[_Named]:
    policy = workspace.settings.review
    for group, posts in policy.groups.items():
        yield from ((CONFIG, _POST, post, ("review", "groups", group)) for post in posts)
    for i, rule in enumerate(policy.rules):
        at: Route = ("review", "rules", i)
        yield from ((CONFIG, _GROUP, group, (*at, "approve")) for group in groups_named(rule.approve))
        for kind, quorum in rule.by_kind.items():
            yield from ((CONFIG, _GROUP, group, (*at, "by_kind", kind)) for group in groups_named(quorum))
    for i, deputy in enumerate(policy.deputies):
        yield CONFIG, _PERSON, deputy.absent, ("review", "deputies", i, "absent")
        yield CONFIG, _PERSON, deputy.deputy, ("review", "deputies", i, "deputy")


def _approvers(workspace: Workspace) -> Iterator[_Named]:
    settings = workspace.settings
    for i, key in enumerate(settings.root_keys):
        yield CONFIG, _PERSON, key.person, ("root_keys", i, "person")
    for i, exemption in enumerate(settings.review.exceptions):
        yield CONFIG, _PERSON, exemption.approver, ("review", "exceptions", i, "approver")
    for i, waiver in enumerate(workspace.waivers.waivers):
        yield WAIVERS, _PERSON, waiver.approver, ("waivers", i, "approver")


RULE = Rule(
    "WSP513",
    "register-inconsistent",
    Severity.ERROR,
    Text("{what} {name} 没有登记", "the {what} {name} is not in the register"),
    Text("改为已登记的，或先登记到 {where}", "name one that is registered, or register it in {where} first"),
    check,
)
