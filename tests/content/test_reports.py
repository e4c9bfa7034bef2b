"""Reports: every one can be drawn up, and what they say of the reference department and of a few records is so."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from csdocs.load.holdings.tree import Summary, Tree
from csdocs.load.index.gathered import tree_of
from csdocs.load.index.report import forms_read, report_tree
from csdocs.load.workspace import Workspace
from csdocs.lookup.figures import draw_up
from csdocs.model.period import read_span
from csdocs.model.report import Cell, Figures
from csdocs.model.text import Text
from csdocs.store.schema import insert

ROOT = Path(__file__).resolve().parents[2]
OCTOBER = read_span("2026-10")
DERIVED = {"RPT-OVERDUE", "RPT-COMPLIANCE", "RPT-COVERAGE"}  # of all records, whatever their form
Values = Mapping[str, Any]


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace(ROOT)


@pytest.fixture(scope="module")
def reference(workspace: Workspace) -> Tree:
    return report_tree(workspace)


def rows(figures: Figures) -> dict[str, list[str]]:
    """Cells as shown, without the first, by the first; totals last."""
    lines = [*figures.rows, *([figures.totals] if figures.totals else [])]
    return {line[0].shown.zh: [cell.shown.zh for cell in line[1:]] for line in lines}


def test_every_report_is_drawn_up_with_and_without_records(workspace: Workspace, reference: Tree) -> None:
    empty = tree_of(workspace)
    assert len(workspace.reports) == len(workspace.loaded_reports) >= 45
    for report in workspace.reports.values():
        assert report.id in DERIVED or forms_read(workspace, report)
        for tree in (reference, empty) if report.id != "RPT-COVERAGE" else (reference,):
            figures = draw_up(workspace, report, OCTOBER, tree)
            assert all(len(row) == len(figures.columns) for row in figures.rows)
            if tree is empty and "obligations" not in report.query and report.id not in DERIVED:
                values = [cell.value for row in figures.rows for cell in row if isinstance(cell.value, int | Decimal)]
                assert not any(values), report.id


HANDOVER = {
    "早班": ["21", "20", "95.2", "13.62", "8", "1", "1", "0"],
    "晚班": ["19", "19", "100.0", "14.58", "9", "0", "0", "0"],
    "合计": ["40", "39", "97.5", "14.08", "17", "1", "1", "0"],
}
DUTY = {
    "早班": ["20", "1", "0", "6", "4", "8", "1", "2", "8", "2", "1", "8"],
    "晚班": ["20", "0", "1", "9", "8", "2", "1", "1", "9", "2", "0", "9"],
    "合计": ["40", "1", "1", "15", "12", "10", "2", "3", "17", "4", "1", "17"],
}
ESCALATION = {
    "超出本人职责": ["3", "0", "0", "1", "0", "3", "1", "1"],
    "危及设备或者人身安全": ["1", "1", "0", "0", "0", "0", "0", "1"],
    "失密泄密": ["1", "1", "1", "0", "0", "1", "0", "0"],
    "合计": ["5", "2", "1", "1", "0", "4", "1", "2"],
}
UNIFORM = {
    "上衣": ["0", "2", "2", "0", "6", "0", "0.00"],
    "裤": ["0", "0", "2", "0", "4", "0", "0.00"],
    "裙": ["2", "2", "0", "0", "2", "0", ""],
    "领带": ["0", "0", "1", "0", "3", "0", "19.20"],
    "丝巾": ["0", "3", "0", "0", "2", "0", "38.00"],
    "工牌": ["0", "0", "1", "0", "5", "0", "0.00"],
    "合计": ["2", "7", "6", "0", "22", "0", "57.20"],
}


@pytest.mark.parametrize(
    ("report", "told"),
    [("HANDOVER", HANDOVER), ("DUTY", DUTY), ("ESCALATION", ESCALATION), ("UNIFORM", UNIFORM)],
)
def test_the_reference_department(
    workspace: Workspace, reference: Tree, report: str, told: Mapping[str, Sequence[str]]
) -> None:
    assert rows(draw_up(workspace, workspace.reports[f"RPT-{report}"], OCTOBER, reference)) == told


def test_complaints_of_the_reference_department(workspace: Workspace, reference: Tree) -> None:
    figures = draw_up(workspace, workspace.reports["RPT-COMPLAINT"], OCTOBER, reference)
    by_item = {row[1].shown.zh: [cell.shown.zh for cell in row[2:]] for row in figures.rows}
    # three: 49.0, 17.2 and 3.1 hours; one of them not closed yet
    assert by_item["产品质量"] == ["3", "2", "0", "2", "3", "100.0", "0", "0.96", "3", "100.0", "0", "2"]
    assert by_item["设施"] == ["1", "0", "0", "0", "0", "", "1", "", "0", "", "0", "0"]
    per_group = {label: sum(row[2].value for row in figures.rows if row[0].shown.zh == label) for label in GROUPS}
    assert per_group == dict.fromkeys(GROUPS, 10)


GROUPS = ("投诉性质", "初判级别", "责任部门", "渠道", "受理人")


def test_what_follows_from_deadlines_rules_and_obligations(workspace: Workspace, reference: Tree) -> None:
    late = draw_up(workspace, workspace.reports["RPT-OVERDUE"], OCTOBER, reference)
    found = [[row[i].shown.zh for i in (2, 4, 5, 6)] for row in late.rows]
    assert found == [
        ["TS-202610-009", "部门回复", "2026-10-29 23:59", "3"],
        ["TS-202610-009", "解决", "2026-10-30 23:59", "2"],
    ]
    compliance = rows(draw_up(workspace, workspace.reports["RPT-COMPLIANCE"], OCTOBER, reference))
    assert compliance["REG-HANDOVER/3"] == ["客户服务部", "40", "39", "1", "97.5", "0"]
    assert compliance["REG-COMPLAINT/4"] == ["客户服务部", "", "", "", "", "2"]
    indicators = rows(draw_up(workspace, workspace.reports["RPT-KPI"], OCTOBER, reference))
    assert indicators["一次解决率"] == ["24", "26", "92.31"]
    assert indicators["有理由投诉率"] == ["8", "26", "30.77"]


class Few:
    """A handful of records that need not be files, and deadlines said of them."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.summaries: list[Summary] = []
        self.deadlines: list[tuple[Any, ...]] = []

    def file(self, form: str, id: str, day: str, state: str = "closed", **values: Any) -> None:
        date = dt.date.fromisoformat(day)
        final, signed = state in ("closed", "revoked"), frozenset({"first"})
        known = set(values) - set(self.workspace.forms[form].fields)
        assert not known, known
        said = (state, final, signed, date, f"{day}T09:00:00+08:00", "S1001", "D-CS", ())
        self.summaries.append(Summary(id, id, id, 0, form, None, *said, values, Text(id, id), ()))

    def late(self, record: str, deadline: str, met: bool) -> None:
        """By ten days."""
        limit, met_at = (dt.datetime.fromisoformat(f"2026-10-{day}T12:00:00+08:00") for day in (20, 30))
        moments = (limit.isoformat(), met_at.isoformat() if met else None, int(limit.timestamp()))
        self.deadlines.append((record, 0, deadline, *moments, int(met_at.timestamp()) if met else None, 1, None, 0))

    def rows(self, report: str, period: str = "2026-10") -> dict[str, list[str]]:
        span = read_span(period)
        tree = tree_of(self.workspace, self.summaries)
        insert(tree.connection, "_deadlines", self.deadlines)
        return rows(draw_up(self.workspace, self.workspace.reports[f"RPT-{report}"], span, tree))


