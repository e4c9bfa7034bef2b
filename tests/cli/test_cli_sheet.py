"""Records from a spreadsheet: the workbook that a form is filled in on, and what comes of it."""

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from department import AGENT, MANAGER, OTHER, Department, field, section, step
from openpyxl import Workbook, load_workbook

from csdocs.parse.unseen import unseen

LEVELS = [{"code": "low", "label": {"zh": "低", "en": "Low"}}, {"code": "high", "label": {"zh": "高", "en": "High"}}]
FIELDS = [
    field("day", "date", required="true"),
    field("at", "date_time"),
    field("clock", "time"),
    field("who", "staff", required="true"),
    field("level", "choice", options=LEVELS),
    field("ok", "yes_no"),
    field("price", "money"),
    field("share", "percent"),
    field("qty", "integer"),
    field("phone"),
    field("mates", "staff", list="true"),
    field("proof", "file", list="true"),
    field("month", "month"),
    field("twice", "integer", computed="qty + qty"),
]
ITEMS = field(
    "items",
    "rows",
    key="no",
    fields=[field("no", "code", required="true"), field("what", required="true"), field("pieces", "integer")],
)
HEAD = (
    "day",
    "at",
    "clock",
    "who",
    "level",
    "ok",
    "price",
    "share",
    "qty",
    "phone",
    "mates",
    "proof",
    "month",
    "remarks",
)
LINE = (dt.date(2026, 11, 1), dt.datetime(2026, 11, 1, 14, 5), dt.time(7, 50), AGENT, "高", "是", 12.5, "22.5%", 3.0, 13800138000, f"{AGENT}、{OTHER}", "x.jpg", "2026年11月", "=不是公式")  # fmt: skip  # noqa: DTZ001


@pytest.fixture
def ready(department: Department) -> Department:
    department.form(fields=FIELDS, day="day")
    return department


def saved(path: Path, *pages: tuple[str, list[tuple[Any, ...]]]) -> Path:
    book = Workbook()
    for name, lines in pages:
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.data_type = "s"
    book.remove(book.worksheets[0])
    book.save(path)
    return path


def entered(department: Department, source: Path, *more: str) -> tuple[int, list[str], str]:
    said = department.run("new", "F-TEST", "--as", AGENT, "--no-input", "--from", str(source), *more)
    return said.code, said.text.split(), said.err


def test_a_line_is_a_record(ready: Department, tmp_path: Path) -> None:
    (tmp_path / "x.jpg").write_bytes(b"x")
    source = saved(
        tmp_path / "in.xlsx", ("随便", [HEAD, LINE, (), (dt.date(2026, 11, 2), None, None, f"{OTHER} 人{OTHER}")])
    )
    code, paths, err = entered(ready, source, "--set", "level=低")
    assert (code, len(paths)) == (0, 2), err
    first, second = (ready.case(path).record.data for path in paths)
    assert first == {
        "day": "2026-11-01",
        "at": "2026-11-01T14:05+08:00",
        "clock": "07:50",
        "who": AGENT,
        "level": "high",
        "ok": "true",
        "price": "12.50",
        "share": "22.5",
        "qty": "3",
        "phone": "13800138000",
        "mates": [AGENT, OTHER],
        "proof": [
            {
                "name": "x.jpg",
                "sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
                "bytes": "1",
            }
        ],
        "month": "2026-11",
        "remarks": "=不是公式",
    }
    assert second == {"day": "2026-11-02", "who": OTHER, "level": "low"}
    assert [path[-7:-5] for path in paths] == ["01", "02"]
    assert ready.slugs() == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_as_excel_saves_it(ready: Department, tmp_path: Path, encoding: str, delimiter: str) -> None:
    source = tmp_path / "in.csv"
    source.write_text(
        delimiter.join(["day *", "who", "remarks"]) + f'\r\n2026/11/2{delimiter}人{OTHER}{delimiter}"两\n行"\r\n',
        encoding,
    )
    code, paths, err = entered(ready, source)
    assert code == 0, err
    assert ready.case(paths[0]).record.data == {"day": "2026-11-02", "who": OTHER, "remarks": "两\n行"}


