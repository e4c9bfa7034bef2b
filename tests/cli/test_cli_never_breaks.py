"""Whatever lies in a workspace, `check` finds words for it: no input is a bug."""

import random
import re
from pathlib import Path

import pytest
from department import AGENT, LEADER, OTHER, Department, field, section, step

from csdocs.cli.main import VERBS

JUNK = ["", "x", "-1", "0", "9" * 30, "[]", "{}", "[x, y]", "{a: b}", "true", "2026-13-45", "&x y", "*x", "'", "\"\\u0000\"", "P9999999999D", "{zh: a}", "../../x", "一", "1 +", "a.b.c", "{day:X}", "R-X", "F-X", "REG-X/1", "S0000", "|", "- - - x"]  # fmt: skip
LOG = field(
    "log",
    "rows",
    key="no",
    append_only="true",
    fields=[field("no", "code", required="true"), field("who", "staff"), field("n", "integer")],
)
FORM = {
    "sections": [
        section("main", field("note", pattern="[a-z]+"), field("day", "date"), field("n", "integer", min="0", max="9"), field("sum", "integer", computed="n + 1")),
        section("more", LOG, field("people", "staff", list="true"), field("at", "date_time"), field("len", "duration"), field("paper", "file", types=["pdf"]), field("earlier", "reference", ref=["F-TEST"])),
    ],
    "steps": [
        step("fill"),
        step("take", "row.who", per="log", section="more"),
        step("each", {"each": "people", "at_least": "1"}, section="more"),
        step("lead", {"post": "R-TEAMLEAD"}, section="more", not_same_as=["fill"], when="n > 2"),
    ],
    "rules": [
        {"id": "r1", "assert": "n < param.least", "at": "n", "message": {"zh": "{n}", "en": "{n}"}, "breaks": "REG-TEST/1"},
        {"id": "r2", "each": "log", "assert": "row.n > 0", "at": "n", "message": {"zh": "{row.n}", "en": "{row.n}"}, "due": "fill"},
    ],
    "deadlines": [{"id": "d", "label": {"zh": "d", "en": "d"}, "from": "at", "within": "hours(n)", "calendar": "worktime", "until": "closed", "breaks": "REG-TEST/1"}],
    "day": "day",
    "late_entry": "P2D",
}  # fmt: skip
RECORD = """\
data:
  note: abc
  day: 2026-11-01
  n: 3
  log:
    - no: 1
      who: S1002
      n: 4
  people: [S1002, S1003]
  at: 2026-11-01T09:00+08:00
  len: PT5M
"""


@pytest.fixture(scope="module")
def whole(founded: Department, tmp_path_factory: pytest.TempPathFactory) -> Department:
    department = founded.copy(tmp_path_factory.mktemp("whole") / "department")
    department.form(**FORM)
    path = department.new(day="2026-11-01", n="3")
    department.data(path, RECORD.removeprefix("data:\n"))
    for by, name in ((AGENT, "fill"), (OTHER, "take"), (OTHER, "each"), (LEADER, "lead")):
        department.must_sign(path, by, name)
    assert [finding for finding in department.findings() if finding.severity == "error"] == []
    department.commit("Whole")
    return department


FILES = ["csdocs.yaml", "handbook/people.yaml", "handbook/organisation.yaml", "handbook/calendar.yaml", "handbook/regulations/REG-TEST.md", "templates/forms/test.yaml", "records/test/2026/11/TEST-202611-001.yaml"]  # fmt: skip


def spoiled(text: str, chance: random.Random) -> str:
    """One value or line of a file replaced, dropped, doubled or moved."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[at])
        case 2:
            lines[at] = "  " + lines[at]
        case 3:
            return text[: chance.randrange(len(text))]
        case _:
            values = list(re.finditer(r"(?<=[:\[,] )[^,\[\]{}\n]+", lines[at]))
            if values:
                value = chance.choice(values)
                lines[at] = lines[at][: value.start()] + chance.choice(JUNK) + lines[at][value.end() :]
    return "\n".join(lines)


@pytest.mark.parametrize("path", FILES)
def test_a_spoiled_file_is_a_finding_or_trouble_but_never_a_bug(whole: Department, path: str, tmp_path: Path) -> None:
    department = whole.copy(tmp_path / "department")
    original = department.read(path)
    for seed in range(40):
        chance = random.Random(f"{path} {seed}")
        text = spoiled(original, chance)
        department.write(path, text)
        arguments = chance.choice(
            [["check"], ["check"], ["list", "F-TEST"], ["why", "TEST-202611-001"], ["show", "TEST-202611-001"]]
        )
        said = department.run(*arguments)
        assert said.code in (0, 1, 3), (seed, arguments, said.err[-1500:])
        assert said.code != 3 or said.err


def test_a_missing_register_is_no_bug(whole: Department, tmp_path: Path) -> None:
    department = whole.copy(tmp_path / "department")
    for path in FILES[1:4]:
        kept = department.read(path)
        (department.root / path).unlink()
        assert department.run("check").code in (0, 1, 3)
        department.write(path, kept)


MISUSED = [(), ("X",), ("",), (AGENT, "--as", "S9999"), ("TEST-202611-001", "--as", AGENT), ("2026-02-29", "--to", "x")]
GONE = {"here": "", "without registers": "handbook", "without forms": "templates", "without settings": "csdocs.yaml"}
SLOW = {"build", "evidence", "doctor"}  # they print, or run other programs


@pytest.mark.parametrize("lacking", GONE)
def test_trouble_says_what_to_do_next(whole: Department, lacking: str, tmp_path: Path) -> None:
    """Every verb, asked for what is not there, in a workspace of which a part was removed."""
    department = whole.copy(tmp_path / "department")
    if GONE[lacking]:
        department.git("rm", "-r", "-q", GONE[lacking])
    for verb in VERBS.keys() - SLOW:
        inner = {"seal": ("revoke",), "form": ("sheet",), "keys": ("new",)}.get(verb, ())
        for misused in MISUSED if lacking == "here" else MISUSED[::4]:
            said = department.run(verb, *inner, *misused)
            assert said.code in (0, 1, 2, 3), (verb, misused, said.err[-1500:])
            assert said.code != 3 or "hint: " in said.err, (verb, misused, said.err)
