"""The controlled side: what was in force, who approved it, what came before, who was in the register."""

from collections.abc import Iterator, Sequence

from csdocs.load.approval.ledger import Ledger, Verified, identity, read_control
from csdocs.load.holdings.proof import Proofs
from csdocs.load.workspace import Workspace
from csdocs.lookup.agenda import editions
from csdocs.model.form import Form
from csdocs.model.moment import end_of
from csdocs.model.person import Register
from csdocs.model.place import DOCUMENTS, FORMS
from csdocs.model.receipt import RECEIPT_NAMESPACE
from csdocs.model.record import RECORD_NAMESPACE
from csdocs.model.registers import REGISTERS
from csdocs.model.seal import REVOKED_SEALS
from csdocs.pack.scope import File, RulingRevision, Scope, SignedStatement
from csdocs.press.sealing import ROOT_CERTIFICATE, listed_seals, published, trusted_time_roots
from csdocs.store import history
from csdocs.trust.signer import signer_lines, statement_line, utc
from csdocs.trust.ssh import key_blob, public_line

ROOT_PREFIX = "root-"
ROOT, TIME_ROOT_FILE, REVOKED = "root.pem", "time-roots.pem", "lists/revoked.txt"


def held(workspace: Workspace, scope: Scope) -> tuple[RulingRevision, ...]:
    """Documents and forms in use in the period, by id and revision; in set-up what lies there."""
    found = _drafts(workspace, scope) if workspace.in_set_up else _editions(workspace, scope)
    return tuple(sorted(found, key=lambda each: (each.kind, each.id, each.revision)))


def _drafts(workspace: Workspace, scope: Scope) -> Iterator[RulingRevision]:
    tip = workspace.source.tip
    for document in workspace.documents.values():
        control, data = document.control, workspace.files[document.path]
        if not workspace.was_in_use(control, scope.first, scope.last):
            continue
        dates = (control.effective, control.withdrawn)
        yield RulingRevision(
            "documents", document.id, document.path, control.revision, control.title, *dates, data, tip
        )
    for id, form in workspace.forms.items():
        if not workspace.was_in_use(form, scope.first, scope.last):
            continue
        path = workspace.form_paths[id]
        dates = (form.effective, form.withdrawn)
        yield RulingRevision("forms", id, path, form.revision, form.title, *dates, workspace.files[path], tip)


def _editions(workspace: Workspace, scope: Scope) -> Iterator[RulingRevision]:
    ledger = workspace.ledger
    blobs = {issue.approved.sha256: issue.approved.oid for issue in ledger.issues}
    for path in dict.fromkeys(issue.path for issue in ledger.issues if issue.path.startswith((*DOCUMENTS, FORMS))):
        for edition in editions(ledger, path):
            if edition.since <= scope.last and (edition.until is None or edition.until > scope.first):
                oid = blobs[edition.sha256]
                data = ledger.blobs[oid]
                control = read_control(path, data)
                if control and not workspace.was_in_use(control, scope.first, scope.last):
                    continue
                yield RulingRevision(
                    kind="documents" if path.endswith(".md") else "forms",
                    id=identity(path, data) or path,
                    path=path,
                    revision=edition.revision,
                    title=edition.title,
                    since=edition.since,
                    until=edition.until,
                    data=data,
                    commit=_commit_of(workspace, path, oid),
                    receipts=tuple(verified.path for verified in edition.receipts),
                )


def _commit_of(workspace: Workspace, path: str, oid: str) -> str:
    """The last commit in which the path had these bytes."""
    tip = workspace.source.tip
    states = history.states(workspace.root, path, revision=tip)
    last = max(index for index, blob in enumerate(states) if blob.oid == oid)
    return tip if last + 1 == len(states) else history.resolve(workspace.root, f"{states[last + 1].commit}^1")


def concerned(forms: Sequence[Form], scope: Scope, workspace: Workspace) -> frozenset[str]:
    """Forms that prove clauses of the regulations asked for."""
    if not scope.regulations:
        return frozenset(form.id for form in forms)
    proofs = Proofs(forms, {})
    asked = (document for document in workspace.documents.values() if document.id in scope.regulations)
    return frozenset(id for d in asked for clause in d.clauses for id in proofs.of(d, clause).forms)


