"""Git's history: commits and what each step brought, the files of a commit, their contents."""

import datetime as dt
import hashlib
import re
import subprocess
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple

from csdocs.model.error import CsdocsError
from csdocs.model.place import LARGEST_FILE
from csdocs.model.skew import SKEW
from csdocs.model.text import Text, printable
from csdocs.store import git

REGULAR, PROGRAM = "100644", "100755"
FILES = (REGULAR, PROGRAM)  # whatever else has a name, a link or another repository, has no bytes of its own
_STEPS = ("log", "--first-parent", "--diff-merges=first-parent", "-z", "--no-renames", "--reverse")
_WITH_CHANGES = ("--raw", "--no-abbrev", "--format=%H %ct %an <%ae>")
_WITH_NEW_NAMES = ("--name-only", "--format=%ct", "--diff-filter=A")
_ELSEWHERE = "160000"  # another repository, whose commits git need not have
_BLOCK = 1 << 20
_PLACES = ("refs/", "refs/tags/", "refs/heads/", "refs/remotes/")  # where git looks for a name
_WHOLE_ID, _PART_OF_ID = re.compile("[0-9a-f]{40}"), re.compile("[0-9a-f]{4,39}")
_MAIN_LINES = ("main", "master")
_LATEST = 253_370_764_800  # the beginning of the year 9999, which is still a date in every time zone


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


class Blob(NamedTuple):
    """A state of a path, as a first-parent commit left it; `oid` "" where it was removed."""

    path: str
    oid: str
    commit: str
    time: int


def head(root: Path) -> str:
    """Commit id of HEAD, "" in a repository without commits."""
    return _commit_id(root, "HEAD")


def _commit_id(root: Path, name: str) -> str:
    return git.ask(root, "rev-parse", "--verify", "-q", f"{name}^{{commit}}").said.decode().strip()


def resolve(root: Path, name: str) -> str:
    """Commit id of a branch, tag or id; it must not mean two things."""
    found = _commit_id(root, name)
    if found:
        _require_one_meaning(root, name)
        return found
    if not head(root):
        raise CsdocsError(
            Text("还没有任何提交", "nothing has been committed yet"),
            Text("先提交：git add -A，再 git commit", "commit first: git add -A, then git commit"),
        )
    raise CsdocsError(
        Text("没有提交 {name}", "there is no commit {name}").format(name=name),
        Text("用 git fetch 取得该分支，再重试", "get the branch with git fetch, then try again"),
    )


def _require_one_meaning(root: Path, name: str) -> None:
    """To git a tag comes before a branch of its name: whoever may push one would choose what a change is compared with."""
    plain = re.split(r"[~^:@]", name)[0]
    if plain in ("", "HEAD") or _WHOLE_ID.fullmatch(plain):
        return
    places = [f"{place}{plain}" for place in _PLACES]
    there = set(git.output(root, "for-each-ref", "--format=%(refname)", *places).decode("utf-8", "replace").split())
    meant = {place: _commit_id(root, place) for place in places if place in there}
    if meant and _PART_OF_ID.fullmatch(plain):
        ids = git.output(root, "rev-parse", f"--disambiguate={plain}").decode().split()
        meant |= {id: _commit_id(root, id) for id in ids}
    if len(set(filter(None, meant.values()))) > 1:
        raise CsdocsError(
            Text("{name} 可指不同的提交：{all}", "{name} may mean different commits: {all}").format(
                name=plain, all=", ".join(meant)
            ),
            Text("写全名，如 {one}；或删去同名的", "give the whole name, such as {one}, or delete the other").format(
                one=[*meant][-1]
            ),
        )


def commit_time(root: Path, commit: str) -> int:
    return _seconds(git.output(root, "show", "-s", "--format=%ct", commit).decode())


def last_time(root: Path) -> int:
    """When the last commit was made, as it claims; 0 before the first."""
    return _seconds(git.ask(root, "log", "-1", "--format=%ct").said.decode())


def _seconds(claimed: str) -> int:
    """A time that nobody can read, or that no calendar has, is a claim like any other: it must not stop whoever reads history."""
    claimed = claimed.strip()
    return min(int(claimed), _LATEST) if claimed.isdecimal() else 0


def moment(time: int, zone: dt.tzinfo) -> dt.datetime:
    return dt.datetime.fromtimestamp(time, zone)


def ahead_of(root: Path, now: dt.datetime) -> dt.datetime | None:
    """When the last commit was made, if a clock that says `now` is behind it."""
    last = moment(last_time(root), now.tzinfo or dt.UTC)
    return last if last > now + SKEW else None


def contains(root: Path, commit: str) -> bool:
    """Whether the current branch descends from a commit."""
    return git.ask(root, "merge-base", "--is-ancestor", commit, "HEAD").code == 0


