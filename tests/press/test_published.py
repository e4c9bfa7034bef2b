"""Whom `verify` believes in an open workspace: what was approved, whatever somebody has laid there since."""

import shutil
import zipfile
from pathlib import Path

from gate import Gate

ROOT, REVOKED = "handbook/seal/root.pem", "handbook/seal/revoked.yaml"


def printed(gate: Gate, folder: str) -> str:
    said = gate.run("render", "REG-TEST", "--seal", "-o", folder)
    assert said.code == 0, said.err
    return said.out.strip()


def packed(gate: Gate, name: str) -> list[str]:
    target = gate.root.parent / name
    said = gate.run("evidence", "--from", "2024-01-01", "--to", "2099-12-31", "-o", str(target))
    assert said.code == 0, said.err
    return zipfile.ZipFile(target).namelist()


def approved(gate: Gate, path: str) -> None:
    gate.approve(path)
    gate.commit()
    assert gate.audit().errors == []


def test_what_was_approved_is_believed(gate: Gate) -> None:
    assert "once it is committed and approved: csdocs why handbook/seal/root.pem" in gate.run("seal", "init").out
    paper = printed(gate, "paper")
    said = gate.run("verify", paper)
    assert said.code == 1 and f"{ROOT} is not what was approved" in said.err
    approved(gate, ROOT)
    said = gate.run("verify", paper)
    assert (said.code, said.err) == (0, "")
    _forge_a_root(gate)
    said = gate.run("verify", printed(gate, "forged"))
    assert said.code == 1 and "no trusted root issued it" in said.out and ROOT in said.err
    assert gate.run("verify", paper).code == 0
    _take_back_a_revocation(gate, paper)


def test_an_archive_holds_no_root_that_nobody_approved(gate: Gate) -> None:
    assert gate.run("seal", "init").code == 0
    gate.commit()
    assert "root.pem" not in packed(gate, "before.zip")
    gate.approve(ROOT)
    gate.commit()
    assert "root.pem" in packed(gate, "after.zip")


def _forge_a_root(gate: Gate) -> None:
    """Of the same name, and it lies where the root lies."""
    shutil.move(gate.root / ".csdocs/seal", gate.root / ".csdocs/honest")
    Path(gate.root / ROOT).unlink()
    assert gate.run("seal", "init").code == 0


def _take_back_a_revocation(gate: Gate, paper: str) -> None:
    gate.git("checkout", "-q", ROOT)
    shutil.rmtree(gate.root / ".csdocs/seal")
    shutil.move(gate.root / ".csdocs/honest", gate.root / ".csdocs/seal")
    assert gate.run("seal", "revoke", "--reason", "stolen").code == 0
    assert "revoked" in gate.run("verify", paper).out  # at once, before anybody has approved it
    approved(gate, REVOKED)
    gate.write(REVOKED, "revoked: []\n")
    assert "revoked" in gate.run("verify", paper).out
    (gate.root / REVOKED).unlink()
    assert gate.run("verify", paper).code == 1
