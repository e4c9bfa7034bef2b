"""Records made by hand and put before the rules, forms and checks of this very repository."""

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from csdocs.load.holdings.tree import Disagreement, Tree, summarise
from csdocs.load.index.gathered import tree_of
from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace
from csdocs.model.place import CHECKS
from csdocs.parse.emit import emit

ARMOUR = "-----BEGIN SSH SIGNATURE-----\nnone\n-----END SSH SIGNATURE-----"
DAY = "2026-12-01"

# Staff of the reference department: S0002 manager, S0003 and S0004 supervisors, S0008 data clerk, S0009 custodian and safety
# officer, S0010 and S0011 team leaders, S0012 trainer, S0006 and S0024 supervision group, S1001 … agents.


class TimeOfDay(str):
    """A time alone, which a record writes as it is."""


def moment(text: str) -> str:
    """`09:30` on the usual day, or `2026-12-04 09:30`, as a record writes it; any other text as it is."""
    if not re.fullmatch(r"(\d{4}-\d\d-\d\d )?\d\d:\d\d", text):
        return text
    day, _, time = text.rpartition(" ")
    return f"{day or DAY}T{time}:00+08:00"


def spelled(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return {key: spelled(each) for key, each in value.items()}
    if isinstance(value, list):
        return [spelled(each) for each in value]
    return str(value) if isinstance(value, TimeOfDay) else moment(str(value))


class Desk:
    """Where records of a test are filled in; signatures are not checked, everything else is."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.cases: list[RecordCase] = []
        self._trees: dict[tuple[tuple[str, bytes], ...], Tree] = {}

    def file(
        self, form: str, id: str, data: Mapping[str, Any], signed: Sequence[tuple[str, ...]] = (), by: str = "S0003"
    ) -> RecordCase:
        """A record with `signed` steps: (step, staff number, moment[, row key])."""
        first = moment(signed[0][2] if signed else "08:00")
        tree = {
            "record": id,
            "form": form,
            "form_revision": "1",
            "org_unit": "D-CS",
            "created_by": by,
            "created_at": first,
            "data": spelled(data),
            "signatures": [self._signature(form, *each) for each in signed],
        }
        folder = self.workspace.forms[form].directory
        path = f"records/{folder}/{id}.yaml"
        data_bytes = emit(tree).encode()
        case = RecordCase(self.workspace, path, data_bytes, signatures=False, query=self._query)
        self.cases.append(case)
        return case

    def _signature(self, form: str, step: str, by: str, at: str, row: str = "") -> dict[str, Any]:
        at = moment(at)
        person = self.workspace.register.person[by]
        post = person.tenures(datetime.fromisoformat(at).date())[0].post
        of = self.workspace.forms[form].step_by_id[step]
        rows = {"row": {of.per: {self.workspace.forms[form].fields[of.per].key: row}}} if of.per and row else {}  # type: ignore[union-attr]
        fixed = {"form_sha256": "0" * 64, "attests": "x", "covers": {}, "signature": ARMOUR}
        return {"step": step, "decision": "sign", "by": by, "post": post, "at": at, **fixed, **rows}

    def _query(self, name: str, case: RecordCase, values: Mapping[str, Any]) -> Any:
        return self.tree(without=case.path).query(name, case, values)

    def tree(self, without: str = "") -> Tree:
        """The records as queries and checks see them: what a query answers is not in the tables."""
        latest = {each.path: each for each in self.cases if each.path != without}
        seen = tuple((path, each.data) for path, each in latest.items())
        if seen not in self._trees:
            plain = [RecordCase(self.workspace, path, each.data, signatures=False) for path, each in latest.items()]
            self._trees[seen] = tree_of(self.workspace, filter(None, map(summarise, plain)))
        return self._trees[seen]

    def disagreements(self, check: str, field: str | None = None) -> list[str]:
        """Records that a check across records complains of; with `field` in this field of theirs."""
        found = self.disagreeing(check)
        return [name_of(each.path) for each in found if field in (None, each.route[-1])]

    def disagreeing(self, *checks: str) -> list[Disagreement]:
        return disagreeing(self.tree(), *checks)


def disagreeing(tree: Tree, *checks: str) -> list[Disagreement]:
    """What checks across records find, these or all, each of which can be run."""
    paths = [f"{CHECKS}{check}.sql" for check in checks] or tree.checks
    found = [each for path in paths for each in tree.disagreements_of(path)]
    assert not tree.query_failures
    return found


def name_of(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


def broken(case: RecordCase) -> list[str]:
    """Ids of the rules and deadlines that do not hold; every expression must have had a value."""
    assert case.parsed.record is not None, case.parsed.problems
    assert not case.typed.problems, case.typed.problems
    rules = [verdict.rule.id for verdict in case.rule_verdicts]
    deadlines = [verdict.deadline.id for verdict in case.deadlines if verdict.missed]
    assert not case.failures, case.failures
    return [*rules, *deadlines]


def lacking(case: RecordCase) -> list[str]:
    """Fields that have fallen due and are empty, those of rows included."""
    return [".".join(part for part in route if isinstance(part, str)) for route, _ in case.missing]


def outcome(case: RecordCase) -> tuple[list[str], list[str], str]:
    """What is broken, what is lacking, and the state that was reached."""
    return broken(case), lacking(case), case.progress.state


FINE: tuple[list[str], list[str], str] = ([], [], "closed")


def clean(case: RecordCase, state: str = "closed") -> None:
    """The record went through without anything wrong or missing."""
    assert outcome(case) == ([], [], state)


def unlike(sheet: Mapping[str, Any], /, **data: Any) -> dict[str, Any]:
    """The sheet with other values; None leaves a field out."""
    return {name: value for name, value in {**sheet, **data}.items() if value is not None}


def altered_workspace(root: Path, copy: Path, at: datetime, **values: str) -> Workspace:
    """A copy of the rule book in which some parameters have another value."""
    for folder in ("handbook", "templates"):
        shutil.copytree(root / folder, copy / folder)
    shutil.copy(root / "csdocs.yaml", copy)
    subprocess.run(["git", "init", "-q", str(copy)], check=True)
    for path in (copy / "handbook/regulations").glob("*.md"):
        text = path.read_text("utf-8")
        for id, value in values.items():
            text = re.sub(rf"(  - id: {id}\n(?:    .*\n)*?    value: ).*", rf'\g<1>"{value}"', text)
        path.write_text(text, "utf-8")
    return Workspace(copy, at)


def duty(desk: Desk, day: str, *staff: str) -> RecordCase:
    data = {
        "duty_date": day,
        "shift": "early",
        "supervisor": "S0003",
        "on_duty": [{"staff": each, "seat": f"A0{n}"} for n, each in enumerate(staff, 1)],
    }
    return desk.file("F-DUTYLOG", f"ZB-{day.replace('-', '')}-early", data, [("open", "S0003", f"{day} 08:01")])
