"""# 起草人不能提交

## 检查什么

尚未获批的一版，其 drafted_by 写的人必须登记在 handbook/people.yaml，并且在该版修订记录的 date
当日担任岗位。已获批的各版不再追究；工作区启用以前不检查。

## 为什么重要

每一版由起草人签字提交。登记册里没有这个人，或者此人当日已不在岗，这一版就没有人能提交，
写得再好也批不下来。早点知道，不必等到提交那一天。

## 示例

    date: 2026-11-10
    drafted_by: [S0070]     # 错：登记册中没有 S0070
    drafted_by: [S0007]     # 对

## 如何处理

改成实际起草的人。此人确在岗而登记册没有写的，先登记或更正任职日期。

---

# Drafter cannot submit

## What it checks

Of a revision that is not approved yet, everybody in `drafted_by` must be in handbook/people.yaml and
have held a post on the `date` of its change entry. What is approved is left alone, and nothing is
asked before the workspace is opened.

## Why it matters

The drafters submit each revision with their signatures. If one of them is not in the register, or
had no post that day, nobody can submit it, and however good it is it cannot be approved. Better to
know at once than on the day of submitting.

## Example

    date: 2026-11-10
    drafted_by: [S0070]     # wrong: S0070 is not in the register
    drafted_by: [S0007]     # right

## How to fix

Name who really drafted it. If that person does hold a post, enter them in the register or correct
the tenure first.
"""

from collections.abc import Iterator

from csdocs.load.workspace import Workspace
from csdocs.model.control import Change, Control
from csdocs.model.finding import Problem, Severity
from csdocs.model.person import Register
from csdocs.model.text import Text
from csdocs.rules.rule import STAFF, Rule

_UNKNOWN = Text("登记册中没有", "is not in the register")
_WITHOUT_POST = Text("{day} 不担任任何岗位", "held no post on {day}")


def check(workspace: Workspace) -> Iterator[Problem]:
    if workspace.in_set_up:
        return
    for path, control in _controls(workspace):
        found = [*_hindrances(workspace.register, control)]
        approved = _approved(workspace, path) if found else 0
        for index, place, drafter, reason in found:
            if control.changes[index].revision > approved:
                at = ("changes", index, "drafted_by", place)
                yield Problem("drafter-cannot-submit", at, {"path": path, "by": drafter, "reason": reason})


def _controls(workspace: Workspace) -> Iterator[tuple[str, Control]]:
    documents, forms = workspace.controls, workspace.loaded_forms
    yield from ((workspace.document_paths[id], control) for id, control in documents.items())
    yield from ((path, loaded.form) for path, loaded in forms.items() if loaded.form is not None)


def _hindrances(register: Register, control: Control) -> Iterator[tuple[int, int, str, Text]]:
    """Which change entry, which of its drafters, and why they cannot submit it."""
    for index, entry in enumerate(control.changes):
        for place, drafter in enumerate(entry.drafted_by):
            reason = _hindrance(register, drafter, entry)
            if reason is not None:
                yield index, place, drafter, reason


def _hindrance(register: Register, drafter: str, entry: Change) -> Text | None:
    person = register.person.get(drafter)
    if person is None:
        return _UNKNOWN
    return None if person.tenures(entry.date) else _WITHOUT_POST.format(day=entry.date)


def _approved(workspace: Workspace, path: str) -> int:
    """The number of the last approved revision."""
    approved = workspace.revisions.get(path)
    return approved[-1].number if approved else 0


RULE = Rule(
    "WSP528",
    "drafter-cannot-submit",
    Severity.ERROR,
    Text("起草人 {by} {reason}，不能提交这一版", "drafter {by} {reason} and cannot submit this revision"),
    Text(
        "drafted_by 写实际起草的人；登记册有误的先更正 handbook/people.yaml",
        "name who drafted it in `drafted_by`; if the register is wrong, correct handbook/people.yaml first",
    ),
    check,
    rests_on=STAFF,
)
