"""Make this clone ready to run: system libraries, `.venv` from the lock, the project itself, the print fonts.

Needs nothing but Python 3.11 and its standard library. Run by `make setup`; does nothing when nothing changed.
"""

from __future__ import annotations  # so that an old Python gets as far as the message below

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = ROOT / "build" / "setup.stamp"
LOCK = "requirements.lock"
INPUTS = (LOCK, "pyproject.toml", "tools/setup.py")
OLDEST = (3, 11)

# Debian package -> the program or shared library that shows it is there
PROGRAMS = {"git": "git", "openssh-client": "ssh-keygen", "poppler-utils": "pdftotext", "qpdf": "qpdf"}
LIBRARIES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}


def say(zh: str, en: str) -> None:
    print(f"{zh} / {en}", flush=True)


def missing_packages() -> list[str]:
    """Debian names of what this machine lacks."""
    missing = [package for package, program in PROGRAMS.items() if shutil.which(program) is None]
    if sys.platform == "linux":
        missing += [package for package, library in LIBRARIES.items() if not has_library(library)]
        missing += [] if has_venv() else ["python3-venv"]
    return missing


def has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_venv() -> bool:
    """Debian ships Python without `ensurepip`."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        return False
    return True


def install_packages(packages: list[str]) -> None:
    names = " ".join(packages)
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        say(f"本机缺少：{names}", f"this machine lacks: {names}")
        sys.exit(f"请先安装 / install first: sudo apt-get install {names}")
    say(f"安装系统软件包：{names}", f"installing system packages: {names}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", "-q", environment=environment, quiet=True)
    run("apt-get", "install", "-qy", "--no-install-recommends", *packages, environment=environment, quiet=True)


def run(*command: str, environment: dict[str, str] | None = None, quiet: bool = False) -> None:
    """Run a program; when it fails, show what it said and stop."""
    output = subprocess.PIPE if quiet else None
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        sys.stdout.write((done.stdout or b"").decode(errors="replace"))
        sys.exit(f"失败 / failed: {' '.join(command)}")


def venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_venv() -> None:
    """A fresh `.venv` unless there is one of this very Python that works."""
    wanted = f"{sys.version_info.major}.{sys.version_info.minor}"
    probe = "import sys; print('%d.%d' % sys.version_info[:2])"
    if venv_python().exists():
        answer = subprocess.run([venv_python(), "-c", probe], capture_output=True, text=True, check=False)
        if answer.stdout.strip() == wanted:
            return
    say("创建 .venv", "making .venv")
    run(sys.executable, "-m", "venv", "--clear", str(VENV))


def install_project() -> None:
    pip = (str(venv_python()), "-m", "pip", "--disable-pip-version-check", "install", "-qq")
    say("按锁定文件安装依赖", "installing dependencies from the lock")
    run(*pip, "--require-hashes", "-r", LOCK)
    run(*pip, "--no-deps", "--no-build-isolation", "-e", ".")


def make_fonts() -> None:
    script = "from csdocs.render.font import ensure_fonts; ensure_fonts(lambda text: print(text.zh, '/', text.en))"
    run(str(venv_python()), "-c", script)


def fingerprint() -> str:
    """What the set-up depends on: the inputs, the Python, and where the clone lies."""
    parts = [sys.version.encode(), str(ROOT).encode(), *((ROOT / name).read_bytes() for name in INPUTS)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def main() -> None:
    if sys.version_info < OLDEST:
        found = sys.version.split()[0]
        sys.exit(f"需要 Python 3.11 或更高版本，现为 {found} / Python 3.11 or later is needed, this is {found}")
    wanted = fingerprint()
    if venv_python().exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    missing = missing_packages()
    if missing:
        install_packages(missing)
    make_venv()
    install_project()
    make_fonts()
    STAMP.parent.mkdir(parents=True, exist_ok=True)
    STAMP.write_text(wanted)
    say("准备就绪", "ready")


if __name__ == "__main__":
    main()
