"""Correcting, voiding, replacing and renumbering: nothing that was signed is ever rewritten."""

import hashlib

import pytest
from department import AGENT, LEADER, MANAGER, OTHER, Department, field, form, step

ONE, TWO = "records/test/2026/11/TEST-202611-001.yaml", "records/test/2026/11/TEST-202611-002.yaml"
A1, A2 = ONE.replace(".yaml", ".a1.yaml"), ONE.replace(".yaml", ".a2.yaml")
NATURAL = form("F-TEST", fields=[field("team", "code", required="true"), field("note")], number="T-{day:YYYY}-{team}")


def closed(department: Department, **values: str) -> str:
    path = department.new(**(values or {"note": "原文"}))
    department.must_sign(path, AGENT, "fill")
    return path


def amend(department: Department, id: str = "TEST-202611-001", by: str = AGENT) -> str:
    said = department.run("amend", id, "--as", by, "--reason", "写错了")
    assert said.code == 0, said.err
    return said.text.strip()


def test_an_amendment_counts_once_it_is_signed(department: Department) -> None:
    department.form()
    closed(department)
    before = department.read(ONE)
    assert amend(department) == A1
    department.edit(A1, "原文", "更正")
    assert department.slugs() == []
    assert _counting(department) == (ONE, "原文")
    department.must_sign("TEST-202611-001", AGENT, "fill")
    assert _counting(department) == (A1, "更正")
    assert amend(department) == A2
    assert department.read(ONE) == before
    assert department.slugs() == []


def test_an_amendment_must_be_signed_as_far_as_what_it_amends(department: Department) -> None:
    department.form(steps=[step("fill"), step("lead", {"post": "R-TEAMLEAD"})])
    path = closed(department)
    department.must_sign(path, LEADER, "lead")
    amend(department)
    department.edit(A1, "原文", "更正")
    department.must_sign("TEST-202611-001.a1", AGENT, "fill")
    assert _counting(department)[0] == ONE
    department.must_sign("TEST-202611-001.a1", LEADER, "lead")
    assert _counting(department)[0] == A1


def _counting(department: Department) -> tuple[str, str]:
    """The file that stands for the number, and what stands for it in the tables."""
    tree = department.report(told=True).tree
    path, _ = tree.files_of(["TEST-202611-001"])["TEST-202611-001"]
    ((note, standing),) = tree.database.rows("SELECT note, path FROM f_test JOIN records USING (record)")
    assert path == standing and tree.values_of(path)["note"] == note
    return path, note


def test_there_is_nothing_to_amend_in_what_is_not_signed_or_gone(department: Department) -> None:
    department.form()
    department.new(note="x")
    assert department.run("amend", "TEST-202611-001", "--as", AGENT, "--reason", "x").code == 3
    department.must_sign(ONE, AGENT, "fill")
    amend(department)
    assert department.run("amend", "TEST-202611-001", "--as", AGENT, "--reason", "x").code == 3
    (department.root / A1).unlink()
    assert department.run("void", "TEST-202611-001", "--as", MANAGER, "--reason", "重复", "--yes").code == 0
    assert department.run("amend", "TEST-202611-001", "--as", AGENT, "--reason", "x").code == 3


def test_an_amendment_taken_back_leaves_the_record_as_it_was(department: Department) -> None:
    department.form(steps=[step("fill"), step("lead", {"post": "R-TEAMLEAD"})])
    department.must_sign(closed(department), LEADER, "lead")
    amend(department)
    department.must_sign(A1, AGENT, "fill", "--decision", "withdraw")
    assert _counting(department)[0] == ONE
    assert "csdocs amend TEST-202611-001 " in department.run("why", "TEST-202611-001").text
    void = ("void", "TEST-202611-001", "--as", MANAGER, "--reason", "重复", "--yes")
    assert "csdocs amend TEST-202611-001 " in department.run(*void).err
    assert amend(department, by=LEADER) == A2
    assert department.slugs() == []
    assert department.sign(A2, LEADER, "fill").code == 3, "nobody's account takes the place of another's"
    before = department.digest()
    changes = (
        ("sign", "--step", "fill", "--as", AGENT),
        ("fill", "--set", "note=x"),
        ("amend", "--as", AGENT, "--reason", "x"),
    )
    for verb, *more in changes:
        assert "TEST-202611-001.a1" in department.run(verb, ONE, *more).err
    assert department.digest() == before
    assert department.run(*void).code == 0
    assert _counting(department)[0] == A2, "void is the record, however far its amendment was signed"
    assert department.case(A2).progress.state == "void"
    assert department.slugs() == []


