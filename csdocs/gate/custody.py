"""What a step may do to records: signed content stays as it is, and what is removed was disposed of by the rules."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from csdocs.check.whole import judge_record
from csdocs.gate.quoting import plain
from csdocs.load.approval.approved import ApprovedWorkspace
from csdocs.load.record.case import RecordCase
from csdocs.load.record.disposal import removal_trouble, ungrounded
from csdocs.load.record.doubt import came_late
from csdocs.model.disposal import Stub, stub_path
from csdocs.model.error import CsdocsError
from csdocs.model.finding import Finding, Problem, Severity
from csdocs.model.person import Person
from csdocs.model.place import ATTACHMENTS, OF_GIT, is_attachment, is_stub
from csdocs.model.record import Record, Signature
from csdocs.model.text import Text
from csdocs.parse.record import parse_record, read_stub
from csdocs.parse.yamltext import locate
from csdocs.rules import by_slug
from csdocs.store import disk, history
from csdocs.store.history import Commit, PathChange
from csdocs.trust import ssh


def record_blobs(root: Path, commits: Sequence[Commit]) -> dict[str, bytes]:
    """What the steps' records and stubs held before and after, by blob id."""
    changes = [change for commit in commits for change in commit.changes if _is_judged(change.path)]
    return dict(history.read_blobs(root, (oid for change in changes for oid in (change.old_oid, change.oid) if oid)))


def _is_judged(path: str) -> bool:
    return disk.is_record(path) or is_stub(path)


def _is_strange(change: PathChange) -> bool:
    """A link, a program or another repository: what lies behind it is in no commit, and yet people would see it here."""
    below = change.path == disk.RECORDS or change.path.startswith(f"{disk.RECORDS}/")
    return below and change.oid != "" and change.mode != history.REGULAR


def _steers_git(change: PathChange) -> bool:
    """Among records nobody looks for what makes git lay out other bytes, or leave a record out of a commit."""
    return change.path.startswith(f"{disk.RECORDS}/") and change.oid != "" and change.path.rpartition("/")[2] in OF_GIT


def judge_records(workspace: ApprovedWorkspace, commit: Commit, blobs: Mapping[str, bytes]) -> Iterator[Finding]:
    """Findings of one step, by the approved register; `blobs` holds what `record_blobs` read."""
    workspace.stand_at(commit.id, workspace.ledger.landed)
    for finding in _Step(workspace, commit, blobs).judge():
        if not workspace.waivers.cover(finding.code, finding.path, workspace.today):
            yield finding


_REVOKED = Text("密钥在签名入库之前已吊销", "the key was revoked before the signature landed")


