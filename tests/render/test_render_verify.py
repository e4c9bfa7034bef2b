import random
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto.parser import peek
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from render_common import MOMENT, ORGANISATION, PROVENANCE_BYTES, RECORD_BYTES, Render

from csdocs.model.error import CsdocsError
from csdocs.render import embedded, verify
from csdocs.render.authority import SealAuthority, create_seal_authority
from csdocs.render.embedded import EmbeddedFilesError, read_embedded_file
from csdocs.render.pdf import Attachment
from csdocs.render.seal import Sealer, load_sealer, seal_pdf
from csdocs.render.verify import verify_pdf


def test_a_genuine_file(sealed_pdf: bytes, handover_pdf: bytes, sealer: Sealer, root_pem: bytes) -> None:
    verdict = verify_pdf(sealed_pdf, [root_pem])
    assert verdict.genuine
    assert [item.status for item in verdict[:4]] == ["ok", "ok", "ok", "unknown"]
    facts = verdict.facts
    assert ORGANISATION.zh in facts.signer_name
    assert facts.certificate_sha256 == sealer.fingerprint
    assert facts.claimed_at == MOMENT
    assert facts.covers_whole_file
    assert facts.base_sha256 == sha256(handover_pdf).hexdigest()
    assert facts.reason == "证明本件与提交 4c1e9a72 一致"
    assert facts.provenance == {"commit": "4c1e9a72", "record": "JB-20261120-early-A01"}
    found = {file.name: (file.sha256, file.relationship) for file in facts.files}
    assert found == {
        "record.yaml": (sha256(RECORD_BYTES).hexdigest(), "Source"),
        "provenance.json": (sha256(PROVENANCE_BYTES).hexdigest(), "Data"),
    }
    assert read_embedded_file(sealed_pdf, "record.yaml") == RECORD_BYTES
    assert read_embedded_file(sealed_pdf, "nothing") is None


def flip(data: bytes) -> bytes:
    changed = bytearray(data)
    changed[data.index(b"stream") + 200] ^= 1
    return bytes(changed)


def change_padding(data: bytes) -> bytes:
    end = data.rindex(b"00>")
    return data[:end] + b"01" + data[end + 2 :]


def rewrite(data: bytes) -> bytes:
    target = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.docinfo["/Title"] = "另一份文件"
        pdf.save(target)
    return target.getvalue()


def strip_signature(data: bytes) -> bytes:
    target = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        del pdf.Root.AcroForm
        for page in pdf.pages:
            if "/Annots" in page:
                del page.Annots
        pdf.save(target)
    return target.getvalue()


def encrypt(data: bytes) -> bytes:
    target = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="o", user="u"))
    return target.getvalue()


def appended(data: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(data))
    change(writer)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def draw_over(data: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page_reference = writer.root["/Pages"]["/Kids"].raw_get(0)
        page = page_reference.get_object()
        paint = writer.add_object(generic.StreamObject(stream_data=b"q 1 g 0 0 600 900 re f Q"))
        page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), paint])
        writer.mark_update(page_reference)

    return appended(data, change)


