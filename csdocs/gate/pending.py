"""Controlled files that lie here otherwise than they were approved: what they lack, and from whom."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from csdocs.gate.quoting import of_breach
from csdocs.load.approval.ledger import Breach, Ledger, identity, is_receipt
from csdocs.load.approval.standing import Standing
from csdocs.load.workspace import Workspace
from csdocs.model.control import Control
from csdocs.model.finding import Finding, Severity, in_order
from csdocs.model.text import Text
from csdocs.store import disk
from csdocs.store.history import REGULAR, Commit, PathChange

NOT_OPEN = Text("工作区尚在准备阶段，不需要审批", "the workspace is in set-up: nothing needs approval yet")
_SAID_BY_STANDING = frozenset({"approval-pending", "approval-missing"})
_MENDED_BY_SIGNING = _SAID_BY_STANDING | {"root-key-changed"}


class Pending(NamedTuple):
    """`control` is None for a register. `findings`: what else stands in the way."""

    path: str
    id: str
    control: Control | None
    drafters: tuple[str, ...]
    standing: Standing
    findings: tuple[Finding, ...]

    @property
    def said(self) -> Text:
        if self.control is None:
            return Text("改动尚未获批", "the change is not approved yet")
        return Text(
            "第 {n} 版尚未获批，拟自 {day} 起生效",
            "revision {n} is not approved yet; it is to come into force on {day}",
        ).format(n=self.control.revision, day=self.control.effective)

    @property
    def effective(self) -> dt.date | None:
        return self.control.effective if self.control else None


def pending(workspace: Workspace) -> Iterator[Pending]:
    """As `review` would judge the work tree if it were committed now, receipts and all; in set-up nothing waits."""
    if workspace.in_set_up or (workspace.base == workspace.source.tip and not _differs(workspace)):
        return
    ledger, breaches = _as_if_committed(workspace, workspace.base_ledger)
    for path in sorted(path for path in ledger.current if not is_receipt(path) and ledger.is_pending(path)):
        kind, drafters = ledger.claimed(path)
        standing = ledger.standing(path, kind, drafters, workspace.now)
        findings = in_order(of_breach(ledger, each) for each in breaches if _is_about(path, each))
        id = identity(path, ledger.bytes_of(path)) if ledger.control(path) else None
        yield Pending(path, id or path, ledger.control(path), drafters, standing, findings)


def flaws(workspace: Workspace, paths: Collection[str], base: Ledger) -> list[Finding]:
    """What is wrong with files as they lie here, whoever signs them. `base`: of the branch that the change will go into."""
    ledger, breaches = _as_if_committed(workspace, base)
    found = (of_breach(ledger, each) for each in breaches if each.path in paths)
    return [each for each in found if each.severity is Severity.ERROR and each.rule not in _MENDED_BY_SIGNING]


def counts(workspace: Workspace, path: str, base: Ledger) -> bool:
    """Whether a receipt that lies here would count if it were committed now."""
    ledger, _ = _as_if_committed(workspace, base)
    return any(verified.path == path for verified in ledger.receipts)


def _as_if_committed(workspace: Workspace, base: Ledger) -> tuple[Ledger, list[Breach]]:
    ledger = base.aside()
    return ledger, ledger.step(_step_to(workspace, ledger))


def _is_about(path: str, breach: Breach) -> bool:
    about = path in (breach.path, breach.problem.values.get("file"))
    return about and breach.problem.slug not in _SAID_BY_STANDING


def _differs(workspace: Workspace) -> bool:
    approved = workspace.ledger.approved
    found = (path for path in workspace.files if not is_receipt(path))
    return any(path not in approved or approved[path].data != workspace.files[path] for path in found)


def _step_to(workspace: Workspace, ledger: Ledger) -> Commit:
    """From the last commit to what lies here."""
    here = {path: disk.fingerprint(data) for path, data in workspace.files.items()}
    ledger.blobs |= {here[path]: data for path, data in workspace.files.items()}
    return Commit("", int(workspace.now.timestamp()), "", (*_changes(ledger.current, here), *_landed(ledger, here)))


def _changes(before: dict[str, str], after: dict[str, str]) -> Iterator[PathChange]:
    for path in sorted(before.keys() | after.keys()):
        old, new = before.get(path, ""), after.get(path, "")
        if old != new:
            yield PathChange(path, _mode(old), _mode(new), old, new)


def _landed(ledger: Ledger, here: Mapping[str, str]) -> Iterator[PathChange]:
    """What landed before it was approved is looked at again, as it will be when its receipts land."""
    for path, oid in ledger.current.items():
        if here.get(path) == oid and not is_receipt(path) and ledger.is_pending(path):
            yield PathChange(path, _mode(oid), _mode(oid), oid, oid)


def _mode(oid: str) -> str:
    return REGULAR if oid else "000000"
