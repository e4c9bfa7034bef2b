"""What goes wrong with meetings, tasks, plans, posts, ratings and surveys."""

import datetime as dt
from typing import Any

from benchmarks.story import Story
from benchmarks.year.organisation import appraise_specially
from benchmarks.year.plan import moment
from benchmarks.year.plot import Plot, Tale, values
from benchmarks.year.year import Data, act, numbered

NOT_APPRAISED_FROM = (11, 1)  # the first major complaint from this day on


# before the year


def _forget_appraisal(plot: Plot) -> None:
    first = dt.date(plot.year.plan.end.year, *NOT_APPRAISED_FROM)
    forgotten = plot.year.book["forgotten appraisal"]

    def forgets(form: str, data: Data) -> bool:
        if form != "F-APPRSPECIAL" or forgotten or dt.date.fromisoformat(data["date"]) < first:
            return False
        forgotten["complaint"] = data["trigger"]
        return True

    plot.year.prevented.append(forgets)


BEFORE = (_forget_appraisal,)


# complaints


def _appraisals_of_complaints(plot: Plot) -> None:
    story = plot.told(plot.year.book["forgotten appraisal"]["complaint"])
    tale = Tale("一件重大投诉办结后没有专项考核。", "A major complaint was not followed by a special appraisal.")
    plot.expect("WSP506", story, "REG-COMPLAINT/16", tale, "major-complaint-appraised")

    def is_minor(data: Any) -> bool:
        return bool(data["confirmed_level"] == "minor" and data["resp_person"] not in plot.year.all("R-SUPERVISOR"))

    minor = plot.pick("F-COMPLAINT", is_minor)
    day = plot.year.working_days_later(minor.day, 2)
    appraise_specially(plot.year, day, minor.id, values(minor)["resp_person"])
    tale = Tale("对一般投诉作了专项考核。", "A minor complaint was appraised as if it were major.")
    plot.expect("WSP506", plot.year.stories[-1], "REG-APPRAISAL/8", tale, "special-appraisal-trigger")
    since = f"{plot.year.plan.end.year}-10"
    complex_one = plot.pick("F-COMPLAINT", lambda data: data["received_at"] >= since)
    tale = Tale("情况复杂的投诉没有会商。", "Departments did not meet on a complex complaint.")
    plot.expect(
        "WSP506", plot.alter(complex_one, {"complex": True}), "REG-COMPLAINT/3", tale, "complex-complaint-meeting"
    )


# tasks and plans


def _task(plot: Plot, receiver: str, day: dt.date, *, late: dt.timedelta) -> Story:
    """An order that is answered so much later than it should be."""
    year = plot.year
    issuer, due = year.one("R-SUPERVISOR"), moment(day + dt.timedelta(2), 17)
    data = {
        "title": "补录手工单",
        "issuer": issuer,
        "receiver": receiver,
        "issued_at": moment(day, 9),
        "due": due,
        "standard": "五份手工单全部补录并核对。",
    }
    answered = due + late
    reply = {"at": answered, "state": "done", "done_at": answered - dt.timedelta(minutes=20), "text": "已补录。"}
    id = year.record(
        "F-TASK",
        moment(day, 9, 5),
        act("issue", issuer, moment(day, 9, 10), data),
        act("accept", receiver, moment(day, 9, 40)),
        act("reply", receiver, answered, {"replies": numbered([reply])}),
        act("confirm", issuer, answered + dt.timedelta(hours=1), {"quality": "good"}),
    )
    return plot.told(id)


def _answered_late(plot: Plot) -> None:
    agent = plot.year.staffing.known[2]
    day = dt.date(plot.year.plan.end.year, 11, 16)
    task = _task(plot, agent, day, late=dt.timedelta(hours=20))
    tale = Tale(
        "任务次日下午才复命，月考评也没有扣分。", "A task was answered a day late, and the appraisal does not mind."
    )
    plot.expect("REC332", task, "REG-TASK/1", tale, "F-TASK:replied")
    plot.expect("WSP506", plot.told(f"YP-{day:%Y%m}-{agent}"), "REG-APPRAISAL/10", tale, "appraisal-missed-replies")


