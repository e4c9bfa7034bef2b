"""Is this PDF genuine? Four verdicts, never one tick: integrity, who, with what authority then, and when.

Offline and read-only. A file from a stranger is hostile until shown otherwise: every doubt has its own
sentence, and nothing in the file is read beyond a bound.
"""

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
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
from csdocs.render.verdict import EmbeddedFile, PdfFacts, PdfVerdict, Verdict

__all__ = ["MAX_PDF_BYTES", "PROVENANCE", "PdfVerdict", "verify_pdf"]

MAX_PDF_BYTES = 64 * 1024 * 1024
PROVENANCE = "provenance.json"

_TAIL = 2048
_DRIFT = timedelta(days=1)
"""How far the clocks of who committed and of who sealed may be apart."""
# Of a certificate that names its purposes; 1.3.6.1.5.5.7.3.36 is document signing (RFC 9336).
_PURPOSES = frozenset(
    {
        "any_extended_key_usage",
        "email_protection",
        "1.3.6.1.5.5.7.3.36",
        "adobe_authentic_documents_trust",
        "microsoft_document_signing",
    }
)

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
            Text(f"信任根证书无法读取：{error}", f"A trust root cannot be read: {error}"),
            Text("信任根应为 PEM 格式的证书", "A trust root is a certificate in PEM form"),
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
    who = _who(roots, status, facts)
    time = _unless_impossible(_time(status, facts, tsa_roots, zone), facts, zone)
    return PdfVerdict(Verdict("ok", whole), who, _authority(seal, who, time, facts, revoked), time, facts)


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
        claimed_at=_claimed(seal),
        stamped_at=stamp.timestamp if stamp and stamp.valid and stamp.intact else None,
        reason=str(seal.sig_object.get("/Reason", "")),
        covers_whole_file=_covers_whole_file(data, seal),
        base_sha256=_base_digest(data, seal),
    )


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


def _who(roots: list[Any], status: Any, facts: PdfFacts) -> Verdict:
    name = facts.signer_name
    if not roots:
        sentence = Text(
            f"签章自称“{name}”；未提供信任根，无法确认",
            f"The seal calls itself “{name}”; no trust root was given to confirm it",
        )
        return Verdict("unknown", sentence)
    if status.trusted:
        return Verdict(
            "ok",
            Text(f"签章属于“{name}”，由信任根签发", f"The seal is that of “{name}”, issued by a trusted root"),
        )
    sentence = Text(
        f"签章自称“{name}”，但不是由信任根签发",
        f"The seal calls itself “{name}”, but no trusted root issued it",
    )
    return Verdict("failed", sentence)


def _time(status: Any, facts: PdfFacts, tsa_roots: list[Any], zone: tzinfo) -> Verdict:
    stamp = status.timestamp_validity
    claimed = _clock(facts.claimed_at, zone) if facts.claimed_at else "—"
    if stamp is None:
        return Verdict(
            "unknown",
            Text(
                f"签章方自称时间为 {claimed}，无第三方时间戳",
                f"The sealer says {claimed}; no time stamp proves it",
            ),
        )
    if not (stamp.intact and stamp.valid):
        return Verdict("failed", Text("时间戳无效", "The time stamp is invalid"))
    stamped = _clock(stamp.timestamp, zone)
    if stamp.trusted:
        return Verdict(
            "ok",
            Text(f"时间戳证明签章不晚于 {stamped}", f"A time stamp proves the seal existed by {stamped}"),
        )
    reason = Text("未提供时间戳的信任根", "no root for time stamps was given")
    if tsa_roots:
        reason = Text("时间戳不是由信任的机构签发", "no trusted authority issued the time stamp")
    return Verdict(
        "unknown",
        Text(f"时间戳为 {stamped}，但{reason.zh}", f"The time stamp says {stamped}, but {reason.en}"),
    )


def _unless_impossible(time: Verdict, facts: PdfFacts, zone: tzinfo) -> Verdict:
    """Nobody seals before there is what is sealed: the clock of whoever did was put back."""
    as_of = _stated_moment(facts.provenance or {})
    if time.status != "unknown" or as_of is None or not facts.claimed_at or facts.claimed_at >= as_of - _DRIFT:
        return time
    claimed, made = _clock(facts.claimed_at, zone), _clock(as_of, zone)
    return Verdict(
        "failed",
        Text(
            f"签章方自称时间为 {claimed}，早于内容的时刻 {made}",
            f"The sealer says {claimed}, which is before the content's own moment, {made}",
        ),
    )


def _stated_moment(provenance: Mapping[str, Any]) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(provenance.get("as_of")))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _clock(moment: datetime, zone: tzinfo) -> str:
    """Spelled as the seal's picture spells it."""
    local = moment.astimezone(zone)
    offset = local.strftime("%z")
    return f"{local:%Y-%m-%d %H:%M:%S} {offset[:3]}:{offset[3:5]}"


def _authority(
    seal: EmbeddedPdfSignature, who: Verdict, time: Verdict, facts: PdfFacts, revoked: Mapping[str, datetime] | None
) -> Verdict:
    if who.status != "ok":
        return Verdict("unknown", Text("签章人未确认，未判断其权限", "Not judged, since the sealer is not confirmed"))
    certificate = seal.signer_cert
    at = facts.stamped_at if time.status == "ok" else facts.claimed_at
    if at is None:
        return Verdict(
            "unknown",
            Text(
                "签章没有注明时间，无法判断当时是否有效",
                "The seal names no time, so its validity then is unknown",
            ),
        )
    if not _is_for_seals(certificate):
        return Verdict("failed", Text("该证书不可用于签章", "The certificate is not meant for seals"))
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        return Verdict(
            "failed",
            Text(
                f"盖章时（{at:%Y-%m-%d}）证书不在有效期内",
                f"The certificate was not valid at the time of the seal ({at:%Y-%m-%d})",
            ),
        )
    return _unless_revoked(at, time, facts, revoked)


def _is_for_seals(certificate: Any) -> bool:
    usage, purposes = certificate.key_usage_value, certificate.extended_key_usage_value
    meant = usage is not None and "non_repudiation" in usage.native and not certificate.ca
    return meant and (purposes is None or not _PURPOSES.isdisjoint(purposes.native))


def _unless_revoked(at: datetime, time: Verdict, facts: PdfFacts, revoked: Mapping[str, datetime] | None) -> Verdict:
    if revoked is None:
        return Verdict(
            "ok",
            Text(
                "盖章时证书在有效期内；手边没有吊销清单，是否已吊销未查",
                "The certificate was valid at the time of the seal; no list of revoked seals is at hand to look it up",
            ),
        )
    since = revoked.get(facts.certificate_sha256)
    if since is None:
        return Verdict(
            "ok",
            Text(
                "盖章时证书有效，未被吊销",
                "The certificate was valid at the time of the seal and is not revoked",
            ),
        )
    if time.status == "ok" and at < since:
        return Verdict(
            "ok",
            Text(
                f"证书自 {since:%Y-%m-%d} 起吊销，时间戳证明盖章在此之前",
                f"Revoked since {since:%Y-%m-%d}; the time stamp proves the seal is older",
            ),
        )
    return Verdict(
        "failed",
        Text(
            f"证书自 {since:%Y-%m-%d} 起已吊销，且不能证明盖章在此之前",
            f"The certificate is revoked since {since:%Y-%m-%d}, and nothing proves the seal is older",
        ),
    )


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
