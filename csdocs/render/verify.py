"""Is this PDF genuine? Four verdicts, never one tick: integrity, who, with what authority then, and when.

Offline and read-only. A file from a stranger is hostile until shown otherwise: every doubt has its own
sentence, and nothing in the file is read beyond a bound.
"""

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from io import BytesIO
from typing import Any

from asn1crypto import pem, x509
from asn1crypto.parser import peek
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.authority import CertTrustAnchor, TrustQualifiers

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text
from csdocs.render.embedded import EmbeddedFilesError, embedded_files
from csdocs.render.sealer import when_sealed, who_sealed, with_what_authority
from csdocs.render.verdict import PROVENANCE, EmbeddedFile, PdfFacts, PdfVerdict, Verdict

__all__ = ["MAX_PDF_BYTES", "PdfVerdict", "verify_pdf"]

MAX_PDF_BYTES = 64 * 1024 * 1024

_TAIL = 2048

# pyHanko logs the reasons that the verdicts already tell.
logging.getLogger("pyhanko").addHandler(logging.NullHandler())


class _Refusal(Exception):
    """Ends the look at a file; carries the sentence for `integrity`."""

    def __init__(self, sentence: Text, facts: PdfFacts | None = None) -> None:
        super().__init__(sentence.en)
        self.sentence = sentence
        self.facts = facts or PdfFacts()


def verify_pdf(
    data: bytes,
    trust_roots: Sequence[bytes],
    *,
    tsa_roots: Sequence[bytes] = (),
    revoked: Mapping[str, datetime] | None = None,
    zone: tzinfo = UTC,
    max_bytes: int = MAX_PDF_BYTES,
) -> PdfVerdict:
    """The verdicts on a sealed PDF.

    `trust_roots` and `tsa_roots` are PEM certificates that the reader got by another way; `revoked` maps
    SHA-256 fingerprints of seal certificates to the moment since which they no longer count (None: no list is at
    hand, which the verdict says). Times are told in `zone`. Never raises for what is in the file.
    """
    roots, stamp_roots = _certificates(trust_roots), _certificates(tsa_roots)
    try:
        _refuse_implausible(data, max_bytes)
        return _verdict(data, roots, stamp_roots, revoked, zone)
    except _Refusal as refusal:
        return _refusal(refusal)
    except Exception:  # noqa: BLE001 - a parser fed with hostile bytes may raise anything
        return _refusal(_Refusal(Text("文件已损坏，无法解析", "The file is damaged and cannot be read")))


def _certificates(documents: Sequence[bytes]) -> list[Any]:
    try:
        armoured = [item for document in documents for item in pem.unarmor(document, multiple=True)]
        certificates = [x509.Certificate.load(der) for _, _, der in armoured]
        for certificate in certificates:
            certificate.native  # noqa: B018 - parsing is lazy; a broken root must not look like a broken PDF later
    except (ValueError, TypeError) as error:
        raise CsdocsError(
            Text("信任根证书无法读取", f"a trust root cannot be read: {error}"),
            Text("信任根应为 PEM 格式的证书", "a trust root is a certificate in PEM form"),
        ) from error
    return certificates


def _refuse_implausible(data: bytes, max_bytes: int) -> None:
    if len(data) > max_bytes:
        limit = max_bytes // (1024 * 1024)
        raise _Refusal(Text(f"文件过大，超过 {limit} MiB 的上限", f"The file is larger than the limit of {limit} MiB"))
    if not data.startswith(b"%PDF-"):
        raise _Refusal(Text("这不是 PDF 文件", "This is not a PDF file"))
    if b"%%EOF" not in data[-_TAIL:] or b"startxref" not in data[-_TAIL:]:
        raise _Refusal(Text("文件不完整，结尾缺失", "The file is incomplete: its end is missing"))


def _refusal(refusal: _Refusal) -> PdfVerdict:
    skipped = Verdict("unknown", Text("完整性未通过，未作判断", "Not judged, since the file's integrity failed"))
    return PdfVerdict(Verdict("failed", refusal.sentence), skipped, skipped, skipped, refusal.facts)


def _verdict(
    data: bytes, roots: list[Any], tsa_roots: list[Any], revoked: Mapping[str, datetime] | None, zone: tzinfo
) -> PdfVerdict:
    reader = PdfFileReader(BytesIO(data))
    if reader.encrypted:
        raise _Refusal(Text("文件已加密；受控文件从不加密", "The file is encrypted; controlled files never are"))
    seal = _the_seal(reader)
    status = asyncio.run(_status(seal, roots, tsa_roots))
    facts = _seal_facts(data, seal, status)
    _refuse_changed(status, facts)
    facts = _with_files(facts, reader)
    whole = Text(
        "自盖章以来内容未变，电子签章覆盖整个文件",
        "Unchanged since it was sealed; the seal covers the whole file",
    )
    who = who_sealed(facts, trusted=status.trusted if roots else None)
    time = when_sealed(status.timestamp_validity, facts, zone, has_roots=bool(tsa_roots))
    authority = with_what_authority(seal.signer_cert, who, time, facts, revoked)
    return PdfVerdict(Verdict("ok", whole), who, authority, time, facts)


