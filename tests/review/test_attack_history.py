"""History: what git can be made to say, and what it cannot."""

import datetime as dt
import hashlib
import subprocess
from pathlib import Path

import pytest
from gate import (
    AGENT,
    CONFIG,
    MANAGER,
    OTHER,
    PEOPLE,
    PERSONNEL,
    QUALITY,
    REG,
    ROOT_PRINT,
    Gate,
    key_text,
    people_text,
    run_here,
)


def test_an_evil_merge_smuggles_a_change(gate: Gate) -> None:
    """Neither side has it, the merge commit does."""
    gate.smuggle()
    outcome = gate.audit()
    assert "revision-not-next" in outcome.errors
    assert gate.review("main~1").errors == outcome.errors


def test_a_merge_that_looks_like_its_branch_is_not_passed_over(gate: Gate) -> None:
    """Main and a branch part, a third one is judged against what main has merged since."""
    gate.git("branch", "-q", "third")
    gate.branch()
    gate.edit(REG, "500元", "5000元")
    gate.commit()
    gate.land()
    gate.git("switch", "-q", "third")
    gate.revise(OTHER)
    gate.commit()
    assert gate.review().rules == ["behind-base"]
    gate.git("switch", "-q", "main")
    assert "revision-not-next" in gate.audit().errors
    assert "revision-not-next" in gate.audit("--since", "main~1").errors


def test_an_octopus_merge_is_one_step(gate: Gate) -> None:
    for name, path in (("one", REG), ("two", OTHER)):
        gate.branch(name)
        gate.revise(path)
        gate.commit()
    gate.branch("three")
    gate.edit("handbook/calendar.yaml", "holidays: []", "holidays:  []")
    gate.commit()
    gate.git("switch", "-q", "main")
    gate.now += dt.timedelta(hours=1)
    gate.git("merge", "-q", "-m", "Octopus", "one", "two", "three", **gate.dated())
    outcome = gate.audit()
    assert outcome.errors == ["approval-missing"]
    assert outcome.findings[0]["path"] == "handbook/calendar.yaml"
    assert "r2" in gate.run("history", "REG-OTHER").out


def test_a_merge_the_wrong_way_round(gate: Gate) -> None:
    """Main is merged into the branch and the branch becomes main: its commits take the place of main's."""
    gate.branch()
    early = gate.now + dt.timedelta(minutes=1)
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    for person, meaning in ((AGENT, "submit"), (MANAGER, "approve"), (QUALITY, "approve")):
        gate.sign(REG, person, meaning, at=early)
    gate.commit(at=early)
    gate.git("switch", "-q", "main")
    revoked = ", revoked: {at: '2024-03-01T09:00:00+08:00', compromised_since: '2024-02-01T00:00:00+08:00'}"
    gate.write(PEOPLE, people_text(**{QUALITY: key_text(QUALITY, revoked)}))
    gate.approve(PEOPLE, PERSONNEL, MANAGER)
    gate.commit("Revoke the key")
    noted = gate.head()
    gate.git("switch", "-q", "change")
    assert "receipt-not-valid" in gate.review().errors
    gate.git("merge", "-q", "-m", "Merge main", "main", **gate.dated())
    gate.git("branch", "-q", "-f", "main", "change")
    gate.git("switch", "-q", "main")
    assert gate.audit("--since", noted).errors == ["history-rewritten"]


def test_a_history_that_was_overwritten_by_force(gate: Gate) -> None:
    gate.revise()
    gate.commit("Revision 2")
    noted = gate.head()
    gate.git("branch", "-q", "kept")
    gate.git("reset", "-q", "--hard", "HEAD~1")
    gate.edit("handbook/waivers.yaml", "[]", "[]  # none")
    gate.approve("handbook/waivers.yaml")
    gate.commit("Another history")
    assert gate.audit() == (0, [])
    outcome = gate.audit("--since", noted)
    assert outcome.errors == ["history-rewritten"]
    assert noted[:12] in outcome.findings[0]["message"]


def test_since_reports_only_what_came_after(gate: Gate) -> None:
    gate.edit(REG, "500元", "5000元")
    gate.commit("Without anybody's approval")
    sinful = gate.head()
    gate.write("notes.txt", "x")
    gate.commit("Something else")
    assert gate.audit().code == 1
    assert gate.audit("--since", sinful) == (0, [])
    assert "Audited 1 step:" in gate.run("audit", "--since", f"{sinful}~1", "--no-index").out
    assert "Audited 0 steps" in gate.run("audit", "--since", "HEAD", "--no-index").out
    assert gate.audit("--since", "HEAD") == (0, [])
    assert gate.audit("--since", f"{sinful}~1").code == 1


def test_a_commit_dated_in_the_future(gate: Gate) -> None:
    gate.branch()
    gate.revise()
    honest = gate.now
    gate.commit(at=honest + dt.timedelta(days=4000))
    gate.now = honest
    assert "commit-in-future" in gate.review().errors
    gate.git("switch", "-q", "main")
    gate.git("merge", "-q", "--ff-only", "change")  # on a server that did not ask
    gate.write(".git/info/exclude", "/.csdocs/\n")
    for _ in range(2):  # nor is it forgotten with what is remembered
        assert gate.audit().errors == ["commit-in-future"]


