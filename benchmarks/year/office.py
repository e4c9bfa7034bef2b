"""The office: reception, mail, papers, backups, the weekly book of problems."""

import datetime as dt
from typing import Any

from benchmarks import phrases
from benchmarks.scene import Scene
from benchmarks.year.paper import attachment
from benchmarks.year.plan import moment
from benchmarks.year.year import Year, act, initialled, numbered

VISITORS = (
    ("市通信管理局", "inspect", "了解投诉处理和信息公示情况。", "R-DEPTMGR"),
    ("盛合空调服务公司", "repair", "空调季度保养。", "R-ADMINSTAFF"),
    ("万象物业", "other", "商谈楼层消防联动测试时间。", "R-ADMINSTAFF"),
    ("联迅设备公司", "other", "送样耳麦试用。", "R-TECHMGR"),
)
MAIL = (
    ("市消费者协会", "客户服务部", "in", "letter"),
    ("客户服务部", "市通信管理局", "out", "letter"),
    ("联迅设备公司", "技术支持部", "in", "parcel"),
    ("行政部", "各营业厅", "out", "parcel"),
)
NOTES = (
    ("problem", "知识库中的新套餐说明与公告不一致，客户问起时口径不一。", "由业务部统一更新后再发布。"),
    ("idea", "把装机进度查询做成短信自助，可减少重复来电。", "先在一个片区试行。"),
    ("problem", "晚班后半段空调偏冷，两位同事感冒。", "晚八点后调高两度。"),
)
ISSUED = ("关于调整晚班茶水间开放时间的通知", "关于开展客户信息保护自查的通知", "关于做好节日期间服务保障的通知")
FILED = (
    ("月度服务质量分析报告", "报告", "internal"),
    ("客户信息提供同意单合订本", "客户资料", "confidential"),
    ("设备维修合同（副本）", "合同", "internal"),
)
STAFF_IDEAS = (
    ("suggestion", "建议交接班记录增加客户情绪提示一栏，接班人先看重点。"),
    ("innovation", "建议按客户等候时长自动排序回拨队列。"),
    ("data_error", "资费表中家庭套餐的流量数写错。"),
)


def work(year: Year, day: dt.date) -> None:
    if day.weekday() == 0 and day > year.plan.start - dt.timedelta(7):
        _weekly(year, day)
    if not year.within(day) or not year.is_working(day):
        return
    _mail(year, year.scene(day, "F-MAIL"))
    _visitors(year, year.scene(day, "F-VISITOR"))
    if day.weekday() == 2:
        _private_call(year, year.scene(day, "F-PHONEPERMIT"))
    if day == year.working_day(day.replace(day=5)):
        _custody(year, year.scene(day, "F-DOCCUSTODY"))
    if day == year.working_day(day.replace(day=11)):
        _circular(year, year.scene(day, "F-DOCISSUE"))
        _entry(year, year.scene(day, "F-ROOMENTRY"))
    if day == year.working_day(day.replace(day=18)):
        _idea(year, year.scene(day, "F-STAFFSUG"))


def _weekly(year: Year, monday: dt.date) -> None:
    """The books of the week are handed in on Sunday, after its last shift has begun; the backup is made on Wednesday."""
    people = [each for each in year.agents(max(monday, year.plan.start)) if year.stays(each)]
    turn = monday.toordinal() // 7
    for n in range(4):
        staff = people[(turn * 4 + n) % len(people)]
        year.later(monday + dt.timedelta(6), _issue_book, monday, staff, n)
    year.later(monday + dt.timedelta(2), _backup)


def _issue_book(year: Year, day: dt.date, monday: dt.date, staff: str, nth: int) -> None:
    scene = year.scene(monday, f"F-ISSUEBOOK {staff}")
    kind, words, proposal = scene.rng.choice(NOTES)
    noted = moment(monday + dt.timedelta(scene.rng.randint(1, 4)), 14, 30)
    note = {"at": noted, "kind": kind, "description": words, "proposal": proposal}
    summary = {"summary": "已汇总，属本部门的下周落实，属其他部门的转交。"}
    year.record(
        "F-ISSUEBOOK",
        noted,
        act(
            "note",
            staff,
            noted + dt.timedelta(minutes=4),
            {"staff": staff, "week": monday, "entries": numbered([note])},
        ),
        act("hand_in", staff, moment(day, 17, 10 + nth)),
        act("summarise", year.all("R-TEAMLEAD")[nth % 3], moment(day, 18, nth), summary),
    )