class _Step:
    def __init__(self, workspace: ApprovedWorkspace, commit: Commit, blobs: Mapping[str, bytes]) -> None:
        self.workspace = workspace
        self.changes = commit.changes
        self.blobs = blobs

    def judge(self) -> Iterator[Finding]:
        for change in self.changes:
            if _steers_git(change):
                yield plain(change.path, "unclassified-change")
            elif disk.is_record(change.path):
                yield from self._record(change)
            elif is_stub(change.path):
                yield from self._stub(change)
            elif _is_strange(change):
                yield plain(change.path, "not-a-plain-file", mode=change.mode)
        for path in self._beside_attachments():
            yield from self._errors(RecordCase(self.workspace, path, self.workspace.read(path)))

    # records

    def _record(self, change: PathChange) -> Iterator[Finding]:
        before = None
        if change.old_mode in history.FILES:
            before = parse_record(change.path, self._content(change.path, change.old_oid)).record
        if not change.path.isprintable():
            yield plain(change.path, "path-not-portable", other=change.path)
        elif not change.oid:
            yield from self._removed(change, before)
        elif change.mode != history.REGULAR:
            yield plain(change.path, "not-a-plain-file", mode=change.mode)
        else:
            case = RecordCase(self.workspace, change.path, self._content(change.path, change.oid))
            if before is not None and before.signatures:
                yield from _kept(change.path, before, case.parsed.record, case.data)
            yield from self._errors(case)
            yield from self._signed_too_late(case, len(before.signatures) if before else 0)

    def _errors(self, case: RecordCase) -> Iterator[Finding]:
        return (finding for finding in judge_record(case) if finding.severity is Severity.ERROR)

    def _signed_too_late(self, case: RecordCase, known: int) -> Iterator[Finding]:
        """New signatures of which the register says that they could not have been made by now."""
        for index, signature in enumerate(case.parsed.record.signatures if case.parsed.record else ()):
            late = self._lateness(case, index, signature) if index >= known else None
            if late is not None:
                slug, reason = late
                values = {"by": signature.by, "step": signature.step, "reason": reason}
                problem = Problem(slug, ("signatures", index, "signature"), values)
                yield by_slug()[slug].finding(problem, case.path, locate(case.data, problem.at))

    def _lateness(self, case: RecordCase, index: int, signature: Signature) -> tuple[str, Text] | None:
        """Whoever stole a key can write any date, so one that was revoked signs nothing more. Whoever has left may have signed before, or
        have dated it so: only people can tell."""
        person = self.workspace.register.person.get(signature.by)
        if person is None:
            return None
        if _is_revoked(person, signature.signature):
            return "signature-not-valid", _REVOKED
        counts = case.form is not None and case.signature_problems[index] is None
        reason = came_late(person, signature, self.workspace.today) if counts else None
        return None if reason is None else ("signature-doubtful", reason)

    def _content(self, path: str, oid: str) -> bytes:
        if oid not in self.blobs:
            raise history.lost(path)
        return self.blobs[oid]

    # attachments

    def _beside_attachments(self) -> list[str]:
        """Records that did not change themselves, while a file beside them did."""
        changed = {change.path for change in self.changes}
        beside = (path for path in changed if path.startswith(f"{disk.RECORDS}/") and is_attachment(path))
        folders = {path.partition(f"{ATTACHMENTS}/")[0] for path in beside}
        return [path for folder in sorted(folders) for path in self._records_of(folder) if path not in changed]

    def _records_of(self, stem: str) -> Iterator[str]:
        """The record of an attachment folder and its amendments, as the step has them."""
        for path in self.workspace.source.files_below(stem.rpartition("/")[0]):
            if disk.is_record(path) and (path == f"{stem}.yaml" or path.startswith(f"{stem}.a")):
                yield path

    # disposal

    def _removed(self, change: PathChange, before: Record | None) -> Iterator[Finding]:
        if before is None or not before.signatures:
            return
        path = stub_path(change.path, before.id)
        stub = self._stub_at(path)
        if stub is None:
            yield plain(change.path, "signed-record-removed")
            return
        trouble = removal_trouble(self.workspace, change.path, self._content(change.path, change.old_oid), stub)
        if trouble is not None:
            yield plain(change.path, "disposal-without-ground", path=path, reason=trouble)

    def _stub_at(self, path: str) -> Stub | None:
        try:
            return read_stub(self.workspace.read(path))
        except CsdocsError:
            return None

    def _stub(self, change: PathChange) -> Iterator[Finding]:
        """A stub comes in the step that removes its record, and stays."""
        if change.old_oid:
            yield plain(change.path, "disposal-stub-touched")
            return
        stub = read_stub(self._content(change.path, change.oid)) if change.mode == history.REGULAR else None
        trouble = ungrounded(self.workspace, change.path, stub) if stub else Text("无法读取", "it cannot be read")
        if stub is not None and trouble is None and not self._removes(change.path, stub):
            trouble = Text("所列文件不是在这一步移除的", "the files it lists are not removed by this very step")
        if trouble is not None:
            yield plain(change.path, "disposal-without-ground", path=change.path, reason=trouble)

    def _removes(self, path: str, stub: Stub) -> bool:
        folder = path.rpartition("/")[0]
        removed = {
            change.path: hashlib.sha256(self._content(change.path, change.old_oid)).hexdigest()
            for change in self.changes
            if disk.is_record(change.path) and not change.oid
        }
        return all(removed.get(f"{folder}/{each.file}") == each.sha256 for each in stub.files)


def _is_revoked(person: Person, armoured: str) -> bool:
    try:
        public = ssh.parse_signature(armoured).public
    except ssh.BadSignature:
        return False  # which is another finding
    return any(key.revoked is not None and ssh.key_blob(key.public) == public for key in person.keys)


def _kept(path: str, before: Record, after: Record | None, data: bytes) -> Iterator[Finding]:
    """Every signature that was there is there still, in its place and to the letter."""
    now = after.signatures if after else ()
    for index, signature in enumerate(before.signatures):
        if index >= len(now) or now[index] != signature:
            problem = Problem("signature-removed", ("signatures", index), {"number": index + 1})
            yield by_slug()[problem.slug].finding(problem, path, locate(data, ("signatures", index)))
            return
