"""Where the program may be run, and what lies there that should not: nothing is read or written outside the workspace."""

import errno
import os
import re
import subprocess
from pathlib import Path

import pytest
from department import AGENT, LEADER, Department, field, form, run_here, step
from prepared import prepared

from csdocs.model.error import CsdocsError
from csdocs.store import disk, git

PATH = "records/test/2026/11/TEST-202611-001.yaml"


@prepared
def ready(department: Department) -> None:
    department.form(
        fields=[field("note"), field("paper", "file")], steps=[step("fill"), step("lead", {"post": "R-TEAMLEAD"})]
    )
    department.new(note="x")


@pytest.mark.parametrize(
    "id",
    [
        "../outside",
        "../outside.yaml",
        "records/../../outside.yaml",
        "/etc/passwd",
        "csdocs.yaml",
        "handbook/people.yaml",
        ".",
        "",
        "%s",
        "*",
        "TEST-202611-001/../../x",
    ],
)
@pytest.mark.parametrize("verb", ["show", "why", "sign", "amend", "void", "renumber"])
def test_an_id_leads_nowhere_else(ready: Department, verb: str, id: str) -> None:
    outside = ready.root.parent / "outside.yaml"
    outside.write_text(ready.read(PATH))
    more = {
        "sign": ["--as", AGENT, "--yes"],
        "amend": ["--as", AGENT, "--reason", "x"],
        "void": ["--as", "S3001", "--reason", "x", "--yes"],
    }
    before = ready.digest()
    said = ready.run(verb, id, *more.get(verb, []))
    allowed = (
        (0,) if verb == "why" and id in ("csdocs.yaml", "handbook/people.yaml") else (2, 3)
    )  # of those it says what they wait for
    assert said.code in allowed, said
    assert ready.digest() == before
    assert outside.read_text() == ready.read(PATH)


def test_an_absolute_path_to_another_workspace_is_not_ours(ready: Department, tmp_path: Path) -> None:
    other = ready.copy(tmp_path / "other")
    assert ready.run("show", str(other.root / PATH)).code == 3


def test_a_record_is_found_by_its_path_from_where_one_stands(ready: Department) -> None:
    assert ready.run("show", PATH).code == 0
    assert run_here(ready.root / "records" / "test", ["show", "TEST-202611-001"]).code == 0
    assert run_here(ready.root / "handbook", ["check"]).code == 0
    assert run_here(ready.root / "records" / "test" / "2026" / "11", ["check", "TEST-202611-001.yaml"]).code == 0


@pytest.mark.parametrize("value", ["../../x", "A/B", "..", "a b", "中"])
def test_a_value_in_a_number_makes_no_path(department: Department, value: str) -> None:
    department.write("templates/forms/test.yaml", form(fields=[field("team", "code")], number="T-{day:YYYY}-{team}"))
    before = department.digest()
    said = department.run("new", "F-TEST", "--as", AGENT, "--no-input", f"--set=team={value}")
    assert said.code == 3, said
    assert "team" in said.err
    assert department.digest() == before
    assert not list(department.root.parent.glob("x*"))


