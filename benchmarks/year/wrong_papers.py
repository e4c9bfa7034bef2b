"""What goes wrong with customers' matters and with the papers themselves: late, missing, taken twice, forged."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from benchmarks.story import Story, text_of
from benchmarks.year.clerk import Landing
from benchmarks.year.plan import add_months, moment
from benchmarks.year.plot import Plot, Tale, values
from benchmarks.year.year import Data, act, numbered
from csdocs.model.record import RECORD_NAMESPACE
from csdocs.parse.record import parse_record
from csdocs.trust.demo import demo_key
from csdocs.trust.payload import chain
from csdocs.trust.ssh import sign_with_key

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
NEVER_SUMMARISED = (11, 8)  # the first complaint from this day on
ROOM = "records/room-month"


# before the year


def _forget_summary(plot: Plot) -> None:
    year = plot.year
    first = dt.date(year.plan.end.year, *NEVER_SUMMARISED)
    forgotten = year.book["forgotten"]

    def forgets(form: str, data: Data) -> bool:
        if form != "F-COMPSUM" or "complaint" in forgotten:
            return bool(form == "F-COMPSUM" and data["complaint"] == forgotten.get("complaint"))
        heard = plot.told(data["complaint"])
        if heard.day < first:
            return False
        forgotten["complaint"] = heard.id
        return True

    year.prevented.append(forgets)


BEFORE = (_forget_summary,)


# customers


def _no_summary(plot: Plot) -> None:
    story = plot.told(plot.year.book["forgotten"]["complaint"])
    tale = Tale("一件投诉结案以后没有总结。", "A closed complaint was never summarised.")
    plot.expect("WSP506", story, "REG-COMPLAINT/6", tale, "closed-complaint-summarised")


def _contacted_late(plot: Plot) -> None:
    story = plot.pick("F-COMPLAINT", lambda data: data["received_at"][11:16] < "09:40")
    ending = [signing for signing in story.signings if signing.step in ("close", "approve")]
    late = dt.datetime.fromisoformat(values(story)["received_at"]) + 2 * HOUR + 20 * MINUTE
    story = plot.postpone(story, 2 * HOUR, "assign")
    for signing in ending:
        story = plot.resign(story, signing.step, at=signing.at)
    moved: dict[str, Any] = {"first_contact_at": late}
    for field in ("dept_reply_at", "solved_at", "customer_told_at"):
        moved[field] = dt.datetime.fromisoformat(values(story)[field]) + 2 * HOUR
    rows = values(story).get("progress", ())
    moved |= {f"progress.{n}.at": dt.datetime.fromisoformat(row["at"]) + 2 * HOUR for n, row in enumerate(rows)}
    tale = Tale("受理两小时以后才第一次联系投诉人。", "The complainant was first contacted after more than two hours.")
    plot.expect("REC332", plot.alter(story, moved), "REG-COMPLAINT/2", tale, "F-COMPLAINT:contact")


def _never_answered(plot: Plot) -> None:
    story = plot.cut(plot.pick("F-SUGGEST"), "tell")
    tale = Tale("客户建议一直没有答复。", "A suggestion was never answered.")
    plot.expect("REC331", story, "REG-FEEDBACK/1", tale, "F-SUGGEST:answered")
    story = plot.cut(plot.pick("F-RECTIFY"), "rectify")
    tale = Tale("整改通知过期没有整改。", "A demand was never put right.")
    plot.expect("REC331", story, "REG-SUPERVISE/3", tale, "F-RECTIFY:corrected")


def _entered_afterwards(plot: Plot) -> None:
    """A visit that was entered when the day had been counted."""
    year = plot.year
    sheet = plot.pick("F-REVISITDAY")
    agent = values(sheet)["staff"]
    first = next(each for each in plot.every("F-REVISIT") if each.day == sheet.day and values(each)["agent"] == agent)
    at = moment(sheet.day, 11, 30)
    due = sheet.day + dt.timedelta(3)
    data = {**values(first), "customer": "KH00000077", "at": at, "due": due, "introduced": True}
    facts = {key: value for key, value in data.items() if key not in ("source", "plan", "review_ok")}
    year.record(
        "F-REVISIT",
        at,
        act("visit", agent, at + 5 * MINUTE, facts),
        act("monitor", year.one("R-QA"), moment(sheet.day, 17), {"review_ok": True}),
    )
    tale = Tale(
        "日回访量核对以后又补录一次回访，差额没有说明。",
        "A visit was entered after the day had been compared, and nobody explained it.",
    )
    plot.expect("REC318", sheet, "REG-REVISIT/5", tale, "F-REVISITDAY:as_registered")
    plot.expect("REC304", sheet, "", tale)
    plot.expect("REC333", sheet, "", tale._replace(times=2))


def _urgent_customer(plot: Plot) -> None:
    year = plot.year
    earlier = plot.pick("F-CUSTHANDOVER")
    day = earlier.day + dt.timedelta(1)
    leaving, coming = year.crew[day, "early"][0], year.crew[day, "late"][0]
    customer = {"customer": "KH00000007", "type": "urgent", "urgency": "now", "situation": "专线中断，要求当班答复。"}
    data = {
        "handover_date": day,
        "shift": "early",
        "from_staff": leaving,
        "to_staff": coming,
        "next_shift_end": moment(day, 22),
        "customers": numbered([customer]),
    }
    later = next(each for each in plot.every("F-CUSTHANDOVER") if each.day > day)
    outcome = {"outcomes": [{"no": "1", "outcome": "rehanded", "rehanded": later.id}]}
    id = year.record(
        "F-CUSTHANDOVER",
        moment(day, 14, 40),
        act("outgoing", leaving, moment(day, 15, 1), data),
        act("incoming", coming, moment(day, 15, 5)),
        act("settle", coming, moment(day, 21, 50), outcome),
    )
    tale = Tale(
        "紧急客户写明再次移交，但移交记录里没有此人。",
        "An urgent customer was passed on to a record that does not know him.",
    )
    plot.expect("WSP506", plot.told(id), "REG-HANDOVER/13", tale, "urgent-customer-rehanded")


# safety and secrecy


def _hazards(plot: Plot) -> None:
    hazard = plot.pick("F-HAZARD")
    sheet = plot.pick("F-ROOMDAILY", lambda data: data["at"][:10] > str(hazard.day + dt.timedelta(9)))
    tale = Tale("日检登记的隐患早已消除。", "An inspection names a hazard that had been removed before.")
    plot.expect(
        "WSP506",
        plot.alter(sheet, {"level": "day", "hazards_found": [hazard.id]}),
        "REG-SAFETY/6",
        tale,
        "room-hazard-followed",
    )
    late = plot.pick("F-HAZARD")
    found = dt.datetime.fromisoformat(values(late)["found_at"])
    late = plot.postpone(late, 40 * MINUTE, "report")
    tale = Tale("发现隐患五十分钟以后才报告。", "A hazard was reported after fifty minutes.")
    plot.expect(
        "REC332", plot.alter(late, {"reported_at": found + 50 * MINUTE}), "REG-SAFETY/5", tale, "F-HAZARD:reported"
    )


def _drill(plot: Plot) -> None:
    """The drill of October slipped by a fortnight; the one before it was in April."""
    year = plot.year
    story = next(each for each in plot.every("F-DRILL") if each.day.month == 10)
    after = dt.timedelta(14)
    moved = plot.postpone(story, after, story.signings[0].step)
    moved = moved._replace(day=story.day + after, created_at=story.created_at + after)
    plot.year.stories[plot.year.stories.index(plot.told(story.id))] = moved
    story = plot.alter(moved, {"date": moved.day})
    if year.plan.start.month > 4:
        _drill_before(plot, add_months(dt.date(year.plan.end.year, 4, 1), 0) + dt.timedelta(9))
    tale = Tale("两次演练相隔超过六个月。", "More than six months between two drills.")
    plot.expect("WSP506", story, "REG-SAFETY/4", tale, "drill-interval")


def _drill_before(plot: Plot, day: dt.date) -> None:
    year = plot.year
    officer = year.one("R-SAFETY")
    data = {
        "date": day,
        "plan": "消防疏散预案",
        "organiser": officer,
        "participants": [{"staff": each, "able": True} for each in year.all("R-TEAMLEAD")],
        "equipment_used": "干粉灭火器",
        "result": "按时撤离，点名无遗漏。",
    }
    year.record(
        "F-DRILL",
        moment(day, 15),
        act("report", officer, moment(day, 16), data),
        act("review", year.manager, moment(day, 17), {"improvement": "应急广播音量调高。"}),
    )


def _secrecy(plot: Plot) -> None:
    consent = plot.pick("F-DATACONSENT")
    copy = next(each for each in plot.every("F-DATACOPY") if values(each)["consent"] == consent.id)
    plot.cut(consent, "review")
    tale = Tale(
        "同意单还没有审核就复印给外单位。", "Papers were copied for outsiders on a consent nobody had reviewed."
    )
    plot.expect("WSP506", copy, "REG-CONF/10", tale, "copy-consent-covers")
    custody = next(each for each in plot.every("F-DOCCUSTODY") if each.day.month == 10)
    kept = custody.day + dt.timedelta(20)
    custody = plot.alter(custody, {"rows.1.keep_until": kept})
    tale = Tale("保存期满两个月仍未销毁。", "A paper was kept long after its time.")
    plot.expect("WSP506", custody, "REG-CONF/6", tale, "custody-expired")
    destroyed = plot.pick("F-DATADESTROY")
    tale = Tale("销毁了台账上还须保存三年的资料。", "A paper was destroyed that had to be kept for three more years.")
    destroyed = plot.alter(destroyed, {"checks.0.custody": f"{custody.id}#1"})
    plot.expect("WSP506", destroyed, "REG-RECORD/20", tale, "destruction-before-custody-ends")


# papers


def _backup_gap(plot: Plot) -> None:
    story = plot.pick("F-BACKUP")
    first = dt.date.fromisoformat(values(story)["range_from"]) + dt.timedelta(3)
    tale = Tale("备份范围中间漏了两天。", "Two days of records were not backed up.")
    plot.expect("WSP506", plot.alter(story, {"range_from": first}), "REG-RECORD/5", tale, "backup-interval")


def _missing(plot: Plot) -> None:
    month = next(each for each in plot.every("F-ROOMMONTH") if each.day.month == 10)
    plot.drop(month)
    tale = Tale("十月没有做机房月检。", "No monthly inspection of the room in October.")
    plot.expect("WSP505", "handbook/regulations/REG-SAFETY.md", "REG-SAFETY/3", tale)
    day = plot.pick("F-FIVES")
    sheets = [each for each in plot.every("F-ROOMSHIFT") if each.day == day.day]
    plot.drop(sheets[0])
    tale = Tale("一个早班没有做机房班检。", "An early shift without its inspection of the room.")
    plot.expect("WSP505", "handbook/regulations/REG-SAFETY.md", "REG-SAFETY/3", tale)


def _late_and_lost(plot: Plot) -> None:
    late = plot.pick("F-VISITOR")
    plot.late[late.id] = 6
    tale = Tale("来访登记六天以后才入库。", "A visitors' sheet reached the repository six days later.")
    plot.expect("REC330", late, "", tale)
    lost = plot.pick("F-SVCREC", lambda data: data["kind"] != "complaint" and not data.get("complaint"))
    forms = {"source": "F-QUALITYMON", "basis": "F-AWARD", "evidence": "F-PENALTY"}
    used = {values(each)[field] for field, form in forms.items() for each in plot.every(form) if field in values(each)}
    while lost.id in used or lost.id.endswith("-0001") or _is_last(plot, lost):
        lost = plot.pick("F-SVCREC", lambda data: data["kind"] != "complaint" and not data.get("complaint"))
    following = _following(plot, lost)
    plot.drop(lost)
    tale = Tale("一份服务记录被人删去，留下空号。", "A service record was taken away; its number is missing.")
    plot.expect("WSP503", following, "", tale)


def _is_last(plot: Plot, story: Story) -> bool:
    return not any(each.id == _next_id(story) for each in plot.every(story.form))


def _following(plot: Plot, story: Story) -> Story:
    return plot.told(_next_id(story))


def _next_id(story: Story) -> str:
    head, _, serial = story.id.rpartition("-")
    return f"{head}-{int(serial) + 1:0{len(serial)}d}"


def _forged(plot: Plot) -> None:
    paid = plot.pick("F-COMPENSATE")
    tale = Tale("补偿金额在签字以后被改大。", "An amount was raised after it had been signed.", len(paid.signings))
    plot.forge(paid, lambda data: data.replace(b'amount: "50.00"', b'amount: "500.00"'))
    plot.expect("REC324", paid, "", tale)
    seal = plot.pick("F-ROOMENTRY")
    tale = Tale("一个签名换成了别处的签名。", "A signature was replaced by one from elsewhere.")
    plot.forge(seal, _swap_last_signatures)
    plot.expect("REC324", seal, "", tale)

    other = plot.pick("F-DATACHANGE")
    tale = Tale(
        "执行人的签名其实是批准人的密钥签的。", "Who carried it out did not sign; the key is that of who approved."
    )
    plot.forge(other, _signed_by_another(plot.year.workspace.settings.workspace, other.signings[1].by))
    plot.expect("REC323", other, "", tale)


def _signed_by_another(workspace: str, staff_no: str) -> Callable[[bytes], bytes]:
    """The last signature is made over the right bytes, with a key of somebody else."""

    def change(data: bytes) -> bytes:
        record = parse_record("", data).record
        assert record is not None
        letters = sign_with_key(chain(workspace, record)[-1], demo_key(staff_no), RECORD_NAMESPACE)
        last = record.signatures[-1]._replace(signature=letters)
        return text_of(record, [*record.signatures[:-1], last])

    return change


def _swap_last_signatures(data: bytes) -> bytes:
    """The last entry gets the letters of the one before it."""
    begin, end = b"-----BEGIN SSH SIGNATURE-----", b"-----END SSH SIGNATURE-----"
    parts = data.split(begin)
    letters = parts[-2].partition(end)[0]
    rest = parts[-1].partition(end)[2]
    return begin.join([*parts[:-1], letters + end + rest])


def _number_twice(plot: Plot) -> None:
    """A sheet of one shift was copied into the folder of another month."""
    story = plot.pick("F-GENDUTY")
    copied = plot.path(story).replace(f"/{story.day:%Y/%m}/", f"/{add_months(story.day.replace(day=1), -1):%Y/%m}/")
    plot.book_copy(story, copied)
    tale = Tale(
        "一份总值班日志在上月文件夹里又存了一份。", "A copy of a duty log lies in the folder of the month before."
    )
    plot.expect("WSP502", copied, "", tale)


def _attachment(plot: Plot) -> None:
    story = plot.pick("F-DOCISSUE")
    folder = f"{plot.path(story).rpartition('/')[0]}/{story.id}.files"
    plot.added.append(
        Landing(story.signings[-1].at.date() + dt.timedelta(3), f"{folder}/notice.md", "# 另一份通知\n".encode())
    )
    tale = Tale("归档的发文正文被换过。", "The text of a filed circular was exchanged.")
    plot.expect("REC337", story, "", tale)


def _unknown(plot: Plot) -> None:
    story = plot.pick("F-REVISIT", lambda data: "plan" in data)
    tale = Tale("回访引用了不存在的服务记录。", "A follow-up refers to a service record that does not exist.")
    plot.expect("WSP501", plot.alter(story, {"method": "phone", "source": f"FW-{story.day:%Y%m%d}-0999"}), "", tale)


AFTER = (
    _no_summary,
    _contacted_late,
    _never_answered,
    _urgent_customer,
    _entered_afterwards,
    _hazards,
    _drill,
    _secrecy,
    _backup_gap,
    _missing,
    _late_and_lost,
    _forged,
    _number_twice,
    _attachment,
    _unknown,
)
