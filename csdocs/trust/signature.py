"""Whether one signature of a record is good, and whose it is."""

from csdocs.model.finding import Problem, Route
from csdocs.model.person import Person, PublicKey
from csdocs.model.record import RECORD_NAMESPACE, Signature
from csdocs.model.text import Text
from csdocs.trust import ssh

_CHANGED = Text("内容与签名不符", "the content is not what was signed")


def check_signature(payload: bytes, signature: Signature, person: Person | None, at: Route) -> Problem | None:
    """None if a key that the register gives this person at that time signed exactly this payload."""
    if person is None:
        return Problem("unknown-staff", (*at, "by"), {"staff": signature.by})
    try:
        found = ssh.verify(payload, signature.signature, RECORD_NAMESPACE)
    except ssh.BadSignature as bad:
        values = {"by": signature.by, "step": signature.step, "reason": bad.reason}
        return Problem(
            "signed-content-changed" if bad.reason == _CHANGED else "signature-not-valid", (*at, "signature"), values
        )
    key = next((key for key in person.keys if ssh.key_blob(key.public) == found.public), None)
    reason = (
        Text("登记册中没有这把密钥", "the register does not list this key") if key is None else _expired(key, signature)
    )
    if reason is None:
        return None
    return Problem(
        "signature-not-valid", (*at, "signature"), {"by": signature.by, "step": signature.step, "reason": reason}
    )


def _expired(key: PublicKey, signature: Signature) -> Text | None:
    day = signature.moment.date()
    if day < key.valid_from:
        return Text("签名时密钥尚未生效", "the key was not yet valid")
    if key.valid_until is not None and day >= key.valid_until:
        return Text("签名时密钥已过期", "the key had expired")
    if key.revoked is not None and signature.moment >= key.revoked.at:
        return Text("签名时密钥已吊销", "the key was revoked")
    return None