BROKEN = [
    ("another file", "file: TEST-202611-001.yaml", "file: TEST-202611-002.yaml"),
    ("another digest", "sha256: ", "sha256: 0000000000000000000000000000000000000000000000000000000000000000 #"),
    ("a higher number", "amendment: 1", "amendment: 2"),
    ("no number", "amendment: 1\n", ""),
    ("no reason", "reason: 写错了\n", ""),
    ("another form", "form_revision: 1", "form_revision: 2"),
    ("another number", "record: TEST-202611-001", "record: TEST-202611-002"),
    ("another day", "date: 2026-11-02", "date: 2026-11-03"),
]


@pytest.mark.parametrize(("what", "old", "new"), BROKEN, ids=[each[0] for each in BROKEN])
def test_an_amendment_follows_from_what_it_amends(department: Department, what: str, old: str, new: str) -> None:
    department.form(fields=[field("note"), field("date", "date")], day="date")
    closed(department, note="原文", date="2026-11-02")
    amend(department)
    assert department.slugs() == []
    department.edit(A1, old, new)
    assert department.run("check").code == 1


def test_a_list_says_which_file_of_a_number_counts(department: Department) -> None:
    department.form()
    closed(department)
    amend(department)
    for marked in ("TEST-202611-001.a1", "TEST-202611-001"):  # at first the amendment is not signed
        for more in ((), ("--no-index",)):
            lines = department.run("--lang", "en", "list", "F-TEST", *more).text.splitlines()[2:]
            assert [line.split()[0] for line in lines if "another file counts" in line] == [marked]
            assert len(lines) == 2
            counts = {"form": "F-TEST", "title": "F-TEST", "records": 1, "overdue": 0}
            assert department.run("--lang", "en", "list", "--format", "json", *more).json == [counts]
        if marked.endswith(".a1"):
            department.must_sign(A1, AGENT, "fill")
    assert "Amendment 1, because: 写错" in department.run("--lang", "en", "show", "TEST-202611-001").text


def test_what_was_amended_stays_as_it_was(department: Department) -> None:
    department.form()
    closed(department)
    amend(department)
    department.must_sign(A1, AGENT, "fill")
    department.write(ONE, "# 旁注\n" + department.read(ONE))
    assert department.slugs() == ["amendment-broken"]
    (department.root / ONE).unlink()
    assert "amendment-broken" in department.slugs()


def test_a_signature_moves_neither_to_nor_from_an_amendment(department: Department) -> None:
    department.form()
    closed(department)
    amend(department)
    entry = department.read(ONE).partition("signatures:\n")[2]
    department.write(A1, department.read(A1) + "signatures:\n" + entry)
    assert department.slugs() == ["signed-content-changed"]
    assert department.state(A1) == "draft"


def test_the_reason_of_an_amendment_is_signed(department: Department) -> None:
    department.form()
    closed(department)
    amend(department)
    department.must_sign(A1, AGENT, "fill")
    department.edit(A1, "reason: 写错了", "reason: 别的理由")
    assert department.slugs() == ["signed-content-changed"]


def test_what_an_amendment_amends_is_signed(department: Department) -> None:
    """Else the file it rests on could be exchanged together with the digest."""
    department.form()
    closed(department)
    amend(department)
    department.must_sign(A1, AGENT, "fill")
    was = hashlib.sha256(department.read(ONE).encode()).hexdigest()
    department.write(ONE, department.read(ONE).replace("signatures:", "# 换过\nsignatures:"))
    now = hashlib.sha256(department.read(ONE).encode()).hexdigest()
    department.edit(A1, was, now)
    assert department.run("check").code == 1


