"""What the README tells people to type works, word for word."""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.en.md")
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def script(readme: str) -> str:
    return "".join(_BLOCK.findall((ROOT / readme).read_text("utf-8")))


def test_both_languages_tell_the_same_commands() -> None:
    assert script(READMES[0]) == script(READMES[1]) != ""


def test_commands_do_what_the_text_says(tmp_path: Path, path_with_csdocs: str) -> None:
    environment = {**os.environ, "PATH": path_with_csdocs, "CSDOCS_SEAL_PASSPHRASE": ""}
    done = subprocess.run(
        ["sh", "-eu", "-c", script(READMES[0])],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ZL-202611-001.yaml" in done.stdout
    assert 'Good "csdocs-record" signature for S0008' in done.stdout
    assert (tmp_path / "try-it" / "paper" / "ZL-202611-001.pdf").read_bytes().startswith(b"%PDF-")
