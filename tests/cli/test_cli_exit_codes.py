"""0 clean, 1 findings, 2 usage, 3 could not look, 70 a bug, 130 interrupted; and which words go where."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from department import AGENT, LEADER, MANAGER, REPOSITORY, Department, field, run_apart, run_here, start_apart
from prepared import prepared

PATH = "records/test/2026/11/TEST-202611-001.yaml"
BROKEN = "records/test/2026/11/TEST-202611-002.yaml"


@prepared
def ready(department: Department) -> None:
    department.form(fields=[field("note"), field("amount", "integer")])
    department.new(note="x")


TABLE: list[tuple[list[str], int]] = [
    (["check"], 0),
    (["check", "records"], 0),
    (["check", PATH], 0),
    (["check", "--as-of", "2026-12-31"], 0),
    (["check", "no-such-file"], 2),
    (["check", "/"], 2),
    (["check", "--as-of", "2026-02-30"], 2),
    (["check", "--format", "xml"], 2),
    (["check", "--nonsense"], 2),
    (["nonsense"], 2),
    (["show"], 2),
    (["show", "TEST-202611-001"], 0),
    (["show", "TEST-202611-009"], 3),
    (["show", "TEST-202611-001", "--payload", "fill"], 3),
    (["show", "TEST-202611-001", "--payload", "nonsense"], 3),
    (["why", "TEST-202611-001"], 0),
    (["why", "nothing"], 3),
    (["list", "F-TEST"], 0),
    (["list", "f-test"], 0),
    (["list", "F-NONE"], 3),
    (["list"], 0),
    (["list", "--state", "draft", "--format", "csv"], 0),
    (["list", "F-TEST", "--since", "gestern"], 2),
    (["seal", "revoke", "--reason", "x", "--since", "gestern"], 2),
    (["list", "F-TEST", "-o", "list.pdf"], 2),
    (["list", "--state", ""], 2),
    (["search", "x", "--form", "F-NONE"], 3),
    (["due"], 0),
    (["report", "--format", "csv"], 2),
    (["dispose", "--add"], 2),
    (["review", "--base="], 2),
    (["form", "list"], 0),
    (["form", "schema", "F-TEST"], 0),
    (["form", "schema", "F-NONE"], 3),
    (["form"], 2),
    (["explain", "REC304"], 0),
    (["explain", "missing-field"], 0),
    (["explain", "REC999"], 2),
    (["explain", "cel"], 0),
    (["explain", "docs/cel.md"], 0),
    (["explain"], 0),
    (["new", "F-TEST"], 2),
    (["new", "F-NONE", "--as", AGENT], 3),
    (["new", "F-TEST", "--as", "S7777", "--no-input"], 3),
    (["new", "F-TEST", "--as", AGENT, "--set", "nothing=1"], 3),
    (["new", "F-TEST", "--as", AGENT, "--set", "note"], 3),
    (["new", "F-TEST", "--as", AGENT, "--from", "missing.yaml"], 2),
    (["new", "F-TEST", "--as", AGENT, "--no-input", "--org-unit", "../x"], 3),
    (["new", "F-TEST", "--as", AGENT, "--no-input", "--org-unit", "D-NONE"], 3),
    (["new", "F-TEST", "--as", AGENT, "--no-input", "--set", "amount=九"], 3),
    (["new", "F-TEST", "--as", AGENT, "--no-input", "--set", "note=x", "--again"], 2),
    (["new", "F-TEST", "--as", AGENT, "--from", "csdocs.yaml", "--only-new"], 2),
    (["sign", "TEST-202611-001"], 2),
    (["sign", "TEST-202611-001", "--as", "S7777", "--yes"], 3),
    (["sign", "TEST-202611-001", "--as", AGENT, "--key", "missing", "--yes"], 3),
    (["sign", "TEST-202611-001", "--as", AGENT, "--decision", "maybe"], 2),
    (["amend", "TEST-202611-001", "--as", AGENT], 2),
    (["amend", "TEST-202611-001", "--as", AGENT, "--reason", "x"], 3),
    (["void", "TEST-202611-001", "--as", AGENT, "--reason", "x", "--yes"], 3),
    (["void", "TEST-202611-009", "--as", MANAGER, "--reason", "x", "--yes"], 3),
    (["renumber", "TEST-202611-009"], 3),
    (["keys", "new", "S7777"], 3),
    (["verify", "missing.pdf"], 2),
    (["init", "."], 3),
    (["--version"], 0),
    (["--help"], 0),
    (["check", "--help"], 0),
    (["--lang", "fr", "check"], 2),
]


@pytest.fixture(scope="module")
def looked_at(founded: Department, tmp_path_factory: pytest.TempPathFactory) -> Department:
    department = founded.copy(tmp_path_factory.mktemp("codes") / "department")
    department.form(fields=[field("note"), field("amount", "integer")])
    department.new(note="x")
    return department


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("arguments", "code"), TABLE, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_every_command_line_leaves_with_its_code(
    looked_at: Department, arguments: list[str], code: int, lang: str
) -> None:
    before = looked_at.digest() if code else ""
    said = looked_at.run(*arguments, *(() if "--lang" in arguments else ("--lang", lang)))
    assert said.code == code, said
    if code:
        assert said.err.strip()
        assert not said.out or arguments[0] == "check"
        assert "Traceback" not in said.err
        assert looked_at.digest() == before


def test_findings_give_one_and_breaches_only_when_asked(ready: Department) -> None:
    rules = [
        {
            "id": "few",
            "assert": "amount < 5",
            "at": "amount",
            "message": {"zh": "太多", "en": "too many"},
            "breaks": "REG-TEST/1",
        }
    ]
    ready.form(fields=[field("note"), field("amount", "integer")], rules=rules)
    ready.data(PATH, "  amount: 9\n")
    assert ready.run("check").code == 0
    assert ready.run("check", "--strict").code == 1
    ready.data(PATH, "  amount: viele\n")
    assert ready.run("check").code == 1
    assert ready.run("check", "handbook").code == 0


def test_json_is_all_that_stands_on_standard_output(ready: Department) -> None:
    ready.data(PATH, "  amount: 一\n  unknown: x\n")
    for lang, word in (("zh", "表单"), ("en", "form")):
        said = ready.run("--lang", lang, "check", "--format", "json")
        assert said.code == 1
        assert [finding["rule"] for finding in said.json["findings"]] == ["wrong-kind", "unknown-field"]
        assert word in said.text
        first = said.json["findings"][0]
        assert (first["path"], first["line"], first["severity"]) == (PATH, 8, "error")
        assert first["message"]
        assert first["hint"]
    sarif = json.loads(ready.run("check", "--format", "sarif").out)
    assert sarif["version"] == "2.1.0"
    assert len(sarif["runs"][0]["results"]) == 2
    github = ready.run("check", "--format", "github").text.splitlines()
    assert all(line.startswith("::error file=records/") for line in github[:2])
    assert ready.run("show", "TEST-202611-001", "--format", "json").json["form"] == "F-TEST"
    assert ready.run("list", "F-TEST", "--format", "json").json[0]["state"] == "draft"


def test_a_finding_says_where_what_and_what_next(ready: Department) -> None:
    ready.data(PATH, "  amount: 一\n")
    place, hint = ready.run("check").text.splitlines()[:2]
    assert place.startswith(f"{PATH}:8:3: error REC305 ")
    assert hint.startswith("    hint: ")
    place, hint = ready.run("--lang", "zh", "check").text.splitlines()[:2]
    assert place.startswith(f"{PATH}:8:3: 错误 REC305 ")
    assert hint.startswith("    处理：")


def test_trouble_names_the_next_step_in_both_languages(ready: Department, tmp_path: Path) -> None:
    for lang, sign in (("zh", "处理："), ("en", "hint: ")):
        for arguments in (
            ["show", "NOTHING"],
            ["new", "F-NONE", "--as", AGENT],
            ["sign", "TEST-202611-001", "--as", MANAGER, "--yes"],
        ):
            assert sign in ready.run("--lang", lang, *arguments).err, arguments
        assert sign in run_here(tmp_path, ["--lang", lang, "check"]).err


def test_the_language_is_the_options_the_environments_or_the_workspaces(
    ready: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CSDOCS_LANG", raising=False)
    assert "nothing found" in ready.run("check").text
    monkeypatch.setenv("CSDOCS_LANG", "zh")
    assert "没有发现问题" in ready.run("check").text
    assert "nothing found" in ready.run("check", "--lang", "en").text
    monkeypatch.delenv("CSDOCS_LANG")
    ready.edit("csdocs.yaml", "languages: [en, zh]", "languages: [zh, en]")
    assert "没有发现问题" in ready.run("check").text


def test_a_bug_is_called_a_bug(ready: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    import csdocs.check.keeping

    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(csdocs.check.keeping, "check", fails)
    said = ready.run("check")
    assert said.code == 70
    assert "ZeroDivisionError" in said.err
    assert "report" in said.err
    assert said.out == b""


def test_an_interrupt_gives_130(ready: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    import csdocs.check.keeping

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(csdocs.check.keeping, "check", interrupted)
    assert ready.run("check").code == 130


def test_a_real_interrupt_gives_130(ready: Department) -> None:
    fifo = ready.root / "pipe"
    os.mkfifo(fifo)
    arguments = ["new", "F-TEST", "--as", AGENT, "--from", str(fifo)]
    with start_apart(ready.root, *arguments, stderr=subprocess.PIPE) as process, fifo.open("w"):
        time.sleep(0.05)  # the pipe is open at both ends, so the program is at work
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130, said
    assert b"Traceback" not in said


def test_a_reader_that_leaves_is_no_finding_and_no_bug(ready: Department) -> None:
    """`csdocs … | head -1`"""
    for arguments in (["list", "F-TEST"], ["check"], ["show", "TEST-202611-001"], ["form", "schema", "F-TEST"]):
        read, write = os.pipe()
        os.close(read)
        with start_apart(ready.root, *arguments, stdout=write, stderr=subprocess.PIPE) as process:
            os.close(write)
            _, said = process.communicate(timeout=30)
        assert process.returncode not in (1, 2, 3, 70), (arguments, process.returncode)
        assert b"Traceback" not in said, said
        assert b"BrokenPipe" not in said, said


def test_the_program_speaks_utf_8_wherever_it_runs(ready: Department) -> None:
    plain = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    code, out, err = run_apart(ready.root, "--lang", "zh", "check", env=plain)
    assert code == 0, err
    assert "没有发现问题" in out.decode()


@pytest.mark.parametrize("format", ["text", "json", "sarif", "github"])
def test_a_file_name_that_is_no_text_is_spelled_out(ready: Department, format: str) -> None:
    with open(os.fsencode(ready.root / "records/test") + b"/\xff.yaml", "wb") as file:
        file.write(b"a: 1\n")
    strict = {"PYTHONIOENCODING": "utf-8:strict"}
    code, out, err = run_apart(ready.root, "check", "--format", format, env=strict)
    assert code == 1, err
    spelled = "%FF" if format == "sarif" else "\\udcff"
    assert f"records/test/{spelled}.yaml" in out.decode()


def test_nothing_to_check_is_not_clean(department: Department) -> None:
    for path in ("handbook/regulations/REG-TEST.md",):
        (department.root / path).unlink()
    said = department.run("check")
    assert said.code == 3
    assert "csdocs explain add-a-regulation" in said.err
    assert "nothing found" not in said.text


def test_a_file_that_is_no_record_hides_no_other(ready: Department) -> None:
    ready.write(BROKEN, b"\xff\xfe")
    ready.write("records/test/2026/11/TEST-202611-003.yaml", "just text\n")
    ready.write("records/test/2026/11/TEST-202611-004.yaml", "")
    ready.data(PATH, "  amount: x\n")
    assert sorted(set(ready.slugs())) == ["empty-file", "not-a-record", "not-utf8", "wrong-kind"]
    assert ready.run("list", "F-TEST").code == 0
    assert ready.run("show", "TEST-202611-002").code == 3
    assert ready.run("show", "TEST-202611-001").code == 0


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-", ">/dev/full 2>/dev/full"])
def test_streams_that_are_closed_or_full_are_no_bug(ready: Department, closed: str) -> None:
    """So does a clock start programs. Where nobody can be told anything, that is not what findings look like."""
    command = f"{sys.executable} -m csdocs check {closed}"
    done = subprocess.run(
        command, shell=True, cwd=ready.root, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, check=False
    )
    assert done.returncode == (3 if "full" in closed else 0)


def _on_a_terminal(root: Path, *arguments: str, **variables: str) -> bytes:
    """What a terminal gets."""
    import pty

    ours, theirs = pty.openpty()
    environment = {"NO_COLOR": "", "TERM": "xterm", **variables}
    said = b""
    with start_apart(root, *arguments, env=environment, stdout=theirs, stderr=theirs):
        os.close(theirs)
        try:
            while block := os.read(ours, 4096):
                said += block
        except OSError:
            pass  # it has gone
    os.close(ours)
    return said


def test_colours_are_for_terminals_that_want_them(ready: Department) -> None:
    ready.edit(PATH, "note: x", "none: x")
    for verb in (("check",), ("show", "TEST-202611-001"), ("show", "none")):
        assert b"\x1b[" in _on_a_terminal(ready.root, *verb), verb
        for variables in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            said = _on_a_terminal(ready.root, *verb, **variables)
            assert said and b"\x1b[" not in said, (verb, variables)


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "F-TEST", "--none"],
        ["none"],
        ["list", "F-TEST", "--format", "none"],
        ["show", "A", "B", "C"],
        ["check", "--strict=1"],
        ["check", "--as-of"],
        ["evidence", "--from", "2026-01-01", "--to", "2026-02-01", "--sample", "-3"],
        ["verify", "/"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_explained_in_chinese(department: Department, arguments: list[str]) -> None:
    code, _, said = run_apart(department.root, "--lang", "zh", *arguments)
    english = re.search(r"(?i)\b(?:such|mean|not|takes?|requires?|unexpected|invalid|missing|range)\b", said.decode())
    assert (code, english) == (2, None), said.decode()


def test_whoever_is_quicker_than_the_program_sees_no_traceback(tmp_path: Path) -> None:
    """Half of the time of a short command goes into loading it."""
    at_once = (
        "import sys\n"
        "class Quick:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'click': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Quick())\n"
        "import csdocs.__main__\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        [sys.executable, "-c", at_once], capture_output=True, check=False, cwd=tmp_path, env=environment
    )
    assert (done.returncode, done.stderr) == (130, b"")


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        (["render", "REG-TEXT"], "REG-TEST"),
        (["render", "f-tset"], "F-TEST"),
        (["render", "Manuel"], "manual"),
        (["why", "REG-TEXT"], "REG-TEST"),
        (["history", "f-tset"], "F-TEST"),
        (["diff", "f-tset"], "F-TEST"),
        (["list", "f-tset"], "F-TEST"),
        (["list", "f-tset", "--no-index"], "F-TEST"),
        (["new", "f-tset", "--as", AGENT], "F-TEST"),
        (["export", "out", "f-tset"], "F-TEST"),
        (["form", "lint", "f-tset"], "F-TEST"),
        (["sql", "f_tset"], "f_test"),
    ],
)
def test_who_mistypes_a_name_is_told_which_there_is(ready: Department, question: list[str], meant: str) -> None:
    said = ready.run("--lang", "en", *question)
    assert (said.code, f"did you mean {meant}?" in said.err) == (3, True), said.err


def test_while_nobody_is_known_nothing_is_said_of_records(ready: Department) -> None:
    """Else every signed record is a draft, and reports are empty: in the middle of a merge, say."""
    people = ready.read("handbook/people.yaml")
    questions = ("list", "show TEST-202611-001", f"todo {AGENT}", "due", "sql records", "render TEST-202611-001")
    for cause in (people + "<<<<<<< HEAD\n", people.replace("people:", "persons:")):
        ready.write("handbook/people.yaml", cause)
        assert ready.run("check").code == 1
        for question in (*questions, "list --no-index", f"new F-TEST --as {AGENT} --no-input"):
            said = ready.run("--lang", "en", *question.split())
            assert (said.code, "csdocs check handbook/people.yaml" in said.err) == (3, True), (question, said)
    ready.write("handbook/people.yaml", people)
    assert ready.run("list").code == 0


def test_who_knows_no_name_is_told_where_they_stand(ready: Department) -> None:
    said = ready.run("--lang", "en", "render", "XX-YY")
    assert (said.code, "did you mean" in said.err, "manual is the whole manual" in said.err) == (3, False, True)
    said = ready.run("--lang", "en", "history", "test-202611-001")
    assert (said.code, "is a record" in said.err, "csdocs show test-202611-001" in said.err) == (3, True, True)
    said = ready.run("--lang", "en", "show", "reg-test")
    assert (said.code, "is a document or form" in said.err, "csdocs history reg-test" in said.err) == (3, True, True)


@pytest.mark.parametrize("path", ["handbook/regulations/REG-TEST.md", "templates/forms/test.yaml"])
def test_a_file_with_errors_is_there_all_the_same(ready: Department, path: str) -> None:
    """To guess another one, or to say that there is none, would lead astray."""
    id = "REG-TEST" if path.endswith(".md") else "F-TEST"
    ready.edit(path, "\nrevision: 1\n", "\nrevision: one\n")
    revise = ["--as", "S3001", "--kind", "minor", "--effective", "2026-12-01", "--summary", "x", "--reason", "x"]
    for command in (["render", id.lower()], ["revise", id, *revise]):
        said = ready.run(*command)
        assert (said.code, f"{path} has errors" in said.err) == (3, True), said.err
    assert path in ready.run("diff", id).err
    assert "no controlled file" not in ready.run("why", id).err
    assert "is a document or form" in ready.run("show", id).err
    if id == "F-TEST":
        assert f"{path} has errors: csdocs check {path}" in ready.run("form", "list").text
    else:
        assert f"{path} has errors" in ready.run("coverage", "--clause", "reg-test/1").err


REFUSED: list[tuple[list[str], int, str]] = [
    (["dispose", "X", "Y"], 2, "use --add to put records on a list"),
    (["due", "--within", "30"], 3, "30 days are P30D"),
    (["history", "REG-TEST"], 0, "no approved revision yet"),
    (["keys", "revoke", AGENT, "SHA256:x", "--reason", "x"], 3, "by its fingerprint: SHA256:"),
    (["keys", "revoke", LEADER, "--reason", "x"], 3, "has no key that could be revoked"),
    (["open", "--as", MANAGER], 3, "run csdocs keys root"),
    (["open", "--as", "S7777"], 3, "the register has no staff number S7777"),
    (["report"], 0, "csdocs explain reports"),
    (["approve", "REG-TEST", "--as", MANAGER], 3, "the workspace is in set-up"),
    (["render", "TEST-202611-001", "--seal"], 3, "the keeper of the seal runs csdocs seal init"),
    (["search", "test", "--limit", "1"], 0, " found, 1 listed; --limit lists more"),
    (["todo", "Person S1001"], 3, "did you mean S1001?"),
    (["todo", AGENT.lower()], 0, "to do"),
    (["amend", "TEST-202611-001", "--as", AGENT.lower(), "--reason", "x"], 3, "TEST-202611-001 is not signed"),
    (["dispose", "TEST-202611-001", "--add"], 3, "no record is past its retention"),
    (["why", "test-２０２６11—1"], 3, "did you mean TEST-202611-001?"),
    (["render", "TEST-202611-1"], 3, "did you mean TEST-202611-001?"),
    (["sql", "F-TEST"], 0, "note"),
    (["sql"], 0, "csdocs sql TABLE lists the columns of one"),
    (["list", "--state", "none"], 3, "csdocs list FORM --state none"),
    (["new", "F-TEST", "--as", AGENT, "--set", "note=x", "--set", "note=y"], 3, "note is given more than once"),
    (["new", "F-TEST", "--as", AGENT, "--set", "=x"], 3, "“=x” is not FIELD=VALUE"),
    (["new", "F-TEST", "--as", AGENT, "--set", "Remarks=x"], 3, "did you mean remarks?\nhint: fields: note (note), "),
    (["new", "F-TEST", "--as", AGENT, "--add", "note=x"], 3, "F-TEST has no tables"),
    (["form", "blank", "F-TEST", "-o", "x.xlsx"], 2, "its name cannot end in .xlsx"),
    (["evidence", "--from", "2026-11-01", "--to", "2026-11-02", "-o", "x.pdf"], 2, "its name cannot end in .pdf"),
    (["history", "handbook/receipts/open/S2001-open.yaml"], 3, "is a receipt: nobody approves it"),
    (["history", "csdocs.yaml"], 3, "git log --first-parent -- csdocs.yaml"),
    (["diff", "REG-TEST"], 3, "csdocs diff handbook/regulations/REG-TEST.md 0..1"),
    (["explain", "nope"], 2, "csdocs explain rules"),
    (["init", "x", "--demo", "--name", "y"], 2, "--demo goes with neither --name nor --profile"),
]


@pytest.mark.parametrize(("arguments", "code", "words"), REFUSED)
def test_who_asks_for_what_cannot_be_is_told_what_can(
    ready: Department, arguments: list[str], code: int, words: str
) -> None:
    ready.people(**{LEADER: "[]"})
    said = ready.run("--lang", "en", *arguments)
    assert (said.code, words in said.text + said.err) == (code, True), said


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "没有命令 chekc；是不是 check？"), ("en", "no command chekc; did you mean check?")]
)
def test_a_verb_that_was_mistyped_is_guessed(ready: Department, language: str, said: str) -> None:
    done = ready.run("--lang", language, "chekc")
    assert done.code == 2
    assert said in done.text + done.err