def test_the_workbook_that_is_made_is_the_one_that_is_read(ready: Department, tmp_path: Path) -> None:
    ready.form(fields=[*FIELDS, ITEMS], day="day")
    target = tmp_path / "sheet.xlsx"
    assert ready.run("form", "sheet", "f-test", "-o", str(target)).code == 0
    assert (
        ready.run("form", "sheet", "F-TEST", "-o", str(target)).code == 3
    )  # what somebody filled in is not overwritten
    book = load_workbook(target)
    plain, rows, lists = book.worksheets
    heads = [cell.value.rstrip(" *") for cell in plain[1]]
    assert "twice" not in heads
    assert "no" in [cell.value.rstrip(" *") for cell in rows[1]]
    assert lists.sheet_state == "hidden"
    assert {str(validation.sqref)[0] for validation in plain.data_validations.dataValidation} >= {
        chr(65 + heads.index(id)) for id in ("who", "level", "ok")
    }
    for number, who in ((1, AGENT), (2, OTHER)):
        plain.append(
            [
                {"day": dt.date(2026, 11, number), "who": who}.get(head, number if head == "Line no." else None)
                for head in heads
            ]
        )
    for row in ((1, None, "甲", 1), (2, None, "乙", 2), (2, None, "丙", None)):
        rows.append(row)
    book.save(target)
    code, paths, err = entered(ready, target)
    assert (code, len(paths)) == (0, 2), err
    assert ready.case(paths[1]).record.data["items"] == [
        {"no": "1", "what": "乙", "pieces": "2"},
        {"no": "2", "what": "丙"},
    ]
    assert ready.slugs() == []


GOOD = ("2026-11-01", AGENT)
REFUSED = [
    ([("day", "who"), GOOD, ("gestern", AGENT)], "line 3"),
    ([("day", "who"), GOOD, ("2026-11-01", "S9999")], "S9999"),
    ([("day", "who", "level"), GOOD, (*GOOD, "middle")], "line 3"),
    ([("day", "who", "colour"), (*GOOD, "red")], "colour"),
    ([("day", "who", "twice"), (*GOOD, 2)], "twice"),
    ([("day", "who", "who"), (*GOOD, AGENT)], "twice"),
    ([("day", "who", "proof"), GOOD, (*GOOD, "not-here.jpg")], "not-here.jpg"),
    ([("day", "who"), (*GOOD, "beside")], "beside"),
    ([("day", "who", "phone"), (*GOOD, 440301199001011234)], "last digits"),
    ([("day", "who", "phone"), (*GOOD, "#REF!")], "#REF!"),
    ([("day", "who")], "no line"),
    ([()], "no line"),
]


@pytest.mark.parametrize(("lines", "said"), REFUSED)
def test_one_wrong_line_and_nothing_is_written(
    ready: Department, tmp_path: Path, lines: list[tuple[Any, ...]], said: str
) -> None:
    before = ready.digest()
    book = Workbook()
    for line in lines:
        book.worksheets[0].append(line)
    book.save(tmp_path / "in.xlsx")
    code, _, err = entered(ready, tmp_path / "in.xlsx")
    assert (code, said in err) == (3, True), err
    assert ready.digest() == before


def test_all_wrong_lines_are_told_at_once(ready: Department, tmp_path: Path) -> None:
    source = saved(
        tmp_path / "in.xlsx",
        ("x", [("day", "who", "ok"), (*GOOD, "vielleicht"), GOOD, (*GOOD, "kaum"), ("2026-11-01", "谁")]),
    )
    _, _, err = entered(ready, source)
    assert [f"line {n}" in err for n in (2, 3, 4, 5)] == [True, False, True, True]


