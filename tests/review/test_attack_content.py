"""What a change says of itself, and what it really does to the bytes."""

import unicodedata

import pytest
from gate import AGENT, CONFIG, FORM, LOG, MANAGER, OTHER, QUALITY, REG, SECOND, Gate

MODULE = "160000"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (REG, "500元", "800元"),
        (REG, "500元", "５00元"),
        (REG, "保存三年", "保存两年"),
        (REG, "5个工作日", "50个工作日"),
        (REG, "记录应当保存", "记录可以保存"),
        (REG, "值班人员应当", "值班人员不得"),
        (REG, "| 答复 |", "| 回访 |"),
        (REG, "value: 10", "value: 11"),
        (REG, "owner: R-DEPTMGR", "owner: R-QUALITY"),
        (REG, "review_every: 365", "review_every: 3650"),
        (REG, "2. 记录", "2. （删除）\n3. 记录"),
        (FORM, "months: 36", "months: 6"),
        (FORM, "kind: text", "kind: text, required: true"),
    ],
)
def test_claimed_editorial(gate: Gate, path: str, old: str, new: str) -> None:
    gate.branch()
    gate.raise_revision(path, "editorial")
    gate.edit(path, old, new)
    gate.approve(path, MANAGER, QUALITY, SECOND)
    gate.commit()
    outcome = gate.review()
    assert "kind-under-claimed" in outcome.errors
    gate.land()
    assert "REG-TEST r2" not in gate.run("history", "REG-TEST").out


@pytest.mark.parametrize(
    ("path", "old", "new"), [(REG, "值班人员应当尽快答复", "值班人员应当，尽快答复"), (FORM, "备注", "附注")]
)
def test_what_is_editorial_may_say_so(gate: Gate, path: str, old: str, new: str) -> None:
    gate.branch()
    gate.raise_revision(path, "editorial")
    gate.edit(path, old, new)
    gate.approve(path, QUALITY, MANAGER)
    gate.commit()
    assert gate.review() == (0, [])


def test_a_change_without_a_new_revision(gate: Gate) -> None:
    gate.branch()
    gate.edit(REG, "尽快", "及时")
    gate.approve(REG)
    gate.commit()
    assert "revision-not-next" in gate.review().errors


@pytest.mark.parametrize("number", ["3", "1", "0", "-1", "two"])
def test_a_revision_that_is_not_the_next(gate: Gate, number: str) -> None:
    gate.branch()
    gate.raise_revision()
    text = gate.read(REG).replace("\nrevision: 2", f"\nrevision: {number}")
    gate.write(REG, text.replace("- revision: 2", f"- revision: {number}"))
    gate.commit()
    assert set(gate.review().errors) & {"revision-not-next", "control-unreadable"}


def test_a_revision_without_a_change_entry(gate: Gate) -> None:
    gate.branch()
    gate.edit(REG, "\nrevision: 1", "\nrevision: 2")
    gate.edit(REG, "尽快", "及时")
    gate.approve(REG)
    gate.commit()
    assert gate.review().errors == ["change-entry-missing"]


def test_two_change_entries_for_one_revision(gate: Gate) -> None:
    """Which of two drafters counts must not be left to chance."""
    gate.branch()
    gate.raise_revision(by=[QUALITY])
    text = gate.read(REG)
    entry = text[text.index("  - revision: 2") : text.index("summary: {zh: 供试验")]
    gate.write(REG, text.replace(entry, entry.replace(QUALITY, AGENT) + entry))
    gate.approve(REG)
    gate.commit()
    assert "change-entry-missing" in gate.review().errors


def test_the_history_of_changes_is_rewritten(gate: Gate) -> None:
    gate.branch()
    gate.revise()
    gate.edit(
        REG,
        f"kind: major\n    summary: {{zh: 发布, en: Issue}}\n    reason: {{zh: 需要, en: Need}}\n    drafted_by: [{AGENT}]",
        f"kind: minor\n    summary: {{zh: 发布, en: Issue}}\n    reason: {{zh: 需要, en: Need}}\n    drafted_by: [{SECOND}]",
    )
    gate.approve(REG)
    gate.commit()
    assert gate.review().errors == ["change-entry-rewritten"]


