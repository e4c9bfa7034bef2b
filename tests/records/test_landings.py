"""When files landed: all at once or one by one, and as git tells it while somebody reads."""

import subprocess
from pathlib import Path

import pytest

from csdocs.load.approval.landings import Landed, LandedOneByOne
from csdocs.model.error import CsdocsError
from csdocs.store import git, history


def test_the_first_time_counts_and_names_are_taken_whole() -> None:
    told = [
        ("r/a/1.yaml", 5),
        ("r/a/1.yaml", 9),
        ("r/a/11.yaml", 6),
        ("r/b/1.yaml", 7),
        ("r/a/5", 8),
        ("r/a/\udcff", 3),
    ]
    first = dict(reversed(told))
    every = (Landed(told), LandedOneByOne(first.get, lambda: told), LandedOneByOne(first.get, lambda: told).at_once())
    for landed in every:
        assert {path: landed.get(path) for path in first} == first
        assert not [
            path for path in ("r/a/.yaml", "r/a/1.yam", "r/1.yaml", "1.yaml", "r/a/6", "r/a/") if landed.get(path)
        ]


def test_git_is_read_while_it_speaks(tmp_path: Path) -> None:
    assert list(history.landings(tmp_path, "records")) == []  # not even a repository
    git.initialise(tmp_path)
    assert list(history.landings(tmp_path, "records")) == []
    (tmp_path / "records").mkdir()
    for n in range(3000):
        (tmp_path / f"records/{n:0100}.yaml").touch()
    _git(tmp_path, "add", "-A")
    _git(tmp_path, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "Much")
    landed = history.landings(tmp_path, "records")
    assert next(landed)[0] == f"records/{0:0100}.yaml"
    assert len(list(landed)) == 2999
    tree = _git(tmp_path, "rev-parse", "HEAD^{tree}")
    (tmp_path / ".git/objects" / tree[:2] / tree[2:]).unlink()
    with pytest.raises(CsdocsError, match=tree):
        list(history.landings(tmp_path, "records"))


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()
