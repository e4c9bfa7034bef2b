"""Where the bytes of a workspace come from: the work tree as it lies, or one commit exactly as it was."""

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Protocol

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text
from csdocs.store import disk, git


class Source(Protocol):
    @property
    def tip(self) -> str:
        """The commit at which its history ends, as git is asked for it."""

    def files_below(self, folder: str) -> Iterator[str]:
        """Paths of the regular files below a folder, sorted; hidden ones are left out."""

    def read(self, path: str) -> bytes: ...


class WorkTree:
    tip = "HEAD"

    def __init__(self, root: Path) -> None:
        self.root = root

    def files_below(self, folder: str) -> Iterator[str]:
        return disk.files_below(self.root, folder)

    def read(self, path: str) -> bytes:
        return disk.read(self.root, path)


class CommitTree:
    """What lies in the work tree beside it is never looked at."""

    def __init__(self, root: Path, commit: str) -> None:
        self.root = root
        self.tip = git.resolve(root, commit)
        self._folders: dict[str, dict[str, bytes]] = {}

    def __reduce__(self) -> tuple[Callable[..., "CommitTree"], tuple[Path, str]]:
        return CommitTree, (self.root, self.tip)

    @cached_property
    def _entries(self) -> dict[str, tuple[str, str]]:
        return git.tree(self.root, self.tip)

    def files_below(self, folder: str) -> Iterator[str]:
        start = f"{folder}/"
        regular = (path for path, (mode, _) in self._entries.items() if mode == git.REGULAR and path.startswith(start))
        return iter(sorted((path for path in regular if disk.is_plain(path[len(start) :])), key=disk.walking_order))

    def read(self, path: str) -> bytes:
        mode, _ = self._entries.get(path, ("", ""))
        if mode != git.REGULAR:
            reason = Text("不是普通文件", "not a regular file") if mode else Text("没有这个文件", "no such file")
            raise CsdocsError(
                Text(f"提交 {self.tip[:12]} 中的 {path}：{reason.zh}", f"{path} in commit {self.tip[:12]}: {reason.en}")
            )
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            self._folders[folder] = self._read_folder(folder)
        return self._folders[folder][path]

    def _read_folder(self, folder: str) -> dict[str, bytes]:
        """A whole folder in one go: whoever asks for one file of it soon asks for the next."""
        oids = {
            path: oid
            for path, (mode, oid) in self._entries.items()
            if mode == git.REGULAR and path.rpartition("/")[0] == folder
        }
        blobs = dict(git.read_blobs(self.root, oids.values()))
        return {path: blobs[oid] for path, oid in oids.items()}
