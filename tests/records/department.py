"""A small department to attack: people with public demo keys, and forms that each test makes to measure.

`Department` is a workspace in a folder of its own. Verbs run through `csdocs.cli.main.run`, in this process, against the real
files and the real git.
"""

import contextlib
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from csdocs.check.whole import Checked, check
from csdocs.cli.main import run
from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace
from csdocs.model.finding import Finding
from csdocs.model.record import Signature
from csdocs.parse.emit import emit
from csdocs.prepare.entry import open_case
from csdocs.prepare.signing import appended
from csdocs.trust.demo import demo_public
from csdocs.trust.keyring import signer_for
from csdocs.trust.payload import digest, record_payload

REPOSITORY = Path(__file__).resolve().parent.parent.parent
WORKSPACE_ID = "0123456789abcdef0123456789abcdef"
NOW = "2026-11-02T09:00:00+08:00"  # a Monday
KEYS_FROM = "2026-01-01"

AGENT, OTHER, THIRD, LEADER, MANAGER, LEFT = "S1001", "S1002", "S1003", "S2001", "S3001", "S4001"
STRANGER = "S9001"  # of another department
HELD = {
    AGENT: "{post: R-AGENT, department: D-CS, from: 2024-01-01}",
    OTHER: "{post: R-AGENT, department: D-CS, from: 2024-01-01}",
    THIRD: "{post: R-AGENT, department: D-CS, from: 2024-01-01}",
    LEADER: "{post: R-TEAMLEAD, department: D-CS, from: 2024-01-01}",
    MANAGER: "{post: R-DEPTMGR, department: D-CS, from: 2024-01-01}",
    LEFT: "{post: R-AGENT, department: D-CS, from: 2024-01-01, until: 2026-10-31}",
    STRANGER: "{post: R-TEAMLEAD, department: D-HR, from: 2024-01-01}",
}
ORGANISATION = """\
departments:
  - {id: D-CS, name: {zh: 客户服务部, en: Customer service}, head: R-DEPTMGR}
  - {id: D-HR, name: {zh: 人力资源部, en: Human resources}, head: R-HRMGR}
posts:
  - {id: R-DEPTMGR, name: {zh: 经理, en: Manager}}
  - {id: R-HRMGR, name: {zh: 人事经理, en: HR manager}}
  - {id: R-TEAMLEAD, name: {zh: 组长, en: Team leader}, superior: R-DEPTMGR}
  - {id: R-AGENT, name: {zh: 专员, en: Agent}, superior: R-TEAMLEAD}
"""
CALENDAR = """\
working_days: [mon, tue, wed, thu, fri]
working_hours:
  - {start: "09:00", end: "12:00"}
  - {start: "13:00", end: "18:00"}
holidays:
  - {from: 2026-10-01, until: 2026-10-07, name: {zh: 国庆节, en: National Day}}
  - {from: 2027-01-01, until: 2027-01-01, name: {zh: 元旦, en: New Year's Day}}
extra_working_days: [2026-10-10]
shifts: []
"""
REGULATION = """\
---
id: REG-TEST
title: {{zh: 试验制度, en: Test regulation}}
revision: {revision}
owner: R-DEPTMGR
effective: {effective}
review_every: 365
changes:
{changes}summary: {{zh: 供试验, en: For tests}}
parameters:
  - {{id: least, kind: number, value: {least}, label: {{zh: 下限, en: Least}}}}
---

# 试验制度

1. 数值不低于 {{{{ least }}}}。
2. 记录保存三年。
"""
_CHANGE = """\
  - revision: {revision}
    date: {effective}
    kind: major
    summary: {{zh: 发布, en: Issue}}
    reason: {{zh: 需要, en: Need}}
    drafted_by: [S3001]
"""


