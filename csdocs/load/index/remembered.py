"""What earlier audits found of each step. A commit's id stands for all that came before it, so only the judge can have changed."""

from pathlib import Path
from typing import NamedTuple

from csdocs.load.index.outcome import finding_of
from csdocs.load.index.plain import dumped, loaded
from csdocs.load.program import judge_digest, zones_digest
from csdocs.model.finding import Finding
from csdocs.store import worktree
from csdocs.store.keep import Keep
from csdocs.store.secret import own_secret
from csdocs.store.state import NOTES

AUDITED = f"{NOTES}/audit.sqlite"


class StepOutcome(NamedTuple):
    """`touched`: whether the step changed anything that the gate guards; `opened`: whether the workspace was open after it."""

    touched: bool
    opened: bool
    findings: tuple[Finding, ...]


class Remembered:
    """Outcomes by commit id, for one pinned root key. It makes an audit faster and never changes what it says.

    An auditor is handed the folder: what lies in it counts only if this person's own audits noted it.
    """

    def __init__(self, root: Path, pinned: str | None, secret: bytes) -> None:
        self._keep = Keep(root / AUDITED, secret)
        self._judge = judge_digest(zones_digest(), pinned or "")
        self._known: dict[str, StepOutcome] = {}
        self._new: dict[str, StepOutcome] = {}

    def recall(self) -> dict[str, StepOutcome]:
        for commit, body in self._keep.entries():
            outcome = self._believed(body)
            if outcome is not None:
                self._known[commit] = outcome
        return self._known

    def _believed(self, body: bytes) -> StepOutcome | None:
        try:
            judge, touched, opened, findings = loaded(body)
            return StepOutcome(touched, opened, tuple(map(finding_of, findings))) if judge == self._judge else None
        except (ValueError, TypeError, LookupError):
            return None  # no entry that this program wrote

    def note(self, commit: str, outcome: StepOutcome) -> None:
        if commit not in self._known:
            self._new[commit] = outcome

    def keep(self) -> None:
        self._keep.write((commit, dumped((self._judge, *outcome))) for commit, outcome in self._new.items())


def remembered(root: Path, pinned: str | None) -> Remembered | None:
    """None where git would take notice of the file."""
    secret = own_secret()
    return Remembered(root, pinned, secret) if secret and worktree.is_ignored(root, AUDITED) else None