@pytest.fixture
def few(workspace: Workspace) -> Few:
    return Few(workspace)


def test_attendance_and_hours(few: Few) -> None:
    there = {"planned_start": "x", "actual_start": "y", "hours": Decimal(8)}
    late = {"staff": "S1001", "kind": "late", "minutes_late": 12, **there}
    sick = {"staff": "S1001", "kind": "sick", "planned_start": "x"}
    more = {"staff": "S1001", "kind": "overtime", "hours": Decimal("3.5"), "actual_start": "y"}
    other = {"staff": "S1002", "kind": "normal", **there}
    for day, lines in ((5, [late, other]), (6, [sick, other]), (7, [more]), (8, [other])):
        few.file("F-ATTEND", f"KQ-{day}", f"2026-10-0{day}", attendance=lines)
    few.file("F-ATTEND", "KQ-30", "2026-09-30", attendance=[late])
    few.file("F-ATTEND", "KQ-31", "2026-10-31", state="draft", attendance=[late])
    few.file("F-ATTENDPUB", "KQM-10", "2026-10-01", people=[{"staff": "S1001", "fine": Decimal("24.00")}])
    found = few.rows("ATTEND")
    assert found["S1001 吴倩"][:5] == ["2", "2", "1", "12", "0"]
    assert found["S1001 吴倩"][8] == "1" and found["S1001 吴倩"][-4:] == ["3.50", "0", "0", "24.00"]
    assert found["合计"][:2] == ["5", "5"]
    weekly = few.rows("HOURS", "2026-W41")
    assert weekly["S1002 李强"] == ["24.00", "1.00", "24.00", "40.00", "否"]
    few.file("F-ATTEND", "KQ-11", "2026-10-11", attendance=[{**other, "hours": Decimal("16.1")}])
    assert few.rows("HOURS", "2026-W41")["S1002 李强"] == ["40.10", "1.00", "40.10", "40.00", "是"]


