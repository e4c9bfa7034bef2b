"""Ed25519 (RFC 8032), judged so strictly that no verdict depends on which libraries are installed.

OpenSSL, inside `cryptography`, is always there. libsodium (PyNaCl, `csdocs[fast]`) needs half the time and refuses keys and points of
small order, by which a signature can be made to hold for any content; OpenSSL takes those. They are refused here, before either is asked.
"""

from collections.abc import Callable
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_PRIME = 2**255 - 19
_SIGN = 1 << 255  # the bit that says which of the two points with this y is meant
_ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_LENGTH = 64
# y of the points of small order, in every spelling
_SMALL = (0, 1, _ORDER_8, _PRIME - _ORDER_8, _PRIME - 1, _PRIME, _PRIME + 1)
SMALL_ORDER = frozenset((y | sign).to_bytes(32, "little") for y in _SMALL for sign in (0, _SIGN))


class WeakKey(ValueError):
    """A key of small order, or one that is not spelled as the standard spells it."""


class StrictKey:
    """A public key that is fit to be believed."""

    def __init__(self, key: Ed25519PublicKey) -> None:
        self._raw = key.public_bytes_raw()
        if self._raw in SMALL_ORDER or int.from_bytes(self._raw, "little") & ~_SIGN >= _PRIME:
            raise WeakKey
        self._key = key

    def verify(self, signature: bytes, data: bytes) -> None:
        """Raises InvalidSignature. Whatever libsodium refuses is refused by OpenSSL, or else it is good."""
        if len(signature) != _LENGTH or signature[:32] in SMALL_ORDER:
            raise InvalidSignature
        holds = _libsodium()
        if holds is None or not holds(self._raw, signature, data):
            self._key.verify(signature, data)


_Verifier = Callable[[bytes, bytes, bytes], bool]


@cache
def _libsodium() -> _Verifier | None:
    """None where it is missing, or is of a kind that takes what OpenSSL refuses."""
    try:
        from nacl.bindings import crypto_sign_open
        from nacl.exceptions import CryptoError
    except ImportError:
        return None

    def holds(key: bytes, signature: bytes, data: bytes) -> bool:
        try:
            crypto_sign_open(signature + data, key)
        except (CryptoError, ValueError):
            return False
        return True

    return holds if _is_strict(holds) else None


# One key with two signatures of nothing: a good one, and one that holds only when its equation is multiplied by eight, as some releases do.
_KEY = bytes.fromhex("c09227d91cca12c0b77651015d9d22f8834323aea6111750658645cd0dce1a26")
_GOOD = bytes.fromhex(
    "d081466caa81b42601aac09875ebfd4e7c7e8a8fd5800f9594a6e229e260e3128d5ddcaee2348c64cfe1c2de48d9c13829729b27fbb335eb6611d7906f485b0a"
)
_TIMES_EIGHT = bytes.fromhex(
    "501f1ffc94488884fafa394243ee97e1e6c95d429cdd4a7fab166109192b4ed9b6f22781b1a3fc4a4ecfd2bbd3da7e07acf5cbfab2b17ba14b628285c4bf0d0f"
)


def _is_strict(holds: _Verifier) -> bool:
    return holds(_KEY, _GOOD, b"") and not holds(_KEY, _TIMES_EIGHT, b"")


def is_quick() -> bool:
    """Whether libsodium is asked first."""
    return _libsodium() is not None
