"""What git can be told to leave out, to tell otherwise, or to choke on."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from gate import AGENT, LEADER, MANAGER, QUALITY, REG, Gate, open_gate


@pytest.fixture
def smuggled(gate: Gate) -> Gate:
    """A merge commit that says what neither side says, and a commit that takes it back."""
    gate.smuggle()
    gate.edit(REG, "5000元", "500元")
    gate.commit("Nothing happened")
    return gate


SETTINGS = {
    "log.diffMerges": "off",
    "i18n.logOutputEncoding": "UTF-16",
    "log.showRoot": "false",
    "diff.orderFile": "/nowhere",
    "diff.relative": "true",
}


def test_a_configuration_does_not_choose_what_is_seen(smuggled: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    found = smuggled.audit()
    assert "revision-not-next" in found.errors
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", " ".join(f"'{key}'='{value}'" for key, value in SETTINGS.items()))
    assert smuggled.audit() == found
    monkeypatch.delenv("GIT_CONFIG_PARAMETERS")
    for key, value in {**SETTINGS, "log.diffmerges": "combined"}.items():
        smuggled.git("config", key, value)
    assert smuggled.audit() == found


def test_a_program_that_git_would_run_is_not_run(gate: Gate, tmp_path: Path) -> None:
    gate.git("config", "core.fsmonitor", f"touch {tmp_path / 'ran'}; false")
    for verb in (("check",), ("review", "--base", "main"), ("audit",), ("submit", "REG-TEST", "--as", AGENT)):
        gate.run(*verb)
    assert not (tmp_path / "ran").exists()


def _grafts(gate: Gate, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    gate.write(".git/info/grafts", line)


def _grafts_elsewhere(gate: Gate, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    gate.write("../grafts", line)
    monkeypatch.setenv("GIT_GRAFT_FILE", str(gate.root.parent / "grafts"))


def _replaced(gate: Gate, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    gate.git("replace", "--graft", *line.split())


@pytest.mark.parametrize("way", [_grafts, _grafts_elsewhere, _replaced])
def test_a_step_is_cut_out_of_what_git_shows(
    smuggled: Gate, monkeypatch: pytest.MonkeyPatch, way: Callable[[Gate, pytest.MonkeyPatch, str], None]
) -> None:
    assert "Merge change" in smuggled.git("log", "--first-parent", "--format=%s")
    way(smuggled, monkeypatch, f"{smuggled.head()} {smuggled.git('rev-parse', 'HEAD~2')}\n")
    assert "Merge change" not in smuggled.git("log", "--first-parent", "--format=%s")
    assert "revision-not-next" in smuggled.audit().errors


def _fed(gate: Gate, data: bytes, *arguments: str) -> bytes:
    return subprocess.run(["git", "-C", str(gate.root), *arguments], input=data, capture_output=True, check=True).stdout


def _name_twice(gate: Gate, evil: str) -> bytes:
    listed = _fed(gate, b"", "ls-tree", "HEAD:handbook") + f"100644 blob {evil}\tpeople.yaml\n".encode()
    folders = gate.git("rev-parse", "HEAD:handbook").encode(), _fed(gate, listed, "mktree").strip()
    return _fed(gate, _fed(gate, b"", "ls-tree", "HEAD").replace(*folders), "mktree")


def _path_for_a_name(gate: Gate, evil: str) -> bytes:
    raw = _fed(gate, b"", "cat-file", "tree", "HEAD^{tree}") + b"100644 handbook/people.yaml\0" + bytes.fromhex(evil)
    return _fed(gate, raw, "hash-object", "-w", "-t", "tree", "--literally", "--stdin")


@pytest.mark.parametrize(
    ("made", "code", "words"),
    [(_name_twice, 3, "names handbook/people.yaml twice"), (_path_for_a_name, 1, "another spelling of “handbook”")],
)
def test_a_tree_that_git_would_not_write(gate: Gate, made: Callable[[Gate, str], bytes], code: int, words: str) -> None:
    """Git shows one of the two files, and a clone lays out the other."""
    evil = _fed(gate, b"people: []\n", "hash-object", "-w", "--stdin").decode().strip()
    commit = gate.git("commit-tree", made(gate, evil).decode().strip(), "-p", "main", "-m", "Nothing to see")
    said = gate.run("review", "--base", "main", "--head", commit)
    assert (said.code, words in said.out + said.err) == (code, True)


@pytest.mark.parametrize("base", ["main", "origin/main", "main~1", "a part of its id"])
def test_a_tag_takes_the_name_of_what_a_change_is_compared_with(gate: Gate, base: str) -> None:
    """To git the tag comes first, and nothing would seem to have changed."""
    landed = gate.head()
    gate.git("update-ref", "refs/remotes/origin/main", landed)
    gate.branch()
    gate.edit(REG, "500元", "5000元")
    gate.commit()
    base = landed[:9] if base.startswith("a part") else base
    assert gate.run("review", "--base", base, "--head", "change").code == 1
    gate.git("tag", base.partition("~")[0], "HEAD")
    said = gate.run("review", "--base", base, "--head", "change")
    assert (said.code, "may mean different commits" in said.err) == (3, True)
    assert gate.run("review", "--base", "refs/remotes/origin/main", "--head", "change").code == 1
    gate.git("tag", "-f", base.partition("~")[0], landed)
    assert gate.run("review", "--base", base, "--head", "change").code == 1


@pytest.mark.parametrize("verb", ["check", "audit", "review"])
def test_a_folder_of_a_repository_is_no_workspace(smuggled: Gate, verb: str) -> None:
    """Whether it lies there or git was told so: nothing of its history would be found."""
    smuggled.git("config", "core.worktree", str(smuggled.root.parent))
    said = smuggled.run(verb, *(("--base", "HEAD~1") if verb == "review" else ()))
    assert said.code == 3
    assert "core.worktree" in said.err


@pytest.mark.parametrize(
    ("date", "more"),
    [
        ("", ""),
        ("yesterday +0800", ""),
        ("-5 +0800", ""),
        ("253402300800 +0800", ""),
        ("99999999999999999999 +0800", ""),
        ("1709258400 +0800", "encoding UTF-16\n"),
    ],
)
def test_a_commit_whose_date_is_none(gate: Gate, date: str, more: str) -> None:
    """Any tool may write one, and it stays in history for ever: everybody must be able to go on."""
    gate.git("switch", "-q", "-c", "change")
    gate.edit(REG, "500元", "5000元")
    assert gate.run("new", "F-TEST", "--as", AGENT, "--no-input", "--set=note=x").code == 0
    gate.git("add", "-A")
    who = "Test <test@example.org>"
    text = f"tree {gate.git('write-tree')}\nparent {gate.head()}\nauthor {who} 1709258400 +0800\ncommitter {who} {date}\n{more}\nx\n"
    asked = ["git", "-C", str(gate.root), "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
    made = subprocess.run(asked, input=text.encode(), capture_output=True, check=True).stdout.decode().strip()
    gate.git("reset", "-q", "--hard", made)
    assert "revision-not-next" in gate.review().errors
    assert "revision-not-next" in gate.audit().errors
    for verb in (("check",), ("history", "REG-TEST"), ("as-of", "2024-03-05"), ("due",)):
        assert gate.run(*verb).code in (0, 1)


@pytest.mark.parametrize(
    ("path", "text", "finding"),
    [
        (".gitattributes", "* text eol=crlf\n", "approval-missing"),
        (".gitattributes", "* -text\nhandbook/** -diff linguist-generated export-ignore\n", "approval-missing"),
        (".gitattributes", None, "controlled-file-removed"),
        (".gitignore", "records/2024/\n", "approval-missing"),
        (".gitmodules", '[submodule "x"]\n\tpath = x\n\turl = ./x\n\tignore = all\n', "approval-missing"),
        (".mailmap", "Somebody else <else@example.org> Test <test@example.org>\n", "no-policy"),
        (".GitAttributes", "* text\n", "path-not-portable"),
        ("handbook/.gitattributes", "* -diff\n", "unclassified-change"),
        ("handbook/regulations/.gitattributes", "* -diff\n", "unclassified-change"),
        ("templates/print/.gitattributes", "*.css filter=own\n", "unclassified-change"),
        ("records/.gitattributes", "*.yaml ident\n", "unclassified-change"),
        ("records/test/2024/.gitignore", "*.yaml\n", "unclassified-change"),
    ],
)
def test_what_git_obeys_is_controlled(gate: Gate, path: str, text: str | None, finding: str) -> None:
    """It changes what is laid out, shown, committed and printed as an author, and no byte of any regulation."""
    gate.branch()
    if text is None:
        (gate.root / path).unlink()
    else:
        gate.write(path, text)
    gate.git("add", "-A", "-f")
    gate.commit()
    found = gate.review()
    assert [(each["path"], each["rule"]) for each in found.findings] == [(path, finding)]
    if finding != "path-not-portable":
        gate.land()
        assert gate.audit().errors == [finding]


def test_what_git_obeys_changes_with_its_approvals(gate: Gate) -> None:
    gate.branch()
    gate.write(".gitattributes", "* -text\n*.png -diff\n")
    gate.approve(".gitattributes", MANAGER, QUALITY)
    gate.commit()
    assert gate.review().errors == []
    assert gate.run("check").code == 0
    gate.land()
    gate.branch("next")
    gate.write(".gitattributes", "* -text\n")
    gate.commit()
    assert gate.review().errors == ["approval-missing"]
    said = gate.run("todo", MANAGER).out
    assert ".gitattributes" in said and "approve the change" in said


def test_the_opening_lists_what_git_obeys(draft: Gate) -> None:
    draft.write(".mailmap", "Else <else@example.org> <test@example.org>\n")
    draft.commit()
    said = draft.run("open", "--as", LEADER, "--yes")
    assert said.code == 3  # nobody could ever approve a change of it
    assert ".mailmap" in said.err
    draft.git("rm", "-q", ".mailmap")
    draft.commit()
    assert ".gitattributes" in draft.read(open_gate(draft))
    draft.write(".gitattributes", "* text\n")
    draft.commit()
    assert draft.review("HEAD~1").errors == ["receipt-not-valid"]