def test_rows_without_their_record_are_refused(ready: Department, tmp_path: Path) -> None:
    ready.form(fields=[*FIELDS, ITEMS], day="day")
    before = ready.digest()
    first = ("test", [("序号", "day", "who"), (1, *GOOD), (2, *GOOD)])
    for rows in ([(3, "甲")], [(None, "甲")]):
        source = saved(tmp_path / "in.xlsx", first, ("items", [("序号", "what"), *rows]))
        assert entered(ready, source)[0] == 3
    source = saved(tmp_path / "in.xlsx", ("test", [("序号", "day", "who"), (1, *GOOD), (1, *GOOD)]))
    assert "line no. “1” is used before" in entered(ready, source)[2]
    source = saved(tmp_path / "in.xlsx", first, ("notes", [("buy milk",)]))
    assert "notes" in entered(ready, source)[2]
    assert ready.digest() == before
    source = saved(tmp_path / "in.xlsx", ("test", [("day", "who"), GOOD]), ("items", [("what",), ("甲",)]))
    code, paths, err = entered(ready, source)  # of one record, the rows need no number
    assert code == 0, err
    assert ready.case(paths[0]).record.data["items"] == [{"no": "1", "what": "甲"}]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04junk", b"\xd0\xcf\x11\xe0 an old file"])
def test_what_is_no_spreadsheet_is_refused(ready: Department, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "in.xlsx").write_bytes(data)
    (tmp_path / "in.xls").write_bytes(data)
    for name in ("in.xlsx", "in.xls"):
        code, _, err = entered(ready, tmp_path / name)
        assert (code, "save it as .xlsx" in err) == (3, True)
        assert ("has a password" in err) == (data[:1] == b"\xd0" and name == "in.xlsx")


CSV = [
    (b"day,who\n2026-11-01,S1001,\xff\xff\n", "GB18030"),  # nobody's encoding
    ("day,who,phone\n2026-11-01,S1001,客戶\n".encode("big5"), "GB18030"),
    (b"day,who,phone\n2026-11-01,S1001,4.403E+17\n", "4.403E+17"),  # Excel has dropped the digits
    (b"day,who,phone\n2026-11-01,S1001," + b"x" * 200_000 + b"\n", "131072"),
]


@pytest.mark.parametrize(
    ("data", "said"), CSV, ids=["no-encoding", "another-encoding", "rounded-by-excel", "endless-cell"]
)
def test_csv_that_would_be_guessed_at_is_refused(ready: Department, tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "in.csv").write_bytes(data)
    code, _, err = entered(ready, tmp_path / "in.csv")
    assert (code, said in err, "Traceback" in err) == (3, True, False), err


