"""Where the bytes of a workspace come from: the work tree as it lies, or one commit exactly as it was."""

import hashlib
import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Protocol

from csdocs.model.error import CsdocsError
from csdocs.model.place import is_attachment
from csdocs.model.text import Text
from csdocs.store import disk, history, worktree


class Source(Protocol):
    @property
    def tip(self) -> str:
        """The commit at which its history ends, as git is asked for it."""

    def files_below(self, folder: str) -> Iterator[str]:
        """Paths of the files below a folder, sorted, those that cannot be read among them; hidden ones are left out."""

    def files_named(self, folder: str, start: str) -> Iterator[str]:
        """Those of them whose names begin so."""

    def holds(self, path: str) -> bool:
        """Whether anything has this name, be it a link."""

    def read(self, path: str) -> bytes: ...

    def sha256_of(self, path: str, size: int) -> str | None:
        """Of a file of that size, however large; "" for one of another size. None where there is no regular file."""


class WorkTree:
    tip = "HEAD"

    def __init__(self, root: Path) -> None:
        self.root = root

    def files_below(self, folder: str) -> Iterator[str]:
        return disk.files_below(self.root, folder)

    def files_named(self, folder: str, start: str) -> Iterator[str]:
        """Git looks them up faster than a walk would."""
        found = (path for path in worktree.files_named(self.root, folder, start) if disk.is_listed(self.root, path))
        return iter(sorted(found, key=disk.walking_order))

    def holds(self, path: str) -> bool:
        return os.path.lexists(f"{self.root}/{path}")

    def read(self, path: str) -> bytes:
        return disk.read(self.root, path)

    def sha256_of(self, path: str, size: int) -> str | None:
        return disk.sha256_of(self.root, path, size)


class Overlaid:
    """A source with files laid over it that are not in it, or not so; `without`: files that are left out."""

    def __init__(self, below: Source, files: Mapping[str, bytes], without: Collection[str] = ()) -> None:
        self._below = below
        self._files = files
        self._without = frozenset(without)
        self.tip = below.tip

    def files_below(self, folder: str) -> Iterator[str]:
        laid = (path for path in self._files if path.startswith(f"{folder}/"))
        return iter(sorted({*self._below.files_below(folder), *laid} - self._without, key=disk.walking_order))

    def files_named(self, folder: str, start: str) -> Iterator[str]:
        return _named(self.files_below(folder), start)

    def holds(self, path: str) -> bool:
        return path in self._files or (path not in self._without and self._below.holds(path))

    def read(self, path: str) -> bytes:
        return self._files[path] if path in self._files else self._below.read(path)

    def sha256_of(self, path: str, size: int) -> str | None:
        data = self._files.get(path)
        if data is None:
            return self._below.sha256_of(path, size)
        return hashlib.sha256(data).hexdigest() if len(data) == size else ""


class CommitTree:
    """What lies in the work tree beside it is never looked at."""

    def __init__(self, root: Path, commit: str) -> None:
        self.root = root
        self._commit = commit
        self._below: dict[str, list[str]] = {}
        self._folders: dict[str, dict[str, tuple[str, str]]] = {}
        self._contents: dict[str, dict[str, bytes]] = {}

    def __reduce__(self) -> tuple[Callable[..., "CommitTree"], tuple[Path, str]]:
        return CommitTree, (self.root, self.tip)

    @cached_property
    def tip(self) -> str:
        return history.resolve(self.root, self._commit)

    def files_below(self, folder: str) -> Iterator[str]:
        if folder not in self._below:
            start = f"{folder}/"
            found = history.tree(self.root, self.tip, start)
            plain = (path for path in found if disk.is_plain(path[len(start) :]))
            self._below[folder] = sorted(plain, key=disk.walking_order)
        return iter(self._below[folder])

    def files_named(self, folder: str, start: str) -> Iterator[str]:
        return _named(self.files_below(folder), start)

    def holds(self, path: str) -> bool:
        return path in self._folder_of(path)

    def read(self, path: str) -> bytes:
        mode, oid = self._folder_of(path).get(path, ("", ""))
        if mode not in history.FILES:
            reason = Text("不是普通文件", "not a regular file") if mode else Text("没有这个文件", "no such file")
            said = Text("提交 {commit} 中的 {path}：{reason}", "{path} in commit {commit}: {reason}")
            raise CsdocsError(
                said.format(commit=self.tip[:12], path=path, reason=reason),
                Text(
                    "换成普通文件，或者 git rm {path}，再提交",
                    "replace it with a regular file, or git rm {path}; then commit",
                ).format(path=path),
            )
        data = self._content(path, oid)
        if data is None:
            raise history.lost(path)
        return data

    def sha256_of(self, path: str, size: int) -> str | None:
        mode, oid = self._folder_of(path).get(path, ("", ""))
        return history.sha256_of(self.root, oid, size) if mode in history.FILES else None

    def _content(self, path: str, oid: str) -> bytes | None:
        if is_attachment(path):
            return dict(history.read_blobs(self.root, (oid,), most=sys.maxsize)).get(oid)
        folder = path.rpartition("/")[0]
        if folder not in self._contents:
            self._contents[folder] = self._read_folder(folder)
        return self._contents[folder].get(oid)

    def _folder_of(self, path: str) -> dict[str, tuple[str, str]]:
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            self._folders[folder] = history.folder(self.root, self.tip, folder)
        return self._folders[folder]

    def _read_folder(self, folder: str) -> dict[str, bytes]:
        """The files of a folder in one go, by object id: whoever asks for one of them soon asks for the next."""
        listed = self._folders[folder].values()
        return dict(history.read_blobs(self.root, (oid for mode, oid in listed if mode in history.FILES)))


def _named(paths: Iterator[str], start: str) -> Iterator[str]:
    return (path for path in paths if path.rpartition("/")[2].startswith(start))