def test_a_void_record_stays_and_frees_a_natural_key(department: Department) -> None:
    department.write("templates/forms/test.yaml", NATURAL)
    first = department.new(team="A01", note="x")
    assert first == "records/test/2026/11/T-2026-A01.yaml"
    department.must_sign(first, AGENT, "fill")
    assert department.run("void", "T-2026-A01", "--as", MANAGER, "--reason", "写错", "--yes").code == 0
    second = department.new(team="A01", note="y")
    assert second == "records/test/2026/11/T-2026-A01.2.yaml"
    department.must_sign("T-2026-A01.2", AGENT, "fill")
    assert department.new(team="B01") == "records/test/2026/11/T-2026-B01.yaml"
    assert department.slugs() == []
    assert department.run("show", "T-2026-A01", "--format", "json").json["state"] == "void"
    assert department.run("show", "T-2026-A01.2", "--format", "json").json["state"] == "closed"


@pytest.mark.parametrize("correction", [[], ["reject"], ["withdraw", "amend"]], ids=str)
def test_a_correction_that_came_to_nothing_leaves_the_record_as_it_was(
    department: Department, correction: list[str]
) -> None:
    """Until its number is declared void: then it is, however far a correction had come."""
    steps = [step("fill"), step("lead", {"post": "R-TEAMLEAD"})]
    department.form(fields=[field("team", "code", required="true")], number="T-{day:YYYY}-{team}", steps=steps)
    path = department.new(team="A01")
    for by, name in ((AGENT, "fill"), (LEADER, "lead")):
        department.must_sign(path, by, name)
    amend(department, "T-2026-A01")
    for each in correction:
        if each == "amend":
            amend(department, "T-2026-A01")
            continue
        department.must_sign("T-2026-A01", AGENT, "fill")
        by = LEADER if each == "reject" else AGENT
        assert department.run("sign", "T-2026-A01", "--as", by, "--decision", each, "--yes").code == 0
    again = ("new", "F-TEST", "--as", AGENT, "--no-input", "--set", "team=A01")
    assert department.run(*again).code == 3
    assert states(department) == ["closed"]
    assert department.run("void", "T-2026-A01", "--as", MANAGER, "--reason", "写错", "--yes").code == 0
    assert states(department) == ["void"]
    assert department.run("amend", "T-2026-A01", "--as", AGENT, "--reason", "x").code == 3
    assert department.run(*again).text.strip().endswith("T-2026-A01.2.yaml")
    assert department.slugs() == []


def states(department: Department) -> list[str]:
    said = department.run("sql", "SELECT state FROM records", "--format", "json")
    assert said.json == department.run("sql", "SELECT state FROM records", "--format", "json", "--no-index").json
    return [each["state"] for each in said.json]


def test_every_replacement_of_a_natural_key_has_a_number(department: Department) -> None:
    department.write("templates/forms/test.yaml", NATURAL)
    paths = []
    for _ in range(11):
        paths.append(department.new(team="A01"))
        department.must_sign(paths[-1], AGENT, "fill")
        assert department.run("void", paths[-1], "--as", MANAGER, "--reason", "写错", "--yes").code == 0
    assert paths[8:] == [f"records/test/2026/11/T-2026-A01.{n}.yaml" for n in range(9, 12)]
    assert department.slugs() == []


def test_a_natural_key_is_one_records(department: Department) -> None:
    """Two monthly tables of one month would both be counted."""
    department.write("templates/forms/test.yaml", NATURAL)
    asked = ("new", "F-TEST", "--as", AGENT, "--no-input", "--set", "team=A01")
    assert department.run(*asked).code == 0
    for state in ("draft", "closed"):
        said = department.run(*asked)
        assert (said.code, "csdocs fill T-2026-A01" in said.err) == (3, True), state
        if state == "draft":
            department.must_sign("T-2026-A01", AGENT, "fill")
    department.write("in.csv", "team,note\nB01,x\nB01,y\n")
    said = department.run(*asked[:-2], "--from", "in.csv")
    assert (said.code, "line 3: there is T-2026-B01 already" in said.err) == (3, True), said.err
    assert not list(department.root.glob("records/**/*B01*"))


