"""Every word spoken to git. Bulk reading is streaming plumbing; porcelain goes through GitPython."""

import datetime as dt
import os
import re
import subprocess
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text

# of git's own variables these say who asks and how to reach others; all others may lead it to another repository, as inside a
# hook, or let it see another history
_HARMLESS = ("GIT_CONFIG_", "GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_SSH", "GIT_ASKPASS", "GIT_EXEC_PATH", "GIT_SSL_")
_LEADING_ASTRAY = ("GIT_CONFIG_PARAMETERS",)
_STEPS = ("log", "--first-parent", "--diff-merges=first-parent", "-z", "--no-renames", "--reverse")
_WITH_CHANGES = ("--raw", "--no-abbrev", "--format=%H %ct %an <%ae>")
_WITH_NEW_NAMES = ("--name-only", "--format=%ct", "--diff-filter=A")
# a configuration may tell git to look less closely, to tell a history otherwise, or to run a program; here it must not
_SETTINGS = {
    "core.checkStat": "default",
    "core.commitGraph": "false",  # says again what commits say, and nobody compares the two
    "core.fsmonitor": "false",
    "core.quotePath": "false",
    "core.trustctime": "true",
    "diff.ignoreSubmodules": "none",
    "diff.orderFile": os.devnull,
    "diff.relative": "false",
    "i18n.logOutputEncoding": "UTF-8",
    "log.showRoot": "true",
    "log.showSignature": "false",
}
_CALL = ("git", *(word for key, value in _SETTINGS.items() for word in ("-c", f"{key}={value}")))
REGULAR = "100644"


class PathChange(NamedTuple):
    """What one step did to a path; an oid is "" where there is no file, a mode then "000000"."""

    path: str
    old_mode: str
    mode: str
    old_oid: str
    oid: str


class Commit(NamedTuple):
    """A first-parent step: everything that it brought, however it was merged. `time` is Unix time, `author` a claim."""

    id: str
    time: int
    author: str
    changes: tuple[PathChange, ...]


class Place(NamedTuple):
    """The commit that is checked out, and the file in which git keeps what it knows of the work tree."""

    head: str
    staged: Path


class Blob(NamedTuple):
    """A state of a path, as a first-parent commit left it; `oid` "" where it was removed."""

    path: str
    oid: str
    commit: str
    time: int


