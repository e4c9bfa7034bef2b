"""A small opened workspace to attack: a few people with public demo keys, two regulations, two forms, a policy.

`Gate` is a workspace in a folder of its own. Verbs run through `csdocs.cli.main.run`, in this process, against the real files
and the real git. Its days are in 2024: all of them are over wherever the tests run.
"""

import base64
import contextlib
import datetime as dt
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from csdocs.cli.main import run
from csdocs.load.workspace import Workspace
from csdocs.model.receipt import Receipt
from csdocs.prepare.approval import Hand, everything, make_receipt, papers
from csdocs.trust.demo import demo_key, demo_public
from csdocs.trust.ssh import fingerprint, sign_with_key

WORKSPACE_ID = "0123456789abcdef0123456789abcdef"
ZONE = dt.timezone(dt.timedelta(hours=8))
OPENED = dt.datetime(2024, 3, 1, 9, tzinfo=ZONE)  # a Friday
AGENT, CLERK, QUALITY, SECOND, BOTH, MANAGER, LEADER, PERSONNEL, LEFT, NEWCOMER = (
    *("S1001", "S1002", "S2001", "S2002", "S2003", "S3001", "S4001", "S5001", "S6001", "S9001"),
)
POSTS = {
    AGENT: ["R-AGENT"],
    CLERK: ["R-AGENT"],
    QUALITY: ["R-QUALITY"],
    SECOND: ["R-QUALITY"],
    BOTH: ["R-QUALITY", "R-DEPTMGR"],
    MANAGER: ["R-DEPTMGR"],
    LEADER: ["R-LEADER"],
    PERSONNEL: ["R-HRMGR"],
    LEFT: ["R-QUALITY"],
}
ENDED = {LEFT: "2024-02-29"}
ROOT_PRINT = fingerprint(demo_public(f"{LEADER}-root"))
REG, OTHER = "handbook/regulations/REG-TEST.md", "handbook/regulations/REG-OTHER.md"
FORM, LOG = "templates/forms/test.yaml", "templates/forms/log.yaml"
PEOPLE, CONFIG = "handbook/people.yaml", "csdocs.yaml"
CONFIG_TEXT = f"""\
workspace: {WORKSPACE_ID}
organisation: {{zh: 试验部, en: Test department}}
languages: [en, zh]
time_zone: Asia/Shanghai
profiles: [GEN]
demo: true
root_keys:
  - {{person: {LEADER}, public: {demo_public(f"{LEADER}-root")}}}
review:
  groups:
    management: [R-DEPTMGR]
    quality: R-QUALITY
    leader: R-LEADER
    personnel: R-HRMGR
  rules:
    - paths: "handbook/regulations/*"
      approve: 1 of management and 1 of quality
      by_kind: {{editorial: 1 of quality, major: 1 of management and 2 of quality}}
    - paths: "templates/forms/*"
      approve: 1 of management and 1 of quality
    - paths: ["handbook/people.yaml", "handbook/organisation.yaml"]
      approve: 1 of personnel and 1 of management
    - paths: csdocs.yaml
      approve: 1 of leader and 1 of quality
    - paths: ["handbook/*", "templates/*"]
      approve: 1 of management and 1 of quality
    - paths: ".git*"
      approve: 1 of management and 1 of quality
"""
ORGANISATION_TEXT = """\
departments:
  - {id: D-CS, name: {zh: 客户服务部, en: Customer service}, head: R-DEPTMGR}
posts:
  - {id: R-LEADER, name: {zh: 分管领导, en: Leader}}
  - {id: R-DEPTMGR, name: {zh: 经理, en: Manager}, superior: R-LEADER}
  - {id: R-QUALITY, name: {zh: 质量, en: Quality}}
  - {id: R-HRMGR, name: {zh: 人事, en: Personnel}}
  - {id: R-AGENT, name: {zh: 专员, en: Agent}, superior: R-DEPTMGR}
"""
CALENDAR_TEXT = """\
working_days: [mon, tue, wed, thu, fri]
working_hours:
  - {start: "09:00", end: "18:00"}
holidays: []
extra_working_days: []
shifts: []
"""
CHANGES_TEXT = f"""\
changes:
  - revision: 1
    date: 2024-01-01
    kind: major
    summary: {{zh: 发布, en: Issue}}
    reason: {{zh: 需要, en: Need}}
    drafted_by: [{AGENT}]
"""
REGULATION_TEXT = """\
---
id: {id}
title: {{zh: 试验制度, en: Test regulation}}
revision: 1
owner: R-DEPTMGR
effective: 2024-01-01
review_every: 365
{changes}summary: {{zh: 供试验, en: For tests}}
parameters:
  - {{id: {parameter}, kind: number, value: 10, label: {{zh: 下限, en: Least}}}}
---

# 试验制度

1. 数值不低于 {{{{ {parameter} }}}}，赔付不超过500元。
2. 记录应当保存三年。
3. 收到来信后，值班人员应当尽快答复。

| 事项 | 期限 |
|---|---|
| 答复 | 5个工作日 |
"""
FORM_TEXT = """\
id: {id}
title: {{zh: 试验表, en: Test form}}
revision: 1
owner: R-DEPTMGR
effective: 2024-01-01
review_every: 365
{changes}clauses: [REG-TEST/1]
number: {{pattern: "{prefix}-{{day:YYYYMM}}-{{serial:3}}"}}
retention: {{months: 36, basis: REG-TEST/2}}
void_by: [R-DEPTMGR]
sections:
  - id: main
    title: {{zh: 正文, en: Main}}
    fields:
      - {{id: note, kind: text, label: {{zh: 备注, en: Note}}}}
steps:
  - id: fill
    title: {{zh: 填写, en: Fill in}}
    by: creator
    section: main
    attests: {{zh: 属实, en: True}}
"""


