"""Steps of a line, one after the other: each is judged by what was approved before it."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from csdocs.gate.custody import judge_records, record_blobs
from csdocs.gate.quoting import of_breach
from csdocs.load.approval.approved import ApprovedWorkspace
from csdocs.load.approval.ledger import Ledger
from csdocs.model.finding import Finding, in_order
from csdocs.store.history import Commit


class Judge:
    """Folds every step, and judges those that are not known already."""

    def __init__(self, ledger: Ledger, known: Collection[str] = ()) -> None:
        self._ledger = ledger
        self._known = known
        self._workspace: ApprovedWorkspace | None = None

    def batch(self, commits: Sequence[Commit]) -> Iterator[tuple[Commit, tuple[Finding, ...]]]:
        blobs = record_blobs(self._ledger.root, [commit for commit in commits if commit.id not in self._known])
        for commit in commits:
            yield commit, self._step(commit, blobs)

    def _step(self, commit: Commit, blobs: Mapping[str, bytes]) -> tuple[Finding, ...]:
        ledger = self._ledger
        was_open, register = bool(ledger.opened), ledger.register
        breaches = ledger.step(commit)
        if commit.id in self._known or not commit.changes:
            return ()
        if self._workspace is None or not self._workspace.is_current(ledger, register):
            self._workspace = ApprovedWorkspace(ledger, register)
        judged = judge_records(self._workspace, commit, blobs) if was_open else ()
        return in_order([*(of_breach(ledger, breach) for breach in breaches), *judged])