def environment() -> dict[str, str]:
    """This process's environment without what would lead git astray or make it wait."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key.startswith(_HARMLESS)}
    for name in _LEADING_ASTRAY:
        clean.pop(name, None)
    return {
        **clean,
        "GIT_GRAFT_FILE": "",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C.UTF-8",
    }


def _command(root: Path, *arguments: str) -> list[str]:
    return [*_CALL, "-C", str(root), *arguments]


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            _command(root, *arguments), capture_output=True, check=False, env=environment(), stdin=subprocess.DEVNULL
        )
    except FileNotFoundError:
        raise CsdocsError(
            Text("找不到 git", "git was not found"),
            Text("请安装 git 2.34 或更高版本", "install git, version 2.34 or later"),
        ) from None


def _output(root: Path, *arguments: str) -> bytes:
    done = _git(root, *arguments)
    if done.returncode != 0:
        raise _failed(done.stderr)
    return done.stdout


def _failed(said: bytes) -> CsdocsError:
    words = said.decode("utf-8", "replace").strip()
    return CsdocsError(
        Text("git 报告错误：{said}", "git reported an error: {said}").format(said=words),
        Text("请在该目录运行 git status 查看情况", "run git status in that folder to see what is wrong"),
    )


def _streamed(root: Path, *arguments: str) -> Iterator[bytes]:
    """What git says up to each NUL, while it says it: of a long history it says a lot."""
    import tempfile

    command = _command(root, *arguments)
    with tempfile.TemporaryFile() as errors:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, env=environment()) as process:
            assert process.stdout is not None
            rest = b""
            try:
                while block := process.stdout.read(_BLOCK):
                    *whole, rest = (rest + block).split(b"\0")
                    yield from whole
            except GeneratorExit:
                process.kill()
                raise
        if process.returncode != 0:
            errors.seek(0)
            raise _failed(errors.read())
    yield rest


_BLOCK = 1 << 18


def require_repository(root: Path) -> None:
    """The workspace must be the top of a git work tree with its whole history."""
    asked = ("--is-inside-work-tree", "--is-shallow-repository", "--show-prefix")
    inside, shallow, prefix, *_ = (*_git(root, "rev-parse", *asked).stdout.split(b"\n"), b"", b"")
    if inside != b"true":
        raise CsdocsError(
            Text("{root} 不是 git 仓库", "{root} is not a git repository").format(root=root),
            Text("请先运行 git init，再提交一次", "run git init there first, then commit once"),
        )
    if shallow != b"false":
        raise CsdocsError(
            Text("这是浅克隆，缺少历史记录", "this is a shallow clone: its history is missing"),
            Text(
                "请运行 git fetch --unshallow（CI 中设 fetch-depth: 0）",
                "run git fetch --unshallow (in CI: fetch-depth: 0)",
            ),
        )
    if prefix:
        # paths of its history would be others, and nothing would be found where it is looked for
        raise CsdocsError(
            Text("{root} 不是其 git 仓库的顶层目录", "{root} is not the top of its git repository").format(root=root),
            Text(
                "工作区须自成一个仓库：在该目录运行 git init；若 git 设有 core.worktree，请去掉",
                "a workspace is a repository of its own: run git init there, and unset core.worktree where git has it",
            ),
        )


def head(root: Path) -> str:
    """Commit id of HEAD, "" in a repository without commits."""
    done = _git(root, "rev-parse", "--verify", "-q", "HEAD^{commit}")
    return done.stdout.decode().strip()


def commit_time(root: Path, commit: str) -> int:
    return _seconds(_output(root, "show", "-s", "--format=%ct", commit).decode())


_LATEST = 253_370_764_800  # the beginning of the year 9999, which is still a date in every time zone


def _seconds(claimed: str) -> int:
    """A time that nobody can read, or that no calendar has, is a claim like any other: it must not stop whoever reads history."""
    claimed = claimed.strip()
    return min(int(claimed), _LATEST) if claimed.isdecimal() else 0


def moment(time: int, zone: dt.tzinfo) -> dt.datetime:
    return dt.datetime.fromtimestamp(time, zone)


def changed_paths(root: Path, *under: str) -> tuple[str, ...]:
    """Paths that differ from HEAD, untracked ones included."""
    raw = _output(root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *under)
    return tuple(entry[3:].decode() for entry in raw.split(b"\0") if entry)


def clean_blobs(root: Path, under: str) -> dict[str, str]:
    """Blob id by path of the regular files below `under` that lie here as git's index has them."""
    staged = _output(root, "ls-files", "-v", "-s", "-z", "--", under)
    dirty = set(_output(root, "diff-files", "--name-only", "-z", "--", under).split(b"\0"))
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
    raw = _output(root, "ls-files", "-s", "-z", "--", *map(_exactly, named))
    entries = (entry.partition(b"\t") for entry in raw.split(b"\0") if entry)
    found = {path.decode("utf-8", "surrogateescape"): meta.split(b" ")[1].decode() for meta, _, path in entries}
    return {path: oid for path, oid in found.items() if path in wanted}


def staged_below(root: Path, folder: str) -> Iterator[tuple[str, str]]:
    """Paths and blob ids as git's index has them, in the order of their bytes, one by one."""
    for entry in _streamed(root, "ls-files", "-s", "-z", "--", _exactly(folder)):
        meta, _, path = entry.partition(b"\t")
        if path:
            yield path.decode("utf-8", "surrogateescape"), meta.split(b" ")[1].decode()


_MANY = 50  # paths in one place; more are not named one by one


def _exactly(path: str) -> str:
    return f":(literal){path}"


def staged_since(root: Path, commit: str, under: Sequence[str]) -> list[str]:
    """Paths that git's index has otherwise than a commit."""
    raw = _output(root, "diff-index", "--cached", "--name-only", "-z", "--no-renames", commit, "--", *under)
    return [path for path in raw.decode("utf-8", "surrogateescape").split("\0") if path]


def steps_since(root: Path, before: str, after: str) -> bool:
    """Whether the commit `after` lies on the main line that goes on from `before`."""
    if before == after:
        return True
    raw = _output(root, "rev-list", "--first-parent", "--parents", f"{before}..{after}").split(b"\n")
    lines = [line.split() for line in raw if line]
    return bool(lines) and lines[-1][1:2] == [before.encode()]


def last_change(root: Path, revision: str, under: Sequence[str]) -> str:
    """Id of the last first-parent step that touched these paths; "" if none did."""
    return _output(root, "log", "-1", "--first-parent", "--format=%H", revision, "--", *under).decode().strip()


def files_named(root: Path, folder: str, start: str) -> list[str]:
    """Paths below a folder that git knows or finds, by the beginning of their names."""
    plain = re.sub(r"([\\\[\]*?])", r"\\\1", start)
    asked = ("ls-files", "-z", "--cached", "--others", "--", f":(glob){folder}/**/{plain}*")
    return sorted({path for path in _output(root, *asked).decode("utf-8", "surrogateescape").split("\0") if path})


