"""`csdocs review`: may this go in? It looks at commits only: whatever lies in the work tree has no say."""

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from csdocs.gate.custody import judge_records, record_blobs
from csdocs.gate.dating import brought_by, signed_later
from csdocs.gate.judge import Judge
from csdocs.gate.natural_key import held_twice
from csdocs.gate.quoting import of_breach, plain
from csdocs.load.approval.approved import ApprovedWorkspace
from csdocs.load.approval.dependents import Dependents, dependents, record_folder
from csdocs.load.approval.ledger import LOG_OPTIONS, Ledger, folded, is_controlled
from csdocs.model.error import CsdocsError
from csdocs.model.finding import Finding, Severity, in_order
from csdocs.model.place import CONFIG, STUB
from csdocs.model.skew import SKEW
from csdocs.model.text import Text, printable
from csdocs.rules.workspace.number_taken_twice import taken
from csdocs.store import disk, history
from csdocs.store.history import Commit, PathChange


class Reviewed(NamedTuple):
    """Findings of a change, how many files were looked at, and what rests on the documents and forms among them."""

    findings: tuple[Finding, ...]
    files: int
    affected: tuple[Dependents, ...] = ()

    @property
    def has_errors(self) -> bool:
        return _refused(self.findings) is not None


def _refused(findings: Iterable[Finding]) -> Finding | None:
    """The first for which a change may not go in."""
    return next((finding for finding in findings if finding.severity is Severity.ERROR), None)


# a change


def review(root: Path, base: str, head: str, now: dt.datetime, pinned: str | None = None) -> Reviewed:
    """Judge what `head` would bring to `base`, by the register and policy that `base` has approved."""
    base_id, head_id = history.resolve(root, base), history.resolve(root, head)
    ledger = folded(root, base_id, pinned)
    behind, ahead = list(guarded_log(root, f"{head_id}..{base_id}")), list(guarded_log(root, f"{base_id}..{head_id}"))
    parted = _since_parted(root, base_id, head_id)
    changes = _changes(root, base_id, head_id, parted)
    ledger.load(change.oid for change in changes if is_controlled(change.path))
    moment = (ledger.settings.clock if ledger.settings else None) or now
    step = Commit(head_id, int(moment.timestamp()), "", changes)
    was_open, register, known, before = bool(ledger.opened), ledger.register, len(ledger.receipts), ledger.landed
    aside = ledger.aside()
    found = [of_breach(ledger, breach) for breach in ledger.step(step)]
    require_opening(pinned, bool(ledger.opened))
    if not was_open:
        return Reviewed(in_order([*found, plain(CONFIG, "draft-not-opened")]), len(changes))
    approved, blobs = ApprovedWorkspace(ledger, register), record_blobs(root, [step])
    names = cache(lambda: history.names_below(root, base_id, disk.RECORDS))
    found += judge_records(approved, step, blobs)
    if not behind and approved.settings.clock is None:
        brought = brought_by(ahead, max(before, history.moment(history.commit_time(root, base_id), dt.UTC)))
        found += signed_later(approved, ledger.receipts[known:], changes, blobs, brought)
    found += held_twice(approved, base_id, step, blobs, names)
    found += _taken_numbers(names, step, parted)
    found += _judge_commits(ahead, behind, max(moment, now))
    found += _judge_authors(ledger, known, ahead)
    found += twins(root, head_id)
    if not behind and not _refused(found):
        found += _one_by_one(aside, base_id, ahead)
    return Reviewed(in_order(found), len(changes), tuple(_affected(ledger, head_id, changes)))


def _affected(ledger: Ledger, head: str, changes: Iterable[PathChange]) -> Iterator[Dependents]:
    files = {path: ledger.blobs[oid] for path, oid in ledger.current.items() if oid in ledger.blobs}
    for path in (change.path for change in changes if change.path in files):
        found = dependents(path, files)
        folder = record_folder(path, files[path])
        if found is not None:
            count = len(history.tree(ledger.root, head, f"{disk.RECORDS}/{folder}/")) if folder else None
            yield found._replace(records=count)


NO_OPENING = Text("没有由这把根密钥签署的开启凭据", "no opening was signed with this root key")


def require_opening(pinned: str | None, opened: bool) -> None:
    """Whoever names the root key wants to know that it opened this workspace; set-up would pass everything."""
    if pinned is not None and not opened:
        raise CsdocsError(
            NO_OPENING,
            Text(
                "核对 --root 的指纹；核对历史是否被替换",
                "compare the fingerprint, and whether the history was replaced",
            ),
        )


def _changes(root: Path, base: str, head: str, parted: Mapping[str, PathChange] | None) -> tuple[PathChange, ...]:
    """What merging `head` would do to `base`: what only base changed since the two parted is no doing of head's."""
    before, after = (history.tree(root, commit, *disk.CONTROLLED_PATHS) for commit in (base, head))
    paths = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    nothing = ("000000", "")
    found = [_path_change(path, before.get(path, nothing), after.get(path, nothing)) for path in paths]
    found += history.changes_between(root, base, head, disk.RECORDS)
    return tuple(change for change in found if parted is None or change.path in parted)


