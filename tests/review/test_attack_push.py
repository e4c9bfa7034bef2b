"""Attacks on a server of one's own, through the hook that docs/enforce-on-the-server.md prints."""

import datetime as dt
import os
import re
import subprocess
from pathlib import Path

import pytest
from gate import AGENT, CLERK, CONFIG, MANAGER, PEOPLE, PERSONNEL, REG, Gate, key_text

PAGE = Path(__file__).resolve().parents[2] / "docs/enforce-on-the-server.md"


class Server:
    """A shared repository with the hook, and the desk of somebody who may push to it."""

    def __init__(self, gate: Gate, shared: Path, path: str) -> None:
        self.gate, self._path = gate, path
        gate.git("clone", "-q", "--bare", str(gate.root), str(shared))
        found = re.search(r"(?ms)^```sh file=\S+/pre-receive\n(.*?)^```$", PAGE.read_text("utf-8"))
        assert found is not None
        hook = shared / "hooks/pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(found[1], "utf-8")
        hook.chmod(0o755)
        gate.git("remote", "add", "origin", str(shared))

    def push(self, what: str = "HEAD:main") -> str:
        """What the server says of it; "" where it takes it."""
        command = ["git", "-C", str(self.gate.root), "push", "-q", "origin", what]
        environment = {**os.environ, "PATH": self._path}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
        return done.stderr if done.returncode else ""


@pytest.fixture
def server(gate: Gate, tmp_path: Path, path_with_csdocs: str) -> Server:
    return Server(gate, tmp_path / "shared.git", path_with_csdocs)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def enter(gate: Gate, person: str, days_ago: int = 0) -> None:
    """A signed record; its date may be one of the forger's own choosing."""
    settings = gate.read(CONFIG)
    if days_ago:
        gate.write(CONFIG, f"{settings}clock: {(now() - dt.timedelta(days=days_ago)).isoformat(timespec='seconds')}\n")
    said = gate.run("new", "F-TEST", "--as", person, "--no-input", "--set=note=x")
    assert gate.run("sign", said.out.strip(), "--as", person, "--step", "fill", "--yes").code == 0
    gate.write(CONFIG, settings)


def revoke(gate: Gate, person: str) -> None:
    moment = now().replace(microsecond=0).isoformat()
    revoked = f", revoked: {{at: '{moment}', compromised_since: '{moment}', reason: lost}}"
    gate.now = now() - dt.timedelta(hours=1)
    gate.edit(PEOPLE, f"- {key_text(person)}", f"- {key_text(person, revoked)}")
    gate.approve(PEOPLE, PERSONNEL, MANAGER)
    gate.commit("Revoke a key", at=now())


def test_honest_work_is_taken(server: Server) -> None:
    gate = server.gate
    gate.branch()
    enter(gate, CLERK)
    gate.commit("A record", at=now())
    gate.git("switch", "-q", "main")
    gate.git("merge", "-q", "--no-ff", "-m", "Merge change", "change", **gate.dated())
    assert server.push() == ""


def test_a_merge_puts_a_stolen_key_before_its_revocation(server: Server) -> None:
    """Each step of that line would pass by itself: when it was taken, nothing had been revoked yet."""
    gate = server.gate
    before = gate.head()
    revoke(gate, AGENT)
    assert server.push() == ""
    gate.git("switch", "-q", "-c", "forged", before)
    enter(gate, AGENT, days_ago=3)
    gate.commit("Forged", at=now())
    gate.git("merge", "-q", "--no-ff", "-m", "Merge main", "main")
    assert "git pull --rebase" in server.push()
    gate.git("reset", "-q", "--hard", "HEAD^1")
    gate.git("rebase", "-q", "main")
    assert "REC323" in server.push()


def test_what_one_step_did_and_the_next_took_back(server: Server) -> None:
    gate = server.gate
    gate.edit(REG, "500元", "5000元")
    gate.commit()
    gate.edit(REG, "5000元", "500元")
    gate.commit()
    assert "CHG607" in server.push()


def test_a_push_whose_steps_git_cannot_list(server: Server) -> None:
    """Main is taken away: there is no line to look at, and no reason to let it pass."""
    assert server.push(":main") != ""
    assert server.gate.git("ls-remote", "origin", "main") != ""