class Said(NamedTuple):
    """What a command line printed, and the code it left with."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Department:
    """A workspace; every call reads it afresh."""

    def __init__(self, root: Path) -> None:
        self.root = root

    # the files

    def write(self, path: str, content: str | bytes) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        return target

    def read(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Change exactly one place of a file."""
        text = self.read(path)
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def data(self, path: str, data: str) -> None:
        """Give a record other data, below which its signatures stay."""
        text = re.sub(r"(?ms)^data:.*?(?=^signatures:|\Z)", "", self.read(path))
        head, signatures, rest = text.partition("signatures:\n")
        self.write(path, f"{head}data:\n{data}{signatures}{rest}")

    def form(self, id: str = "F-TEST", **parts: Any) -> str:
        return str(self.write(f"templates/forms/{id[2:].lower()}.yaml", form(id, **parts)).relative_to(self.root))

    def regulation(self, revision: int = 1, effective: str = "2026-01-01", least: str = "10") -> None:
        dates = {1: "2026-01-01", revision: effective}
        changes = "".join(_CHANGE.format(revision=n, effective=day) for n, day in sorted(dates.items()))
        text = REGULATION.format(revision=revision, effective=effective, least=least, changes=changes)
        self.write("handbook/regulations/REG-TEST.md", text)

    def people(self, **keys: str) -> None:
        """The register; `S1001="- {…}"` replaces a person's list of keys."""
        self.write("handbook/people.yaml", people(keys))

    def clock(self, moment: str | None) -> None:
        """Let the workspace stand still at another moment, or run."""
        text = re.sub(r"(?m)^clock: .*\n", "", self.read("csdocs.yaml"))
        self.write("csdocs.yaml", text + (f"clock: {moment}\n" if moment else ""))

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", "-C", str(self.root), *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def commit(self, message: str = "Change") -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def digest(self) -> str:
        """Of every file, git's own included: what a verb that only looks must leave as it was."""
        files = sorted(path for path in self.root.rglob("*") if path.is_file())
        lines = (f"{path} {path.stat().st_mtime_ns} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def copy(self, target: Path) -> "Department":
        shutil.copytree(self.root, target, symlinks=True)
        return Department(target)

    # the verbs

    def run(self, *arguments: str) -> Said:
        return run_here(self.root, arguments)

    def new(self, form: str = "F-TEST", by: str = AGENT, **values: str) -> str:
        """A record by `csdocs new`; returns its path."""
        said = self.run(
            "new", form, "--as", by, "--no-input", *(f"--set={key}={value}" for key, value in values.items())
        )
        assert said.code == 0, said.err
        return said.text.strip()

    def sign(self, path: str, by: str, step: str, *more: str, at: str | None = None) -> Said:
        if at is not None:
            self.clock(at)
        return self.run("sign", path, "--as", by, "--step", step, "--yes", *more)

    def must_sign(self, path: str, by: str, step: str, *more: str, at: str | None = None) -> None:
        said = self.sign(path, by, step, *more, at=at)
        assert said.code == 0, said.err

    def forge(self, path: str, by: str, step: str, decision: str = "sign", at: str = NOW, **entry: Any) -> None:
        """Append a signature that the verbs would refuse: a person with the right key and a tool of their own."""
        case = self.case(path)
        assert case.form is not None
        sections = case.signed_before(case.form.step_by_id.get(step))
        held = re.search(r"R-\w+", HELD.get(by, "R-AGENT"))
        assert held is not None
        values: dict[str, Any] = {
            "step": step,
            "decision": decision,
            "by": by,
            "post": held[0],
            "at": at,
            "form_sha256": case.compiled.sha256,
            "attests": "属实",
            "covers": {s.id: [f.id for f in case.form.section_fields(s) if not f.is_computed] for s in sections},
            "signature": "",
        }
        draft = Signature(**{**values, **entry})
        payload = record_payload(WORKSPACE_ID, case.record, draft, [digest(each) for each in case.payloads])
        signed = draft._replace(signature=signer_for(by, None, "csdocs-record", demo=True)(payload))
        self.write(path, appended(case.data, signed))

    def keygen_verifies(self, path: str, step_id: str, by: str, folder: Path, namespace: str = "csdocs-record") -> bool:
        """What an auditor without csdocs does: the printed bytes, the armour from the file, the key from the register."""
        case = self.case(path)
        armour = next(s.signature for s in case.record.signatures if s.step == step_id)
        key = case.workspace.register.person[by].keys[0].public
        signers, signature = folder / "signers", folder / "signature"
        signers.write_text(f'{by} namespaces="csdocs-record" {" ".join(key.split()[:2])}\n')
        signature.write_text(armour + "\n")
        command = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", by, "-n", namespace, "-s", str(signature)]
        payload = self.run("show", path, "--payload", step_id).out
        return subprocess.run(command, input=payload, capture_output=True, check=False).returncode == 0

    # what is thought of it

    def workspace(self) -> Workspace:
        return Workspace(self.root)

    def case(self, path: str) -> RecordCase:
        return open_case(self.workspace(), path)

    def state(self, path: str) -> str:
        return self.case(path).progress.state

    def report(self, *paths: str, told: bool = False) -> Checked:
        return check(self.workspace(), paths, told=told)

    def findings(self, *paths: str) -> list[Finding]:
        return list(self.report(*paths).findings)

    def slugs(self, *paths: str) -> list[str]:
        """The rules that have something to say, in the order of the report; a form's own rules by their name."""
        return [finding.rule for finding in self.findings(*paths)]


def run_here(root: Path, arguments: Sequence[str]) -> Said:
    """One command line in this process, with its streams caught."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    typed, sys.argv = sys.argv, ["csdocs", *arguments]  # where `--lang` is looked for before click has read it
    try:
        with contextlib.chdir(root), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(arguments)
            out.flush()
    finally:
        sys.argv = typed
    return Said(code, out.buffer.getvalue(), err.getvalue())  # type: ignore[attr-defined]


def start_apart(root: Path, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    """One command line in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), **options.pop("env", {})}
    return subprocess.Popen([sys.executable, "-m", "csdocs", *arguments], cwd=root, env=environment, **options)