@pytest.mark.parametrize("path", [REG, FORM])
def test_a_key_given_twice(gate: Gate, path: str) -> None:
    gate.branch()
    gate.raise_revision(path)
    gate.edit(path, "\nrevision: 2", "\nrevision: 2\nrevision: 7")
    gate.commit()
    assert "control-unreadable" in gate.review().errors


def test_effective_before_its_predecessor(gate: Gate) -> None:
    gate.branch()
    gate.revise(effective="2023-12-31")
    gate.commit()
    assert gate.review().errors == ["effective-before-predecessor"]


def test_an_effective_date_in_the_past_does_not_reach_back(gate: Gate) -> None:
    gate.branch()
    gate.revise(effective="2024-02-01")
    gate.commit()
    assert gate.review().rules == ["effective-has-passed"]
    gate.land()
    assert " 1 " in gate.run("as-of", "2024-02-15", "REG-TEST").out.splitlines()[-1]
    assert " 2 " in gate.run("as-of", "2024-03-02", "REG-TEST").out.splitlines()[-1]


@pytest.mark.parametrize("body", ["批准人：张三", "Approved by: Zhang San", "版本号：V2.0", "This is revision 2"])
def test_control_facts_typed_into_the_body(gate: Gate, body: str) -> None:
    gate.write(REG, gate.read(REG) + f"\n{body}\n")
    said = gate.run("check", REG, "--format", "json")
    assert said.code == 1
    assert "control-fact-typed-by-hand" in said.out


@pytest.mark.parametrize("damage", ["line endings", "byte order mark", "normalisation"])
def test_bytes_that_look_the_same(gate: Gate, damage: str) -> None:
    """Approved and then rewritten by an editor: other bytes, no receipt."""
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "尽快（Réf.）")
    gate.approve(REG)
    data = gate.read(REG)
    match damage:
        case "line endings":
            data = data.replace("\n", "\r\n")
        case "byte order mark":
            data = "\ufeff" + data
        case "normalisation":
            data = unicodedata.normalize("NFD", data)
    gate.write(REG, data)
    gate.commit()
    outcome = gate.review()
    assert outcome.code == 1
    assert "control-unreadable" in outcome.errors
    gate.land()
    assert "REG-TEST r2" not in gate.run("history", "REG-TEST").out


# places and modes


def test_deleted(gate: Gate) -> None:
    gate.branch()
    gate.git("rm", "-q", OTHER)
    gate.commit()
    assert gate.review().errors == ["controlled-file-removed"]
    gate.git("checkout", "-q", "main", "--", OTHER)
    gate.commit()
    assert gate.review().rules == ["refused-one-by-one"]  # what is undone is a step for all that


def test_put_back_after_it_was_lost(gate: Gate) -> None:
    gate.git("rm", "-q", OTHER)
    gate.commit()
    gate.branch()
    gate.git("checkout", "-q", "HEAD~1", "--", OTHER)
    gate.commit()
    assert gate.review() == (0, [])


@pytest.mark.parametrize("name", ["REG-RENAMED.md", "reg-test.md"])
def test_renamed(gate: Gate, name: str) -> None:
    gate.branch()
    gate.git("mv", REG, f"handbook/regulations/{name}")
    gate.commit()
    assert "controlled-file-removed" in gate.review().errors


def test_two_files_that_differ_in_case_only(gate: Gate) -> None:
    gate.branch()
    path = "handbook/regulations/reg-test.md"
    gate.write(path, gate.read(REG))
    gate.approve(path, MANAGER, QUALITY, SECOND)
    gate.commit()
    outcome = gate.review()
    assert outcome.errors == ["path-not-portable"]
    assert REG in outcome.findings[0]["message"]


