"""Ed25519 at its edges: signatures that libraries judge otherwise have one verdict here, whatever is installed."""

import hashlib
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from department import Department
from hypothesis import given, settings
from hypothesis import strategies as st
from test_keys import MESSAGE, NAMESPACE, armoured, keygen_verifies, string, we_verify

from csdocs.trust import ssh, strict
from csdocs.trust.demo import demo_key

Point = tuple[int, int]
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
NEUTRAL = (0, 1)


def point(y: int, odd: int) -> Point | None:
    """The point with this y; None where the curve has none."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    for factor in (1, pow(2, (P - 1) // 4, P)):
        x = pow(square, (P + 3) // 8, P) * factor % P
        if x * x % P == square:
            return (P - x if x & 1 != odd and x else x), y
    return None


def plus(a: Point, b: Point) -> Point:
    k = D * a[0] * b[0] * a[1] * b[1] % P
    return (a[0] * b[1] + b[0] * a[1]) * pow(1 + k, -1, P) % P, (a[1] * b[1] + a[0] * b[0]) * pow(1 - k, -1, P) % P


def times(n: int, a: Point) -> Point:
    out = NEUTRAL
    while n:
        out = plus(out, a) if n & 1 else out
        a, n = plus(a, a), n >> 1
    return out


def spelled(a: Point) -> bytes:
    return (a[1] | (a[0] & 1) << 255).to_bytes(32, "little")


BASE = point(4 * pow(5, -1, P) % P, 0) or NEUTRAL
EIGHTH = next(small for y in count(2) if (a := point(y, 0)) and times(4, small := times(L, a)) != NEUTRAL)
SMALL = [times(n, EIGHTH) for n in range(8)]
SPELLINGS = [
    (n, (y | sign << 255).to_bytes(32, "little"))
    for n, (x, own) in enumerate(SMALL)
    for y in ((own, own + P) if own + P < 2**255 else (own,))
    for sign in ((0, 1) if x == 0 else (x & 1,))
]
A, R = 0x1F2E3D4C5B6A7988, 0x8877665544332211  # the secret numbers of a key and of a signature


class Vector(NamedTuple):
    """`openssh`: whether a release of ssh-keygen takes it."""

    key: bytes
    signature: bytes
    message: bytes
    good: bool
    openssh: bool


def challenge(r: bytes, key: bytes, message: bytes) -> int:
    return int.from_bytes(hashlib.sha512(r + key + signed(message)).digest(), "little") % L


def signed(message: bytes) -> bytes:
    parts = (NAMESPACE.encode(), b"", b"sha512", hashlib.sha512(message).digest())
    return b"SSHSIG" + b"".join(map(string, parts))


def vector(key: Point | bytes, r: Point | bytes, n: int, *, good: bool, openssh: bool, more: int = 0) -> Vector:
    """With the equation of parts of small order (the `n`th of them in what the signature lacks) made to hold, if `openssh`, or not to."""
    key, r = (each if isinstance(each, bytes) else spelled(each) for each in (key, r))
    own = A if key[:31] not in {small[:31] for _, small in SPELLINGS} else 0
    nonce = R if r[:31] not in {small[:31] for _, small in SPELLINGS} else 0
    for message in (b"%d" % number for number in count()):
        k = challenge(r, key, message)
        if n < 0 or (torsion(key, r, k, n) == NEUTRAL) == openssh:
            return Vector(key, r + ((nonce + k * own) % L + more).to_bytes(32, "little"), message, good, openssh)
    raise AssertionError


def torsion(key: bytes, r: bytes, k: int, n: int) -> Point:
    """What of small order R + kA is more than SB: `n` is 8 times the part of R and the part of A."""
    return plus(SMALL[n // 8], times(k, SMALL[n % 8]))


def vectors() -> Iterator[tuple[str, Vector]]:
    a, r = times(A, BASE), times(R, BASE)
    yield "good", vector(a, r, -1, good=True, openssh=True)
    yield "S + L", vector(a, r, -1, good=False, openssh=True, more=L)
    yield "S + 14 L", vector(a, r, -1, good=False, openssh=False, more=14 * L)
    for n, small in SPELLINGS:
        yield f"A = {small.hex()}", vector(small, r, n, good=False, openssh=True)
        same = small == spelled(SMALL[n])
        yield f"R = {small.hex()}", vector(a, small, -1, good=False, openssh=n == 0 and same)
        yield (
            f"A = R = {small.hex()}",
            vector(small, small, 9 * n, good=False, openssh=True)
            if same
            else vector(small, small, -1, good=False, openssh=False),
        )
    for n in (1, 2, 4):
        mixed, nonce = plus(a, SMALL[n]), plus(r, SMALL[n])
        for holds in (True, False):
            yield f"A + T{n} {holds}", vector(mixed, r, n, good=holds, openssh=holds)
            yield f"A + T{n}, R + T{n} {holds}", vector(mixed, nonce, 9 * n, good=holds, openssh=holds)
        yield f"R + T{n}", vector(a, nonce, -1, good=False, openssh=False)
        yield f"A + T{n}, R = T{n}", vector(mixed, SMALL[n], 9 * n, good=False, openssh=True)
    for y in range(2, 19):
        if point(y, 0) is not None:
            yield f"A = {y} + p", vector((y + P).to_bytes(32, "little"), r, -1, good=False, openssh=False)


VECTORS = dict(vectors())


@pytest.fixture(params=["libsodium", "OpenSSL"])
def installed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "OpenSSL":
        monkeypatch.setattr(strict, "_libsodium", lambda: None)
    ssh._public_key.cache_clear()
    assert strict.is_quick() == (request.param == "libsodium")
    return str(request.param)


def as_ssh(each: Vector) -> tuple[str, str]:
    blob = string(b"ssh-ed25519") + string(each.key)
    return ssh.public_line(blob), armoured(blob, string(b"ssh-ed25519") + string(each.signature))


def test_every_edge_has_one_verdict(installed: str) -> None:
    wrong = [what for what, each in VECTORS.items() if we_verify(each.message, *reversed(as_ssh(each))) != each.good]
    assert wrong == []


def test_openssh_takes_all_that_is_good(tmp_path: Path) -> None:
    """Some releases take more than others do."""
    taken = {
        what
        for what, each in VECTORS.items()
        if keygen_verifies(each.message, *reversed(as_ssh(each)), folder=tmp_path)
    }
    assert {what for what, each in VECTORS.items() if each.good} <= taken
    assert taken <= {what for what, each in VECTORS.items() if each.openssh}


def test_a_weak_key_is_called_weak(installed: str) -> None:
    _, armour = as_ssh(next(each for what, each in VECTORS.items() if what.startswith("A = 00")))
    with pytest.raises(ssh.BadSignature, match="weak key"):
        ssh.verify(MESSAGE, armour, NAMESPACE)


def test_points_of_small_order_are_known_in_every_spelling() -> None:
    every = {bytes([*small[:31], small[31] & 127 | sign]) for _, small in SPELLINGS for sign in (0, 128)}
    assert every == strict.SMALL_ORDER


def accepts(verify: Callable[[bytes, bytes], None], signature: bytes, data: bytes) -> bool:
    try:
        verify(signature, data)
    except InvalidSignature:
        return False
    return True


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=64), st.integers(0, 8 * 64 - 1), st.integers(0, 1 << 512))
def test_libsodium_never_takes_what_openssl_refuses(data: bytes, bit: int, noise: int) -> None:
    key = demo_key("S1")
    good = key.sign(data)
    raw = key.public_key().public_bytes_raw()
    quick = strict._libsodium()
    assert quick is not None
    turned = (int.from_bytes(good, "little") ^ 1 << bit).to_bytes(64, "little")
    for signature in (good, turned, good[:32] + turned[:32], (noise % 2**512).to_bytes(64, "little"), good[:-1]):
        assert quick(raw, signature, data) == accepts(key.public_key().verify, signature, data)
        assert accepts(strict.StrictKey(key.public_key()).verify, signature, data) == (signature == good)


def test_a_signature_has_64_bytes(installed: str) -> None:
    """libsodium takes signature and content in one piece, and does not mind where one ends."""
    key = demo_key("S1")
    strictly = strict.StrictKey(key.public_key())
    made = key.sign(b"content")
    assert accepts(strictly.verify, made, b"content")
    assert not accepts(strictly.verify, made[:63], made[63:] + b"content")
    assert not accepts(strictly.verify, key.sign(b"more content") + b"more ", b"content")


def test_a_library_that_multiplies_by_eight_is_not_asked() -> None:
    def by_eight(key: bytes, signature: bytes, data: bytes) -> bool:
        a, r = (point(int.from_bytes(each, "little") % 2**255, each[31] >> 7) for each in (key, signature[:32]))
        assert a is not None
        assert r is not None
        k = int.from_bytes(hashlib.sha512(signature[:32] + key + data).digest(), "little")
        left = times(8 * int.from_bytes(signature[32:], "little"), BASE)
        return left == times(8, plus(r, times(k % L, a)))

    def once(key: bytes, signature: bytes, data: bytes) -> bool:
        return accepts(Ed25519PublicKey.from_public_bytes(key).verify, signature, data)

    assert by_eight(strict._KEY, strict._GOOD, b"")
    assert by_eight(strict._KEY, strict._TIMES_EIGHT, b"")
    assert not strict._is_strict(by_eight)
    assert strict._is_strict(once)
    assert not strict._is_strict(lambda *_: False)


def test_the_doctor_says_which_library_verifies(department: Department, installed: str) -> None:
    said = department.run("doctor").out.decode()
    assert installed in said
    assert ("libsodium" in said) == (installed == "libsodium")
