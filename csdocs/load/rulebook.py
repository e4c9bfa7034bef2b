"""What was found of documents, forms, registers and reports, believed while the rule book, its history and the day are the same."""

from collections.abc import Sequence

from csdocs.load.outcome import finding_of
from csdocs.load.plain import dumped, loaded
from csdocs.load.program import digest, judge_digest, zones_digest
from csdocs.load.workspace import Workspace
from csdocs.model.finding import Finding
from csdocs.store import git
from csdocs.store.disk import fingerprint
from csdocs.store.keep import Keep

_NAME = "rule book"  # no record has this name: theirs begin with a word and a colon


class RuleBook:
    """Findings that no record has a part in."""

    def __init__(self, workspace: Workspace, keep: Keep) -> None:
        self._keep = keep
        files = (f"{path} {fingerprint(data)}" for path, data in sorted(workspace.files.items()))
        self._root = workspace.root
        self._head = git.head(workspace.root)
        facts = (self._head, workspace.today.isoformat(), workspace.register.model_dump_json())
        self._key = digest(judge_digest(zones_digest()), *facts, *files)

    def recall(self) -> list[Finding] | None:
        body = self._keep.entry(_NAME)
        if body is None:
            return None
        try:
            key, findings = loaded(body)
            return list(map(finding_of, findings)) if key == self._key else None
        except (ValueError, TypeError, LookupError, RecursionError):
            return None  # no entry that this program wrote

    def note(self, findings: Sequence[Finding]) -> None:
        if git.head(self._root) != self._head:
            return  # nobody can say by which history it was judged
        self._keep.write([(_NAME, dumped((self._key, findings)))])
