"""What earlier runs found makes a run faster and never changes what it says."""

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from department import AGENT, NOW, Department, field, run_apart, start_apart, step
from prepared import prepared

import csdocs.check.whole
import csdocs.cli.check
from csdocs.check.keeping import look
from csdocs.check.whole import Judge
from csdocs.load.index.judged import Judged
from csdocs.load.index.outcome import TABLES, KnownState
from csdocs.load.record.asking import Waiting
from csdocs.store.kept import Kept, _digest

ONE, TWO = "records/test/2026/11/TEST-202611-001.yaml", "records/test/2026/11/TEST-202611-002.yaml"
LATER = "2026-11-27T09:00:00+08:00"
DEADLINE = {
    "id": "lead_in_time",
    "label": {"zh": "及时审核", "en": "reviewed in time"},
    "from": "signed.fill",
    "within": "days(2)",
    "until": "signed.lead",
    "breaks": "REG-TEST/1",
}


@prepared
def indexed(department: Department) -> None:
    """Two records, one of them wrong, and an index that knows both."""
    steps = [step("fill"), step("lead", {"post": "R-TEAMLEAD"})]
    rule = {
        "id": "enough",
        "assert": "amount >= param.least",
        "at": "amount",
        "message": {"zh": "少", "en": "little"},
        "breaks": "REG-TEST/1",
    }
    fields = [field("amount", "integer"), field("note"), field("paper", "file")]
    department.form(fields=fields, steps=steps, rules=[rule], deadlines=[DEADLINE])
    department.write(".gitignore", "/.csdocs/\n")
    department.must_sign(department.new(amount="12", note="x"), AGENT, "fill")
    department.must_sign(department.new(amount="3", note="y"), AGENT, "fill")
    department.commit()
    assert said(department) == [("F-TEST:enough", TWO)]