def place(root: Path) -> Place | None:
    """None outside a work tree, in a shallow clone and before the first commit."""
    asked = ("--is-inside-work-tree", "--is-shallow-repository", "--git-path", "index", "HEAD^{commit}")
    done = _git(root, "rev-parse", *asked)
    said = done.stdout.decode("utf-8", "surrogateescape").split("\n")
    if done.returncode != 0 or said[:2] != ["true", "false"]:
        return None
    return Place(said[3], root / said[2])


def differing(root: Path, under: Sequence[str]) -> tuple[list[str], list[str]]:
    """Paths that lie here otherwise than git's index has them, and those it does not have, ignored ones included."""
    asked = (
        ("diff-files", "--name-only", "-z", "--", *under),
        ("ls-files", "--others", "-z", "--", *under),
    )
    running = [subprocess.Popen(_command(root, *each), stdout=subprocess.PIPE, env=environment()) for each in asked]
    answers = [process.communicate()[0] for process in running]
    if any(process.returncode != 0 for process in running):
        raise CsdocsError(Text("git 无法列出工作区的文件", "git cannot list the files of the work tree"))
    dirty, others = (
        [path for path in answer.decode("utf-8", "surrogateescape").split("\0") if path] for answer in answers
    )
    return dirty, others


def watches_all(root: Path, under: Sequence[str]) -> bool:
    """Whether all that git has below these paths are regular files at which it looks itself."""
    entries = _output(root, "ls-files", "-v", "-s", "-z", "--", *under).split(b"\0")
    return all(entry[:5] == b"H 100" and b" 0\t" in entry for entry in entries if entry)


def staged_is(root: Path, commit: str, under: Sequence[str]) -> bool:
    """Whether git's index has below these paths what the commit has."""
    return _git(root, "diff-index", "--cached", "--quiet", commit, "--", *under).returncode == 0


def is_ignored(root: Path, path: str) -> bool:
    """Whether git takes no notice of a path: it is ignored and was not added all the same."""
    return _git(root, "check-ignore", "-q", "--", path).returncode == 0


def first_parent_log(root: Path, revision: str, *under: str, options: Sequence[str] = ()) -> Iterator[Commit]:
    """First-parent steps that touch the paths below `under`, oldest first, as one streamed `git log`."""
    return _commits(_logged(root, (*_STEPS, *_WITH_CHANGES, *options), revision, under))


def _logged(root: Path, command: Sequence[str], revision: str, under: Sequence[str]) -> Iterator[bytes]:
    try:
        yield from _streamed(root, *command, revision, "--", *under)
    except CsdocsError:
        if _git(root, "rev-parse", "--verify", "-q", f"{revision.partition('..')[2] or revision}^{{commit}}").stdout:
            raise
        # there is no commit yet


def _commits(tokens: Iterator[bytes]) -> Iterator[Commit]:
    """Commits of a NUL-separated raw log: a title, then pairs of metadata and path. A path is taken as it is, whatever it holds."""
    title: tuple[str, int, str] | None = None
    changes: list[PathChange] = []
    for token in tokens:
        if token.lstrip(b"\n").startswith(b":"):
            changes.append(_path_change(token, next(tokens)))
        elif token.strip():
            if title is not None:
                yield Commit(*title, tuple(changes))
            id, time, author = token.decode("utf-8", "replace").split(" ", 2)
            title, changes = (id.strip(), _seconds(time), author), []
    if title is not None:
        yield Commit(*title, tuple(changes))


def _path_change(meta: bytes, path: bytes) -> PathChange:
    old_mode, mode, old_oid, oid, _ = meta.decode().lstrip("\n").lstrip(":").split(" ")
    name = path.decode("utf-8", "surrogateescape")
    return PathChange(name, old_mode, mode, old_oid.strip("0") and old_oid, oid.strip("0") and oid)


def changes_between(root: Path, before: str, after: str, *under: str) -> tuple[PathChange, ...]:
    """What turns one commit's tree into another's."""
    options = ("-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--ignore-submodules=none")
    tokens = iter(_output(root, "diff-tree", *options, before, after, "--", *under).split(b"\0"))
    return tuple(_path_change(token, next(tokens)) for token in tokens if token)


def resolve(root: Path, name: str) -> str:
    """Commit id of a branch, tag or id."""
    found = _git(root, "rev-parse", "--verify", "-q", f"{name}^{{commit}}").stdout.decode().strip()
    if not found:
        raise CsdocsError(
            Text("没有提交 {name}", "there is no commit {name}").format(name=name),
            Text("用 git fetch 取得该分支，再重试", "get the branch with git fetch, then try again"),
        )
    return found


def contains(root: Path, commit: str) -> bool:
    """Whether the current branch descends from a commit."""
    return _git(root, "merge-base", "--is-ancestor", commit, "HEAD").returncode == 0


def merge_bases(root: Path, one: str, other: str) -> list[str]:
    """Commits from which two lines parted; several where they crossed before, none where they have nothing in common."""
    return _git(root, "merge-base", "--all", one, other).stdout.decode().split()


