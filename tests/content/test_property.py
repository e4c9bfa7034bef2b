"""The property office: each of its forms filled in from beginning to end, and what its rules and checks find."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, broken, lacking

from csdocs.load.case import RecordCase
from csdocs.load.workspace import Workspace

# Staff of the office: P001 head, P002 supervisor, P003 and P004 desk, P005 and P006 areas, P007 engineering, P008 and P009
# technicians, P010 gate, P011 shop.
STAFF = {
    "P001": "R-MGMTHEAD",
    "P002": "R-PROPSUP",
    "P003": "R-CSAGENTPROP",
    "P004": "R-CSAGENTPROP",
    "P005": "R-AREASTAFF",
    "P006": "R-AREASTAFF",
    "P007": "R-ENGMGR",
    "P008": "R-ENGINEER",
    "P009": "R-ENGINEER",
    "P010": "R-GUARD",
    "P011": "R-OPSMGR",
}
PERSON = """
  - staff_no: {number}
    name: {{zh: 员工{number}, en: Person {number}}}
    joined: 2024-01-02
    posts:
      - {{post: {post}, department: D-PROP, from: 2024-01-02}}
"""
SCAN = {"name": "scan.pdf", "sha256": "0" * 64, "bytes": 1200}
PHOTO = {"name": "photo.jpg", "sha256": "0" * 64, "bytes": 1200}
Signed = list[tuple[str, ...]]


@pytest.fixture(scope="module")
def office(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """This repository with the industry switched on and its posts filled, on the last day of January."""
    copy = tmp_path_factory.mktemp("office")
    for folder in ("handbook", "templates"):
        shutil.copytree(root / folder, copy / folder)
    settings = (root / "csdocs.yaml").read_text("utf-8")
    (copy / "csdocs.yaml").write_text(settings.replace("[GEN, TEL]", "[GEN, TEL, PROP]"), "utf-8")
    with (copy / "handbook/people.yaml").open("a", encoding="utf-8") as people:
        people.writelines(PERSON.format(number=number, post=post) for number, post in STAFF.items())
    subprocess.run(["git", "init", "-q", str(copy)], check=True)
    return Workspace(copy, datetime.fromisoformat("2027-01-31T18:00:00+08:00"))


@pytest.fixture
def desk(office: Workspace) -> Desk:
    return Desk(office)


RESIDENT = {"unit_no": "3-2-1501", "owner": "王先生", "capacity": "owner", "phone": "13800000000"}
DELEGATE = {**RESIDENT, "capacity": "delegate", "authority": SCAN}


# What each form holds when everything is in order, and who signs it: (number, data, signatures)

VISIT: dict[str, Any] = {
    "customer": "K0001",
    "due": "2026-12-03",
    "at": "2026-12-02 10:00",
    "method": "phone",
    "agent": "P003",
    "identity_ok": True,
    "introduced": True,
    "convenient": True,
    "satisfaction": "satisfied",
    "complaint_made": False,
    "review_ok": True,
}
JOB = {"no": 1, "begun_at": "10:00", "done_at": "11:00", "measure": "更换角阀", "parts": "角阀1个", "charge": "35.00"}
REPAIR: dict[str, Any] = {
    "reported_at": "09:00",
    "unit_no": "3-2-1501",
    "owner": "王先生",
    "phone": "13800000000",
    "kind": "water",
    "fault": "角阀漏水",
    "urgent": False,
    "direct": False,
    "agent": "P003",
    "dispatch_at": "09:20",
    "technician": "P008",
    "backfilled": False,
    "jobs": [JOB],
    "confirmed_at": "11:10",
    "satisfied": True,
    "fee_agreed": True,
    "owner_signature": SCAN,
    "sign_off_at": "2026-12-02 10:30",
    "revisit": "HF-202612-001",
}
REPAIRED: Signed = [
    ("report", "P003", "09:05"),
    ("dispatch", "P003", "09:20"),
    ("repair", "P008", "11:05"),
    ("confirm", "P005", "11:15"),
    ("sign_off", "P003", "2026-12-02 10:31"),
]
METERS = [{"meter": "water", "reading": "12.5"}, {"meter": "electric", "reading": "340"}]
MOVE_IN: dict[str, Any] = {
    **RESIDENT,
    "applied_on": "2026-12-01",
    "documents": ["movein_notice", "contract", "identity"],
    "rules_given": True,
    "agent": "P003",
    "inspected_at": "14:00",
    "inspector": "P005",
    "meters": METERS,
    "keys": [{"kind": "入户门钥匙", "copies": 5}],
    "defects": [{"no": 1, "place": "阳台", "desc": "地砖空鼓", "due": "2026-12-10"}],
    "owner_signature": SCAN,
    "repairs": [{"no": 1, "fixed_on": "2026-12-08", "measure": "重贴"}],
    "defects_accepted": True,
    "filed_on": "2026-12-09",
}
MOVED_IN: Signed = [
    ("apply", "P003", "10:00"),
    ("approve", "P002", "11:00"),
    ("inspect", "P005", "15:00"),
    ("put_right", "P007", "2026-12-08 17:00"),
    ("file", "P003", "2026-12-09 09:00"),
]
MOVE_OUT: dict[str, Any] = {
    **RESIDENT,
    "applied_on": "2026-12-01",
    "leave_on": "2026-12-05",
    "agent": "P003",
    "owner_signature": SCAN,
    "meters_read_at": "2026-12-04 10:00",
    "meters": METERS,
    "common_parts_ok": True,
    "fees_due": "120.00",
    "fees_paid": "120.00",
    "keys_back": True,
    "cards_back": True,
    "goods_out": ["FX-20261205-001"],
    "left_on": "2026-12-05",
}
MOVED_OUT: Signed = [
    ("apply", "P003", "10:00"),
    ("inspect", "P005", "2026-12-04 10:10"),
    ("settle", "P004", "2026-12-04 15:00"),
    ("approve", "P002", "2026-12-04 16:00"),
    ("close", "P003", "2026-12-05 17:00"),
]
GOODS: dict[str, Any] = {
    **RESIDENT,
    "kind": "household",
    "out_on": "2026-12-05",
    "carrier": "搬家公司",
    "goods": [{"no": 1, "item": "沙发", "qty": 1}],
    "agent": "P003",
    "owner_signature": SCAN,
    "out_at": "2026-12-05 10:00",
    "verified_by": "P010",
    "match": True,
    "decision": "released",
    "slip_collected": True,
}
RELEASED: Signed = [("issue", "P003", "2026-12-05 09:00"), ("verify", "P010", "2026-12-05 10:01")]
VIEWING: dict[str, Any] = {
    "at": "10:00",
    "visitor": "李女士",
    "phone": "13900000000",
    "visit": "LF-20261201#1",
    "unit_no": "5-1-203",
    "documents": ["movein_notice", "contract"],
    "valid": True,
    "appointment": False,
    "staff": "P003",
    "signature": SCAN,
    "key_out_at": "10:05",
    "accompanied": True,
    "key_back_at": "10:40",
    "condition_ok": True,
}
PASSAGE = {"no": 1, "at": "10:00", "person": "张师傅", "direction": "in", "verified": True, "outcome": "passed"}
PASSAGES = [{**PASSAGE, "reason": "送货", "by": "P010"}]
PASSAGES.append({**PASSAGES[0], "no": 2, "at": "10:20", "direction": "out"})
APPLICATION: dict[str, Any] = {
    **RESIDENT,
    "applied_on": "2026-12-01",
    "repeat_work": False,
    "scope": "厨房、卫生间改造",
    "works": ["finish", "water", "waterproof"],
    "contractor": "安居装饰公司",
    "contact_person": "刘工",
    "contact": "13700000000",
    "start": "2026-12-07",
    "end": "2027-01-20",
    "drawings": [SCAN],
    "deposit": "2000.00",
    "special": True,
    "special_request": "周末施工",
    "told_rules": True,
    "agent": "P003",
    "owner_signature": SCAN,
    "area_opinion": "房屋与图纸相符",
    "special_explained": True,
    "special_answer": "周末只做无噪声施工",
    "decision": "agreed",
    "notified_at": "2026-12-03 10:00",
    "method": "phone",
}
REVIEWED: Signed = [
    ("apply", "P003", "10:00"),
    ("area_review", "P005", "15:00"),
    ("review", "P002", "2026-12-02 10:00"),
    ("engineer", "P007", "2026-12-02 15:00"),
    ("tell", "P005", "2026-12-03 10:05"),
]
PERMIT: dict[str, Any] = {
    "issued": "2026-12-04",
    "application": "ZX2-202612-001",
    "unit_no": "3-2-1501",
    "scope": "厨房、卫生间改造",
    "valid_from": "2026-12-07",
    "valid_to": "2027-01-20",
    "foreman": "刘工",
    "deposit_paid": "2000.00",
    "receipt": "SJ0012",
    "agent": "P003",
    "posted_at": "2026-12-06 09:00",
}
PERMITTED: Signed = [
    ("prepare", "P003", "2026-12-04 09:00"),
    ("issue", "P002", "2026-12-04 10:00"),
    ("post", "P005", "2026-12-06 09:10"),
]
PASS: dict[str, Any] = {
    "issued": "2026-12-06",
    "kind": "worker",
    "worker": "周师傅",
    "id_doc": "身份证1234",
    "photo": PHOTO,
    "unit_no": "3-2-1501",
    "permit": "ZXP-202612-001",
    "valid_from": "2026-12-07",
    "valid_to": "2027-01-20",
    "agent": "P003",
    "outcome": "returned",
    "ended_on": "2027-01-20",
}
PASSED: Signed = [("issue", "P003", "2026-12-06 09:00"), ("take_back", "P010", "2027-01-20 17:00")]


def items(office: Workspace, form: str, good: dict[str, Any], **changed: dict[str, Any]) -> list[dict[str, Any]]:
    """A complete list of items in which all is well but for `changed`."""
    rows = "check" if form == "F-DORM" else "items"
    field = office.forms[form].fields[rows].field("item")  # type: ignore[union-attr]
    codes = [option.code for option in field.options]  # type: ignore[union-attr]
    return [{"no": n, "item": code, **good, **changed.get(code, {})} for n, code in enumerate(codes, 1)]


def inspection_items(office: Workspace, **changed: dict[str, Any]) -> list[dict[str, Any]]:
    rows = items(office, "F-RENOVINSPECT", {"result": "ok"}, **changed)
    return [{key: value for key, value in row.items() if key != "no"} for row in rows]


CORRECTION = {"no": 1, "matter": "垃圾", "measure": "清运", "done_at": "2026-12-09 10:00"}
INSPECTION: dict[str, Any] = {
    "permit": "ZXP-202612-001",
    "unit_no": "3-2-1501",
    "at": "2026-12-08 10:00",
    "inspector": "P005",
    "working": True,
    "noisy": True,
    "rectify_by": "2026-12-10",
    "rectifications": [CORRECTION],
}
INSPECTED: Signed = [
    ("inspect", "P005", "2026-12-08 10:20"),
    ("rectify", "P005", "2026-12-09 10:30"),
    ("verify", "P002", "2026-12-09 15:00"),
]
ACCEPTANCE: dict[str, Any] = {
    "at": "2027-01-20 10:00",
    "permit": "ZXP-202612-001",
    "unit_no": "3-2-1501",
    "inspector": "P008",
    "owner_signature": SCAN,
    "rectifications": [{**CORRECTION, "done_at": "2027-01-21 10:00"}],
    "passed_on": "2027-01-21",
    "deposit": "2000.00",
    "losses": [{"no": 1, "desc": "电梯轿厢划伤", "amount": "150.00", "proof": SCAN}],
    "losses_agreed": True,
    "passes_back": True,
    "passes_back_on": "2027-01-22",
    "returned_on": "2027-01-29",
}
ACCEPTED: Signed = [
    ("inspect", "P008", "2027-01-20 10:30"),
    ("rectify", "P005", "2027-01-21 10:30"),
    ("accept_again", "P008", "2027-01-21 15:00"),
    ("confirm", "P002", "2027-01-22 10:00"),
    ("pay_back", "P003", "2027-01-29 10:00"),
]
CARD: dict[str, Any] = {
    **DELEGATE,
    "applied_on": "2026-12-01",
    "kind": "card",
    "purpose": "lost",
    "holder": "王小姐",
    "old_no": "MK0001",
    "reported_at": "09:00",
    "identity_ok": True,
    "agent": "P003",
    "owner_signature": SCAN,
    "no": "MK0088",
    "issued": "2026-12-02",
    "fee": "20.00",
    "old_cancelled_at": "09:10",
    "received": True,
}
GIVEN: Signed = [
    ("apply", "P003", "09:20"),
    ("approve", "P002", "10:00"),
    ("hand_over", "P003", "2026-12-02 09:00"),
]
PARKING: dict[str, Any] = {
    **RESIDENT,
    "applied_on": "2026-12-01",
    "kind": "car",
    "plate": "京A00001",
    "model": "白色轿车",
    "licence_seen": True,
    "agent": "P003",
    "owner_signature": SCAN,
    "space": "B1-023",
    "fixed": True,
    "valid_from": "2027-01-01",
    "valid": "2027-12-31",
    "fee": "3600.00",
    "paid_on": "2026-12-02",
    "entered_on": "2026-12-03",
}
PARKED: Signed = [("apply", "P003", "09:20"), ("approve", "P002", "10:00"), ("enter", "P010", "2026-12-03 09:00")]
LOCK: dict[str, Any] = {
    **RESIDENT,
    "applied_on": "2026-12-01",
    "kind": "lock",
    "content": "入户门锁损坏，破锁更换",
    "from": "14:00",
    "right_verified": True,
    "agent": "P003",
    "owner_signature": SCAN,
    "done_at": "14:30",
    "by": "P008",
    "witnesses": ["P005", "P010"],
}
DONE: Signed = [("apply", "P003", "13:00"), ("approve", "P002", "13:30"), ("carry_out", "P008", "14:40")]
NOTICE: dict[str, Any] = {
    "drafted_on": "2026-12-01",
    "title": "灭鼠通告",
    "kind": "pest",
    "body": "12月7日投放鼠药，请看管好儿童和宠物。",
    "takes_effect_at": "2026-12-07 09:00",
    "units": ["3栋", "5栋"],
    "remove_on": "2026-12-20",
    "author": "P003",
    "deliveries": [
        {"no": 1, "unit": "3栋", "way": "lobby", "posted_at": "2026-12-02 09:00", "delivered": True},
        {"no": 2, "unit": "5栋", "way": "board", "posted_at": "2026-12-02 09:20", "delivered": True},
    ],
    "removed_on": "2026-12-20",
}
POSTED: Signed = [
    ("draft", "P003", "09:20"),
    ("review", "P002", "10:00"),
    ("publish", "P005", "2026-12-02 09:30"),
    ("remove", "P005", "2026-12-20 17:00"),
]
POINT = {"no": 1, "place": "3栋大堂", "matter": "clean", "ok": False, "finding": "地面有水", "handling": "rectify"}
PATROL: dict[str, Any] = {
    "level": "area",
    "route": "A1",
    "at": "09:00",
    "ended_at": "10:00",
    "by": "P005",
    "points": [POINT, {"no": 2, "place": "配电间", "matter": "fire", "ok": True}],
    "rectifications": [{**CORRECTION, "done_at": "11:00"}],
}
PATROLLED: Signed = [("patrol", "P005", "10:10"), ("rectify", "P005", "11:10"), ("verify", "P002", "15:00")]
SPECIAL: dict[str, Any] = {
    "requested_at": "09:00",
    "unit_no": "3-2-1501",
    "owner": "王先生",
    "phone": "13800000000",
    "kind": "special",
    "service": "擦窗",
    "published_price": "120.00",
    "quote": "120.00",
    "quote_agreed_at": "09:05",
    "promised_at": "14:00",
    "agent": "P003",
    "provider": "P009",
    "begun_at": "14:10",
    "done_at": "14:50",
    "result": "擦窗6扇",
    "fee": "120.00",
    "confirmed_at": "16:00",
    "satisfied": True,
}
PERSONAL = {
    **{
        key: value
        for key, value in SPECIAL.items()
        if key not in ("published_price", "quote", "quote_agreed_at", "fee")
    },
    "kind": "personal",
    "target_count": 2,
}
SERVED: Signed = [
    ("register", "P003", "09:06"),
    ("assign", "P002", "09:30"),
    ("serve", "P009", "14:55"),
    ("confirm", "P003", "16:05"),
]
BILL = {"no": 1, "unit_no": "3-2-1501", "owner": "王先生", "item": "service", "period": "2026年12月", "due": "210.00"}
FEE: dict[str, Any] = {
    "opened_on": "2026-12-01",
    "month": "2026-12",
    "zone": "A",
    "due_on": "2026-12-10",
    "rows": [BILL, {**BILL, "no": 2, "unit_no": "3-2-1502", "owner": "赵女士", "due": "190.00"}],
    "payments": [{"no": 1, "bill": 1, "paid_on": "2026-12-05", "amount": "210.00", "receipt": "SJ0100"}],
    "reminders": [{"no": 1, "bill": 2, "at": "2026-12-25 10:00", "method": "phone", "by": "P003"}],
    "closed_on": "2026-12-31",
    "supplies_kept": True,
    "names_kept": True,
}
COLLECTED: Signed = [
    ("bill", "P003", "09:00"),
    ("collect", "P003", "2026-12-05 10:00"),
    ("remind", "P003", "2026-12-25 10:05"),
    ("total", "P002", "2026-12-31 16:00"),
    ("review", "P001", "2026-12-31 17:00"),
]
APPEALS: dict[str, Any] = {
    "drawn_up_on": "2027-01-04",
    "month": "2026-12",
    "author": "P002",
    "trends": "给排水报修增加",
    "open_reasons": "等待配件，1月10日前完工",
    "improvements": "冬季前检修阀门",
    "submitted_on": "2027-01-05",
    "decision": "同意，列入一月计划",
}
COMPILED: Signed = [
    ("compile", "P002", "2027-01-04 10:00"),
    ("submit", "P002", "2027-01-05 10:00"),
    ("review", "P001", "2027-01-06 10:00"),
]
ACTIVITY: dict[str, Any] = {
    "date": "2026-12-12",
    "topic": "社区运动会",
    "place": "中心花园",
    "audience": "全体业主",
    "content": "趣味项目五项",
    "budget": "3000.00",
    "safety": "设医疗点",
    "organiser": "P003",
    "held": True,
    "participants": 120,
    "cost": "2860.00",
    "summary": "秩序良好",
    "photos": [PHOTO],
}
HELD: Signed = [
    ("plan", "P003", "09:00"),
    ("approve", "P002", "2026-12-02 09:00"),
    ("report", "P003", "2026-12-14 09:00"),
    ("review", "P002", "2026-12-14 10:00"),
]
MEETING: dict[str, Any] = {
    "kind": "forum",
    "start": "2026-12-10 14:00",
    "end": "2026-12-10 16:00",
    "place": "会议室",
    "notice": "TG-202612-001",
    "chair": "P001",
    "recorder": "P003",
    "staff_present": ["P001", "P002", "P003"],
    "owners": [{"no": 1, "unit_no": "3-2-1501", "name": "王先生"}, {"no": 2, "unit_no": "3-2-1501", "name": "王太太"}],
    "preparation": [{"item": "会场和投影", "by": "P004", "ready": True}],
    "topics": "冬季服务",
    "work_report": "三季度工作",
    "opinions": [{"no": 1, "opinion": "增设充电桩", "owner": "P007", "due": "2026-12-31"}],
    "sign_in": [SCAN],
    "answers": [{"no": 1, "done_on": "2026-12-30", "result": "已立项", "told": True}],
}
MET: Signed = [
    ("record", "P003", "2026-12-10 17:00"),
    ("confirm", "P001", "2026-12-11 09:00"),
    ("follow_up", "P002", "2026-12-30 17:00"),
]
DORM: dict[str, Any] = {
    "date": "2026-12-01",
    "room": "501",
    "beds": 2,
    "residents": [
        {"no": 1, "staff": "P008", "moved_in": "2026-01-05"},
        {"no": 2, "staff": "P009", "moved_in": "2026-02-01", "moved_out": "2026-11-30"},
    ],
    "inspector": "S0014",
}
CHECKED: Signed = [("inspect", "S0014", "10:00")]
SHOP: dict[str, Any] = {
    "drawn_up_on": "2026-12-01",
    "period_from": "2026-12-07",
    "period_to": "2026-12-20",
    "author": "P011",
    "rows": [
        {"no": 1, "goods": "鲜奶", "qty": 60, "supplier": "乳品公司", "order_by": "2026-12-05", "deliver": "2026-12-07"}
    ],
    "notes": "节日前增订一次",
    "deliveries": [{"no": 1, "arrived": "2026-12-07", "qty": 60, "ok": True}],
}
SHOPPED: Signed = [
    ("draw_up", "P011", "10:00"),
    ("review", "P001", "2026-12-02 10:00"),
    ("close", "P011", "2026-12-20 18:00"),
]
POISON: dict[str, Any] = {
    "no": 1,
    "at": "2026-12-07 09:00",
    "place": "3栋绿地",
    "detail": "溴敌隆毒饵，12处",
    "qty": "500",
    "used_qty": "380.5",
    "recovered_qty": "119.5",
    "warning_posted": True,
    "by": "P005",
}
REGISTER: dict[str, Any] = {
    "opened_on": "2026-12-01",
    "kind": "rodenticide",
    "keeper": "P005",
    "notice": "TG-202612-001",
    "rows": [POISON],
    "inspected_by": "P002",
    "closed_on": "2026-12-31",
}
ENTERED: Signed = [
    ("open", "P005", "09:00"),
    ("enter", "P005", "2026-12-07 17:00", "1"),
    ("inspect", "P002", "2026-12-31 10:00"),
]

LIVES: dict[str, tuple[str, dict[str, Any], Signed]] = {
    "F-REPAIR": ("BXD-202612-001", REPAIR, REPAIRED),
    "F-MOVEIN": ("RZ-202612-001", MOVE_IN, MOVED_IN),
    "F-MOVEOUT": ("QC2-202612-001", MOVE_OUT, MOVED_OUT),
    "F-GOODSOUT": ("FX-20261205-001", GOODS, RELEASED),
    "F-VIEWING": ("KFD-202612-001", VIEWING, [("check", "P003", "10:02"), ("accompany", "P003", "10:45")]),
    "F-RENOVAPPLY": ("ZX2-202612-001", APPLICATION, REVIEWED),
    "F-RENOVPERMIT": ("ZXP-202612-001", PERMIT, PERMITTED),
    "F-RENOVPASS": ("ZXC-202612-001", PASS, PASSED),
    "F-ACCESSCARD": ("MK-202612-001", CARD, GIVEN),
    "F-PARKING": ("TCW-202612-001", PARKING, PARKED),
    "F-SIGNBOARD": ("SP-202612-001", LOCK, DONE),
    "F-NOTICE": ("TG-202612-001", NOTICE, POSTED),
    "F-PATROL": ("XC2-202612-001", PATROL, PATROLLED),
    "F-SPECIALSVC": ("TFW-202612-001", SPECIAL, SERVED),
    "F-FEE": ("SF-202612-A", FEE, COLLECTED),
    "F-APPEALMONTH": ("SQY-202701-001", APPEALS, COMPILED),
    "F-ACTIVITY": ("HD2-202612-001", ACTIVITY, HELD),
    "F-OWNERMEET": ("YZ-202612-001", MEETING, MET),
    "F-SHOPPLAN": ("CGT-202612-001", SHOP, SHOPPED),
    "F-PROPSYS": ("WY-202612-rodenticide", REGISTER, ENTERED),
}


def fill(desk: Desk, form: str, id: str = "", signed: Signed | None = None, **changed: Any) -> RecordCase:
    """The example record of a form with some values changed; None leaves one out."""
    number, data, steps = LIVES[form]
    values = {key: value for key, value in {**data, **changed}.items() if value is not None}
    return desk.file(form, id or number, values, steps if signed is None else signed, "P003")


def background(desk: Desk) -> None:
    """What the examples refer to."""
    desk.file(
        "F-REVISIT",
        "HF-202612-001",
        VISIT,
        [("visit", "P003", "2026-12-02 10:10"), ("monitor", "S0003", "2026-12-02 11:00")],
    )
    for form in ("F-RENOVAPPLY", "F-RENOVPERMIT", "F-NOTICE"):
        fill(desk, form)


@pytest.mark.parametrize("form", LIVES)
def test_a_form_runs_its_course(desk: Desk, form: str) -> None:
    background(desk)
    case = fill(desk, form)
    assert (broken(case), lacking(case), case.progress.state) == ([], [], "closed")
    assert not case.progress.problems


def inspection(desk: Desk, id: str = "ZXX-202612-001", signed: Signed | None = None, **changed: Any) -> RecordCase:
    found = {"rubbish": {"result": "violation", "finding": "垃圾未装袋"}}
    rows = inspection_items(desk.workspace, **changed.pop("found", found))
    values = {key: value for key, value in {**INSPECTION, "items": rows, **changed}.items() if value is not None}
    return desk.file("F-RENOVINSPECT", id, values, INSPECTED if signed is None else signed, "P005")


def acceptance(desk: Desk, signed: Signed | None = None, **changed: Any) -> RecordCase:
    found = {"electric": {"pass": False, "note": "插座接反"}}
    rows = items(desk.workspace, "F-RENOVACCEPT", {"pass": True}, **changed.pop("found", found))
    values = {key: value for key, value in {**ACCEPTANCE, "items": rows, **changed}.items() if value is not None}
    return desk.file("F-RENOVACCEPT", "ZXY-202701-001", values, ACCEPTED if signed is None else signed, "P008")


def dormitory(desk: Desk, id: str = "SSD-202612-501", **changed: Any) -> RecordCase:
    rows = [
        {key: value for key, value in row.items() if key != "no"}
        for row in items(desk.workspace, "F-DORM", {"ok": True})
    ]
    return desk.file("F-DORM", id, {**DORM, "check": rows, **changed}, CHECKED, "S0014")


def access_log(desk: Desk, rows: list[dict[str, Any]], **closing: Any) -> RecordCase:
    data = {"date": "2026-12-01", "gate": "N1", "keeper": "P010", "rows": rows, **closing}
    initials = [("enter", "P010", "10:30", str(row["no"])) for row in rows]
    signed = [("open", "P010", "08:00"), *initials, ("close", "P010", "18:00")]
    return desk.file("F-ACCESSLOG", "MJ-20261201-N1", data, signed, "P010")


def test_lists_of_items_run_their_course(desk: Desk) -> None:
    background(desk)
    found = [inspection(desk), acceptance(desk), dormitory(desk), access_log(desk, PASSAGES)]
    assert [(broken(each), lacking(each), each.progress.state) for each in found] == [([], [], "closed")] * 4
    assert found[1].all_values["deposit_return"] == 1850
    clean = inspection(desk, found={}, signed=INSPECTED[:1], rectify_by=None, rectifications=None)
    assert (broken(clean), lacking(clean), clean.progress.state) == ([], [], "closed")


FORBIDDEN = {"structure": {"result": "violation", "finding": "拆除承重墙"}}
NO_PERMIT = {"result": "violation", "finding": "未张贴"}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"at": "2026-12-08 07:59"}, ["quiet_hours"]),
        ({"at": "2026-12-08 08:00"}, []),
        ({"at": "2026-12-08 18:01", "noisy": False}, []),
        ({"permit": None, "found": {"permit": NO_PERMIT}}, ["work_needs_permit"]),
        ({"rectify_by": "2026-12-12"}, ["limit_within_rule"]),
        ({"rectify_by": "2026-12-08"}, ["corrected_in_time"]),
        ({"found": FORBIDDEN, "stopped": True}, ["forbidden_acts"]),
        ({"found": FORBIDDEN, "stopped": False}, ["stopped_at_once", "forbidden_acts"]),
    ],
)
def test_an_inspection_knows_the_hours_the_limits_and_what_is_forbidden(
    desk: Desk, changed: dict[str, Any], expected: list[str]
) -> None:
    background(desk)
    assert broken(inspection(desk, **changed)) == expected


def test_an_acceptance_leaves_nothing_out(desk: Desk) -> None:
    background(desk)
    rows = items(desk.workspace, "F-RENOVACCEPT", {"pass": True})
    assert broken(acceptance(desk, items=rows[1:])) == ["all_items"]
    assert broken(acceptance(desk, returned_on="2027-01-30")) == ["returned_in_time"]
    assert broken(acceptance(desk, losses_agreed=False)) == ["set_off_agreed"]
    assert broken(acceptance(desk, passes_back=False, passes_back_on=None)) == ["passes_returned"]
    loss = {"no": 1, "desc": "大堂石材", "amount": "2000.01", "proof": SCAN}
    assert broken(acceptance(desk, losses=[loss])) == ["losses_below_deposit"]


LATE = "2026-12-02 09:01"


@pytest.mark.parametrize(
    ("form", "changed", "expected"),
    [
        ("F-REPAIR", {"jobs": [{**JOB, "done_at": "2026-12-02 09:00"}], "confirmed_at": "2026-12-02 09:10"}, []),
        ("F-REPAIR", {"jobs": [{**JOB, "done_at": LATE}], "confirmed_at": "2026-12-02 09:10"}, ["done"]),
        (
            "F-REPAIR",
            {
                "appointed_at": "2026-12-02 09:00",
                "jobs": [{**JOB, "done_at": LATE}],
                "confirmed_at": "2026-12-02 09:10",
            },
            [],
        ),
        ("F-REPAIR", {"dispatch_at": "12:00", "backfilled": True}, ["papers_after_only_if_urgent"]),
        ("F-REPAIR", {"dispatch_at": "12:00", "backfilled": True, "urgent": True}, []),
        ("F-REPAIR", {"dispatch_at": "12:00", "backfilled": True, "direct": True}, []),
        ("F-REPAIR", {"dispatch_at": "12:00"}, ["backfilled_as_told", "done_after_dispatch"]),
        ("F-REPAIR", {"satisfied": False}, ["satisfied_or_redone"]),
        ("F-REPAIR", {"fee_agreed": False}, ["published_prices"]),
        ("F-REPAIR", {"sign_off_at": "2026-12-02 11:11"}, ["signed_off"]),
        ("F-MOVEIN", {"documents": ["contract", "identity"]}, ["documents_complete"]),
        ("F-MOVEIN", {"meters": METERS[:1]}, ["meters_read"]),
        (
            "F-MOVEIN",
            {"repairs": [{"no": 1, "fixed_on": "2026-12-11", "measure": "重贴"}]},
            ["put_right_in_time"],
        ),
        (
            "F-MOVEIN",
            {"repairs": [{"no": 2, "fixed_on": "2026-12-08", "measure": "?"}]},
            ["known_defect", "all_put_right"],
        ),
        ("F-MOVEOUT", {"fees_paid": "119.99"}, ["fees_cleared"]),
        ("F-MOVEOUT", {"keys_back": False}, ["keys_returned"]),
        ("F-MOVEOUT", {"left_on": "2026-12-03"}, ["approved_before_leaving"]),
        ("F-GOODSOUT", {"match": False, "note": "多一台电视", "decision": "released"}, ["stopped_if_different"]),
        ("F-GOODSOUT", {"match": False, "note": "多一台电视", "decision": "stopped", "slip_collected": False}, []),
        ("F-GOODSOUT", {**DELEGATE, "owner_consent": False}, ["consent_of_owner"]),
        ("F-GOODSOUT", {"out_at": "2026-12-06 10:00"}, ["on_the_day"]),
        ("F-VIEWING", {"documents": ["contract"]}, ["papers_before_key"]),
        ("F-VIEWING", {"accompanied": False}, ["accompanied"]),
        ("F-VIEWING", {"at": "07:59"}, ["within_hours"]),
        ("F-VIEWING", {"at": "07:59", "exception": "overseas"}, []),
        ("F-RENOVAPPLY", {"works": ["structure"]}, ["forbidden_not_agreed"]),
        ("F-RENOVAPPLY", {"works": ["structure"], "decision": "refused", "refusal_reason": "承重墙"}, []),
        ("F-RENOVAPPLY", {"special_explained": False}, ["special_explained"]),
        ("F-RENOVAPPLY", {"notified_at": "2026-12-04 23:59"}, []),
        ("F-RENOVAPPLY", {"notified_at": "2026-12-05 00:01"}, ["reviewed"]),
        ("F-RENOVPERMIT", {"deposit_paid": "1999.99"}, ["deposit_received"]),
        ("F-RENOVPERMIT", {"posted_at": "2026-12-08 09:00"}, ["posted_before_work"]),
        ("F-RENOVPASS", {"valid_to": "2027-01-21", "ended_on": "2027-01-21"}, ["within_permit"]),
        ("F-RENOVPASS", {"outcome": "cancelled", "gate_told": False}, ["cancelled_and_told"]),
        ("F-RENOVPASS", {"ended_on": "2027-01-22"}, ["ended"]),
        ("F-ACCESSCARD", {"old_cancelled_at": "2026-12-02 09:00"}, ["lost_cancelled_at_once"]),
        ("F-ACCESSCARD", {"no": "MK0001"}, ["another_card"]),
        ("F-PARKING", {"paid_on": "2026-12-04"}, ["paid_before_use"]),
        ("F-SIGNBOARD", {"witnesses": ["P005", "P008"]}, ["two_witnesses"]),
        ("F-SIGNBOARD", {"right_verified": False}, ["right_verified"]),
        ("F-SIGNBOARD", {"done_at": "13:20"}, ["approved_first"]),
        ("F-NOTICE", {"units": ["3栋", "7栋"]}, ["all_buildings"]),
        ("F-NOTICE", {"takes_effect_at": "2026-12-02 08:00"}, ["told_beforehand"]),
        ("F-PATROL", {"level": "manager"}, ["level_by_post"]),
        ("F-SPECIALSVC", {"quote": "130.00"}, ["quoted_as_published"]),
        ("F-SPECIALSVC", {"fee": "120.01"}, ["charged_as_quoted"]),
        ("F-SPECIALSVC", {"begun_at": "14:30"}, []),
        ("F-SPECIALSVC", {"begun_at": "14:31"}, ["as_promised"]),
        ("F-SPECIALSVC", {"quote_agreed_at": "14:11"}, ["agreed_before_service"]),
        ("F-FEE", {"reminders": [{**FEE["reminders"][0], "at": "2026-12-26 10:00"}]}, ["arrears_reminded"]),
        ("F-FEE", {"payments": [{**FEE["payments"][0], "amount": "210.01"}]}, ["not_paid_twice"]),
        ("F-FEE", {"supplies_kept": False}, ["no_supply_cut"]),
        ("F-FEE", {"names_kept": False}, ["no_names_published"]),
        ("F-APPEALMONTH", {"submitted_on": "2027-01-06"}, ["submitted_in_time"]),
        ("F-APPEALMONTH", {"month": "2027-01"}, ["month_is_over"]),
        ("F-ACTIVITY", {"cost": "3000.01"}, ["within_budget"]),
        ("F-ACTIVITY", {"date": "2026-12-01"}, ["approved_before"]),
        ("F-OWNERMEET", {"start": "2026-12-02 14:00"}, ["noticed_beforehand"]),
        ("F-OWNERMEET", {"answers": [{**MEETING["answers"][0], "done_on": "2027-01-01"}]}, ["answered_in_time"]),
        ("F-OWNERMEET", {"answers": [{**MEETING["answers"][0], "told": False}]}, ["owner_told"]),
        ("F-SHOPPLAN", {"deliveries": [{**SHOP["deliveries"][0], "arrived": "2026-12-08"}]}, ["arrived_in_time"]),
        ("F-PROPSYS", {"rows": [{**POISON, "recovered_qty": "119.4"}]}, ["poison_accounted_for"]),
        ("F-PROPSYS", {"rows": [{**POISON, "warning_posted": False}]}, ["warned"]),
        ("F-PROPSYS", {"kind": "waste", "notice": None, "rows": [{**POISON, "recovered_qty": "0"}]}, []),
    ],
)
def test_what_a_form_finds(desk: Desk, form: str, changed: dict[str, Any], expected: list[str]) -> None:
    background(desk)
    assert broken(fill(desk, form, **changed)) == expected


def test_work_that_the_owner_refuses_is_done_again(desk: Desk) -> None:
    background(desk)
    refused = [*REPAIRED[:3], ("reopen", "P003", "11:20"), ("repair", "P008", "15:05")]
    again = [*refused, ("confirm", "P003", "15:20"), REPAIRED[-1]]
    objection = {"reworks": [{"no": 1, "at": "11:15", "reason": "仍然滴水"}], "confirmed_at": "15:10"}
    case = fill(
        desk,
        "F-REPAIR",
        signed=again,
        jobs=[JOB, {**JOB, "no": 2, "begun_at": "14:00", "done_at": "15:00"}],
        **objection,
    )
    assert (broken(case), case.progress.state, case.all_values["fee"]) == ([], "closed", 70)
    assert broken(fill(desk, "F-REPAIR", signed=again, **objection)) == ["redone_after_objection"]
    own = [*REPAIRED[:3], ("confirm", "P008", "11:15")]
    assert fill(desk, "F-REPAIR", signed=own).progress.state == "done"


def test_an_access_log_counts_who_came_and_went(desk: Desk) -> None:
    assert lacking(access_log(desk, PASSAGES[:1])) == ["note"]
    assert broken(access_log(desk, [{**PASSAGES[0], "verified": False}], note="留宿")) == ["verified_before_passing"]
    assert broken(access_log(desk, [{**PASSAGES[0], "verified": False, "outcome": "refused"}])) == []


def test_the_month_is_counted_from_the_records(desk: Desk) -> None:
    background(desk)
    fill(desk, "F-REPAIR")
    fill(desk, "F-REPAIR", "BXD-202612-002", REPAIRED[:3])
    fill(desk, "F-REPAIR", "BXD-202611-001", REPAIRED, reported_at="2026-11-30 09:00")
    values = fill(desk, "F-APPEALMONTH").all_values
    names = ("repairs", "repairs_done", "visits", "total", "in_progress", "rate")
    assert [values[name] for name in names] == [2, 1, 1, 2, 1, 50]


def numbered(serial: int) -> Callable[[str], str]:
    return lambda id: f"{id[:-3]}{serial:03}"


def test_patrols_follow_one_another_in_time(desk: Desk) -> None:
    def patrol(serial: int, day: str, by: str = "P005", **changed: Any) -> None:
        data = {"at": f"{day} 09:00", "ended_at": f"{day} 10:00", "by": by, "points": [{**PATROL["points"][1]}]}
        fill(desk, "F-PATROL", numbered(serial)("XC2-202701-001"), [("patrol", by, f"{day} 10:10")], **data, **changed)

    for serial, day in enumerate(("2027-01-27", "2027-01-29", "2027-01-30", "2027-01-31"), 1):
        patrol(serial, day)
    patrol(11, "2027-01-17", "P001", level="manager")
    patrol(12, "2027-01-24", "P001", level="manager", route="A9")
    assert desk.disagreements("patrol-interval") == ["XC2-202701-001"]
    patrol(13, "2027-01-09", "P001", level="manager")
    assert desk.disagreements("patrol-interval") == ["XC2-202701-001", "XC2-202701-013"]


def test_work_under_a_permit_is_inspected_again_and_again(desk: Desk) -> None:
    background(desk)
    days = [f"{date(2026, 12, 10) + timedelta(days=3 * n)}" for n in range(14)]
    for day in (days[0], *days[2:]):
        look = {"at": f"{day} 10:00", "found": {}, "rectify_by": None, "rectifications": None}
        inspection(desk, f"ZXX-{day}", [("inspect", "P005", f"{day} 10:20")], **look)
    assert desk.disagreements("renovation-inspection-interval") == ["ZXP-202612-001"]
    inspection(desk, f"ZXX-{days[1]}", [("inspect", "P005", f"{days[1]} 10:20")], **{**look, "at": f"{days[1]} 10:00"})
    assert desk.disagreements("renovation-inspection-interval") == []


def test_the_stages_of_a_fit_out_hang_together(desk: Desk) -> None:
    background(desk)
    fill(desk, "F-RENOVPASS")
    acceptance(desk)
    names = ("renovation-permit-ground", "renovation-passes", "renovation-acceptance-apart")
    assert [desk.disagreements(name) for name in names] == [[], [], []]
    fill(desk, "F-RENOVPERMIT", "ZXP-202612-002", unit_no="3-2-1502")
    fill(desk, "F-RENOVPERMIT", "ZXP-202612-003", valid_to="2027-01-21")
    fill(desk, "F-RENOVAPPLY", "ZX2-202612-002", REVIEWED[:3])
    fill(desk, "F-RENOVAPPLY", "ZX2-202612-003", decision="refused", refusal_reason="承重墙")
    fill(desk, "F-RENOVPERMIT", "ZXP-202612-004", application="ZX2-202612-002")
    fill(desk, "F-RENOVPERMIT", "ZXP-202612-005", application="ZX2-202612-003")
    assert desk.disagreements(names[0]) == [f"ZXP-202612-00{n}" for n in (2, 3, 4, 5)]
    fill(desk, "F-RENOVPASS", "ZXC-202612-002", PASSED[:1], unit_no="3-2-1502")
    assert sorted(desk.disagreements(names[1])) == ["ZXC-202612-002", "ZXY-202701-001"]
    inspection(desk, inspector="P007", signed=[("inspect", "P007", "2026-12-08 10:20")])
    assert desk.disagreements(names[2]) == []
    acceptance(desk, [("inspect", "P007", "2027-01-20 10:30")], inspector="P007")
    assert desk.disagreements(names[2]) == ["ZXY-202701-001"]


def test_a_space_a_card_and_a_bed_belong_to_one(desk: Desk) -> None:
    fill(desk, "F-PARKING")
    fill(desk, "F-PARKING", "TCW-202612-002", valid_from="2028-01-01", valid="2028-12-31")
    fill(desk, "F-PARKING", "TCW-202612-003", fixed=False)
    assert desk.disagreements("parking-space-overlap") == []
    fill(desk, "F-PARKING", "TCW-202612-004", valid_from="2027-12-31", valid="2028-01-31")
    assert desk.disagreements("parking-space-overlap") == ["TCW-202612-004"]
    first = {"purpose": "new", "old_no": None, "reported_at": None, "old_cancelled_at": None}
    fill(desk, "F-ACCESSCARD", "MK-202611-001", **{**first, "no": "MK0001"})
    fill(desk, "F-ACCESSCARD")
    assert desk.disagreements("access-card-number") == []
    fill(desk, "F-ACCESSCARD", "MK-202612-002", unit_no="3-2-1502", no="MK0089")
    fill(desk, "F-ACCESSCARD", "MK-202612-003", **first)
    assert sorted(desk.disagreements("access-card-number")) == ["MK-202612-002", "MK-202612-003"]
    dormitory(desk)
    moved = {"no": 1, "staff": "P009", "moved_in": "2026-11-30"}
    dormitory(desk, "SSD-202612-502", room="502", residents=[moved])
    assert desk.disagreements("dormitory-one-room") == []
    dormitory(desk, "SSD-202612-503", room="503", residents=[{**moved, "staff": "P008"}])
    assert desk.disagreements("dormitory-one-room") == ["SSD-202612-503"]
    assert broken(dormitory(desk, beds=1)) == []
    assert broken(dormitory(desk, beds=1, residents=[moved, {**moved, "no": 2, "staff": "P008"}])) == [
        "not_overcrowded"
    ]


def test_meetings_and_registers_return_every_period(office: Workspace) -> None:
    desk = Desk(Workspace(office.root, datetime.fromisoformat("2028-01-15T18:00:00+08:00")))

    def meet(day: str) -> None:
        fill(desk, "F-OWNERMEET", f"YZ-{day}", MET[:2], start=f"{day} 14:00", end=f"{day} 16:00")

    for day in ("2026-12-31", "2027-12-31"):
        meet(day)
    assert desk.disagreements("owner-meeting-interval") == ["YZ-2026-12-31"]
    meet("2027-01-01")
    assert desk.disagreements("owner-meeting-interval") == []

    for kind, *months in [
        ("waste", "10", "12"),
        ("noise", "11", "12"),
        ("noise", "10"),
        ("taxi", "09"),
        ("grease", "11"),
    ]:
        for month in months:
            data = {"kind": kind, "notice": None, "opened_on": f"2027-{month}-01", "closed_on": f"2027-{month}-28"}
            fill(desk, "F-PROPSYS", f"WY-2027{month}-{kind}", ENTERED[:1], **data)
    assert sorted(desk.disagreements("sanitation-period")) == ["WY-202710-waste", "WY-202711-grease"]


def test_a_removal_names_its_own_goods(desk: Desk) -> None:
    fill(desk, "F-MOVEOUT", goods_out=["FX-20261205-001", "FX-20261205-002"])
    fill(desk, "F-GOODSOUT")
    assert desk.disagreements("move-out-releases") == []
    fill(desk, "F-GOODSOUT", "FX-20261205-002", unit_no="3-2-1502")
    assert desk.disagreements("move-out-releases") == ["QC2-202612-001"]
    fill(desk, "F-GOODSOUT", "FX-20261205-002", match=False, note="多一件", decision="stopped")
    assert desk.disagreements("move-out-releases") == ["QC2-202612-001"]


def test_personalised_services_reach_the_target_of_the_month(desk: Desk) -> None:
    first = desk.file("F-SPECIALSVC", "TFW-202612-011", PERSONAL, SERVED, "P003")
    assert (broken(first), lacking(first), first.all_values["month_count"]) == ([], [], 0)
    assert desk.disagreements("special-service-target") == ["TFW-202612-011"]
    second = desk.file("F-SPECIALSVC", "TFW-202612-012", {**PERSONAL, "done_at": "14:55"}, SERVED, "P003")
    assert second.all_values["month_count"] == 1
    assert desk.disagreements("special-service-target") == []