def _edited(source: Path, target: Path, old: bytes, new: bytes) -> Path:
    """The workbook with other bytes in its first sheet."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            assert name != SHEET or old in data
            after.writestr(name, data.replace(old, new) if name == SHEET else data)
    return target


SHEET = "xl/worksheets/sheet1.xml"


def test_a_sheet_is_read_to_its_end_whatever_it_says_of_itself(ready: Department, tmp_path: Path) -> None:
    book = Workbook()
    for line in (("day", "who"), GOOD, GOOD, GOOD):
        book.worksheets[0].append(line)
    book.save(tmp_path / "in.xlsx")
    for stated in (b'ref="A1:B2"', b'ref="A1:XFD1048576"'):
        source = _edited(tmp_path / "in.xlsx", tmp_path / "stated.xlsx", b'ref="A1:B4"', stated)
        code, paths, err = entered(ready, source, "--again")
        assert (code, len(paths)) == (0, 3), err
    wide = b"".join(b'<row r="%d"><c r="XFD%d"/></row>' % (n, n) for n in range(5, 20_000)) + b"</sheetData>"
    source = _edited(tmp_path / "in.xlsx", tmp_path / "wide.xlsx", b"</sheetData>", wide)
    assert (entered(ready, source)[0], "500" in entered(ready, source)[2]) == (3, True)
    lost = _edited(
        tmp_path / "in.xlsx", tmp_path / "lost.xlsx", b'<c r="A1" t="inlineStr">', b'<c r="A1" t="s"><v>9</v>'
    )
    assert "Traceback" not in entered(ready, lost)[2]


def test_a_formula_that_nobody_worked_out_is_not_left_out(ready: Department, tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(("day", "who", "qty"))
    book.worksheets[0].append((*GOOD, "=1+1"))
    book.save(tmp_path / "in.xlsx")
    code, _, err = entered(ready, tmp_path / "in.xlsx")
    assert (code, "C2" in err) == (3, True)


def test_later_parts_are_not_asked_for_in_the_sheet(department: Department, tmp_path: Path) -> None:
    parts = [section("first", field("note", pattern="[0-9]{4}")), section("second", field("cause"))]
    department.form(
        sections=parts, steps=[step("enter", section="first"), step("answer", {"post": "R-AGENT"}, "second")]
    )
    assert department.run("form", "sheet", "F-TEST", "-o", str(tmp_path / "s.xlsx")).code == 0
    heads = load_workbook(tmp_path / "s.xlsx").worksheets[0][1]
    assert [cell.value for cell in heads] == ["note", "Remarks", "Attachments"]
    assert heads[0].comment and heads[0].comment.text == "4 digits (such as 1234)"
    assert "4 digits (such as 1234)" in department.run("form", "schema", "F-TEST").text


def test_an_editor_is_told_what_a_form_takes(department: Department) -> None:
    department.form(
        fields=[
            field("day", "date"),
            field("unit", "department"),
            field("share", "decimal", min="0.5", max="2"),
            field("twice", "decimal", computed="share * 2.0"),
            field("items", "rows", fields=[field("no", "code", required="true"), field("what", max="9")]),
        ]
    )
    shape = department.run("form", "schema", "F-TEST").json["properties"]["data"]["properties"]
    assert shape.keys() == {"day", "unit", "share", "items", "remarks", "attachments"}
    assert (shape["day"]["format"], shape["share"]["minimum"], shape["share"]["maximum"]) == ("date", 0.5, 2)
    assert [each["const"] for each in shape["unit"]["oneOf"]] == ["D-CS", "D-HR"]
    row = shape["items"]["items"]
    assert (row["required"], row["properties"]["what"]["maxLength"]) == (["no"], 9)
    for pattern, good, wrong in (
        (shape["share"]["pattern"], "1.25", "01"),
        (row["properties"]["no"]["pattern"], "A-1", "a"),
    ):
        assert re.match(pattern, good) and not re.match(pattern, wrong)


def test_what_nobody_sees_is_not_entered(ready: Department, tmp_path: Path) -> None:
    ready.form(fields=[*FIELDS, ITEMS], day="day")
    before = ready.digest()
    source = tmp_path / "in.xlsx"

    def refused(spoil: Callable[[Workbook], object]) -> str:
        book = Workbook()
        for line in (("序号", "day", "who", "remarks"), (1, *GOOD), (2, *GOOD, "x"), (3, *GOOD)):
            book.worksheets[0].append(line)
        book.create_sheet("items").append(("序号", "what"))
        spoil(book)
        book.save(source)
        code, _, err = entered(ready, source)
        assert (code, ready.digest()) == (3, before), err
        return err

    def hide_rows(book: Workbook) -> None:
        for number in (3, 4, 9):  # there is nothing in line 9
            book.worksheets[0].row_dimensions[number].hidden = True

    assert "hidden lines 3–4\n" in refused(hide_rows)
    assert "clear filters" in refused(hide_rows)
    assert "hidden columns D" in refused(
        lambda book: setattr(book.worksheets[0].column_dimensions["D"], "hidden", True)
    )
    assert "“items”: is hidden" in refused(lambda book: setattr(book.worksheets[1], "sheet_state", "veryHidden"))
    assert "merged cells D2:D4" in refused(lambda book: book.worksheets[0].merge_cells("D2:D4"))


def test_hidden_rows_are_counted_where_the_sheet_does_not_number_them() -> None:
    sheet = '<sheet><row/><row hidden="1"/><row r="7" hidden="true"/><row hidden="1"/><row hidden="0"/></sheet>'
    assert unseen(BytesIO(sheet.encode())).rows == {2, 7, 8}


def test_a_hidden_sheet_of_something_else_is_named(ready: Department, tmp_path: Path) -> None:
    book = Workbook()
    for line in (("day", "who", "remarks"), GOOD):
        book.worksheets[0].append(line)
    book.create_sheet("旧数据").append(("day", "who"))
    book.worksheets[1].sheet_state = "hidden"
    for column in "CH":  # nothing is entered there
        book.worksheets[0].column_dimensions[column].hidden = True
    book.worksheets[0].merge_cells("A9:B9")
    book.save(tmp_path / "in.xlsx")
    code, paths, err = entered(ready, tmp_path / "in.xlsx")
    assert (code, len(paths), "旧数据" in err) == (0, 1, True), err


def test_a_sheet_that_was_taken_is_not_taken_again(ready: Department, tmp_path: Path) -> None:
    """Run twice by mistake, or goes on being filled in from the top."""
    lines = [("day", "who", "qty"), (*GOOD, 1), (*GOOD, 1), (*GOOD, 2)]
    source = saved(tmp_path / "in.xlsx", ("x", lines))
    code, paths, err = entered(ready, source)
    assert (code, len(paths)) == (0, 3), err  # alike among themselves: somebody meant that
    assert ready.run("sign", "TEST-202611-001", "--as", AGENT, "--yes").code == 0
    assert ready.run("fill", "TEST-202611-003", "--set", "remarks=x", "--no-input").code == 0
    before = ready.digest()
    source = saved(tmp_path / "in.xlsx", ("x", [*lines, (*GOOD, 3), (GOOD[0], OTHER)]))
    code, _, err = entered(ready, source)
    assert (code, ready.digest()) == (3, before)
    assert "line 4: is entered already as TEST-202611-003" in err
    assert "line 5" not in err
    code, paths, err = entered(ready, source, "--only-new")
    assert (code, [path[-8:-5] for path in paths]) == (0, ["004", "005"]), err
    assert "line 4 left out: entered already as TEST-202611-003" in err
    ready.write("records/test/2026/11/TEST-202611-006.yaml", "record: [\n")  # nobody can tell what it says
    assert entered(ready, source, "--only-new")[:2] == (0, [])
    (ready.root / "records/test/2026/11/TEST-202611-006.yaml").unlink()
    assert len(entered(ready, source, "--again")[1]) == 5


@pytest.mark.parametrize(
    ("entered_on", "taken_on", "known"),
    [("2026-12-31", "2027-01-02", True), ("2027-01-02", "2026-12-31", False), ("2026-11-30", "2027-01-02", False)],
)
def test_what_was_taken_in_the_month_before_is_known(
    ready: Department, tmp_path: Path, entered_on: str, taken_on: str, known: bool
) -> None:
    ready.form(fields=FIELDS)  # of the day on which it is entered
    source = saved(tmp_path / "in.xlsx", ("x", [("day", "who"), GOOD]))
    for day, code in ((entered_on, 0), (taken_on, 3 if known else 0)):
        ready.clock(f"{day}T09:00:00+08:00")
        assert entered(ready, source)[0] == code


def test_only_new_lines_are_numbered(ready: Department, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A natural key is taken by the line that was entered: that line is left out before anybody asks for its number."""
    from csdocs.prepare import entry

    numbered: list[str] = []
    given = entry.next_number
    monkeypatch.setattr(entry, "next_number", lambda *more: numbered.append(given(*more)) or numbered[-1])
    ready.form(fields=FIELDS, day="day", number="T-{who}-{day:YYYYMMDD}")
    lines = [("day", "who"), GOOD]
    assert entered(ready, saved(tmp_path / "in.xlsx", ("x", lines)))[0] == 0
    source = saved(tmp_path / "in.xlsx", ("x", [*lines, (GOOD[0], OTHER)]))
    code, paths, err = entered(ready, source, "--only-new")
    assert (code, len(paths), len(numbered)) == (0, 1, 2), err
    assert entered(ready, source, "--only-new")[:2] == (0, [])
    assert entered(ready, source, "--again")[0] == 3