def _delays(plot: Plot) -> None:
    year = plot.year
    plans = [each for each in plot.every("F-DAYPLAN") if any("delay" in row for row in values(each)["results"])]
    later = [each for each in plans if each.day.month >= 10]
    other = values(later[1])["results"][1]["delay"]
    tale = Tale("日计划所附的延期申请是另一天的。", "The delay that a plan of the day cites is of another day.")
    plot.expect("WSP506", plot.alter(later[0], {"results.1.delay": other}), "REG-TASK/5", tale, "delay-of-plan")
    task = plot.pick("F-TASK")
    due = dt.datetime.fromisoformat(values(task)["due"]) - dt.timedelta(hours=3)
    staff = values(task)["receiver"]
    data = {
        "staff": staff,
        "task": task.id,
        "old_due": due,
        "reason": "试用人员请假。",
        "done_so_far": "话术已写好。",
        "new_due": due + dt.timedelta(1),
    }
    day = due.date() - dt.timedelta(1)
    granted = {"granted_due": due + dt.timedelta(1), "opinion": "同意。"}
    id = year.record(
        "F-DELAY",
        moment(day, 10),
        act("apply", staff, moment(day, 10, 20), data),
        act("approve", year.manager, moment(day, 15), granted),
    )
    tale = Tale("延期申请写错了原定时间。", "The delay names a date that the task never had.")
    plot.expect("WSP506", plot.told(id), "REG-TASK/5", tale, "delay-of-task")


def _meetings(plot: Plot) -> None:
    story = plot.pick("F-MEETING", lambda data: data["type"] == "regular")
    due = dt.date.fromisoformat(values(story)["actions"][0]["due"]) - dt.timedelta(2)
    tale = Tale("任务单的期限晚于会议议定的日期。", "The order is due later than the meeting decided.")
    story = plot.alter(story, {"actions.0.due": due})
    plot.expect("WSP506", story, "REG-MEETING/6", tale, "meeting-action-given-out")
    morning = plot.pick("F-MEETING", lambda data: data["type"] == "morning")
    tale = Tale("一人晨会迟到四分钟。", "Somebody came four minutes late to the morning meeting.")
    morning = plot.alter(morning, {"present.1.arrived": "08:09"})
    plot.expect("REC318", morning, "REG-MEETING/1", tale, "F-MEETING:nobody_late")


def _plans_not_accounted(plot: Plot) -> None:
    month = plot.told(f"YJH-{plot.year.plan.end.year}11-G1")
    tale = Tale("上月计划的一项没有总结。", "An item of the month's plan is not accounted for.")
    plot.expect(
        "WSP506", plot.alter(month, {"plan_vs_done.0.plan_item": None}), "REG-TASK/6", tale, "month-plan-accounted"
    )
    week = plot.pick("F-WEEKPLAN")
    tale = Tale("上周计划的一项没有总结。", "An item of the week's plan is not accounted for.")
    plot.expect("WSP506", plot.alter(week, {"done.0.plan_item": None}), "REG-TASK/4", tale, "week-plan-accounted")


def _circle(plot: Plot) -> None:
    november = next(each for each in plot.every("F-QCACT") if each.day.month == 11)
    own, other = (each.id for each in plot.every("F-QCREG"))
    tale = Tale(
        "活动记在别的小组的课题上，本课题十一月也就没有活动。",
        "A meeting stands under another circle's topic; its own had none in November.",
    )
    plot.expect("WSP506", plot.alter(november, {"topic": other}), "REG-QC/3", tale, "qc-registered-first")
    plot.expect("WSP506", plot.told(own), "REG-QC/6", tale, "qc-idle")
    meetings = plot.every("F-QCACT")
    for each in meetings:
        plot.alter(each, {"conclusion": "按计划推进。", "comparisons": None})
    tale = Tale("课题结束时没有活动前后的对比。", "A topic was concluded without any comparison.")
    plot.expect("WSP506", plot.told(meetings[-1].id), "REG-QC/7", tale, "qc-materials")


# the organisation


def _posts(plot: Plot) -> None:
    year = plot.year
    agent = plot.every("F-POST")[0]
    day = year.working_days_later(agent.day, 3)
    drafter = year.one("R-SUPERVISOR")
    data = {
        **values(agent),
        "post": "R-TEAMLEAD",
        "name": "客服组长",
        "valid_from": day,
        "superior": "R-SUPERVISOR",
        "subordinates": ["R-AGENT"],
    }
    id = year.record(
        "F-POST",
        moment(day, 9),
        act("draft_it", drafter, moment(day, 10), data),
        act("review", year.manager, moment(day, 14)),
        act("approve", year.one("R-HRMGR"), moment(day, 16)),
    )
    tale = Tale("组长和座席的说明书都把同一职责列为主责。", "Two posts answer for the same duties.", 2)
    plot.expect("WSP506", plot.told(id), "REG-ORG/1", tale, "post-duties-overlap")


