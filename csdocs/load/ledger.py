"""The book of approved states: controlled files folded over first-parent history, one judgement per step.

`review` judges one step more, `audit` all of them. Register and policy are those approved before the step, never those it brings.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

from csdocs.load.standing import Claim, Standing, judge_standing
from csdocs.load.workspace import DOCUMENTS, FORMS, is_classified
from csdocs.model.control import Control
from csdocs.model.finding import Position, Problem
from csdocs.model.person import Register
from csdocs.model.policy import Policy
from csdocs.model.receipt import RECEIPTS, Receipt, receipt_path
from csdocs.model.shape import Shape
from csdocs.model.text import Text
from csdocs.model.workspace import CONFIG, ORGANISATION, PEOPLE, Settings
from csdocs.parse.document import parse_document
from csdocs.parse.shape import read_shape, to_shape
from csdocs.parse.yamltext import parse_yaml
from csdocs.store import git
from csdocs.store.git import Commit, PathChange
from csdocs.trust import ssh
from csdocs.trust.receipt import Doubt, acts_as, verify_person, verify_root

S = TypeVar("S", bound=Shape)
CONTROLLED = (CONFIG, "handbook", "templates")


class Approved(NamedTuple):
    """The last approved state of a path."""

    sha256: str
    revision: int | None
    oid: str


class Issue(NamedTuple):
    """An approved state in the order in which the repository came to know it."""

    path: str
    approved: Approved
    known: dt.datetime


class Verified(NamedTuple):
    """A receipt that counted when it landed."""

    path: str
    receipt: Receipt
    landed: dt.datetime


class Breach(NamedTuple):
    """A problem of one path in one step. `severity` is the rule's own."""

    path: str
    problem: Problem


