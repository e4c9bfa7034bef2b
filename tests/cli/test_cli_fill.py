"""`csdocs fill`: later parts of a record, more rows, and files beside it."""

import hashlib
from pathlib import Path

import pytest
from department import AGENT, OTHER, Department, field, section, step
from prepared import prepared
from terminal import Terminal

PATH = "records/test/2026/11/TEST-202611-001.yaml"
ID = "TEST-202611-001"
LINES = [field("no", "code", required="true"), field("what", required="true"), field("told", "yes_no")]
SECTIONS = [
    section("first", field("note", required="true"), field("photos", "file", list="true", types=["jpg", "pdf"])),
    section("second", field("cause", required="true"), field("day", "date"), field("scan", "file")),
    section("third", field("lines", "rows", key="no", append_only="true", fields=LINES)),
]
STEPS = [
    step("enter", section="first"),
    step("answer", {"post": "R-AGENT"}, "second"),
    step("follow", {"post": "R-AGENT"}, "third", repeat="true"),
    step("end", {"post": "R-AGENT"}, "third"),
]


@prepared
def begun(department: Department) -> None:
    department.form(sections=SECTIONS, steps=STEPS)
    department.new(note="x")


@pytest.fixture
def signed(begun: Department) -> Department:
    begun.must_sign(PATH, AGENT, "enter")
    return begun


def test_the_next_part_is_filled_in_and_the_rest_stays_as_it_was(signed: Department) -> None:
    signed.edit(PATH, "data: {note: x}", "data:\n  # as the customer said\n  note: x")
    before = signed.read(PATH)
    assert "csdocs fill TEST-202611-001 --step answer" in signed.run("why", ID).text
    said = signed.run("fill", ID, "--set", "day=今天", "--set", "cause=磨损", "--add", "lines={what: 甲, told: 是}")
    assert (said.code, said.text.strip()) == (0, PATH), said.err
    said = signed.run("fill", ID, "--add", "lines={what: 乙}", "--add", "lines={what: 丙, told: no}")
    assert said.code == 0, said.err
    data = signed.case(PATH).record.data
    assert list(data) == ["note", "cause", "day", "lines"]
    assert data["lines"] == [
        {"no": "1", "what": "甲", "told": "true"},
        {"no": "2", "what": "乙"},
        {"no": "3", "what": "丙", "told": "false"},
    ]
    kept = [line for line in signed.read(PATH).splitlines() if line in before.splitlines()]
    assert kept == before.splitlines()
    signed.must_sign(PATH, AGENT, "answer")
    signed.must_sign(PATH, AGENT, "follow")
    assert signed.slugs() == []
    assert signed.run("fill", ID, "--add", "lines={what: 丁}").code == 0  # such a table grows after it was signed
    assert signed.slugs() == []


@pytest.mark.parametrize(
    "options",
    [
        ["--set", "note=y"],
        ["--set", "note="],
        ["--set", "nothing=y"],
        ["--set", "day=2026-02-30"],
        ["--add", "cause={what: x}"],
        ["--add", "lines=x"],
        ["--add", "lines={what: x, more: y}"],
        ["--attach", "no-such-file.jpg"],
        ["--attach", "photos=scan.jpg"],
        ["--set", "cause=a\tb"],
        ["--from", "sheet.xlsx"],
        [],
    ],
)
def test_what_may_not_be_is_refused_and_nothing_is_written(signed: Department, options: list[str]) -> None:
    before = signed.digest()
    for name in ("scan.jpg", "sheet.xlsx"):
        (signed.root / name).write_bytes(b"PK")
    said = signed.run("fill", ID, "--no-input", *options)
    for name in ("scan.jpg", "sheet.xlsx"):
        (signed.root / name).unlink()
    assert (said.code, bool(said.err)) == (3, True), said
    assert signed.digest() == before


def test_rows_that_were_signed_stay(signed: Department) -> None:
    signed.run("fill", ID, "--set", "cause=x", "--add", "lines={what: 甲}")
    signed.must_sign(PATH, AGENT, "answer")
    signed.must_sign(PATH, AGENT, "follow")
    before = signed.digest()
    for lost in ("lines=[{no: 1, what: 乙}]", "lines=[]", "lines="):
        said = signed.run("fill", ID, "--set", lost)
        assert said.code == 3, said
    assert signed.digest() == before


def test_a_field_is_emptied_before_it_is_signed(begun: Department) -> None:
    begun.run("fill", ID, "--set", "cause=x", "--set", "day=今天")
    assert begun.run("fill", ID, "--set", "day=").code == 0
    assert begun.case(PATH).record.data == {"note": "x", "cause": "x"}
    assert begun.run("fill", ID, "--set", "note=", "--set", "cause=").code == 0
    assert "data" not in begun.read(PATH)
    assert begun.run("fill", ID, "--set", "note=y").code == 0
    assert begun.case(PATH).record.data == {"note": "y"}


