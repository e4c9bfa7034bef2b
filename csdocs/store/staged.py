"""Git's own index file, as far as it says which files were written lately, and where git was told not to look."""

from struct import Struct
from typing import NamedTuple

_HEAD = Struct(">4sII")
_ENTRY = Struct(">IIII24s20sH")  # ctime, mtime; device to size; blob; flags
_FIXED = 62  # bytes before the path
_MODE = slice(8, 12)
_REGULAR = ((0o100644).to_bytes(4, "big"), (0o100755).to_bytes(4, "big"))
_ODD = 0x8000 | 0x4000 | 0x3000  # not looked at; more flags follow; one side of a merge
_LENGTH = 0x0FFF


class Staged(NamedTuple):
    """`fresh`: paths of files that were written at or after the moment asked for.

    `plain`: whether git looks at every file below the folders itself, and all of them are regular.
    """

    fresh: tuple[str, ...]
    plain: bool


def staged(data: bytes, since: float, folders: tuple[str, ...]) -> Staged | None:
    """None for a layout that is not read here: somebody else has to look at every file."""
    if len(data) < _HEAD.size or _HEAD.unpack_from(data)[:2] != (b"DIRC", 2):
        return None
    below = tuple(folder.encode() for folder in folders)
    fresh: list[str] = []
    plain, moment, at = True, int(since), _HEAD.size
    unpack = _ENTRY.unpack_from
    for _ in range(_HEAD.unpack_from(data)[2]):
        ctime, _, mtime, _, stat, _, flags = unpack(data, at)
        length = flags & _LENGTH
        if length == _LENGTH:
            length = data.index(0, at + _FIXED) - at - _FIXED
        if ctime >= moment or mtime >= moment:
            fresh.append(data[at + _FIXED : at + _FIXED + length].decode("utf-8", "surrogateescape"))
        if flags & _ODD or stat[_MODE] not in _REGULAR:
            plain = plain and not data[at + _FIXED : at + _FIXED + length].startswith(below)
        at += (_FIXED + length + 8) & ~7
    if data[at : at + 4] == b"link":
        return None  # part of it lies in another file
    return Staged(tuple(fresh), plain)