@dataclass
class Ledger:
    """Mutable only through `step`."""

    root: Path
    pinned_root: str | None = None
    current: dict[str, str] = field(default_factory=dict)
    approved: dict[str, Approved] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    receipts: list[Verified] = field(default_factory=list)
    blobs: dict[str, bytes] = field(default_factory=dict)
    settings: Settings | None = None
    register: Register = field(default_factory=Register)
    opened: str = ""

    @property
    def policy(self) -> Policy:
        return self.settings.review if self.settings else Policy()

    def fold(self, revision: str) -> Iterator[tuple[Commit, list[Breach]]]:
        """Judge every step up to a commit."""
        commits = list(git.first_parent_log(self.root, revision, *CONTROLLED))
        self.load(change.oid for commit in commits for change in commit.changes)
        for commit in commits:
            yield commit, self.step(commit)

    def load(self, oids: Iterable[str]) -> None:
        self.blobs |= dict(git.read_blobs(self.root, (oid for oid in oids if oid and oid not in self.blobs)))

    def step(self, commit: Commit) -> list[Breach]:
        """Take in one step. Before the workspace is opened everything is draft and nothing is judged."""
        changes = [
            change
            for change in commit.changes
            if change.path == CONFIG or change.path.startswith(("handbook/", "templates/"))
        ]
        for change in changes:
            if change.oid:
                self.current[change.path] = change.oid
            else:
                self.current.pop(change.path, None)
        if not self.opened:
            return self._open(commit, changes)
        return _Step(self, commit, changes).judge()

    # opening

    def _open(self, commit: Commit, changes: list[PathChange]) -> list[Breach]:
        breaches: list[Breach] = []
        for change in changes:
            if change.path.startswith(f"{RECEIPTS}open/") and change.path.endswith(".yaml") and change.oid:
                reason = self._try_open(commit, change)
                if reason is None:
                    return []
                breaches.append(Breach(change.path, Problem("receipt-not-valid", Position(1, 1), {"reason": reason})))
        return breaches

    def _try_open(self, commit: Commit, change: PathChange) -> Text | None:
        """Open the workspace if a root key signed exactly what lies here; else why not."""
        settings = _read(Settings, self.bytes_of(CONFIG))
        receipt, signature = self._receipt(change.path)
        if receipt is None or settings is None:
            return Text("开启凭据或 csdocs.yaml 无法读取", "the receipt or csdocs.yaml cannot be read")
        roots = [key for key in settings.root_keys if self.pinned_root in (None, ssh.fingerprint(key.public))]
        try:
            verify_root(self.bytes_of(change.path), signature, receipt, roots)
        except Doubt as doubt:
            return doubt.reason
        listed = {target.path: target.to.sha256 for target in receipt.covers}
        here = {path: self.sha256(path) for path in self.current if not path.startswith(RECEIPTS)}
        if receipt.workspace != settings.workspace or listed != here:
            different = sorted(path for path in {*listed, *here} if listed.get(path) != here.get(path))
            names = ", ".join(different[:3]) or CONFIG
            return Text(f"清单与文件不符：{names}", f"the list is not what lies here: {names}")
        self.opened = commit.id
        landed = dt.datetime.fromtimestamp(commit.time, dt.UTC)
        self.receipts.append(Verified(change.path, receipt, landed))
        for path in here:
            self.approve(path, landed)
        return None

    # approved states

    def approve(self, path: str, landed: dt.datetime) -> None:
        """The bytes that lie at the path now are approved."""
        self.approved[path] = Approved(self.sha256(path), self.revision(path), self.current[path])
        self.issues.append(Issue(path, self.approved[path], landed))
        if path == CONFIG:
            self.settings = _read(Settings, self.bytes_of(path)) or self.settings
        if path in (PEOPLE, ORGANISATION):
            parts = {name: self._approved_register(name) for name in (PEOPLE, ORGANISATION)}
            people, organisation = parts[PEOPLE], parts[ORGANISATION]
            self.register = Register(
                people=people.people, departments=organisation.departments, posts=organisation.posts
            )

    def _approved_register(self, path: str) -> Register:
        found = self.approved.get(path)
        return (_read(Register, self.blobs[found.oid]) if found else None) or Register()

    def bytes_of(self, path: str) -> bytes:
        """What lies at a path now; empty where there is no file."""
        return self.blobs[self.current[path]] if path in self.current else b""

    def sha256(self, path: str) -> str:
        return hashlib.sha256(self.bytes_of(path)).hexdigest()

    def control(self, path: str) -> Control | None:
        return read_control(path, self.bytes_of(path))

    def revision(self, path: str) -> int | None:
        control = self.control(path)
        return control.revision if control else None

    # receipts

    def _receipt(self, path: str) -> tuple[Receipt | None, str]:
        signature = f"{path}.sig"
        return _read(Receipt, self.bytes_of(path)), self.bytes_of(signature).decode("utf-8", "replace")

    def verify(self, path: str, landed: dt.datetime) -> Text | None:
        """Take a new receipt into the book if it counts; else why not."""
        receipt, signature = self._receipt(path)
        if receipt is None:
            return Text("不是有效的凭据文件", "it is not a receipt")
        if receipt_path(receipt) != path:
            return Text("应位于 {path}", "it belongs at {path}").format(path=receipt_path(receipt))
        if self.settings is None or receipt.workspace != self.settings.workspace:
            return Text("属于另一个工作区", "it belongs to another workspace")
        try:
            self._verify_signer(path, signature, receipt, landed)
        except Doubt as doubt:
            return doubt.reason
        self.receipts.append(Verified(path, receipt, landed))
        return None

    def _verify_signer(self, path: str, signature: str, receipt: Receipt, landed: dt.datetime) -> None:
        if receipt.meaning == "emergency":
            verify_root(self.bytes_of(path), signature, receipt, self.settings.root_keys if self.settings else ())
            return
        if receipt.meaning == "open":
            raise Doubt(Text("工作区已经开启，不能再次开启", "the workspace is open already"))
        person = self.register.person.get(receipt.person)
        verify_person(self.bytes_of(path), signature, receipt, person, landed)
        if person is None or not acts_as(receipt, person, self.register.people, self.policy):
            raise Doubt(Text("当日不担任 {post}", "did not hold {post} that day").format(post=receipt.post))

    def standing(self, path: str, kind: str, drafters: Iterable[str], landed: dt.datetime) -> Standing:
        """Whether the bytes at a path have every receipt they need."""
        claim = Claim(path, self.sha256(path), self.revision(path), self.approved.get(path), kind, tuple(drafters))
        return judge_standing(
            claim, [verified.receipt for verified in self.receipts], self.policy, self.register, landed
        )


