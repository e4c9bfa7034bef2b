"""The CMS container of a seal (RFC 5652), cast from that of an earlier one: all but the digest and the signature stays."""

from typing import Any, NamedTuple

from asn1crypto import cms

_SEQUENCE, _SET, _OCTETS, _FIRST = 0x30, 0x31, 0x04, 0xA0


class Mould(NamedTuple):
    """What two containers that one signer makes in the same way have in common."""

    settings: object
    statement_start: bytes
    statement_end: bytes
    signer_start: bytes
    algorithm: bytes
    data_start: bytes
    content_type: bytes

    def statement(self, digest: bytes) -> bytes:
        """The bytes to be signed: the signed attributes, as a set."""
        return self.statement_start + digest + self.statement_end

    def fill(self, statement: bytes, signature: bytes) -> Any:
        attributes = bytes([_FIRST]) + statement[1:]
        signer = _tagged(_SEQUENCE, self.signer_start + attributes + self.algorithm + _tagged(_OCTETS, signature))
        data = _tagged(_SEQUENCE, self.data_start + _tagged(_SET, signer))
        return cms.ContentInfo.load(_tagged(_SEQUENCE, self.content_type + _tagged(_FIRST, data)))


def mould(container: Any, digest: bytes, settings: object) -> Mould | None:
    """From a finished container; nothing if it has parts that we do not know how to set."""
    data = container["content"]
    signer = data["signer_infos"][0]
    statement = signer["signed_attrs"].untag().dump()
    if len(data["signer_infos"]) != 1 or signer["unsigned_attrs"].native or statement.count(digest) != 1:
        return None
    start, end = statement.split(digest)
    made = Mould(
        settings,
        start,
        end,
        _joined(signer, "version", "sid", "digest_algorithm"),
        _joined(signer, "signature_algorithm"),
        _joined(data, "version", "digest_algorithms", "encap_content_info", "certificates", "crls"),
        _joined(container, "content_type"),
    )
    again = made.fill(made.statement(digest), signer["signature"].native)
    return made if again.dump() == container.dump() else None


def _joined(value: Any, *names: str) -> bytes:
    return b"".join(value[name].dump() for name in names)


def _tagged(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content