def said(department: Department) -> list[tuple[str, str]]:
    """Rules and paths of the report; the one without the index must be the same to the byte."""
    with_index = department.run("check", "--format", "json")
    assert department.run("check", "--format", "json", "--no-index") == with_index
    return [(finding["rule"], finding["path"]) for finding in with_index.json["findings"]]


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths that were judged and not recalled."""
    paths: list[str] = []
    judge = Judge.do

    def noting(self: Judge, items: Sequence[str | Waiting]) -> list[Judged]:
        paths.extend(item for item in items if isinstance(item, str))
        return judge(self, items)

    monkeypatch.setattr(Judge, "do", noting)
    return paths


def again(department: Department, judged: list[str]) -> list[str]:
    """What a run with the index judges anew; after it nothing is left to judge."""
    judged.clear()
    check_again(department)
    found = judged.copy()
    judged.clear()
    check_again(department)
    assert judged == []
    return found


def check_again(department: Department) -> None:
    """As if nobody had kept the outcome as a whole."""
    look(department.root, None, KnownState(department.root))


def test_only_what_changed_is_judged(indexed: Department, judged: list[str]) -> None:
    assert again(indexed, judged) == []
    indexed.edit(ONE, "note: x", "note: z")
    assert again(indexed, judged) == [ONE]
    assert said(indexed) == [("signed-content-changed", ONE), ("F-TEST:enough", TWO)]
    indexed.git("checkout", "-q", "--", ONE)
    assert said(indexed) == [("F-TEST:enough", TWO)]
    (indexed.root / TWO).unlink()
    assert again(indexed, judged) == []
    assert said(indexed) == []


def test_a_parameter_is_judged_by_where_it_rules(indexed: Department, judged: list[str]) -> None:
    indexed.regulation(2, "2027-01-01", "1")
    assert again(indexed, judged) == []
    indexed.regulation(2, "2026-11-01", "2")
    assert again(indexed, judged) == [ONE, TWO]
    assert said(indexed) == []


def test_form_register_and_program_are_judges(
    indexed: Department, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed.edit("templates/forms/test.yaml", "zh: 少", "zh: 太少")
    assert again(indexed, judged) == [ONE, TWO]
    assert said(indexed) == [("F-TEST:enough", TWO)]
    indexed.people(S1001="[]")
    assert again(indexed, judged) == [ONE, TWO]
    assert ("signature-not-valid", ONE) in said(indexed)
    monkeypatch.setattr("csdocs.load.program.__version__", "99")
    assert again(indexed, judged) == [ONE, TWO]


def test_time_passes(indexed: Department) -> None:
    indexed.clock(LATER)
    assert said(indexed) == [("F-TEST:lead_in_time", ONE), ("F-TEST:enough", TWO), ("F-TEST:lead_in_time", TWO)]
    indexed.clock(NOW)
    assert said(indexed) == [("F-TEST:enough", TWO)]


def test_deadlines_run_out_without_a_change(indexed: Department, judged: list[str]) -> None:
    indexed.clock(None)
    before, after = ("--as-of=2026-11-03", "--as-of=2026-11-25")
    quiet, late = (indexed.run("check", day, "--no-index") for day in (before, after))
    assert quiet != late
    for day, expected in ((before, quiet), (after, late), (before, quiet), (after, late)):
        assert indexed.run("check", day) == expected


def test_files_beside_the_record_count(indexed: Department, judged: list[str]) -> None:
    scan = indexed.write(ONE.replace(".yaml", ".files/paper.pdf"), b"%PDF-")
    digest = hashlib.sha256(b"%PDF-").hexdigest()
    indexed.data(ONE, f'  amount: "12"\n  note: x\n  paper: {{name: paper.pdf, sha256: {digest}, bytes: "5"}}\n')
    indexed.commit()
    assert ("attachment-wrong", ONE) not in said(indexed)
    os.utime(scan, (1, 1))
    indexed.git("status")
    scan.write_bytes(b"%PDF+")
    os.utime(scan, (1, 1))
    assert ("attachment-wrong", ONE) in said(indexed)
    scan.unlink()
    assert ("attachment-wrong", ONE) in said(indexed)
    indexed.git("checkout", "-q", "--", ".")
    assert ("attachment-wrong", ONE) not in said(indexed)


def test_what_an_amendment_amends_counts(indexed: Department, judged: list[str]) -> None:
    assert indexed.run("amend", ONE, "--as", AGENT, "--reason", "更正").code == 0
    amendment = ONE.replace(".yaml", ".a1.yaml")
    indexed.commit()
    time.sleep(1.1)  # what has changed just now is not trusted to stay
    check_again(indexed)
    assert again(indexed, judged) == []
    indexed.edit(ONE, "note: x", "note: z")
    time.sleep(1.1)
    assert again(indexed, judged) == [amendment, ONE]
    assert ("amendment-broken", amendment) in said(indexed)


def test_what_other_records_answer_counts(indexed: Department, judged: list[str]) -> None:
    indexed.write("templates/queries/total.sql", "SELECT sum(amount) FROM f_test\n")
    fields = [field("note"), field("total", "integer", query="total")]
    rule = {"id": "little", "assert": "total < 14", "at": "note", "message": {"zh": "多", "en": "much"}}
    indexed.form("F-SUM", fields=fields, rules=[{**rule, "breaks": "REG-TEST/1"}], number="Z-{day:YYYYMM}-{serial:3}")
    path = indexed.new("F-SUM", note="x")
    indexed.commit()
    assert ("F-SUM:little", path) in said(indexed)
    assert again(indexed, judged) == []
    indexed.edit(ONE, "amount: 12", "amount: 1")
    assert ("F-SUM:little", path) not in said(indexed)
    assert again(indexed, judged) == []
    indexed.edit("templates/queries/total.sql", "sum(amount)", "14")
    assert ("F-SUM:little", path) in said(indexed)


def test_evidence_moves_with_the_shift_of_which_it_is(indexed: Department) -> None:
    indexed.edit(
        "handbook/calendar.yaml",
        "shifts: []",
        "shifts:\n"
        '  - {id: early, name: {zh: 早班, en: Early}, start: "08:00", end: "15:00"}\n'
        '  - {id: late, name: {zh: 晚班, en: Late}, start: "15:00", end: "22:00"}',
    )
    shifts = [{"code": code, "label": {"zh": code, "en": code}} for code in ("early", "late")]
    shift, day = field("shift", "choice", required="true", options=shifts), field("on", "date", required="true")
    indexed.form("F-LOG", fields=[day, shift], day="on", shift="shift")
    log = indexed.new("F-LOG", on="2026-11-01", shift="early")
    indexed.commit()
    assert said(indexed) == [("F-TEST:enough", TWO)]
    regulation, book = "handbook/regulations/REG-TEST.md", []
    duty = (
        "{clause: 2, form: F-LOG, every: shift, per: workspace, on: all, counts: exists, since: 2026-11-01, due: P0D}"
    )
    indexed.edit(regulation, "parameters:\n", f"obligations:\n  - {duty}\nparameters:\n")

    def missing() -> list[str]:
        said(indexed)
        report = indexed.run("check", "--format", "json").json
        return [each["message"] for each in report["findings"] if each["rule"] == "evidence-missing"]

    for name in ("late", "early", "late"):
        (gap,) = missing()
        book.append("晚班" in gap or "Late" in gap)
        indexed.edit(log, f"shift: {'early' if book[-1] else 'late'}", f"shift: {name}")
    assert book == [True, False, True]
    indexed.edit(regulation, "every: shift", "every: day")
    assert missing() == []
    indexed.edit(regulation, "form: F-LOG", "form: F-TEST")
    assert len(missing()) == 1
    indexed.edit(regulation, f"obligations:\n  - {duty.replace('shift', 'day').replace('F-LOG', 'F-TEST')}\n", "")
    assert missing() == []


def test_a_waiver_is_for_one_finding_on_one_file_until_a_day(indexed: Department) -> None:
    for code, path, expires, counts in (
        ("REC318", TWO, "2026-11-02", True),
        ("REC318", TWO, "2026-11-01", False),
        ("REC318", ONE, "2026-11-02", False),
        ("REC319", TWO, "2026-11-02", False),
    ):
        waiver = f"{{code: {code}, path: {path}, reason: x, approver: S3001, expires: {expires}}}"
        indexed.write("handbook/waivers.yaml", f"waivers: [{waiver}]\n")
        found = said(indexed)
        assert (("F-TEST:enough", TWO) not in found) is counts
        assert [rule for rule, _ in found if rule == "waiver-expired"] == ["waiver-expired"] * (expires < "2026-11-02")


def test_an_answer_leads_to_another_question(indexed: Department, judged: list[str]) -> None:
    """What would have been asked without the first answer is never asked: here it would fail."""
    indexed.write("templates/queries/first.sql", "SELECT min(amount) FROM f_test\n")
    indexed.write("templates/queries/second.sql", "SELECT iif(:first IS NULL, abs(-9223372036854775808), :first * 2)\n")
    fields = [field("note"), field("first", "integer", query="first"), field("second", "integer", query="second")]
    rule = {
        "id": "twice",
        "assert": "second != 2 * first",
        "at": "note",
        "message": {"zh": "{second}", "en": "{second}"},
    }
    indexed.form("F-SUM", fields=fields, rules=[{**rule, "breaks": "REG-TEST/1"}], number="Z-{day:YYYYMM}-{serial:3}")
    path = indexed.new("F-SUM", note="x")
    indexed.commit()
    assert said(indexed) == [("F-SUM:twice", path), ("F-TEST:enough", TWO)]
    assert again(indexed, judged) == []
    assert indexed.findings(path)[0].message.en == "6 (REG-TEST/1)"
    indexed.edit(TWO, "amount: 3", "amount: 14")
    assert said(indexed) == [("F-SUM:twice", path), ("signed-content-changed", TWO)]
    assert indexed.findings(path)[0].message.en == "24 (REG-TEST/1)"


def test_what_cannot_be_read_is_not_said_to_be_missing(indexed: Department) -> None:
    indexed.form("F-CASE", fields=[field("about", "reference", ref=["F-TEST"])])
    about = indexed.new("F-CASE", about="TEST-202611-001")
    indexed.commit()
    whole, enough = indexed.read(ONE), ("F-TEST:enough", TWO)
    for text, expected in (
        ("x: [\n", [("not-yaml", ONE), enough]),
        (None, [("unknown-reference", about), ("number-missing", TWO), enough]),
        ("x: [\n", [("not-yaml", ONE), enough]),
        (whole, [enough]),
    ):
        (indexed.root / ONE).unlink() if text is None else indexed.write(ONE, text)
        assert said(indexed) == expected
    form = "templates/forms/test.yaml"
    none = "SELECT record, 'note' AS field, 'x' AS message FROM {} WHERE FALSE"
    indexed.write("templates/checks/asked.sql", none.format("q_seen"))
    indexed.write("templates/queries/seen.sql", none.format("f_test"))
    indexed.edit(form, "fields:", "fields: [")
    assert said(indexed) == [("unknown-form", ONE), ("unknown-form", TWO), ("not-yaml", form)]
    last, *_ = reversed(indexed.run("--lang", "en", "check").text.splitlines())
    assert last.startswith(f"mend {form} first: ")
    assert f"hint: run csdocs check {form}" in indexed.run("--lang", "en", "check", ONE).text


def test_a_check_asks_history_though_no_record_is_judged(indexed: Department) -> None:
    """What a function of SQL has to look up lies behind the connection that is guarded while the query runs."""
    asked = "SELECT record, 'note' AS field, param('least', day) || in_force('F-TEST', day) AS message FROM records JOIN f_test USING (record)"
    indexed.write("templates/checks/asked.sql", f"{asked}\n")
    indexed.commit()
    for path in (indexed.root / "records").rglob("*.yaml"):
        os.utime(path, (0, 0))  # older than git's index: no file has to be read
    indexed.git("update-index", "--refresh", "-q")
    assert [rule for rule, _ in said(indexed)] == ["asked", "F-TEST:enough", "asked"]
    (indexed.root / ONE).unlink()
    assert [rule for rule, _ in said(indexed)] == ["number-missing", "F-TEST:enough", "asked"]


def test_nothing_is_said_of_what_rests_on_what_cannot_be_read(indexed: Department) -> None:
    rule = {"id": "little", "assert": "amount > 1", "at": "amount", "message": {"zh": "少", "en": "little"}}
    indexed.form("F-PLAIN", fields=[field("amount", "integer")], rules=[{**rule, "breaks": "REG-TEST/1"}])
    plain, regulation = indexed.new("F-PLAIN", amount="1"), "handbook/regulations/REG-TEST.md"
    indexed.edit(plain, "amount: 1", "amount: 1, more: x")
    waiver = "{code: TXT107, path: handbook/people.yaml, reason: x, approver: S3001, expires: 2099-12-31}"
    indexed.write("handbook/waivers.yaml", f"waivers: [{waiver}]\n")
    little, strange = ("F-PLAIN:little", plain), ("unknown-field", plain)
    before = said(indexed)
    assert before == [little, strange, ("F-TEST:enough", TWO)]
    for path, old, new, why, still in (
        ("handbook/people.yaml", "people:", "people: [", "not-yaml", [strange]),
        ("handbook/people.yaml", "people:", "persons:", "unknown-key", [strange]),
        ("handbook/organisation.yaml", "posts:", "posts: [", "not-yaml", [strange]),
        ("handbook/calendar.yaml", "holidays:", "holidays: [", "not-yaml", [strange]),
        (regulation, "parameters:", "parameters: [", "not-yaml", [little, strange]),
        (regulation, "---\nid", "--\nid", "no-front-matter", [little, strange]),
    ):
        whole = indexed.read(path)
        indexed.edit(path, old, new)
        assert said(indexed) == [(why, path), *still]
        about_another = indexed.run("--lang", "en", "check", TWO)
        assert about_another.code == 1
        assert about_another.text.splitlines()[-1].startswith(f"mend {path} first: ")
        indexed.write(path, whole)
    assert said(indexed) == before


def test_git_is_not_believed_where_it_was_told_not_to_look(indexed: Department) -> None:
    indexed.git("update-index", "--assume-unchanged", ONE)
    indexed.edit(ONE, "note: x", "note: z")
    assert ("signed-content-changed", ONE) in said(indexed)


def test_git_need_not_say_what_its_index_holds(indexed: Department) -> None:
    """Told to save itself the time (`index.skipHash`), it ends the file with zeros."""
    index = indexed.root / ".git/index"
    for old, new in (("note: x", "note: x"), ("note: x", "note: z"), ("note: z", "note: x")):
        indexed.edit(ONE, old, new)
        indexed.git("add", ONE)
        index.write_bytes(index.read_bytes()[:-20] + bytes(20))
        changed = [("signed-content-changed", ONE)] if new == "note: z" else []
        assert said(indexed) == [*changed, ("F-TEST:enough", TWO)]


@pytest.mark.parametrize("way", ["sha256", "split", "version 4"])
def test_a_repository_of_another_kind(indexed: Department, way: str) -> None:
    """Ids that are no SHA-1, an index of git in two files, one that shortens names: where it is not read, everything is looked at."""
    if way == "sha256":
        shutil.rmtree(indexed.root / ".git")
        subprocess.run(["git", "init", "-q", "-b", "main", "--object-format=sha256", str(indexed.root)], check=True)
        indexed.commit()
    else:
        indexed.git("update-index", *(("--split-index",) if way == "split" else ("--index-version", "4")))
    assert said(indexed) == [("F-TEST:enough", TWO)]
    for old, new in (("note: x", "note: z"), ("note: z", "note: x")):
        indexed.edit(ONE, old, new)
        changed = [("signed-content-changed", ONE)] if new == "note: z" else []
        assert said(indexed) == [*changed, ("F-TEST:enough", TWO)]
        indexed.commit()
        assert said(indexed) == [*changed, ("F-TEST:enough", TWO)]


def test_a_commit_that_git_has_thrown_away(indexed: Department) -> None:
    """The last check was made at it; from then on every check said that git had no such commit."""
    indexed.git("commit", "-q", "--allow-empty", "-m", "Given up")
    assert said(indexed) == [("F-TEST:enough", TWO)]
    indexed.git("commit", "-q", "--amend", "--allow-empty", "-m", "Otherwise")
    indexed.git("reflog", "expire", "--expire=now", "--all")
    indexed.git("gc", "-q", "--prune=now")
    assert said(indexed) == [("F-TEST:enough", TWO)]


def test_checkout_that_converts_line_endings(indexed: Department) -> None:
    indexed.write(".gitattributes", "*.yaml text eol=crlf\n")
    (indexed.root / ONE).unlink()
    indexed.git("checkout", "-q", "--", ONE)
    assert b"\r\n" in (indexed.root / ONE).read_bytes()
    assert ("forbidden-character", ONE) in said(indexed)
    indexed.commit()
    (indexed.root / "csdocs.yaml").unlink()
    indexed.git("checkout", "-q", "--", "csdocs.yaml")
    assert indexed.run("check").code == 3
    committed = indexed.run("check", "--committed")
    assert (committed.code, committed) == (0, indexed.run("check", "--committed", "--no-index"))


@pytest.mark.parametrize("spoil", ["gone", "empty", "text", "cut", "flipped", "folder", "strange", "newer", "other"])
def test_a_broken_index_is_no_index(indexed: Department, spoil: str) -> None:
    index = indexed.root / TABLES
    data = index.read_bytes()
    if spoil == "flipped":
        data = data.replace("少".encode(), "多".encode())
    bytes_of = {"empty": b"", "text": b"nothing", "cut": data[: len(data) // 2], "flipped": data}
    if spoil in bytes_of:
        index.write_bytes(bytes_of[spoil])
    elif spoil in ("gone", "folder"):
        index.unlink()
        if spoil == "folder":
            index.mkdir()
    else:
        with closing(sqlite3.connect(index)) as connection, connection:
            if spoil == "other":
                connection.execute("ALTER TABLE _verdicts RENAME COLUMN mark TO marked")
            else:
                connection.execute("PRAGMA user_version = 99")
                connection.execute("DROP TABLE _verdicts" if spoil == "strange" else "SELECT 1")
    indexed.edit(ONE, "note: x", "note: x ")  # while the outcome holds nobody asks for a single verdict
    for _ in range(3):
        assert said(indexed) == [("F-TEST:enough", TWO)]
    assert index.is_dir() or index.stat().st_size > 4096


def _too_few_values(kept: Kept) -> None:
    kept.connection.execute("DELETE FROM _off WHERE path = ?", ())


def _after_the_end(kept: Kept) -> None:
    kept.close()
    kept.off()


def _from_elsewhere(kept: Kept) -> None:
    with ThreadPoolExecutor() as executor:
        executor.submit(kept.off).result()


@pytest.mark.parametrize("wrong", [_too_few_values, _after_the_end, _from_elsewhere])
def test_what_only_the_program_does_wrong_is_no_broken_index(
    indexed: Department, wrong: Callable[[Kept], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made anew in silence, an index would hide it for ever: every run would merely be slow."""
    before = (indexed.root / TABLES).read_bytes()
    indexed.edit(ONE, "note: x", "note: x ")
    with monkeypatch.context() as patched:
        patched.setattr(Kept, "commit", wrong)
        with pytest.raises(sqlite3.ProgrammingError):
            look(indexed.root, None, KnownState(indexed.root))
        assert indexed.run("check").code == 70
    assert (indexed.root / TABLES).read_bytes() == before
    assert said(indexed) == [("F-TEST:enough", TWO)]


