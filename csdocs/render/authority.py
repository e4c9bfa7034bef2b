"""An offline certificate authority for the organisation's seal: one root, one seal, no server named in them.

The root signs the seal once and goes into a safe; verifiers hold its certificate. No certificate names an
OCSP or CRL address, since a verifier must come to its verdict without a network.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from csdocs.model.error import CsdocsError, system_words
from csdocs.model.text import Text

ROOT_CERTIFICATE, SEAL_CERTIFICATE, SEAL_KEY = "root.pem", "seal.pem", "seal.key"  # files of an authority
AskPassphrase = Callable[[Text], bytes]
"""Asked for a passphrase with the name of the key; it never travels through a command line."""

_LONGEST_NAME = 64
"""X.520 bounds an organisation and a common name at 64 characters."""


class SealAuthority(NamedTuple):
    root_certificate: Path
    root_key: Path
    seal_certificate: Path
    """The seal's certificate, then the root's."""
    seal_key: Path
    root_sha256: str
    """The fingerprint to hand to verifiers by another way."""


def create_seal_authority(
    directory: Path,
    organisation: Text,
    moment: datetime,
    years: int,
    ask_passphrase: AskPassphrase | None = None,
    *,
    root_years: int = 0,
) -> SealAuthority:
    """New keys (ECDSA P-256, PKCS#8 PEM, for the owner's eyes only) and certificates; overwrites none.

    A root that lives longer than the seal (`root_years`) can sign the next one.
    """
    _refuse_long_name(organisation)
    start = moment.astimezone(UTC).replace(microsecond=0)
    root_key, seal_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    last = _years_later(start, max(years, root_years))
    root = _root_certificate(root_key, _subject(organisation, Text("签章根证书", "Seal root")), start, last)
    seal = _seal_certificate(seal_key, root_key, root, _seal_subject(organisation), start, _years_later(start, years))
    authority = SealAuthority(
        directory / ROOT_CERTIFICATE,
        directory / "root.key",
        directory / SEAL_CERTIFICATE,
        directory / SEAL_KEY,
        root.fingerprint(hashes.SHA256()).hex(),
    )
    directory.mkdir(parents=True, exist_ok=True)
    _refuse_existing(authority)
    ask = ask_passphrase or (lambda name: b"")
    _write_new(authority.root_key, _key_pem(root_key, ask(Text("根密钥", "root key"))), 0o600)
    _write_new(authority.seal_key, _key_pem(seal_key, ask(Text("签章密钥", "seal key"))), 0o600)
    _write_new(authority.root_certificate, _pem(root), 0o644)
    _write_new(authority.seal_certificate, _pem(seal) + _pem(root), 0o644)
    return authority


def renew_seal(
    directory: Path,
    root_key_path: Path,
    organisation: Text,
    moment: datetime,
    years: int,
    ask_passphrase: AskPassphrase | None = None,
) -> str:
    """A new seal under the root of `directory`; returns the fingerprint of its certificate.

    The old key and certificate move to `directory/retired/`: old seals stay valid, and whoever must revoke one later
    finds its certificate there.
    """
    _refuse_long_name(organisation)
    ask = ask_passphrase or (lambda name: b"")
    root = x509.load_pem_x509_certificate(_read(directory / ROOT_CERTIFICATE))
    root_key = _root_key(root_key_path, root, ask)
    start = moment.astimezone(UTC).replace(microsecond=0)
    if start >= root.not_valid_after_utc:
        raise CsdocsError(
            Text("根证书已到期，不能再签发签章", "the root certificate has expired and can issue no seal"),
            Text("用新目录运行 csdocs seal init，另行公布新的根证书", "make a new root and publish its certificate"),
        )
    end = min(_years_later(start, years), root.not_valid_after_utc)
    key = ec.generate_private_key(ec.SECP256R1())
    seal = _seal_certificate(key, root_key, root, _seal_subject(organisation), start, end)
    _put_in_place(directory, _key_pem(key, ask(Text("签章密钥", "seal key"))), _pem(seal) + _pem(root))
    return seal.fingerprint(hashes.SHA256()).hex()


def _put_in_place(directory: Path, key: bytes, certificates: bytes) -> None:
    """The new pair is complete on disk before the old one moves."""
    new_key, new_certificates = directory / f"{SEAL_KEY}.new", directory / f"{SEAL_CERTIFICATE}.new"
    for leftover in (new_key, new_certificates):
        leftover.unlink(missing_ok=True)
    _write_new(new_key, key, 0o600)
    _write_new(new_certificates, certificates, 0o644)
    old = directory / SEAL_CERTIFICATE
    if old.exists():
        retired = directory / "retired" / certificate_sha256(old.read_bytes())
        retired.mkdir(parents=True, exist_ok=True)
        for name in (SEAL_KEY, SEAL_CERTIFICATE):
            if (directory / name).exists():
                (directory / name).replace(retired / name)
    new_key.replace(directory / SEAL_KEY)
    new_certificates.replace(directory / SEAL_CERTIFICATE)


def certificate_sha256(pem: bytes) -> str:
    """The fingerprint of the first certificate in PEM."""
    return x509.load_pem_x509_certificates(pem)[0].fingerprint(hashes.SHA256()).hex()


def _root_key(path: Path, root: x509.Certificate, ask: AskPassphrase) -> ec.EllipticCurvePrivateKey:
    data = _read(path)
    try:
        try:
            key = serialization.load_pem_private_key(data, None)
        except TypeError:
            key = serialization.load_pem_private_key(data, ask(Text("根密钥", "root key")))
    except ValueError as error:
        raise _wrong_root_key(path) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != root.public_key():
        raise _wrong_root_key(path)
    return key


def _wrong_root_key(path: Path) -> CsdocsError:
    return CsdocsError(
        Text(
            f"{path} 不是这个根证书的密钥，或口令不对",
            f"{path} is not the key of this root, or the passphrase is wrong",
        ),
        Text("从保险柜取出根密钥，用 --root-key 指定", "take the root key from the safe and name it with --root-key"),
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CsdocsError(
            Text("无法读取 {path}：{why}", "cannot read {path}: {why}").format(path=path, why=system_words(error)),
            Text(
                "根密钥若已移入保险柜，用 --root-key 指定其位置；还没有签章时运行 csdocs seal init",
                "if the root key lies in a safe, name its place with --root-key; without any seal, run csdocs seal init",
            ),
        ) from None


def _years_later(start: datetime, years: int) -> datetime:
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # 29 February
        return start.replace(year=start.year + years, day=28)


def _refuse_long_name(organisation: Text) -> None:
    if max(map(len, organisation)) > _LONGEST_NAME - len(" Seal root"):
        raise CsdocsError(
            Text("单位名称过长：{name}", "the organisation's name is too long: {name}").format(name=organisation),
            Text(
                "证书中的名称最长 54 个字符，请用简称",
                "a name in a certificate has at most 54 characters; use a short form",
            ),
        )


def _subject(organisation: Text, role: Text) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation.zh),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, f"{organisation.en} {role.en}"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{organisation.zh}{role.zh}"),
        ]
    )


def _seal_subject(organisation: Text) -> x509.Name:
    return _subject(organisation, Text("电子签章", "Seal"))


def _key_usage(*purposes: str) -> x509.KeyUsage:
    known = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{purpose: purpose in purposes for purpose in known})


def _root_certificate(
    key: ec.EllipticCurvePrivateKey, name: x509.Name, start: datetime, end: datetime
) -> x509.Certificate:
    builder = _builder(name, name, key.public_key(), start, end)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_key_usage("key_cert_sign", "crl_sign"), critical=True)
    return builder.sign(key, hashes.SHA256())


def _seal_certificate(
    key: ec.EllipticCurvePrivateKey,
    root_key: ec.EllipticCurvePrivateKey,
    root: x509.Certificate,
    name: x509.Name,
    start: datetime,
    end: datetime,
) -> x509.Certificate:
    builder = _builder(name, root.subject, key.public_key(), start, end - timedelta(seconds=1))
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    # No extended key usage: "document signing" alone is refused by some readers, and none is required here.
    builder = builder.add_extension(_key_usage("digital_signature", "content_commitment"), critical=True)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    return builder.add_extension(issuer, critical=False).sign(root_key, hashes.SHA256())


def _builder(
    name: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(end)
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _key_pem(key: ec.EllipticCurvePrivateKey, passphrase: bytes) -> bytes:
    encryption: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        encryption = serialization.BestAvailableEncryption(passphrase)
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption)


def _refuse_existing(authority: SealAuthority) -> None:
    for path in (
        authority.root_key,
        authority.seal_key,
        authority.root_certificate,
        authority.seal_certificate,
    ):
        if path.exists():
            raise CsdocsError(
                Text(f"{path} 已存在，未作任何改动", f"{path} exists; nothing was changed"),
                Text(
                    "换一个空目录；旧的根密钥不可覆盖",
                    "choose an empty folder; an old root key must not be overwritten",
                ),
            )


def _write_new(path: Path, data: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