def test_a_linked_record_is_refused(ready: Department, tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    real.write_text(ready.read(PATH))
    (ready.root / PATH).unlink()
    (ready.root / PATH).symlink_to(real)
    said = ready.run("check")
    assert said.code in (1, 3)
    assert "symbolic link" in said.err + said.text
    assert ready.sign(PATH, AGENT, "fill").code == 3
    assert "signatures:" not in real.read_text()


def test_a_linked_folder_is_not_entered(ready: Department, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "TEST-202611-002.yaml").write_text(ready.read(PATH).replace("-001", "-002"))
    (ready.root / "records/test/2026/12").symlink_to(elsewhere)
    assert ready.run("show", "TEST-202611-002").code == 3
    assert ready.run("show", "records/test/2026/12/TEST-202611-002.yaml").code == 3
    assert ready.sign("records/test/2026/12/TEST-202611-002.yaml", AGENT, "fill").code == 3


@pytest.mark.parametrize("folder", ["records", "records/test/2026", "handbook", "handbook/regulations"])
def test_what_lies_behind_a_link_is_not_left_out_unsaid(ready: Department, tmp_path: Path, folder: str) -> None:
    ready.write(".gitignore", ".csdocs/\n")
    ready.commit("Two")
    assert ready.run("check").code == 0  # and is known from now on
    (ready.root / folder).rename(tmp_path / "moved")
    (ready.root / folder).symlink_to(tmp_path / "moved")
    for verb in (("check",), ("check", "--no-index"), ("list", "F-TEST")):
        said = ready.run(*verb)
        assert (said.code, f"{folder} is a symbolic link" in said.err) == (3, True), verb


@pytest.mark.parametrize("path", ["records/test/2026/11/TEST-202611-002.yaml", "handbook/regulations/REG-PIPE.md"])
def test_a_pipe_keeps_nobody_waiting(ready: Department, path: str) -> None:
    os.mkfifo(ready.root / path)
    assert ready.run("check").text == ready.run("check", "--no-index").text
    assert ready.run("show", "TEST-202611-002").code == 3


def test_a_branch_that_is_broken_does_not_keep_from_work(ready: Department) -> None:
    ready.commit("Two")
    ready.write(".git/refs/heads/lost", "1" * 40 + "\n")
    ready.write(".git/refs/heads/blob", ready.git("rev-parse", "HEAD:csdocs.yaml"))
    assert ready.run("new", "F-TEST", "--as", AGENT, "--no-input", "--set=note=x").text.endswith("-002.yaml\n")


def test_a_linked_attachment_is_no_attachment(ready: Department, tmp_path: Path) -> None:
    import hashlib

    secret = tmp_path / "secret.pdf"
    secret.write_bytes(b"secret")
    folder = ready.root / "records/test/2026/11/TEST-202611-001.files"
    folder.mkdir()
    (folder / "a.pdf").symlink_to(secret)
    ready.data(PATH, f"  paper: {{name: a.pdf, sha256: {hashlib.sha256(b'secret').hexdigest()}, bytes: 6}}\n")
    assert ready.run("check").code in (1, 3)


@pytest.mark.parametrize("path", ["csdocs.yaml", "handbook/people.yaml", "templates/forms/test.yaml"])
def test_a_linked_controlled_file_is_refused(ready: Department, tmp_path: Path, path: str) -> None:
    real = tmp_path / "real"
    real.write_text(ready.read(path))
    (ready.root / path).unlink()
    (ready.root / path).symlink_to(real)
    said = ready.run("check")
    assert said.code == 3
    assert "symbolic link" in said.err


def test_outside_a_workspace_the_cure_is_named(tmp_path: Path) -> None:
    for arguments in (["check"], ["list", "F-TEST"], ["new", "F-TEST", "--as", AGENT], ["show", "X"]):
        said = run_here(tmp_path, arguments)
        assert said.code == 3
        assert "csdocs init" in said.err


def test_without_git_there_is_no_workspace(ready: Department) -> None:
    import shutil

    shutil.rmtree(ready.root / ".git")
    said = ready.run("check")
    assert said.code == 3
    assert "git init" in said.err


def test_without_a_commit_it_can_be_checked(ready: Department) -> None:
    import shutil

    shutil.rmtree(ready.root / ".git")
    subprocess.run(["git", "init", "-q", str(ready.root)], check=True)
    assert ready.run("check").code == 0
    for arguments in (
        ["audit"],
        ["review", "--base", "main"],
        ["evidence", "--from", "2026-01-01", "--to", "2026-12-31"],
    ):
        said = ready.run(*arguments)
        assert (said.code, "nothing has been committed" in said.err, "git commit" in said.err) == (3, True, True), (
            said.err
        )


def test_a_shallow_clone_is_an_error_with_its_cure(ready: Department, tmp_path: Path) -> None:
    ready.commit("Two")
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", f"file://{ready.root}", str(tmp_path / "shallow")], check=True
    )
    said = run_here(tmp_path / "shallow", ["check"])
    assert said.code == 3
    assert "--unshallow" in said.err


