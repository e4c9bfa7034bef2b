"""SSH signatures (OpenSSH PROTOCOL.sshsig): made by `ssh-keygen -Y sign`, verified here in process.

`ssh-keygen` keeps passphrases, agents and hardware keys; verifying in process gives the same verdicts a hundred times faster, but for
signatures that `ssh-keygen` never makes and takes all the same (`strict`). Tests compare the two.
"""

import base64
import hashlib
import re
import shutil
import struct
import subprocess
import textwrap
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_ssh_public_key

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text
from csdocs.trust.strict import StrictKey, WeakKey

_MAGIC = b"SSHSIG"
_HASHES = {b"sha256": hashlib.sha256, b"sha512": hashlib.sha512}
LEAST = (8, 9)  # version of OpenSSH: older ones do not know all that they are asked
_HEAD, _FOOT = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
MIN_RSA_BITS = 3072


class SshSignature(NamedTuple):
    """The parts of an armoured signature."""

    public: bytes  # public key blob (RFC 4253, 6.6)
    namespace: str
    reserved: bytes
    hash_name: bytes
    algorithm: bytes
    raw: bytes  # signature blob after its algorithm name


class BadSignature(Exception):
    """The signature does not hold; `reason` says why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class ContentChanged(BadSignature):
    """The signature is one, but not of these bytes."""

    def __init__(self) -> None:
        super().__init__(Text("内容与签名不符", "the content is not what was signed"))


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.offset = data, 0

    def take(self, length: int) -> bytes:
        if self.offset + length > len(self.data):
            raise BadSignature(Text("签名数据不完整", "the signature is cut short"))
        self.offset += length
        return self.data[self.offset - length : self.offset]

    def string(self) -> bytes:
        return self.take(struct.unpack(">I", self.take(4))[0])

    def last(self) -> bytes:
        """A string behind which there is nothing more."""
        value = self.string()
        if self.offset != len(self.data):
            raise BadSignature(Text("签名后有多余数据", "data after the signature"))
        return value

    def rest(self) -> bytes:
        return self.take(len(self.data) - self.offset)


def _string(value: bytes) -> bytes:
    return struct.pack(">I", len(value)) + value


@lru_cache(maxsize=1_024)
def key_blob(public_line: str) -> bytes:
    """Binary form of `ssh-ed25519 AAAA… comment`; b"" where the text is not a key."""
    parts = public_line.split()
    try:
        return base64.b64decode(parts[1], validate=True) if len(parts) > 1 else b""
    except ValueError:
        return b""


def public_line(blob: bytes) -> str:
    """`ssh-ed25519 AAAA…` of a key's binary form, as a register or an allowed_signers file writes it."""
    return f"{_Reader(blob).string().decode()} {base64.b64encode(blob).decode()}"


def fingerprint(public: str) -> str:
    """`SHA256:…`, as `ssh-keygen -l` prints it."""
    digest = hashlib.sha256(key_blob(public)).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def parse_signature(armoured: str) -> SshSignature:
    lines = armoured.strip().split("\n")
    if len(lines) < 3 or lines[0] != _HEAD or lines[-1] != _FOOT:
        raise BadSignature(Text("不是 SSH 签名", "not an SSH signature"))
    try:
        data = base64.b64decode("".join(lines[1:-1]), validate=True)
    except ValueError:
        raise BadSignature(Text("签名不是有效的 Base64", "the signature is not valid Base64")) from None
    frame = _frame(data[:-_ED25519_BYTES])
    return _parse(data) if frame is None else SshSignature(*frame[:-1], _ED25519_LENGTH + data[-_ED25519_BYTES:])


_ED25519_BYTES = 64
_ED25519_LENGTH = struct.pack(">I", _ED25519_BYTES)


@lru_cache(maxsize=1_024)
def _frame(head: bytes) -> SshSignature | None:
    """What stands before the last bytes of an Ed25519 signature: the same in all of one key. All lengths lie there, so it says how to
    read the rest; None where it begins anything else."""
    try:
        found = _parse(head + bytes(_ED25519_BYTES))
    except BadSignature:
        return None
    return found if found.raw == _ED25519_LENGTH + bytes(_ED25519_BYTES) else None


def _parse(data: bytes) -> SshSignature:
    reader = _Reader(data)
    if reader.take(6) != _MAGIC or struct.unpack(">I", reader.take(4))[0] != 1:
        raise BadSignature(Text("签名版本不受支持", "unsupported signature version"))
    public, namespace, reserved, hash_name = (reader.string() for _ in range(4))
    blob = _Reader(reader.string())
    if reader.offset != len(data):
        raise BadSignature(Text("签名后有多余数据", "data after the signature"))
    return SshSignature(public, namespace.decode("utf-8", "replace"), reserved, hash_name, blob.string(), blob.rest())


def verify(message: bytes, armoured: str, namespace: str) -> SshSignature:
    """The signature's parts if it is good for exactly these bytes in this namespace; `BadSignature` otherwise."""
    signature = parse_signature(armoured)
    if signature.namespace != namespace:
        raise BadSignature(
            Text("签名用途是 {found}，应为 {expected}", "signed in namespace {found}, not {expected}").format(
                found=signature.namespace, expected=namespace
            )
        )
    if signature.hash_name not in _HASHES or signature.reserved:
        raise BadSignature(Text("签名算法不受支持", "unsupported signature algorithm"))
    try:
        _verify_raw(signature, _signed_bytes(signature, message))
    except WeakKey:
        raise BadSignature(Text("这把密钥太弱，任何人都能冒签", "a weak key: anybody can sign in its name")) from None
    except (InvalidSignature, UnsupportedAlgorithm, NotImplementedError, ValueError):
        raise ContentChanged from None
    return signature