def register_files(workspace: Workspace, scope: Scope) -> Iterator[File]:
    """The registers and the policy as they were approved at the end of the period; in set-up as they lie there."""
    end = end_of(scope.last, workspace.settings.zone)
    states = {path: workspace.files[path] for path in REGISTERS if path in workspace.files}
    if not workspace.in_set_up:
        for issue in workspace.ledger.issues:
            if issue.path in states and issue.known <= end:
                states[issue.path] = workspace.ledger.blobs[issue.approved.oid]
    return (File(f"register/{path.rpartition('/')[2]}", data) for path, data in sorted(states.items()))


def seal_files(workspace: Workspace) -> Iterator[File]:
    """Whom to believe about seals and time stamps, as it was approved; and which seals count no more, as the commit has them."""
    files, trusted = workspace.files, published(workspace)
    if ROOT_CERTIFICATE in trusted:
        yield File(ROOT, trusted[ROOT_CERTIFICATE])
    roots = trusted_time_roots(workspace)
    if roots:
        yield File(TIME_ROOT_FILE, b"".join(data.rstrip() + b"\n" for data in roots))
    revoked = listed_seals(files[REVOKED_SEALS]) if REVOKED_SEALS in files else {}
    if revoked:
        yield File("revoked.yaml", files[REVOKED_SEALS])
    yield File(REVOKED, "".join(f"{seal} {utc(since)}\n" for seal, since in sorted(revoked.items())).encode())


def receipts_about(workspace: Workspace, chosen: Sequence[RulingRevision]) -> tuple[Verified, ...]:
    """About the chosen files, the registers and the policy, and the opening itself."""
    if workspace.in_set_up:
        return ()
    states = {(each.path, each.sha256) for each in chosen}

    def concerns(verified: Verified) -> bool:
        return any(
            (target.path, target.to.sha256) in states or target.path in REGISTERS for target in verified.receipt.covers
        )

    return tuple(verified for verified in workspace.ledger.receipts if concerns(verified))


def receipt_files(ledger: Ledger, receipts: Sequence[Verified]) -> Iterator[File]:
    for path in sorted({verified.path for verified in receipts}):
        for each in (path, f"{path}.sig"):
            yield File(receipt_place(each), ledger.bytes_of(each))


def receipt_place(path: str) -> str:
    return path.removeprefix("handbook/")


def receipt_signatures(receipts: Sequence[Verified]) -> Iterator[SignedStatement]:
    for verified in sorted(receipts, key=lambda each: each.path):
        receipt, place = verified.receipt, receipt_place(verified.path)
        yield SignedStatement(place, f"{place}.sig", _identity(verified), RECEIPT_NAMESPACE, receipt.at)


def _identity(verified: Verified) -> str:
    root = ROOT_PREFIX if verified.receipt.meaning in ("open", "emergency") else ""
    return f"{root}{verified.receipt.person}"


def allowed_signers(workspace: Workspace, receipts: Sequence[Verified]) -> bytes:
    """Who may have signed with which key and when, as `ssh-keygen -Y verify` reads it; all times are UTC.

    A key that has left the register since still stands for the receipts that landed while it was there.
    """
    zone = workspace.settings.zone
    register: Register = workspace.register if workspace.in_set_up else workspace.ledger.register
    namespaces = f"{RECORD_NAMESPACE},{RECEIPT_NAMESPACE}"
    keys = [(person.staff_no, key) for person in register.people for key in person.keys]
    lines = signer_lines(keys, namespaces, zone)
    listed = {(staff_no, key_blob(key.public)) for staff_no, key in keys}
    lines += [_former_key(each) for each in receipts if (_identity(each), each.public) not in listed]
    return "".join(f"{line}\n" for line in sorted(set(lines))).encode()


def _former_key(verified: Verified) -> str:
    """A root key, or one of a person that the register no longer lists: for this one statement."""
    receipt = verified.receipt
    return statement_line(
        _identity(verified), public_line(verified.public), RECEIPT_NAMESPACE, receipt.at, verified.landed
    )
