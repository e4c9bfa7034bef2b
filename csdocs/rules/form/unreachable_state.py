"""# 状态无法到达

## 检查什么

states 中列出的状态、步骤转入的状态，都要能从草稿出发一步步走到。

## 为什么重要

走不到的状态永远不会出现：以它为起点的步骤没有人能签，等它的期限也不会开始。

## 示例

    states:
      - {id: checked, label: {zh: 已复核, en: Checked}}
    steps:
      - {id: fill, …, to: filled}
      - {id: approve, …, from: checked, to: closed}     # 错：没有步骤转入 checked
      - {id: approve, …, from: filled, to: closed}      # 对

## 如何处理

补上转入该状态的步骤，或者删去该状态，改正步骤的 from 和 to。

---

# Unreachable state

## What it checks

Every state listed under `states`, and every state that a step leads to, can be reached step by step from the draft.

## Why it matters

Nothing is ever in a state that cannot be reached: nobody can sign the steps that begin there, and no deadline that waits for it
begins.

## Example

    states:
      - {id: checked, label: {zh: 已复核, en: Checked}}
    steps:
      - {id: fill, …, to: filled}
      - {id: approve, …, from: checked, to: closed}     # wrong: no step leads to checked
      - {id: approve, …, from: filled, to: closed}      # right

## How to fix

Add the step that leads there, or take the state out and correct `from` and `to` of the steps.
"""

from collections.abc import Iterator

from csdocs.load.rulebook.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.form import CLOSED
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    form, reached = case.form, case.entered
    for index, state in enumerate(form.states):
        if state.id not in reached and state.id != CLOSED:
            yield Problem("unreachable-state", ("states", index), {"state": state.label})
    listed = {state.id for state in form.states}
    for index, step in enumerate(form.steps):
        target = form.transitions[step.id][1]
        if target not in reached and target not in listed:
            label = form.state_labels.get(target, step.title)
            yield Problem("unreachable-state", ("steps", index), {"state": label})


RULE = Rule(
    "FRM421",
    "unreachable-state",
    Severity.ERROR,
    Text("状态“{state}”无法到达", "the state “{state}” can never be reached"),
    Text("补上转入该状态的步骤，或删去它", "add a step that leads there, or take it out"),
    check,
)
