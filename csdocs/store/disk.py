"""The work tree: where files are, and how they are written without ever leaving half a one."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from csdocs.model.error import CsdocsError, system_words
from csdocs.model.place import CONFIG, CONTROLLED_FOLDERS, LARGEST_FILE, OF_GIT, is_attachment, is_stub
from csdocs.model.text import Text

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

CONTROLLED = tuple(folder.rstrip("/") for folder in CONTROLLED_FOLDERS)
CONTROLLED_PATHS = (CONFIG, *CONTROLLED, *OF_GIT)
RECORDS = "records"
GUARDED = (*CONTROLLED_PATHS, RECORDS)  # what csdocs looks at; whatever else lies here is not its business
_USUAL = 1 << 14  # bytes: more than nearly every file of a workspace has
_BLOCK = 1 << 20
_NO_PROGRAM = 0o666
_REFUSE_LINKS = getattr(os, "O_NOFOLLOW", 0)
_AS_THEY_LIE = getattr(os, "O_BINARY", 0)
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)  # a pipe would wait for somebody who writes


_LOOK = Text("看看那里有什么：ls -l {path}", "see what lies there: ls -l {path}")
_LOCKED = (errno.EACCES, errno.EPERM)
_NOT_THERE = (FileNotFoundError, NotADirectoryError)
_HINTS = {
    errno.EACCES: Text("让自己能读它：chmod u+rX {path}", "let yourself read it: chmod u+rX {path}"),
    errno.EFBIG: Text(
        f"超过 {LARGEST_FILE >> 20} MiB 的文件不属于工作区：移到别处",
        f"what is larger than {LARGEST_FILE >> 20} MiB is no file of a workspace: move it elsewhere",
    ),
    errno.ENOENT: Text("git 有的话可以取回：git restore {path}", "if git has it, bring it back: git restore {path}"),
}


def is_record(path: str) -> bool:
    return path.startswith(f"{RECORDS}/") and path.endswith(".yaml") and not is_attachment(path) and not is_stub(path)


def find_root(start: Path) -> Path:
    """The nearest folder at or above `start` that holds `csdocs.yaml`."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return folder
    raise CsdocsError(
        Text("{start} 及其上级目录中没有 {config}", "no {config} in {start} or above it").format(
            start=start, config=CONFIG
        ),
        Text(
            "请进入工作区目录，或运行 csdocs init 目录 新建一个", "go to a workspace, or make one with csdocs init DIR"
        ),
    )


def files_below(root: Path, folder: str) -> Iterator[str]:
    """Workspace-relative POSIX paths of all regular files below a folder, sorted; hidden ones are left out.

    A link to a folder is refused: what lies behind it would be left out, and nobody would know.
    """
    linked = _linked_part(root, folder)
    if linked is not None:
        raise _linked(linked)
    waiting = [folder]
    while waiting:
        where = waiting.pop()
        files, folders = _entries(root, where)
        yield from (f"{where}/{name}" for name in sorted(files) if is_plain(name))
        waiting += (f"{where}/{name}" for name in sorted(folders, reverse=True))


def _entries(root: Path, where: str) -> tuple[list[str], list[str]]:
    """Files, links to files among them, and folders. Whatever else has a name, a pipe or a device, is nothing that git keeps."""
    files: list[str] = []
    folders: list[str] = []
    try:
        with os.scandir(f"{root}/{where}") as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    files.append(entry.name)
                elif not entry.name.startswith("."):
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.name)
                    elif is_linked_folder(entry.path):
                        raise _linked(f"{where}/{entry.name}")
                    elif entry.is_symlink():
                        files.append(entry.name)
    except _NOT_THERE:
        return [], []
    except OSError as error:  # what lies there would be left out, and nobody would know
        raise _unreadable(where, error) from None
    return files, folders


def is_linked_folder(full: str) -> bool:
    return os.path.islink(full) and os.path.isdir(full)


def _linked_part(root: Path, folder: str) -> str | None:
    """The first part of a path that is a link."""
    parts = folder.split("/")
    upper = ("/".join(parts[:end]) for end in range(1, len(parts) + 1))
    return next((each for each in upper if os.path.islink(f"{root}/{each}")), None)


def _linked(path: str) -> CsdocsError:
    return CsdocsError(
        Text("{path} 是符号链接", "{path} is a symbolic link").format(path=path),
        Text("请换成普通文件或文件夹", "replace it with a regular file or folder"),
    )


def is_plain(path: str) -> bool:
    """Neither hidden nor left behind by an editor."""
    return not path.startswith(".") and "/." not in path and not path.endswith(("~", ".tmp"))


def walking_order(path: str) -> str:
    """Sorts paths as `files_below` meets them: the files of a folder before those of its folders."""
    folder, slash, name = path.rpartition("/")
    within = f"\2{folder}/".replace("/", "\0\2")[:-1] if slash else ""
    return f"{within}\1{name}"


def read(root: Path, path: str) -> bytes:
    """Bytes of a workspace file. A link is not a file of the workspace, wherever it leads."""
    try:
        return _bytes(f"{root}/{path}")
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: str, error: OSError) -> CsdocsError:
    if error.errno == errno.ELOOP:
        return _linked(path)
    return CsdocsError(
        Text("无法读取 {path}：{reason}", "cannot read {path}: {reason}").format(path=path, reason=system_words(error)),
        _HINTS.get(error.errno or 0, _LOOK).format(path=path),
    )


