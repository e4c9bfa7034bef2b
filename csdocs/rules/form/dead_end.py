"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import FormCase
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
