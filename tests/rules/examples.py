"""Example workspaces: a shared base and, for each rule, the files that differ from it.

In an example folder `x.yaml.deleted` takes `x.yaml` of the base away. `x.yaml.repeated` stands for a file too long to
read: its first line is a number, and the last line of the rest is laid that many times. An example whose `csdocs.yaml` has a
root key is opened with it: everything that lies there is then approved. `x.yaml.later` is laid as `x.yaml` after that.
"""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

from csdocs.check.whole import Checked, check
from csdocs.load.workspace import Workspace
from csdocs.model.receipt import RECEIPT_NAMESPACE
from csdocs.prepare.approval import Hand, everything, make_receipt, papers
from csdocs.report.text import plain
from csdocs.store import disk, git
from csdocs.trust.keyring import signer_for

HERE = Path(__file__).parent
BASE = HERE / "_base"
EXPECTED = "expected.txt"
AUTHOR = ("Examples", "examples@example.org")
COMMITTED = dt.datetime.fromisoformat("2026-11-18T09:00:00+08:00")
NOW = dt.datetime.fromisoformat("2026-11-20T18:00:00+08:00")  # for the examples without the base's fixed clock


def folders() -> tuple[Path, ...]:
    """Every `<slug>/good` and `<slug>/bad`."""
    return tuple(sorted(found for kind in ("good", "bad") for found in HERE.glob(f"[!_]*/{kind}")))


def build_base(root: Path) -> Path:
    shutil.copytree(BASE, root)
    git.initialise(root)
    git.commit_all(root, "Base", AUTHOR, COMMITTED)
    return root


def lay(folder: Path, base: Path, root: Path) -> Path:
    """The base's history and files with those of an example folder on top, not committed."""
    shutil.copytree(base, root)
    for source in files_of(folder):
        target = root / source.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        match source.suffix:
            case ".later":
                continue
            case ".deleted":
                target.with_suffix("").unlink()
            case ".repeated":
                target.with_suffix("").write_bytes(_repeated(source.read_bytes()))
            case _:
                shutil.copy(source, target)
    workspace = Workspace(root, NOW)
    for key in workspace.settings.root_keys:
        _open(workspace, key.person)
    for source in folder.rglob("*.later"):
        shutil.copy(source, root / source.relative_to(folder).with_suffix(""))
    return root


def _open(workspace: Workspace, person: str) -> None:
    post = workspace.register.person[person].posts[0].post
    receipt = make_receipt(workspace, everything(workspace), "open", Hand(person, post, COMMITTED))
    for paper in papers(receipt, signer_for(f"{person}-root", None, RECEIPT_NAMESPACE, demo=True)):
        disk.write(workspace.root, paper.path, paper.data, was=paper.was)
    git.commit_all(workspace.root, "Open", AUTHOR, COMMITTED)


def files_of(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path != folder / EXPECTED)


def _repeated(data: bytes) -> bytes:
    count, _, text = data.partition(b"\n")
    head, _, last = text.removesuffix(b"\n").rpartition(b"\n")
    return head + (b"\n" + last) * int(count) + b"\n"


def judge(root: Path) -> Checked:
    return check(Workspace(root, NOW))


def as_text(report: Checked) -> str:
    return "".join(f"{line}\n" for line in plain(report.findings, "en"))