class _Step:
    """The judgement of one commit after the opening."""

    def __init__(self, ledger: Ledger, commit: Commit, changes: list[PathChange]) -> None:
        self.ledger = ledger
        self.changes = changes
        self.landed = dt.datetime.fromtimestamp(commit.time, dt.UTC)
        self.breaches: list[Breach] = []

    def judge(self) -> list[Breach]:
        changed = [change for change in self.changes if not change.path.startswith(RECEIPTS)]
        for change in self.changes:
            if change.path.startswith(RECEIPTS):
                self._take_receipt(change)
            elif self._is_regular(change):
                self._judge_file(change)
        for path in self._waiting(changed):
            self._settle(path, changed=False)
        return self.breaches

    def _note(self, path: str, slug: str, at: Position | None = None, **values: object) -> None:
        self.breaches.append(Breach(path, Problem(slug, at or _TOP, values)))

    def _take_receipt(self, change: PathChange) -> None:
        if change.old_oid:
            self._note(change.path, "receipt-touched")
        elif change.path.endswith(".yaml"):
            reason = self.ledger.verify(change.path, self.landed)
            if reason is not None:
                self._note(change.path, "receipt-not-valid", reason=reason)

    def _is_regular(self, change: PathChange) -> bool:
        """Deletions, renames, links, modes and strange places are refused before anybody reads the file."""
        if not change.oid:
            self._note(change.path, "controlled-file-removed")
            return False
        if change.mode != git.REGULAR:
            self._note(change.path, "not-a-plain-file", mode=change.mode)
            return False
        if not is_classified(change.path):
            self._note(change.path, "unclassified-change")
            return False
        return change.oid != change.old_oid or change.mode != change.old_mode

    def _judge_file(self, change: PathChange) -> None:
        path = change.path
        if self._has_control(path):
            self._judge_control(path)
        self._settle(path, changed=True)

    @staticmethod
    def _has_control(path: str) -> bool:
        return path.startswith((*DOCUMENTS, FORMS))

    def _judge_control(self, path: str) -> None:
        """Number, change entry, claimed kind and date of a document or form."""
        from csdocs.compare import computed_kind

        control = self.ledger.control(path)
        if control is None:
            self._note(path, "control-unreadable")
            return
        approved = self.ledger.approved.get(path)
        expected = (approved.revision or 0) + 1 if approved else 1
        if control.revision != expected:
            self._note(path, "revision-not-next", revision=control.revision, expected=expected)
        entry = next((change for change in control.changes if change.revision == control.revision), None)
        if entry is None:
            self._note(path, "change-entry-missing", revision=control.revision)
            return
        if approved is not None:
            found = computed_kind(path, self.ledger.blobs[approved.oid], self.ledger.bytes_of(path))
            if _WEIGHT[found.kind] > _WEIGHT[entry.kind]:
                reason = found.reasons[0] if found.reasons else None
                at = Position(reason.line, reason.col) if reason else Position(1, 1)
                said = reason.message if reason else Text("", "")
                self._note(path, "kind-under-claimed", at, claimed=entry.kind, computed=found.kind, reason=said)
            old = read_control(path, self.ledger.blobs[approved.oid])
            if old is not None and control.effective < old.effective:
                self._note(path, "effective-before-predecessor", effective=control.effective, before=old.effective)

    def _settle(self, path: str, *, changed: bool) -> None:
        """Approve the bytes if their receipts are complete; else say what is missing."""
        ledger = self.ledger
        kind, drafters = self._claimed(path)
        if ledger.policy.rule(path) is None:
            self._note(path, "no-policy")
            return
        standing = ledger.standing(path, kind, drafters, self.landed)
        refused = any(b.path == path and b.problem.slug in _REFUSALS for b in self.breaches)
        if standing.complete and not refused:
            ledger.approve(path, self.landed)
        elif changed:
            slug = (
                "approval-pending" if self._has_control(path) and ledger.policy.pending_may_land else "approval-missing"
            )
            self._note(path, slug, missing=standing.said)

    def _claimed(self, path: str) -> tuple[str, tuple[str, ...]]:
        control = self.ledger.control(path) if self._has_control(path) else None
        entry = next((c for c in control.changes if c.revision == control.revision), None) if control else None
        return (entry.kind, entry.drafted_by) if entry else ("major", ())

    def _waiting(self, changed: list[PathChange]) -> list[str]:
        """Pending files of earlier steps whose receipts this step may complete."""
        touched = {change.path for change in changed}
        covered = {
            target.path
            for verified in self.ledger.receipts
            if verified.landed == self.landed
            for target in verified.receipt.covers
        }
        return [
            path
            for path in sorted(covered - touched)
            if path in self.ledger.current and self.ledger.approved.get(path, _NEVER).oid != self.ledger.current[path]
        ]


_TOP = Position(1, 1)
_NEVER = Approved("", None, "")
_WEIGHT = {"editorial": 0, "minor": 1, "major": 2}
_REFUSALS = frozenset(
    {
        "revision-not-next",
        "change-entry-missing",
        "kind-under-claimed",
        "control-unreadable",
        "effective-before-predecessor",
    }
)


def _read(shape: type[S], data: bytes) -> S | None:
    found = read_shape(shape, data).value if data else None
    return found if isinstance(found, shape) else None


def read_control(path: str, data: bytes) -> Control | None:
    """The control block of a document or form; None where there is none to read."""
    if path.endswith(".md"):
        document = parse_document(path, data).document
        return document.control if document else None
    tree = parse_yaml(data).tree
    if not isinstance(tree, dict) or "revision" not in tree:
        return None
    keys = {key: value for key, value in tree.items() if key in Control.model_fields}
    return to_shape(Control, keys)[0]
