"""Show the whole thing: check this repository, open a copy of its workspace, print and seal everything, verify the seals.

Run by `make demo`. Nothing is done again while nothing changed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from csdocs.load.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
WORKSPACE = ROOT / "build" / "demo"
OUTPUT = ROOT / "build" / "demo-out"
STAMP = ROOT / "build" / "demo.stamp"
INPUTS = ("csdocs.yaml", "handbook", "templates", "records", "csdocs", "tools/demo.py", "requirements.lock")


def say(zh: str, en: str) -> None:
    print(f"{zh}\n    {en}", flush=True)


def csdocs(folder: Path, *arguments: str) -> str:
    """Run one verb as a user would; stop if it says anything but yes."""
    command = [sys.executable, "-m", "csdocs", *arguments]
    environment = {**os.environ, "CSDOCS_SEAL_PASSPHRASE": "", "CSDOCS_LANG": "zh", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.stdout.write(done.stdout + done.stderr)
        sys.exit(f"csdocs {' '.join(arguments[:3])} …: {done.returncode}")
    return done.stdout


def git(*arguments: str) -> None:
    moment = Workspace(ROOT).now.isoformat()
    person = {"NAME": "csdocs demo", "EMAIL": "demo@csdocs.invalid", "DATE": moment}
    names = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in person.items()}
    environment = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", "-C", str(WORKSPACE), *arguments], env=environment, check=True)


def fingerprint() -> str:
    """Of every input file, by path and bytes."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(file for name in INPUTS for file in _files(ROOT / name)):
        digest.update(f"{path.relative_to(ROOT)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return [file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts]


def lay_workspace() -> None:
    """A workspace of its own in `build/demo`, with a seal made for it, opened with the demo root key."""
    shutil.rmtree(WORKSPACE, ignore_errors=True)
    WORKSPACE.mkdir(parents=True)
    git("init", "-q", "-b", "main")
    csdocs(ROOT, "init", "--demo", str(WORKSPACE))
    csdocs(WORKSPACE, "seal", "init")
    keeper = Workspace(ROOT).settings.root_keys[0].person
    csdocs(WORKSPACE, "open", "--as", keeper, "--yes")
    git("add", "handbook")
    git("commit", "-q", "--no-verify", "-m", "Publish the seal's certificate and open the workspace")
    csdocs(WORKSPACE, "audit")


def make() -> None:
    """Every rendition, sealed, and every seal verified."""
    say("检查本仓库的工作区……", "checking this repository's workspace …")
    print(_indented(csdocs(ROOT, "check").splitlines()[-1:]))
    lay_workspace()
    say("生成并签章手册和全部记录……", "printing and sealing the manual and all records …")
    shutil.rmtree(OUTPUT, ignore_errors=True)
    csdocs(WORKSPACE, "build", "--seal", "-o", str(OUTPUT))
    say("逐份验证签章……", "verifying every seal …")
    csdocs(WORKSPACE, "verify", *map(str, sorted(OUTPUT.rglob("*.pdf"))))


def _indented(lines: list[str]) -> str:
    return "\n".join(f"    {line}" for line in lines)


def report() -> None:
    pdfs = sorted(OUTPUT.rglob("*.pdf"))
    manual, records = [p for p in pdfs if p.parent == OUTPUT], [p for p in pdfs if p.parent != OUTPUT]
    size = sum(path.stat().st_size for path in pdfs) / 1e6
    for path in manual:
        say(f"手册：{path.relative_to(ROOT)}", f"the manual: {path.relative_to(ROOT)}")
    folder = (OUTPUT / "records").relative_to(ROOT)
    say(
        f"记录 {len(records)} 份：{folder}/，全部签章验证为真（共 {size:.0f} MB）",
        f"{len(records)} records: {folder}/, every seal verified ({size:.0f} MB in all)",
    )
    here = WORKSPACE.relative_to(ROOT)
    say(f"可以试用的工作区：{here}/，例如 cd {here} && csdocs list F-COMPLAINT", f"a workspace to play with: {here}/")


def trust_checkout() -> None:
    """git refuses a checkout that another user owns, as in containers; this one is what we were asked to show."""
    os.environ |= {
        "GIT_CONFIG_COUNT": "2",
        **{f"GIT_CONFIG_KEY_{index}": "safe.directory" for index in range(2)},
        "GIT_CONFIG_VALUE_0": str(ROOT),
        "GIT_CONFIG_VALUE_1": str(WORKSPACE),
    }


def main() -> None:
    trust_checkout()
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text() == wanted and any(OUTPUT.glob("*.pdf")):
        say("没有变化，沿用已有结果。", "nothing changed: what is there still holds.")
        report()
        return
    begin = time.monotonic()
    make()
    report()
    STAMP.write_text(wanted)
    seconds = time.monotonic() - begin
    say(f"用时 {seconds:.0f} 秒。", f"took {seconds:.0f} s.")


if __name__ == "__main__":
    main()
