"""One committed base workspace a session; every example is laid over a copy of it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from examples import build_base


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what was reported into bad/expected.txt")


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
            patch.setenv(name, os.devnull)
        yield build_base(tmp_path_factory.mktemp("rules") / "base")


@pytest.fixture(scope="session")
def update(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("update_golden", False))


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """In the folders are workspaces, a thousand of them: no tests."""
    return collection_path.is_dir() or None