def steps_since(root: Path, before: str, after: str) -> bool:
    """Whether the commit `after` lies on the main line that goes on from `before`, which git may have thrown away since."""
    if before == after:
        return True
    raw = git.ask(root, "rev-list", "--first-parent", "--parents", f"{before}..{after}").said.split(b"\n")
    lines = [line.split() for line in raw if line]
    return bool(lines) and lines[-1][1:2] == [before.encode()]


def fork(root: Path, main: str | None) -> str:
    """The commit at which the branch that is checked out left the main line (`main`, where somebody says which); "" on it."""
    own = git.ask(root, "symbolic-ref", "-q", "--short", "HEAD").said.decode().strip()
    names = (main,) if main else _main_lines(root)
    if not own or own in names:
        return ""
    found = [f"refs/{place}/{name}" for name in names for place in ("heads", "remotes/origin")]
    there = [name for name in found if _commit_id(root, name)]
    if there:
        return git.ask(root, "merge-base", "HEAD", *there).said.decode().strip()
    if main or _other_branches(root, own):
        raise _no_main_line(main)
    return ""


def _main_lines(root: Path) -> tuple[str, ...]:
    remote = git.ask(root, "symbolic-ref", "-q", "--short", "refs/remotes/origin/HEAD").said.decode().strip()
    return (remote.removeprefix("origin/"),) if remote else _MAIN_LINES


def _other_branches(root: Path, own: str) -> bool:
    """A branch that is alone is the main line, whatever its name."""
    listed = git.output(root, "for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes/origin").decode()
    return not {f"refs/heads/{own}", f"refs/remotes/origin/{own}"}.issuperset(listed.split())


def _no_main_line(main: str | None) -> CsdocsError:
    if main:
        return CsdocsError(
            Text(
                "没有分支 {main}，csdocs.yaml 说它是主线",
                "there is no branch {main}, which csdocs.yaml calls the main line",
            ).format(main=main),
            Text("用 git fetch 取得它，或改正 main_branch", "get it with git fetch, or correct `main_branch`"),
        )
    return CsdocsError(
        Text("看不出哪个分支是主线", "which branch is the main line cannot be told"),
        Text(
            "在 csdocs.yaml 中写一行 main_branch: 分支名；submit、approve 也可用 --base 分支名",
            "say it in csdocs.yaml, in a line main_branch: NAME; submit and approve also take --base NAME",
        ),
    )


def merge_bases(root: Path, one: str, other: str) -> list[str]:
    """Commits from which two lines parted; several where they crossed before, none where they have nothing in common."""
    return git.ask(root, "merge-base", "--all", one, other).said.decode().split()


def last_change(root: Path, revision: str, under: Sequence[str]) -> str:
    """Id of the last first-parent step that touched these paths; "" if none did."""
    return git.output(root, "log", "-1", "--first-parent", "--format=%H", revision, "--", *under).decode().strip()


def first_parent_log(root: Path, revision: str, *under: str, options: Sequence[str] = ()) -> Iterator[Commit]:
    """First-parent steps that touch the paths below `under`, oldest first, as one streamed `git log`."""
    return _commits(_logged(root, (*_STEPS, *_WITH_CHANGES, *options), revision, under))