def test_entries_that_make_no_sense_are_passed_over(indexed: Department) -> None:
    for body in (b"", b"{}", b"[1]", b'[{"~":1}]', b"[[1,2,3,4,5,6,7,8]]", b"\xff", b"[" * 100_000):
        _plant(indexed, TWO, body)
        assert said(indexed) == [("F-TEST:enough", TWO)]


def _plant(department: Department, path: str, body: bytes) -> None:
    """Findings about a record, where the outcome as a whole is not known."""
    with closing(sqlite3.connect(department.root / TABLES)) as connection, connection:
        connection.execute(
            "UPDATE _verdicts SET findings = ?, digest = ? WHERE path = ?", (body, _digest(path, body), path)
        )
        connection.execute("DELETE FROM _states")


def test_continuous_integration_never_reads_one(indexed: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(indexed.root / TABLES)) as connection, connection:
        (body,) = connection.execute("SELECT findings FROM _verdicts WHERE path = ?", (TWO,)).fetchone()
    _plant(indexed, TWO, body.replace("少".encode(), "多".encode()))
    honest = indexed.run("--lang", "zh", "check", "--no-index").text
    assert indexed.run("--lang", "zh", "check").text != honest  # it is somebody's own index: it is believed
    monkeypatch.setenv("CI", "true")
    assert indexed.run("--lang", "zh", "check").text == honest


