"""# 状态没有出路

## 检查什么

记录能够到达的每个状态，都要有步骤通向某个终态（已结案、已驳回等）。

## 为什么重要

停在死路上的记录永远结不了案，既不算完成，也不会到期销毁。

## 示例

    - {id: park, from: draft, to: parked, …}          # 错：之后没有步骤

    - {id: resume, from: parked, to: closed, …}       # 对：从 parked 可以继续

## 如何处理

补一个离开该状态的步骤；或者在 states 里把它标为 final: true，如果办理到此为止。

---

# Dead end

## What it checks

From every state that a record can reach, steps must lead to a final one, such as closed or
rejected.

## Why it matters

A record in a dead end can never be closed. It counts as unfinished for ever and never reaches the
end of its retention.

## Example

    - {id: park, from: draft, to: parked, …}          # wrong: no step follows

    - {id: resume, from: parked, to: closed, …}       # right: leads on from parked

## How to fix

Add a step that leaves the state, or mark it `final: true` under `states` if the matter ends there.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    form = case.form
    leads = {state: {to for sources, to in form.transitions.values() if state in sources} for state in case.reachable}
    alive = {state for state in case.reachable if state in form.final_states}
    while grown := {state for state, to in leads.items() if to & alive} - alive:
        alive |= grown
    for state in sorted(case.reachable - alive):
        yield Problem("dead-end", ("steps",), {"state": form.state_labels.get(state, state)})


RULE = Rule(
    "FRM418",
    "dead-end",
    Severity.ERROR,
    Text("从状态“{state}”无法到达任何终态", "no final state can be reached from “{state}”"),
    Text("补上离开该状态的步骤", "add a step that leaves it"),
    check,
)
