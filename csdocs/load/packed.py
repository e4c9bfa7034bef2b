"""Values put away small: a hundred thousand records are kept, and few of them are looked at again."""

import datetime as dt
import marshal
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from csdocs.model.person import Staff

Keys = tuple[str, ...]


class Packed(Mapping[str, Any]):
    """A mapping in an eighth of the room, unpacked when it is asked. It is never written anywhere."""

    __slots__ = ("_bytes", "_keys")
    __hash__ = None  # type: ignore[assignment]  # like any mapping

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._keys = _shared(tuple(values))
        self._bytes = marshal.dumps([_put(value) for value in values.values()])

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
    values = map(_taken, marshal.loads(packed))  # noqa: S302  # what this very run packed
    return dict(zip(keys, values, strict=True))


def _put(value: Any) -> Any:
    """In kinds that `marshal` knows: what it does not know becomes a tuple that begins with a mark."""
    write = _WRITERS.get(type(value))
    return value if write is None else write(value)


def _taken(value: Any) -> Any:
    kind = type(value)
    if kind is tuple:
        return _READERS[value[0]](*value[1:])
    if kind is list:
        return [_taken(each) for each in value]
    return {key: _taken(each) for key, each in value.items()} if kind is dict else value


_WRITERS: dict[type, Callable[[Any], Any]] = {
    list: lambda value: [_put(each) for each in value],
    dict: lambda value: {key: _put(each) for key, each in value.items()},
    dt.datetime: lambda value: ("m", value.isoformat()),
    dt.date: lambda value: ("d", value.toordinal()),
    dt.time: lambda value: ("t", value.isoformat()),
    dt.timedelta: lambda value: ("l", value.days, value.seconds, value.microseconds),
    Decimal: lambda value: ("n", str(value)),
    Staff: lambda value: ("s", value.id, value.posts, value.since.toordinal()),
}
_READERS: dict[str, Callable[..., Any]] = {
    "m": dt.datetime.fromisoformat,
    "d": dt.date.fromordinal,
    "t": dt.time.fromisoformat,
    "l": dt.timedelta,
    "n": Decimal,
    "s": lambda id, posts, since: Staff(id, posts, dt.date.fromordinal(since)),
}