def _papers_of_staff(plot: Plot) -> None:
    year = plot.year
    salary = plot.every("F-SALARYADJ")[-1]
    other = next(each for each in plot.every("F-APPRYEAR") if values(each)["agent"] != values(salary)["staff"])
    tale = Tale("调薪引用了别人的年度考评。", "A raise rests on somebody else's annual appraisal.")
    plot.expect("WSP506", plot.alter(salary, {"basis": [other.id]}), "REG-APPRAISAL/6", tale, "appraisal-consequences")
    read = plot.pick("F-REGREAD")
    tale = Tale("确认阅读的版次还没有发布。", "Somebody acknowledged a revision that was not in force.")
    plot.expect("WSP506", plot.alter(read, {"documents.0.version": 2}), "REG-GOV/3", tale, "reading-current")
    review = plot.every("F-REGREVIEW")[0]
    tale = Tale("制度评估写错了被评估的版次。", "The review names a revision that was not in force.")
    plot.expect("WSP506", plot.alter(review, {"version": 2}), "REG-GOV/5", tale, "regulation-reviews")
    report = plot.every("F-QUARTERRPT")[-1]
    deputy = year.one("R-DGM")
    report = plot.alter(report, {"opinion": "同意。", "authority": plot.every("F-DELEGATE")[-1].id})
    report = plot.resign(report, "review", by=deputy)
    tale = Tale(
        "副总经理审阅季度报告，引用的却是给别人的授权书。", "The deputy's authority was given to somebody else."
    )
    plot.expect("WSP506", report, "REG-ORG/4", tale, "deputy-authority")
    product = plot.pick("F-NEWPROD")
    people = values(product)["trained"]
    kept = [signing for signing in product.signings if signing.row != people[-1]["no"]]
    product = plot.alter(product._replace(signings=kept), {"trained": people[:-1]})
    tale = Tale("新品上架前有一名座席没有受训。", "Somebody at a seat was not taught before the listing.")
    plot.expect("WSP506", product, "REG-TRAIN/7", tale, "new-product-all-agents")


# customers and surveys


def _files(plot: Plot) -> None:
    year = plot.year
    first, second = plot.every("F-CUSTFILE")[-2:]
    phone = values(first)["phone"]
    tale = Tale("两份客户档案同一个电话。", "Two customers' files have the same number.")
    plot.expect("WSP506", plot.alter(second, {"phone": phone}), "REG-CUSTOMER/1", tale, "customer-phone-unique")
    clerk, day = year.one("R-CLERK"), year.working_day(dt.date(year.plan.end.year, 10, 11))
    change = plot.pick("F-DATACHANGE")
    data = {**values(first), "cust_no": "KC99", "opened_on": day, "phone": "13700000099", "name": "临江茶社"}
    row = {"no": "1", "on": day + dt.timedelta(30), "result": "changed", "change": change.id}
    checked = moment(day + dt.timedelta(30), 15)
    id = year.record(
        "F-CUSTFILE",
        moment(day, 10),
        act("open", clerk, moment(day, 10, 20), data),
        act("check", clerk, checked, {"checks": [row]}),
    )
    tale = Tale("核对档案时引用了别的客户的变更单。", "A check of the file cites another customer's change.")
    plot.expect("WSP506", plot.told(id), "REG-CUSTOMER/4", tale, "data-change-in-file")
    plot.cut(plot.every("F-VIPPLAN")[0], "approve")
    tale = Tale("重要客户的服务方案一直没有批准。", "The plan for a key customer was never approved.")
    classes = plot.every("F-CUSTCLASS")[-1]
    plot.expect("WSP506", classes, "REG-SERVICE/20", tale, "key-customer-planned")


def _surveys(plot: Plot) -> None:
    report = plot.every("F-SURVEYRPT")[-1]
    count = int(values(report)["agents"][1]["answers"]) + 1
    tale = Tale("个人满意度的份数多写一份。", "A report counts an answer too many.")
    plot.expect("WSP506", plot.alter(report, {"agents.1.answers": count}), "REG-SURVEY/5", tale, "survey-agents-agree")
    tale = Tale("改进要求到期也没有立改进措施单。", "A demand of the survey was never taken up.")
    report = plot.alter(plot.told(report.id), {"measures.0.dept": "D-TECH"})
    plot.expect("WSP506", report, "REG-SURVEY/3", tale, "survey-measures-opened")
    sheets = plot.every("F-SURVEY")[-2:]
    tale = Tale("同一客户在一次调查中答了两次。", "A customer answered a survey twice.")
    later = max(sheets, key=lambda story: story.id)
    earlier = min(sheets, key=lambda story: story.id)
    customer = values(earlier)["customer"]
    plot.expect("WSP506", plot.alter(later, {"customer": customer}), "REG-SURVEY/2", tale, "survey-answer-once")


AFTER = (
    _appraisals_of_complaints,
    _answered_late,
    _delays,
    _meetings,
    _plans_not_accounted,
    _circle,
    _posts,
    _papers_of_staff,
    _files,
    _surveys,
)
