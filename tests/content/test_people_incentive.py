"""Awards and penalties; monetary penalties are off unless the rule book switches them on."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, altered_workspace, broken, lacking

from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace

LATER = datetime.fromisoformat("2028-03-15T18:00:00+08:00")


@pytest.fixture(scope="module")
def fining(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return altered_workspace(root, tmp_path_factory.mktemp("fining"), LATER, fines_enabled="true")


@pytest.fixture
def strict(fining: Workspace) -> Desk:
    return Desk(fining)


def penalty(
    desk: Desk, violation: str, measure: str, id: str = "CF-202612-001", day: str = "2026-12-01", **data: Any
) -> RecordCase:
    fixed = {"staff": "S1001", "found_on": day, "violation": violation, "facts": "属实", "evidence": "5S-202612-001"}
    rest = {"serious": False, "proposer": "S0003", "measure": measure, "reasons": "按制度", "outcome_note": "已执行"}
    signed = [("propose", "S0003", f"{day} 09:00"), ("decide", "S0002", f"{day} 10:00")]
    signed += [("approve", "S0001", f"{day} 11:00")] if measure in ("suspend", "dismiss") else []
    signed += [("notify", "S1001", f"{day} 12:00"), ("execute", "S0024", f"{day} 13:00")]
    return desk.file("F-PENALTY", id, {**fixed, **rest, **data}, signed)


def test_while_fines_are_off_nobody_pays(desk: Desk) -> None:
    case = penalty(desk, "desk", "oral", quantity=2)
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    case = penalty(desk, "desk", "fine", quantity=2)
    assert (broken(case), case.all_values["amount"]) == (["fines_are_on"], 0)
    assert penalty(desk, "shared_damage", "compensate", chosen="120.00").all_values["amount"] == 0


@pytest.mark.parametrize(
    ("violation", "quantity", "amount"),
    [
        ("late", 1, "1.00"),
        ("late", 29, "29.00"),
        ("late", 30, "100.00"),
        ("absence", 3, "300.00"),
        ("absence", 4, "400.00"),
        ("desk", 2, "20.00"),
        ("mismatch", 1, "10.00"),
        ("member_error", 3, "30.00"),
        ("vehicle_safety", 1, "100.00"),
    ],
)
def test_amounts_follow_the_table(strict: Desk, violation: str, quantity: int, amount: str) -> None:
    case = penalty(strict, violation, "fine", quantity=quantity)
    assert (broken(case), case.all_values["amount"]) == ([], Decimal(amount))


def test_unrelated_activities_cost_10_then_30_then_the_post(strict: Desk) -> None:
    expected = [("fine", 10), ("fine", 30), ("dismiss", 0), ("dismiss", 0)]
    for n, (measure, amount) in enumerate(expected, 1):
        case = penalty(strict, "offtask", measure, f"CF-202612-00{n}", f"2026-12-0{n}")
        assert (broken(case), case.all_values["step"], case.all_values["amount"]) == ([], n, amount)
        assert case.progress.state == "closed"
    assert broken(penalty(strict, "offtask", "fine", "CF-202612-005", "2026-12-05")) == ["offtask_ladder"]


def test_repetition_is_counted_over_twelve_months(desk: Desk) -> None:
    penalty(desk, "uniform", "oral")
    assert penalty(desk, "desk", "oral", "CF-202702-001", "2027-02-01", quantity=1).all_values["step"] == 1
    assert penalty(desk, "uniform", "written", "CF-202712-001", "2027-12-01").all_values["step"] == 2
    alone = Desk(desk.workspace)
    penalty(alone, "uniform", "oral")
    assert penalty(alone, "uniform", "oral", "CF-202712-001", "2027-12-02").all_values["step"] == 1


def test_the_uniform_ladder(desk: Desk) -> None:
    assert broken(penalty(desk, "uniform", "written")) == ["uniform_ladder"]
    assert broken(penalty(desk, "uniform", "oral")) == []
    assert broken(penalty(desk, "uniform", "written", serious=True)) == []
    assert broken(penalty(desk, "uniform", "oral", "CF-202612-002", "2026-12-02")) == ["uniform_ladder"]


@pytest.mark.parametrize(
    ("violation", "chosen", "rule"),
    [
        ("meeting", "9.99", ["meeting_range"]),
        ("meeting", "10.00", []),
        ("meeting", "50.00", []),
        ("meeting", "50.01", ["meeting_range"]),
        ("agent_act", "19.99", ["agent_range"]),
        ("agent_act", "1000.00", []),
        ("agent_act", "1000.01", ["agent_range"]),
    ],
)
def test_ranges(strict: Desk, violation: str, chosen: str, rule: list[str]) -> None:
    case = penalty(strict, violation, "fine", chosen=chosen)
    assert (broken(case), case.all_values["amount"]) == (rule, Decimal(chosen))
    assert lacking(penalty(strict, violation, "fine")) == ["chosen"]


def test_a_penalty_is_decided_in_time_and_dismissal_by_the_leader(desk: Desk) -> None:
    assert broken(penalty(desk, "secret", "written", found_on="2026-11-26")) == []
    assert broken(penalty(desk, "secret", "written", found_on="2026-11-25")) == ["decided"]
    case = penalty(desk, "secret", "dismiss")
    assert case.progress.state == "closed" and "approve" in case.progress.signed


def award(desk: Desk, kind: str, amount: str, basis: str = "NP-2026-S1001") -> list[str]:
    data = {"date": "2026-12-31", "staff": "S1001", "proposer": "S0003", "award": kind, "basis": basis}
    signed = [("propose", "S0003", "2026-12-31 09:00"), ("confirm", "S0002", "2026-12-31 10:00")]
    signed.append(("approve", "S0001", "2026-12-31 11:00"))
    case = desk.file("F-AWARD", "JL-202612-001", {**data, "merits": "服务优秀", "amount": amount}, signed)
    assert (lacking(case), case.progress.state) == ([], "closed")
    return broken(case)


def test_awards_have_a_ground_and_their_amount(desk: Desk) -> None:
    assert award(desk, "excellent_cs", "0.00") == []
    assert award(desk, "excellent_cs", "0.00", "YP-202612-S1001") == ["best_of_year_by_annual_appraisal"]
    assert award(desk, "safety", "200.00") == []
    assert award(desk, "safety", "100.00") == ["safety_amount"]
    assert award(desk, "suggestion", "50.00") == award(desk, "data_error", "10.00") == []
    assert award(desk, "suggestion", "10.00") == ["suggestion_amount"]
    assert award(desk, "data_error", "50.00") == ["data_error_amount"]
