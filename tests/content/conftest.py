"""This repository at the moment from which the tests of a module look back: their `LATER`."""

from pathlib import Path

import pytest
from desk import Desk

from csdocs.load.workspace import Workspace


@pytest.fixture(scope="module")
def later(root: Path, request: pytest.FixtureRequest) -> Workspace:
    return Workspace(root, request.module.LATER)


@pytest.fixture
def desk(later: Workspace) -> Desk:
    return Desk(later)
