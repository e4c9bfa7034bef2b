"""Posts, quarterly reports and recruitment; the care of the rules themselves; quality circles."""

from datetime import datetime
from typing import Any

from desk import Desk, broken, lacking, outcome

from csdocs.load.record.case import RecordCase

LATER = datetime.fromisoformat("2027-02-15T18:00:00+08:00")
ASPECTS = ("communication", "service", "reaction", "knowledge", "teamwork", "responsibility")


# posts


def post(desk: Desk, code: str, superior: str, *duties: str, valid: str = "2026-12-01", **data: Any) -> RecordCase:
    record = {
        "post": code,
        "name": "客服岗位",
        "dept": "D-CS",
        "valid_from": valid,
        "superior": superior,
        "scope": "客户服务",
        "duties": [{"no": n, "duty": duty, "part": "lead"} for n, duty in enumerate(duties, 1)],
        "authority": [{"power": "当场解释和更正"}],
        "requirements": [{"kind": kind, "text": "胜任"} for kind in ASPECTS],
        "drafter": "S0024",
    }
    signed = [
        ("draft_it", "S0024", "2026-11-20 09:00"),
        ("review", "S0002", "2026-11-20 10:00"),
        ("approve", "S0019", "2026-11-20 11:00"),
    ]
    signed += [("take_note", each, "2026-11-23 09:00") for each in data.get("holders", [])]
    serial = "02" if valid > "2026-12-01" else "01"
    return desk.file("F-POST", f"GW-{code}-{serial}", {**record, **data}, signed, "S0024")


def test_a_post_description_is_complete_and_known_to_its_holders(desk: Desk) -> None:
    assert outcome(post(desk, "R-AGENT", "R-TEAMLEAD", "受理咨询和投诉")) == ([], [], "closed")
    known = post(desk, "R-AGENT", "R-TEAMLEAD", "受理咨询和投诉", holders=["S1001", "S1002"])
    assert outcome(known) == ([], [], "closed")
    few = [{"kind": kind, "text": "胜任"} for kind in ASPECTS[1:]]
    assert broken(post(desk, "R-AGENT", "R-TEAMLEAD", "受理咨询", requirements=few)) == ["requirements_complete"]
    assert broken(post(desk, "R-AGENT", "R-AGENT", "受理咨询和投诉")) == ["not_own_superior"]
    helps = [{"no": 1, "duty": "受理咨询", "part": "assist"}]
    assert broken(post(desk, "R-AGENT", "R-TEAMLEAD", duties=helps)) == ["answers_for_something"]


def test_duties_do_not_overlap_and_superiors_agree(desk: Desk) -> None:
    check = "post-duties-overlap"
    post(desk, "R-AGENT", "R-TEAMLEAD", "受理咨询和投诉")
    post(desk, "R-TEAMLEAD", "R-SUPERVISOR", "逐周评分", subordinates=["R-AGENT", "R-CLERK"])
    assert desk.disagreements(check) == []
    post(desk, "R-CLERK", "R-TEAMLEAD", "受理咨询和投诉")
    assert desk.disagreements(check) == ["GW-R-CLERK-01"]
    post(desk, "R-CLERK", "R-TEAMLEAD", "整理客户资料", valid="2027-01-01")
    assert desk.disagreements(check) == []
    post(desk, "R-TEAMLEAD", "R-SUPERVISOR", "逐周评分", valid="2027-01-01", subordinates=["R-AGENT"])
    assert desk.disagreements(check) == ["GW-R-CLERK-02"]


# quarterly reports and recruitment


def report(desk: Desk, at: str = "2027-01-15 18:00", by: str = "S0001", **data: Any) -> RecordCase:
    lines = [{"no": 1, "goal": "ZB2-202610-001#1", "actual": "96%", "met": True}]
    lines.append({"no": 2, "goal": "ZB2-202610-001#2", "actual": "80%", "met": False, "reason": "缺员"})
    record = {
        "quarter_from": "2026-10-01",
        "dept": "D-CS",
        "author": "S0002",
        "progress": "接通率提高",
        "figures": lines,
        "problems": "晚班缺员",
        "improvements": "增加机动人员",
        "opinion": "同意",
    }
    signed = [("submit", "S0002", at), ("review", by, "2027-01-18 09:00")]
    return desk.file("F-QUARTERRPT", "JB3-202610-S0002", {**record, **data}, signed, "S0002")


def authority(desk: Desk, until: str = "2027-01-31", grantee: str = "S0022") -> None:
    powers = {"powers": "审阅季度报告", "reason": "出差", "valid_from": "2027-01-01", "valid_to": until}
    signed = [("grant", "S0001", "2026-12-30 09:00"), ("accept", grantee, "2026-12-30 10:00")]
    desk.file("F-DELEGATE", "SQ-202612-001", {"grantor": "S0001", "grantee": grantee, **powers}, signed, "S0001")


def test_heads_report_every_quarter(desk: Desk) -> None:
    case = report(desk)
    assert (outcome(case), case.all_values["rate"]) == (([], [], "closed"), 50)
    assert broken(report(desk, at="2027-01-16 00:01")) == ["submitted"]
    assert broken(report(desk, quarter_from="2026-11-01")) == ["starts_a_quarter", "quarter_is_over"]


def test_a_deputy_acts_only_with_authority(desk: Desk) -> None:
    assert broken(report(desk, by="S0022")) == ["deputy_is_authorised"]
    authority(desk)
    assert outcome(report(desk, by="S0022", authority="SQ-202612-001")) == ([], [], "closed")
    assert desk.disagreements("deputy-authority") == []
    for wrong in ({"until": "2027-01-17"}, {"grantee": "S0013"}):
        authority(desk, **wrong)
        assert desk.disagreements("deputy-authority") == ["JB3-202610-S0002"]


def test_recruitment_follows_the_post_description(desk: Desk) -> None:
    def plan(planned: str = "2027-03-01", **data: Any) -> RecordCase:
        line = {"no": 1, "post": "R-AGENT", "need": 3, "reason": "晚班缺员", "requirements": "沟通", "planned": planned}
        record = {"year_from": "2027-01-01", "dept": "D-CS", "proposer": "S0002", "basis": "话务预测", "granted": 3}
        people = {"propose": "S0002", "examine": "S0019", "approve": "S0001"}
        signed = [(step, who, f"2027-01-11 1{n}:00") for n, (step, who) in enumerate(people.items())]
        rows = [{**line, **data.pop("line", {"description": "GW-R-AGENT-01"})}]
        return desk.file("F-RECRUIT", "ZP-2027-01", {**record, "rows": rows, **data}, signed)

    assert outcome(plan()) == ([], [], "closed")
    assert broken(plan(line={})) == ["by_post_description"]
    assert broken(plan(planned="2028-01-04")) == ["planned_within_year"]
    assert lacking(plan(granted=2)) == ["note"]
    assert broken(plan(granted=4)) == ["not_more_than_asked"]
