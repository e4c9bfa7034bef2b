"""A user whom the machine hardly knows, as in a container: no home folder, nowhere to keep anything, an old git."""

import os
from pathlib import Path

import pytest
from department import AGENT, Department, field, step

from csdocs.render.font import ensure_fonts
from csdocs.store import git, secret


@pytest.fixture
def ready(department: Department) -> Department:
    department.form(fields=[field("note")], steps=[step("fill")])
    department.new(note="x")
    return department


@pytest.fixture
def homeless(ready: Department, monkeypatch: pytest.MonkeyPatch) -> Department:
    def none() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("CSDOCS_CACHE")
    monkeypatch.setattr(Path, "home", none)
    return ready


def test_without_a_home_all_is_done_that_needs_none(homeless: Department) -> None:
    assert secret.own_secret() is None
    assert homeless.run("check").code == 0
    homeless.must_sign("TEST-202611-001", AGENT, "fill")
    for verb in (("render", "TEST-202611-001"), ("keys", "new", AGENT)):
        said = homeless.run(*verb)
        assert (said.code, "no home folder" in said.err, "HOME" in said.err) == (3, True, True), verb
    said = homeless.run("doctor")
    assert (said.code, "no home folder" in said.text, "CSDOCS_CACHE" in said.text) == (3, True, True)


def test_a_cache_that_cannot_be_written_is_named(ready: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    filled = os.environ["CSDOCS_CACHE"]
    monkeypatch.setenv("CSDOCS_CACHE", "/proc/1/csdocs")
    said = ready.run("render", "TEST-202611-001")
    assert (said.code, "/proc/1/csdocs" in said.err, "CSDOCS_CACHE" in said.err) == (3, True, True)
    monkeypatch.setattr("csdocs.cli.workspace.os.access", lambda *_: False)
    said = ready.run("doctor")
    assert (said.code, "/proc/1/csdocs cannot be written" in said.text) == (3, True)
    monkeypatch.setenv("CSDOCS_CACHE", filled)
    ensure_fonts()
    assert "cannot be written" not in ready.run("doctor").text, "the fonts are made: nothing need be"


def test_a_file_of_nobodys_home_is_not_there(ready: Department) -> None:
    """So begin the names of what Word keeps beside an open document."""
    said = ready.run("fill", "TEST-202611-001", "--no-input", "--attach", "~$报告.docx")
    assert (said.code, "~$报告.docx" in said.err) == (3, True)


@pytest.mark.parametrize(("found", "old"), [("2.25.1", True), ("2.34.0", False), ("2.47.3.windows.1", False)])
def test_an_old_git_is_said_to_be(ready: Department, monkeypatch: pytest.MonkeyPatch, found: str, old: bool) -> None:
    monkeypatch.setattr(git, "ask", lambda *_: git.GitAnswer(0, f"git version {found}\n".encode(), b""))
    assert ("2.34" in ready.run("doctor").text) == old


@pytest.mark.parametrize(
    ("found", "old"), [("OpenSSH_8.2p1 Ubuntu", True), ("OpenSSH_for_Windows_9.5p1", False), ("?", False)]
)
def test_an_old_openssh_is_said_to_be(
    ready: Department, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: str, old: bool
) -> None:
    for name in ("ssh", "ssh-keygen"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho '{found}, OpenSSL 3.0' >&2\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    said = ready.run("doctor").text
    assert ("OpenSSH 8.2 is too old: 8.9" in said, "too old" in said) == (old, old)


def test_missing_print_fonts_are_said_to_be(ready: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csdocs.render.font.PACKAGE", "csdocs-no-such-package")
    said = ready.run("doctor")
    assert (said.code, "pip install csdocs-no-such-package" in said.text) == (3, True)
