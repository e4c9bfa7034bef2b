"""Who sealed a PDF, with what authority, and when: three of the four verdicts, once its bytes are known to be whole."""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any

from csdocs.model.text import Text
from csdocs.render.verdict import PdfFacts, Verdict, clock

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


def who_sealed(facts: PdfFacts, *, trusted: bool | None) -> Verdict:
    """`trusted`: whether the chain leads to a root of the reader's; None where they have none."""
    name = facts.signer_name
    if trusted is None:
        sentence = Text(
            f"签章自称“{name}”；未提供信任根，无法确认",
            f"The seal calls itself “{name}”; no trust root was given to confirm it",
        )
        return Verdict("unknown", sentence)
    if trusted:
        return Verdict(
            "ok",
            Text(
                f"签章属于“{name}”，由信任根签发，其 SHA-256 指纹为 {facts.root_sha256}",
                f"The seal is that of “{name}”, issued by the trusted root with SHA-256 {facts.root_sha256}",
            ),
        )
    sentence = Text(
        f"签章自称“{name}”，但不是由信任根签发",
        f"The seal calls itself “{name}”, but no trusted root issued it",
    )
    return Verdict("failed", sentence)


def when_sealed(stamp: Any, facts: PdfFacts, zone: tzinfo, *, has_roots: bool) -> Verdict:
    """`stamp`: what pyHanko says of the time stamp, None where there is none. `has_roots`: whether the reader has any for stamps."""
    return _unless_impossible(_time(stamp, facts, zone, has_roots), facts, zone)


def _time(stamp: Any, facts: PdfFacts, zone: tzinfo, has_roots: bool) -> Verdict:
    claimed = clock(facts.claimed_at.astimezone(zone)) if facts.claimed_at else "—"
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
    stamped = clock(stamp.timestamp.astimezone(zone))
    if stamp.trusted:
        return Verdict(
            "ok",
            Text(f"时间戳证明签章不晚于 {stamped}", f"A time stamp proves the seal existed by {stamped}"),
        )
    reason = Text("未提供时间戳的信任根", "no root for time stamps was given")
    if has_roots:
        reason = Text("时间戳不是由信任的机构签发", "no trusted authority issued the time stamp")
    return Verdict(
        "unknown",
        Text("时间戳为 {stamped}，但{reason}", "The time stamp says {stamped}, but {reason}").format(
            stamped=stamped, reason=reason
        ),
    )


def _unless_impossible(time: Verdict, facts: PdfFacts, zone: tzinfo) -> Verdict:
    """Nobody seals before there is what is sealed: the clock of whoever did was put back."""
    as_of = _stated_moment(facts.provenance or {})
    if time.status != "unknown" or as_of is None or not facts.claimed_at or facts.claimed_at >= as_of - _DRIFT:
        return time
    claimed, made = clock(facts.claimed_at.astimezone(zone)), clock(as_of.astimezone(zone))
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


def with_what_authority(
    certificate: Any, who: Verdict, time: Verdict, facts: PdfFacts, revoked: Mapping[str, datetime] | None
) -> Verdict:
    if who.status != "ok":
        return Verdict("unknown", Text("签章人未确认，未判断其权限", "Not judged, since the sealer is not confirmed"))
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
