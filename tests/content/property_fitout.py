"""A fit-out from application to acceptance, in records where everything is in order."""

from typing import Any

from property_records import CORRECTION, PHOTO, RESIDENT, SCAN, Signed

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

FIT_OUT: dict[str, tuple[str, dict[str, Any], Signed]] = {
    "F-RENOVAPPLY": ("ZX2-202612-001", APPLICATION, REVIEWED),
    "F-RENOVPERMIT": ("ZXP-202612-001", PERMIT, PERMITTED),
    "F-RENOVPASS": ("ZXC-202612-001", PASS, PASSED),
}
