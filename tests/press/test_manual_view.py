"""What the manual prints follows the settings: exceptions of approval where everybody sees them, and nothing that is not in use."""

import shutil
import subprocess
from pathlib import Path

from csdocs.press.document import manual_view
from csdocs.press.fact import Facts

ROOT = Path(__file__).resolve().parents[2]
EXCEPTION = """
  exceptions:
    - {paths: "templates/forms/*", allow: drafter_approves, reason: 文控员一人在岗, approver: S0001, until: 2027-03-31}
"""


def printed(root: Path) -> list[tuple[str, ...]]:
    revisions = next(
        a for a in manual_view(Facts(root, None, "zh"), seal=False).appendices if a.anchor.endswith("revisions")
    )
    return [row for table in revisions.tables[1:] for row in table.rows]


def test_an_industry_that_is_off_is_not_in_the_manual(tmp_path: Path) -> None:
    for name in ("csdocs.yaml", "handbook", "templates"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    settings = tmp_path / "csdocs.yaml"
    settings.write_text(settings.read_text("utf-8").replace("profiles: [GEN, TEL]", "profiles: [GEN]"), "utf-8")
    view = manual_view(Facts(tmp_path, None, "zh"), seal=False)
    documents = {document.id for part in view.parts for document in part.documents}
    listed = {row[0] for appendix in view.appendices for table in appendix.tables for row in table.rows}
    assert {"REG-DUTY", "HB-20"} <= documents
    assert not {"REG-HANDOVER", "REG-ROOM"} & (documents | listed)
    assert "F-COMPLAINT" in listed
    assert "F-HANDOVER" not in listed


def test_an_exemption_stands_in_the_manual(tmp_path: Path) -> None:
    for name in ("csdocs.yaml", "handbook", "templates"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert printed(tmp_path) == []
    settings = tmp_path / "csdocs.yaml"
    settings.write_text(settings.read_text("utf-8").rstrip() + EXCEPTION, "utf-8")
    assert printed(tmp_path) == [("templates/forms/*", "起草人可以兼任审批", "文控员一人在岗", "2027-03-31")]
