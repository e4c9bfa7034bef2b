"""Scores from the week to the year, worked out from what happened; samples of quality, coaching of the weak."""

import datetime as dt
import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from benchmarks import phrases
from benchmarks.scene import Scene
from benchmarks.year.attendance import lead_of
from benchmarks.year.plan import add_months, moment
from benchmarks.year.roster import SHIFTS
from benchmarks.year.year import Year, act, numbered

FULL = {"attitude": 3000, "ability": 3000, "efficiency": 2000, "teamwork": 2000}  # in hundredths, as all scores here
COMPLAINT, LATE = 200, 100
SAMPLES = 5
EXCELLENT_SHARE, EXCELLENT, PASS = 20, 9000, 6000
EVIDENCE = {
    "attitude": "现场巡听四通，用语规范。",
    "ability": "抽查服务记录六份，答复准确。",
    "efficiency": "平均通话时长在班组前列。",
    "teamwork": "主动顶班一次，交接完整。",
}
POLITE = (
    "please", "you_polite", "goodbye", "no_stiff", "no_shirking", "no_blaming", "same_person", "same_watched", "same_busy",
    "same_mood", "greeting", "closing", "number_only", "calm",
)  # fmt: skip
WEAKNESS = "报修流程不熟，需要反复询问客户同一信息。"


class Month(NamedTuple):
    """What the appraisal of a month rests on; scores in hundredths."""

    means: dict[str, int]
    complaints: int
    late: int

    @property
    def scores(self) -> dict[str, int]:
        attitude = max(0, min(self.means["attitude"], FULL["attitude"] - COMPLAINT * self.complaints))
        teamwork = max(0, min(self.means["teamwork"], FULL["teamwork"] - LATE * self.late))
        return {**self.means, "attitude": attitude, "teamwork": teamwork}


def mean(values: Sequence[int]) -> int:
    """Half a hundredth is rounded up."""
    return (2 * sum(values) + len(values)) // (2 * len(values))


def points(hundredths: int) -> Decimal:
    return (Decimal(hundredths) / 100).quantize(Decimal("0.01"))


def work(year: Year, day: dt.date) -> None:
    if day.weekday() == 6 and day >= year.plan.start:
        for nth, agent in enumerate(year.agents(day)):
            _week(year, day, agent, nth)
    if not year.within(day):
        return
    _samples(year, day)
    last = add_months(day.replace(day=1), 1) - dt.timedelta(1)
    if day == last:
        for nth, agent in enumerate(year.agents(day)):
            _month(year, day, agent, nth)
    if day == year.plan.end:
        _year(year, day)
    if day.month % 3 == 2 and day == year.working_day(day.replace(day=4)):
        _coach(year, year.scene(day, "F-COACH"))


# weeks


def _ability(year: Year, agent: str) -> float:
    """What share of the full marks somebody usually has; two are very good, the others spread below."""
    agents = (*year.staffing.known, *year.staffing.more)
    place = year.staffing.place[agent]
    return 0.945 - 0.2 * place / len(agents) if place > 1 else 0.96


def _week(year: Year, sunday: dt.date, agent: str, nth: int) -> None:
    rng = random.Random(f"{year.plan.seed}/{sunday}/{agent}")  # noqa: S311
    scores = {
        name: min(full, int(full * _ability(year, agent) * rng.uniform(0.97, 1.03) / 50) * 50)
        for name, full in FULL.items()
    }
    year.book["weeks"].setdefault((agent, sunday.replace(day=1)), []).append(scores)
    lead = lead_of(year, agent)
    data = {
        "week_from": sunday - dt.timedelta(6),
        "agent": agent,
        "assessor": lead,
        "method": ["onsite", "record"],
        "scores": [{"dimension": name, "score": points(n), "evidence": EVIDENCE[name]} for name, n in scores.items()],
    }
    year.record(
        "F-APPRDAILY",
        moment(sunday, 14, 2 * nth),
        act("assess", lead, moment(sunday, 16, nth), data),
        act("acknowledge", agent, moment(sunday, 17, nth)),
    )


# months


def _month(year: Year, day: dt.date, agent: str, nth: int) -> None:
    first = day.replace(day=1)
    weeks = year.book["weeks"][agent, first]
    means = {name: mean([week[name] for week in weeks]) for name in FULL}
    late = int(year.book["attendance"].get(first, {}).get(agent, {}).get("late", 0))
    found = Month(means, year.book["justified"].get((first, agent), 0), late)
    year.book["months"].setdefault(agent, []).append(sum(found.scores.values()))
    assessor = year.one("R-SUPERVISOR")
    answers = {f"appraisal-mean-{name}": points(n) for name, n in found.means.items()}
    year.record(
        "F-APPRMONTH",
        moment(day, 18, nth),
        act("assess", assessor, moment(day, 18, 20 + nth), _sheet(first, agent, assessor, found)),
        act("acknowledge", agent, moment(day, 19, nth)),
        act("confirm", year.manager, moment(day, 19, 20 + nth)),
        answers={**answers, "appraisal-weeks": len(weeks)},
    )


def _sheet(first: dt.date, agent: str, assessor: str, found: Month) -> dict[str, Any]:
    total = sum(found.scores.values())
    words = f"有理由投诉{found.complaints}件，每件扣二分；迟到{found.late}次，每次扣一分。"
    basis = {"deduction_basis": words} if found.complaints or found.late else {}
    far = found.means["attitude"] - found.scores["attitude"] > 300
    reason = {"deviation_reason": "有理由投诉多于一件，服务态度按规定扣分。"} if far else {}
    weak = {"improvement": "参加下月辅导，重点练习报修流程。"} if total < PASS else {}
    return {
        "month": first,
        "agent": agent,
        "assessor": assessor,
        "complaints": found.complaints,
        "late_times": found.late,
        "absent_days": 0,
        "reply_deduct": "0.00",
        **basis,
        **{name: points(n) for name, n in found.scores.items()},
        **reason,
        "comment": "按各周考评汇总，表现平稳，继续保持规范用语。",
        **weak,
    }


