"""Asks git: how it is started, whatever it is asked. Bulk reading is streaming plumbing; commits go through GitPython."""

import datetime as dt
import os
import re
import shlex
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text

# of git's own variables these say who asks and how to reach others; all others may lead it to another repository, as inside a
# hook, or let it see another history
_HARMLESS = ("GIT_CONFIG_", "GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_SSH", "GIT_ASKPASS", "GIT_EXEC_PATH", "GIT_SSL_")
_LEADING_ASTRAY = ("GIT_CONFIG_PARAMETERS",)
# while git asks a hook whether to take a push, what was pushed lies apart
_PUSHED = ("GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")
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
# what a person has set for their own commits does not change, stop or leave out anything of one that is made for them
_AS_IT_LIES = (
    f"core.hooksPath={os.devnull}",
    f"core.excludesFile={os.devnull}",
    "commit.gpgSign=false",
    "i18n.commitEncoding=UTF-8",
)
_CALL = ("git", *(word for key, value in _SETTINGS.items() for word in ("-c", f"{key}={value}")))
_BLOCK = 1 << 18
LEAST = (2, 34)  # version: older ones do not know all that they are asked
Running = subprocess.Popen[bytes]


class GitAnswer(NamedTuple):
    code: int
    said: bytes
    errors: bytes


