"""Every test sees the same machine: no git configuration, no home, one time zone, one language."""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from csdocs.model.place import cache_directory

NAME, EMAIL, MOMENT = "Test", "test@example.org", "2026-11-02T09:00:00+08:00"


def git_settings(values: Mapping[str, str]) -> dict[str, str]:
    """What git is told besides its files, as variables."""
    pairs = {
        f"GIT_CONFIG_{part}_{n}": text
        for n, pair in enumerate(values.items())
        for part, text in zip(("KEY", "VALUE"), pair, strict=True)
    }
    return {"GIT_CONFIG_COUNT": str(len(values)), **pairs}


NEUTRAL = {
    "CSDOCS_LANG": "en",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "GIT_AUTHOR_DATE": MOMENT,
    "GIT_AUTHOR_EMAIL": EMAIL,
    "GIT_AUTHOR_NAME": NAME,
    "GIT_COMMITTER_DATE": MOMENT,
    "GIT_COMMITTER_EMAIL": EMAIL,
    "GIT_COMMITTER_NAME": NAME,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **git_settings(
        {
            "safe.directory": "*",  # a checkout that belongs to another user, as in containers, is still ours to read
            "core.fsync": "none",  # no repository of a test outlives the machine
            "maintenance.auto": "false",  # nor grows old enough to be tidied: git need not start a program to find out
        }
    ),
}
# what git sets for hooks, and a machine of its own kind: a test must not work on the repository that runs it
LEADING_ASTRAY = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_COMMON_DIR",
    "SSH_AUTH_SOCK",
    "PYTHONDONTWRITEBYTECODE",  # programs that a test starts would be compiled anew each time
    "CI",  # a test that means a machine of continuous integration says so
    "GITHUB_ACTIONS",
    "CSDOCS_SEAL_PASSPHRASE",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
)

# The same examples in every run: a failure is found again, and nothing is kept between runs.
settings.register_profile("steady", derandomize=True, database=None, deadline=None)
settings.load_profile("steady")


@pytest.fixture(scope="session", autouse=True)
def neutral_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A fixed environment; the home folder is empty and must stay so."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSDOCS_CACHE", str(cache_directory()))
        for name in LEADING_ASTRAY:
            patch.delenv(name, raising=False)
        for name, value in {**NEUTRAL, "HOME": str(home), "USERPROFILE": str(home)}.items():
            patch.setenv(name, value)
        yield
    written = sorted(path.relative_to(home) for path in home.rglob("*"))
    assert not written, f"something wrote to the home folder: {written}"


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository: itself a workspace."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def path_with_csdocs(root: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A search path for programs on which `csdocs` is this source tree."""
    folder = tmp_path_factory.mktemp("bin")
    program = folder / "csdocs"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{root}" exec "{sys.executable}" -m csdocs "$@"\n')
    program.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"