def run_apart(root: Path, *arguments: str, **options: Any) -> tuple[int, bytes, bytes]:
    """Code, standard output and standard error."""
    with start_apart(root, *arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options) as process:
        out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def label(word: str) -> dict[str, str]:
    return {"zh": word, "en": word}


def field(id: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"id": id, "kind": kind, "label": label(id), **more}


def step(id: str, by: Any = "creator", section: str = "main", **more: Any) -> dict[str, Any]:
    return {"id": id, "title": label(id), "by": by, "section": section, "attests": label("属实"), **more}


def section(id: str, *fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": id, "title": label(id), "fields": list(fields)}


def form(
    id: str = "F-TEST",
    fields: Sequence[Mapping[str, Any]] = (),
    steps: Sequence[Mapping[str, Any]] = (),
    revision: int = 1,
    effective: str = "2026-01-01",
    number: str = "",
    **more: Any,
) -> str:
    """A form file. Without `sections` it has one, `main`, with the fields."""
    dates = {1: "2026-01-01", revision: effective}
    changes = [
        {
            "revision": str(n),
            "date": day,
            "kind": "major",
            "summary": label("发布"),
            "reason": label("需要"),
            "drafted_by": [MANAGER],
        }
        for n, day in sorted(dates.items())
    ]
    tree: dict[str, Any] = {
        "id": id,
        "title": label(id),
        "revision": str(revision),
        "owner": "R-DEPTMGR",
        "effective": effective,
        "review_every": "365",
        "changes": changes,
        "clauses": ["REG-TEST/1"],
        "number": {"pattern": number or f"{id[2:]}-{{day:YYYYMM}}-{{serial:3}}"},
        "retention": {"months": "36", "basis": "REG-TEST/2"},
        "void_by": ["R-DEPTMGR"],
        "sections": [section("main", *(fields or [field("note")]))],
        "steps": list(steps or [step("fill")]),
    }
    return emit({**tree, **more})


def people(keys: Mapping[str, str] | None = None) -> str:
    blocks = ["people:"]
    for staff_no, post in HELD.items():
        key = (keys or {}).get(staff_no, f"- {{public: {demo_public(staff_no)}, valid_from: {KEYS_FROM}}}")
        blocks.append(
            f"  - staff_no: {staff_no}\n    name: {{zh: 人{staff_no}, en: Person {staff_no}}}\n    joined: 2024-01-01\n"
            f"    posts:\n      - {post}\n    keys:\n      {key}"
        )
    return "\n".join(blocks) + "\n"


def build(root: Path) -> Department:
    """The department with its rule book and no forms, committed."""
    made = Department(root)
    made.write(
        "csdocs.yaml",
        f"workspace: {WORKSPACE_ID}\norganisation: {{zh: 试验部, en: Test department}}\nlanguages: [en, zh]\n"
        f"time_zone: Asia/Shanghai\nprofiles: [GEN]\ndemo: true\nclock: {NOW}\n",
    )
    made.write("handbook/organisation.yaml", ORGANISATION)
    made.write("handbook/calendar.yaml", CALENDAR)
    made.write("handbook/waivers.yaml", "waivers: []\n")
    made.write(".gitattributes", "* -text\n")
    made.people()
    made.regulation()
    subprocess.run(["git", "init", "-q", "-b", "main", str(root)], check=True)
    made.commit("Begin")
    return made
