"""A property office to try its forms in: a copy of this repository with the industry on and its posts filled."""

import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

from desk import Desk
from property_fitout import ACCEPTANCE, ACCEPTED, FIT_OUT, INSPECTED, INSPECTION
from property_records import CHECKED, DORM, MATTERS, STAFF, VISIT, Signed

from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace

EXAMPLES = {**MATTERS, **FIT_OUT}
PERSON = """
  - staff_no: {number}
    name: {{zh: 员工{number}, en: Person {number}}}
    joined: 2024-01-02
    posts:
      - {{post: {post}, department: D-PROP, from: 2024-01-02}}
"""


def open_office(root: Path, copy: Path, at: datetime) -> Workspace:
    for folder in ("handbook", "templates"):
        shutil.copytree(root / folder, copy / folder)
    settings = (root / "csdocs.yaml").read_text("utf-8")
    (copy / "csdocs.yaml").write_text(settings.replace("[GEN, TEL]", "[GEN, TEL, PROP]"), "utf-8")
    with (copy / "handbook/people.yaml").open("a", encoding="utf-8") as people:
        people.writelines(PERSON.format(number=number, post=post) for number, post in STAFF.items())
    subprocess.run(["git", "init", "-q", str(copy)], check=True)
    return Workspace(copy, at)


def items(office: Workspace, form: str, good: dict[str, Any], **changed: dict[str, Any]) -> list[dict[str, Any]]:
    """A complete list of items in which all is well but for `changed`."""
    rows = "check" if form == "F-DORM" else "items"
    field = office.forms[form].fields[rows].field("item")  # type: ignore[union-attr]
    codes = [option.code for option in field.options]  # type: ignore[union-attr]
    return [{"no": n, "item": code, **good, **changed.get(code, {})} for n, code in enumerate(codes, 1)]


def inspection_items(office: Workspace, **changed: dict[str, Any]) -> list[dict[str, Any]]:
    rows = items(office, "F-RENOVINSPECT", {"result": "ok"}, **changed)
    return [{key: value for key, value in row.items() if key != "no"} for row in rows]


def fill(desk: Desk, form: str, id: str = "", signed: Signed | None = None, **changed: Any) -> RecordCase:
    """The example record of a form with some values changed; None leaves one out."""
    number, data, steps = EXAMPLES[form]
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