@pytest.mark.parametrize(("late", "refused"), [(dt.timedelta(minutes=5), False), (dt.timedelta(days=3), True)])
def test_a_commit_dated_before_what_it_brings_was_signed(gate: Gate, late: dt.timedelta, refused: bool) -> None:
    """By a clock that was set right in between: once the time had come review let it in, and audit never forgave it."""
    gate.branch()
    gate.raise_revision()
    gate.edit(REG, "尽快", "及时")
    signed = gate.now + dt.timedelta(hours=1) + late
    for person, meaning in ((AGENT, "submit"), (MANAGER, "approve"), (QUALITY, "approve")):
        gate.sign(REG, person, meaning, at=signed)
    gate.commit()
    gate.now = signed + dt.timedelta(days=1)
    found = gate.review()
    assert found.errors == ["commit-before-signature"] * (3 if refused else 0)
    as_it_is = gate.copy(gate.root.parent / "as-it-is")
    as_it_is.git("switch", "-q", "main")
    as_it_is.git("merge", "-q", "--ff-only", "change")
    assert as_it_is.audit().errors == ["receipt-not-valid"] * (3 if refused else 0)
    gate.git("commit", "-q", "--amend", "--no-edit", **gate.dated())
    assert gate.review() == (0, [])


def test_a_record_signed_after_the_commit_that_brings_it(gate: Gate) -> None:
    gate.branch()
    path = gate.run("new", "F-TEST", "--as", AGENT, "--no-input", "--set=note=x").out.strip()
    assert gate.run("sign", path, "--as", AGENT, "--yes").code == 0
    now = dt.datetime.now(dt.UTC)
    gate.commit(at=now - dt.timedelta(days=2))
    gate.now = now + dt.timedelta(days=1)
    found = gate.review()
    assert [(each["path"], each["rule"]) for each in found.findings] == [(path, "commit-before-signature")]
    gate.git("switch", "-q", "main")
    gate.write("notes.txt", "main moves on")
    gate.commit()
    gate.git("switch", "-q", "change")
    assert gate.review().rules == ["behind-base"]  # and so it cannot go in as it is


def test_a_tree_that_is_dirty_has_no_say(gate: Gate) -> None:
    gate.branch()
    gate.edit(REG, "500元", "5000元")
    gate.commit()
    gate.git("checkout", "-q", "main", "--", REG)
    assert "revision-not-next" in gate.review().errors
    gate.git("reset", "-q", "--hard", "main")
    gate.edit(REG, "500元", "5000元")
    gate.write(PEOPLE, "people: [\n")
    assert gate.review() == (0, [])
    assert gate.audit() == (0, [])


def test_a_detached_head(gate: Gate) -> None:
    gate.branch()
    gate.edit(REG, "500元", "5000元")
    gate.commit()
    commit = gate.head()
    gate.git("switch", "-q", "--detach", commit)
    assert "revision-not-next" in gate.review().errors
    gate.git("switch", "-q", "--detach", "main")
    assert gate.audit() == (0, [])
    assert "revision-not-next" in gate.review("main", "--head", commit).errors


@pytest.mark.parametrize("base", ["nowhere", "HEAD~99", "origin/main", "--output=x"])
def test_a_base_that_is_not_there(gate: Gate, base: str) -> None:
    said = gate.run("review", f"--base={base}")
    assert said.code == 3
    assert "git fetch" in said.err


def test_a_shallow_clone(gate: Gate, tmp_path: Path) -> None:
    gate.revise()
    gate.commit()
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--depth=1", f"file://{gate.root}", str(clone)], check=True)
    for arguments in (["audit"], ["review", "--base", "HEAD"]):
        said = run_here(clone, arguments)
        assert said.code == 3
        assert "--unshallow" in said.err


def test_a_repository_without_commits(gate: Gate, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / CONFIG).write_text(gate.read(CONFIG), "utf-8")
    subprocess.run(["git", "init", "-q", str(empty)], check=True)
    assert run_here(empty, ["audit"]).code == 3
    assert run_here(empty, ["review", "--base", "HEAD"]).code == 3


def test_no_repository_at_all(gate: Gate, tmp_path: Path) -> None:
    (tmp_path / CONFIG).write_text(gate.read(CONFIG), "utf-8")
    assert run_here(tmp_path, ["audit"]).code == 3


def test_content_that_git_has_lost(gate: Gate) -> None:
    gate.branch()
    gate.revise()
    gate.commit()
    oid = gate.git("rev-parse", f"HEAD:{REG}")
    (gate.root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    said = gate.run("review", "--base", "main")
    assert said.code == 3
    assert REG in said.err


def test_an_unrelated_history(gate: Gate) -> None:
    gate.git("checkout", "-q", "--orphan", "stray")
    gate.edit(REG, "500元", "5000元")
    gate.commit()
    outcome = gate.review()
    assert "behind-base" in outcome.rules
    assert "revision-not-next" in outcome.errors
    assert gate.audit("--root", ROOT_PRINT).code == 1
    assert gate.audit("--since", "main").errors[0] == "history-rewritten"


def test_authors_do_not_steer_the_terminal(gate: Gate) -> None:
    gate.edit(REG, "500元", "5000元")
    gate.commit(author="Honest\x1b[2J\x1b[31mPerson")
    said = gate.run("audit")
    assert said.code == 1
    assert "\x1b[2J" not in said.out


def test_review_and_audit_only_look(gate: Gate) -> None:
    gate.branch()
    gate.revise()
    gate.edit(REG, "及时", "适时")
    gate.commit()
    before = _digest(gate.root)
    for arguments in (
        ("review", "--base", "main"),
        ("audit",),
        ("audit", "--since", "main", "--root", ROOT_PRINT),
        ("history", "REG-TEST"),
        ("as-of", "2024-03-05"),
        ("due",),
    ):
        gate.run(*arguments)
        assert _digest(gate.root) == before, arguments


def _digest(root: Path) -> str:
    """Of every file, git's own included."""
    files = sorted(path for path in root.rglob("*") if path.is_file())
    lines = (f"{path} {path.stat().st_mtime_ns} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
