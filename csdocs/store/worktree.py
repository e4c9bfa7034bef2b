"""The work tree as git sees it: what lies here otherwise than its index has it, and that otherwise than a commit."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from csdocs.store import git

_AT_ONCE = 500  # paths that one command line is told
_MANY = 50  # paths in one place; more are not named one by one


class Place(NamedTuple):
    """The commit that is checked out, and the file in which git keeps what it knows of the work tree.

    `sparse`: where git would be told to lay out some files alone.
    """

    head: str
    staged: Path
    sparse: str


def place(root: Path) -> Place | None:
    """None outside a work tree, in a shallow clone and before the first commit."""
    paths = ("--git-path", "index", "--git-path", "info/sparse-checkout")
    asked = ("--is-inside-work-tree", "--is-shallow-repository", *paths, "HEAD^{commit}")
    done = git.ask(root, "rev-parse", *asked)
    said = done.said.decode("utf-8", "surrogateescape").split("\n")
    if done.code != 0 or said[:2] != ["true", "false"]:
        return None
    return Place(said[4], root / said[2], said[3])


def changed_paths(root: Path, *under: str) -> tuple[str, ...]:
    """Paths that differ from HEAD, untracked ones included."""
    raw = git.output(root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *under)
    return tuple(entry[3:] for entry in git.names(raw))


def differing(root: Path, under: Sequence[str]) -> tuple[list[str], list[str]]:
    """Paths that lie here otherwise than git's index has them, and those it does not have, ignored ones included."""
    dirty, others = git.outputs(
        root, ("diff-files", "--name-only", "-z", "--", *under), ("ls-files", "--others", "-z", "--", *under)
    )
    return git.names(dirty), git.names(others)


def watches_all(root: Path, under: Sequence[str]) -> bool:
    """Whether all that git has below these paths are regular files at which it looks itself."""
    entries = git.output(root, "ls-files", "-v", "-s", "-z", "--", *under).split(b"\0")
    return all(entry[:5] == b"H 100" and b" 0\t" in entry for entry in entries if entry)


def is_ignored(root: Path, path: str, *, unknown: bool = False) -> bool:
    """Whether git takes no notice of a path: it is ignored and was not added all the same. `unknown`: its index need not be read for that."""
    more = ("--no-index",) if unknown else ()
    return git.ask(root, "check-ignore", "-q", *more, "--", path).code == 0


def ignored(root: Path, paths: Sequence[str]) -> list[str]:
    """Those of which git takes no notice: they lie here, and a commit leaves them out."""
    asked = ("ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--")
    at_once = (paths[start : start + _AT_ONCE] for start in range(0, len(paths), _AT_ONCE))
    return [path for some in at_once for path in git.names(git.output(root, *asked, *map(_exactly, some)))]


def files_named(root: Path, folder: str, start: str) -> list[str]:
    """Paths below a folder that git knows or finds, by the beginning of their names."""
    plain = re.sub(r"([\\\[\]*?])", r"\\\1", start)
    asked = ("ls-files", "-z", "--cached", "--others", "--", f":(glob){folder}/**/{plain}*")
    return sorted(set(git.names(git.output(root, *asked))))


def clean_blobs(root: Path, under: str) -> dict[str, str]:
    """Blob id by path of the regular files below `under` that lie here as git's index has them."""
    staged = git.output(root, "ls-files", "-v", "-s", "-z", "--", under)
    dirty = set(git.output(root, "diff-files", "--name-only", "-z", "--", under).split(b"\0"))
    out: dict[str, str] = {}
    for entry in staged.split(b"\0"):
        meta, _, path = entry.partition(b"\t")
        if meta[:9] == b"H 100644 " and meta[-2:] == b" 0" and path not in dirty:
            out[path.decode("utf-8", "surrogateescape")] = meta[9:-2].decode()
    return out


def staged_blobs(root: Path, paths: Sequence[str]) -> dict[str, str]:
    """Blob ids of files as git's index has them."""
    if not paths:
        return {}
    wanted, below = set(paths), {path: path.partition("/")[0] for path in paths}
    many = {top for top, count in Counter(below.values()).items() if count > _MANY}
    named = sorted({top if top in many else path for path, top in below.items()})
    raw = git.output(root, "ls-files", "-s", "-z", "--", *map(_exactly, named))
    found = dict(_staged(entry) for entry in raw.split(b"\0") if entry)
    return {path: oid for path, oid in found.items() if path in wanted}


def staged_below(root: Path, folder: str) -> Iterator[tuple[str, str]]:
    """Paths and blob ids as git's index has them, in the order of their bytes, one by one."""
    for entry in git.streamed(root, "ls-files", "-s", "-z", "--", _exactly(folder)):
        if entry:
            yield _staged(entry)


def _staged(entry: bytes) -> tuple[str, str]:
    """Path and blob id."""
    meta, _, path = entry.partition(b"\t")
    return path.decode("utf-8", "surrogateescape"), meta.split(b" ")[1].decode()


def staged_since(root: Path, commit: str, under: Sequence[str]) -> list[str]:
    """Paths that git's index has otherwise than a commit."""
    raw = git.output(root, "diff-index", "--cached", "--name-only", "-z", "--no-renames", commit, "--", *under)
    return git.names(raw)


def staged_is(root: Path, commit: str, under: Sequence[str]) -> bool:
    """Whether git's index has below these paths what the commit has."""
    return git.ask(root, "diff-index", "--cached", "--quiet", commit, "--", *under).code == 0


def _exactly(path: str) -> str:
    return f":(literal){path}"
