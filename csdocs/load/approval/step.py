"""The judgement of one first-parent step: what it may bring into the ledger, and what is wrong with it."""

import datetime as dt
import unicodedata
from collections.abc import Sequence

from csdocs.load.approval.ambiguity import ambiguities
from csdocs.load.approval.ledger import (
    REVIEWING,
    Breach,
    Ledger,
    Verified,
    has_control,
    identity,
    is_receipt,
    read_clean,
)
from csdocs.load.approval.standing import covers, differs
from csdocs.model.change import ChangeKind
from csdocs.model.control import Change
from csdocs.model.finding import Position, Problem
from csdocs.model.person import HELD_NO_LONGER, Person, Register
from csdocs.model.place import CONFIG, OPENING, PEOPLE
from csdocs.model.registers import SHAPES, is_classified
from csdocs.model.text import Text
from csdocs.model.workspace import Settings
from csdocs.store.history import Commit, PathChange
from csdocs.trust import ssh
from csdocs.trust.receipt import Doubt, acts_as, keys_of, verify_root

_TOP = Position(1, 1)
_ONLY_A_SIGNATURE = Text("只有签名，没有凭据：请删去", "there is only a signature: delete it")


def judge_opening(ledger: Ledger, commit: Commit, changes: Sequence[PathChange], landed: dt.datetime) -> list[Breach]:
    """In set-up everything is draft, until a root key has signed exactly what lies here."""
    breaches: list[Breach] = []
    for path in (c.path for c in changes if c.path.startswith(OPENING) and c.path.endswith(".yaml") and c.oid):
        try:
            verified = _opening(ledger, path, landed)
        except Doubt as doubt:
            breaches.append(Breach(path, Problem("receipt-not-valid", _TOP, {"reason": doubt.reason})))
            continue
        for target in verified.receipt.covers:
            ledger.approve(target.path, landed)
        ledger.receipts.append(verified)
        ledger.opened, ledger.opened_at = commit.id, landed
        return []
    return breaches


def _opening(ledger: Ledger, path: str, landed: dt.datetime) -> Verified:
    settings = read_clean(Settings, ledger.bytes_of(CONFIG))
    receipt, signature = ledger.read_receipt(path)
    if receipt is None or receipt.meaning != "open" or settings is None:
        raise Doubt(Text("开启凭据或 csdocs.yaml 无法读取", "the receipt or csdocs.yaml cannot be read"))
    roots = [key for key in settings.root_keys if ledger.pinned_root in (None, ssh.fingerprint(key.public))]
    public = verify_root(ledger.bytes_of(path), signature, receipt, roots, landed)
    ledger.require_words(receipt)
    listed = {target.path: target.to.sha256 for target in receipt.covers}
    here = {each: ledger.sha256(each) for each in ledger.current if not each.startswith(OPENING)}
    if receipt.workspace != settings.workspace or listed != here or ledger.strange:
        different = {each for each in {*listed, *here} if listed.get(each) != here.get(each)} | ledger.strange
        names = ", ".join(sorted(different)[:3]) or CONFIG
        raise Doubt(Text("清单与文件不符：{names}", "the list is not what lies here: {names}").format(names=names))
    for each in (each for each in here if _is_unreadable(ledger, each)):
        raise Doubt(Text("{path} 无法读取", "{path} cannot be read").format(path=each))
    if _ambiguities(ledger):
        reason = Text("{path} 中有两人共用一个工号或一把密钥", "in {path} two people share a number or a key")
        raise Doubt(reason.format(path=PEOPLE))
    return Verified(path, receipt, landed, public)


def judge_step(ledger: Ledger, commit: Commit, changes: Sequence[PathChange], landed: dt.datetime) -> list[Breach]:
    """Receipts first, then the files that they are about; what was approved counts from the next step on."""
    return _Step(ledger, commit, changes, landed).judge()


