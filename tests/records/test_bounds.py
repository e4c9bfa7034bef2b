"""However large what lies in a workspace is, memory and time are bounded, and what is wrong is said."""

import hashlib
import resource
from pathlib import Path

import pytest
from department import AGENT, Department, run_apart

HUGE = 4 << 30  # bytes; the file has holes and takes no room
MEMORY = 1 << 30


def _modest() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def huge(department: Department, path: str) -> Path:
    made = department.write(path, "x")
    with open(made, "r+b") as file:
        file.truncate(HUGE)
    return made


def check_modestly(department: Department, *more: str) -> tuple[int, str]:
    code, out, err = run_apart(department.root, "check", *more, preexec_fn=_modest)
    return code, out.decode() + err.decode()


@pytest.mark.parametrize("listed", [6, HUGE])
def test_an_attachment_of_any_size_is_a_finding(department: Department, listed: int) -> None:
    department.form()
    path = department.new(note="x")
    digest = hashlib.sha256(b"honest").hexdigest()
    department.data(
        path, f"  note: x\n  attachments:\n    - {{name: scan.pdf, sha256: '{digest}', bytes: '{listed}'}}\n"
    )
    beside = huge(department, path.replace(".yaml", ".files/scan.pdf"))
    for more in ((), (), ("--no-index",)):
        code, said = check_modestly(department, *more)
        assert code == 1 and ("REC337" if listed == 6 else "REC306") in said, said
    beside.write_bytes(b"honest")
    assert check_modestly(department)[0] == (0 if listed == 6 else 1)


def test_a_field_says_how_large_its_files_may_be(department: Department) -> None:
    department.form(
        sections=[
            {
                "id": "main",
                "title": {"zh": "一", "en": "one"},
                "fields": [{"id": "film", "kind": "file", "label": {"zh": "片", "en": "Film"}, "max": str(200 << 20)}],
            }
        ]
    )
    path = department.new()
    size = 150 << 20
    beside = department.write(path.replace(".yaml", ".files/film.mp4"), "")
    with open(beside, "r+b") as file:
        file.truncate(size)
    digest = hashlib.sha256(bytes(size)).hexdigest()
    department.write(
        path,
        f"{department.read(path).replace('data: {}', '').rstrip()}\n"
        f"data:\n  film: {{name: film.mp4, sha256: '{digest}', bytes: '{size}'}}\n",
    )
    assert department.slugs() == []
    assert department.run("sign", path, "--as", AGENT, "--step", "fill", "--yes").code == 0


@pytest.mark.parametrize(
    "path",
    ["records/test/2026/11/TEST-202611-002.yaml", "handbook/regulations/REG-MORE.md", "templates/forms/more.yaml"],
)
def test_a_file_that_no_repository_takes_is_not_read(department: Department, path: str) -> None:
    department.form()
    huge(department, path)
    code, said = check_modestly(department)
    assert code == 3 and path in said and "hint:" in said, said