# the year


def _year(year: Year, day: dt.date) -> None:
    """The best fifth is excellent; when nobody fails, that is decided upon in writing."""
    rng = year.scene(day, "F-APPRYEAR").rng
    agents = [each for each in year.agents(day) if each in year.book["months"]]
    rated = []
    for agent in agents:
        survey, deeds = (int((70 + 28 * _ability(year, agent)) * 100) + rng.randint(-200, 200) for _ in range(2))
        average = mean(year.book["months"][agent])
        rated.append((agent, average, survey, deeds, (60 * average + 20 * survey + 20 * deeds + 50) // 100))
    most = len(rated) * EXCELLENT_SHARE // 100
    lowest = min(rated, key=lambda each: each[4])
    for nth, (agent, average, survey, deeds, score) in enumerate(rated):
        better = sum(other[4] >= score for other in rated)
        lowered = score >= EXCELLENT and better > most
        grading: dict[str, Any] = {"lowered": lowered}
        if agent == lowest[0]:
            grading["quota_decision"] = "全年没有不合格人员，经部门和人力资源部研究，不强制定为不合格。"
        facts = {"year_from": day.replace(month=1, day=1), "agent": agent, "survey_score": points(survey)}
        facts |= {
            "achievements": "按月度考评和满意度调查汇总。",
            "achievement_score": points(deeds),
            "grade_reason": "考评依据完整，同意。",
        }
        year.record(
            "F-APPRYEAR",
            moment(day, 20, nth),
            act("assess", year.one("R-SUPERVISOR"), moment(day, 20, 20 + nth), facts),
            act("review", year.manager, moment(day, 20, 40 + nth)),
            act("grade", year.one("R-HRMGR"), moment(day, 21, nth), grading),
            act("approve", year.leader, moment(day, 21, 20 + nth)),
            act("acknowledge", agent, moment(day, 21, 40 + nth)),
            answers={"appraisal-monthly-average": points(average)},
        )


# samples and coaching


def _samples(year: Year, day: dt.date) -> None:
    """Everybody who sat at a seat is sampled five times a month, spread over the days on which the person was there."""
    month = day.replace(day=1)
    for nth, agent in enumerate(year.on_duty(day)):
        taken = year.book["samples"].get((month, agent), 0)
        if taken < SAMPLES:
            year.book["samples"][month, agent] = taken + 1
            _sample(year, year.scene(day, f"F-QUALITYMON {agent}"), agent, nth)


def _sample(year: Year, scene: Scene, agent: str, nth: int) -> None:
    shift = next(shift for shift in SHIFTS if agent in year.crew[scene.day, shift])
    reviewers = [*year.all("R-TEAMLEAD"), year.one("R-QA")]
    reviewer = reviewers[(scene.day.toordinal() + nth) % len(reviewers)]
    calls = year.book["calls"][scene.day]
    data = {
        "date": scene.day,
        "agent": agent,
        "reviewer": reviewer,
        "medium": scene.rng.choice(("voice", "chat")),
        "contact_at": scene.later(scene.at(SHIFTS[shift][0]), 5, 200),
        "source": next((id for id, story in calls if story.created_by == agent), calls[0][0]),
        **dict.fromkeys(POLITE, True),
    }
    if scene.rng.random() < 0.1:
        data["comment"] = phrases.SHIFT_SUMMARIES[3]
    at = scene.at(SHIFTS[shift][1] - 1, nth)
    year.record(
        "F-QUALITYMON",
        at,
        act("inspect", reviewer, at + dt.timedelta(minutes=12), data),
        act("acknowledge", agent, at + dt.timedelta(minutes=40)),
    )


def _coach(year: Year, scene: Scene) -> None:
    """Whoever scored lowest is coached for three weeks."""
    agents = [each for each in year.agents(scene.day) if year.stays(each)]
    agent = min(agents, key=lambda each: (year.book["months"].get(each) or [10_000])[-1])
    coach = lead_of(year, agent)
    last = scene.day + dt.timedelta(21)
    month = add_months(scene.day.replace(day=1), -1)
    rows = numbered(
        [
            {
                "done_on": scene.day + dt.timedelta(n),
                "action": "同席旁听并讲评两通报修来电。",
                "effect": "一次登记完整率提高。",
            }
            for n in (7, 14)
        ]
    )
    data = {
        "agent": agent,
        "coach": coach,
        "cause": f"YP-{month:%Y%m}-{agent}",
        "weakness": WEAKNESS,
        "goals": "两周内报修单一次登记完整率达到九成五。",
        "begins_on": scene.day,
        "ends_on": last,
    }
    year.record(
        "F-COACH",
        scene.at(10),
        act("plan", coach, scene.at(10, 30), data),
        act("accept", agent, scene.at(11)),
        act("record", coach, moment(scene.day + dt.timedelta(7), 15), {"actions": rows[:1]}),
        act("record", coach, moment(scene.day + dt.timedelta(14), 15), {"actions": rows[1:]}),
        act("conclude", coach, moment(last, 10), {"result": "met", "assessment": "达到目标，流程熟练。"}),
        act("acknowledge", agent, moment(last, 11)),
        act("decide", year.manager, moment(last, 15)),
    )