def _signed_bytes(signature: SshSignature, message: bytes) -> bytes:
    digest = _HASHES[signature.hash_name](message).digest()
    return _preamble(signature.namespace, signature.reserved, signature.hash_name) + _string(digest)


@lru_cache(maxsize=64)
def _preamble(namespace: str, reserved: bytes, hash_name: bytes) -> bytes:
    return _MAGIC + b"".join(map(_string, (namespace.encode(), reserved, hash_name)))


def _verify_raw(signature: SshSignature, data: bytes) -> None:
    kind, key = _public_key(signature.public)
    raw = signature.raw
    if kind.startswith(b"sk-"):
        raw, data = _hardware(signature, data)
    blob = _Reader(raw)
    match key:
        case StrictKey() if signature.algorithm == kind:
            key.verify(blob.last(), data)
        case ec.EllipticCurvePublicKey() if signature.algorithm == kind:
            parts = _Reader(blob.last())
            r, s = int.from_bytes(parts.string()), int.from_bytes(parts.last())
            digest = {256: hashes.SHA256(), 384: hashes.SHA384(), 521: hashes.SHA512()}[key.curve.key_size]
            key.verify(encode_dss_signature(r, s), data, ec.ECDSA(digest))
        case rsa.RSAPublicKey() if (
            signature.algorithm in (b"rsa-sha2-256", b"rsa-sha2-512") and key.key_size >= MIN_RSA_BITS
        ):
            strong = hashes.SHA512() if signature.algorithm.endswith(b"512") else hashes.SHA256()
            key.verify(blob.last(), data, padding.PKCS1v15(), strong)
        case _:
            raise BadSignature(Text("密钥类型不受支持", "unsupported kind of key"))


@lru_cache(maxsize=1_024)
def _public_key(blob: bytes) -> tuple[bytes, object]:
    """Its kind and the key, ready to verify."""
    key = load_ssh_public_key(public_line(blob).encode())
    return _Reader(blob).string(), StrictKey(key) if isinstance(key, ed25519.Ed25519PublicKey) else key


def _hardware(signature: SshSignature, data: bytes) -> tuple[bytes, bytes]:
    """FIDO keys sign the hash of their application, a flags byte, a counter and the hash of the message (PROTOCOL.u2f)."""
    key = _Reader(signature.public)
    kind = key.string()
    if b"ecdsa" in kind:
        key.string()  # curve
    key.string()  # the public point
    application = key.string()
    reader = _Reader(signature.raw)
    inner, flags_and_counter, after = reader.string(), reader.take(5), reader.rest()
    if after:
        raise BadSignature(Text("签名后有多余数据", "data after the signature"))
    if not flags_and_counter[0] & 1:
        raise BadSignature(Text("硬件密钥签名时无人在场", "the hardware key was not touched"))
    digest = hashlib.sha256
    return _string(inner), digest(application).digest() + flags_and_counter + digest(data).digest()


def sign_with_key(message: bytes, key: ed25519.Ed25519PrivateKey, namespace: str) -> str:
    """Armoured signature by a key in memory: the same bytes that `ssh-keygen -Y sign` writes for it."""
    public = _string(b"ssh-ed25519") + _string(key.public_key().public_bytes_raw())
    draft = SshSignature(public, namespace, b"", b"sha512", b"ssh-ed25519", b"")
    raw = _string(b"ssh-ed25519") + _string(key.sign(_signed_bytes(draft, message)))
    blob = _MAGIC + struct.pack(">I", 1) + b"".join(map(_string, (public, namespace.encode(), b"", b"sha512", raw)))
    return "\n".join([_HEAD, *textwrap.wrap(base64.b64encode(blob).decode(), 70), _FOOT])


def version() -> tuple[int, ...]:
    """Of the OpenSSH that is found: `ssh-keygen` does not tell its own, but comes with `ssh`. Empty where nobody says."""
    program = shutil.which("ssh")
    if program is None:
        return ()
    said = subprocess.run([program, "-V"], capture_output=True, check=False).stderr.decode("utf-8", "replace")
    found = re.search(r"OpenSSH_\D*(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else ()


def sign_with_keygen(message: bytes, key: Path, namespace: str) -> str:
    """Armoured signature by `ssh-keygen`: a private key file, or a public one whose private half an agent or a token holds."""
    program = shutil.which("ssh-keygen")
    if program is None:
        raise CsdocsError(
            Text("找不到 ssh-keygen", "ssh-keygen was not found"),
            Text(
                "请安装 OpenSSH 客户端 {least} 或更高版本", "install the OpenSSH client, version {least} or later"
            ).format(least=".".join(map(str, LEAST))),
        )
    command = [program, "-Y", "sign", "-q", "-f", str(key), "-n", namespace]
    done = subprocess.run(command, input=message, stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise CsdocsError(
            Text("ssh-keygen 没有签名（密钥 {key}）", "ssh-keygen did not sign (key {key})").format(key=key),
            Text(
                "请检查密钥文件、口令或硬件密钥后重试",
                "check the key file, the passphrase or the hardware key, then try again",
            ),
        )
    return done.stdout.decode().strip()