def tree(root: Path, commit: str, *under: str) -> dict[str, tuple[str, str]]:
    """Mode and blob id of every file of a commit below `under`."""
    return _entries(_output(root, "ls-tree", "-r", "-z", commit, "--", *under))


def names_below(root: Path, commit: str, under: str) -> dict[str, str]:
    """Paths of a commit's files below a folder, by file name."""
    raw = _output(root, "ls-tree", "-r", "-z", "--name-only", commit, "--", under)
    paths = raw.decode("utf-8", "surrogateescape").split("\0")
    return {path[path.rfind("/") + 1 :]: path for path in paths if path}


def holds(root: Path, commit: str, under: str) -> bool:
    """Whether anything lies below a path; False where there is no such commit."""
    return _git(root, "ls-tree", "--name-only", commit, "--", under).stdout != b""


def folder(root: Path, commit: str, path: str) -> dict[str, tuple[str, str]]:
    """Mode and object id of what lies in one folder of a commit, folders included; nothing where there is no such folder."""
    under = (f"{path}/",) if path else ()
    return _entries(_output(root, "ls-tree", "-z", commit, "--", *under))


def _entries(raw: bytes) -> dict[str, tuple[str, str]]:
    out: dict[str, tuple[str, str]] = {}
    for entry in raw.split(b"\0"):
        if entry:
            meta, _, path = entry.partition(b"\t")
            mode, _, oid = meta.decode().split(" ")
            out[path.decode("utf-8", "surrogateescape")] = (mode, oid)
    return out


def history(root: Path, *under: str, revision: str = "HEAD") -> tuple[Blob, ...]:
    """Every state that first-parent history gave the paths below `under`, oldest first."""
    return tuple(
        Blob(change.path, change.oid, commit.id, commit.time)
        for commit in first_parent_log(root, revision, *under)
        for change in commit.changes
    )


def landings(root: Path, under: str, revision: str = "HEAD") -> Iterator[tuple[str, int]]:
    """Path and Unix time of each first-parent commit that brought a path: a second time where it had been taken away."""
    time = 0
    for token in _logged(root, (*_STEPS, *_WITH_NEW_NAMES), revision, (under,)):
        if b"/" in token:
            yield token.removeprefix(b"\n").decode("utf-8", "surrogateescape"), time
        elif token.strip():
            time = _seconds(token.decode())


def read_blobs(root: Path, oids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Contents by object id, streamed through one `cat-file`; a missing object is left out."""
    wanted = list(dict.fromkeys(oids))
    if not wanted:
        return
    command = _command(root, "cat-file", "--batch", "--buffer")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()) as process:
        assert process.stdin is not None and process.stdout is not None
        feeder = threading.Thread(target=_feed, args=(process.stdin, wanted), daemon=True)
        feeder.start()
        for oid in wanted:
            answer = process.stdout.readline().split()
            if len(answer) != 3:
                continue
            data = process.stdout.read(int(answer[2]))
            process.stdout.read(1)
            yield oid, data
        feeder.join()


def _feed(pipe: "subprocess.IO[bytes]", oids: Sequence[str]) -> None:  # type: ignore[name-defined]
    with pipe:
        pipe.write("".join(f"{oid}\n" for oid in oids).encode())


def initialise(root: Path) -> None:
    """A fresh repository on branch main, unless the folder is the top of one already."""
    top = _git(root, "rev-parse", "--show-toplevel").stdout.decode().strip()
    if not top or Path(top).resolve() != root.resolve():
        _output(root, "init", "-q", "-b", "main")


def commit_all(root: Path, message: str, author: tuple[str, str], at: dt.datetime) -> str:
    """Commit everything in the work tree under this author and moment. Returns the commit id."""
    import git

    with git.Repo(root) as repository:
        actor = git.Actor(*author)
        repository.git.add(all=True)
        date = f"{int(at.timestamp())} {at:%z}"
        repository.index.commit(
            message, author=actor, committer=actor, author_date=date, commit_date=date, skip_hooks=True
        )
        return str(repository.head.commit.hexsha)


def on_branches(root: Path, under: str) -> dict[str, set[str]]:
    """Blob ids by path below a folder, on every branch we know of, fetched ones included."""
    refs = _output(root, "for-each-ref", "--format=%(objectname)", "refs/heads", "refs/remotes").decode().split()
    found: dict[str, set[str]] = {}
    for ref in dict.fromkeys(refs):
        listed = _git(root, "ls-tree", "-r", "-z", ref, "--", under)  # of a branch that is broken nothing can be said
        for path, (_, oid) in _entries(listed.stdout).items() if listed.returncode == 0 else ():
            found.setdefault(path, set()).add(oid)
    return found
