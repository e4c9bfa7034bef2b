"""Example workspaces: a shared base and, for each rule, the files that differ from it.

In an example folder `x.yaml.deleted` takes `x.yaml` of the base away. `x.yaml.repeated` stands for a file too long to
read: its first line is a number, and the last line of the rest is laid that many times.
"""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

from csdocs.check import Report, check
from csdocs.load.workspace import Workspace
from csdocs.report.text import plain
from csdocs.store import git

HERE = Path(__file__).parent
BASE = HERE / "_base"
EXPECTED = "expected.txt"
COMMITTED = dt.datetime.fromisoformat("2026-11-18T09:00:00+08:00")
NOW = dt.datetime.fromisoformat("2026-11-20T18:00:00+08:00")  # for the examples without the base's fixed clock


def folders() -> tuple[Path, ...]:
    """Every `<slug>/good` and `<slug>/bad`."""
    return tuple(sorted(found for kind in ("good", "bad") for found in HERE.glob(f"[!_]*/{kind}")))


def build_base(root: Path) -> Path:
    shutil.copytree(BASE, root)
    git.initialise(root)
    git.commit_all(root, "Base", ("Examples", "examples@example.org"), COMMITTED)
    return root


def lay(folder: Path, base: Path, root: Path) -> Path:
    """The base's history and files with those of an example folder on top, not committed."""
    shutil.copytree(base, root)
    for source in files_of(folder):
        target = root / source.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        match source.suffix:
            case ".deleted":
                target.with_suffix("").unlink()
            case ".repeated":
                target.with_suffix("").write_bytes(_repeated(source.read_bytes()))
            case _:
                shutil.copy(source, target)
    return root


def files_of(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path != folder / EXPECTED)


def _repeated(data: bytes) -> bytes:
    count, _, text = data.partition(b"\n")
    head, _, last = text.removesuffix(b"\n").rpartition(b"\n")
    return head + (b"\n" + last) * int(count) + b"\n"


def judge(root: Path) -> Report:
    return check(Workspace(root, NOW))


def as_text(report: Report) -> str:
    return "".join(f"{line}\n" for line in plain(report.findings, "en"))
