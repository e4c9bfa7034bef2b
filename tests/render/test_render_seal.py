import asyncio
import json
import os
import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto import cms, x509
from asn1crypto.parser import peek
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from render_common import MOMENT, ORGANISATION, ROOT, Render, picture

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text
from csdocs.render.authority import SealAuthority, create_seal_authority
from csdocs.render.font import FontSet
from csdocs.render.html import PrintTemplates
from csdocs.render.pdf import Attachment
from csdocs.render.seal import Sealer, _sealer, load_sealer, load_sealer_pkcs12, seal_pdf
from csdocs.render.verify import PdfVerdict, verify_pdf
from tools.sample import usual

START = datetime(2026, 1, 1, tzinfo=UTC)


def seal(pdf: bytes, sealer: Sealer, **changes: object) -> bytes:
    options = {"name": ORGANISATION.zh, "reason": "证明本件与提交一致", "moment": MOMENT} | changes
    return seal_pdf(pdf, sealer, **options)  # type: ignore[arg-type]


def test_the_rendition_stays_as_it_was(handover_pdf: bytes, sealed_pdf: bytes) -> None:
    assert sealed_pdf.startswith(handover_pdf)
    assert len(sealed_pdf) - len(handover_pdf) < 45_000


def test_pyhanko_trusts_it(sealed_pdf: bytes, root_pem: bytes) -> None:
    reader = PdfFileReader(BytesIO(sealed_pdf))
    root = x509.Certificate.load(
        certificates.load_pem_x509_certificate(root_pem).public_bytes(serialization.Encoding.DER)
    )
    (signature,) = reader.embedded_signatures
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root], moment=MOMENT.astimezone(UTC)))
    assert status.bottom_line
    assert signature.docmdp_level == MDPPerm.NO_CHANGES
    assert signature.self_reported_timestamp == MOMENT
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_pdfsig_agrees(sealed_pdf: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed_pdf)
    said = subprocess.run(["pdfsig", str(path)], check=True, capture_output=True, text=True).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said


