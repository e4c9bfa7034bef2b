"""Values put away small: a hundred thousand records are kept, and few of them are looked at again."""

import pickle
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any


class Packed(Mapping[str, Any]):
    """A mapping in a sixth of the room, unpacked when it is asked. It is never written anywhere."""

    __slots__ = ("_bytes",)
    __hash__ = None  # type: ignore[assignment]  # like any mapping

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._bytes = pickle.dumps(dict(values), pickle.HIGHEST_PROTOCOL)

    def __getitem__(self, key: str) -> Any:
        return _unpacked(self._bytes)[key]

    def __iter__(self) -> Iterator[str]:
        return iter(_unpacked(self._bytes))

    def __len__(self) -> int:
        return len(_unpacked(self._bytes))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and unpacked(self) == unpacked(other)


def unpacked(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same values, quick to look at many times."""
    return _unpacked(values._bytes) if isinstance(values, Packed) else values


@lru_cache(maxsize=4)  # who asks for one value of a record soon asks for the next
def _unpacked(packed: bytes) -> Mapping[str, Any]:
    found: Mapping[str, Any] = pickle.loads(packed)  # noqa: S301  # what this very run packed
    return found
