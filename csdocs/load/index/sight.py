"""What a process sees of a workspace: one that judges or prints elsewhere has to see the same."""

import platform
from functools import cache
from hashlib import blake2b

from csdocs import __version__
from csdocs.load.program import judge_digest, zones_digest
from csdocs.load.workspace import Workspace
from csdocs.model.error import CsdocsError
from csdocs.model.place import CONFIG, OF_GIT
from csdocs.store import disk, history, worktree
from csdocs.store.source import CommitTree, WorkTree


def sight(workspace: Workspace) -> dict[str, str]:
    """The program, the history and every file, by name; the times of files do not matter, so that a clone sees the same."""
    return {
        "csdocs": __version__,
        "Python": platform.python_version(),
        "program": _program(),
        "zones": zones_digest(),
        "commit": history.resolve(workspace.root, workspace.source.tip) if history.head(workspace.root) else "",
        "files": "" if isinstance(workspace.source, CommitTree) else _files(workspace),
    }


@cache
def _program() -> str:
    """Of the files from which this process was loaded: they may be others by now, and the process is still what it was."""
    return judge_digest()


def _files(workspace: Workspace) -> str:
    digest = blake2b(digest_size=16)
    for folder in (*disk.CONTROLLED, disk.RECORDS):
        clean = worktree.clean_blobs(workspace.root, folder) if isinstance(workspace.source, WorkTree) else {}
        for path in workspace.source.files_below(folder):
            digest.update(f"{path}\0{clean.get(path) or _blob(workspace, path)}\0".encode("utf-8", "surrogateescape"))
    for path in (CONFIG, *OF_GIT):
        digest.update(_blob(workspace, path).encode())
    return digest.hexdigest()


def _blob(workspace: Workspace, path: str) -> str:
    """git's id of the bytes, or why there are none."""
    try:
        return disk.fingerprint(workspace.read(path))
    except CsdocsError as error:
        return str(error)