def _backup(year: Year, day: dt.date) -> None:
    scene = year.scene(day, "F-BACKUP")
    clerk, custodian = year.one("R-CLERK"), year.one("R-CUSTODIAN")
    data = {
        "backup_date": day,
        "range_from": day - dt.timedelta(8),
        "range_to": day - dt.timedelta(1),
        "media": "server",
        "place": scene.rng.choice(phrases.PLACES),
        "handled_by": clerk,
    }
    proof = {"verified_restore": True, "verification_note": scene.rng.choice(phrases.CHECKS)}
    year.record(
        "F-BACKUP",
        scene.at(17),
        act("make", clerk, scene.at(17, 20), data),
        act("verify", custodian, scene.at(17, 50), proof),
    )


def _mail(year: Year, scene: Scene) -> None:
    reception = year.one("R-RECEPTION")
    sender, receiver, direction, kind = scene.rng.choice(MAIL)
    person = year.one("R-ADMINSTAFF") if direction == "out" else year.one("R-TECHMGR")
    at = scene.at(10, 40)
    signed = scene.at(10, 20) if direction == "out" else scene.at(11, 10)
    row = {
        "at": at,
        "direction": direction,
        "from": sender,
        "to": receiver,
        "kind": kind,
        "tracking": f"SF{scene.rng.randrange(10**12):012d}" if kind == "parcel" else None,
        "delivered_to": person,
        "signed_at": signed,
    }
    year.record(
        "F-MAIL",
        scene.at(9),
        act("open", reception, scene.at(9, 2), {"date": scene.day}),
        act("receive", person, scene.at(11, 12), {"rows": numbered([row])}, row="1"),
        act("close", reception, scene.at(17, 40)),
    )


def _visitors(year: Year, scene: Scene) -> None:
    reception = year.one("R-RECEPTION")
    unit, kind, purpose, post = scene.rng.choice(VISITORS)
    arrived = scene.later(scene.at(9, 30), 0, 60)
    row = {
        "in_at": arrived,
        "name": scene.customer(),
        "unit": unit,
        "id_doc": "工作证",
        "verified": True,
        "phone": scene.phone(),
        "kind": kind,
        "purpose": purpose,
        "host": year.one(post),
        "host_notified_at": arrived + dt.timedelta(minutes=2),
        "host_available": True,
        "outcome": "received",
        "badge_no": "LF-07",
        "badge_returned": True,
        "out_at": arrived + dt.timedelta(minutes=55),
        "received_by": reception,
        "checked_out_by": reception,
    }
    year.record(
        "F-VISITOR",
        scene.at(8, 50),
        act("open", reception, scene.at(8, 55), {"date": scene.day}),
        act("receive", reception, scene.at(15), {"rows": numbered([row])}, row="1"),
        act("check_out", reception, scene.at(15, 10), row="1"),
        act("close", reception, scene.at(17, 50), {"area_cleared": True}),
    )


def _private_call(year: Year, scene: Scene) -> None:
    lead, staff = year.all("R-TEAMLEAD")[0], year.crew[scene.day, "early"][-1]
    row = {
        "staff": staff,
        "reason": "孩子学校来电，要求回拨班主任。",
        "urgent": True,
        "device": "office",
        "permitted_by": lead,
        "permitted_at": scene.at(11),
        "at": scene.at(11, 2),
        "minutes": scene.rng.randint(2, 6),
    }
    year.record(
        "F-PHONEPERMIT",
        scene.at(10, 58),
        act("open", lead, scene.at(10, 59), {"date": scene.day}),
        act("permit", lead, scene.at(11, 10), {"rows": numbered([row])}, row="1"),
        act("close", year.one("R-SUPERVISOR"), scene.at(17)),
    )


