"""`csdocs new`: every way of giving values, on a terminal and off it."""

import datetime as dt
from pathlib import Path

import pytest
from department import AGENT, LEADER, OTHER, Department, field, label
from terminal import Terminal

from csdocs.cli.values import next_key
from csdocs.load.workspace import Workspace
from csdocs.prepare.numbering import next_number

PATH = "records/test/2026/11/TEST-202611-001.yaml"
SHIFTS = [
    {"code": "early", "label": {"zh": "早班", "en": "Early"}},
    {"code": "late", "label": {"zh": "晚班", "en": "Late"}},
]
FIELDS = [
    field("day", "date", required="true"),
    field("shift", "choice", options=SHIFTS, required="true"),
    field("who", "staff", required="true"),
    field("mates", "staff", list="true"),
    field("at", "time"),
    field("moment", "date_time"),
    field("price", "money"),
    field("ok", "yes_no"),
    field("dept", "department"),
    field("note", "long_text"),
    field(
        "items",
        "rows",
        key="no",
        fields=[field("no", "code", required="true"), field("what", required="true"), field("qty", "integer")],
    ),
]


@pytest.fixture
def ready(department: Department) -> Department:
    main = {"id": "main", "title": label("main"), "hint": label("a line each"), "fields": FIELDS}
    department.form(sections=[main], day="day")
    return department


SPOKEN = [
    ("day", "2026-11-02", "2026-11-02"),
    ("day", "today", "2026-11-02"),
    ("day", "今天", "2026-11-02"),
    ("day", "yesterday", "2026-11-01"),
    ("day", "11-1", "2026-11-01"),
    ("day", "11月1日", "2026-11-01"),
    ("day", "2026/10/9", "2026-10-09"),
    ("day", "2026年1月2日", "2026-01-02"),
    ("shift", "1", "early"),
    ("shift", "2", "late"),
    ("shift", "late", "late"),
    ("shift", "早班", "early"),
    ("shift", "Late", "late"),
    ("who", AGENT, AGENT),
    ("who", AGENT.lower(), AGENT),
    ("who", f"人{OTHER}", OTHER),
    ("who", f"person {OTHER}".upper(), OTHER),
    ("mates", f"{AGENT}, {OTHER}", [AGENT, OTHER]),
    ("mates", f"{AGENT}、人{OTHER}，{LEADER}", [AGENT, OTHER, LEADER]),
    ("at", "7:50", "07:50"),
    ("at", "16：05", "16:05"),
    ("moment", "2026-11-02T07:50:00+08:00", "2026-11-02T07:50:00+08:00"),
    ("moment", "now", "2026-11-02T09:00+08:00"),
    ("moment", "7:50", "2026-11-02T07:50+08:00"),
    ("moment", "11-1 7:50", "2026-11-01T07:50+08:00"),
    ("price", "210", "210.00"),
    ("price", "210.5", "210.50"),
    ("price", "210.05", "210.05"),
    ("price", "１，２３４．５", "1234.50"),
    ("price", "￥1,234,567元", "1234567.00"),
    ("day", "２０２６／１１／０１", "2026-11-01"),
    ("day", "20261101", "2026-11-01"),
    ("moment", "2026/11/1 7:50:05", "2026-11-01T07:50:05+08:00"),
    ("note", "１，２３４", "１，２３４"),
    ("ok", "yes", "true"),
    ("ok", "是", "true"),
    ("ok", "N", "false"),
    ("dept", "客户服务部", "D-CS"),
    ("dept", "Customer service", "D-CS"),
    ("note", " 前后有空 ", "前后有空"),
    ("note", "a=b", "a=b"),
    ("note", "Why?", "Why?"),
    ("note", "[内部] 客户：{急}", "[内部] 客户：{急}"),
    ("mates", f"[{AGENT}, 人{OTHER}]", [AGENT, OTHER]),
    ("at", "7:50:00", "07:50"),
]


@pytest.mark.parametrize(("id", "said", "written"), SPOKEN)
def test_what_people_type_is_written_in_the_one_spelling(
    ready: Department, id: str, said: str, written: object
) -> None:
    path = ready.new(**{"day": "today", id: said})
    assert ready.case(path).record.data[id] == written
    assert ready.slugs() == []


REFUSED = [("day", "2026-02-30"), ("day", "gestern"), ("shift", "3"), ("shift", "0"), ("shift", "②"), ("shift", "9" * 5_000), ("who", "谁"), ("at", "25:00"), ("price", "1,00"), ("price", "210美元"), ("day", "20261301"), ("ok", "maybe"), ("mates", f"{AGENT},{AGENT}x"), ("note", "a\tb"), ("note", "a\x1b[31mb"), ("mates", f"[[{AGENT}]]"), ("items", "[{no: 1}"), ("items", "[{no: 1, what: x, no: 2}]"), ("items", "x")]  # fmt: skip


