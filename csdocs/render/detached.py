"""The organisation's seal outside a PDF, for readers who have `openssl` and nothing else."""

import re
from typing import NamedTuple

from asn1crypto import cms
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from csdocs.render.seal import Sealer

_RANGE = re.compile(rb"/ByteRange *\[ *0 +(\d+) +(\d+) +(\d+) *\]")


class DetachedSeal(NamedTuple):
    """The CMS container of a sealed PDF; what it covers is the first `length` bytes and the `rest` from `second` on."""

    container: bytes
    length: int
    second: int
    rest: int


def seal_of(pdf: bytes) -> DetachedSeal:
    """Of a PDF that has just been sealed here; others are for `render.verify`."""
    found = _RANGE.findall(pdf)
    assert found, "not a sealed PDF"
    length, second, rest = map(int, found[-1])
    padded = bytes.fromhex(pdf[length + 1 : second - 1].decode())
    return DetachedSeal(padded[: _der_length(padded)], length, second, rest)


class Stamp(NamedTuple):
    """Where in a CMS container the time stamp lies, and the value of the signature that it is about: offset and length."""

    signature_at: int
    signature_length: int
    token_at: int
    token_length: int


def stamp_of(container: bytes) -> Stamp | None:
    """Of a seal that has just been made here; None if it carries no time stamp."""
    signer = cms.ContentInfo.load(container)["content"]["signer_infos"][0]
    unsigned = signer["unsigned_attrs"]
    if not unsigned:
        return None
    tokens = [each["values"][0].dump() for each in unsigned if each["type"].native == "signature_time_stamp_token"]
    value = signer["signature"].native
    if not tokens:
        return None
    return Stamp(container.index(value), len(value), container.index(tokens[0]), len(tokens[0]))


def _der_length(data: bytes) -> int:
    """Of the first element: behind it a PDF has zeros."""
    if data[1] < 0x80:
        return 2 + data[1]
    size = data[1] & 0x7F
    return 2 + size + int.from_bytes(data[2 : 2 + size])


def seal_bytes(data: bytes, sealer: Sealer) -> bytes:
    """A detached CMS signature over the bytes as they are, in DER."""
    builder = pkcs7.PKCS7SignatureBuilder().set_data(data)
    builder = builder.add_signer(sealer.certificate, sealer.signer.key, hashes.SHA256())
    for certificate in sealer.chain:
        builder = builder.add_certificate(certificate)
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    return builder.sign(Encoding.DER, options)