def test_stock_programs_check_it_as_the_page_says(sealed_pdf: bytes, root_pem: bytes, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "renditions.md").read_text("utf-8")
    (recipe,) = re.findall(r"(?ms)^```sh\n(.*?)^```$", page)
    (name,) = re.findall(r"(?m)^pdf=(.*)$", recipe)
    (tmp_path / "root.pem").write_bytes(root_pem)
    for data, code in ((sealed_pdf, 0), (sealed_pdf.replace(b"/Type /Catalog", b"/Type /Cataloh", 1), 4)):
        (tmp_path / name).write_bytes(data)
        done = subprocess.run(["sh", "-euc", recipe], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        assert "Total document signed" in done.stdout
    assert "CMS Verification failure" in done.stderr


def test_the_block_is_visible_and_brings_no_font(handover_pdf: bytes, sealed_pdf: bytes) -> None:
    assert picture(sealed_pdf) != picture(handover_pdf)
    with pikepdf.open(BytesIO(sealed_pdf)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert "/Font" not in field.AP.N.get("/Resources", {})
        assert field.AP.N.Filter == "/FlateDecode"
        assert int(field.F) & 4
        left, bottom, right, top = (float(value) for value in field.Rect)
        assert right - left > 200
        assert top - bottom > 45


def test_without_a_place_the_seal_is_invisible(render: Render, templates: PrintTemplates, sealer: Sealer) -> None:
    pdf = render(templates.record(usual.UNIFORM), root=ROOT)
    sealed = seal(pdf, sealer)
    assert picture(sealed) == picture(pdf)
    with pikepdf.open(BytesIO(sealed)) as opened:
        (field,) = opened.Root.AcroForm.Fields
        # PDF/UA-1, 7.18.1: what lies on the page has to hang in the structure tree
        assert max(float(value) for value in field.Rect) < 0
        assert str(field.TU)


def test_a_long_name_still_fits(render: Render, sealer: Sealer, fonts: FontSet) -> None:
    page = '<div id="seal" style="width: 40mm; height: 14mm"></div>'
    sealed = seal(render(page), sealer, name="名" * 60, reason="𠮷臺한 ☑" * 20, fonts=fonts, language="en")
    assert len(PdfFileReader(BytesIO(sealed)).embedded_signatures) == 1


@pytest.mark.parametrize("moment", [datetime(2025, 12, 31, tzinfo=UTC), datetime(2031, 1, 2, tzinfo=UTC)])
def test_no_seal_outside_the_validity(handover_pdf: bytes, sealer: Sealer, moment: datetime) -> None:
    with pytest.raises(CsdocsError) as caught:
        seal(handover_pdf, sealer, moment=moment)
    assert "有效期 2026-01-01" in caught.value.message.zh


def test_no_second_seal(sealed_pdf: bytes, sealer: Sealer) -> None:
    with pytest.raises(CsdocsError, match="sealed already"):
        seal(sealed_pdf, sealer)


@pytest.mark.parametrize("data", [b"", b"not a pdf", b"%PDF-1.7\n%%EOF"])
def test_only_a_pdf_is_sealed(data: bytes, sealer: Sealer) -> None:
    with pytest.raises(CsdocsError, match="could not be sealed"):
        seal(data, sealer)


def test_authority_is_offline_and_for_its_owner(authority: SealAuthority) -> None:
    leaf, root = certificates.load_pem_x509_certificates(authority.seal_certificate.read_bytes())
    leaf.verify_directly_issued_by(root)
    names = {extension.oid._name for extension in leaf.extensions}
    assert names == {"basicConstraints", "keyUsage", "authorityKeyIdentifier", "subjectKeyIdentifier"}
    assert root.not_valid_after_utc == START.replace(year=2031)
    if os.name == "posix":
        assert authority.root_key.stat().st_mode & 0o777 == 0o600
        assert authority.seal_key.stat().st_mode & 0o777 == 0o600


def test_authority_overwrites_nothing(authority: SealAuthority) -> None:
    before = authority.root_key.read_bytes()
    with pytest.raises(CsdocsError) as caught:
        create_seal_authority(authority.root_key.parent, ORGANISATION, START, 1)
    assert "root.key" in caught.value.message.zh
    assert authority.root_key.read_bytes() == before


def test_authority_wants_a_name_that_fits(tmp_path: Path) -> None:
    with pytest.raises(CsdocsError):
        create_seal_authority(tmp_path, Text("名" * 55, "short"), START, 1)
    assert list(tmp_path.iterdir()) == []


def test_a_leap_day_has_an_anniversary(tmp_path: Path) -> None:
    made = create_seal_authority(tmp_path, ORGANISATION, datetime(2028, 2, 29, tzinfo=UTC), 1)
    root = certificates.load_pem_x509_certificate(made.root_certificate.read_bytes())
    assert root.not_valid_after_utc == datetime(2029, 2, 28, tzinfo=UTC)


def test_keys_under_a_passphrase(tmp_path: Path, handover_pdf: bytes) -> None:
    made = create_seal_authority(tmp_path, ORGANISATION, START, 1, lambda name: b"correct horse")
    key, chain = made.seal_key.read_bytes(), made.seal_certificate.read_bytes()
    assert b"ENCRYPTED" in key
    asked: list[str] = []

    def answer(name: Text) -> bytes:
        asked.append(name.zh)
        return b"correct horse"

    assert load_sealer(key, chain, answer).fingerprint
    assert asked == ["签章密钥"]
    with pytest.raises(CsdocsError):
        load_sealer(key, chain, lambda name: b"wrong")
    with pytest.raises(CsdocsError, match="passphrase"):
        load_sealer(key, chain)


def test_pkcs12(authority: SealAuthority, root_pem: bytes, handover_pdf: bytes) -> None:
    key = serialization.load_pem_private_key(authority.seal_key.read_bytes(), None)
    leaf, root = certificates.load_pem_x509_certificates(authority.seal_certificate.read_bytes())
    encryption = serialization.BestAvailableEncryption(b"secret")
    packed = pkcs12.serialize_key_and_certificates(b"seal", key, leaf, [root], encryption)  # type: ignore[arg-type]
    sealed = seal(handover_pdf, load_sealer_pkcs12(packed, lambda name: b"secret"))
    assert verify_pdf(sealed, [root_pem]).genuine
    bare = pkcs12.serialize_key_and_certificates(b"seal", None, leaf, None, encryption)
    for data, answer in ((packed, b"wrong"), (b"nonsense", b"secret"), (bare, b"secret")):
        with pytest.raises(CsdocsError):
            load_sealer_pkcs12(data, lambda name, answer=answer: answer)


@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_a_second_container_is_what_pyhanko_would_make(kind: str) -> None:
    key: Any = rsa.generate_private_key(65537, 3072) if kind == "rsa" else ec.generate_private_key(ec.SECP256R1())
    leaf = self_signed(key)

    def sign(signer: Any, digest: bytes) -> Any:
        return asyncio.run(signer.async_sign(digest, "sha256", use_pades=True, signed_attr_settings=None))

    signer = _sealer(key, leaf, [leaf]).signer
    first, second = sign(signer, b"1" * 32), sign(signer, b"2" * 32)
    other = sign(_sealer(key, leaf, [leaf]).signer, b"2" * 32)
    assert first.dump() != second.dump()
    if kind == "rsa":  # which signs the same bytes the same way twice
        assert second.dump() == other.dump()
    own, theirs = (each["content"]["signer_infos"][0] for each in (second, other))
    statement = own["signed_attrs"].untag().dump()
    assert statement == theirs["signed_attrs"].untag().dump()
    if kind == "ecdsa":
        key.public_key().verify(own["signature"].native, statement, ec.ECDSA(hashes.SHA256()))


def self_signed(key: Any) -> certificates.Certificate:
    name = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, "测试")])
    builder = certificates.CertificateBuilder(name, name, key.public_key(), 1, START, START + timedelta(days=9))
    return builder.sign(key, hashes.SHA256())