def environment() -> dict[str, str]:
    """This process's environment without what would lead git astray or make it wait."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key.startswith(_HARMLESS)}
    for name in _LEADING_ASTRAY:
        clean.pop(name, None)
    if _PUSHED[0] in os.environ:
        clean |= {key: value for key, value in os.environ.items() if key in _PUSHED}
    return {
        **clean,
        "GIT_GRAFT_FILE": "",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C.UTF-8",
    }


def version() -> tuple[int, ...]:
    """Of the git that is found, as far as it is made of numbers."""
    said = ask(Path(), "--version").said.decode("utf-8", "replace")
    found = re.search(r"\d+(?:\.\d+)+", said)
    return tuple(map(int, found[0].split("."))) if found else ()


def start(
    root: Path, *arguments: str, stdin: int = subprocess.DEVNULL, stderr: IO[bytes] | int | None = None
) -> Running:
    command = [*_CALL, "-C", str(root), *arguments]
    try:
        return subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, stderr=stderr, env=environment())
    except FileNotFoundError:
        raise CsdocsError(
            Text("找不到 git", "git was not found"),
            Text("请安装 git 2.34 或更高版本", "install git, version 2.34 or later"),
        ) from None


def ask(root: Path, *arguments: str) -> GitAnswer:
    return _answer(start(root, *arguments, stderr=subprocess.PIPE))


def _answer(process: Running) -> GitAnswer:
    with process:
        said, errors = process.communicate()
    return GitAnswer(process.returncode, said, errors)


def output(root: Path, *arguments: str) -> bytes:
    return _output(ask(root, *arguments))


def outputs(root: Path, *questions: Sequence[str]) -> list[bytes]:
    """The same of several questions that git is asked at one time."""
    running = [start(root, *each, stderr=subprocess.PIPE) for each in questions]
    return [_output(answer) for answer in [_answer(process) for process in running]]


def _output(answer: GitAnswer) -> bytes:
    if answer.code != 0:
        raise _failed(answer.errors)
    return answer.said


def _failed(errors: bytes) -> CsdocsError:
    words = errors.decode("utf-8", "replace").strip()
    return CsdocsError(
        Text("git 报告错误：{said}", "git reported an error: {said}").format(said=words),
        Text("请在该目录运行 git status 查看情况", "run git status in that folder to see what is wrong"),
    )


def streamed(root: Path, *arguments: str) -> Iterator[bytes]:
    """What git says up to each NUL, while it says it: of a long history it says a lot."""
    import tempfile

    with tempfile.TemporaryFile() as errors:
        with start(root, *arguments, stderr=errors) as process:
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


def names(said: bytes) -> list[str]:
    """Paths that git lists with a NUL after each."""
    return [path for path in said.decode("utf-8", "surrogateescape").split("\0") if path]


def bare(folder: Path) -> Path | None:
    """The repository without a work tree around a folder, as on a server."""
    asked = ("--is-bare-repository", "--path-format=absolute", "--git-dir")
    is_bare, found, *_ = (*ask(folder, "rev-parse", *asked).said.decode("utf-8", "surrogateescape").split("\n"), "")
    return Path(found) if is_bare == "true" else None


def require_repository(root: Path, *, laid_out: bool = False) -> None:
    """The workspace must be the top of a git work tree with its whole history. `laid_out`: and with all of its files."""
    asked = ("--is-inside-work-tree", "--is-shallow-repository", "--show-prefix", "--git-path", "info/sparse-checkout")
    answer = ask(root, "rev-parse", *asked)
    inside, shallow, prefix, sparse, *_ = (*answer.said.split(b"\n"), b"", b"", b"")
    if inside != b"true":
        raise _no_repository(root, answer.errors)
    if shallow != b"false":
        raise _shallow()
    if prefix:
        # paths of its history would be others, and nothing would be found where it is looked for
        raise CsdocsError(
            Text("{root} 不是其 git 仓库的顶层目录", "{root} is not the top of its git repository").format(root=root),
            Text(
                "工作区须自成一个仓库：在该目录运行 git init；若 git 设有 core.worktree，请去掉",
                "a workspace is a repository of its own: run git init there, and unset core.worktree where git has it",
            ),
        )
    if laid_out and is_sparse(root, os.fsdecode(sparse)):
        raise _sparse()


def is_sparse(root: Path, listed: str) -> bool:
    """Whether git was told to lay out some files alone. `listed`: where it would be told which."""
    return (root / listed).is_file() and ask(root, "config", "--type=bool", "core.sparseCheckout").said == b"true\n"


def _no_repository(root: Path, errors: bytes) -> CsdocsError:
    if b"safe.directory" in errors:
        return CsdocsError(
            Text(
                "{root} 属于另一个用户，git 因此不读它", "{root} belongs to another user, so git does not read it"
            ).format(root=root),
            Text(
                "确认可信之后运行 git config --global --add safe.directory {root}",
                "if you trust it: git config --global --add safe.directory {root}",
            ).format(root=shlex.quote(str(root))),
        )
    if os.path.lexists(root / ".git"):
        return _failed(errors)
    return CsdocsError(
        Text("{root} 不是 git 仓库", "{root} is not a git repository").format(root=root),
        Text("请先运行 git init，再提交一次", "run git init there first, then commit once"),
    )


def _sparse() -> CsdocsError:
    return CsdocsError(
        Text("这是稀疏检出，有些文件不在这里", "this is a sparse checkout: some files are not laid out here"),
        Text(
            "请运行 git sparse-checkout disable；只检查已提交的内容，用 csdocs check --committed",
            "run git sparse-checkout disable; what is committed can be checked with csdocs check --committed",
        ),
    )


def require_history(repository: Path) -> None:
    """A bare repository must have its whole history."""
    if output(repository, "rev-parse", "--is-shallow-repository") != b"false\n":
        raise _shallow()


def _shallow() -> CsdocsError:
    return CsdocsError(
        Text("这是浅克隆，缺少历史记录", "this is a shallow clone: its history is missing"),
        Text(
            "请运行 git fetch --unshallow（CI 中设 fetch-depth: 0）",
            "run git fetch --unshallow (in CI: fetch-depth: 0)",
        ),
    )


def initialise(root: Path) -> None:
    """A fresh repository on branch main, unless the folder is the top of one already."""
    top = ask(root, "rev-parse", "--show-toplevel").said.decode().strip()
    if not top or Path(top).resolve() != root.resolve():
        output(root, "init", "-q", "-b", "main")


def commit_all(root: Path, message: str, author: tuple[str, str], at: dt.datetime) -> str:
    """Commit everything in the work tree under this author and moment. Returns the commit id."""
    date = f"{int(at.timestamp())} {at:%z}"
    who = {
        f"GIT_{role}_{fact}": value
        for role in ("AUTHOR", "COMMITTER")
        for fact, value in zip(("NAME", "EMAIL", "DATE"), (*author, date), strict=True)
    }
    with _cleanly():
        import git

        asked = git.Git()  # which would take a $ in the name of a folder for a variable
        asked.set_persistent_git_options(C=str(root.resolve()), c=list(_AS_IT_LIES))
        try:
            with asked.custom_environment(**who):
                asked.add(all=True)
                asked.commit("--quiet", "--allow-empty", "--cleanup=verbatim", message=message)
            return str(asked.rev_parse("HEAD"))
        except git.GitCommandError as error:
            raise _failed(str(error.stderr).encode()) from None


@contextmanager
def _cleanly() -> Iterator[None]:
    """GitPython starts git in this process's own environment."""
    before = dict(os.environ)
    try:
        _become(environment())
        yield
    finally:
        _become(before)


def _become(variables: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(variables)