def test_telephone_and_visits(few: Few) -> None:
    promise = {"promised_reply_at": "2026-10-05T12:00:00+08:00", "rings": 2, "agent": "S1001", "handling": "message"}
    kept = {**promise, "no": "1", "replied_at": "2026-10-05T11:59:00+08:00"}
    broken = {**promise, "no": "2", "rings": 9}
    by_another = {**promise, "no": "3"}
    replies = [{"call": "2", "at": "2026-10-05T13:00:00+08:00"}, {"call": "3", "at": "2026-10-05T10:00:00+08:00"}]
    few.file("F-PHONELOG", "DH-1", "2026-10-05", rows=[kept, broken, by_another], later_replies=replies)
    assert few.rows("PHONE")["S1001 吴倩"] == ["3", "2", "66.7", "0", "3", "2", "66.7"]
    plan = [{"no": n, "owner": "S1001", "due": f"2026-10-1{n}"} for n in ("1", "2", "3")]
    few.file("F-REVISITPLAN", "HFP-1", "2026-10-01", state="running", visits=plan)
    few.file("F-REVISIT", "HF-1", "2026-10-11", plan="HFP-1#1", agent="S1001", satisfaction="very")
    again = {"satisfaction": "dissatisfied", "follow_up": "TS-1"}
    few.file("F-REVISIT", "HF-2", "2026-10-12", plan="HFP-1#2", agent="S1002", **again)
    few.file("F-REVISIT", "HF-3", "2026-10-12", state="void", plan="HFP-1#3", agent="S1002", **again)
    assert few.rows("REVISIT")["S1001 吴倩"] == ["3", "2", "66.7", "1", "0", "0"]
    assert few.rows("REVISIT")["合计"] == ["3", "2", "66.7", "2", "1", "1"]


def test_a_survey_is_compared_with_the_one_before(few: Few) -> None:
    for plan, day, scores in (("DCP-1", "2026-06-10", (5, 2)), ("DCP-2", "2026-10-10", (5, 4, 4, 1))):
        for n, score in enumerate(scores):
            line = [{"dimension": "overall", "score": score}]
            few.file("F-SURVEY", f"{plan}-{n}", day, plan=plan, date=day, overall=score, scores=line)
    measures = [{"no": "1", "improvement": "GJ-1"}, {"no": "2", "improvement": "GJ-2"}]
    few.file("F-SURVEYRPT", "DCB-2", "2026-10-20", plan="DCP-2", sent=10, measures=measures)
    few.file("F-IMPROVE", "GJ-1", "2026-10-25")
    few.file("F-IMPROVE", "GJ-2", "2026-10-25", state="running")
    assert few.rows("SURVEY", "2026-Q4") == {
        "DCP-2": ["10", "4", "40.0", "3", "75.0", "50.0", "", "", "", "", "3.50", "2", "1"]
    }


