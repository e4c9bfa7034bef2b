"""What lies in a work tree, as one digest: whoever has seen the same digest before need not look again."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from itertools import filterfalse
from pathlib import Path
from typing import BinaryIO, NamedTuple

from csdocs.model.error import CsdocsError
from csdocs.store import disk, git, worktree
from csdocs.store.staged import Staged, staged

NOTES = ".csdocs"  # what runs let one another know
_SHORT = 40  # letters of an id where git counts with SHA-1, as its index file then does


class TreeState(NamedTuple):
    """`digest` changes with every byte below disk.GUARDED, and with history. `as_committed`: nothing lies here that HEAD has not.

    `differing`: what lies here otherwise than git's index has it, by path, as fingerprints ("": no regular file).
    `git_index`: git's own file, and a digest of what it held. `notes`: what lies in NOTES and git's index does not have.
    """

    head: str
    digest: str
    as_committed: bool
    differing: Mapping[str, str] = {}
    git_index: tuple[Path, str] | None = None
    notes: frozenset[str] = frozenset()

    def staged(self, since: float) -> Staged | None:
        """None where it is another one by now, or one that is not read here."""
        if self.git_index is None or len(self.head) != _SHORT:
            return None
        path, digest = self.git_index
        try:
            with path.open("rb") as file:
                same = _digest(file, self.head) == digest
                file.seek(0)
                return staged(file.read(), since, disk.GUARDED) if same else None
        except OSError:
            return None


def _digest(index: BinaryIO, head: str) -> str:
    """Git ends the file with a digest of all before it: a quarter of a million files make one of 30 MB. Or with zeros, if told not to."""
    index.seek(-len(head) // 2, os.SEEK_END)
    own = index.read()
    if any(own):
        return own.hex()
    index.seek(0)
    return hashlib.blake2b(index.read(), digest_size=16).hexdigest()


def state(root: Path) -> TreeState | None:
    """None where it cannot be told: no commit yet, some files not laid out, another repository inside, no git."""
    try:
        place = worktree.place(root)
        if place is None or git.is_sparse(root, place.sparse):
            return None
        with place.staged.open("rb") as file:
            index = _digest(file, place.head)
        dirty, strange = worktree.differing(root, (*disk.GUARDED, NOTES))
    except (CsdocsError, OSError):
        return None
    notes = frozenset(filter(_is_note, strange))
    dirty, strange = [*filterfalse(_is_note, dirty)], [*filterfalse(_is_note, strange)]
    if any(path.endswith("/") or disk.is_linked_folder(f"{root}/{path}") for path in strange):
        return None  # git does not look into a repository of somebody else, nor behind a link
    # of git's index: names, ids, sizes and times of all that git knows, and where it was told not to look
    digest = hashlib.blake2b(f"{place.head}\0{index}".encode(), digest_size=16)
    found: dict[str, str] = {}
    for path in sorted({*dirty, *strange}):
        identity, found[path] = _identity(root, path)
        digest.update(f"\0{path}\0{identity}".encode("utf-8", "surrogateescape"))
    return TreeState(place.head, digest.hexdigest(), not dirty and not strange, found, (place.staged, index), notes)


def _is_note(path: str) -> bool:
    return path.partition("/")[0] == NOTES


def settles(root: Path, seen: TreeState) -> bool:
    """Whether `seen` stands for the bytes: git looks at every file here itself, and finds none that is not regular."""
    try:
        if not worktree.watches_all(root, disk.GUARDED):
            return False
        now = state(root)
    except CsdocsError:
        return False
    return now is not None and (now.head, now.digest) == (seen.head, seen.digest)


def is_head(root: Path, seen: TreeState) -> bool:
    """Whether what lies here is what the commit holds."""
    return seen.as_committed and worktree.staged_is(root, seen.head, disk.GUARDED)


class Turned(NamedTuple):
    """`paths` may lie here otherwise than a commit has them; `staged`: whether git's index has any of them otherwise."""

    paths: frozenset[str]
    staged: bool


def turned_since(root: Path, seen: TreeState, head: str, index: Staged | None) -> Turned | None:
    """Since the commit `head`, or since the moment that `index` was asked for, where git converts files.

    None where git cannot tell: then everything may lie otherwise.
    """
    if index is None or not index.plain:
        return None
    try:
        other = worktree.staged_since(root, head, disk.GUARDED)
    except CsdocsError:
        return None
    return Turned(frozenset((*seen.differing, *other, *filter(_is_looked_at, index.fresh))), bool(other))


def lies(root: Path, seen: TreeState, paths: Iterable[str]) -> dict[str, str]:
    """Fingerprints of files as `seen` has them; those that were not there are left out."""
    wanted = set(paths)
    known = {path: seen.differing[path] for path in wanted & seen.differing.keys()}
    blobs = worktree.staged_blobs(root, sorted(wanted - known.keys()))
    return {**blobs, **{path: found for path, found in known.items() if found}}


def otherwise(root: Path, seen: TreeState, folder: str, read: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Files below a folder of which other bytes were read than `seen` has. `read`: paths and fingerprints in the order of their bytes."""
    staged = worktree.staged_below(root, folder)
    entry = next(staged, None)
    for path, fingerprint in read:
        while entry is not None and entry[0] < path:
            entry = next(staged, None)
        blob = entry[1] if entry is not None and entry[0] == path else ""
        if seen.differing.get(path, blob) != fingerprint:
            yield path


def _is_looked_at(path: str) -> bool:
    return path in disk.GUARDED or path.startswith(_FOLDERS)


_FOLDERS = tuple(f"{each}/" for each in disk.GUARDED)


def _identity(root: Path, path: str) -> tuple[str, str]:
    """Times and place on the disk too: a file that was changed and changed back in the meantime was another one."""
    try:
        found = os.lstat(root / path)
        known = (found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
        if not stat.S_ISREG(found.st_mode):
            return str(known), ""
        fingerprint = disk.fingerprint_at(str(root / path))
    except OSError as error:
        return str(error.errno), ""
    return f"{known} {fingerprint}", fingerprint