@pytest.mark.parametrize("folder", ["records/test/2026", "handbook/regulations"])
def test_a_folder_that_nobody_lets_us_read_is_not_empty(
    ready: Department, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """Its records were said to be in order, all none of them."""
    scandir, lstat = os.scandir, os.lstat

    def locked(path: str | os.PathLike[str]) -> None:
        if f"/{folder}" in str(path) and str(path) != str(ready.root / folder):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    def scanned(path: str | os.PathLike[str]) -> object:
        if str(path) == str(ready.root / folder):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    def looked_at(path: str | os.PathLike[str]) -> object:
        locked(path)
        return lstat(path)

    monkeypatch.setattr("csdocs.store.disk.os.scandir", scanned)
    said = ready.run("check", "--no-index")
    assert (said.code, f"cannot read {folder}" in said.err, "chmod" in said.err) == (3, True, True)
    monkeypatch.setattr("csdocs.store.disk.os.lstat", looked_at)
    with pytest.raises(CsdocsError):
        disk.is_listed(ready.root, f"{folder}/11/TEST-202611-001.yaml")


def test_a_repository_of_somebody_else_is_not_called_none(ready: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever then ran `git init` as they were told would have begun another history."""
    refused = b"fatal: detected dubious ownership in repository\n\tgit config --global --add safe.directory x\n"
    monkeypatch.setattr(git, "ask", lambda *_: git.GitAnswer(128, b"", refused))
    with pytest.raises(CsdocsError) as trouble:
        git.require_repository(ready.root)
    assert "safe.directory" in trouble.value.hint.en
    monkeypatch.setattr(git, "ask", lambda *_: git.GitAnswer(128, b"", b"fatal: bad config\n"))
    with pytest.raises(CsdocsError, match="bad config"):
        git.require_repository(ready.root)


def test_a_sparse_checkout_is_an_error_with_its_cure(ready: Department, tmp_path: Path) -> None:
    """Forms and records that are not laid out were said to be in order."""
    ready.commit("Two")
    subprocess.run(["git", "clone", "-q", str(ready.root), str(tmp_path / "sparse")], check=True)
    sparse = Department(tmp_path / "sparse")
    sparse.write(".git/info/exclude", "/.csdocs/\n")
    sparse.git("sparse-checkout", "set", "handbook")
    for more in ((), ("--no-index",)):
        said = sparse.run("check", *more)
        assert (said.code, "git sparse-checkout disable" in said.err) == (3, True)
    said = sparse.run("check", "--committed")
    assert (said.code, "1 record:" in said.err + said.text) == (0, True)
    sparse.git("sparse-checkout", "disable")
    assert sparse.run("check").code == 0
    sparse.git("config", "--worktree", "core.sparseCheckout", "true")
    sparse.write(".git/info/sparse-checkout", "/*\n")
    assert sparse.run("check").code == 3  # though nothing is missing, and what was found is known


@pytest.mark.parametrize("more", [(), ("--no-index",)])
def test_what_is_no_plain_file_is_not_left_out_of_a_commit(ready: Department, more: tuple[str, ...]) -> None:
    """A record that may be run as a program, or that is a link, was not looked at where only the commit was."""
    broken = "records/test/2026/11/TEST-202611-002.yaml"
    ready.write(broken, "no record\n").chmod(0o755)
    ready.commit("A program")
    said = ready.run("check", "--committed", *more, "--format", "json")
    assert [each["rule"] for each in said.json["findings"]] == ["not-a-record"]
    (ready.root / broken).unlink()
    (ready.root / broken).symlink_to("TEST-202611-001.yaml")
    ready.commit("A link")
    said = ready.run("check", "--committed", *more)
    assert (said.code, broken in said.err, "hint:" in said.err) == (3, True, True)


def test_it_works_inside_a_hook(ready: Department, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """git names its own repository in the environment of a hook."""
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert ready.run("check").code == 0
    assert not (tmp_path / "index").exists()


def test_a_fresh_workspace_is_whole_whatever_git_is_told(
    ready: Department, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """From within a hook its first commit was empty, and the index of the other repository was lost."""
    ready.commit("Two")
    before = ready.digest()
    (tmp_path / "ignored").write_text("*.yaml\n")
    (tmp_path / "hooks").mkdir()
    (tmp_path / "hooks/pre-commit").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "hooks/pre-commit").chmod(0o755)
    (tmp_path / "config").write_text(
        "[commit]\ngpgSign = true\n[user]\nuseConfigOnly = true\n"
        f"[core]\nexcludesFile = {tmp_path}/ignored\nhooksPath = {tmp_path}/hooks\n"
    )
    with monkeypatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
        patch.setenv("GIT_DIR", str(ready.root / ".git"))
        patch.setenv("GIT_WORK_TREE", str(ready.root))
        patch.setenv("GIT_INDEX_FILE", str(ready.root / ".git/index"))
        assert run_here(tmp_path, ["init", "--demo", "a $HOME"]).code == 0
        assert os.environ["GIT_DIR"] == str(ready.root / ".git")
    made = Department(tmp_path / "a $HOME")
    assert ready.digest() == before
    assert made.git("status", "--porcelain") == ""
    assert "csdocs.yaml\n" in made.git("ls-files")
    assert made.git("log", "--format=%an %cI") == "csdocs demo 2026-11-02T09:00:00+08:00\n"


def test_what_a_commit_would_leave_out_is_named(ready: Department, tmp_path: Path) -> None:
    """Many a person's git ignores *.pdf everywhere: the scan was listed in the record, and reached nobody."""
    (tmp_path / "ignored").write_text("*.pdf\n")
    (tmp_path / "my scan.pdf").write_bytes(b"%PDF")
    ready.git("config", "core.excludesFile", str(tmp_path / "ignored"))
    said = ready.run("new", "F-TEST", "--as", AGENT, "--no-input", "--attach", f"{tmp_path}/my scan.pdf")
    assert said.code == 0
    (command,) = re.findall("git add -f [^;]*", said.err)
    subprocess.run(command, shell=True, cwd=ready.root, check=True)
    assert ready.git("diff", "--cached", "--name-only") == "records/test/2026/11/TEST-202611-002.files/my scan.pdf\n"
    assert "git ignores" not in ready.run("new", "F-TEST", "--as", AGENT, "--no-input", "--set=note=x").err


def test_in_a_linked_work_tree_and_in_a_subfolder_of_a_repository(ready: Department, tmp_path: Path) -> None:
    ready.commit("Two")
    ready.git("worktree", "add", "-q", str(tmp_path / "tree"), "HEAD")
    assert run_here(tmp_path / "tree", ["check"]).code == 0


@pytest.mark.parametrize(
    ("what", "change", "slug"),
    [
        ("CRLF", lambda data: data.replace(b"\n", b"\r\n"), "forbidden-character"),
        ("byte order mark", lambda data: b"\xef\xbb\xbf" + data, "forbidden-character"),
        ("UTF-16", lambda data: data.decode().encode("utf-16"), "not-utf8"),
        ("GBK", lambda data: data.replace(b"note: x", "note: 客服".encode("gbk")), "not-utf8"),
        ("a tab", lambda data: data.replace(b"data: ", b"data:\t"), "forbidden-character"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_bytes_of_a_record_are_plain(ready: Department, what: str, change: object, slug: str) -> None:
    data = (ready.root / PATH).read_bytes()
    ready.write(PATH, change(data))  # type: ignore[operator]
    assert ready.slugs() == [slug]
    assert ready.sign(PATH, AGENT, "fill").code == 3
    assert (ready.root / PATH).read_bytes() == change(data)  # type: ignore[operator]


def test_names_with_spaces_and_chinese_are_no_trouble(founded: Department, tmp_path: Path) -> None:
    department = founded.copy(tmp_path / "客服 部门 (1)")
    department.form(steps=[step("fill"), step("lead", {"post": "R-TEAMLEAD"})])
    path = department.new(note="x")
    department.must_sign(path, AGENT, "fill")
    department.must_sign(path, LEADER, "lead")
    assert department.slugs() == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("time_zone: Asia/Shanghai", "time_zone: Mars/Base"),
        ("time_zone: Asia/Shanghai", "time_zone: ../../etc/passwd"),
        ("time_zone: Asia/Shanghai", "time_zone: /etc/localtime"),
        ("clock: 2026-11-02T09:00:00+08:00", "clock: gestern"),
        ("clock: 2026-11-02T09:00:00+08:00", "clock: 0001-01-01T00:00:00+08:00"),
        ("demo: true", "demo: maybe"),
        ("workspace: 0123456789abcdef0123456789abcdef", "workspace: x"),
        ("profiles: [GEN]", "profiles: {GEN: 1}"),
        ("languages: [en, zh]", "languages: [fr]"),
        ("organisation: {zh: 试验部, en: Test department}", "organisation: x"),
    ],
)
def test_settings_that_cannot_be_used_are_said_to_be(ready: Department, old: str, new: str) -> None:
    ready.edit("csdocs.yaml", old, new)
    said = ready.run("check")
    assert said.code in (1, 3), said
    line = ready.read("csdocs.yaml").split("\n").index(new) + 1
    assert f"csdocs.yaml:{line}:" in said.err + said.text


def test_settings_that_notepad_saved_are_said_to_be(ready: Department) -> None:
    ready.write("csdocs.yaml", "\ufeff" + ready.read("csdocs.yaml"))
    said = ready.run("check")
    assert (said.code, "csdocs.yaml:1:1" in said.err) == (3, True)
    slug, page = re.findall(r"csdocs explain ([a-z-]+)", said.err)
    assert "Notepad" in ready.run("explain", slug).text and page == "workspace"


def test_a_file_below_records_that_is_no_record_is_noted(ready: Department) -> None:
    ready.write("records/test/2026/11/TEST-202611-002.yml", "record: x\n")
    ready.write("records/test/2026/11/notes.txt", "x\n")
    assert ready.slugs() == ["file-left-over", "file-left-over"]


def test_a_command_that_is_shown_can_be_pasted(ready: Department, tmp_path: Path) -> None:
    """A copy that an explorer of files made, in a folder whose name has a space."""
    ready.write("handbook/regulations/REG-TEST - 副本.md", ready.read("handbook/regulations/REG-TEST.md"))
    (ready.root / "handbook/regulations/REG-TEST.md").unlink()
    ready.commit("A copy")
    (command,) = re.findall("mv -i .*", ready.run("check").text)
    subprocess.run(command, shell=True, cwd=ready.root, check=True)
    assert ready.slugs() == []


def test_an_empty_word_does_not_stand_for_everything(department: Department) -> None:
    for verb in (["search", " "], ["search", "x", ""], ["sql", ""], ["check", ""], ["list", ""], ["form", "lint", ""]):
        said = department.run("--lang", "en", *verb)
        assert (said.code, said.text, "it may not be empty" in said.err) == (2, "", True)


def test_a_copy_among_the_attachments_is_no_record(ready: Department) -> None:
    ready.write(
        "records/test/2026/11/TEST-202611-001.files/TEST-202611-009.yaml", ready.read(PATH).replace("-001", "-009")
    )
    assert len(ready.run("list", "F-TEST", "--format", "json").json) == 1
    assert ready.run("show", "TEST-202611-009").code == 3
    assert ready.new(note="y") == PATH.replace("-001", "-002")