def _custody(year: Year, scene: Scene) -> None:
    custodian = year.one("R-CUSTODIAN")
    rows = [_filed(scene, custodian, n, each) for n, each in enumerate(FILED)]
    last = moment(year.working_day(scene.day.replace(day=26)), 16)
    head = {"opened_on": scene.day.replace(day=1), "custodian": custodian}
    year.record(
        "F-DOCCUSTODY",
        scene.at(9),
        act("open", custodian, scene.at(9, 5), head),
        *initialled("initial", "rows", rows, "custodian", scene.at(16)),
        act("close", custodian, last, {"counted_on": last.date(), "all_found": True}),
    )


def _filed(scene: Scene, custodian: str, nth: int, paper: tuple[str, str, str]) -> dict[str, Any]:
    name, kind, level = paper
    return {
        "doc": f"{scene.day:%Y年%m月}{name}",
        "class": kind,
        "secret_level": level,
        "place": phrases.PLACES[0],
        "custodian": custodian,
        "sorted_at": scene.at(10, 10 * nth),
        "keep_until": scene.day.replace(year=scene.day.year + 3, day=28),
    }


def _circular(year: Year, scene: Scene) -> None:
    drafter, checker, issuer = year.one("R-ADMINSTAFF"), year.one("R-ADMINMGR"), year.leader
    title = scene.rng.choice(ISSUED)
    text = f"# {title}\n\n各部门：现将有关事项通知如下，请遵照执行。\n".encode()
    name, file = attachment("notice.md", text)
    data = {
        "title": title,
        "doc_no": f"云杉〔{scene.day.year}〕{scene.day.month}号",
        "secret_level": "internal",
        "drafter": drafter,
        "checker": checker,
        "issuer": issuer,
        "recipients": ["D-CS", "D-TECH", "D-BIZ"],
        "text_file": file,
    }
    archive = {"sent_at": scene.at(16), "file_no": f"XZ-{scene.day:%Y-%m}"}
    year.record(
        "F-DOCISSUE",
        scene.at(9),
        act("draft", drafter, scene.at(9, 30), data),
        act("check", checker, scene.at(11), {"opinion": "内容与现行制度一致，同意报签。"}),
        act("issue", issuer, scene.at(14, 10), {"issued_at": scene.at(14, 5)}),
        act("file", drafter, scene.at(16, 10), archive),
        files={name: text},
    )


def _entry(year: Year, scene: Scene) -> None:
    host = year.one("R-TELECH")
    data = {
        "visitor": scene.customer(),
        "unit": "盛合空调服务公司",
        "purpose": "机房空调季度保养。",
        "place": "机房",
        "host": host,
        "from": scene.at(13, 30),
        "to": scene.at(16),
        "escort": host,
    }
    year.record(
        "F-ROOMENTRY",
        scene.at(9),
        act("apply", host, scene.at(9, 10), data),
        act("approve", year.one("R-SUPERVISOR"), scene.at(10)),
        act("enter", host, scene.at(13, 45), {"entered_at": scene.at(13, 40)}),
        act("leave", host, scene.at(15, 40), {"left_at": scene.at(15, 35), "escorted": True}),
    )


def _idea(year: Year, scene: Scene) -> None:
    kind, words = STAFF_IDEAS[scene.day.month % len(STAFF_IDEAS)]
    staff = year.crew[scene.day, "early"][0]
    data = {"date": scene.day, "staff": staff, "kind": kind, "dept": "D-BIZ", "desc": words}
    verdict: dict[str, Any] = {"adopted": True}
    if kind == "data_error":
        data |= {"where": "知识库资费表第三行", "correct": "每月三十吉字节"}
        verdict = {"verified": True}
    following = year.working_days_later(scene.day, 2)
    answer = {**verdict, "already_known": False, "answer": "情况属实，已采纳，感谢提出。"}
    year.record(
        "F-STAFFSUG",
        scene.at(14),
        act("submit", staff, scene.at(14, 10), data),
        act("review", year.one("R-BIZMGR"), moment(following, 10), answer),
        act("approve", year.manager, moment(following, 15)),
    )