@pytest.mark.parametrize(("id", "said"), REFUSED)
def test_what_cannot_be_understood_is_refused_and_nothing_is_written(ready: Department, id: str, said: str) -> None:
    before = ready.digest()
    settings = {"day": "today", id: said}
    result = ready.run(
        "new", "F-TEST", "--as", AGENT, "--no-input", *(f"--set={key}={value}" for key, value in settings.items())
    )
    assert result.code == 3, result
    assert result.err
    assert "Text(" not in result.err
    assert ready.digest() == before


def test_a_field_that_the_number_needs_is_named_as_people_know_it(department: Department) -> None:
    department.form(fields=[field("note"), field("unit", "code", required="true")], number="T-{unit}-{serial:3}")
    said = department.run("new", "F-TEST", "--as", AGENT, "--no-input", "--set", "note=x")
    assert (said.code, "the number needs the field “unit”" in said.err) == (3, True), said.err


def test_the_words_that_are_refused_are_named(ready: Department) -> None:
    for setting, said in (
        ("note=a\tb", "“note”: contains the character U+0009 (TAB)"),
        ("items=[{no: A, what: Why?}]", "the value of “what” holds a question mark"),
        ("items=[{no: A, what: x, what: y}]", "the key “what” is written twice"),
        ("nots=x", "F-TEST has no field nots; did you mean note?"),
        ("note", "“note” is not FIELD=VALUE of F-TEST"),
    ):
        assert said in ready.run("new", "F-TEST", "--as", AGENT, "--no-input", "--set", setting).err


def test_the_next_number_is_that_of_a_number(department: Department) -> None:
    assert next_key(["7", "②", "9" * 5_000, "A"]) == "8"
    department.form(number="T-{day:YYYY}")
    taken = {"T-2026", *(f"T-2026.{n}" for n in range(2, 100))}
    assert next_number(Workspace(department.root).forms["F-TEST"], dt.date(2026, 11, 1), {}, taken) == "T-2026.100"


def test_a_form_with_errors_is_not_said_to_be_missing(ready: Department) -> None:
    ready.edit("templates/forms/test.yaml", "kind: yes_no", "kind: yes_or_no")
    said = ready.run("new", "F-TEST", "--as", AGENT, "--no-input")
    assert (said.code, "csdocs check templates/forms/test.yaml" in said.err) == (3, True)


def test_values_come_from_a_file_and_settings_win(ready: Department, tmp_path: Path) -> None:
    source = tmp_path / "v.yaml"
    source.write_text("day: 2026-11-01\nshift: early\nitems:\n  - {no: A, what: 甲}\n")
    said = ready.run("new", "f-test", "--as", AGENT, "--from", str(source), "--set", "shift=2", "--no-input")
    assert said.code == 0, said.err
    assert ready.case(said.text.strip()).record.data == {
        "day": "2026-11-01",
        "shift": "late",
        "items": [{"no": "A", "what": "甲"}],
    }
    source.write_text("record: OLD-1\ndata:\n  day: 2026-11-01\n")
    said = ready.run("new", "F-TEST", "--as", AGENT, "--from", str(source), "--no-input")
    assert ready.case(said.text.strip()).record.data == {"day": "2026-11-01"}


@pytest.mark.parametrize(
    "text",
    [
        "- x\n",
        "x\n",
        "",
        "a: [\n",
        "a: &x 1\n",
        "day: 2026-11-01\nnothing: x\n",
        "day: 2026-11-01\nday: 2026-11-02\n",
        "data: x\n",
    ],
)
def test_a_file_that_is_no_record_is_refused(ready: Department, tmp_path: Path, text: str) -> None:
    source = tmp_path / "v.yaml"
    source.write_text(text)
    before = ready.digest()
    assert ready.run("new", "F-TEST", "--as", AGENT, "--from", str(source), "--no-input").code == 3
    assert ready.digest() == before


def test_a_form_whose_first_revision_is_not_here_can_be_filled(department: Department) -> None:
    """A department brings a form that it has used on paper: its history here begins with revision 4."""
    department.form(revision=4, effective="2026-06-01")
    assert department.case(department.new(note="x")).record.form_revision == 4


