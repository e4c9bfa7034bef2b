"""Cars: consent to drive, driving records that join up, fines that find their driver, customers' cars."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from desk import FINE, Desk, altered_workspace, broken, lacking, outcome

from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace

LATER = datetime.fromisoformat("2027-01-05T18:00:00+08:00")
FILE = {"name": "x.pdf", "sha256": "0" * 64, "bytes": 1}
CAR = "沪A12345"

# S0009 looks after the cars.


@pytest.fixture(scope="module")
def dealer(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference department with somebody who looks after cars."""
    copy = tmp_path_factory.mktemp("dealer")
    altered_workspace(root, copy, LATER)
    people = copy / "handbook/people.yaml"
    held = "      - {post: R-SAFETY, department: D-CS, from: 2023-01-01}\n"
    text = people.read_text("utf-8")
    assert held in text
    people.write_text(text.replace(held, held + held.replace("R-SAFETY", "R-VEHKEEPER")), "utf-8")
    return copy


@pytest.fixture(scope="module")
def later(dealer: Path) -> Workspace:
    return Workspace(dealer, LATER)


def use(desk: Desk, no: int, driver: str, times: tuple[str, str], km: tuple[int, int], **data: Any) -> RecordCase:
    out, back = times
    fixed = {
        "applicant": driver, "dept": "D-CS", "vehicle": CAR, "kind": "company", "use": "business", "purpose": "拜访客户",
        "driver": driver, "planned_back": "18:00", "licence_ok": True, "conditions_met": True, "out_at": out, "km_out": km[0],
        "fuel_out": "半箱", "condition_out": "良好",
    }  # fmt: skip
    signed = [("apply", driver, "07:00"), ("confirm", "S0002", "07:30"), ("release", "S0009", out)]
    if back:
        fixed |= {"back_at": back, "km_in": km[1], "fuel": "半箱", "intact": True, "condition": "良好"}
        signed += [("give_back", driver, back), ("check_in", "S0009", "2026-12-31 18:00")]
    return desk.file("F-VEHUSE", f"CL-202612-{no:03}", {**fixed, **data}, signed)


def two_uses(desk: Desk) -> None:
    use(desk, 1, "S1001", ("08:00", "10:00"), (1000, 1050))
    use(desk, 2, "S1002", ("10:30", "12:00"), (1050, 1090))


def test_a_use_from_request_to_return(desk: Desk) -> None:
    case = use(desk, 1, "S1001", ("08:00", "10:00"), (1000, 1050))
    assert (outcome(case), case.all_values["km"]) == (FINE, 50)
    assert broken(use(desk, 1, "S1001", ("07:29", "10:00"), (1000, 1050))) == ["approved_first"]
    assert broken(use(desk, 1, "S1001", ("08:00", "10:00"), (1000, 999), licence_ok=False)) == [
        "conditions",
        "mileage_grows",
    ]
    dented = use(desk, 1, "S1001", ("08:00", "10:00"), (1000, 1050), intact=False)
    assert (broken(dented), lacking(dented)) == (["car_unharmed"], ["accident"])


def test_uses_join_up(desk: Desk) -> None:
    two_uses(desk)
    assert desk.disagreements("vehicle-use-joins-up") == []
    use(desk, 3, "S1001", ("12:00", ""), (1090, 0))
    assert desk.disagreements("vehicle-use-joins-up") == []
    use(desk, 4, "S1003", ("13:00", "14:00"), (1095, 1100))
    assert desk.disagreements("vehicle-use-joins-up") == ["CL-202612-004"]
    use(desk, 3, "S1001", ("12:00", "13:00"), (1090, 1094))
    assert desk.disagreements("vehicle-use-joins-up") == ["CL-202612-004"]
    use(desk, 3, "S1001", ("11:59", "13:00"), (1090, 1095))
    assert desk.disagreements("vehicle-use-joins-up") == ["CL-202612-003"]


def violation(desk: Desk, at: str, no: int = 1, liable: str = "S1001", **data: Any) -> RecordCase:
    fixed = {
        "vehicle": CAR,
        "at": at,
        "place": "中山路",
        "offence": "超速",
        "fine": "200.00",
        "points": 3,
        "liable": liable,
    }
    rest = {"agrees": True, "paid_at": "2026-12-20", "paid_by": liable}
    path = [("record", "S0009"), ("attribute", "S0009"), ("answer", liable), ("close", "S0002")]
    signed = [(step, who, f"2026-12-20 1{n}:00") for n, (step, who) in enumerate(path)]
    return desk.file("F-VIOLATION", f"WZ-202612-{no:03}", {**fixed, **rest, **data}, signed)


def driver(case: RecordCase) -> tuple[int, str | None, str | None]:
    values = case.all_values
    found = values.get("driver")
    return values["matches"], values.get("matched_use"), found.id if found else None


