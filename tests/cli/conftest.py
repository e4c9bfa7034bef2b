"""The department of the record tests, here for its command line."""

from pathlib import Path

import pytest
from department import Department, build


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Department:
    return build(tmp_path_factory.mktemp("founded") / "department")


@pytest.fixture
def department(founded: Department, tmp_path: Path) -> Department:
    return founded.copy(tmp_path / "department")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Department:
    """The reference department as `csdocs init --demo` lays it. To be read, not written."""
    from department import run_here

    folder = tmp_path_factory.mktemp("demo")
    said = run_here(folder, ["init", "--demo", "department"])
    assert said.code == 0, said.err
    return Department(folder / "department")
