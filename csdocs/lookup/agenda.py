"""What was in force, and what falls due: questions over the ledger and the calendar."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from csdocs.load.approval.ledger import Ledger, Verified, identity, is_receipt
from csdocs.load.holdings.evidence import missing_evidence
from csdocs.load.holdings.tree import Summary, Tree, listed
from csdocs.load.index.gathered import summaries, tree_of
from csdocs.load.workspace import Workspace
from csdocs.model.listed import DueItem, Listed, due_by
from csdocs.model.text import COMMA, Text


class Edition(NamedTuple):
    """An approved revision of a controlled file: when it was known, and from when until when it was in force."""

    path: str
    id: str
    revision: int
    sha256: str
    title: Text
    since: dt.date  # its effective date, or the day of its approval if that was later
    until: dt.date | None  # first day of its successor or withdrawal
    known: dt.datetime
    receipts: tuple[Verified, ...]

    def on(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


def editions(ledger: Ledger, path: str, known_on: dt.datetime | None = None) -> tuple[Edition, ...]:
    """Approved revisions of a file by number; with `known_on`, those the repository knew by then."""
    issues = {
        issue.approved.revision: issue
        for issue in ledger.issues
        if issue.path == path and issue.approved.control and (known_on is None or issue.known <= known_on)
    }
    out: list[Edition] = []
    for issue in reversed(issues.values()):
        control = issue.approved.control
        assert control is not None
        digest = issue.approved.sha256
        receipts = tuple(v for v in ledger.receipts if (t := v.receipt.target(path)) and t.to.sha256 == digest)
        until = out[-1].since if out else control.withdrawn
        id = identity(path, issue.approved.data) or path
        edition = Edition(path, id, control.revision, digest, control.title, issue.since, until, issue.known, receipts)
        out.append(edition)
    return tuple(reversed(out))


def in_force(ledger: Ledger, day: dt.date, known_on: dt.datetime | None = None) -> tuple[Edition, ...]:
    """Documents and forms in force on a day."""
    paths = dict.fromkeys(issue.path for issue in ledger.issues if issue.approved.control is not None)
    return tuple(e for path in paths for e in editions(ledger, path, known_on) if e.on(day))


def due(workspace: Workspace, within: dt.timedelta) -> tuple[list[DueItem], int]:
    """Reviews, pending revisions, missing evidence and deadlines of records, the most urgent first; and how many records were read."""
    running: list[Listed] = []

    def seen() -> Iterator[Summary]:
        for summary in summaries(workspace):
            running.extend([listed(summary)] if summary.running else ())
            yield summary

    tree = tree_of(workspace, seen())
    items = due_by(workspace.today + within, owed(tree), running, workspace.settings.zone)
    return items, tree.count()


def owed(tree: Tree) -> Iterator[DueItem]:
    """All that has to be done besides going on with records, however far ahead."""
    workspace = tree.workspace
    if not workspace.in_set_up:
        yield from _pending(workspace)
        yield from _reviews(workspace)
        yield from _acknowledgements(workspace)
    for gap in missing_evidence(tree):
        said = Text("{period} 缺 {form}", "{form} missing for {period}").format(period=gap.period, form=gap.form)
        yield DueItem(Text("缺记录", "evidence"), said.noted(gap.clause), gap.path, None)


def _pending(workspace: Workspace) -> Iterator[DueItem]:
    ledger = workspace.ledger
    for path in sorted(ledger.current):
        if not is_receipt(path) and ledger.is_pending(path):
            yield DueItem(Text("待审批", "approval"), Text("内容尚未获批", "not approved yet"), path, None)


def _reviews(workspace: Workspace) -> Iterator[DueItem]:
    """A review that found nothing to change starts the period again, as a new revision does."""
    for path, approved in workspace.ledger.approved.items():
        control = approved.control
        if control is None or control.withdrawn or not workspace.is_in_use(control):
            continue
        about = workspace.ledger.about.get(path, ())
        reviewed = (
            v.receipt.at.astimezone(workspace.settings.zone).date() for v in about if v.receipt.meaning == "no-change"
        )
        by = max((control.effective, *reviewed)) + dt.timedelta(control.review_every)
        said = Text("{title} 定期复审", "periodic review of {title}").format(title=control.title)
        yield DueItem(Text("复审", "review"), said, path, by)


def _acknowledgements(workspace: Workspace) -> Iterator[DueItem]:
    """Who has not taken note of a regulation in force, once anybody has been asked to."""
    ledger, today = workspace.ledger, workspace.today
    for edition in in_force(ledger, today):
        read = {v.receipt.person for v in edition.receipts if v.receipt.meaning == "acknowledge"}
        missing = [p.staff_no for p in workspace.register.people if p.tenures(today) and p.staff_no not in read]
        if read and missing:
            said = Text("尚未确认阅读：{who}", "not acknowledged by {who}").format(who=COMMA.join(missing))
            yield DueItem(Text("阅读确认", "acknowledgement"), said, edition.path, None)
