"""Plans and checks of the supervision group, what was put right; goals, awards, penalties, delegations and damage."""

import datetime as dt
from typing import Any

from benchmarks.scene import Scene
from benchmarks.year.plan import add_months, moment
from benchmarks.year.year import Year, act, numbered

FINDINGS = (
    (
        "records",
        "抽查服务记录四十份。",
        "两份记录的客户诉求只写一句话，看不出经过。",
        "补充记录并在班前会讲评，组长每日抽查三份。",
    ),
    ("uniform", "现场查看早班着装。", "一名新员工未领到领带，以便装代替。", "行政部当日补发，发放前登记到人。"),
    ("handover", "调阅交接班记录二十份。", "个别记录的温度凭印象填写。", "交接时当面读表，主管不定期核对。"),
)
MERITS = "全季服务记录合格率百分之百，三次获得客户书面表扬，主动帮带新员工。"
FACTS = "录入客户地址时漏写门牌号，造成装维人员往返一次，客户当日再次来电。"
QUARTER = 3


def work(year: Year, day: dt.date) -> None:
    _plan_ahead(year, day)
    if not year.within(day):
        return
    first = day.replace(day=1)
    if (day.month - 1) % QUARTER == 1:
        for date, task in ((10, _check), (16, _damage), (19, _award), (23, _penalise)):
            if day == year.working_day(first + dt.timedelta(date - 1)):
                task(year, year.scene(day, task.__name__))
    if (day.month - 1) % QUARTER == 0 and day == year.working_day(first + dt.timedelta(11)):
        _delegate(year, year.scene(day, "F-DELEGATE"))


def _plan_ahead(year: Year, day: dt.date) -> None:
    """Plans of the quarter to come are agreed in the last days of the one before."""
    quarter = add_months(day.replace(day=1), 1)
    if day != year.working_day(day.replace(day=20)) or (quarter.month - 1) % QUARTER or quarter > year.plan.end:
        return
    _supervision_plan(year, year.scene(day, "F-SUPPLAN"), quarter)
    _goals(year, year.scene(day, "F-GOALS"), quarter)


def _supervision_plan(year: Year, scene: Scene, quarter: dt.date) -> None:
    middle = add_months(quarter, 1)
    rows = [
        {
            "topic": topic,
            "content": content,
            "method": "records",
            "inspected": "D-CS",
            "date": middle + dt.timedelta(n),
            "inspector": who,
        }
        for n, (topic, content, who) in enumerate(
            (
                ("appraisal_process", "考评是否按周按月进行。", year.one("R-SUPHEAD")),
                ("appraisal_fairness", "得分依据是否充分。", year.one("R-SUPHEAD")),
                ("uniform", "领用、报废和退还手续。", year.all("R-SUPMEMBER")[1]),
                ("records", "服务记录是否完整属实。", year.all("R-SUPMEMBER")[0]),
            ),
            start=9,
        )
    ]
    data = {"period_from": quarter, "period_to": add_months(quarter, QUARTER) - dt.timedelta(1), "rows": numbered(rows)}
    year.book["supervision"]["plan"] = year.record(
        "F-SUPPLAN",
        scene.at(9),
        act("draw_up", year.one("R-SUPHEAD"), scene.at(11), data),
        act("approve", year.leader, scene.at(15)),
    )


def _goals(year: Year, scene: Scene, quarter: dt.date) -> None:
    rows = (
        ("satisfaction", "不低于百分之九十五", "40.00", "满意数除以有效评价数"),
        ("resolution", "不低于百分之九十", "35.00", "首次来电解决数除以来电数"),
        ("complaint", "有理由投诉每万次来电不超过三件", "25.00", "件数除以来电数"),
    )
    person = year.one("R-SUPERVISOR")
    data = {
        "period": "quarter",
        "period_from": quarter,
        "scope": "dept",
        "dept": "D-CS",
        "person": person,
        "rows": numbered([{"indicator": a, "target": b, "weight": c, "formula": d} for a, b, c, d in rows]),
    }
    year.book["goals"][quarter] = year.record(
        "F-GOALS",
        scene.at(10),
        act("propose", year.manager, scene.at(10, 30), data),
        act("approve", year.leader, scene.at(15, 20)),
        act("accept", person, scene.at(16)),
    )


