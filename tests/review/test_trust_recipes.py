"""The recipes that docs/trust.md prints, run as they stand."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from gate import QUALITY, REG, Gate

from csdocs.trust.demo import demo_public

DOC = Path(__file__).resolve().parents[2] / "docs/trust.md"
SET_UP, GIVEN, RECIPE = re.findall(r"(?ms)^```sh\n(.*?)^```$", DOC.read_text("utf-8"))


def shell(folder: Path, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **variables}
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        stdin=subprocess.DEVNULL,
        timeout=120,
    )


@pytest.fixture
def approved(gate: Gate) -> Gate:
    gate.revise()
    gate.commit()
    return gate


def given(document: str = REG) -> str:
    """The first block of the recipe, about the receipt at hand."""
    values = {
        "document": document,
        "receipt": f"handbook/receipts/REG-TEST/r2/{QUALITY}-approve.yaml",
        "person": QUALITY,
        "key": f"'{demo_public(QUALITY)}'",
    }
    text = GIVEN
    for name, value in values.items():
        text, count = re.subn(rf"(?m)^{name}=.*$", f"{name}={value}", text)
        assert count == 1
    return text


def test_three_stock_commands_verify_a_receipt(approved: Gate, tmp_path: Path) -> None:
    done = shell(approved.root, given() + RECIPE)
    assert done.returncode == 0, done.stderr
    digest, verdict = done.stdout.splitlines()
    receipt = approved.read(f"handbook/receipts/REG-TEST/r2/{QUALITY}-approve.yaml")
    assert re.search(rf'to: .*sha256: "?{digest.split()[0]}', receipt)
    assert verdict.startswith(f'Good "csdocs-receipt" signature for {QUALITY}')


def test_the_recipe_finds_a_receipt_that_was_touched(approved: Gate) -> None:
    path = f"handbook/receipts/REG-TEST/r2/{QUALITY}-approve.yaml"
    approved.write(path, approved.read(path).replace("R-QUALITY", "R-LEADER"))
    approved.commit()
    assert shell(approved.root, given() + RECIPE).returncode != 0


def test_the_recipe_finds_a_document_that_was_touched(approved: Gate) -> None:
    approved.edit(REG, "及时", "适时")
    approved.commit()
    done = shell(approved.root, given() + RECIPE)
    receipt = approved.read(f"handbook/receipts/REG-TEST/r2/{QUALITY}-approve.yaml")
    assert done.stdout.split()[0] not in receipt


def test_set_up_in_ten_minutes(tmp_path: Path, path_with_csdocs: str) -> None:
    """With a passphrase for every key, which a program types where a person would."""
    (tmp_path / "askpass").write_text("#!/bin/sh\necho a passphrase\n", "utf-8")
    (tmp_path / "askpass").chmod(0o755)
    home = tmp_path / "home"
    home.mkdir()
    variables = {name: value for name, value in os.environ.items() if name.endswith("_DATE")}
    done = shell(
        tmp_path,
        f"unset {' '.join(variables)}\n" + SET_UP,
        PATH=path_with_csdocs,
        HOME=str(home),
        SSH_ASKPASS=str(tmp_path / "askpass"),
        SSH_ASKPASS_REQUIRE="force",
        DISPLAY=":0",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = re.search(r"(?m)^  (SHA256:\S+)$", done.stdout)
    assert found is not None
    audited = shell(tmp_path / "department", f"csdocs audit --root {found[1]}", PATH=path_with_csdocs)
    assert audited.returncode == 0, audited.stdout
    assert "set-up" not in audited.stdout
    assert sorted(path.name for path in (home / ".ssh").iterdir() if path.suffix != ".pub") == [
        "csdocs-S0001",
        "csdocs-S0001-root",
        "csdocs-S0002",
        "csdocs-S0003",
        "csdocs-S0004",
    ]