def test_what_is_closed_takes_nothing_more(department: Department) -> None:
    department.form()
    path = department.new(note="x")
    department.must_sign(path, AGENT, "fill")
    said = department.run("fill", path, "--set", "remarks=y")
    assert (said.code, "csdocs amend" in said.err) == (3, True)


def test_files_are_put_beside_the_record(begun: Department, tmp_path: Path) -> None:
    for name, data in (("甲.jpg", b"one"), ("b, c.pdf", b"two"), ("scan.txt", b"three")):
        (tmp_path / name).write_bytes(data)
    options = [
        f"photos={tmp_path}/甲.jpg",
        f"photos='{tmp_path}/b, c.pdf'",
        f"scan={tmp_path}/scan.txt",
        f"{tmp_path}/甲.jpg",
    ]
    said = begun.run("fill", ID, *(f"--attach={each}" for each in options))
    assert said.code == 0, said.err
    data = begun.case(PATH).record.data
    listed = {"name": "甲.jpg", "sha256": hashlib.sha256(b"one").hexdigest(), "bytes": "3"}
    assert data["photos"][0] == data["attachments"][0] == listed
    assert [each["name"] for each in data["photos"]] == ["甲.jpg", "b, c.pdf"]
    assert (begun.root / PATH.replace(".yaml", ".files") / "甲.jpg").read_bytes() == b"one"
    assert begun.slugs() == []
    assert "甲.jpg、b, c.pdf" in begun.run("show", ID, "--lang", "zh").text


def test_two_files_of_one_name_are_not_mixed_up(begun: Department, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for path in (tmp_path / "x.jpg", tmp_path / "a/x.jpg", tmp_path / "y.exe"):
        path.write_bytes(str(path).encode())
    before = begun.digest()
    both = ["--attach", f"photos={tmp_path}/x.jpg", "--attach", f"photos={tmp_path}/a/x.jpg"]
    assert begun.run("fill", ID, *both).code == 3
    assert (
        begun.run("fill", ID, "--attach", f"photos={tmp_path}/x.jpg", "--attach", f"photos={tmp_path}/y.exe").code == 3
    )
    assert begun.digest() == before
    assert not (begun.root / PATH.replace(".yaml", ".files")).exists()
    assert begun.run("fill", ID, *both[:2]).code == 0
    assert begun.run("fill", ID, *both[2:]).code == 3
    assert begun.slugs() == []


def test_a_new_record_comes_with_its_files(begun: Department, tmp_path: Path) -> None:
    (tmp_path / "e\u0301.jpg").write_bytes(b"x")  # é in two characters, as a Mac names files
    asked = ["new", "F-TEST", "--as", AGENT, "--no-input", "--set", "note=y", "--set", f"photos={tmp_path}/e\u0301.jpg"]
    said = begun.run(*asked, "--set", "day=gestern")
    assert said.code == 3
    assert not list((begun.root / "records").rglob("*.files"))
    said = begun.run(*asked)
    assert said.code == 0, said.err
    assert (begun.root / said.text.strip().replace(".yaml", ".files") / "\u00e9.jpg").read_bytes() == b"x"
    assert begun.slugs() == []


def test_on_a_terminal_the_next_step_is_asked_for(signed: Department, tmp_path: Path) -> None:
    (tmp_path / "x y.pdf").write_bytes(b"x")
    terminal = Terminal(signed.root, "fill", ID, "--step", "answer")
    terminal.answer("cause", "磨损")
    terminal.answer("day", "昨天")
    terminal.answer("scan", "/nowhere")
    terminal.answer("scan", f"'{tmp_path}/x y.pdf'")
    code, out = terminal.end()
    assert (code, out.strip()) == (0, PATH), terminal.seen
    assert signed.case(PATH).record.data["scan"]["name"] == "x y.pdf"
    signed.must_sign(PATH, OTHER, "answer")
    for number, what in ((1, "甲"), (2, "乙")):
        terminal = Terminal(signed.root, "fill", ID, "--step", "follow")
        terminal.answer(f"{number}. what", what)
        terminal.answer(f"{number}. told", "")
        terminal.answer(f"{number + 1}. what", "")
        assert terminal.end()[0] == 0, terminal.seen
        signed.must_sign(PATH, OTHER, "follow")
    assert [row["what"] for row in signed.case(PATH).record.data["lines"]] == ["甲", "乙"]
    assert signed.slugs() == []


@pytest.mark.parametrize(("data", "can"), [("\n  note: x", True), (" {note: x}", True), (" {\n  note: x}", False)])
def test_a_record_that_is_laid_out_otherwise_is_not_spoilt(begun: Department, data: str, can: bool) -> None:
    begun.edit(PATH, "data: {note: x}", f"data:{data}")
    before = begun.digest()
    assert begun.run("fill", ID, "--set", "cause=y").code == (0 if can else 3)
    assert (begun.digest() == before) is not can
    assert begun.case(PATH).record.data == ({"note": "x", "cause": "y"} if can else {"note": "x"})