@pytest.mark.parametrize(
    "path", ["HANDBOOK/people.yaml", "Csdocs.yaml", "hand\u200cbook/people.yaml", "Records/x.yaml", "ｔemplates/x"]
)
def test_a_folder_beside_ours_that_some_take_for_it(gate: Gate, path: str) -> None:
    """Where case does not count, a checkout would lay this register over the one that was approved."""
    gate.branch()
    gate.write(path, gate.read(CONFIG))
    gate.commit()
    assert gate.review().errors == ["path-not-portable"]
    gate.land()
    assert gate.audit().errors == ["path-not-portable"]


@pytest.mark.parametrize(
    "name", ["REG-E\u0301.md", "REG-\u200b.md", "a\\b.md", "REG-\x1b[2J.md", "REG-\n::error::x.md", b"REG-\xff.md"]
)
def test_names_that_are_not_what_they_look_like(gate: Gate, name: str | bytes) -> None:
    gate.branch()
    folder = bytes(gate.root / "handbook/regulations")
    target = folder + b"/" + (name if isinstance(name, bytes) else name.encode())
    with open(target, "wb") as file:
        file.write(gate.read(REG).encode())
    gate.commit()
    outcome = gate.review()
    assert outcome.errors == ["path-not-portable"]
    assert outcome.findings[0]["path"].isprintable()
    for format_ in ("text", "github", "sarif"):
        said = gate.run("review", "--base", "main", "--format", format_)
        assert said.code == 1
        assert "\x1b" not in said.out
        assert "\n::error::" not in said.out


def test_another_id_in_the_same_file(gate: Gate) -> None:
    gate.branch()
    gate.raise_revision(FORM, "major")
    gate.edit(FORM, "id: F-TEST", "id: F-OTHER")
    gate.approve(FORM)
    gate.commit()
    assert "controlled-file-removed" in gate.review().errors


def test_a_link_in_place_of_a_file(gate: Gate) -> None:
    gate.branch()
    (gate.root / REG).unlink()
    (gate.root / REG).symlink_to("REG-OTHER.md")
    gate.commit()
    outcome = gate.review()
    assert outcome.errors == ["not-a-plain-file"]
    assert "120000" in outcome.findings[0]["message"]


def test_a_program(gate: Gate) -> None:
    gate.branch()
    (gate.root / REG).chmod(0o755)
    gate.commit()
    assert gate.review().errors == ["not-a-plain-file"]


@pytest.mark.parametrize("quiet", [False, True])
def test_a_submodule(gate: Gate, quiet: bool) -> None:
    """`.gitmodules` of the same change may ask git to keep quiet about it."""
    gate.branch()
    if quiet:
        gate.write(".gitmodules", '[submodule "x"]\n\tpath = handbook/parts/x\n\turl = ./x\n\tignore = all\n')
        gate.git("add", ".gitmodules")
    gate.git("update-index", "--add", "--cacheinfo", f"{MODULE},{gate.git('rev-parse', 'HEAD')},handbook/parts/x")
    gate.git("commit", "-q", "-m", "Add a submodule", **gate.dated())
    found = ["approval-missing", "not-a-plain-file"] if quiet else ["not-a-plain-file"]
    assert gate.review().errors == found
    gate.git("switch", "-q", "main")
    gate.git("merge", "-q", "--ff-only", "change")
    assert gate.audit().errors == found


@pytest.mark.parametrize(
    "path", ["handbook/notes.md", "templates/run.sh", "handbook/secret/REG-X.md", "templates/forms.yaml"]
)
def test_a_file_of_no_class(gate: Gate, path: str) -> None:
    gate.branch()
    gate.write(path, "x\n")
    gate.commit()
    assert gate.review().errors == ["unclassified-change"]


@pytest.mark.parametrize("id", ["../../../../outside", "F-../x", "/tmp/x", "F-TEST/../../x"])
def test_ids_do_not_lead_out_of_the_workspace(gate: Gate, id: str) -> None:
    gate.branch()
    gate.raise_revision(LOG, "major")
    gate.edit(LOG, "id: F-LOG", f"id: {id}")
    before = sorted(gate.root.parent.rglob("*"))
    said = gate.run("approve", LOG, "--as", QUALITY, "--post", "R-QUALITY", "--yes")
    assert said.code == 3
    assert sorted(gate.root.parent.rglob("*")) == before
