"""Quality circles: their topics, meetings, originals and silences."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, broken, lacking

from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace

CYCLE = ("plan", "do", "check", "act")
MEASURE = {"no": 1, "measure": "优化话术", "owner": "S1001", "due": "2027-02-20", "done": True}
FILE = {"name": "抽样.csv", "sha256": "0" * 64, "bytes": 12}


@pytest.fixture
def desk(root: Path) -> Desk:
    return desk_on(root, "2027-03-31")


def desk_on(root: Path, day: str) -> Desk:
    return Desk(Workspace(root, datetime.fromisoformat(f"{day}T18:00:00+08:00")))


def topic(desk: Desk, registered: str = "2027-01-05", phases: tuple[str, ...] = CYCLE, **data: Any) -> RecordCase:
    lines = [
        {"no": n, "phase": phase, "content": "小组会", "planned": f"2027-0{n}-10", "owner": "S1001"}
        for n, phase in enumerate(phases, 1)
    ]
    record = {
        "group": "A",
        "kind": "hotline",
        "topic": "缩短平均处理时长",
        "leader": "S0011",
        "members": ["S0011", "S1001", "S1002"],
        "situation": "平均六分钟",
        "target": "6月底降到五分钟",
        "plan": lines,
        "room": "二号会议室",
    }
    signed = [("propose", "S0011", f"{registered} 09:00"), ("register", "S0013", f"{registered} 10:00")]
    return desk.file("F-QCREG", "QCR-2027-001", {**record, **data}, signed, "S0011")


def meeting(desk: Desk, day: str, phase: str = "do", no: int = 1, **data: Any) -> RecordCase:
    record = {
        "group": "A",
        "topic": "QCR-2027-001",
        "date": day,
        "phase": phase,
        "concludes": False,
        "recorder": "S1001",
        "leader": "S0011",
        "attendance": ["S0011", "S1001"],
        "measures": [MEASURE],
        "speeches": [{"member": each, "statement": "赞成"} for each in ("S0011", "S1001")],
        "conclusion": "继续实施",
        "score": "85",
        **({"situation": "平均六分钟", "target": "五分钟"} if phase == "plan" else {}),
        **({"effect": "五分十秒"} if phase in ("check", "act") else {}),
        **({"proposals": [{"text": "修订话术"}]} if phase == "act" else {}),
    }
    signed = [("record", "S1001", f"{day} 17:00"), ("confirm", "S0011", f"{day} 17:10")]
    signed.append(("evaluate", "S0013", f"{day} 17:30"))
    return desk.file("F-QCACT", f"QC-A-{no:02}", {**record, **data}, signed)


def test_a_topic_plans_the_whole_cycle(desk: Desk) -> None:
    case = topic(desk)
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert broken(topic(desk, phases=CYCLE[:3])) == ["whole_cycle"]
    assert broken(topic(desk, members=["S1001", "S1002", "S1003"])) == ["leader_is_member"]


def test_meetings_hold_what_their_phase_asks_for(desk: Desk) -> None:
    topic(desk)
    for n, phase in enumerate(CYCLE, 1):
        case = meeting(desk, "2027-02-10", phase, n)
        assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert broken(meeting(desk, "2027-02-10", measures=[{**MEASURE, "done": False}])) == ["measures_done"]
    assert broken(meeting(desk, "2027-02-10", attendance=["S0011", "S1001", "S1002"])) == ["everybody_speaks"]
    assert broken(meeting(desk, "2027-02-10", concludes=True)) == ["ends_in_act"]


def test_topics_are_registered_before_work_begins(desk: Desk) -> None:
    topic(desk)
    meeting(desk, "2027-01-05")
    assert desk.disagreements("qc-registered-first") == []
    meeting(desk, "2027-01-04", no=2)
    assert desk.disagreements("qc-registered-first") == ["QC-A-02"]
    meeting(desk, "2027-01-06", no=2, group="B")
    assert desk.disagreements("qc-registered-first") == ["QC-A-02"]


def test_a_concluded_topic_leaves_its_originals(desk: Desk) -> None:
    topic(desk)
    comparison = {"indicator": "处理时长", "before": "6分", "after": "5分"}
    meeting(desk, "2027-01-10", "check", comparisons=[comparison], data=[FILE])
    meeting(desk, "2027-02-10", "act", 2, concludes=True)
    assert desk.disagreements("qc-materials") == []
    meeting(desk, "2027-01-10", "check")
    assert desk.disagreements("qc-materials") == ["QC-A-02"] * 2


def stop(desk: Desk, signed: str, **data: Any) -> RecordCase:
    record = {"topic": "QCR-2027-001", "group": "A", "leader": "S0011", "since": "2027-01-10", "reason": "割接"}
    rest = {"opinion": "同意", **({"given_up": False, "resume_on": "2027-08-01"} | data)}
    steps = [("explain", "S0011", signed), ("accept", "S0013", signed)]
    return desk.file("F-QCSTOP", "QCS-202707-001", {**record, **rest}, steps, "S0011")


def idle(desk: Desk) -> list[str]:
    found = [each.message.zh for each in desk.disagreeing("qc-idle")]
    return [words.partition("没有说明")[0] if "没有说明" in words else words[:7] for words in found]


@pytest.mark.parametrize(("day", "long"), [("2027-07-10", []), ("2027-07-11", ["自2027-01-10起停止活动超过6个月，"])])
def test_more_than_six_months_of_silence_need_an_explanation(root: Path, day: str, long: list[str]) -> None:
    desk = desk_on(root, day)
    topic(desk)
    meeting(desk, "2027-01-10")
    assert idle(desk) == [*long, *(f"2027-0{month}" for month in range(2, 7))]
    assert broken(stop(desk, "2027-07-10 17:00")) == []
    assert idle(desk) == []


def test_an_explanation_comes_in_time_and_names_what_follows(desk: Desk, root: Path) -> None:
    assert broken(stop(desk, "2027-07-11 00:01")) == ["explained"]
    assert broken(stop(desk, "2027-03-01 09:00", given_up=True)) == ["resumed_or_given_up"]
    late = desk_on(root, "2027-10-05")
    topic(late)
    meeting(late, "2027-01-10")
    stop(late, "2027-03-01 09:00")
    assert idle(late) == ["自2027-01-10起停止活动超过6个月，", "2027-09"]
    meeting(late, "2027-09-10", no=2)
    assert idle(late) == []
