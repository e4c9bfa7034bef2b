"""The book of approved states: controlled files folded over first-parent history.

`csdocs.load.approval.step` judges each step; here is what is known before and after it. Register and policy are those approved before a
step, never those it brings.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from csdocs.load.approval.standing import Claim, Standing, judge_standing
from csdocs.model.change import ChangeKind
from csdocs.model.control import Control
from csdocs.model.finding import Problem
from csdocs.model.identifier import CONTROLLED
from csdocs.model.person import NOT_HELD, Register
from csdocs.model.place import CONFIG, CONTROLLED_FOLDERS, DOCUMENTS, FORMS, OF_GIT, ORGANISATION, PEOPLE, RECEIPTS
from csdocs.model.policy import Policy
from csdocs.model.receipt import Receipt, receipt_path, stated
from csdocs.model.shape import Shape
from csdocs.model.text import Text
from csdocs.model.workspace import Settings
from csdocs.parse.document import parse_front
from csdocs.parse.shape import read_shape, to_shape
from csdocs.parse.yamltext import parse_yaml
from csdocs.store import disk, history
from csdocs.store.history import Commit, PathChange
from csdocs.trust.receipt import Doubt, acts_as, verify_person, verify_root

S = TypeVar("S", bound=Shape)
_BEGINNING = dt.datetime.min.replace(tzinfo=dt.UTC)
REVIEWING = ("no-change", "acknowledge")  # receipts about what is approved already
# `.gitmodules` of the very change could ask git to keep quiet about a submodule; and with paths given git leaves out merges
# of a range that look like one of their parents, unless it is told to show every commit
LOG_OPTIONS = ("--ignore-submodules=none", "--sparse")


class Approved(NamedTuple):
    """The last approved state of a path. `spent`: receipts about the path that had landed by then; they count no more."""

    path: str
    data: bytes
    oid: str
    spent: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def control(self) -> Control | None:
        return read_control(self.path, self.data)

    @property
    def revision(self) -> int | None:
        return self.control.revision if self.control else None


class Issue(NamedTuple):
    """An approved state in the order in which the repository came to know it; `opening`: all at once, when it opened."""

    approved: Approved
    known: dt.datetime
    opening: bool

    @property
    def path(self) -> str:
        return self.approved.path

    @property
    def since(self) -> dt.date:
        """The first day on which it could rule: what is approved after its effective date could not be followed before."""
        effective = self.approved.control.effective if self.approved.control else self.known.date()
        return effective if self.opening else max(effective, self.known.date())


class Verified(NamedTuple):
    """A receipt that counted when it landed; `public` is the key that signed, as a blob."""

    path: str
    receipt: Receipt
    landed: dt.datetime
    public: bytes


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
    strange: set[str] = field(default_factory=set)  # links, programs, submodules: never read
    approved: dict[str, Approved] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    receipts: list[Verified] = field(default_factory=list)
    about: dict[str, list[Verified]] = field(default_factory=dict)
    signed: dict[str, dict[int, str]] = field(default_factory=dict)  # path, number -> digest of what somebody signed
    blobs: dict[str, bytes] = field(default_factory=dict)
    settings: Settings | None = None
    register: Register = field(default_factory=Register)
    opened: str = ""
    opened_at: dt.datetime | None = None
    _clock: dt.datetime = _BEGINNING

    @property
    def policy(self) -> Policy:
        return self.settings.review if self.settings else Policy()

    def fold(self, revision: str) -> Iterator[tuple[Commit, list[Breach]]]:
        """Judge every step up to a commit."""
        commits = list(history.first_parent_log(self.root, revision, *disk.CONTROLLED_PATHS, options=LOG_OPTIONS))
        self.load(change.oid for commit in commits for change in commit.changes)
        for commit in commits:
            yield commit, self.step(commit)

    def aside(self) -> "Ledger":
        """The same book, to go on with alone: what steps it takes, this one does not know of."""
        return replace(
            self,
            current=dict(self.current),
            strange=set(self.strange),
            approved=dict(self.approved),
            issues=list(self.issues),
            receipts=list(self.receipts),
            about={path: list(receipts) for path, receipts in self.about.items()},
            signed={path: dict(numbers) for path, numbers in self.signed.items()},
            blobs=dict(self.blobs),
        )

    def load(self, oids: Iterable[str]) -> None:
        self.blobs |= dict(history.read_blobs(self.root, (oid for oid in oids if oid and oid not in self.blobs)))

    def step(self, commit: Commit) -> list[Breach]:
        """Take in one step. Before the workspace is opened everything is draft and nothing is judged."""
        from csdocs.load.approval.step import judge_opening, judge_step

        changes = [change for change in commit.changes if is_controlled(change.path)]
        for change in changes:
            self._lay(change)
        landed = self._land(commit)
        return (judge_step if self.opened else judge_opening)(self, commit, changes, landed)

    def _lay(self, change: PathChange) -> None:
        self.current.pop(change.path, None)
        self.strange.discard(change.path)
        if change.mode == history.REGULAR:
            self.current[change.path] = change.oid
        elif change.oid:
            self.strange.add(change.path)

    @property
    def landed(self) -> dt.datetime:
        """When the last step landed, as `step` has it."""
        return self._clock

    def _land(self, commit: Commit) -> dt.datetime:
        """When the step landed. Order is evidence, dates are claims: no step is earlier than the one before it."""
        self._clock = max(self._clock, dt.datetime.fromtimestamp(commit.time, dt.UTC))
        return self._clock.astimezone(self.settings.zone if self.settings else dt.UTC)

    # approved states

    def approve(self, path: str, landed: dt.datetime) -> None:
        """The bytes that lie at the path now are approved."""
        approved = Approved(path, self.bytes_of(path), self.current[path], len(self.about.get(path, ())))
        self.approved[path] = approved
        self.issues.append(Issue(approved, landed, opening=not self.opened))
        if path == CONFIG:
            self.settings = read_clean(Settings, self.bytes_of(path)) or self.settings
        if path in (PEOPLE, ORGANISATION):
            people, organisation = self._approved_register(PEOPLE), self._approved_register(ORGANISATION)
            self.register = Register(
                people=people.people, departments=organisation.departments, posts=organisation.posts
            )

    def _approved_register(self, path: str) -> Register:
        found = self.approved.get(path)
        return (read_clean(Register, found.data) if found else None) or Register()

    def bytes_of(self, path: str) -> bytes:
        """What lies at a path now; empty where there is no file."""
        if path not in self.current:
            return b""
        try:
            return self.blobs[self.current[path]]
        except KeyError:
            raise history.lost(path) from None

    def sha256(self, path: str) -> str:
        return hashlib.sha256(self.bytes_of(path)).hexdigest()

    def control(self, path: str) -> Control | None:
        return read_control(path, self.bytes_of(path))

    def next_revision(self, path: str) -> int:
        """One more than any number that is used up, unless somebody signed that number for the very bytes that lie here."""
        last = self.last_revision(path)
        return last if self.signed.get(path, {}).get(last) == self.sha256(path) else last + 1

    def last_revision(self, path: str) -> int:
        """The highest number that is approved, or that somebody signed; 0 where there is none."""
        approved = self.approved.get(path)
        return max((approved.revision if approved else None) or 0, *self.signed.get(path, ()), 0)

    def standing(self, path: str, kind: ChangeKind, drafters: tuple[str, ...], landed: dt.datetime) -> Standing:
        """Whether the bytes at a path have every receipt they need."""
        receipts = [verified.receipt for verified in self.unspent(path)]
        return judge_standing(self.claim(path, kind, drafters), receipts, self.policy, self.register, landed)

    def claimed(self, path: str) -> tuple[ChangeKind, tuple[str, ...]]:
        """The kind of change that the file claims for itself, and who drafted it."""
        control = self.control(path)
        entry = control.entry if control else None
        return (entry.kind, entry.drafted_by) if entry else ("major", ())

    def is_pending(self, path: str) -> bool:
        """Whether other bytes lie at a path than were approved last."""
        approved = self.approved.get(path)
        return path in self.current and (approved is None or approved.oid != self.current[path])

    def claim(self, path: str, kind: ChangeKind, drafters: tuple[str, ...]) -> Claim:
        control = self.control(path)
        revision = control.revision if control else None
        return Claim(path, self.sha256(path), revision, self.approved.get(path), kind, drafters)

    def unspent(self, path: str) -> list[Verified]:
        """Receipts about a path that landed since its last approval: an old one cannot bring back an old state."""
        approved = self.approved.get(path)
        return self.about.get(path, [])[approved.spent if approved else 0 :]

    # receipts

    def take(self, verified: Verified) -> None:
        self.receipts.append(verified)
        for target in verified.receipt.covers:
            self.about.setdefault(target.path, []).append(verified)

    def read_receipt(self, path: str) -> tuple[Receipt | None, str]:
        """A receipt and its signature."""
        signature = self.bytes_of(f"{path}.sig").decode("utf-8", "replace")
        return read_clean(Receipt, self.bytes_of(path)), signature

    def verify(self, path: str, landed: dt.datetime, settled: Collection[str] = ()) -> Verified:
        """A new receipt, by the approved register and policy; raises Doubt. `settled`: paths that this step approves."""
        receipt, signature = self.read_receipt(path)
        if receipt is None:
            raise Doubt(Text("不是有效的凭据文件", "it is not a receipt"))
        if receipt_path(receipt) != path:
            raise Doubt(Text("应位于 {path}", "it belongs at {path}").format(path=receipt_path(receipt)))
        if self.settings is None or receipt.workspace != self.settings.workspace:
            raise Doubt(Text("属于另一个工作区", "it belongs to another workspace"))
        if receipt.meaning == "open":
            raise Doubt(Text("工作区已经开启，不能再次开启", "the workspace is open already"))
        data = self.bytes_of(path)
        if receipt.meaning == "emergency":
            public = verify_root(data, signature, receipt, self.settings.root_keys, landed)
            self.require_words(receipt)
            return Verified(path, receipt, landed, public)
        public = verify_person(data, signature, receipt, self.register, landed)
        self.require_words(receipt)
        self.require_say(receipt, landed, settled)
        return Verified(path, receipt, landed, public)

    def require_say(self, receipt: Receipt, landed: dt.datetime, settled: Collection[str] = ()) -> None:
        """Whether the person may say this in that post."""
        self._require_post(receipt, landed)
        if receipt.meaning in REVIEWING:
            self._require_approved(receipt, settled)
        if receipt.meaning == "reject":
            self._require_approver(receipt)

    def require_words(self, receipt: Receipt) -> None:
        """What people read of a receipt, in its file and printed, is what it counts as."""
        if receipt.statement != stated(receipt.meaning, receipt.covers).zh:
            raise Doubt(Text("声明的文字与用途不符", "the words of the statement are not those of its meaning"))
        for target in receipt.covers if receipt.meaning != "open" else ():
            data = self.bytes_of(target.path)
            if hashlib.sha256(data).hexdigest() == target.to.sha256 and target.document != _named(target.path, data):
                said = Text("{path} 不是 {document}", "{path} is not {document}")
                raise Doubt(said.format(path=target.path, document=target.document or target.path))

    def _require_post(self, receipt: Receipt, landed: dt.datetime) -> None:
        person = self.register.person[receipt.person]
        day = receipt.at.astimezone(landed.tzinfo).date()
        if not acts_as(person, receipt.post, day, self.register, self.policy):
            raise Doubt(NOT_HELD.format(post=receipt.post))

    def _require_approver(self, receipt: Receipt) -> None:
        """A rejection stands in the way of everybody: only who could approve may raise it."""
        for path in (target.path for target in receipt.covers):
            if receipt.post not in self.policy.approving_posts(path):
                raise Doubt(Text("{post} 无权驳回", "{post} may not reject it").format(post=receipt.post))

    def _require_approved(self, receipt: Receipt, settled: Collection[str]) -> None:
        """A periodic review and an acknowledgement are about what is approved; a review is for owner and approvers."""
        for path, digest in ((target.path, target.to.sha256) for target in receipt.covers):
            approved = self.approved.get(path)
            if digest != (self.sha256(path) if path in settled else approved and approved.sha256):
                raise Doubt(Text("{path} 的这一内容未获批准", "this state of {path} is not approved").format(path=path))
            owner = approved.control.owner if approved and approved.control else None
            if receipt.meaning == "no-change" and receipt.post not in {owner, *self.policy.approving_posts(path)}:
                raise Doubt(Text("{post} 无权复审", "{post} may not review it").format(post=receipt.post))


def folded(root: Path, revision: str, pinned: str | None = None) -> Ledger:
    """What is approved at a commit. `pinned`: fingerprint of the root key, if it is not to be believed."""
    ledger = Ledger(root, pinned)
    for _ in ledger.fold(revision):
        pass
    return ledger


def is_controlled(path: str) -> bool:
    return path == CONFIG or path in OF_GIT or path.startswith(CONTROLLED_FOLDERS)


def is_receipt(path: str) -> bool:
    return path.startswith(RECEIPTS)


def has_control(path: str) -> bool:
    return path.startswith((*DOCUMENTS, FORMS))


def read_clean(shape: type[S], data: bytes) -> S | None:
    """A file as one shape; None if there is anything wrong with it, such as a key given twice."""
    found = read_shape(shape, data) if data else None
    return found.value if found and not found.problems else None


@cache
def read_control(path: str, data: bytes) -> Control | None:
    """The control block of a document or form; None where there is none, or more than one way to read it."""
    if not has_control(path):
        return None
    if path.endswith(".md"):
        control, problems = parse_front(data)
        return control if not problems else None
    tree, problems = parse_yaml(data)
    if not isinstance(tree, dict) or "revision" not in tree or any(p.slug != "empty-value" for p in problems):
        return None
    keys = {key: value for key, value in tree.items() if key in Control.model_fields}
    return to_shape(Control, keys)[0]


@cache
def _named(path: str, data: bytes) -> str | None:
    """The id by which receipts name the file."""
    return identity(path, data) if read_control(path, data) else None


def identity(path: str, data: bytes) -> str | None:
    """The id that a document or form gives itself; None for one that is no id, such as a path."""
    if path.endswith(".md"):
        control = parse_front(data).control
        return control.id if control else None
    tree = parse_yaml(data).tree
    found = tree.get("id") if isinstance(tree, dict) else None
    return found if isinstance(found, str) and re.fullmatch(CONTROLLED, found) else None
