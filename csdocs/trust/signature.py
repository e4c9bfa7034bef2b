"""Whether one signature of a record is good, and whose it is."""

import datetime as dt
from collections.abc import Sequence

from csdocs.model.finding import Problem, Route
from csdocs.model.person import Person, PublicKey
from csdocs.model.record import RECORD_NAMESPACE, Signature
from csdocs.model.text import Text
from csdocs.trust import ssh


def check_signature(
    payload: bytes, signature: Signature, person: Person | None, at: Route, zone: dt.tzinfo
) -> Problem | None:
    """None if a key that the register gives this person at that time signed exactly this payload."""
    if person is None:
        return Problem("unknown-staff", (*at, "by"), {"staff": signature.by})
    try:
        found = ssh.verify(payload, signature.signature, RECORD_NAMESPACE)
    except ssh.BadSignature as bad:
        slug = "signed-content-changed" if isinstance(bad, ssh.ContentChanged) else "signature-not-valid"
        return _problem(slug, signature, bad.reason, at)
    entries = [key for key in person.keys if ssh.key_blob(key.public) == found.public]
    reason = _out_of_time(entries, signature.moment.astimezone(zone))
    return None if reason is None else _problem("signature-not-valid", signature, reason, at)


def _problem(slug: str, signature: Signature, reason: Text, at: Route) -> Problem:
    return Problem(slug, (*at, "signature"), {"by": signature.by, "step": signature.step, "reason": reason})


def _out_of_time(entries: Sequence[PublicKey], moment: dt.datetime) -> Text | None:
    """Why none of the register's entries of a key counts at a moment (in the workspace's zone); a revocation ends them all."""
    if not entries:
        return Text("登记册中没有这把密钥", "the register does not list this key")
    if any(key.revoked is not None and moment >= key.revoked.at for key in entries):
        return Text("签名时密钥已吊销", "the key was revoked")
    begun = [key for key in entries if key.valid_from <= moment.date()]
    if not begun:
        return Text("签名时密钥尚未生效", "the key was not yet valid")
    if all(key.valid_until is not None and moment.date() >= key.valid_until for key in begun):
        return Text("签名时密钥已过期", "the key had expired")
    return None
