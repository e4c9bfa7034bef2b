"""One opened workspace a session; every test gets a copy of its own."""

from pathlib import Path

import pytest
from gate import Gate, build, lay_foundation


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Gate:
    return build(tmp_path_factory.mktemp("opened") / "gate")


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Gate:
    return lay_foundation(tmp_path_factory.mktemp("founded") / "gate")


@pytest.fixture
def gate(opened: Gate, tmp_path: Path) -> Gate:
    return opened.copy(tmp_path / "gate")


@pytest.fixture
def draft(founded: Gate, tmp_path: Path) -> Gate:
    """A workspace that is still in set-up."""
    return founded.copy(tmp_path / "draft")