def test_many_seals_of_one_run_are_genuine(authority: SealAuthority, root_pem: bytes, handover_pdf: bytes) -> None:
    sealer = load_sealer(authority.seal_key.read_bytes(), authority.seal_certificate.read_bytes())
    moments = [MOMENT + timedelta(minutes=number) for number in range(3)]
    verdicts = [verify_pdf(seal(handover_pdf, sealer, moment=moment), [root_pem]) for moment in moments]
    assert all(verdict.genuine for verdict in verdicts)
    assert [verdict.facts.claimed_at for verdict in verdicts] == moments


def pem_of(key: object) -> bytes:
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    data: bytes = key.private_bytes(encoding, form, serialization.NoEncryption())  # type: ignore[attr-defined]
    return data


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        (rsa.generate_private_key(65537, 2048), "3072"),
        (ed25519.Ed25519PrivateKey.generate(), "ECDSA"),
    ],
)
def test_weak_and_unusual_keys_are_refused(authority: SealAuthority, key: object, reason: str) -> None:
    with pytest.raises(CsdocsError, match=reason):
        load_sealer(pem_of(key), authority.seal_certificate.read_bytes())


def test_a_key_without_its_certificate_is_refused(authority: SealAuthority) -> None:
    with pytest.raises(CsdocsError, match="does not belong"):
        load_sealer(authority.root_key.read_bytes(), authority.seal_certificate.read_bytes())
    for key, chain in ((b"", b""), (b"nonsense", authority.seal_certificate.read_bytes())):
        with pytest.raises(CsdocsError):
            load_sealer(key, chain)


def damaged(sealed: bytes, root_pem: bytes, stamp_root: bytes) -> PdfVerdict:
    """The verdict when the last bytes of the container, which are the time stamp's signature, are others."""
    start = sealed.rindex(b"/Contents <") + len(b"/Contents <")
    container = bytes.fromhex(sealed[start : sealed.index(b">", start)].decode())
    place = start + 2 * (peek(container) - 8)
    digit = b"0" if sealed[place : place + 1] != b"0" else b"1"
    verdict = verify_pdf(sealed[:place] + digit + sealed[place + 1 :], [root_pem], tsa_roots=[stamp_root])
    assert not verdict.genuine
    return verdict