def test_an_index_that_git_would_see_is_neither_read_nor_written(indexed: Department) -> None:
    indexed.git("add", "-f", TABLES)
    before = (indexed.root / TABLES).stat()
    indexed.edit(ONE, "note: x", "note: z")
    said(indexed)
    after = (indexed.root / TABLES).stat()
    assert (after.st_mtime_ns, after.st_atime_ns) == (before.st_mtime_ns, before.st_atime_ns)
    indexed.git("rm", "-q", "--cached", TABLES)
    (indexed.root / TABLES).unlink()
    indexed.write(".gitignore", "")
    said(indexed)
    assert not (indexed.root / TABLES).exists()


def test_a_disk_that_takes_nothing(indexed: Department) -> None:
    shutil.rmtree(indexed.root / ".csdocs")
    (indexed.root / ".csdocs").write_text("in the way")
    indexed.write(".gitignore", ".csdocs\n.csdocs/\n")
    assert said(indexed) == [("F-TEST:enough", TWO)]


def test_killed_while_it_was_writing(indexed: Department) -> None:
    script = (
        "import os, signal, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 1')\n"
        "c.execute('BEGIN')\n"
        "c.execute('UPDATE _verdicts SET findings = zeroblob(100000)')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(indexed.root / TABLES)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert said(indexed) == [("F-TEST:enough", TWO)]


def test_two_processes_share_it(indexed: Department) -> None:
    expected = run_apart(indexed.root, "check", "--no-index")
    for _ in range(2):
        (indexed.root / TABLES).unlink(missing_ok=True)
        both = [start_apart(indexed.root, "check", stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
        for process in both:
            assert process.communicate(timeout=60) == expected[1:]
            assert process.returncode == expected[0]
    assert said(indexed) == [("F-TEST:enough", TWO)]


def test_another_process_holds_it(indexed: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csdocs.store.tables.PATIENCE", 0.05)
    with closing(sqlite3.connect(indexed.root / TABLES, isolation_level=None)) as connection, connection:
        connection.execute("BEGIN EXCLUSIVE")
        indexed.edit(ONE, "note: x", "note: z")
        assert said(indexed) == [("signed-content-changed", ONE), ("F-TEST:enough", TWO)]
    assert said(indexed) == [("signed-content-changed", ONE), ("F-TEST:enough", TWO)]


def test_with_and_without_signatures_are_two_questions(indexed: Department) -> None:
    indexed.edit(ONE, "note: x", "note: z")
    for _ in range(2):
        assert said(indexed) == [("signed-content-changed", ONE), ("F-TEST:enough", TWO)]
        assert "signed-content-changed" not in indexed.run("check", "--no-signatures", "--format", "json").text


def test_the_rule_book_is_judged_again_when_it_changes(indexed: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    judge = csdocs.check.whole._check_controlled
    monkeypatch.setattr("csdocs.check.whole._check_controlled", lambda workspace: read.append(0) or judge(workspace))

    def judged_again() -> bool:
        read.clear()
        check_again(indexed)
        return bool(read)

    assert not judged_again()
    indexed.edit(ONE, "note: x", "note: z")
    assert not judged_again()
    indexed.write("templates/forms/broken.yaml", "id: F-BROKEN\n")
    assert ("missing-key", "templates/forms/broken.yaml") in said(indexed)
    assert not judged_again()
    indexed.people(S1001="[]")
    assert judged_again()
    indexed.clock(LATER)
    assert judged_again()
    indexed.commit()  # what was approved, and when, is history
    assert judged_again()
    indexed.edit(ONE, "note: z", "note: x")
    indexed.commit()
    assert not judged_again()
    monkeypatch.setattr("csdocs.load.program.__version__", "99")
    assert judged_again()


def test_words_are_said_again_only_while_they_hold(indexed: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csdocs.cli.check, "_LONG", 0)
    ways = [
        ("--lang", language, "check", "--format", format_, *more)
        for language in ("zh", "en")
        for format_ in ("text", "json", "github", "sarif")
        for more in ((), ("--committed",), ("--strict",))
    ]
    honest = {way: indexed.run(*way, "--no-index") for way in ways}
    for _ in range(2):  # what nobody asks for twice is not kept
        assert {way: indexed.run(*way) for way in ways} == honest
    with monkeypatch.context() as patch:
        patch.setattr(csdocs.cli.check, "_in_words", None)  # nobody puts anything into words
        assert {way: indexed.run(*way) for way in ways} == honest
    later = ("check", "--as-of", "2026-12-24")
    assert indexed.run(*later).text == indexed.run(*later, "--no-index").text != indexed.run("check").text
    assert indexed.run("check", ONE).text == indexed.run("check", ONE, "--no-index").text
    with closing(sqlite3.connect(indexed.root / TABLES)) as connection, connection:
        connection.execute("UPDATE _found SET body = (SELECT body FROM _found WHERE how = 'text en')")
    assert indexed.run("--lang", "zh", "check") == honest[("--lang", "zh", "check", "--format", "text")]
    indexed.edit(ONE, "note: x", "note: z")
    assert said(indexed) == [("signed-content-changed", ONE), ("F-TEST:enough", TWO)]
