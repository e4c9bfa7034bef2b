"""The workspace as the ledger has approved it, whatever lies in the work tree: by it `review` and `audit` judge records."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property

from csdocs.load.approval.landings import Landed, Landings
from csdocs.load.approval.ledger import Ledger
from csdocs.load.workspace import Workspace
from csdocs.model.person import Register
from csdocs.store.source import CommitTree, Overlaid


class ApprovedWorkspace(Workspace):
    """Stands at one moment after the other, as the steps of a history do."""

    def __init__(self, ledger: Ledger, register: Register) -> None:
        """`register`: the one before the step. Unlike a work tree's, this repository was looked at for the ledger."""
        self.root = ledger.root
        self._as_of: dt.datetime | dt.date | None = None
        self._register = register
        self._ledger = ledger
        self._issues = len(ledger.issues)

    def is_current(self, ledger: Ledger, register: Register) -> bool:
        return len(ledger.issues) == self._issues and register is self._register

    def stand_at(self, commit: str, moment: dt.datetime) -> None:
        """What lies beside a record is read as the step's own commit has it."""
        self.source = CommitTree(self.root, commit)
        self._as_of = moment
        self.__dict__.pop("now", None)

    @contextmanager
    def laid_over(self, files: Mapping[str, bytes]) -> Iterator[None]:
        """Meanwhile these lie beside what the step has."""
        below, self.source = self.source, Overlaid(self.source, files)
        try:
            yield
        finally:
            self.source = below

    @cached_property
    def files(self) -> dict[str, bytes]:
        return {path: approved.data for path, approved in self._ledger.approved.items()}

    @cached_property
    def ledger(self) -> Ledger:
        return self._ledger

    @cached_property
    def opened(self) -> dt.datetime | None:
        return self._ledger.opened_at

    @cached_property
    def landings(self) -> Landings:
        """None: a step that is judged is only just landing."""
        return Landed(())
