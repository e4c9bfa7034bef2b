"""What is installed works without the source tree: the wheel holds the program and the starter content."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(output), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = output.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in a fresh environment; its dependencies are lent by the one that runs the tests."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    query = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(subprocess.run([python, "-c", query], capture_output=True, text=True, check=True).stdout.strip())
    (site / "lent.pth").write_text("\n".join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}))
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    install = [*pip, "install", "-q", "--no-deps", "--no-index", "--ignore-installed", str(wheel)]
    # pip asks whatever compilers it finds for their version, and some of those write to the home folder
    environment = {**os.environ, "HOME": str(tmp_path_factory.mktemp("pip"))}
    done = subprocess.run(install, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return python.parent / "csdocs"


def run(program: Path, *arguments: str, folder: Path) -> str:
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_wheel_holds_the_program_and_the_starter_content(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    content = {
        path.relative_to(ROOT).as_posix()
        for folder in ("handbook", "templates", "records")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    program = {path.relative_to(ROOT).as_posix() for path in (ROOT / "csdocs").rglob("*.py")}
    program |= {f"csdocs/docs/{path.name}" for path in (ROOT / "docs").glob("*.md")}
    assert {f"csdocs/starter/{path}" for path in {*content, "csdocs.yaml"}} | program <= names
    packed = {name for name in names if ".dist-info/" not in name}
    assert packed == {f"csdocs/starter/{path}" for path in {*content, "csdocs.yaml"}} | program
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_installed_program_is_not_the_source_tree(installed: Path, tmp_path: Path) -> None:
    query = "import csdocs; print(csdocs.__file__)"
    where = subprocess.run(
        [installed.with_name("python"), "-c", query], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert not Path(where).is_relative_to(ROOT)


def test_demo_workspace_from_the_wheel_is_clean(installed: Path, tmp_path: Path) -> None:
    target = tmp_path / "demo"
    run(installed, "init", "--demo", str(target), folder=tmp_path)
    assert (target / "handbook" / "people.yaml").read_bytes() == (ROOT / "handbook" / "people.yaml").read_bytes()
    run(installed, "check", folder=target)
    assert run(installed, "explain", "cel", folder=target) == f"{(ROOT / 'docs/cel.md').read_text('utf-8')}\n"


def test_fresh_workspace_from_the_wheel_is_without_people(installed: Path, tmp_path: Path) -> None:
    target = tmp_path / "fresh"
    run(installed, "init", "--name", "Example Ltd", str(target), folder=tmp_path)
    assert (target / "handbook" / "people.yaml").read_text("utf-8").endswith("\npeople: []\n")
    assert not (target / "records").exists()
    run(installed, "check", folder=target)