class _Step:
    def __init__(self, ledger: Ledger, commit: Commit, changes: Sequence[PathChange], landed: dt.datetime) -> None:
        self.ledger = ledger
        self.commit = commit
        self.changes = changes
        self.landed = landed
        self.breaches: list[Breach] = []
        self.new: list[Verified] = []
        self.settled: list[str] = []

    def judge(self) -> list[Breach]:
        receipts = [change for change in self.changes if is_receipt(change.path)]
        files = [change for change in self.changes if not is_receipt(change.path)]
        reviewing = [change for change in receipts if self._is_reviewing(change)]
        for change in (change for change in receipts if change not in reviewing):
            self._take_receipt(change)
        for change in files:
            if self._is_regular(change):
                self._judge_file(change.path, changed=True)
        for path in self._waiting({change.path for change in files}):
            self._judge_file(path, changed=False)
        for change in reviewing:
            self._take_receipt(change)
        self._conclude()
        return self.breaches

    def _note(self, path: str, slug: str, at: Position = _TOP, **values: object) -> None:
        self.breaches.append(Breach(path, Problem(slug, at, values)))

    # receipts

    def _is_reviewing(self, change: PathChange) -> bool:
        receipt, _ = self.ledger.read_receipt(change.path)
        return receipt is not None and receipt.meaning in REVIEWING

    def _take_receipt(self, change: PathChange) -> None:
        if change.old_oid:
            self._note(change.path, "receipt-touched")
        elif change.path in self.ledger.strange:
            self._note(change.path, "not-a-plain-file", mode=change.mode)
        elif change.path.endswith(".yaml"):
            self._verify(change.path)
        elif not change.path.endswith(".yaml.sig"):
            self._note(change.path, "unclassified-change")
        elif change.path.removesuffix(".sig") not in self.ledger.current:
            # it would stay, and be in the way of whoever is to sign there
            self._note(change.path, "receipt-not-valid", reason=_ONLY_A_SIGNATURE)

    def _verify(self, path: str) -> None:
        try:
            verified = self.ledger.verify(path, self.landed, self.settled)
        except Doubt as doubt:
            self._note(path, "receipt-not-valid", reason=doubt.reason)
            return
        self.ledger.take(verified)
        self.new.append(verified)
        self._doubt_post(verified)

    def _doubt_post(self, verified: Verified) -> None:
        """Who holds the post no longer may have signed before, or may have dated it so: only people can tell."""
        receipt, ledger = verified.receipt, self.ledger
        person = ledger.register.person.get(receipt.person)
        if person is None or receipt.meaning == "emergency":
            return
        if not acts_as(person, receipt.post, self.landed.date(), ledger.register, ledger.policy):
            reason = HELD_NO_LONGER.format(post=receipt.post)
            self._note(verified.path, "receipt-doubtful", by=person.staff_no, reason=reason)

    # files

    def _is_regular(self, change: PathChange) -> bool:
        """Deletions, renames, links, modes and strange places are refused before anybody reads the file."""
        path = change.path
        if not change.oid:
            if path in self.ledger.approved:
                self._note(path, "controlled-file-removed")
            return False
        if path in self.ledger.strange:
            self._note(path, "not-a-plain-file", mode=change.mode)
        elif not is_classified(path):
            self._note(path, "unclassified-change")
        elif (twin := self._twin(path)) is not None:
            self._note(path, "path-not-portable", other=twin)
        else:
            return True
        return False

    def _twin(self, path: str) -> str | None:
        """Another spelling of the path that some systems take for the same file; None for a path that is plain."""
        plain = unicodedata.normalize("NFC", path)
        if plain != path or not path.isprintable() or "\\" in path:
            return plain
        folded = path.casefold()
        return next((each for each in self.ledger.current if each.casefold() == folded and each != path), None)

    def _judge_file(self, path: str, *, changed: bool) -> None:
        approved = self.ledger.approved.get(path)
        if approved is not None and approved.sha256 == self.ledger.sha256(path):
            return  # put back as it was approved
        refusals = len(self.breaches)
        if has_control(path):
            self._judge_control(path)
        else:
            self._judge_register(path)
        self._settle(path, changed=changed, refused=len(self.breaches) > refusals)

    def _judge_register(self, path: str) -> None:
        if _is_unreadable(self.ledger, path):
            self._note(path, "register-unreadable")
        elif path == PEOPLE:
            self.breaches += (Breach(path, problem) for problem in _ambiguities(self.ledger))
        elif path == CONFIG and self._changes_root(self.ledger.settings):
            self._note(path, "root-key-changed")

    def _changes_root(self, before: Settings | None) -> bool:
        """What everything rests on changes by a root key alone: whoever could approve policy could replace it."""
        after = read_clean(Settings, self.ledger.bytes_of(CONFIG))
        if before is None or after is None:
            return True
        if (before.workspace, before.root_keys) == (after.workspace, after.root_keys):
            return False
        claim = self.ledger.claim(CONFIG, "major", ())
        return not any(
            v.receipt.meaning == "emergency" and covers(v.receipt, claim) for v in self.ledger.unspent(CONFIG)
        )

    def _judge_control(self, path: str) -> None:
        """Number, change entry, claimed kind and date of a document or form."""
        ledger = self.ledger
        control, approved = ledger.control(path), ledger.approved.get(path)
        if control is None:
            self._note(path, "control-unreadable")
            return
        expected = ledger.next_revision(path)
        if control.revision != expected:
            self._note(path, "revision-not-next", revision=control.revision, expected=expected)
        entry = control.entry
        if entry is None:
            self._note(path, "change-entry-missing", revision=control.revision)
        if approved is None or approved.control is None:
            return
        before = approved.data
        if identity(path, before) != identity(path, ledger.bytes_of(path)):
            self._note(path, "controlled-file-removed")
        for kept in approved.control.changes:
            if kept not in control.changes:
                self._note(path, "change-entry-rewritten", revision=kept.revision)
        if entry is not None:
            self._judge_kind(path, entry, before)
        if control.effective < approved.control.effective:
            before_that = approved.control.effective
            self._note(path, "effective-before-predecessor", effective=control.effective, before=before_that)

    def _judge_kind(self, path: str, entry: Change, before: bytes) -> None:
        from csdocs.compare.kind import computed_kind  # slow to come by, and few steps revise anything

        found = computed_kind(path, before, self.ledger.bytes_of(path))
        if not found.allows(entry.kind):
            reason = found.reasons[0]
            said = reason.message
            self._note(path, "kind-under-claimed", reason.at, claimed=entry.kind, computed=found.kind, reason=said)

    # approval

    def _settle(self, path: str, *, changed: bool, refused: bool) -> None:
        """Approve the bytes if their receipts are complete; else say what is missing."""
        kind, drafters = self.ledger.claimed(path)
        standing = self.ledger.standing(path, kind, drafters, self.landed)
        if standing.complete:
            if not refused:
                self.settled.append(path)
            return
        if not standing.ruled:
            self._note(path, "no-policy")
            return
        if changed:
            pending = has_control(path) and self.ledger.policy.pending_may_land
            self._note(path, "approval-pending" if pending else "approval-missing", missing=standing.said)
        self._note_void(path, kind, drafters)

    def _note_void(self, path: str, kind: ChangeKind, drafters: tuple[str, ...]) -> None:
        """New receipts about the path that are about other bytes, or start from another state."""
        claim = self.ledger.claim(path, kind, drafters)
        for verified in self.new:
            receipt = verified.receipt
            reason = differs(receipt, claim) if receipt.meaning not in REVIEWING else None
            if reason is not None:
                verb = "submit" if receipt.meaning == "submit" else "approve"
                command = f"csdocs {verb} {path} --as {receipt.person}"
                command += f" --post {receipt.post}" if verb == "approve" else ""
                self._note(verified.path, "receipt-void", file=path, by=receipt.person, reason=reason, command=command)

    def _waiting(self, touched: set[str]) -> list[str]:
        """Pending files of earlier steps about which this step brings receipts."""
        covered = {target.path for verified in self.new for target in verified.receipt.covers}
        return [path for path in sorted(covered - touched) if self.ledger.is_pending(path)]

    def _conclude(self) -> None:
        ledger = self.ledger
        register = ledger.register
        for path in self.settled:
            ledger.approve(path, self.landed)
            control = ledger.control(path)
            if control is not None and control.effective < self.landed.date():
                since = self.landed.date()
                self._note(path, "effective-has-passed", effective=control.effective, since=since)
        covered = {target.path for verified in self.new for target in verified.receipt.covers}
        for path in covered | {change.path for change in self.changes}:
            self._note_number(path)
        if ledger.register is not register:
            self._doubt_keys(register)

    def _note_number(self, path: str) -> None:
        """A number that somebody signed is used up, whatever becomes of the bytes."""
        control = self.ledger.control(path) if path in self.ledger.current and has_control(path) else None
        if control is not None:
            digest = self.ledger.sha256(path)
            targets = (verified.receipt.target(path) for verified in self.ledger.about.get(path, ()))
            if any(target and target.to.sha256 == digest for target in targets):
                self.ledger.signed.setdefault(path, {}).setdefault(control.revision, digest)

    def _doubt_keys(self, before: Register) -> None:
        """Receipts that a key signed after it was stolen, as its revocation now says; they landed, so they count."""
        for verified in self.ledger.receipts:
            receipt = verified.receipt
            new, old = (register.person.get(receipt.person) for register in (self.ledger.register, before))
            since, known = (_stolen_since(person, verified.public) for person in (new, old))
            if since is not None and known is None and receipt.at >= since:
                reason = Text("密钥自 {since} 起可能外泄", "the key may have been stolen since {since}")
                said = reason.format(since=since.isoformat())
                self._note(verified.path, "receipt-doubtful", by=receipt.person, reason=said)


def _stolen_since(person: Person | None, public: bytes) -> dt.datetime | None:
    revoked = (key.revoked for key in keys_of(person, public)) if person else ()
    return min((each.compromised_since for each in revoked if each), default=None)


def _ambiguities(ledger: Ledger) -> list[Problem]:
    """Of the register as it lies here, approved or not."""
    return [*ambiguities(read_clean(Register, ledger.bytes_of(PEOPLE)) or Register())]


def _is_unreadable(ledger: Ledger, path: str) -> bool:
    return path in SHAPES and read_clean(SHAPES[path], ledger.bytes_of(path)) is None
