"""Hand-made records of the shift forms, judged by the rule book of this repository without keys or files."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from desk import disagreeing

from csdocs.check.whole import judge_record
from csdocs.load.holdings.tree import Tree, summarise
from csdocs.load.index.gathered import tree_of
from csdocs.load.record.case import RecordCase
from csdocs.load.rulebook.terms import Terms
from csdocs.load.workspace import Workspace
from csdocs.parse.emit import emit

ROOT = Path(__file__).resolve().parents[2]
NOW = dt.datetime.fromisoformat("2027-03-01T09:00:00+08:00")

AGENT, OTHER, THIRD = "S1001", "S1002", "S1003"
LEADER, OTHER_LEADER, SUPERVISOR, MANAGER, COMPANY = "S0011", "S0012", "S0003", "S0002", "S0001"
CLERK, SCHEDULER, HR = "S0008", "S0010", "S0024"
POSTS = {
    LEADER: "R-TEAMLEAD",
    OTHER_LEADER: "R-TEAMLEAD",
    SUPERVISOR: "R-SUPERVISOR",
    MANAGER: "R-DEPTMGR",
    COMPANY: "R-LEADER",
    CLERK: "R-CLERK",
    SCHEDULER: "R-SCHEDULER",
    HR: "R-HR",
}
Signed = tuple[str, str, str]  # step, staff number, moment


@cache
def workspace() -> Workspace:
    return Workspace(ROOT)


def at(day: str, time: str) -> str:
    return f"{day}T{time}:00+08:00"


def record(
    form: str, id: str, data: Mapping[str, Any], signed: Sequence[Signed] = (), *, now: dt.datetime = NOW, **param: Any
) -> RecordCase:
    """A record judged at `now`; `param` overrides parameters of the rule book."""
    created = signed[0][2] if signed else at("2026-11-02", "09:00")
    tree = {
        "record": id,
        "form": form,
        "form_revision": "1",
        "org_unit": "D-CS",
        "created_by": AGENT,
        "created_at": created,
        "data": data,
        **({"signatures": [_signature(*each) for each in signed]} if signed else {}),
    }
    case = RecordCase(workspace(), f"records/{id}.yaml", emit(tree).encode(), signatures=False, now=now)
    assert case.parsed.record is not None, case.parsed.problems
    if param:
        alter(case, **param)
    assert not case.typed.problems, case.typed.problems
    return case


def alter(case: RecordCase, **param: Any) -> None:
    """Judge a record by other parameters."""
    shared = case.terms
    terms = Terms(shared.workspace, shared.id, shared.form, shared.revision, shared.day)
    terms.__dict__["parameters"] = shared.parameters._replace(values={**shared.parameters.values, **param})
    case.__dict__["terms"] = terms


def _signature(step: str, by: str, moment: str) -> dict[str, Any]:
    step, _, row = step.partition("#")
    rows = {"row": {"people": {"no": row}}} if row else {}
    return {
        "step": step,
        "decision": "sign",
        "by": by,
        "post": POSTS.get(by, "R-AGENT"),
        "at": moment,
        "form_sha256": "0" * 64,
        "attests": "属实",
        "covers": {"any": ["any"]},
        **rows,
        "signature": "-----BEGIN SSH SIGNATURE-----\nnone\n-----END SSH SIGNATURE-----",
    }


def broken(case: RecordCase) -> set[str]:
    """The form's own rules that do not hold, and the deadlines that were missed."""
    assert not case.failures, case.failures
    late = {verdict.deadline.id for verdict in case.deadlines if verdict.missed}
    return {verdict.rule.id for verdict in case.rule_verdicts} | late


def clauses(case: RecordCase) -> set[str]:
    return {verdict.rule.breaks for verdict in case.rule_verdicts if verdict.rule.breaks}


def said(case: RecordCase) -> list[str]:
    """Everything `check` has to say about the record, by the names of the rules."""
    return [finding.rule for finding in judge_record(case)]


def tree(cases: Iterable[RecordCase]) -> Tree:
    return tree_of(workspace(), filter(None, map(summarise, cases)))


def disagreements(*cases: RecordCase) -> list[tuple[str, str]]:
    """Workspace checks that found something in these records: name and record."""
    return [(each.check, Path(each.path).stem) for each in disagreeing(tree(cases))]


def messages(*cases: RecordCase) -> list[str]:
    return [each.message.zh for each in disagreeing(tree(cases))]