def _bytes(full: str) -> bytes:
    """What `open` and `read` of a file object would give, at half the price: a hundred thousand small files are read."""
    handle, found = _opened(full)
    try:
        if found.st_size > LARGEST_FILE:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        data = os.read(handle, _USUAL)
        return data if len(data) < _USUAL else b"".join((data, *_blocks(handle)))
    finally:
        os.close(handle)


def _opened(full: str) -> tuple[int, os.stat_result]:
    """A regular file. OSError for anything else."""
    if not _REFUSE_LINKS and os.path.islink(full):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    handle = os.open(full, os.O_RDONLY | _REFUSE_LINKS | _AS_THEY_LIE | _AT_ONCE)
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    return handle, found


def _blocks(handle: int) -> Iterator[bytes]:
    return iter(lambda: os.read(handle, _BLOCK), b"")


def sha256_of(root: Path, path: str, size: int) -> str | None:
    """Of a file of that size, however large; "" for one of another size, which is not read. None where there is no regular file."""
    try:
        handle, found = _opened(f"{root}/{path}")
    except OSError as error:
        if error.errno in _LOCKED:
            raise _unreadable(path, error) from None
        return None
    try:
        return _told(hashlib.sha256(), _blocks(handle)) if found.st_size == size else ""
    finally:
        os.close(handle)


def _told(digest: "hashlib._Hash", blocks: Iterable[bytes]) -> str:
    for block in blocks:
        digest.update(block)
    return digest.hexdigest()


def fingerprint(data: bytes) -> str:
    """Git's blob id: what it would call these bytes if it kept them as they are."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def fingerprint_at(full: str) -> str:
    """Of a regular file, which may be so large that its times and place must stand for it. OSError where there is none."""
    handle, found = _opened(full)
    try:
        if found.st_size > LARGEST_FILE:
            return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
        head = b"blob %d\0" % found.st_size
        return _told(hashlib.sha1(head, usedforsecurity=False), _blocks(handle))
    finally:
        os.close(handle)


def fingerprint_of(root: Path, path: str) -> str:
    """ "" for what is no regular file, and for what lies behind a link."""
    try:
        return fingerprint_at(f"{root}/{path}") if _linked_part(root, path) is None else ""
    except OSError:
        return ""


def is_listed(root: Path, path: str) -> bool:
    """Whether `files_below` would meet the path."""
    try:
        found = os.lstat(f"{root}/{path}").st_mode
    except OSError as error:
        if error.errno in _LOCKED:
            raise _unreadable(path, error) from None
        return False
    regular = stat.S_ISREG(found) or (stat.S_ISLNK(found) and not os.path.isdir(f"{root}/{path}"))
    return regular and is_plain(path) and _linked_part(root, path.rpartition("/")[0]) is None


def touched_since(root: Path, path: str, moment: float) -> bool:
    try:
        found = os.lstat(f"{root}/{path}")
    except OSError:
        return False
    return max(found.st_mtime, found.st_ctime) >= moment


def write(root: Path, path: str, data: bytes, *, was: bytes | None) -> None:
    """Replace a file in one step. `was` is what the caller read (None: there was no file); anything else is refused."""
    full = root / path
    linked = _linked_part(root, path)
    if linked is not None:
        raise _linked(linked)
    full.parent.mkdir(parents=True, exist_ok=True)
    with _alone(full.parent):
        found = full.read_bytes() if full.exists() else None
        if found != was:
            raise CsdocsError(
                Text("{path} 在此期间被改动", "{path} has changed in the meantime").format(path=path),
                Text("没有写入任何内容；请重新运行该命令", "nothing was written; run the command again"),
            )
        _replace(full, data)


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """Where to write what somebody asked for: it takes its place once all of it is there, and what goes wrong leaves nothing."""
    target = target.resolve()
    if target.exists() and not target.is_file():
        yield target  # a device, or a folder, of which the system says that it is one
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    making = target.with_name(f".csdocs-{os.getpid()}-{target.suffix[1:]}.tmp")
    try:
        yield making
        os.replace(making, target)
    except BaseException:
        making.unlink(missing_ok=True)
        raise


def lay_down(target: Path, data: bytes) -> None:
    """What was made of the workspace, wherever somebody wants it."""
    with whole(target) as making:
        making.write_bytes(data)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else writes into the folder meanwhile: two who take one number at one time must not both believe they have it."""
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system that knows no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)  # and the lock is gone, as it is when the process dies


def _grant_as_before(old: Path, new: Path) -> None:
    """Nobody may run it; a file system that knows nothing of this leaks nothing either."""
    with suppress(FileNotFoundError, PermissionError):
        granted = stat.S_IMODE(old.stat().st_mode) & _NO_PROGRAM
        if granted != stat.S_IMODE(new.stat().st_mode):
            new.chmod(granted)


def _replace(full: Path, data: bytes) -> None:
    """Who may read it stays as it was; of a new file the person's umask says so, as it does where git lays one down."""
    temporary = full.with_name(f".csdocs-{os.urandom(6).hex()}.tmp")
    try:
        with open(temporary, "xb") as file:
            _grant_as_before(full, temporary)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, full)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
