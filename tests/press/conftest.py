"""Workspaces to print from and to lay evidence out of: the reference department, and one that has been opened."""

from pathlib import Path

import pytest
from department import Department, run_here
from gate import Gate, build
from stamping import stamp_authority, time_stamp_url

__all__ = ["stamp_authority", "time_stamp_url"]

PRINT = Path(__file__).resolve().parent.parent.parent / "templates" / "print"


@pytest.fixture(scope="session")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Department:
    """The reference department with a seal. To be read, not written."""
    folder = tmp_path_factory.mktemp("laid")
    assert run_here(folder, ["init", "--demo", "department"]).code == 0
    department = Department(folder / "department")
    assert department.run("seal", "init").code == 0
    department.commit("Take a seal into use")
    department.git("repack", "-a", "-d", "-q")  # a thousand files fewer to copy
    return department


@pytest.fixture
def department(laid: Department, tmp_path: Path) -> Department:
    return laid.copy(tmp_path / "department")


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Gate:
    """Opened, with the print templates of the reference department."""
    gate = build(tmp_path_factory.mktemp("opened") / "gate")
    for source in sorted(PRINT.iterdir()):
        path = f"templates/print/{source.name}"
        gate.write(path, source.read_bytes())
        gate.approve(path)
    gate.commit("Take over the print templates")
    return gate


@pytest.fixture
def gate(opened: Gate, tmp_path: Path) -> Gate:
    return opened.copy(tmp_path / "gate")