def test_what_was_declared_void_may_be_entered_again(ready: Department, tmp_path: Path) -> None:
    source = saved(tmp_path / "in.xlsx", ("x", [("day", "who"), GOOD]))
    assert entered(ready, source)[0] == 0
    assert ready.run("void", "TEST-202611-001", "--as", MANAGER, "--reason", "重做", "--yes").code == 0
    assert entered(ready, source)[0] == 0


@pytest.mark.parametrize("most", [None, "1000"])
def test_a_file_too_large_is_refused_before_it_is_read(ready: Department, tmp_path: Path, most: str | None) -> None:
    ready.form(fields=[*FIELDS, field("scan", "file", **({"max": most} if most else {}))], day="day")
    with open(tmp_path / "huge.jpg", "wb") as file:
        file.truncate(1 << 33 if most is None else 1001)  # takes no room on the disk, and more than any memory
    place = f"scan={tmp_path / 'huge.jpg'}"
    said = ready.run("new", "F-TEST", "--as", AGENT, "--no-input", "--set", "day=2026-11-01", "--attach", place)
    assert (said.code, "huge.jpg has" in said.err) == (3, True)
    source = saved(tmp_path / "in.xlsx", ("x", [("day", "who", "scan"), (*GOOD, "huge.jpg")]))
    assert "huge.jpg has" in entered(ready, source)[2]


