"""What history may hold that nobody would type, and what a withdrawal means."""

import datetime as dt
import subprocess
from pathlib import Path

from csdocs.load.rulebook.revision import Revision, in_force, latest
from csdocs.store import history


def commit(root: Path, message: str) -> None:
    subprocess.run(["git", "-C", str(root), "add", "-A"], check=True)
    subprocess.run(["git", "-C", str(root), "commit", "-qm", message], check=True)


def test_a_file_name_cannot_forge_a_commit(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "-b", "main", str(tmp_path)], check=True)
    names = ["a\x01b", ":000000 100644 x", "line\nbreak", f"{'0' * 40} 1 nobody <n@n>", "中文"]
    (tmp_path / "handbook").mkdir()
    for name in names:
        (tmp_path / "handbook" / name).write_text(name)
    commit(tmp_path, "One")
    (tmp_path / "handbook" / "plain").write_text("plain")
    commit(tmp_path, "Two")
    first, second = history.first_parent_log(tmp_path, "HEAD", "handbook")
    assert {change.path for change in first.changes} == {f"handbook/{name}" for name in names}
    assert [change.path for change in second.changes] == ["handbook/plain"]
    between = history.changes_between(tmp_path, first.id, second.id)
    assert [change.path for change in between] == ["handbook/plain"]


def test_a_withdrawn_file_governs_no_day_after() -> None:
    first = Revision("r", 1, dt.date(2026, 1, 1), b"revision: 1\neffective: 2026-01-01\n")
    last = Revision("r", 2, dt.date(2026, 3, 1), b"revision: 2\neffective: 2026-03-01\nwithdrawn: 2026-06-01\n")
    days = [dt.date(2025, 12, 31), dt.date(2026, 2, 28), dt.date(2026, 5, 31), dt.date(2026, 6, 1)]
    assert [in_force((first, last), day) for day in days] == [None, first, last, None]
    assert latest((first, last), dt.date(2026, 7, 1)) == last