class Said(NamedTuple):
    """What a command line printed, and the code it left with."""

    code: int
    out: str
    err: str


class Outcome(NamedTuple):
    """What `review` or `audit` found."""

    code: int
    findings: list[dict[str, Any]]

    @property
    def rules(self) -> list[str]:
        return [finding["rule"] for finding in self.findings]

    @property
    def errors(self) -> list[str]:
        return [finding["rule"] for finding in self.findings if finding["severity"] == "error"]

    def of(self, rule: str) -> dict[str, Any]:
        return next(finding for finding in self.findings if finding["rule"] == rule)


class Gate:
    """Every call reads the workspace afresh. `now` is the date of the next commit."""

    def __init__(self, root: Path, now: dt.datetime = OPENED) -> None:
        self.root = root
        self.now = now

    def copy(self, target: Path) -> "Gate":
        shutil.copytree(self.root, target, symlinks=True)
        return Gate(target, self.now)

    # the files

    def write(self, path: str, content: str | bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)

    def read(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Change exactly one place of a file."""
        text = self.read(path)
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def raise_revision(
        self, path: str = REG, kind: str = "minor", by: Sequence[str] = (AGENT,), effective: str = "2024-04-01"
    ) -> None:
        """The next revision, as `csdocs revise` writes it."""
        text = self.read(path)
        found = re.search(r"(?m)^revision: (\d+)$", text)
        assert found is not None
        number = int(found[1]) + 1
        text = text.replace(found[0], f"revision: {number}", 1)
        text = re.sub(r"(?m)^effective: .*$", f"effective: {effective}", text, count=1)
        entry = (
            f"  - revision: {number}\n    date: {self.now.date()}\n    kind: {kind}\n"
            f"    summary: {{zh: 修订, en: Revision}}\n    reason: {{zh: 需要, en: Need}}\n    drafted_by: [{', '.join(by)}]\n"
        )
        last = [*re.finditer(r"(?m)^    drafted_by: .*\n", text)][-1]
        self.write(path, text[: last.end()] + entry + text[last.end() :])

    # git

    def git(self, *arguments: str, **variables: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(self.root), *arguments],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **variables},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, message: str = "Change", at: dt.datetime | None = None, author: str = "Test") -> None:
        """Everything in the tree, an hour after the last commit."""
        self.now = self.now + dt.timedelta(hours=1) if at is None else at
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message, **self.dated(author))

    def head(self) -> str:
        return self.git("rev-parse", "HEAD")

    def dated(self, author: str = "Test") -> dict[str, str]:
        stamp = self.now.isoformat()
        return {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp, "GIT_AUTHOR_NAME": author}

    def branch(self, name: str = "change", start: str = "main") -> None:
        self.git("switch", "-q", "-c", name, start)

    def smuggle(self) -> None:
        """Merge a branch, as a merge commit that says what neither side says."""
        self.branch()
        self.write("notes.txt", "honest")
        self.commit()
        self.git("switch", "-q", "main")
        self.git("merge", "-q", "--no-ff", "--no-commit", "change")
        self.edit(REG, "500元", "5000元")
        self.commit("Merge change")

    def land(self, name: str = "change") -> None:
        """Merge a branch into main, as a forge does."""
        self.now += dt.timedelta(hours=1)
        self.git("switch", "-q", "main")
        self.git("merge", "-q", "--no-ff", "-m", f"Merge {name}", name, **self.dated())

    # receipts

    def workspace(self) -> Workspace:
        return Workspace(self.root)

    def sign(
        self,
        path: str,
        person: str,
        meaning: str = "approve",
        post: str | None = None,
        *,
        at: dt.datetime | None = None,
        key: Ed25519PrivateKey | None = None,
        namespace: str = "csdocs-receipt",
        workspace: Workspace | None = None,
        **altered: Any,
    ) -> str:
        """A receipt over what lies at a path, signed half an hour from now; `altered` are its keys as they should not be."""
        here = workspace or self.workspace()
        hand = Hand(person, post or POSTS.get(person, ["R-QUALITY"])[0], at or self.now + dt.timedelta(minutes=30))
        receipt = make_receipt(here, [path], meaning, hand)  # type: ignore[arg-type]
        return self.lay(Receipt.model_validate({**dict(receipt), **altered}), key, namespace)

    def lay(self, receipt: Receipt, key: Ed25519PrivateKey | None = None, namespace: str = "csdocs-receipt") -> str:
        root = receipt.meaning in ("open", "emergency")
        own = key or demo_key(f"{receipt.person}-root" if root else receipt.person)
        paper, signature = papers(receipt, lambda data: sign_with_key(data, own, namespace))
        self.write(paper.path, paper.data)
        self.write(signature.path, signature.data)
        return paper.path

    def approve(self, path: str, *people: str, submit: Sequence[str] = (AGENT,)) -> None:
        """Submitted and approved over the bytes that lie there; nothing is committed."""
        here = self.workspace()
        if path.startswith(("handbook/regulations/", "templates/forms/")):
            for person in submit:
                self.sign(path, person, "submit", workspace=here)
        for person in people or (MANAGER, QUALITY):
            self.sign(path, person, workspace=here)

    def revise(self, path: str = REG, kind: str = "minor", old: str = "尽快", new: str = "及时", **more: Any) -> None:
        """An honest revision, signed by all whom an ordinary change needs; not committed."""
        self.raise_revision(path, kind, **more)
        self.edit(path, old, new)
        self.approve(path, submit=more.get("by", (AGENT,)))

    # the verbs

    def run(self, *arguments: str) -> Said:
        return run_here(self.root, arguments)

    def review(self, base: str = "main", *more: str) -> Outcome:
        """Half an hour after the last commit."""
        with mock.patch("csdocs.cli.review._now", return_value=self.now + dt.timedelta(minutes=30)):
            return _outcome(self.run("review", "--base", base, "--format", "json", *more))

    def audit(self, *more: str) -> Outcome:
        """Half an hour after the last commit, or today."""
        moment = max(dt.datetime.now(dt.UTC), self.now + dt.timedelta(minutes=30))
        with mock.patch("csdocs.cli.review._now", return_value=moment):
            return _outcome(self.run("audit", "--format", "json", *more))


def _outcome(said: Said) -> Outcome:
    assert said.code in (0, 1), said.err
    return Outcome(said.code, json.loads(said.out)["findings"])


class AtTerminal(io.StringIO):
    """What somebody types at one; to stand for `sys.stdin`."""

    def isatty(self) -> bool:
        return True


def run_here(root: Path, arguments: Sequence[str]) -> Said:
    """One command line in this process, with its streams caught."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(root), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments)
    return Said(code, out.getvalue(), err.getvalue())


def person_text(staff_no: str, posts: Sequence[str], *keys: str) -> str:
    """One entry of the register; without `keys` the person's demo key counts from 2024 on."""
    until = f", until: {ENDED[staff_no]}" if staff_no in ENDED else ""
    held = "".join(f"      - {{post: {post}, department: D-CS, from: 2020-01-01{until}}}\n" for post in posts)
    listed = "".join(f"      - {key}\n" for key in keys or (key_text(staff_no),))
    return (
        f"  - staff_no: {staff_no}\n    name: {{zh: 人{staff_no}, en: Person {staff_no}}}\n    joined: 2020-01-01\n"
        f"    posts:\n{held}    keys:\n{listed}"
    )


def key_text(staff_no: str, more: str = "") -> str:
    return f"{{public: {demo_public(staff_no)}, valid_from: 2024-01-01{more}}}"


def people_text(**keys: str) -> str:
    """The register; a keyword replaces the key of that person."""
    entries = (person_text(n, posts, *([keys[n]] if n in keys else [])) for n, posts in POSTS.items())
    return "people:\n" + "".join(entries)


def public_line(key: Ed25519PrivateKey) -> str:
    raw = b"\x00\x00\x00\x0bssh-ed25519\x00\x00\x00\x20" + key.public_key().public_bytes_raw()
    return f"ssh-ed25519 {base64.b64encode(raw).decode()}"


def lay_foundation(root: Path) -> Gate:
    """The workspace in set-up, committed."""
    gate = Gate(root, OPENED - dt.timedelta(hours=2))
    files = {
        CONFIG: CONFIG_TEXT,
        PEOPLE: people_text(),
        "handbook/organisation.yaml": ORGANISATION_TEXT,
        "handbook/calendar.yaml": CALENDAR_TEXT,
        "handbook/waivers.yaml": "waivers: []\n",
        REG: REGULATION_TEXT.format(id="REG-TEST", parameter="least", changes=CHANGES_TEXT),
        OTHER: REGULATION_TEXT.format(id="REG-OTHER", parameter="other_least", changes=CHANGES_TEXT),
        FORM: FORM_TEXT.format(id="F-TEST", prefix="TE", changes=CHANGES_TEXT),
        LOG: FORM_TEXT.format(id="F-LOG", prefix="LG", changes=CHANGES_TEXT),
        "templates/checks/none.sql": "SELECT record, 'x' AS message FROM records WHERE 0\n",
        "templates/print/own.css": "p { color: black }\n",
        ".gitattributes": "* -text\n",
    }
    for path, text in files.items():
        gate.write(path, text)
    subprocess.run(["git", "init", "-q", "-b", "main", "--template=", str(root)], check=True)
    gate.commit("Begin")
    return gate


def open_gate(gate: Gate) -> str:
    """The opening receipt by the root key; not committed."""
    here = gate.workspace()
    hand = Hand(LEADER, "R-LEADER", gate.now + dt.timedelta(minutes=30))
    return gate.lay(make_receipt(here, everything(here), "open", hand))


def build(root: Path) -> Gate:
    gate = lay_foundation(root)
    open_gate(gate)
    gate.commit("Open the workspace")
    return gate