def test_a_time_stamp_is_fetched_and_judged(
    handover_pdf: bytes,
    sealer: Sealer,
    time_stamp_url: str,
    root_pem: bytes,
    stamp_authority: tuple[bytes, DummyTimeStamper],
) -> None:
    stamp_root, _ = stamp_authority
    sealed = seal(handover_pdf, sealer, tsa_url=time_stamp_url)
    known = verify_pdf(sealed, [root_pem], tsa_roots=[stamp_root])
    assert known.genuine
    assert known.time.status == "ok"
    assert known.facts.stamped_at == MOMENT
    unasked = verify_pdf(sealed, [root_pem])
    assert (unasked.genuine, unasked.time.status) == (True, "unknown")
    assert "未提供时间戳的信任根" in unasked.time.sentence.zh
    assert damaged(sealed, root_pem, stamp_root).time.status == "failed"
    stranger = verify_pdf(sealed, [root_pem], tsa_roots=[root_pem])
    assert "不是由信任的机构签发" in stranger.time.sentence.zh
    fingerprint = known.facts.certificate_sha256
    later, earlier = {fingerprint: MOMENT + timedelta(days=1)}, {fingerprint: MOMENT - timedelta(days=1)}
    assert verify_pdf(sealed, [root_pem], tsa_roots=[stamp_root], revoked=later).genuine
    assert not verify_pdf(sealed, [root_pem], tsa_roots=[stamp_root], revoked=earlier).genuine
    assert not verify_pdf(sealed, [root_pem], revoked=later).genuine


def with_the_stamp_of(other: bytes, sealed: bytes) -> bytes:
    """`sealed`, with the time stamp that another seal has."""
    containers = []
    for data in (other, sealed):
        start = data.rindex(b"/Contents <") + len(b"/Contents <")
        containers.append(cms.ContentInfo.load(bytes.fromhex(data[start : data.index(b">", start)].decode())))
    own, taken = (each["content"]["signer_infos"][0] for each in reversed(containers))
    own["unsigned_attrs"] = taken["unsigned_attrs"]
    written = containers[1].dump(force=True).hex().encode()
    end = sealed.index(b">", start)
    return sealed[:start] + written.ljust(end - start, b"0") + sealed[end:]


def test_the_time_stamp_of_another_seal_proves_nothing(
    handover_pdf: bytes,
    sealer: Sealer,
    time_stamp_url: str,
    root_pem: bytes,
    stamp_authority: tuple[bytes, DummyTimeStamper],
) -> None:
    """As somebody would use it who got hold of a seal after it was revoked."""
    first = seal(handover_pdf, sealer, tsa_url=time_stamp_url)
    second = seal(handover_pdf, sealer, tsa_url=time_stamp_url, reason="伪造")
    forged = with_the_stamp_of(first, second)
    assert len(forged) == len(second)
    assert verify_pdf(with_the_stamp_of(second, second), [root_pem], tsa_roots=[stamp_authority[0]]).genuine
    verdict = verify_pdf(forged, [root_pem], tsa_roots=[stamp_authority[0]], revoked={sealer.fingerprint: MOMENT})
    assert (verdict.time.status, verdict.authority.status, verdict.genuine) == ("failed", "failed", False)


def test_a_clock_that_was_put_back_is_noticed(render: Render, sealer: Sealer, root_pem: bytes) -> None:
    """The seal cannot be older than what it is on."""
    facts = json.dumps({"as_of": (MOMENT + timedelta(days=3)).isoformat()}).encode()
    pdf = render("<p>正文", attachments=[Attachment("provenance.json", facts, "application/json", "Data")])
    for days, status in ((0, "failed"), (3, "unknown"), (2, "unknown")):
        sealed = seal(pdf, sealer, moment=MOMENT + timedelta(days=days))
        verdict = verify_pdf(sealed, [root_pem])
        assert (verdict.time.status, verdict.genuine) == (status, status == "unknown")


def test_a_dead_time_stamp_server_is_named(handover_pdf: bytes, sealer: Sealer) -> None:
    with pytest.raises(CsdocsError, match="time stamp") as caught:
        seal(handover_pdf, sealer, tsa_url="http://127.0.0.1:1/")
    assert "时间戳" in caught.value.message.zh


def test_english_seal(render: Render, templates: PrintTemplates, sealer: Sealer) -> None:
    imprint = replace(usual.IMPRINT, language="en")
    pdf = render(templates.record(replace(usual.HANDOVER, imprint=imprint)), root=ROOT, language="en")
    assert picture(seal(pdf, sealer, language="en")) != picture(seal(pdf, sealer))
