"""What goes wrong when people learn, are scored, join and leave."""

import datetime as dt
from typing import Any

from benchmarks.year.appraisal import FULL
from benchmarks.year.plan import moment
from benchmarks.year.plot import Plot, Tale, values
from benchmarks.year.year import act

SAMPLED_TOO_LITTLE = 11  # month


def _victim(plot: Plot) -> str:
    return plot.year.staffing.known[3]


# before the year


def _stays_away(plot: Plot) -> None:
    """Somebody comes to the first training of the year and to none after it."""
    plot.year.book["stays away"][_victim(plot)] = True


def _not_sampled(plot: Plot) -> None:
    month = dt.date(plot.year.plan.end.year, SAMPLED_TOO_LITTLE, 1)
    plot.year.book["samples"][month, _victim(plot)] = 1


BEFORE = (_stays_away, _not_sampled)


# learning


def _untrained(plot: Plot) -> None:
    tale = Tale("一人全年只参加一次培训。", "Somebody took part in one training of the year.")
    plot.expect("WSP506", plot.every("F-TRAINPLAN")[0], "REG-TRAIN/2", tale, "training-hours")


def _unsampled(plot: Plot) -> None:
    samples = [each for each in plot.every("F-QUALITYMON") if each.day.month == SAMPLED_TOO_LITTLE]
    last = max(samples, key=lambda story: story.id)
    tale = Tale("十一月一人少抽检一次。", "Somebody was sampled once too little in November.")
    plot.expect("WSP506", last, "REG-CONDUCT/16", tale, "quality-samples-per-month")


def _newcomer(plot: Plot) -> None:
    """The last newcomer: half educated, half introduced, and the mentor has another one."""
    probation = plot.every("F-PROBATION")[-1]
    turn = next(each for each in plot.year.staffing.turns if each.newcomer == values(probation)["staff"])
    education = next(each for each in plot.every("F-SAFETYEDU") if values(each)["staff"] == turn.newcomer)
    tale = Tale("新员工上岗前没有受保密教育。", "A newcomer had no education in secrecy before duty.")
    plot.expect("WSP506", plot.alter(education, {"topics": ["safety"]}), "REG-CONF/9", tale, "pre-duty-education")
    sessions = [each for each in plot.every("F-TRAINREC") if values(each)["kind"] == "onboarding"]
    session = next(each for each in sessions if values(each)["attendees"][0]["staff"] == turn.newcomer)
    plot.alter(session, {"topics": ["company", "culture", "duties", "workflow"]})
    tale = Tale("入职培训没有讲行为规范。", "The onboarding left out the norms of conduct.")
    plot.expect("WSP506", probation, "REG-TRAIN/1", tale, "onboarding-topics")
    late = turn.probation_end - dt.timedelta(3)
    moved = plot.postpone(probation, dt.timedelta(7), "assess")
    tale = Tale("试用期届满前三天才考核。", "Probation was assessed three days before its end.")
    story = plot.alter(moved, {"assessed_on": late})
    plot.expect("REC318", story, "REG-APPRAISAL/11", tale, "F-PROBATION:assessed_in_time")


def _second_newcomer(plot: Plot) -> None:
    year = plot.year
    first = plot.every("F-MENTOR")[-1]
    begins = dt.date.fromisoformat(values(first)["begins_on"]) + dt.timedelta(4)
    mentor, junior, supervisor = values(first)["mentor"], year.staffing.known[-1], year.one("R-SUPERVISOR")
    data = {
        "newcomer": junior,
        "mentor": mentor,
        "begins_on": begins,
        "ends_on": begins + dt.timedelta(20),
        "goals": "转岗后熟悉投诉受理。",
    }
    id = year.record(
        "F-MENTOR",
        moment(begins, 9),
        act("assign", supervisor, moment(begins, 9, 30), data),
        act("accept", mentor, moment(begins, 10)),
    )
    tale = Tale("一名带教人同期带两人。", "A mentor had two newcomers at a time.")
    plot.expect("WSP506", plot.told(id), "REG-TRAIN/8", tale, "mentor-one-newcomer")


def _old_text(plot: Plot) -> None:
    story = plot.every("F-CONFAGREE")[-1]
    tale = Tale("签署的承诺书文本版本不是现行版。", "The undertaking was signed on another text than the one in force.")
    plot.expect("WSP506", plot.alter(story, {"text_version": 2}), "REG-CONF/4", tale, "undertaking-current")


# scores


def _complaint_counted(plot: Plot) -> None:
    def suits(data: Any) -> bool:
        return data["complaints"] == "0" and float(data["attitude"]) * 100 < FULL["attitude"] - 200

    story = plot.pick("F-APPRMONTH", lambda data: data["month"].endswith("-11-01") and suits(data))
    changes = {"complaints": 1, "deduction_basis": "有理由投诉一件。"}
    tale = Tale("月考评扣了一件并不存在的投诉。", "A monthly appraisal counts a complaint that never was.")
    plot.expect("WSP506", plot.alter(story, changes), "REG-COMPLAINT/12", tale, "appraisal-complaints-counted")


def _quotas(plot: Plot) -> None:
    sheets = plot.every("F-APPRYEAR")
    best = max(sheets, key=lambda story: (story.answers["appraisal-monthly-average"], values(story)["survey_score"]))
    tale = Tale(
        "得分最高的人没有超出名额，却被降为良好。", "The best of the year was lowered though the quota had room."
    )
    plot.expect("WSP506", plot.alter(best, {"lowered": True}), "REG-APPRAISAL/5", tale, "appraisal-quota")
    lowest = next(each for each in sheets if "quota_decision" in values(each))
    tale = Tale("无人不合格，也没有书面决定。", "Nobody failed, and nobody decided upon that in writing.")
    plot.expect("WSP506", plot.alter(lowest, {"quota_decision": None}), "REG-APPRAISAL/5", tale, "appraisal-quota")


def _leaves_a_case(plot: Plot) -> None:
    year = plot.year
    turn = year.staffing.turns[-1]
    opened = turn.last_day - dt.timedelta(9)
    data = {
        "opened_at": moment(opened, 10),
        "time_place": "客户来电，反映装机后信号弱。",
        "persons": "家庭客户",
        "phone": "13800000000",
        "event": "室内覆盖不足，要求加装信号放大设备。",
        "owner": turn.leaver,
    }
    case = year.record("F-CASE", moment(opened, 10), act("open", turn.leaver, moment(opened, 10, 20), data))
    leaver = next(each for each in plot.every("F-OFFBOARD") if values(each)["staff"] == turn.leaver)
    tale = Tale(
        "离职员工名下还有个案没有移交，也就长期未结。", "A leaver left an open case behind, which nobody took over."
    )
    plot.expect("WSP506", leaver, "REG-HANDOVER/17", tale, "leaver-without-open-cases")
    plot.expect("REC331", plot.told(case), "REG-SERVICE/15", tale, "F-CASE:long_open")


AFTER = (
    _untrained,
    _unsampled,
    _newcomer,
    _second_newcomer,
    _old_text,
    _complaint_counted,
    _quotas,
    _leaves_a_case,
)