def test_what_new_refuses_to_double_is_found_if_written_by_hand(department: Department) -> None:
    """Whoever has git and an editor needs no `csdocs new`; what is void, or was corrected, stands for nothing."""
    department.write("templates/forms/test.yaml", NATURAL)
    first = department.new(team="A01")
    second = first.replace("A01", "A01.2")
    department.write(second, department.read(first).replace("T-2026-A01", "T-2026-A01.2"))

    def said() -> list[tuple[str, str]]:
        found = department.run("check", "--format", "json").json["findings"]
        assert found == department.run("check", "--format", "json", "--no-index").json["findings"]
        return [(each["rule"], each["path"]) for each in found if each["severity"] == "error"]

    assert said() == [("key-held-twice", second)]
    for path in (first, second):
        department.must_sign(path, AGENT, "fill")
    assert said() == [("key-held-twice", second)]
    assert department.run("amend", first, "--as", AGENT, "--reason", "写错").code == 0
    department.must_sign("T-2026-A01.a1", AGENT, "fill")
    assert said() == [("key-held-twice", second)]
    assert department.run("void", "T-2026-A01", "--as", MANAGER, "--reason", "重复", "--yes").code == 0
    assert said() == []
    third = first.replace("A01", "A01.3")
    text = department.read(first).partition("signatures:")[0]
    department.write(third, text.replace("T-2026-A01", "T-2026-A01.3"))
    assert said() == [("key-held-twice", third)]
    (department.root / third).unlink()
    assert said() == []


def test_of_two_amendments_the_later_is_made_again(department: Department) -> None:
    """Two people amended one record and kept both files: an amendment is not renumbered."""
    department.form()
    closed(department)
    amend(department)
    department.write(A2, department.read(A1))
    hints = [each.hint.en for each in department.findings() if each.rule == "number-taken-twice"]
    assert len(hints) == 1 and "csdocs amend TEST-202611-001" in hints[0] and "renumber" not in hints[0]


@pytest.mark.parametrize("reason", ["", "   ", "\n", "a\x07b", "x" * 2001])
def test_an_amendment_that_could_not_be_read_is_not_written(department: Department, reason: str) -> None:
    department.form()
    closed(department)
    before = department.digest()
    for verb in ("amend", "void"):
        said = department.run(verb, "TEST-202611-001", "--as", MANAGER, "--reason", reason)
        assert said.code in (2, 3), said.err
        assert department.digest() == before
    said = department.run("amend", "TEST-202611-001", "--as", "S9999", "--reason", "写错")
    assert (said.code, department.digest()) == (3, before)


def test_numbers_count_on_over_gaps_and_amendments(department: Department) -> None:
    department.form()
    paths = [closed(department) for _ in range(3)]
    amend(department, "TEST-202611-003")
    (department.root / paths[1]).unlink()
    assert department.slugs() == ["number-missing"]
    assert department.new() == "records/test/2026/11/TEST-202611-004.yaml"
    department.clock("2026-12-01T09:00:00+08:00")
    assert department.new() == "records/test/2026/12/TEST-202612-001.yaml"


def test_a_gap_in_a_strict_series_is_an_error(department: Department) -> None:
    department.write("templates/forms/test.yaml", form().replace("{pattern: ", "{gap: strict, pattern: "))
    first = department.new()
    department.new()
    (department.root / first).unlink()
    assert department.slugs() == ["strict-number-missing"]
    assert department.run("check").code == 1


def test_a_gap_where_the_next_revision_of_the_form_cannot_be_read(department: Department) -> None:
    path = department.form()
    first = department.new()
    department.new()
    department.commit()
    department.edit(path, "\nrevision: 1\n", "\nrevision: 2\nnothing: [\n")
    (department.root / first).unlink()
    found = department.slugs()
    assert "not-yaml" in found and "number-missing" not in found


def test_a_number_is_taken_on_any_branch_we_know_of(department: Department) -> None:
    department.form()
    department.commit("Form")
    department.git("switch", "-qc", "other")
    department.new(note="别处")
    department.commit("Their record")
    department.git("switch", "-q", "main")
    assert department.new(note="这里") == TWO