def test_tasks_plans_and_meetings(few: Few) -> None:
    task = {"receiver": "S1001", "due": "2026-10-20T12:00:00+08:00"}
    few.file("F-TASK", "RW-1", "2026-10-19", **task, first_reply_at="2026-10-20T10:00:00+08:00", in_time=True)
    few.file("F-TASK", "RW-2", "2026-10-19", state="issued", **task, replies=[{"state": "difficulty"}])
    few.file("F-TASK", "RW-3", "2026-10-19", state="revoked", **task)
    few.late("RW-2", "F-TASK/replied", met=False)
    assert few.rows("TASK", "2026-W43")["S1001 吴倩"] == ["3", "2", "1", "50.0", "1", "1", "1", "0"]
    week = {"planned": 8, "planned_done": 6, "delayed": 1, "unplanned": 2}
    few.file("F-WEEKPLAN", "JH-1", "2026-10-19", week="2026-W43", group="A", **week)
    assert [*few.rows("PLAN").values()] == [["2026-W43", "A", "8", "6", "75.0", "1", "2"]]
    present = [{"attendance": "present", "participated": False}, {"attendance": "absent"}]
    actions = [{"task": "RW-1"}, {"task": "RW-2"}]
    few.file("F-MEETING", "HY-1", "2026-10-19", type="regular", late_count=1, present=present, actions=actions)
    assert few.rows("MEETING")["部门例会"] == ["1", "1", "1", "1", "2", "1"]


def test_errors_hazards_repairs_and_sheets_between_departments(few: Few) -> None:
    done = "2026-10-30T12:00:00+08:00"
    for n in (1, 2):
        few.file("F-ERRORFIX", f"CC-{n}", "2026-10-19", staff="S1001", fixed_at=done, loss=Decimal("10.50"))
        few.file(
            "F-XDEPT", f"LX-{n}", "2026-10-19", to_dept="D-TECH", done_at=done, quality="good" if n == 1 else "poor"
        )
        few.file("F-REPAIR", f"BX-{n}", "2026-10-19", kind="water", done_at=done, satisfied=n == 1)
    found_at = {"found_at": "2026-10-26T12:00:00+08:00", "level": "major"}
    few.file("F-HAZARD", "YH-1", "2026-10-26", **found_at, eliminated_at=done)
    few.file("F-HAZARD", "YH-2", "2026-10-26", state="reported", **found_at)
    for record, deadline in (("CC-2", "F-ERRORFIX/fixed"), ("LX-2", "F-XDEPT/done"), ("BX-2", "F-REPAIR/done")):
        few.late(record, deadline, met=True)
    few.late("YH-2", "F-HAZARD/removed", met=False)
    assert few.rows("ERROR")["S1001 吴倩"] == ["2", "2", "1", "50.0", "0", "21.00"]
    assert few.rows("COLLAB")["技术支持部"] == ["2", "2", "1", "50.0", "0", "1", "0", "0"]
    assert [*few.rows("REPAIR").values()] == [["2", "0", "2", "1", "50.0", "0", "0", "0.0", "1", "50.0"]]
    assert [*few.rows("HAZARD").values()] == [["2", "1", "1", "1", "4.00"]]


def test_goods_training_and_circles(few: Few) -> None:
    few.file("F-PURAPPLY", "CG-1", "2026-10-08", dept="D-CS", total=Decimal(500), approved_amount=Decimal(450))
    few.file("F-CONTRACT", "HT-1", "2026-10-12", application="CG-1", amount=Decimal(430))
    few.file("F-PURTRACK", "GZ-1", "2026-10-12", contract="HT-1", delay_days=3)
    few.file("F-ACCEPT", "YS-1", "2026-10-20", contract="HT-1", items=[{"ok": True}, {"ok": True}, {"ok": False}])
    assert few.rows("PURCHASE")["CG-1"][1:] == ["500.00", "450.00", "1", "430.00", "3", "3", "2", "66.7", "是"]
    planned = [{"kind": "regular", "planned": "2026-10-10"}, {"kind": "online", "planned": "2026-10-11"}]
    few.file("F-TRAINPLAN", "PXJ-1", "2026-01-01", rows=planned)
    scores = [{"staff": "S1001", "score": Decimal(80)}, {"staff": "S1002", "score": Decimal(91)}, {"staff": "S1003"}]
    few.file("F-TRAINREC", "PX-1", "2026-10-10", kind="regular", hours=Decimal(2), attendees=scores)
    few.file("F-TRAINEVAL", "PXP-1", "2026-10-12", session="PX-1", reaction=Decimal("4.5"))
    found = [*few.rows("TRAIN").values()]
    assert found[0] == ["1", "1", "2.00", "3", "85.50", "1", "4.50"] and found[1][:2] == ["1", "0"]
    few.file("F-QCREG", "QCK-1", "2026-08-01", group="A", registered_on="2026-08-01")
    for n, day in enumerate(("2026-08-20", "2026-10-05", "2026-10-19")):
        people = ["S1001", "S1002"]
        few.file("F-QCACT", f"QC-{n}", day, topic="QCK-1", date=day, attendance=people, concludes=False)
    assert few.rows("QC")["A"] == ["QCK-1", "2", "4", "2026-10-19", "", "0", "否", "否"]


