"""Names and words that are meant for the terminal or the spreadsheet of whoever looks."""

import csv
import io
from pathlib import Path

import pytest
from department import AGENT, Department, field

from csdocs.cli.rendition import _print_verdict
from csdocs.compare.text import redline_text
from csdocs.model.text import Text
from csdocs.render.verdict import PdfFacts, PdfVerdict, Verdict

STEERING = "\x1b]0;pwned\x07"  # click leaves this sequence in, wherever it writes to
FORMULAS = ("=HYPERLINK(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1)", "＝1+1")
KEPT = ("-12.50", "+86", "a=b", "'=x", "x\n,y\n\nz")


@pytest.fixture
def steering(department: Department) -> Department:
    department.form()
    path = department.new(note="x")
    department.write(path.replace("001.yaml", f"002{STEERING}.yaml"), department.read(path).replace("-001", "-002"))
    department.write(
        f"handbook/regulations/REG{STEERING}\n::error::x.md", department.read("handbook/regulations/REG-TEST.md")
    )
    department.write("templates/forms/more.yaml", f"id: F-MORE\ntitle: {{zh: 表, en: {STEERING}}}\n")
    return department


@pytest.mark.parametrize(
    "verb",
    [
        ("check",),
        ("check", "--format", "github"),
        ("form", "lint", "templates/forms/more.yaml"),
        ("sql", "SELECT path, char(27) || ']0;pwned' || char(7) FROM records"),
        ("show", f"x{STEERING}"),
        ("list", "F-TEST"),
    ],
)
def test_no_name_steers_the_terminal(steering: Department, verb: tuple[str, ...]) -> None:
    said = steering.run(*verb)
    assert "pwned" in said.text + said.err or verb[0] == "list"
    assert not {"\x1b", "\x07"} & {*said.text, *said.err}
    assert "\n::error::x" not in said.text


def test_no_text_becomes_a_formula(department: Department) -> None:
    department.form(fields=[field("note", "long_text")])
    for note in (*FORMULAS, *KEPT):
        department.new(note=note, by=AGENT)
    assert department.run("export", "out", "F-TEST").code == 0
    exported = (department.root / "out/f_test.csv").read_text("utf-8-sig")
    asked = department.run("sql", "SELECT note FROM f_test", "--format", "csv").text.removeprefix("\ufeff")
    for table in (exported, asked):
        notes = {line["note"] for line in csv.DictReader(io.StringIO(table))}
        assert notes == {f"'{note}" for note in FORMULAS} | {*KEPT}


@pytest.mark.parametrize(
    ("verb", "code"),
    [
        (("check", "--as-of", "0001-01-01"), 2),
        (("due", "--as-of", "9999-12-31"), 2),
        (("check", "--as-of", "2999-12-31"), 0),
        (("new", "F-TEST", "--as", AGENT, "--no-input", "--set=note=\udcbf\udccd"), 3),  # GBK from a terminal
    ],
)
def test_what_nobody_means_is_no_bug(department: Department, verb: tuple[str, ...], code: int) -> None:
    department.form()
    said = department.run(*verb)
    assert (said.code, "Traceback" in said.err) == (code, False), said.err


def test_nothing_hides_from_whoever_approves() -> None:
    """Escapes, carriage returns and letters that run backwards change what a reader sees, and not what is signed."""
    before = b"SELECT record, 'x' AS message FROM records WHERE 0\n"
    after = f"SELECT record, 'x\u202e' AS message FROM records WHERE 1 --{STEERING}\r\u200b\n"
    shown = redline_text("templates/checks/none.sql", before, after.encode(), "en")
    assert not {*"\x1b\x07\r\u202e\u200b"} & {*shown}
    assert all(name in shown for name in ("WHERE 1", r"\u202e", r"\x1b", r"\u200b"))


def test_a_seal_does_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Its certificate bears whatever name its maker liked."""
    said = Verdict("failed", Text(f"签章自称“{STEERING}”", f"The seal calls itself “{STEERING}”"))
    _print_verdict(Path(f"{STEERING}.pdf"), PdfVerdict(said, said, said, said, PdfFacts()), None, brief=False)
    out = capsys.readouterr().out
    assert out.count("pwned") == 5
    assert "\x1b]" not in out


def test_a_value_of_any_length_is_quoted_in_short(department: Department) -> None:
    department.form(fields=[field("n", "integer")])
    path = department.new(n="1")
    department.data(path, f'  n: "{"9" * 500_000}"\n')
    said = department.run("check")
    assert (said.code, "9" * 400 in said.text, len(said.text) < 2_000) == (1, True, True)
