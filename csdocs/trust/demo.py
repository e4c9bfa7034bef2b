"""Demo keys: derived from a public sentence, so everybody has them and nobody can mistake them for proof."""

import hashlib
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

COMMENT = "DEMO-ONLY"


@cache
def demo_key(staff_no: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"csdocs DEMO-ONLY key of {staff_no}".encode()).digest())


@cache
def demo_public(staff_no: str) -> str:
    """The public key line that `people.yaml` of a demo workspace lists."""
    line = demo_key(staff_no).public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    return f"{line} {COMMENT}-{staff_no}"