def test_leave_overflow_and_the_five_tables(few: Few) -> None:
    def away(id: str, staff: str, first: int, last: int, **more: Any) -> None:
        moments = {"from_at": f"2026-10-{first:02}T08:00:00+08:00", "to_at": f"2026-10-{last:02}T08:00:00+08:00"}
        few.file("F-LEAVE", id, "2026-10-01", staff=staff, kind="sick", days=Decimal(last - first), **moments, **more)

    away("QJ-1", "S1001", 5, 8, notice_kept=False, returned_at="2026-10-08T08:00:00+08:00")
    away("QJ-2", "S1002", 7, 9, notice_kept=True, post_hoc=True)
    away("QJ-3", "S1003", 9, 10)
    found = few.rows("LEAVE")
    assert found["QJ-1"][3:] == ["3.00", "是", "否", "1", "是"]
    assert found["QJ-2"][3:] == ["2.00", "否", "是", "1", "否"]
    assert found["QJ-3"][6] == "0" and found["合计"][3] == "6.00"
    burst = {
        "start_at": "2026-10-12T10:00:00+08:00",
        "end_at": "2026-10-12T11:30:00+08:00",
        "shift": "day",
        "cause": "promo",
    }
    steps = [{"action": each, "waiting": 9 + n} for n, each in enumerate(("watch", "step1", "step2", "step1"))]
    few.file("F-OVERFLOW", "TF-1", "2026-10-12", **burst, actions=steps, max_seats=40, absorbed=120)
    few.file("F-OVERTIME", "JB-1", "2026-10-12", overflow="TF-1", total_hours=Decimal("4.5"))
    assert few.rows("OVERFLOW")["TF-1"][3:] == ["12", "40", "2", "90", "4.50", "120"]
    day = "2026-10-05"
    few.file("F-FIVE1", "WB1", "2026-10-01", days=[{"day": day, "avg_seats": Decimal("21.25")}])
    few.file("F-FIVE2", "WB2", "2026-10-01", rows=[{"day": day, "forecast_calls": 1000, "bearable_calls": 1200}])
    figures = {"day": day, "actual_calls": 1100, "staff_actual_calls": 990, "agents": 30}
    few.file("F-FIVE3", "WB3", "2026-10-01", rows=[figures, {**figures, "day": "2026-11-01"}])
    told = ["21.25", "1000", "1200", "200", "1100", "990", "30", "33.00", "90.0", "100", "10.0"]
    assert few.rows("CAPACITY") == {day: told}


