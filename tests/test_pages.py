"""The step-by-step pages, followed word for word: files are written, changes made and commands run in the order of the page."""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Reader:
    """Somebody who does what the page says, in the folder that it leads to."""

    def __init__(self, root: Path, path: str) -> None:
        """`path`: where the programs are."""
        self.root = root
        self.environment = {**os.environ, "PATH": path}
        self.folder = root
        self.said = ""

    def follow(self, page: str) -> None:
        for kind, file, body in _BLOCK.findall((ROOT / "docs" / page).read_text("utf-8")):
            if kind == "diff":
                self.change(file, body)
            elif file:
                (self.folder / file).write_text(body, "utf-8")
            else:
                assert kind == "sh", f"{page} does not say where this goes: {body[:60]}"
                self.run(body)

    def run(self, script: str) -> None:
        """Where a script leaves its shell, the next one begins."""
        command = ["sh", "-eu", "-c", f"{script}\npwd >'{self.root}/where'"]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )  # fmt: skip
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
        self.said += done.stderr + done.stdout
        self.folder = Path((self.root / "where").read_text().strip())

    def told(self, *command: str) -> tuple[int, str]:
        """Exit code of a command, and what it said."""
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout

    def change(self, file: str, diff: str) -> None:
        """Lines may be given by their beginning, as somebody at an editor finds them."""
        lines = diff.rstrip("\n").split("\n")
        old, new = ("\n".join(line[1:] for line in lines if line[0] in kept) for kept in (" -", " +"))
        text = (self.folder / file).read_text("utf-8")
        assert text.count(old) == 1, f"{file} has this {text.count(old)} times: {old}"
        (self.folder / file).write_text(text.replace(old, new), "utf-8")


def test_records_are_filled_in_as_the_page_says(tmp_path: Path, path_with_csdocs: str) -> None:
    reader = Reader(tmp_path, path_with_csdocs)
    reader.follow("fill-in-records.md")
    assert len(list((reader.folder / "records/complaint/2026/11").glob("TS-202611-00[2-5].yaml"))) == 4
    assert (reader.folder / "records/complaint/2026/11/TS-202611-003.files/通话摘要.txt").is_file()
    assert "csdocs fill TS-202611-002 --step assign" in reader.said


def test_a_clerk_gets_there(tmp_path: Path, path_with_csdocs: str) -> None:
    """From a new regulation to a record of its new form; then the mistake that the page suggests is made, and explained."""
    reader = Reader(tmp_path, path_with_csdocs)
    for page in ("add-a-regulation.md", "add-a-form.md"):
        reader.follow(page)
    assert (reader.folder / "build/REG-LOST.pdf").read_bytes().startswith(b"%PDF-")
    assert (reader.folder / "build/F-LOST.pdf").read_bytes().startswith(b"%PDF-")
    assert (reader.folder / "records/lost/2026/11/SW-202611-001.yaml").is_file()
    assert "csdocs sign SW-202611-001 --step finish --as S0003" in reader.said
    assert reader.told("git", "status", "--porcelain") == (0, "")

    form = (reader.folder / "templates/forms/lost.yaml").read_text("utf-8")
    draft = reader.root / "draft.yaml"
    draft.write_text(form.replace('kind == "cash"', 'kind == "csh"'), "utf-8")
    code, said = reader.told("csdocs", "form", "lint", str(draft))
    assert code == 1
    assert "kind has no choice “csh”; did you mean cash?" in said


def test_a_server_takes_nothing_that_the_gate_does_not_let_pass(tmp_path: Path, path_with_csdocs: str) -> None:
    reader = Reader(tmp_path, path_with_csdocs)
    reader.environment["HOME"] = str(tmp_path)  # for the root key
    reader.follow("enforce-on-the-server.md")
    refused, accepted = reader.said.split("the push was refused\n")
    assert "REG-HANDOVER.md:1:1: error CHG607" in refused
    assert "Audited 4 steps: nothing found" in accepted
    assert "Revision 2 of the handover regulation" in accepted


def test_people_come_and_go_as_the_page_says(tmp_path: Path, path_with_csdocs: str) -> None:
    reader = Reader(tmp_path, path_with_csdocs)
    reader.environment["HOME"] = str(tmp_path)  # for the keys
    reader.follow("change-people.md")
    assert "Audited 4 steps: nothing found" in reader.said
