"""Keys: the ledger, loans and viewings."""

from datetime import datetime
from typing import Any

from desk import FINE, Desk, broken, lacking, outcome

from csdocs.load.record.case import RecordCase

LATER = datetime.fromisoformat("2027-02-10T18:00:00+08:00")


def keys(desk: Desk, *changes: dict[str, Any], copies: int = 2, counted: int = 2) -> RecordCase:
    row = {"key_no": "A101", "unit": "1栋101", "copies": copies, "holder": "S1004"}
    data: dict[str, Any] = {
        "opened_on": "2026-11-09",
        "custodian": "S1004",
        "keys": [row],
        "counted_on": "2026-12-31",
        "counted": counted,
    }
    signed = [("open", "S1004", "2026-11-09 09:00"), ("initial", "S1004", "2026-11-09 09:10", "A101")]
    if changes:
        rows = [
            {"no": n, "key_no": "A101", "at": "2026-12-01", "note": "业主来领", **each}
            for n, each in enumerate(changes, 1)
        ]
        data["changes"] = rows
        signed.append(("change", "S1004", "2026-12-01 09:00"))
    if counted != copies + sum(each["copies"] for each in changes):
        data["missing"] = "少一把"
    signed += [("count", "S1004", "2026-12-31 15:00"), ("close", "S0003", "2026-12-31 16:00")]
    return desk.file("F-KEYLEDGER", "YSL-2026-S1004", data, signed)


def test_the_key_ledger(desk: Desk) -> None:
    handed = {"kind": "handed_out", "copies": -1}
    assert outcome(keys(desk)) == outcome(keys(desk, handed, counted=1)) == FINE
    assert broken(keys(desk, handed)) == ["every_key_there"]
    assert broken(keys(desk, {"kind": "lost", "copies": 1}, counted=3)) == ["sign_of_change"]
    assert broken(keys(desk, {"kind": "lock_changed", "copies": 0, "key_no": "B1"})) == ["changed_key_registered"]


def key(desk: Desk, id: str = "YSJ2-202612-001", start: str = "09:00", back: str = "11:00", **data: Any) -> RecordCase:
    fixed = {
        "key_no": "A101",
        "copies": 1,
        "borrower": "S1001",
        "custodian": "S1004",
        "purpose": "viewing",
        "visitor": "陈女士",
    }
    times = {"out_at": start, "due_at": "12:00"}
    signed = [("borrow", "S1001", "08:50"), ("lend", "S1004", "08:55")]
    if back:
        times |= {"back_at": back, "accompanied": "true", "keys_back": "true"}
        signed.append(("take_back", "S1004", "2026-12-02 11:10"))
    return desk.file("F-KEYLOAN", id, {**fixed, **times, **data}, signed)


def test_a_key_comes_back_the_same_day_and_viewings_are_accompanied(desk: Desk) -> None:
    assert outcome(key(desk)) == FINE
    assert broken(key(desk, back="12:01")) == broken(key(desk, back="")) == ["back_in_time"]
    assert broken(key(desk, due_at="2026-12-02 00:01")) == ["due_in_time"]
    assert broken(key(desk, accompanied=False)) == ["visitor_accompanied"]
    assert broken(key(desk, keys_back=False, note="丢失")) == ["all_back"]
    assert lacking(key(desk, purpose="other")) == ["detail"]
    assert broken(key(desk, borrower="S1004")) == ["custodian_not_borrower"]


def test_no_more_keys_are_out_than_there_are(desk: Desk) -> None:
    key(desk)
    assert desk.disagreements("key-copies-lent") == ["YSJ2-202612-001"]
    keys(desk)
    key(desk, "YSJ2-202612-002", start="10:00")
    assert desk.disagreements("key-copies-lent") == []
    key(desk, "YSJ2-202612-003", start="10:30")
    assert desk.disagreements("key-copies-lent") == ["YSJ2-202612-003"]
    key(desk, "YSJ2-202612-003", start="11:00", back="11:30")
    assert desk.disagreements("key-copies-lent") == []
    keys(desk, {"kind": "lost", "copies": -1, "at": "2026-12-02"}, counted=1)
    assert desk.disagreements("key-copies-lent") == []
    keys(desk, {"kind": "lost", "copies": -1}, counted=1)
    assert desk.disagreements("key-copies-lent") == ["YSJ2-202612-002"]


def test_nobody_leaves_with_keys(desk: Desk) -> None:
    path = [("hand_over", "S1001"), ("take_over", "S1002"), ("confirm", "S0002"), ("settle", "S0014")]
    signed = [(step, who, f"2026-12-04 1{n}:00") for n, (step, who) in enumerate(path)]
    data = {"staff": "S1001", "dept": "D-CS", "last_day": "2026-12-04", "takers": ["S1002"]}
    desk.file("F-OFFBOARD", "LZ-202612-001", data, signed)
    key(desk)
    assert desk.disagreements("leaver-keys-returned") == []
    key(desk, back="")
    assert desk.disagreements("leaver-keys-returned") == ["LZ-202612-001"]
    key(desk, back="", borrower="S1003")
    assert desk.disagreements("leaver-keys-returned") == []