def test_rewards_returns_feedback_and_stock(few: Few) -> None:
    few.file(
        "F-PENALTY", "CF-1", "2026-10-08", staff="S1001", violation="desk", step=2, measure="fine", amount=Decimal(20)
    )
    few.file("F-PENALTY", "CF-2", "2026-10-08", state="revoked", staff="S1001", violation="desk", amount=Decimal(20))
    few.file("F-AWARD", "JL-1", "2026-10-09", staff="S1001", award="star", amount=Decimal(100))
    found = few.rows("PENALTY")
    assert "CF-2" not in found and found["CF-1"][3] == "2" and found["合计"][5:7] == ["20.00", "100.00"]
    few.file("F-FIVES", "5S-1", "2026-10-08", rows=[{"staff": "S1001", "desk": "A01", "score": 4, "finding": "x"}] * 2)
    assert few.rows("FIVES")["S1001 吴倩"] == ["A01", "2", "4.00", "2", "20.00"]
    goods = [
        {"sku": "A", "qty": 2, "price": Decimal("9.90"), "reason": "破损"},
        {"sku": "B", "qty": 1, "reason": "尺码"},
    ]
    few.file("F-RETURN", "TH-1", "2026-10-08", type="return", order="D-1", goods=goods)
    assert [row[:5] for row in few.rows("RETURN").values()][-1] == ["", "2", "", "3", "19.80"]
    few.file(
        "F-SUGGEST", "JY-1", "2026-10-08", **{"class": "service"}, decision="adopt", adopted=True, result_told_at="x"
    )
    few.file("F-SUGGEST", "JY-2", "2026-10-08", state="accepted", **{"class": "service"})
    few.file("F-STAFFSUG", "YJ-1", "2026-10-08", kind="data_error", adopted=True, answer="x", reward=Decimal(5))
    told = few.rows("FEEDBACK")
    assert told["F-SUGGEST 客户建议登记表"][1:] == ["2", "1", "1", "100.0", "1", ""]
    assert told["合计"][1:] == ["3", "2", "2", "100.0", "2", "5.00"]
    line = {
        "item": "W1",
        "opening": Decimal(3),
        "closing": Decimal(5),
        "counted": Decimal(4),
        "difference": Decimal(-1),
    }
    few.file("F-STOCKLEDGER", "TZ-1", "2026-10-31", items=[line])
    assert few.rows("STOCK")["W1"][2:8] == ["3.00", "", "", "5.00", "4.00", "-1.00"]


def test_appraisals_are_ranked_within_their_period(few: Few) -> None:
    for month in ("09", "10"):
        for agent, total in (("S1001", "81.5"), ("S1002", "92"), ("S1003", "81.5")):
            id = f"KP-{month}-{agent}"
            few.file("F-APPRMONTH", id, f"2026-{month}-01", month=f"2026-{month}-01", agent=agent, total=Decimal(total))
    tree = tree_of(few.workspace, few.summaries)
    figures = draw_up(few.workspace, few.workspace.reports["RPT-APPRAISAL"], OCTOBER, tree)
    assert [(row[2].value, row[8].value) for row in figures.rows] == [("S1002", 1), ("S1001", 2), ("S1003", 2)]