@pytest.mark.parametrize(
    ("at", "data", "expected"),
    [
        ("09:12", {}, (1, "CL-202612-001", "S1001")),
        ("08:00", {}, (1, "CL-202612-001", "S1001")),
        ("10:00", {}, (1, "CL-202612-001", "S1001")),
        ("10:15", {}, (0, None, None)),
        ("11:00", {}, (1, "CL-202612-002", "S1002")),
        ("09:12", {"km": 1050}, (1, "CL-202612-001", "S1001")),
        ("09:12", {"km": 1051}, (0, None, None)),
        ("2026-12-01T01:12:00+00:00", {}, (1, "CL-202612-001", "S1001")),
        ("09:12", {"vehicle": "沪A54321"}, (0, None, None)),
        ("2026-12-02 09:12", {}, (0, None, None)),
    ],
)
def test_times_and_mileage_show_who_drove(desk: Desk, at: str, data: dict[str, Any], expected: Any) -> None:
    two_uses(desk)
    assert driver(violation(desk, at, **data)) == expected


def test_the_driver_pays(desk: Desk) -> None:
    two_uses(desk)
    assert outcome(violation(desk, "09:12")) == FINE
    assert broken(violation(desk, "09:12", liable="S1002")) == ["driver_liable"]
    assert broken(violation(desk, "09:12", paid_by="S0009")) == ["liable_pays"]
    unknown = violation(desk, "10:15")
    assert (broken(unknown), lacking(unknown)) == ([], ["investigation"])
    assert outcome(violation(desk, "10:15", investigation="停车场录像")) == FINE


def test_several_records_that_fit_are_an_error(desk: Desk) -> None:
    two_uses(desk)
    use(desk, 3, "S1003", ("09:00", "09:30"), (1020, 1030))
    case = violation(desk, "09:12")
    assert (driver(case), broken(case)) == ((2, None, None), ["one_use_only"])
    assert driver(violation(desk, "09:12", km=1040)) == (1, "CL-202612-001", "S1001")
    use(desk, 4, "S1004", ("14:00", ""), (1090, 0))
    assert driver(violation(desk, "17:00")) == (1, "CL-202612-004", "S1004")


def month_check(desk: Desk, uses: int = 2, fines: int = 0, named: str = "", **data: Any) -> RecordCase:
    row = {"no": 1, "vehicle": CAR, "uses": uses, "violations": fines, "damaged": False, "upkeep_ok": True}
    fixed = {"month_end": "2026-12-31", "checked_on": "2027-01-04", "custodian": "S0009", "rows": [row]}
    if named:
        fixed |= {"many_violations": [named], "recommendation": "建议停发当月工资"}
    signed = [("check", "S0009", "2027-01-04 10:00"), ("confirm", "S0002", "2027-01-04 11:00")]
    return desk.file("F-VEHCHECK", "CLC-202612", {**fixed, **data}, signed)


def test_the_monthly_check_says_what_the_records_say(desk: Desk) -> None:
    two_uses(desk)
    assert outcome(month_check(desk)) == FINE
    assert desk.disagreements("vehicle-month-check") == []
    month_check(desk, uses=1)
    assert desk.disagreements("vehicle-month-check") == ["CLC-202612"]
    for no in (1, 2):
        violation(desk, "09:12", no)
    month_check(desk, fines=2)
    assert desk.disagreements("vehicle-month-check") == []
    violation(desk, "09:20", 3)
    month_check(desk, fines=3)
    assert desk.disagreements("vehicle-month-check") == ["CLC-202612"]
    month_check(desk, fines=3, named="S1001")
    assert desk.disagreements("vehicle-month-check") == []
    assert lacking(month_check(desk, many_violations=["S1001"])) == ["recommendation"]


def test_a_month_is_checked_in_time(desk: Desk, dealer: Path) -> None:
    two_uses(desk)
    assert desk.disagreements("vehicle-month-check") == []
    after = Desk(Workspace(dealer, datetime.fromisoformat("2027-01-06T00:01:00+08:00")))
    two_uses(after)
    assert after.disagreements("vehicle-month-check") == ["CL-202612-002"]
    month_check(after, checked_on="2027-01-06")
    assert after.disagreements("vehicle-month-check") == ["CL-202612-002"]
    month_check(after, checked_on="2027-01-05")
    assert after.disagreements("vehicle-month-check") == []


def test_findings_of_the_monthly_check_are_corrected(desk: Desk) -> None:
    row = {"no": 1, "vehicle": CAR, "uses": 2, "violations": 0, "damaged": True, "upkeep_ok": True}
    case = month_check(desk, rows=[row])
    assert (lacking(case), case.progress.state) == (["rows.finding"], "done")
    assert broken(month_check(desk, month_end="2026-12-30", checked_on="2026-12-29")) == [
        "whole_month",
        "checked_after_month",
    ]


def service(desk: Desk, no: int, day: str, km: int, next_on: str, next_km: int, kind: str = "upkeep") -> RecordCase:
    data = {"vehicle": CAR, "date": day, "km": km, "kind": kind, "item": "换机油", "garage": "维修厂", "cost": "500.00"}
    signed = [("enter", "S0009", f"{day} 10:00"), ("close", "S0002", f"{day} 11:00")]
    return desk.file("F-VEHMAINT", f"WXB-202612-{no:03}", {**data, "next_on": next_on, "next_km": next_km}, signed)


