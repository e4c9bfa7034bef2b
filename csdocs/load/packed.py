"""Values put away small: a hundred thousand records are kept, and few of them are looked at again."""

import pickle
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

Keys = tuple[str, ...]


class Packed(Mapping[str, Any]):
    """A mapping in an eighth of the room, unpacked when it is asked. It is never written anywhere."""

    __slots__ = ("_bytes", "_keys")
    __hash__ = None  # type: ignore[assignment]  # like any mapping

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._keys = _shared(tuple(values))
        self._bytes = pickle.dumps(tuple(values.values()), pickle.HIGHEST_PROTOCOL)

    def __getitem__(self, key: str) -> Any:
        return unpacked(self)[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and unpacked(self) == unpacked(other)


def unpacked(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same values, quick to look at many times."""
    return _unpacked(values._keys, values._bytes) if isinstance(values, Packed) else values


@lru_cache(maxsize=1_000)
def _shared(keys: Keys) -> Keys:
    """One for all records in which the same fields are filled."""
    return keys


@lru_cache(maxsize=4)  # who asks for one value of a record soon asks for the next
def _unpacked(keys: Keys, packed: bytes) -> Mapping[str, Any]:
    values = pickle.loads(packed)  # noqa: S301  # what this very run packed
    return dict(zip(keys, values, strict=True))
