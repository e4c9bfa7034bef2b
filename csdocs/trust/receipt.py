"""Whether a receipt is genuine: the right bytes, signed by a key that counts for that person at that time."""

import datetime as dt
from collections.abc import Iterable

from csdocs.model.person import Person, PublicKey
from csdocs.model.policy import Policy
from csdocs.model.receipt import RECEIPT_NAMESPACE, Receipt
from csdocs.model.text import Text
from csdocs.model.workspace import RootKey
from csdocs.trust import ssh


class Doubt(Exception):
    """Why a receipt does not count."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def verify_root(data: bytes, signature: str, receipt: Receipt, roots: Iterable[RootKey]) -> None:
    """A receipt by a root key of that person; raises Doubt."""
    public = _signed_by(data, signature)
    if not any(root.person == receipt.person and ssh.key_blob(root.public) == public for root in roots):
        raise Doubt(Text("不是根密钥所签", "it is not signed with a root key"))


def verify_person(data: bytes, signature: str, receipt: Receipt, person: Person | None, landed: dt.datetime) -> None:
    """A receipt by a registered person. The key must count when signed and when it landed; raises Doubt."""
    if person is None:
        raise Doubt(Text("登记册中没有 {by}", "{by} is not in the register").format(by=receipt.person))
    public = _signed_by(data, signature)
    key = next((key for key in person.keys if ssh.key_blob(key.public) == public), None)
    if key is None:
        raise Doubt(Text("登记册中没有这把密钥", "the register does not list this key"))
    _require_valid(key, receipt.at, landed)


def _signed_by(data: bytes, signature: str) -> bytes:
    try:
        return ssh.verify(data, signature, RECEIPT_NAMESPACE).public
    except ssh.BadSignature as bad:
        raise Doubt(bad.reason) from None


def _require_valid(key: PublicKey, at: dt.datetime, landed: dt.datetime) -> None:
    if at > landed:
        raise Doubt(Text("签署时间晚于入库时间", "signed later than it reached the repository"))
    if at.date() < key.valid_from:
        raise Doubt(Text("签署时密钥尚未生效", "the key was not yet valid when it signed"))
    if key.valid_until is not None and landed.date() >= key.valid_until:
        raise Doubt(Text("密钥已过期", "the key has expired"))
    if key.revoked is not None and landed >= key.revoked.at:
        raise Doubt(Text("密钥已吊销", "the key is revoked"))


def acts_as(receipt: Receipt, person: Person, people: Iterable[Person], policy: Policy) -> bool:
    """Whether the person held the post that day, or stood in for somebody who did."""
    day = receipt.at.date()
    if any(tenure.post == receipt.post for tenure in person.tenures(day)):
        return True
    absent = {deputy.absent for deputy in policy.deputies if deputy.deputy == person.staff_no and deputy.on(day)}
    return any(p.staff_no in absent and any(t.post == receipt.post for t in p.tenures(day)) for p in people)
