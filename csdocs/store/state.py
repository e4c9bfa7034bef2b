"""What lies in a work tree, as one digest: whoever has seen the same digest before need not look again."""

import hashlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from csdocs.model.error import CsdocsError
from csdocs.model.place import CONFIG
from csdocs.store import disk, git

LOOKED_AT = (CONFIG, *disk.CONTROLLED, disk.RECORDS, ".gitattributes")


class State(NamedTuple):
    """`digest` changes with every byte below LOOKED_AT, and with history. `as_committed`: nothing lies here that HEAD has not."""

    head: str
    digest: str
    as_committed: bool


def state(root: Path) -> State | None:
    """None where it cannot be told: no commit yet, another repository inside, no git."""
    try:
        place = git.place(root)
        if place is None:
            return None
        index = place.staged.read_bytes()
        dirty, strange = git.differing(root, LOOKED_AT)
    except (CsdocsError, OSError):
        return None
    if any(path.endswith("/") for path in strange):
        return None  # git does not look into a repository of somebody else
    digest = hashlib.blake2b(f"{place.head}\0{len(index)}\0".encode(), digest_size=16)
    digest.update(index)  # names, ids, sizes and times of all that git knows, and where it was told not to look
    for identity in _identities(root, {*dirty, *strange}):
        digest.update(identity)
    return State(place.head, digest.hexdigest(), not dirty and not strange)


def settles(root: Path, seen: State) -> bool:
    """Whether `seen` stands for the bytes: git looks at every file here itself, and finds none that is not regular."""
    try:
        return git.watches_all(root, LOOKED_AT) and state(root) == seen
    except CsdocsError:
        return False


def is_head(root: Path, seen: State) -> bool:
    """Whether what lies here is what the commit holds."""
    return seen.as_committed and git.staged_is(root, seen.head, LOOKED_AT)


def _identities(root: Path, paths: Iterable[str]) -> Iterable[bytes]:
    for path in sorted(paths):
        yield f"\0{path}\0{_identity(root, path)}".encode("utf-8", "surrogateescape")


def _identity(root: Path, path: str) -> str:
    """Times and place on the disk too: a file that was changed and changed back in the meantime was another one."""
    try:
        found = os.lstat(root / path)
        known = (found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
        data = (root / path).read_bytes() if stat.S_ISREG(found.st_mode) else b""
    except OSError as error:
        return str(error.errno)
    return f"{known} {disk.fingerprint(data)}"
