"""The gate on a server: the action that is shipped and the jobs that docs/enforce-on-the-server.md prints, run as they stand."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from gate import REG, ROOT_PRINT, Gate, lay_foundation, open_gate, run_here
from ruamel.yaml import YAML

REPOSITORY = Path(__file__).resolve().parents[2]
ACTION = REPOSITORY / ".github/actions/review"
PAGE = (REPOSITORY / "docs/enforce-on-the-server.md").read_text("utf-8")


def parsed(text: str) -> Any:
    return YAML(typ="safe").load(text)


def printed(kind: str) -> Any:
    (found,) = re.findall(rf"(?ms)^```yaml {kind}=review\n(.*?)^```$", PAGE)
    return parsed(found)


class Server:
    """A machine that has checked out a change and runs what it is told."""

    def __init__(self, gate: Gate, folder: Path, path: str) -> None:
        self.gate, self.folder = gate, folder
        self.environment = {
            **os.environ,
            "PATH": path,
            "RUNNER_TEMP": str(folder),
            "GITHUB_OUTPUT": str(folder / "output"),
        }

    def run(self, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            cwd=self.gate.root,
            env={**self.environment, **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def act(self, **inputs: str) -> subprocess.CompletedProcess[str]:
        """The step of the action that judges, with what its other steps and GitHub provide."""
        action = parsed((ACTION / "action.yml").read_text("utf-8"))
        given = {name: inputs.get(name, each.get("default", "")) for name, each in action["inputs"].items()}
        step = next(each for each in action["runs"]["steps"] if each.get("id") == "review")
        variables = {
            name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda found: given[found[1]], value)
            for name, value in step["env"].items()
        }
        return self.run(step["run"], GITHUB_ACTION_PATH=str(ACTION), **variables)

    @property
    def outputs(self) -> dict[str, Path]:
        lines = (self.folder / "output").read_text().splitlines()
        return {name: Path(path) for name, _, path in (line.partition("=") for line in lines)}

    @property
    def sarif(self) -> Any:
        return json.loads(self.outputs["sarif"].read_text("utf-8"))


@pytest.fixture(scope="module")
def with_print(tmp_path_factory: pytest.TempPathFactory) -> Gate:
    """Opened with everything that a redline is printed by."""
    gate = lay_foundation(tmp_path_factory.mktemp("print") / "gate")
    shutil.copytree(REPOSITORY / "templates/print", gate.root / "templates/print", dirs_exist_ok=True)
    open_gate(gate)
    gate.commit("Open the workspace")
    return gate


@pytest.fixture
def server(with_print: Gate, tmp_path: Path, path_with_csdocs: str) -> Server:
    gate = with_print.copy(tmp_path / "gate")
    gate.branch()
    return Server(gate, tmp_path, path_with_csdocs)


def test_the_action_lets_an_approved_revision_pass_and_shows_what_changed(server: Server) -> None:
    server.gate.revise(effective="2100-01-01")
    server.gate.commit()
    done = server.act(base="main", root=ROOT_PRINT, language="en")
    assert done.returncode == 0, done.stdout + done.stderr
    assert server.sarif["runs"][0]["results"] == []
    assert (server.outputs["redline"] / "REG-TEST.pdf").read_bytes().startswith(b"%PDF-")
    assert server.gate.git("status", "--porcelain") == ""  # nothing is made where the change could have laid a link


def test_the_action_refuses_and_shows_where(server: Server) -> None:
    server.gate.edit(REG, "500元", "5000元")
    server.gate.commit()
    done = server.act(base="main", language="zh", redline="false")
    assert done.returncode == 1, done.stderr
    assert re.search(rf"(?m)^::error file={REG},line=\d+.*CHG607", done.stdout)
    assert {result["ruleId"] for result in server.sarif["runs"][0]["results"]} >= {"CHG607"}
    assert "redline" not in server.outputs


def test_the_action_stops_where_the_root_is_another(server: Server) -> None:
    done = server.act(base="main", root="SHA256:" + "A" * 43)
    assert done.returncode == 3
    assert "没有由这把根密钥签署的开启凭据" in done.stderr


def test_the_manual_is_built_sealed_and_verified(with_print: Gate, tmp_path: Path, path_with_csdocs: str) -> None:
    gate = with_print.copy(tmp_path / "gate")
    gate.write(
        "handbook/manual.yaml", "title: {zh: 手册, en: Manual}\nparts:\n  - {document: REG-TEST}\nappendices: [forms]\n"
    )
    server = Server(gate, tmp_path, path_with_csdocs)
    passphrase = {"CSDOCS_SEAL_PASSPHRASE": "for this test"}
    assert server.run("csdocs seal init", **passphrase).returncode == 0
    for path in ("handbook/seal/root.pem", "handbook/manual.yaml"):
        gate.approve(path)
    gate.commit("Take a seal into use")
    seal = gate.root / ".csdocs/seal"
    secrets = {"SEAL_KEY": "seal.key", "SEAL_CERTIFICATES": "seal.pem"}
    given = passphrase | {name: (seal / file).read_text("utf-8") for name, file in secrets.items()}
    shutil.rmtree(seal)
    steps = parsed((REPOSITORY / ".github/workflows/manual.yml").read_text("utf-8"))["jobs"]["manual"]["steps"]
    (build,) = (each for each in steps if each.get("name") == "Build and seal")
    assert set(build["env"]) == set(given)
    done = server.run(build["run"], **given)
    assert done.returncode == 0, done.stdout + done.stderr
    (published,) = re.findall(r"gh release upload \S+ (\S+)", steps[-1]["run"])
    assert (gate.root / published).read_bytes().startswith(b"%PDF-")
    assert not seal.exists()


def test_a_file_of_the_change_is_not_run_in_place_of_pip() -> None:
    """`python -m` looks into the current folder first, and that is the checkout of the change."""
    for step in parsed((ACTION / "action.yml").read_text("utf-8"))["runs"]["steps"]:
        assert set(re.findall(r"python3? (\S+)", step["run"])) <= {"-I"}


def test_jobs_name_what_the_action_takes() -> None:
    action = parsed((ACTION / "action.yml").read_text("utf-8"))
    inputs, outputs = action["inputs"], action["outputs"]
    own = parsed((REPOSITORY / ".github/workflows/review.yml").read_text("utf-8"))
    for workflow in (own, printed("workflow")):
        steps = workflow["jobs"]["review"]["steps"]
        (step,) = (each for each in steps if "actions/review" in each.get("uses", ""))
        assert {name for name, each in inputs.items() if each.get("required")} <= set(step["with"]) <= set(inputs)
        assert set(re.findall(r"steps\.review\.outputs\.(\w+)", str(steps))) == set(outputs)
        assert steps[0]["with"]["fetch-depth"] == 0
    assert "csdocs check --format github" in [each.get("run") for each in steps]


@pytest.mark.parametrize(("honest", "code"), [(True, 0), (False, 1)])
def test_the_gitlab_job_judges(server: Server, honest: bool, code: int) -> None:
    if honest:
        server.gate.revise()
    else:
        server.gate.edit(REG, "500元", "5000元")
    server.gate.commit()
    server.gate.git("remote", "add", "origin", str(server.gate.root))
    install, *script = printed("gitlab")["review"]["script"]
    assert install.startswith("pip install")
    done = server.run("\n".join(script), CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main", CSDOCS_ROOT=ROOT_PRINT, CI="true")
    assert done.returncode == code, done.stdout + done.stderr


def test_a_repository_without_a_work_tree_is_judged_like_any_other(gate: Gate, tmp_path: Path) -> None:
    gate.branch()
    gate.edit(REG, "500元", "5000元")
    gate.commit()
    for name, more, code in (("whole", (), 1), ("shallow", ("--depth", "1", "--no-single-branch"), 3)):
        gate.git("clone", "-q", "--bare", *more, gate.root.as_uri(), str(tmp_path / name))
        said = run_here(tmp_path / name / "hooks", ("review", "--base", "main", "--head", "change"))
        assert said.code == code, said.err
        assert ("CHG607" if code == 1 else "shallow") in said.out + said.err
    assert "CHG607" in run_here(tmp_path / "whole", ("audit",)).out  # the branch was checked out where it comes from
    assert run_here(tmp_path / "whole", ("check",)).code == 3  # there are no files
