"""What each form of the property office holds when everything is in order, and who signs it."""

from typing import Any

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
SCAN = {"name": "scan.pdf", "sha256": "0" * 64, "bytes": 1200}
PHOTO = {"name": "photo.jpg", "sha256": "0" * 64, "bytes": 1200}
Signed = list[tuple[str, ...]]

RESIDENT = {"unit_no": "3-2-1501", "owner": "王先生", "capacity": "owner", "phone": "13800000000"}
DELEGATE = {**RESIDENT, "capacity": "delegate", "authority": SCAN}
VISIT: dict[str, Any] = {
    "customer": "K0001",
    "source": "BXD-202612-001",
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
    "customer": "K0001",
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
    "key": "YSJ2-202612-001",
    "begun_at": "10:05",
    "accompanied": True,
    "ended_at": "10:40",
    "condition_ok": True,
}
PASSAGE = {"no": 1, "at": "10:00", "person": "张师傅", "direction": "in", "verified": True, "outcome": "passed"}
PASSAGES = [{**PASSAGE, "reason": "送货", "by": "P010"}]
PASSAGES.append({**PASSAGES[0], "no": 2, "at": "10:20", "direction": "out"})
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
CORRECTION = {"no": 1, "matter": "垃圾", "measure": "清运", "done_at": "2026-12-09 10:00"}
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

MATTERS: dict[str, tuple[str, dict[str, Any], Signed]] = {
    "F-REPAIR": ("BXD-202612-001", REPAIR, REPAIRED),
    "F-MOVEIN": ("RZ-202612-001", MOVE_IN, MOVED_IN),
    "F-MOVEOUT": ("QC2-202612-001", MOVE_OUT, MOVED_OUT),
    "F-GOODSOUT": ("FX-20261205-001", GOODS, RELEASED),
    "F-VIEWING": ("KFD-202612-001", VIEWING, [("check", "P003", "10:02"), ("accompany", "P003", "10:45")]),
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