def states(root: Path, *under: str, revision: str = "HEAD") -> tuple[Blob, ...]:
    """Every state that first-parent history gave the paths below `under`, oldest first."""
    return tuple(
        Blob(change.path, "" if change.mode == _ELSEWHERE else change.oid, commit.id, commit.time)
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


def _logged(root: Path, command: Sequence[str], revision: str, under: Sequence[str]) -> Iterator[bytes]:
    try:
        yield from git.streamed(root, *command, revision, "--", *under)
    except CsdocsError:
        if _commit_id(root, revision.partition("..")[2] or revision):
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


def changes_between(root: Path, before: str, after: str, *under: str) -> tuple[PathChange, ...]:
    """What turns one commit's tree into another's."""
    options = ("-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--ignore-submodules=none")
    tokens = iter(git.output(root, "diff-tree", *options, before, after, "--", *under).split(b"\0"))
    return tuple(_path_change(token, next(tokens)) for token in tokens if token)


def _path_change(meta: bytes, path: bytes) -> PathChange:
    old_mode, mode, old_oid, oid, _ = meta.decode().lstrip("\n").lstrip(":").split(" ")
    name = path.decode("utf-8", "surrogateescape")
    return PathChange(name, old_mode, mode, old_oid.strip("0") and old_oid, oid.strip("0") and oid)


def tree(root: Path, commit: str, *under: str) -> dict[str, tuple[str, str]]:
    """Mode and blob id of every file of a commit below `under`."""
    return _entries(git.output(root, "ls-tree", "-r", "-z", commit, "--", *under))


def names_below(root: Path, commit: str, under: str) -> dict[str, str]:
    """Paths of a commit's files below a folder, by file name."""
    raw = git.output(root, "ls-tree", "-r", "-z", "--name-only", commit, "--", under)
    return {path[path.rfind("/") + 1 :]: path for path in git.names(raw)}


def holds(root: Path, commit: str, under: str) -> bool:
    """Whether anything lies below a path; False where there is no such commit."""
    return git.ask(root, "ls-tree", "--name-only", commit, "--", under).said != b""


def folder(root: Path, commit: str, path: str) -> dict[str, tuple[str, str]]:
    """Mode and object id of what lies in one folder of a commit, folders included; nothing where there is no such folder."""
    under = (f"{path}/",) if path else ()
    return _entries(git.output(root, "ls-tree", "-z", commit, "--", *under))


def on_branches(root: Path, under: str) -> dict[str, set[str]]:
    """Blob ids by path below a folder, on every branch we know of, fetched ones included."""
    refs = git.output(root, "for-each-ref", "--format=%(objectname)", "refs/heads", "refs/remotes").decode().split()
    found: dict[str, set[str]] = {}
    for ref in dict.fromkeys(refs):
        listed = git.ask(root, "ls-tree", "-r", "-z", ref, "--", under)
        if listed.code != 0:
            continue  # of a branch that is broken nothing can be said
        for path, (_, oid) in _entries(listed.said).items():
            found.setdefault(path, set()).add(oid)
    return found


def _entries(raw: bytes) -> dict[str, tuple[str, str]]:
    out: dict[str, tuple[str, str]] = {}
    for entry in raw.split(b"\0"):
        if entry:
            meta, _, path = entry.partition(b"\t")
            mode, _, oid = meta.decode().split(" ")
            name = path.decode("utf-8", "surrogateescape")
            if name in out:
                raise _twice(name)
            out[name] = (mode, oid)
    return out


def _twice(path: str) -> CsdocsError:
    """Git itself never writes such a tree, and which of the two a clone lays out is anybody's guess."""
    return CsdocsError(
        Text("git 的一个目录对象里有两个 {path}", "a tree of git names {path} twice").format(path=printable(path)),
        Text(
            "不要合入；用 git fsck 查找。服务器上设 git config receive.fsckObjects true，就不会收下",
            "do not let it in; git fsck finds it. A server with git config receive.fsckObjects true does not take it",
        ),
    )


def read_blobs(root: Path, oids: Iterable[str], most: int = LARGEST_FILE) -> Iterator[tuple[str, bytes]]:
    """Contents by object id, streamed through one `cat-file`; a missing object is left out, as is one of more bytes than `most`."""
    return ((oid, data) for oid, data in _answers(root, oids, most) if data is not None)


def contents(root: Path, states: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """The same for paths with their object ids, of which none may be missing: without it others would seem to have governed."""
    paths = {oid: path for path, oid in states if oid}
    found = dict(_answers(root, paths, LARGEST_FILE))
    missing = next((paths[oid] for oid, data in found.items() if data is None), None)
    if missing is not None:
        raise lost(missing)
    return {oid: data for oid, data in found.items() if data is not None}


def _answers(root: Path, oids: Iterable[str], most: int) -> Iterator[tuple[str, bytes | None]]:
    """None for what git does not have."""
    wanted = list(dict.fromkeys(oids))
    if not wanted:
        return
    with git.start(root, "cat-file", "--batch", "--buffer", stdin=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        feeder = threading.Thread(target=_feed, args=(process.stdin, wanted), daemon=True)
        feeder.start()
        for oid in wanted:
            answer = process.stdout.readline().split()
            if len(answer) != 3:
                yield oid, None
                continue
            size = int(answer[2])
            if size <= most:
                yield oid, process.stdout.read(size)
            else:
                _pass_over(process.stdout, size)
            process.stdout.read(1)
        feeder.join()


def _pass_over(pipe: IO[bytes], size: int) -> None:
    while size > 0:
        size -= len(pipe.read(min(size, _BLOCK))) or size


def sha256_of(root: Path, oid: str, size: int) -> str:
    """Of the content of an object, if it has that size; else ""."""
    said = git.ask(root, "cat-file", "-s", oid).said.strip()
    if not said:
        raise lost(oid)
    if int(said) != size:
        return ""
    digest = hashlib.sha256()
    with git.start(root, "cat-file", "blob", oid) as process:
        assert process.stdout is not None
        while block := process.stdout.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def lost(path: str) -> CsdocsError:
    """For a content that a partial clone has left out, or that nobody can mean."""
    most = LARGEST_FILE >> 20
    return CsdocsError(
        Text(
            "git 中没有 {path} 的内容，或者超过 {most} MiB",
            "git lacks the content of {path}, or it is larger than {most} MiB",
        ).format(path=path, most=most),
        Text(
            "请运行 git fetch --refetch --no-filter；仍不行，用 git fsck 看看缺什么",
            "run git fetch --refetch --no-filter; if that does not help, git fsck says what is missing",
        ),
    )


def _feed(pipe: IO[bytes], oids: Sequence[str]) -> None:
    with suppress(BrokenPipeError), pipe:  # a git that has given up says why itself
        pipe.write("".join(f"{oid}\n" for oid in oids).encode())