def test_on_a_terminal_every_field_is_asked_for(ready: Department) -> None:
    terminal = Terminal(ready.root, "new", "F-TEST", "--as", AGENT, "--set", "note=给定")
    terminal.expect("a line each")
    terminal.answer("day", "")
    terminal.answer("required", "2026-02-30")
    terminal.answer("2026-02-30", "today")
    terminal.expect("1=Early  2=Late")
    terminal.answer("shift", "7")
    terminal.expect("choose one of")
    terminal.answer("shift", "2")
    terminal.expect(f"{AGENT} Person {AGENT}")
    terminal.answer("who", "nobody")
    terminal.answer("who", f"Person {OTHER}")
    terminal.answer("mates", f"{AGENT},{OTHER}")
    terminal.answer("at", "7:50")
    terminal.answer("moment", "")
    terminal.answer("price", "12")
    terminal.answer("ok", "y")
    terminal.answer("dept", "")
    terminal.answer("1. what", "甲")
    terminal.answer("1. qty", "x")
    terminal.answer("1. qty", "3")
    terminal.answer("2. what", "乙")
    terminal.answer("2. qty", "")
    terminal.answer("3. what", "丙\u200b")
    terminal.answer("ZERO WIDTH SPACE", "")
    code, out = terminal.end()
    assert code == 0, terminal.seen
    assert out.strip() == PATH
    assert ready.case(PATH).record.data == {
        "note": "给定",
        "day": "2026-11-02",
        "shift": "late",
        "who": OTHER,
        "mates": [AGENT, OTHER],
        "at": "07:50",
        "price": "12.00",
        "ok": "true",
        "items": [{"no": "1", "what": "甲", "qty": "3"}, {"no": "2", "what": "乙"}],
    }
    assert ready.slugs() == []


def test_what_earlier_answers_require_is_required_at_once(department: Department) -> None:
    """Whoever answers must not learn of it when signing: the guest is gone by then."""
    counted = [field("face", "integer", required="true"), field("why", required_when="row.face > 9")]
    worked_out = field("sum", "integer", computed="sum(notes.map(n, n.face))")
    spent = field("spent", required_when="sum == 12")
    department.form(fields=[field("notes", "rows", fields=counted), worked_out, spent])
    terminal = Terminal(department.root, "new", "F-TEST", "--as", AGENT)
    terminal.answer("1. face (empty ends the table): ", "2")
    terminal.answer("1. why (optional): ", "")
    terminal.answer("2. face (empty ends the table): ", "10")
    terminal.answer("2. why: ", "")
    terminal.answer("this one is required", "a tip")
    terminal.answer("3. face", "")
    terminal.answer("spent: ", "")
    terminal.answer("this one is required", "all of it")
    terminal.expect("next: csdocs why TEST-")
    assert terminal.end()[0] == 0


def test_ids_are_typed_in_either_case_and_one_that_is_nobodys_is_said(department: Department) -> None:
    earlier = [field("earlier", "reference", ref=["F-TEST"], list="true")]
    department.form(fields=earlier, number="TEST-{day:YYYYMM}-{serial:3}")
    first = department.new()
    said = department.run("new", "F-TEST", "--as", AGENT, "--no-input", "--set=earlier=test-202611-001")
    assert "no such record" not in said.err
    assert department.case(said.text.strip()).record.data == {"earlier": ["TEST-202611-001"]}
    assert department.run("show", "test-202611-001").text == department.run("show", first).text
    for nobody in ("test-202611-009", "、".join(f"TEST-202611-1{n}" for n in range(10, 40))):
        said = department.run("fill", "test-202611-001", f"--set=earlier=TEST-202611-002、{nobody}")
        named = nobody.split("、")
        assert said.code == 0 and said.err.count("no such record") == len(named), said
        assert all(id in said.err for id in named) and "TEST-202611-002" not in said.err


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_giving_up_leaves_nothing(ready: Department, key: str) -> None:
    before = ready.digest()
    terminal = Terminal(ready.root, "new", "F-TEST", "--as", AGENT)
    terminal.answer("day", "today")
    terminal.expect("shift")
    terminal.press(key)
    code, out = terminal.end()
    assert code == 130
    assert out == ""
    assert ready.digest() == before


def test_before_signing_the_meaning_is_said_and_no_is_no(ready: Department) -> None:
    ready.new(day="today", shift="1", who=AGENT)
    before = ready.digest()
    terminal = Terminal(ready.root, "sign", "TEST-202611-001", "--as", AGENT)
    terminal.expect("属实 (属实)")  # in English too, beside the words that are signed
    terminal.answer("Sign?", "n")
    assert terminal.end()[0] == 130
    assert ready.digest() == before
    terminal = Terminal(ready.root, "sign", "TEST-202611-001", "--as", AGENT)
    terminal.answer("Sign?", "y")
    assert terminal.end()[0] == 0
    assert ready.state(PATH) == "closed"
    said = ready.run("sign", "TEST-202611-001", "--as", AGENT)
    assert (said.code, "no step of TEST-202611-001 waits to be signed" in said.err) == (3, True)