def test_what_industries_count(few: Few) -> None:
    use = {"vehicle": "沪A1", "km": 42}
    few.file("F-VEHUSE", "YC-1", "2026-10-08", **use)
    few.file("F-VEHUSE", "YC-2", "2026-10-09", **use)
    few.file("F-VIOLATION", "WZ-1", "2026-10-09", vehicle="沪A1", fine=Decimal(200))
    few.file("F-VEHMAINT", "BY-1", "2026-10-09", vehicle="沪A2", cost=Decimal(300))
    found = few.rows("VEHICLE")
    assert found["沪A1"] == ["2", "84", "1", "200.00", "", ""] and found["沪A2"] == ["", "", "", "", "300.00", ""]
    visit = {"kind": "tour", "in_at": "2026-10-08T09:00:00+08:00", "verified": True, "badge_no": "7"}
    back = {**visit, "out_at": "2026-10-08T10:00:00+08:00", "badge_returned": True, "outcome": "received"}
    few.file("F-VISITOR", "LF-1", "2026-10-08", rows=[visit, back])
    assert [*few.rows("VISITOR").values()] == [["2", "0", "1", "0", "60.00", "1", "1"]]
    few.file("F-COMPLAINT", "TS-1", "2026-10-08")
    few.file("F-REPAIR", "BX-1", "2026-10-08", state="reported")
    few.file("F-REVISIT", "HF-1", "2026-10-09", source="TS-1", by_service=[{"service": "cleaning", "score": 2}])
    requests = few.rows("APPEAL")
    assert requests["投诉"] == ["1", "1", "0", "100.0", "1"] and requests["报修"] == ["1", "0", "1", "0.0", "0"]
    assert [*few.rows("REVISITSVC").values()] == [["1", "2.00", "1"]]
    fault = {"product": "泵", "fault": "漏水", "count": 3, "base": 60}
    few.file("F-QUALITYFB", "ZF-1", "2026-10-01", faults=[fault], sent_to=[{"dept": "quality"}, {"dept": "production"}])
    assert few.rows("QUALITYFB")["泵"] == ["漏水", "3", "60", "5.0", "", "2"]
    claim = {"customer": "K1", "qty": Decimal(200), "defect_qty": Decimal(5), "limit_on": "2026-10-20"}
    few.file("F-QCOMPLAINT", "KS-1", "2026-10-08", received_at="2026-10-08T09:00:00+08:00", **claim)
    few.late("KS-1", "F-QCOMPLAINT/settled", met=True)
    assert few.rows("QCLAIM")["KS-1"][2:] == ["200.00", "5.00", "2.5", "", "", "2026-10-20", "是", "", "是"]
    people = [{"agent": "S1001", "orders": 3, "unflagged": 1, "amount": Decimal(1000), "commission": Decimal(20)}]
    few.file("F-COMMISSION", "TC-1", "2026-10-01", people=people)
    assert few.rows("COMMISSION")["S1001 吴倩"] == ["3", "1", "1,000.00", "20.00"]
    round = {"level": "area", "by": "S1001", "checked": 12, "findings": 2, "to_rectify": 1}
    few.file("F-PATROL", "XC-1", "2026-10-08", state="rectifying", **round)
    assert [*few.rows("PATROL").values()] == [["S1001 吴倩", "1", "12", "2", "1", "1"]]


def test_checks_rectifications_and_destruction(few: Few) -> None:
    few.file("F-ROOMDAILY", "RJ-1", "2026-10-08", state="rectifying", abnormal_count=2, to_rectify=1)
    few.file("F-ROOMDAILY", "RJ-2", "2026-10-09", abnormal_count=0, to_rectify=0)
    daily = few.rows("ROOM")["F-ROOMDAILY 机房日检表"]
    assert [daily[1], *daily[3:]] == ["2", "2", "1", "1"]
    few.file("F-RECTIFY", "ZG-1", "2026-10-08", inspected="D-CS", owner="S0003", due="2026-10-12", done_on="2026-10-14")
    few.file("F-SUPCHECK", "JC-1", "2026-10-08", inspected="D-CS", findings=0)
    few.late("ZG-1", "F-RECTIFY/corrected", met=True)
    assert [*few.rows("RECTIFY")] == ["ZG-1"]
    assert few.rows("RECTIFY")["ZG-1"][3:] == ["2026-10-12", "2026-10-14", "是", "是"]
    listed = {"planned_at": "2026-10-08", "dept": "D-CS", "items": [{"qty": 3}, {"qty": 4}]}
    few.file("F-DATADESTROY", "XH-1", "2026-10-08", **listed)
    assert few.rows("DESTROY", "2026-Q4")["XH-1"][2:4] == ["2", "7"]


def test_a_number_without_a_whole_has_no_share(few: Few) -> None:
    few.file("F-SVCSTAT", "FT-1", "2026-10-05", staff="S1001", served=0, deals=0)
    few.file("F-SVCSTAT", "FT-2", "2026-10-05", staff="S1002", served=8, deals=3)
    assert few.rows("CONVERSION") == {
        "S1002 李强": ["1", "8", "3", "37.5"],
        "S1001 吴倩": ["1", "0", "0", ""],
        "合计": ["2", "8", "3", "37.5"],
    }


def test_cells_carry_the_value_beside_the_words(workspace: Workspace, reference: Tree) -> None:
    figures = draw_up(workspace, workspace.reports["RPT-HANDOVER"], OCTOBER, reference)
    early = dict(zip((column.id for column in figures.columns), figures.rows[0], strict=True))
    assert early["shift"].value == "F-HANDOVER/shift_out/early" and early["shift"].shown.en == "Early"
    assert early["prompt_share"].value == Decimal("95.2")
    assert figures.totals is not None and figures.totals[0] == Cell(None, figures.totals[0].shown)
