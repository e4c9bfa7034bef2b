"""Certificates that a forger may come by: of another name or purpose, or issued by whoever had no right to."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from render_common import MOMENT, ORGANISATION

from csdocs.render.authority import SealAuthority, create_seal_authority
from csdocs.render.seal import load_sealer, seal_pdf
from csdocs.render.verify import PdfVerdict, verify_pdf

USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip
FOR_SEALS, FOR_AUTHORITIES = ("digital_signature", "content_commitment"), ("key_cert_sign",)


class Holder(NamedTuple):
    """A certificate with its key, and those above it that go into the seal."""

    certificate: x509.Certificate
    key: Any
    above: tuple[x509.Certificate, ...] = ()


@pytest.fixture
def root(authority: SealAuthority) -> Holder:
    return held(authority.root_certificate, authority.root_key)


@pytest.fixture
def seal(authority: SealAuthority) -> Holder:
    return held(authority.seal_certificate, authority.seal_key)


def held(certificate: Path, key: Path) -> Holder:
    found = x509.load_pem_x509_certificates(certificate.read_bytes())[0]
    return Holder(found, serialization.load_pem_private_key(key.read_bytes(), None))


def issued(
    by: Holder,
    usage: tuple[str, ...] = FOR_SEALS,
    *,
    is_authority: bool = False,
    purpose: Any = None,
    listed: bool = True,
) -> Holder:
    """Its issuer goes into the seal, `listed`, unless it is the root."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "另一枚章")])
    issuer = by.certificate
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(issuer.subject).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(issuer.not_valid_before_utc).not_valid_after(issuer.not_valid_after_utc)
    builder = builder.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    builder = builder.add_extension(x509.KeyUsage(**{each: each in usage for each in USAGES}), critical=True)
    if purpose is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    above = (issuer, *by.above) if listed else ()
    return Holder(builder.sign(by.key, hashes.SHA256()), key, above)


def judged(pdf: bytes, holder: Holder, root: x509.Certificate) -> PdfVerdict:
    form, none = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    key = holder.key.private_bytes(serialization.Encoding.PEM, form, none)
    chain = b"".join(map(pem, (holder.certificate, *holder.above)))
    return verify_pdf(seal_pdf(pdf, load_sealer(key, chain), name="x", reason="y", moment=MOMENT), [pem(root)])


def pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def test_who_has_no_right_to_issue(handover_pdf: bytes, root: Holder, seal: Holder) -> None:
    """The seal itself; an authority below ours, which wants none; and one that says it is none."""
    below = issued(root, FOR_AUTHORITIES, is_authority=True, listed=False)
    for issuer in (seal, below, issued(root, FOR_AUTHORITIES, listed=False)):
        verdict = judged(handover_pdf, issued(issuer), root.certificate)
        assert (verdict.who.status, verdict.genuine) == ("failed", False)


def test_what_is_not_meant_for_seals(handover_pdf: bytes, root: Holder) -> None:
    strange = (
        root,
        issued(root, ("key_encipherment",)),
        issued(root, is_authority=True),
        issued(root, purpose=ExtendedKeyUsageOID.SERVER_AUTH),
    )
    for holder in strange:
        verdict = judged(handover_pdf, holder._replace(above=()), root.certificate)
        assert (verdict.who.status, verdict.authority.status) == ("ok", "failed")
        assert "不可用于签章" in verdict.authority.sentence.zh
    for purpose in (None, ExtendedKeyUsageOID.EMAIL_PROTECTION, x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")):
        assert judged(handover_pdf, issued(root, purpose=purpose, listed=False), root.certificate).genuine


def test_a_namesake_is_somebody_else(handover_pdf: bytes, root: Holder, tmp_path: Path) -> None:
    """Every name in the forger's chain is ours, and our own root lies in it as well."""
    made = create_seal_authority(tmp_path, ORGANISATION, datetime(2026, 1, 1, tzinfo=UTC), 5)
    forger, other = held(made.seal_certificate, made.seal_key), held(made.root_certificate, made.root_key)
    for above in ((), (other.certificate,), (root.certificate,), (other.certificate, root.certificate)):
        assert judged(handover_pdf, forger._replace(above=above), root.certificate).who.status == "failed"


def test_one_certificate_may_be_trusted_instead_of_all_of_an_authority(
    handover_pdf: bytes, root: Holder, seal: Holder
) -> None:
    assert judged(handover_pdf, seal, seal.certificate).genuine
    assert judged(handover_pdf, issued(root, listed=False), seal.certificate).who.status == "failed"
