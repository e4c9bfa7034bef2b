"""One committed department a session; every test gets a copy of its own."""

from pathlib import Path

import pytest
from department import Department, build


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Department:
    return build(tmp_path_factory.mktemp("founded") / "department")


@pytest.fixture
def department(founded: Department, tmp_path: Path) -> Department:
    return founded.copy(tmp_path / "department")
