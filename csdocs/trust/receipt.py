"""Whether a receipt is genuine: the right bytes, signed by a key that counts for that person at that time.

Times are claims: a signer writes `at`, a committer dates a commit. What cannot be forged is order: by which register the
receipt is judged. So a key that the register calls revoked signs nothing more, whatever date it writes.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from csdocs.model.person import Person, PublicKey, Register
from csdocs.model.policy import Policy
from csdocs.model.receipt import RECEIPT_NAMESPACE, Receipt
from csdocs.model.skew import SKEW
from csdocs.model.text import Text
from csdocs.model.workspace import RootKey
from csdocs.trust import ssh


class Doubt(Exception):
    """Why a receipt does not count."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def verify_root(data: bytes, signature: str, receipt: Receipt, roots: Iterable[RootKey], landed: dt.datetime) -> bytes:
    """The root key that signed, as a blob; raises Doubt."""
    public = _signed_by(data, signature)
    if not any(root.person == receipt.person and ssh.key_blob(root.public) == public for root in roots):
        raise Doubt(Text("不是根密钥所签", "it is not signed with a root key"))
    _require_order(receipt, landed)
    return public


def verify_person(data: bytes, signature: str, receipt: Receipt, register: Register, landed: dt.datetime) -> bytes:
    """The registered person's key that signed, as a blob; it must count when signed and when it landed. Raises Doubt.

    `landed` is in the workspace's time zone: days are its days.
    """
    person = register.person.get(receipt.person)
    if person is None:
        raise Doubt(Text("登记册中没有 {by}", "{by} is not in the register").format(by=receipt.person))
    public = _signed_by(data, signature)
    keys = keys_of(person, public)
    if not keys:
        raise Doubt(Text("登记册中没有这把密钥", "the register does not list this key"))
    if any(keys_of(other, public) for other in register.people if other.staff_no != person.staff_no):
        raise Doubt(Text("这把密钥登记在多人名下", "the register lists this key for two people"))
    _require_order(receipt, landed)
    _require_valid(keys, receipt.at.astimezone(landed.tzinfo).date(), landed.date())
    return public


def keys_of(person: Person, public: bytes) -> list[PublicKey]:
    """The register's entries of a key: one for each time in which it counts."""
    return [key for key in person.keys if ssh.key_blob(key.public) == public]


def _signed_by(data: bytes, signature: str) -> bytes:
    try:
        return ssh.verify(data, signature, RECEIPT_NAMESPACE).public
    except ssh.BadSignature as bad:
        raise Doubt(bad.reason) from None


def _require_order(receipt: Receipt, landed: dt.datetime) -> None:
    if receipt.at > landed + SKEW:
        raise Doubt(Text("签署时间晚于入库时间", "signed later than it reached the repository"))


def _require_valid(keys: Sequence[PublicKey], signed: dt.date, landed: dt.date) -> None:
    """By any entry; a revocation ends them all, or a stolen key would only have to be listed once more."""
    if any(key.revoked is not None for key in keys):
        raise Doubt(Text("密钥已吊销", "the key is revoked"))
    begun = [key for key in keys if key.valid_from <= signed]
    if not begun:
        raise Doubt(Text("签署时密钥尚未生效", "the key was not yet valid when it signed"))
    if all(key.valid_until is not None and landed >= key.valid_until for key in begun):
        raise Doubt(Text("密钥已过期", "the key has expired"))


def acts_as(
    person: Person, post: str, day: dt.date, register: Register, policy: Policy, not_for: Collection[str] = ()
) -> bool:
    """Whether the person held the post that day, or stood in for somebody who did, of whom those of `not_for` are none."""
    absent = {deputy.absent for deputy in policy.deputies if deputy.deputy == person.staff_no and deputy.on(day)}
    absent -= {*not_for}
    stood_for = (register.person[number] for number in absent if number in register.person)
    return any(tenure.post == post for holder in (person, *stood_for) for tenure in holder.tenures(day))