def swap_source(data: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        specification = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
        reference = specification["/EF"].raw_get("/F").reference
        writer.objects[(reference.generation, reference.idnum)] = generic.StreamObject(stream_data=b"record: forged\n")
        writer.mark_update(reference)

    return appended(data, change)


def append_revision(data: bytes) -> bytes:
    tail = data[data.rindex(b"startxref") :]
    return data + b"\n" + tail


TAMPERED = {
    "a byte flipped": (flip, "改动"),
    "the padding changed": (change_padding, "追加"),
    "rewritten": (rewrite, ""),
    "the signature stripped": (strip_signature, "没有电子签章"),
    "encrypted": (encrypt, "加密"),
    "a page painted over": (draw_over, "追加"),
    "the source swapped": (swap_source, "追加"),
    "a second ending": (append_revision, ""),
    "spaces appended": (lambda data: data + b"  \n", "追加"),
    "truncated": (lambda data: data[: len(data) // 2], "不完整"),
    "cut in the middle": (lambda data: data[:5000] + data[9000:], ""),
    "a prefix": (lambda data: b"\n" + data, "不是 PDF"),
    "empty": (lambda data: b"", "不是 PDF"),
    "something else": (lambda data: b"PK\x03\x04" + bytes(100), "不是 PDF"),
    "only an ending": (lambda data: b"%PDF-1.7\nstartxref\n0\n%%EOF\n", "损坏"),
    "an ending that points to itself": (lambda data: loop(), ""),
    "the rendition before sealing": (lambda data: data[: data.index(b"%%EOF") + 6], "没有电子签章"),
}


def loop() -> bytes:
    body = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>\nendobj\n"
    table = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 2/Root 1 0 R/Prev %d>>\n" % len(body)
    return body + table + b"startxref\n%d\n%%%%EOF\n" % len(body)


@pytest.mark.parametrize("name", TAMPERED)
def test_tampered_files_are_refused(name: str, sealed_pdf: bytes, root_pem: bytes) -> None:
    tamper, sentence = TAMPERED[name]
    verdict = verify_pdf(tamper(sealed_pdf), [root_pem])
    assert not verdict.genuine
    assert verdict.integrity.status == "failed"
    assert sentence in verdict.integrity.sentence.zh
    assert [item.status for item in verdict[1:4]] == ["unknown"] * 3
    assert all(text for item in verdict[:4] for text in item.sentence)


def test_random_damage_is_never_genuine_and_never_raises(sealed_pdf: bytes, root_pem: bytes) -> None:
    chance = random.Random(20261120)
    numbers = re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", sealed_pdf)[-1]
    first, last = int(numbers[1]), int(numbers[2])
    places = [place for place in (chance.randrange(len(sealed_pdf)) for _ in range(80)) if not first <= place < last]
    for place in places:
        changed = bytearray(sealed_pdf)
        changed[place] ^= 1 << chance.randrange(8)
        assert not verify_pdf(bytes(changed), [root_pem]).genuine
    for _ in range(20):
        start, length = chance.randrange(len(sealed_pdf)), chance.randrange(1, 2000)
        assert not verify_pdf(sealed_pdf[:start] + sealed_pdf[start + length :], [root_pem]).genuine


def test_damage_to_the_signature_changes_nothing_that_it_vouches_for(sealed_pdf: bytes, root_pem: bytes) -> None:
    """A few bytes of the container say things twice and are read once; the rest is protected."""
    facts = verify_pdf(sealed_pdf, [root_pem]).facts
    start = sealed_pdf.rindex(b"/Contents <") + len(b"/Contents <")
    genuine = 0
    for place in range(start, start + 2600, 53):
        digit = b"0" if sealed_pdf[place : place + 1] != b"0" else b"1"
        verdict = verify_pdf(sealed_pdf[:place] + digit + sealed_pdf[place + 1 :], [root_pem])
        assert not verdict.genuine or verdict.facts == facts
        genuine += verdict.genuine
    assert genuine < 5


def test_too_large_a_file_is_not_read(sealed_pdf: bytes, root_pem: bytes) -> None:
    verdict = verify_pdf(sealed_pdf, [root_pem], max_bytes=1024)
    assert "过大" in verdict.integrity.sentence.zh


def test_no_root_no_name(sealed_pdf: bytes) -> None:
    verdict = verify_pdf(sealed_pdf, [])
    assert not verdict.genuine
    assert (verdict.integrity.status, verdict.who.status, verdict.authority.status) == (
        "ok",
        "unknown",
        "unknown",
    )
    assert "未提供信任根" in verdict.who.sentence.zh


def test_a_stranger_of_the_same_name(handover_pdf: bytes, root_pem: bytes, tmp_path: Path) -> None:
    made = create_seal_authority(tmp_path, ORGANISATION, datetime(2026, 1, 1, tzinfo=UTC), 5)
    forger = load_sealer(made.seal_key.read_bytes(), made.seal_certificate.read_bytes())
    forged = seal_pdf(handover_pdf, forger, name=ORGANISATION.zh, reason="证明", moment=MOMENT)
    verdict = verify_pdf(forged, [root_pem])
    assert not verdict.genuine
    assert verdict.who.status == "failed"
    assert "不是由信任根签发" in verdict.who.sentence.zh
    assert verify_pdf(forged, [root_pem, made.root_certificate.read_bytes()]).genuine


def test_a_broken_root_is_the_readers_trouble(sealed_pdf: bytes) -> None:
    broken = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    for root in (b"nonsense", broken):
        with pytest.raises(CsdocsError):
            verify_pdf(sealed_pdf, [root])


def test_a_seal_outside_its_validity(
    handover_pdf: bytes, sealer: Sealer, root_pem: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("csdocs.render.seal._refuse_outside_validity", lambda sealer, moment: None)
    late = seal_pdf(handover_pdf, sealer, name="单位", reason="证明", moment=datetime(2032, 1, 1, tzinfo=UTC))
    verdict = verify_pdf(late, [root_pem])
    assert (verdict.who.status, verdict.authority.status) == ("ok", "failed")
    assert "2032-01-01" in verdict.authority.sentence.zh
    assert not verdict.genuine


@pytest.mark.parametrize("days", [-1, 1])
def test_a_revoked_seal_without_a_time_stamp(sealed_pdf: bytes, sealer: Sealer, root_pem: bytes, days: int) -> None:
    revoked = {sealer.fingerprint: MOMENT + timedelta(days=days)}
    verdict = verify_pdf(sealed_pdf, [root_pem], revoked=revoked)
    assert verdict.authority.status == "failed"
    assert "吊销" in verdict.authority.sentence.zh


def test_a_bomb_in_an_attachment_is_not_unpacked(
    render: Render, sealer: Sealer, root_pem: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "MAX_EMBEDDED_BYTES", 1_000_000)
    bomb = Attachment("zeros.bin", bytes(2_000_000), "application/octet-stream", "Data")
    sealed = seal_pdf(render("<p>正文", attachments=[bomb]), sealer, name="单位", reason="证明", moment=MOMENT)
    verdict = verify_pdf(sealed, [root_pem])
    assert "嵌入的文件过大" in verdict.integrity.sentence.zh


@pytest.mark.parametrize("data", [b"[]", b"{", b"\xff", b"[" * 100_000])
def test_a_strange_provenance_is_none(render: Render, sealer: Sealer, root_pem: bytes, data: bytes) -> None:
    file = Attachment("provenance.json", data, "application/json", "Data")
    sealed = seal_pdf(render("<p>正文", attachments=[file]), sealer, name="单位", reason="证明", moment=MOMENT)
    verdict = verify_pdf(sealed, [root_pem])
    assert verdict.genuine
    assert verdict.facts.provenance is None


def test_files_nobody_made_are_refused(sealed_pdf: bytes, monkeypatch: pytest.MonkeyPatch, root_pem: bytes) -> None:
    monkeypatch.setattr(embedded, "_MAX_FILES", 1)
    assert "过多" in verify_pdf(sealed_pdf, [root_pem]).integrity.sentence.zh


def test_a_manual_with_the_sources_of_a_whole_department_is_genuine(
    render: Render, sealer: Sealer, root_pem: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [Attachment(f"{number}.yaml", b"id: x\n" * 20, "text/yaml", "Source") for number in range(400)]
    sealed = seal_pdf(render("<p>手册", attachments=sources), sealer, name="单位", reason="证明", moment=MOMENT)
    assert verify_pdf(sealed, [root_pem]).genuine
    monkeypatch.setattr(embedded, "_MAX_TOTAL", 40_000)  # small files add up as well
    assert "过大" in verify_pdf(sealed, [root_pem]).integrity.sentence.zh


def test_a_tree_that_contains_itself_ends() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        tree = pdf.make_indirect(pikepdf.Dictionary())
        tree.Kids = pikepdf.Array([tree] * 50)
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=tree)
        target = BytesIO()
        pdf.save(target)
    with pytest.raises(EmbeddedFilesError):
        read_embedded_file(target.getvalue(), "a.txt")


def test_a_broken_signature_over_whole_content(sealed_pdf: bytes, root_pem: bytes) -> None:
    start = sealed_pdf.rindex(b"/Contents <") + len(b"/Contents <")
    container = bytes.fromhex(sealed_pdf[start : sealed_pdf.index(b">", start)].decode())
    place = start + 2 * (peek(container) - 4)
    digit = b"0" if sealed_pdf[place : place + 1] != b"0" else b"1"
    verdict = verify_pdf(sealed_pdf[:place] + digit + sealed_pdf[place + 1 :], [root_pem])
    assert "签名与证书不符" in verdict.integrity.sentence.zh


def test_a_certificate_for_other_purposes(authority: SealAuthority, handover_pdf: bytes, root_pem: bytes) -> None:
    sealed = seal_pdf(handover_pdf, other_sealer(authority, ec.generate_private_key(ec.SECP384R1()), False), **SAYS)
    verdict = verify_pdf(sealed, [root_pem])
    assert (verdict.who.status, verdict.authority.status) == ("ok", "failed")
    assert "不可用于签章" in verdict.authority.sentence.zh


def test_an_rsa_seal(authority: SealAuthority, handover_pdf: bytes, root_pem: bytes) -> None:
    sealed = seal_pdf(handover_pdf, other_sealer(authority, rsa.generate_private_key(65537, 3072), True), **SAYS)
    assert verify_pdf(sealed, [root_pem]).genuine


SAYS = {"name": "单位", "reason": "证明", "moment": MOMENT}


def other_sealer(authority: SealAuthority, key: Any, for_seals: bool) -> Sealer:
    """A certificate of the same root for another key."""
    root_key: Any = serialization.load_pem_private_key(authority.root_key.read_bytes(), None)
    root = x509.load_pem_x509_certificate(authority.root_certificate.read_bytes())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "另一枚章")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(root.subject).public_key(key.public_key())
    builder = builder.serial_number(9).not_valid_before(root.not_valid_before_utc)
    builder = builder.not_valid_after(root.not_valid_after_utc)
    flags = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only"), False
    )
    usage = x509.KeyUsage(digital_signature=True, content_commitment=for_seals, decipher_only=False, **flags)
    certificate = builder.add_extension(usage, critical=True).sign(root_key, hashes.SHA256())
    form = serialization.PrivateFormat.PKCS8
    pem = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    return load_sealer(pem, certificate.public_bytes(serialization.Encoding.PEM))


def with_attachments(*, filters: str | None = None, nested: bool = False) -> bytes:
    """A PDF whose one embedded file is stored in a way of its own."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        stream = pdf.make_stream(b"plain")
        specification = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="a.txt", EF=pikepdf.Dictionary(F=stream))
        leaf = pikepdf.Dictionary(Names=pikepdf.Array(["a.txt", pdf.make_indirect(specification)]))
        tree = pikepdf.Dictionary(Kids=pikepdf.Array([pdf.make_indirect(leaf)])) if nested else leaf
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pdf.make_indirect(tree))
        if filters:
            stream.Filter = pikepdf.Name(filters)
        target = BytesIO()
        pdf.save(target, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        return target.getvalue()


def test_embedded_files_however_stored() -> None:
    assert read_embedded_file(with_attachments(), "a.txt") == b"plain"
    assert read_embedded_file(with_attachments(nested=True), "a.txt") == b"plain"
    with pytest.raises(EmbeddedFilesError):
        read_embedded_file(with_attachments(filters="/RunLengthDecode"), "a.txt")


def test_a_seal_over_more_than_two_stretches_covers_no_file(
    sealed_pdf: bytes, root_pem: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = verify._status

    async def stretched(seal: Any, *roots: Any) -> Any:
        found = await status(seal, *roots)
        seal.byte_range = generic.ArrayObject([*seal.byte_range, *seal.byte_range])
        return found

    monkeypatch.setattr(verify, "_status", stretched)
    assert "追加" in verify_pdf(sealed_pdf, [root_pem]).integrity.sentence.zh


def test_a_seal_that_names_no_time(sealed_pdf: bytes, root_pem: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "_claimed", lambda seal: None)
    verdict = verify_pdf(sealed_pdf, [root_pem])
    assert (verdict.who.status, verdict.authority.status, verdict.time.status) == ("ok", "unknown", "unknown")
    assert not verdict.genuine