def test_services_follow_one_another(desk: Desk) -> None:
    assert outcome(service(desk, 1, "2026-12-01", 1000, "2027-01-05", 1090)) == FINE
    two_uses(desk)
    assert desk.disagreements("vehicle-maintenance-due") == []
    service(desk, 1, "2026-12-01", 1000, "2027-01-04", 1089)
    assert desk.disagreements("vehicle-maintenance-due") == ["WXB-202612-001"] * 2
    service(desk, 2, "2026-12-30", 1085, "2027-06-30", 6000)
    assert desk.disagreements("vehicle-maintenance-due") == []
    service(desk, 2, "2026-12-30", 1085, "2027-06-30", 6000, "inspection")
    assert desk.disagreements("vehicle-maintenance-due") == ["WXB-202612-001"] * 2
    assert broken(service(desk, 3, "2026-12-01", 1000, "2026-12-01", 1000)) == ["next_later", "next_further"]


# customers' cars


def consent(desk: Desk, start: str = "13:30", end: str = "17:00", **data: Any) -> RecordCase:
    fixed = {
        "vehicle": CAR,
        "owner": "钱先生",
        "phone": "13900000000",
        "purpose": "assessment",
        "agent": "S1001",
        "proof": FILE,
    }
    times = {"from_at": start, "to_at": end}
    return desk.file("F-CARCONSENT", "TYC-202612-001", {**fixed, **times, **data}, [("consent", "S1001", "08:00")])


@pytest.mark.parametrize(
    ("times", "data", "expected"),
    [
        (("13:30", "15:00"), {}, []),
        (("09:00", "18:00"), {}, []),
        (("08:59", "10:00"), {}, ["customer_car_leaves_in_working_time"]),
        (("13:30", "18:01"), {}, ["customer_car_back_in_working_time"]),
        (("13:30", "2026-12-02 10:00"), {}, ["customer_car_back_in_working_time"]),
        (("13:30", "15:00"), {"use": "business"}, ["customer_car_assessment"]),
    ],
)
def test_a_customers_car(desk: Desk, times: tuple[str, str], data: dict[str, Any], expected: list[str]) -> None:
    rest = {"kind": "customer", "use": "assessment", "customer_consent": "TYC-202612-001"}
    assert broken(use(desk, 1, "S1001", times, (100, 110), **{**rest, **data})) == expected


def test_a_customers_car_moves_within_the_consent(desk: Desk) -> None:
    def drive(**data: Any) -> None:
        rest = {"kind": "customer", "use": "assessment", "customer_consent": "TYC-202612-001"}
        use(desk, 1, "S1001", ("13:30", "15:00"), (100, 110), **{**rest, **data})

    assert outcome(consent(desk)) == FINE
    drive()
    assert desk.disagreements("customer-car-consent") == []
    drive(vehicle="沪B12345")
    assert desk.disagreements("customer-car-consent") == ["CL-202612-001"]
    drive()
    consent(desk, "13:31")
    assert desk.disagreements("customer-car-consent") == ["CL-202612-001"]
    assert broken(consent(desk, "08:00")) == ["working_time_only"]
    assert lacking(use(desk, 2, "S1001", ("13:30", "15:00"), (1, 2), kind="customer")) == ["customer_consent"]


def car_handover(desk: Desk, **data: Any) -> RecordCase:
    fixed = {
        "vehicle": CAR, "owner": "钱先生", "phone": "13900000000", "received_at": "09:00", "received_by": "S1001",
        "sheet_at_receipt": True, "km": 100, "damage_before": "无", "items": [{"no": 1, "thing": "行车记录仪", "state": "完好"}],
        "receipt_scan": FILE, "returned_at": "17:00", "returned_by": "S1002", "return_scan": FILE,
    }  # fmt: skip
    step, who = ("receive", "S1001") if data.get("sheet_at_receipt", True) else ("write_up", "S0002")
    signed = [(step, who, "09:05"), ("give_back", "S1002", "17:05"), ("settle", "S0002", "2026-12-03 09:00")]
    return desk.file("F-CARHANDOVER", "JC2-202612-001", {**fixed, **data}, signed[: 3 if "losses" in data else 2])


def test_who_answers_for_things_in_the_car(desk: Desk) -> None:
    case = car_handover(desk)
    assert (outcome(case), case.all_values["liable"].id) == (FINE, "S1001")
    lost = {
        "losses": [{"no": 1, "thing": "行车记录仪", "kind": "lost", "amount": "400.00"}],
        "settled_at": "2026-12-03",
    }
    case = car_handover(desk, **lost, settled_by="S1001")
    assert (broken(case), lacking(case), case.progress.state) == (["nothing_lost"], [], "closed")
    assert broken(car_handover(desk, **lost, settled_by="S1002")) == ["nothing_lost", "paid_by_liable"]
    assert lacking(car_handover(desk, sheet_at_receipt=False)) == ["reception_agent"]
    case = car_handover(desk, sheet_at_receipt=False, reception_agent="S1003", **lost, settled_by="S1003")
    assert (broken(case), case.all_values["liable"].id, case.progress.state) == (
        ["written_in_time", "nothing_lost"],
        "S1003",
        "closed",
    )