TIDIED = [
    ("一_x000D_\n二\r\n三\r四", "一\n二\n三\n四"),
    ("e\u0301", "\u00e9"),
    ("\u00a0\u3000x ", "x"),
    ("＝１，２３４", "＝１，２３４"),
    ("a_x005F_x000D_ _x0041_ _xD83D_", "a_x000D_ A _xD83D_"),
    ("#N/A", "#N/A"),  # as text
]


def test_what_spreadsheets_do_to_text_is_undone(ready: Department, tmp_path: Path) -> None:
    heads = ("day\n *", " who＊", "re\nmarks", "qty", "price", "at", "month")
    midnight = dt.datetime(2026, 11, 1)  # noqa: DTZ001
    lines = [(*GOOD, text, "１，２３４", "¥1,234", midnight, midnight) for text, _ in TIDIED]
    code, paths, err = entered(ready, saved(tmp_path / "in.xlsx", ("x", [heads, *lines])))
    assert code == 0, err
    records = [ready.case(path).record.data for path in paths]
    assert [record["remarks"] for record in records] == [text for _, text in TIDIED]
    rest = {tuple(record[id] for id in heads[3:]) for record in records}
    assert rest == {("1234", "1234.00", "2026-11-01T00:00+08:00", "2026-11")}
    (tmp_path / "in.csv").write_bytes('day,who,remarks\r\n2026/11/2 0:00,S1001,"两\r\n行"\r\n'.encode("gb18030"))
    code, paths, err = entered(ready, tmp_path / "in.csv")
    assert (code, ready.case(paths[0]).record.data["remarks"]) == (0, "两\n行"), err


def test_what_cannot_be_seen_is_named_with_its_field(ready: Department, tmp_path: Path) -> None:
    ready.form(fields=[*FIELDS, ITEMS], day="day")
    first = ("test", [("序号", "day", "who", "phone"), (1, *GOOD, "138\u200b0"), (2, *GOOD, "x\u00ady")])
    source = saved(tmp_path / "in.xlsx", first, ("items", [("序号", "what"), (1, "\ufeff甲")]))
    code, _, err = entered(ready, source)
    assert code == 3
    for said in (
        "line 2: “phone”: contains the character U+200B (ZERO WIDTH SPACE)",
        "line 3: “phone”: contains the character U+00AD",
        "“what”: contains the character U+FEFF",
    ):
        assert said in err