def test_two_branches_that_took_one_number_are_brought_together(department: Department) -> None:
    department.form()
    department.commit("Form")
    clone = department.copy(department.root.parent / "clone")
    clone.new(note="他们的")
    clone.must_sign(ONE, AGENT, "fill")
    clone.commit("Their record")
    assert department.new(note="我们的") == ONE
    department.must_sign(ONE, AGENT, "fill")
    department.commit("Our record")
    department.git("fetch", "-q", str(clone.root), "main:refs/remotes/origin/main")
    ours = department.read(ONE)
    said = department.run("renumber", "TEST-202611-001")
    assert said.code == 0, said.err
    assert said.text.strip() == f"{ONE} -> {TWO}"
    assert "sign it again" in said.err
    assert department.read(TWO) == ours.split("signatures:")[0].replace("-001", "-002")
    department.must_sign("TEST-202611-002", AGENT, "fill")
    department.commit("Renumber ours")
    department.git("merge", "-q", "-m", "Merge", "origin/main")
    assert department.slugs() == []
    assert department.case(ONE).record.data == {"note": "他们的"}
    assert department.case(TWO).record.data == {"note": "我们的"}


def test_a_signed_record_keeps_a_number_that_is_its_own(department: Department) -> None:
    department.form()
    path = closed(department)
    department.commit("Landed")
    before = department.digest()
    assert department.run("renumber", "TEST-202611-001").code == 3
    assert department.digest() == before
    department.git("branch", "-q", "earlier")
    department.new(note="另一份")
    department.commit("Another")
    department.run("void", "TEST-202611-001", "--as", MANAGER, "--reason", "x", "--yes")
    assert department.run("renumber", "TEST-202611-001").code == 3, "an earlier state of itself is no rival"
    department.write(path.replace("/11/", "/10/"), department.read(path))
    assert department.run("renumber", path).code == 0


def test_one_number_in_two_folders_is_found(department: Department) -> None:
    """One cure for it: what is in the wrong place cannot be moved to where the other is."""
    department.form()
    department.new(note="x")
    for path in ("records/test/2026/10/TEST-202611-001.yaml", "records/test/2026/11/copy.yaml"):
        department.write(path, department.read(ONE))
        (found,) = department.findings()
        assert (found.rule, found.path) == ("number-taken-twice", path)
        assert f"this is a copy, delete it: {path}" in found.hint.en
        department.write(path, department.read(ONE).replace("note: x", "note: y"))
        (found,) = department.findings()
        assert f"csdocs renumber {path}" in found.hint.en
        (department.root / path).unlink()


def test_renumbering_takes_the_attachments_along(department: Department) -> None:
    department.form(fields=[field("note"), field("paper", "file")])
    path = department.new(note="x")
    department.write("records/test/2026/11/TEST-202611-001.files/a.pdf", b"x")
    department.data(path, f"  paper: {{name: a.pdf, sha256: {hashlib.sha256(b'x').hexdigest()}, bytes: 1}}\n")
    assert department.slugs() == []
    assert department.run("renumber", "TEST-202611-001").code == 0
    assert department.slugs() == ["number-missing"]


def test_an_amendment_is_not_renumbered(department: Department) -> None:
    department.form()
    closed(department)
    amend(department)
    before = department.digest()
    assert department.run("renumber", "TEST-202611-001").code == 3
    assert department.run("renumber", "TEST-202611-001.a1").code == 3
    assert department.digest() == before


def test_references_mean_the_latest_that_counts(department: Department) -> None:
    department.form(fields=[field("note"), field("items", "rows", fields=[field("no", "code")])])
    department.form("F-CASE", fields=[field("about", "reference", ref=["F-TEST"])])
    closed(department, note="x", items="[{no: '1'}, {no: '2'}]")
    amend(department)
    case = department.new("F-CASE", about="TEST-202611-001#2")
    assert department.slugs() == []
    for wrong in ("TEST-202611-009", "CASE-202611-001", "TEST-202611-001.a1", "TEST-202611-001#7"):
        department.data(case, f'  about: "{wrong}"\n')
        assert department.slugs() == ["unknown-reference"], wrong


def test_another_persons_draft_is_not_theirs_to_sign(department: Department) -> None:
    department.form()
    closed(department)
    amend(department, by=OTHER)
    assert department.sign("TEST-202611-001.a1", AGENT, "fill").code == 3
