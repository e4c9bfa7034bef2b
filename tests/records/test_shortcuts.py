"""What spares work while a record is judged says nothing else than doing the work: on records as they are, and on spoilt ones."""

import datetime as dt
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generate import START, generate
from csdocs.check.whole import _asking, judge_record
from csdocs.load.holdings.tree import summarise
from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace, open_workspace
from csdocs.model.finding import Finding
from csdocs.rules import rules

ROOT = Path(__file__).parents[2]
_LINE = re.compile(r"( *(?:- )?[a-z_]+: )(.*)\n")
PEOPLE = ("S0001", "S0007", "S2021", "S9999")
DECISIONS = ("reject", "return", "void", "withdraw")
EDITS: tuple[tuple[str, Callable[[random.Random], str]], ...] = (
    (r"S\d{4}", lambda dice: dice.choice(PEOPLE)),
    (r"20\d\d-\d\d-\d\d", lambda dice: f"202{dice.randint(5, 7)}-{dice.randint(1, 12):02}-{dice.randint(1, 29):02}"),
    (r"T\d\d:\d\d", lambda dice: f"T{dice.randint(0, 23):02}:{dice.randint(0, 59):02}"),
    (r"decision: sign", lambda dice: f"decision: {dice.choice(DECISIONS)}"),
    (r"\d+", lambda dice: str(dice.randint(0, 99))),
    (r"true|false", lambda dice: dice.choice(("true", "false"))),
    (r"\[[a-z_]+, ", lambda dice: "["),
)


def _spoilt(dice: random.Random, lines: list[str]) -> str:
    """Still YAML, mostly: a line is lost, moved or written twice, or something in it is another one."""
    for _ in range(dice.randint(1, 2)):
        here, there = dice.randrange(len(lines)), dice.randrange(len(lines))
        match dice.randrange(5):
            case 0:
                del lines[here]
            case 1:
                lines[here], lines[there] = lines[there], lines[here]
            case _:
                spelling, other = dice.choice(EDITS)
                at = [number for number, line in enumerate(lines) if re.search(spelling, line)] or [here]
                here = dice.choice(at)
                lines[here] = re.sub(spelling, lambda _, other=other: other(dice), lines[here], count=1)  # type: ignore[misc]
    return "".join(lines)


def _records(root: Path, every: int, copies: int) -> Iterator[tuple[str, bytes]]:
    dice = random.Random(3)
    for path in sorted(root.glob("records/**/*.yaml"))[::every]:
        text = path.read_text("utf-8")
        yield path.relative_to(root).as_posix(), text.encode()
        for _ in range(copies):
            yield path.relative_to(root).as_posix(), _spoilt(dice, text.splitlines(keepends=True)).encode()


def _said(workspace: Workspace, records: list[tuple[str, bytes]]) -> list[tuple[set[Finding], Any]]:
    said = []
    for path, data in records:
        case = RecordCase(workspace, path, data, signatures=False)
        summary = summarise(case)
        said.append((set(judge_record(case)), summary and summary._replace(values=dict(summary.values))))
    return said


@pytest.fixture
def the_long_way(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def take() -> None:
        every = _asking(rule._replace(among=None) for rule in rules("record"))
        monkeypatch.setattr("csdocs.check.whole._asked", lambda _: every)
        monkeypatch.setattr("csdocs.load.rulebook.compiled.all_hold", lambda _: lambda *_: False)
        monkeypatch.setattr("csdocs.load.rulebook.terms.Terms.fixed", {})
        monkeypatch.setattr("csdocs.model.field.FieldBase.own_schema", lambda _: None)
        monkeypatch.setattr("csdocs.parse.plainrecord.PlainRecordReader.read", lambda *_: None)

    return take


def test_spoilt_records_of_many_forms(the_long_way: Callable[[], None]) -> None:
    records = list(_records(ROOT, 3, 3))
    quick = _said(open_workspace(ROOT), records)
    the_long_way()
    _are_the_same(records, quick, _said(open_workspace(ROOT), records))


def test_spoilt_records_of_a_busy_department(tmp_path: Path, the_long_way: Callable[[], None]) -> None:
    generate(tmp_path, 50, 7)
    records, day = list(_records(tmp_path, 1, 6)), START + dt.timedelta(1)
    quick = _said(open_workspace(tmp_path, day), records)
    the_long_way()
    _are_the_same(records, quick, _said(open_workspace(tmp_path, day), records))


def _are_the_same(records: list[tuple[str, bytes]], quick: list[Any], long: list[Any]) -> None:
    assert len({finding.rule for findings, _ in quick for finding in findings}) > 20, "too few kinds of trouble"
    for (path, data), one, other in zip(records, quick, long, strict=True):
        assert one == other, f"{path}\n{data.decode()}"
