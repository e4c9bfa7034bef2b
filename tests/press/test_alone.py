"""Somebody has the PDF and nothing else of ours: pdfdetach, ssh-keygen, and the words beside each file."""

import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from department import Department

RECORD = "TS-202609-001"


@pytest.fixture(scope="module")
def paper(laid: Department, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("paper")
    assert laid.run("render", RECORD, "--seal", "-o", str(folder)).code == 0
    return folder / f"{RECORD}.pdf"


def unpacked(paper: Path, folder: Path) -> dict[str, str]:
    """The commands that the file itself suggests, by the signature they check; everything else lies in the folder."""
    subprocess.run(["pdfdetach", "-saveall", "-o", str(folder), str(paper)], check=True)
    with pikepdf.open(paper) as pdf:
        return {name: str(each.description) for name, each in pdf.attachments.items() if name.endswith(".sig")}


def follow(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    nothing = {"PATH": str(Path(shutil.which("ssh-keygen") or "").parent), "TZ": "America/New_York"}
    return subprocess.run(["sh", "-c", command], cwd=folder, env=nothing, capture_output=True, text=True, check=False)


def test_who_signed_what_can_be_checked_from_the_file_alone(paper: Path, tmp_path: Path) -> None:
    commands = unpacked(paper, tmp_path)
    assert len(commands) > 3
    for name, command in commands.items():
        said = follow(command, tmp_path)
        assert said.returncode == 0, (command, said.stderr)
        assert 'Good "csdocs-record" signature for S' in said.stdout
        statement = tmp_path / name.replace(".sig", ".json")
        statement.write_bytes(statement.read_bytes().replace(b'"decision":"sign"', b'"decision":"sigh"'))
    assert {follow(command, tmp_path).returncode for command in commands.values()} == {255}


def test_nobody_else_passes_for_the_signer(paper: Path, tmp_path: Path) -> None:
    commands = unpacked(paper, tmp_path)
    for command in commands.values():
        person = command.split(" -I ")[1].split()[0]
        assert follow(command.replace(f"-I {person}", "-I S9999"), tmp_path).returncode == 255