def _since_parted(root: Path, base: str, head: str) -> dict[str, PathChange] | None:
    """What `head` changed since it parted from base, as a merge will see it; None if the two have nothing in common.

    Base's own line does not tell: a branch that goes on where it was merged from parted at its own last commit.
    """
    ancestors = history.merge_bases(root, base, head)
    if not ancestors:
        return None
    own = (history.changes_between(root, ancestor, head, *disk.GUARDED) for ancestor in ancestors)
    return {change.path: change for changes in own for change in changes}


def _path_change(path: str, before: tuple[str, str], after: tuple[str, str]) -> PathChange:
    return PathChange(path, before[0], after[0], before[1], after[1])


def _taken_numbers(
    names: Callable[[], Mapping[str, str]], step: Commit, parted: Mapping[str, PathChange] | None
) -> Iterator[Finding]:
    """New records whose number base has given away, in the same place since the two parted, or in another."""
    records = [change for change in step.changes if disk.is_record(change.path) and change.oid]
    added = [change for change in records if not change.old_oid]
    for change in records:
        if change.old_oid and not (parted and parted[change.path].old_oid):
            yield _taken(change.path, _stem(change.path), change.path)
    taken = names() if added else {}
    for change in added:
        id = _stem(change.path)
        other = taken.get(f"{id}.yaml") or taken.get(f"{id}{STUB}")
        if other is not None:
            yield _taken(change.path, id, other)


def _taken(path: str, name: str, other: str) -> Finding:
    return plain(path, "number-taken-twice", **taken(path, name, other))


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


def twins(root: Path, head: str) -> Iterator[Finding]:
    """Names beside ours that some systems take for them, or that lead into them: there, what lies in them would be the register."""
    for name in history.folder(root, head, ""):
        visible = "".join(filter(str.isprintable, unicodedata.normalize("NFKC", name))).casefold().partition("/")[0]
        if visible in disk.GUARDED and name not in disk.GUARDED:
            yield plain(name, "path-not-portable", other=visible)


def _judge_commits(ahead: Sequence[Commit], behind: Sequence[Commit], now: dt.datetime) -> Iterator[Finding]:
    if behind:
        yield plain(CONFIG, "behind-base", count=len(behind))
    for commit in ahead:
        yield from from_the_future(commit, now)


def _one_by_one(ledger: Ledger, base: str, ahead: Sequence[Commit]) -> Iterator[Finding]:
    """A fast-forward, which git does where nobody forbids it, makes a step of each commit: of the first that may not go in alone."""
    if len(ahead) < 2 or not history.steps_since(ledger.root, base, ahead[-1].id):
        return
    ledger.load(change.oid for commit in ahead for change in commit.changes if is_controlled(change.path))
    for commit, findings in Judge(ledger).batch(ahead):
        refused = _refused(findings)
        if refused is not None:
            yield plain(refused.path, "refused-one-by-one", commit=commit.id[:12], reason=refused.message)
            return


def from_the_future(commit: Commit, now: dt.datetime) -> Iterator[Finding]:
    moment = dt.datetime.fromtimestamp(commit.time, dt.UTC)
    if moment > now + SKEW:
        yield plain(CONFIG, "commit-in-future", commit=commit.id[:12], at=moment.isoformat())


def _judge_authors(ledger: Ledger, known: int, ahead: Sequence[Commit]) -> Iterator[Finding]:
    """Approvals by somebody whom git calls an author of the file: a claim, but one to look into."""
    authors: dict[str, set[str]] = {}
    for commit in ahead:
        for change in commit.changes:
            authors.setdefault(change.path, set()).add(commit.author)
    for verified in ledger.receipts[known:]:
        person = ledger.register.person.get(verified.receipt.person)
        if verified.receipt.meaning != "approve" or person is None:
            continue
        names = (person.staff_no, person.name.zh, person.name.en)
        for target in verified.receipt.covers:
            named = [a for a in authors.get(target.path, ()) if any(name in _words(a) for name in names)]
            if named:
                yield plain(
                    verified.path, "author-approves", by=person.staff_no, file=target.path, author=printable(named[0])
                )


def _words(author: str) -> tuple[str, ...]:
    """The name that git gives, whole and in its parts, and the name of the mailbox."""
    name, _, mailbox = author.partition(" <")
    return (name, *name.split(), mailbox.partition("@")[0])


def guarded_log(root: Path, revision: str) -> Iterator[Commit]:
    """First-parent steps, with what they do to the files that the gate guards."""
    return history.first_parent_log(root, revision, *disk.GUARDED, options=LOG_OPTIONS)