def _the_seal(reader: PdfFileReader) -> EmbeddedPdfSignature:
    seals = reader.embedded_regular_signatures
    if not seals:
        raise _Refusal(
            Text("文件没有电子签章，无从确认出处", "The file carries no seal; nothing says where it comes from")
        )
    seal: EmbeddedPdfSignature = seals[0]
    return seal


async def _status(seal: EmbeddedPdfSignature, roots: list[Any], tsa_roots: list[Any]) -> Any:
    """No difference analysis: nothing may change after the seal, so there is nothing to weigh."""
    certificate = seal.signer_cert
    # Whether the certificate was valid then is another question; the chain is followed while it was.
    moment = min(
        max(_claimed(seal) or certificate.not_valid_before, certificate.not_valid_before),
        certificate.not_valid_after,
    )
    return await async_validate_pdf_signature(
        seal,
        signer_validation_context=ValidationContext(trust_roots=_anchors(roots), allow_fetching=False, moment=moment),
        ts_validation_context=ValidationContext(trust_roots=tsa_roots, allow_fetching=False, moment=moment),
        key_usage_settings=KeyUsageConstraints(key_usage=set()),
        skip_diff=True,
    )


def _anchors(roots: list[Any]) -> list[CertTrustAnchor]:
    """With the bound that a root states for itself: ours wants no other authority below it."""
    return [CertTrustAnchor(root, TrustQualifiers(max_path_length=root.max_path_length)) for root in roots]


def _claimed(seal: EmbeddedPdfSignature) -> datetime | None:
    claimed: datetime | None = seal.self_reported_timestamp
    return claimed if claimed and claimed.tzinfo else None


def _seal_facts(data: bytes, seal: EmbeddedPdfSignature, status: Any) -> PdfFacts:
    certificate = seal.signer_cert
    stamp = status.timestamp_validity
    return PdfFacts(
        signer_name=str(certificate.subject.native.get("common_name") or certificate.subject.human_friendly),
        certificate_sha256=certificate.sha256.hex(),
        root_sha256=_root_of(status),
        claimed_at=_claimed(seal),
        stamped_at=stamp.timestamp if stamp and stamp.valid and stamp.intact else None,
        reason=str(seal.sig_object.get("/Reason", "")),
        covers_whole_file=_covers_whole_file(data, seal),
        base_sha256=_base_digest(data, seal),
    )


def _root_of(status: Any) -> str:
    path = status.validation_path if status.trusted else None
    return str(path.trust_anchor.certificate.sha256.hex()) if path is not None else ""


def _covers_whole_file(data: bytes, seal: EmbeddedPdfSignature) -> bool:
    """All bytes but one hexadecimal string, the signature itself: no gap for anything else."""
    numbers = [int(number) for number in seal.byte_range]
    if len(numbers) != 4:
        return False
    start, length, second, rest = numbers
    container = bytes(seal.pkcs7_content)
    written = container.hex().encode()
    return (
        start == 0
        and second + rest == len(data)
        and data[length:second] in (b"<%b>" % written, b"<%b>" % written.upper())
        and not any(container[peek(container) :])
    )


def _base_digest(data: bytes, seal: EmbeddedPdfSignature) -> str:
    revision = seal.signed_revision
    if revision < 1:
        return ""
    end = seal.reader.xrefs.get_xref_container_info(revision - 1).end_location
    marker = data.find(b"%%EOF", end)
    return sha256(data[: marker + len(b"%%EOF") + 1]).hexdigest() if marker >= 0 else ""


def _refuse_changed(status: Any, facts: PdfFacts) -> None:
    if not status.intact:
        raise _Refusal(Text("盖章之后文件内容被改动过", "The content was changed after it was sealed"), facts)
    if not status.valid:
        raise _Refusal(
            Text(
                "电子签章无效：签名与证书不符",
                "The seal is invalid: the signature does not fit its certificate",
            ),
            facts,
        )
    if not facts.covers_whole_file:
        added = Text(
            "盖章之后文件被追加了内容，所见页面不可信",
            "Something was added after the seal; what the pages show is not to be trusted",
        )
        raise _Refusal(added, facts)


def _with_files(facts: PdfFacts, reader: PdfFileReader) -> PdfFacts:
    try:
        contents = tuple(embedded_files(reader))
    except EmbeddedFilesError as error:
        raise _Refusal(error.message, facts) from error
    files = tuple(EmbeddedFile(name, sha256(data).hexdigest(), len(data), kind) for name, data, kind in contents)
    provenance = next((_json_object(data) for name, data, _ in contents if name == PROVENANCE), None)
    return replace(facts, files=files, provenance=provenance)


def _json_object(data: bytes) -> Mapping[str, Any] | None:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