def _check(year: Year, scene: Scene) -> None:
    members = year.all("R-SUPMEMBER")[:2]
    topic, sample, finding, measure = FINDINGS[(scene.day.month // QUARTER) % len(FINDINGS)]
    checks = [
        {"topic": "appraisal_process", "sample": "三月的周考评表。", "result": "conforming"},
        {"topic": topic, "sample": sample, "result": "nonconforming", "finding": finding},
    ]
    limit = year.working_days_later(scene.day, 4)
    done = year.working_days_later(scene.day, 2)
    fixed = {"rectifications": numbered([{"check_no": "2", "measure": measure, "done_on": done}])}
    seen = year.working_days_later(done, 1)
    data = {
        "check_date": scene.day,
        "kind": "regular",
        "plan_ref": year.book["supervision"]["plan"],
        "inspected": "D-CS",
        "members": members,
        "checks": numbered(checks),
    }
    id = year.record(
        "F-SUPCHECK",
        scene.at(14),
        act("inspect", members[0], scene.at(16), data),
        act("inspect", members[1], scene.at(16, 10)),
        act("undertake", year.manager, scene.at(17), {"opinion": "情况属实，按期整改。", "rectify_by": limit}),
        act("rectify", year.manager, moment(done, 16), fixed),
        act(
            "verify", members[0], moment(seen, 10), {"verifications": numbered([{"verified_on": seen, "passed": True}])}
        ),
    )
    year.later(year.working_day(scene.day + dt.timedelta(1)), _demand, id, finding, measure)


def _demand(year: Year, day: dt.date, source: str, finding: str, measure: str) -> None:
    inspector, owner = year.all("R-SUPMEMBER")[0], year.one("R-SUPERVISOR")
    done, seen = year.working_days_later(day, 2), year.working_days_later(day, 3)
    data = {
        "issued_on": day,
        "source": source,
        "inspected": "D-CS",
        "inspector": inspector,
        "finding": finding,
        "demand": "查明原因，完成整改并防止重复发生。",
        "owner": owner,
        "due": day + dt.timedelta(6),
    }
    work_done = {"measures": numbered([{"cause": "要求不够具体，缺少抽查。", "measure": measure, "done_on": done}])}
    year.record(
        "F-RECTIFY",
        moment(day, 9),
        act("issue", inspector, moment(day, 9, 30), data),
        act("accept", owner, moment(day, 10)),
        act("rectify", owner, moment(done, 17), work_done),
        act(
            "verify", inspector, moment(seen, 11), {"verifications": numbered([{"verified_on": seen, "passed": True}])}
        ),
    )


def _damage(year: Year, scene: Scene) -> None:
    custodian, person = year.one("R-CUSTODIAN"), year.crew[scene.day, "early"][0]
    data = {
        "item": "座席电话听筒",
        "when": scene.at(9, 30),
        "custodian": custodian,
        "person": person,
        "cause": "起身时带落听筒，外壳开裂。",
        "loss": "45.00",
    }
    year.record(
        "F-DAMAGE",
        scene.at(10),
        act("report", custodian, scene.at(10, 10), data),
        act("answer", person, scene.at(11), {"agrees": True}),
        act("decide", year.manager, scene.at(15), {"rough_use": False, "reason": "不属粗暴使用，正常更换。"}),
    )


def _award(year: Year, scene: Scene) -> None:
    _, story = year.book["calls"][scene.day - dt.timedelta(1)][0]
    id = year.book["calls"][scene.day - dt.timedelta(1)][0][0]
    staff, proposer = story.created_by, year.one("R-SUPERVISOR")
    data = {
        "date": scene.day,
        "staff": staff,
        "proposer": proposer,
        "award": "star",
        "basis": id,
        "merits": MERITS,
        "amount": "0.00",
    }
    year.record(
        "F-AWARD",
        scene.at(9),
        act("propose", proposer, scene.at(9, 30), data),
        act("confirm", year.manager, scene.at(14)),
        act("approve", year.leader, scene.at(16)),
    )


def _penalise(year: Year, scene: Scene) -> None:
    """A written warning for an error in work; the person appeals, and the decision stands."""
    calls = year.book["calls"][scene.day - dt.timedelta(1)]
    id, story = next((call for call in calls if year.stays(call[1].created_by)), calls[0])
    staff, proposer = story.created_by, year.all("R-TEAMLEAD")[0]
    step = year.book["penalties"].get(staff, 0) + 1
    year.book["penalties"][staff] = step
    data: dict[str, Any] = {
        "staff": staff,
        "found_on": scene.day,
        "violation": "work_error",
        "facts": FACTS,
        "evidence": id,
        "serious": False,
        "proposer": proposer,
        "measure": "oral",
    }
    following = year.working_days_later(scene.day, 1)
    known = year.working_days_later(scene.day, 2)
    settled = year.working_days_later(known, 6)
    penalty = year.record(
        "F-PENALTY",
        scene.at(10),
        act("propose", proposer, scene.at(10, 20), data),
        act("decide", year.manager, moment(following, 11), {"reasons": "事实清楚，初次发生，口头警告。"}),
        act("notify", staff, moment(known, 14), {"statement": "地址是客户口述，希望再核实。"}),
        act("execute", year.one("R-HR"), moment(settled, 15), {"outcome_note": "申诉后维持，已口头警告并记录。"}),
        answers={"penalty-step": step},
    )
    year.later(year.working_days_later(known, 1), _appeal, penalty, staff, known)


def _appeal(year: Year, day: dt.date, penalty: str, staff: str, known: dt.date) -> None:
    data = {
        "appellant": staff,
        "target": penalty,
        "decided_by": year.manager,
        "known_on": known,
        "filed_on": day,
        "grounds": "录音中客户未报门牌号，本人已追问一次。",
        "request": "请求复核录音后撤销口头警告。",
    }
    heard, decided = year.working_days_later(day, 1), year.working_days_later(day, 2)
    inquiry = {"received_on": heard, "findings": "复听录音，客户报过门牌号，录入时遗漏。"}
    decision = {"decision": "upheld", "decision_reason": "原认定事实清楚，处理适当。"}
    year.record(
        "F-APPEAL",
        moment(day, 9),
        act("file", staff, moment(day, 9, 20), data),
        act("examine", year.one("R-HR"), moment(heard, 11), inquiry),
        act("decide", year.one("R-HRMGR"), moment(decided, 15), decision),
        act("acknowledge", staff, moment(decided, 17)),
    )


def _delegate(year: Year, scene: Scene) -> None:
    grantee = year.one("R-SUPERVISOR")
    first = year.working_days_later(scene.day, 2)
    last = first + dt.timedelta(4)
    use = {"at": moment(first, 15), "matter": "代为批准客户记录查询一件。"}
    data = {
        "grantor": year.manager,
        "grantee": grantee,
        "powers": "外出期间代为审批客户记录查询和换班申请。",
        "reason": "部门经理外出参加行业会议。",
        "valid_from": first,
        "valid_to": last,
    }
    end = moment(last + dt.timedelta(1), 9)
    year.record(
        "F-DELEGATE",
        scene.at(10),
        act("grant", year.manager, scene.at(10, 30), data),
        act("accept", grantee, scene.at(11)),
        act("use", grantee, moment(first, 15, 20), {"uses": numbered([use])}),
        act("end", year.manager, end + dt.timedelta(minutes=20), {"ended_because": "expired", "ended_at": end}),
    )
