"""What the tests of a module begin with: made once, and copied for each."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

import pytest

P = TypeVar("P", bound="Place")


class Place(Protocol):
    """A `Department` or a `Gate`."""

    def copy(self: P, target: Path) -> P: ...


def prepared(prepare: Callable[[P], None]) -> Callable[..., P]:
    """The fixture of this name, a copy of `founded` as `prepare` leaves it."""
    made: list[P] = []

    @pytest.fixture(name=prepare.__name__)
    def copied(founded: P, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> P:
        if not made:
            first = founded.copy(tmp_path_factory.mktemp(prepare.__name__) / "department")
            prepare(first)
            made.append(first)
        return made[0].copy(tmp_path / "department")

    return copied
