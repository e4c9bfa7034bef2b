"""Signatures that count and are yet for people to look into: order and key do not prove who made them."""

import datetime as dt
from collections.abc import Iterator

from csdocs.load.record.record_file import RecordFile
from csdocs.model.person import HELD_NO_LONGER, Person, PublicKey
from csdocs.model.record import Signature
from csdocs.model.text import Text
from csdocs.trust import ssh


def perhaps_stolen(case: RecordFile) -> Iterator[tuple[int, dt.datetime]]:
    """Places of signatures by a key that may have been in other hands by then, and since when it may."""
    for index, signature in enumerate(case.record.signatures):
        person = case.workspace.register.person.get(signature.by)
        for key in _keys(person, signature):
            if key.revoked and key.revoked.compromised_since <= signature.moment < key.revoked.at:
                yield index, key.revoked.compromised_since
                break


def came_late(person: Person, signature: Signature, landed: dt.date) -> Text | None:
    """Why a signature may have been dated back: on the day of its landing the signer could not have made it any more."""
    if signature.post not in person.on(landed).posts:
        return HELD_NO_LONGER.format(post=signature.post)
    keys = _keys(person, signature)
    if keys and all(key.valid_until is not None and key.valid_until <= landed for key in keys):
        return Text("入库时密钥已过期", "the key had expired when it landed")
    return None


def _keys(person: Person | None, signature: Signature) -> list[PublicKey]:
    """The register's entries of the key that signed."""
    if person is None:
        return []
    try:
        public = ssh.parse_signature(signature.signature).public
    except ssh.BadSignature:
        return []  # which is another finding
    return [key for key in person.keys if ssh.key_blob(key.public) == public]
