"""What people stated and signed, as files: who holds the PDF alone checks them with `ssh-keygen`."""

import datetime as dt
import hashlib
from collections.abc import Mapping

from csdocs.load.record.case import RecordCase
from csdocs.model.receipt import RECEIPT_NAMESPACE
from csdocs.model.record import RECORD_NAMESPACE
from csdocs.press.fact import PrintFacts
from csdocs.press.media import JSON, TEXT, YAML
from csdocs.render.pdf import Attachment
from csdocs.trust.payload import digest
from csdocs.trust.signer import signer_lines, statement_line, utc
from csdocs.trust.ssh import public_line

_SIGNERS = "allowed_signers"
_UTC = "Z"  # so the keys say themselves what zone their times are of


def record_signatures(case: RecordCase) -> list[Attachment]:
    """What each person signed, the signature and the keys that counted."""
    out: list[Attachment] = []
    for number, (signature, payload) in enumerate(zip(case.record.signatures, case.payloads, strict=True), start=1):
        stem = f"signature-{number}-{signature.step}"
        words = f"{signature.by} {signature.at} sha256 {digest(payload)}"
        out.append(Attachment(f"{stem}.json", payload, JSON, "Supplement", words))
        command = _command(signature.by, RECORD_NAMESPACE, signature.moment, f"{stem}.sig", f"{stem}.json")
        out.append(Attachment(f"{stem}.sig", f"{signature.signature}\n".encode(), TEXT, "Supplement", command))
    return [*out, _signers(case)] if out else []


def _command(signer: str, namespace: str, at: dt.datetime, signature: str, statement: str) -> str:
    return (
        f"ssh-keygen -Y verify -f {_SIGNERS} -I {signer} -n {namespace} "
        f"-O verify-time={utc(at)}{_UTC} -s {signature} < {statement}"
    )


def _signers(case: RecordCase) -> Attachment:
    """The keys of those who signed, as the register has them; the seal vouches for the list."""
    workspace = case.workspace
    people = {signature.by: workspace.register.person.get(signature.by) for signature in case.record.signatures}
    keys = [(staff_no, key) for staff_no, person in sorted(people.items()) for key in (person.keys if person else ())]
    lines = signer_lines(keys, RECORD_NAMESPACE, workspace.settings.zone, _UTC)
    words = "keys of those who signed, from the register; the command beside each signature reads it"
    return Attachment(_SIGNERS, _joined(lines), TEXT, "Supplement", words)


def _joined(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def approvals(facts: PrintFacts, path: str) -> list[Attachment]:
    """Of a document as it is printed: each receipt, its signature, and the keys with which they were made."""
    out: list[Attachment] = []
    keys: list[str] = []
    ledger, sha256 = facts.workspace.ledger, hashlib.sha256(facts.workspace.files[path]).hexdigest()
    for number, each in enumerate(facts.receipts.get((path, sha256), ()), start=1):
        receipt, data = each.receipt, ledger.bytes_of(each.path)
        name = f"receipt-{number}-{receipt.meaning}.yaml"
        words = f"{receipt.person} {receipt.at.isoformat()} sha256 {digest(data)}"
        out.append(Attachment(name, data, YAML, "Supplement", words))
        command = _command(receipt.person, RECEIPT_NAMESPACE, receipt.at, f"{name}.sig", name)
        out.append(Attachment(f"{name}.sig", ledger.bytes_of(f"{each.path}.sig"), TEXT, "Supplement", command))
        key = public_line(each.public)
        keys.append(statement_line(receipt.person, key, RECEIPT_NAMESPACE, receipt.at, each.landed, _UTC))
    if not out:
        return []
    words = "keys with which the receipts were signed, each for the time of its statement; the command beside each signature reads it"
    return [*out, Attachment(_SIGNERS, _joined(sorted(set(keys))), TEXT, "Supplement", words)]


def receipt_digests(facts: PrintFacts, sources: Mapping[str, str]) -> dict[str, str]:
    """Of all that was stated about these bytes, by the path of the receipt."""
    found = {each.path for source in sources.items() for each in facts.receipts.get(source, ())}
    return {path: facts.workspace.ledger.sha256(path) for path in sorted(found)}
