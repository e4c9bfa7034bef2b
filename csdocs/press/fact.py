"""Facts that every page states: the commit, the as-of moment, the mark, the short code."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property
from pathlib import Path

from csdocs.load.approval.ledger import Verified
from csdocs.load.rulebook.revision import ruling
from csdocs.load.workspace import Workspace
from csdocs.lookup.agenda import Edition, editions
from csdocs.model.code import printed_code, qr_text
from csdocs.model.control import Control
from csdocs.model.text import Language, Text
from csdocs.render.qr import draw_qr
from csdocs.render.view import Html, Imprint
from csdocs.store import history, worktree
from csdocs.store.source import CommitTree, Overlaid

_MARKS = {
    "controlled": Text("受控", "Controlled"),
    "draft": Text("草案", "Draft"),
    "void": Text("作废", "Void"),
    "superseded": Text("作废", "Superseded"),
    "withdrawn": Text("作废", "Withdrawn"),
    "pending": Text("尚未生效", "Not yet effective"),
}


class PrintFacts:
    """Of one run: the same commit and as-of moment give the same facts."""

    def __init__(self, root: Path, as_of: dt.datetime | None, language: Language, commit: str | None = None) -> None:
        """`commit`: read it instead of the work tree."""
        source = CommitTree(root, commit) if commit else None
        probe = Workspace(root, source=source)
        self.from_commit = source is not None
        self.commit = source.tip if source else history.head(root)
        committed = dt.datetime.fromtimestamp(history.commit_time(root, self.commit), dt.UTC) if self.commit else None
        self.moment = as_of or probe.settings.clock or committed or probe.now
        self.workspace = Workspace(root, self.moment, source=source)
        self.language: Language = language
        self._known: dict[str, tuple[Edition, ...]] = {}

    def in_force(self) -> "PrintFacts":
        """The same of the rule book as it rules on the day: a revision to come takes nobody's rules away before its time."""
        here = self.workspace
        files = here.files if here.in_set_up else ruling(here.files, here.revisions, here.today)
        others = {path: data for path, data in files.items() if data != here.files[path]}
        gone = here.files.keys() - files.keys()
        if not others and not gone:
            return self
        found = copy(self)
        found.workspace = Workspace(here.root, self.moment, source=Overlaid(here.source, others, gone))
        found.workspace.ledger = here.ledger
        found.workspace.know_revisions(here.revisions, here.opened)
        found.changed = self.changed - others.keys()
        return found

    @cached_property
    def changed(self) -> frozenset[str]:
        """Paths that are not what the commit says."""
        if self.from_commit or not self.commit:
            return frozenset()
        return frozenset(worktree.changed_paths(self.workspace.root))

    @cached_property
    def receipts(self) -> Mapping[tuple[str, str], Sequence[Verified]]:
        """What people stated about which bytes, by path and SHA-256, as the ledger verified it when it landed."""
        found: dict[tuple[str, str], list[Verified]] = {}
        for verified in () if self.workspace.in_set_up else self.workspace.ledger.receipts:
            if verified.receipt.meaning != "acknowledge":
                for target in verified.receipt.covers:
                    found.setdefault((target.path, target.to.sha256), []).append(verified)
        return found

    def say(self, zh: str, en: str) -> str:
        return Text(zh, en).to(self.language)

    def made_from(self, *paths: str) -> str:
        day = self.moment.astimezone(self.workspace.settings.zone).date().isoformat()
        uncommitted = not self.commit or any(path in self.changed for path in paths)
        source = self.say("未提交的文件", "uncommitted files") if uncommitted else self.commit[:12]
        return self.say(f"提交 {source} · 截至 {day}", f"commit {source} · as of {day}")

    def imprint(
        self, id: str, revision: int, data: bytes, mark: str, *paths: str, seal: bool, bound: bool = False
    ) -> Imprint:
        """`bound` in the manual, at whose foot only the manual's own square stands."""
        digest = hashlib.sha256(data).hexdigest()
        settings = self.workspace.settings
        return Imprint(
            organisation=settings.organisation.to(self.language),
            copy_mark=self.mark(mark),
            code=printed_code(id, revision, digest),
            qr_svg=Html("") if bound else draw_qr(qr_text(settings.workspace, id, revision, digest)),
            made_from=self.made_from(*paths),
            seal_place=seal,
            language=self.language,
        )

    def mark(self, mark: str) -> str:
        return _MARKS[mark].to(self.language)

    def standing(self, path: str, control: Control) -> str:
        """The mark of a document or form as it lies here: only what was approved is controlled, from its first day to its last."""
        today = self.workspace.today
        if self.workspace.in_set_up:
            return "withdrawn" if control.is_withdrawn(today) else "draft"
        digest = hashlib.sha256(self.workspace.files[path]).hexdigest()
        known = self._editions(path)
        own = next((edition for edition in known if edition.sha256 == digest), None)
        if own is None:
            return "draft"
        if own.since > today:
            return "pending"
        if own.on(today):
            return "controlled"
        return "withdrawn" if own is known[-1] else "superseded"

    def _editions(self, path: str) -> tuple[Edition, ...]:
        if path not in self._known:
            self._known[path] = editions(self.workspace.ledger, path)
        return self._known[path]

    def person(self, staff_no: str) -> str:
        found = self.workspace.register.person.get(staff_no)
        return found.name.to(self.language) if found else "?"

    def post(self, id: str) -> str:
        found = self.workspace.register.post.get(id)
        return found.name.to(self.language) if found else id