def test_a_title_above_the_heads_is_said_to_be_one(ready: Department, tmp_path: Path) -> None:
    source = saved(tmp_path / "in.xlsx", ("x", [("某部门登记表",), ("day", "who"), GOOD]))
    code, _, err = entered(ready, source)
    assert (code, "line 1: has no heads" in err, "line 2" in err) == (3, True, False)


UNLIKE = [
    *({"code": code, "label": {"zh": zh, "en": en}} for code, zh, en in (("a", "甲、乙", "A, B"), ("c", "丙", "C"))),
    *({"code": code, "label": {"zh": zh, "en": en}} for code, zh, en in (("d", "丁", "D"), ("d2", "丁", "D2"))),
]
WORDED = [
    *(field("who", "staff"), field("unit", "department"), field("level", "choice", options=LEVELS)),
    *(field("ok", "yes_no"), field("price", "money"), field("mates", "staff", list="true")),
    *(field("kinds", "choice", options=UNLIKE, list="true"), field("kind", "choice", options=UNLIKE)),
    field("items", "rows", fields=[field("what", "choice", options=UNLIKE), field("fine", "yes_no")]),
]
CODED: tuple[dict[str, str], ...] = (
    {"who": AGENT, "unit": "D-CS", "level": "high", "ok": "true", "price": "12.50", "mates": f"{AGENT}、{OTHER}"},
    {"kinds": "c、d2", "kind": "a", "items": "[{what: c, fine: false}, {what: d, fine: true}]"},
    {"kinds": "a、c", "kind": "d", "ok": "false", "unit": "D-HR"},
)


IN_WORDS = {
    "zh": [
        ("F-TEST F-TEST", 1, "草稿", "否"),
        (f"{AGENT} 人{AGENT}", "客户服务部", "高", "是", 12.5),
        *((None, None), ("丙、d2", "甲、乙"), ("a、c", "d")),
        *(("丙", "否"), ("d", "是")),
    ],
    "en": [
        ("F-TEST F-TEST", 1, "Draft", "no"),
        (f"{AGENT} Person {AGENT}", "Customer service", "High", "yes", 12.5),
        *((None, None), ("C, d2", "A, B"), ("a、c", "d")),
        *(("C", "no"), ("d", "yes")),
    ],
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_exported_can_be_entered_again(department: Department, tmp_path: Path, language: str) -> None:
    """A workbook holds the words of the form and of the register, as far as they mean one thing alone."""
    department.form(fields=WORDED, steps=[step("fill")])
    written = [department.case(department.new(**values)).record.data for values in CODED]

    def exported(folder: str, *more: str) -> list[list[tuple[Any, ...]]]:
        assert department.run("--lang", language, "export", folder, "--format", "xlsx", *more).code == 0
        books = [load_workbook(department.root / folder / f"{name}.xlsx") for name in ("records", "F-TEST")]
        return [[*page.values] for book in books for page in book.worksheets]

    records, form, rows = exported("words")
    cells = [records[1][1:5], form[1][1:6], *(line[7:9] for line in form[1:]), *(line[2:] for line in rows[1:])]
    assert cells == IN_WORDS[language]
    number = {line[0]: n for n, line in enumerate(form)} | {rows[0][0]: "序号", form[0][0]: "序号"}
    pages = [("form", [line[:9] for line in form]), ("items", [(line[0], *line[2:]) for line in rows])]
    again = [(name, [(number[id], *line) for id, *line in lines]) for name, lines in pages]
    code, paths, err = entered(department, saved(tmp_path / "again.xlsx", *again), "--again")
    assert code == 0, err
    assert [department.case(path).record.data for path in paths] == written
    assert exported("coded", "--codes")[1][1][1:6] == (AGENT, "D-CS", "high", 1, 12.5)
    assert department.run("export", "plain").code == 0
    assert f"{AGENT},D-CS,high,1,12.5," in (department.root / "plain/f_test.csv").read_text("utf-8-sig")
