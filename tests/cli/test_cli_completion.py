"""What a shell is told when somebody presses Tab."""

import os
import subprocess
import sys

import pytest
from department import AGENT, Department


@pytest.fixture
def ready(department: Department) -> Department:
    department.form()
    department.new(note="x")
    department.must_sign("TEST-202611-001", AGENT, "fill")
    return department


def offered(department: Department, *words: str, folder: str = ".") -> list[str]:
    """Ids that bash is offered for the last word."""
    line = " ".join(("csdocs", *words))
    asked = {"_CSDOCS_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words))}
    done = subprocess.run(
        [sys.executable, "-m", "csdocs"],
        cwd=department.root / folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **asked},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.split()]


def test_verbs_and_options(ready: Department) -> None:
    assert offered(ready, "re") == ["renumber", "revise", "report", "review", "render"]
    assert "--version" in offered(ready, "--v")
    assert "--format" in offered(ready, "check", "--f")


def test_ids_of_what_lies_in_the_workspace(ready: Department) -> None:
    assert offered(ready, "new", "f-t") == ["F-TEST"]
    assert offered(ready, "sign", "TEST") == ["TEST-202611-001"]
    assert offered(ready, "sign", "TEST", folder="records/test") == ["TEST-202611-001"]
    assert offered(ready, "sign", "X") == []
    assert offered(ready, "render", "man") == ["manual"]
    assert AGENT in offered(ready, "new", "F-TEST", "--as", "S")
    assert offered(ready, "todo", f"人{AGENT}") == [AGENT]


def test_nothing_outside_of_a_workspace(ready: Department) -> None:
    assert offered(ready, "sign", "TEST", folder="..") == []
