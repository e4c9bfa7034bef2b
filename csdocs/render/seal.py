"""The organisation's seal on a PDF: a certifying PAdES signature. The only module that signs with pyHanko."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any, NamedTuple

from asn1crypto import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import Certificate, load_pem_x509_certificates
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import (
    AxisAlignment,
    BoxConstraints,
    Margins,
    SimpleBoxLayoutRule,
)
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers import Signer
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.stamp import StaticStampStyle
from pyhanko.stamp.static import StaticContentStamp
from pyhanko_certvalidator.registry import SimpleCertificateStore

from csdocs.model.error import CsdocsError
from csdocs.model.text import Language, Text
from csdocs.render.authority import AskPassphrase
from csdocs.render.container import Mould, mould
from csdocs.render.finish import SEAL_FIELD, SEAL_NAME
from csdocs.render.font import FontSet, ensure_fonts
from csdocs.render.stamp import Line, draw_stamp
from csdocs.render.verdict import clock

_HEADING = Text("受控文件电子签章", "Sealed controlled document")
_PRIVATE_KEY = Text("签章密钥", "seal key")
_DIGESTS = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
_LEAST_RSA_BITS = 3072
# Beside the page: what stands on it has to hang in the structure tree, which is finished.
_INVISIBLE = SigFieldSpec(
    SEAL_FIELD, invis_sig_settings=InvisSigSettings(box_out_of_bounds=True), readable_field_name=SEAL_NAME
)
_UNREADABLE = Text("口令不对，或文件不完整", "the passphrase is wrong, or a file is damaged")
_TSA_TIMEOUT_SECONDS = 20
# Room for the CMS container in hexadecimal digits, beside its certificates.
_CONTAINER_DIGITS = 4096
_TIME_STAMP_DIGITS = 16384


class Sealer(NamedTuple):
    """A key loaded once, with its certificates; good for any number of seals."""

    signer: Any
    certificate: Certificate
    chain: tuple[Certificate, ...]

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()


def load_sealer(key: bytes, certificates: bytes, ask_passphrase: AskPassphrase | None = None) -> Sealer:
    """From PEM: a PKCS#8 key, and certificates with the seal's own first."""
    try:
        leaf, *chain = load_pem_x509_certificates(certificates)
        return _sealer(_private_key(key, ask_passphrase), leaf, chain)
    except ValueError as error:
        raise _bad_key(_UNREADABLE) from error


def load_sealer_pkcs12(data: bytes, ask_passphrase: AskPassphrase | None = None) -> Sealer:
    passphrase = ask_passphrase(_PRIVATE_KEY) if ask_passphrase else None
    try:
        key, leaf, chain = pkcs12.load_key_and_certificates(data, passphrase or None)
    except ValueError as error:
        raise _bad_key(_UNREADABLE) from error
    if key is None or leaf is None:
        raise _bad_key(Text("文件中没有密钥或证书", "no key or no certificate in the file"))
    return _sealer(key, leaf, chain)


def _private_key(data: bytes, ask_passphrase: AskPassphrase | None) -> Any:
    try:
        return serialization.load_pem_private_key(data, None)
    except TypeError:
        if ask_passphrase is None:
            raise _bad_key(Text("密钥有口令", "the key needs a passphrase")) from None
        return serialization.load_pem_private_key(data, ask_passphrase(_PRIVATE_KEY))


def _bad_key(reason: Text) -> CsdocsError:
    said = Text("签章密钥或证书无法使用：{reason}", "the seal's key or certificate cannot be used: {reason}")
    return CsdocsError(
        said.format(reason=reason),
        Text(
            "检查密钥文件、证书文件和口令是否匹配",
            "check that key file, certificate file and passphrase belong together",
        ),
    )


def _sealer(key: Any, leaf: Certificate, chain: Sequence[Certificate]) -> Sealer:
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size < _LEAST_RSA_BITS:
        bits, least = key.key_size, _LEAST_RSA_BITS
        raise _bad_key(Text(f"RSA {bits} 位，至少要 {least} 位", f"RSA {bits}; at least {least} bits are needed"))
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise _bad_key(
            Text(
                "须为 ECDSA（P-256、P-384）或 RSA 密钥：别的密钥许多阅读器不能验证",
                "ECDSA (P-256, P-384) or RSA is needed: many readers cannot check other keys",
            )
        )
    if key.public_key() != leaf.public_key():
        raise _bad_key(Text("密钥与证书不是一对", "the key does not belong to the certificate"))
    return Sealer(_KeptKey(key, leaf, chain), leaf, tuple(chain))


class _KeptKey(Signer):
    """pyHanko's own signer parses the key for every signature, which costs ten times the signature itself."""

    def __init__(self, key: Any, leaf: Certificate, chain: Sequence[Certificate]) -> None:
        store = SimpleCertificateStore.from_certs([_asn1(certificate) for certificate in chain])
        # Verifiers have the root already; a copy inside would only be bytes that nothing protects.
        super().__init__(signing_cert=_asn1(leaf), cert_registry=store, embed_roots=False)
        self.key = key
        self._mould: Mould | None = None

    async def async_sign(self, data_digest: bytes, digest_algorithm: str, *args: Any, **options: Any) -> Any:
        """A second container differs from the first in digest and signature alone: PAdES keeps the time out of it."""
        plain = options.get("use_pades") and options.get("timestamper") is None and not options.get("dry_run")
        if args or not plain:
            return await super().async_sign(data_digest, digest_algorithm, *args, **options)
        settings = {name: value for name, value in options.items() if name != "signed_attr_settings"}
        if self._mould is None or self._mould.settings != (digest_algorithm, settings):
            container = await super().async_sign(data_digest, digest_algorithm, *args, **options)
            self._mould = mould(container, data_digest, (digest_algorithm, settings))
            return container
        statement = self._mould.statement(data_digest)
        return self._mould.fill(statement, await self.async_sign_raw(statement, digest_algorithm))

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        digest = _DIGESTS[digest_algorithm]
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), digest)
        signature: bytes = self.key.sign(data, ec.ECDSA(digest))
        return signature


def _asn1(certificate: Certificate) -> Any:
    return x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


class _SmallStamp(StaticContentStamp):
    def as_form_xobject(self) -> Any:
        shape = super().as_form_xobject()
        shape.compress()
        return shape


class _StampStyle(StaticStampStyle):
    def create_stamp(self, writer: Any, box: BoxConstraints, text_params: dict[str, str]) -> StaticContentStamp:
        return _SmallStamp(writer=writer, style=self, box=box)


class _Additions(IncrementalPdfFileWriter):
    def _update_meta(self) -> None:
        """Title, maker and dates stay those of the rendition, alike in both places that state them; the seal has a time of its own."""


class _SignerAt(PdfSigner):
    """Signs at the given moment instead of the clock's."""

    moment: datetime

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.moment
        return session

    def register_extensions(self, pdf_out: Any, *, md_algorithm: str) -> None:
        """For elliptic curves pyHanko declares PDF 2.0; an archive file of PDF/A-3 is and stays PDF 1.7."""
        pdf_out.register_extension(ESIC_EXTENSION_1)


def seal_pdf(
    pdf: bytes,
    sealer: Sealer,
    *,
    name: str,
    reason: str,
    moment: datetime,
    language: Language = "zh",
    tsa_url: str | None = None,
    fonts: FontSet | None = None,
) -> bytes:
    """The PDF with one more revision: the seal in the field the page left for it, or an invisible one.

    `name` is the organisation, `reason` what is certified; both are shown and signed. The result begins
    with the bytes of `pdf`. With `tsa_url` an RFC 3161 time stamp is fetched over the network (PAdES
    B-T), otherwise B-B.

    The seal certifies with "no changes allowed" (DocMDP 1): a rendition is finished when it is made.
    Whatever is to be added, a signature too, belongs in the record and makes a new rendition.
    """
    _refuse_outside_validity(sealer, moment)
    try:
        writer = _Additions(BytesIO(pdf))
        field = _empty_field(writer)
        style = _style(field, name, reason, moment, language, fonts) if field else None
        stamper = _time_stamper(tsa_url)
        signer = _SignerAt(
            _metadata(name, reason),
            sealer.signer,
            stamp_style=style,
            timestamper=stamper,
            new_field_spec=None if field else _INVISIBLE,
        )
        signer.moment = moment.astimezone(UTC)
        result = asyncio.run(signer.async_sign_pdf(writer, bytes_reserved=_container_size(sealer, tsa_url)))
    except TimestampRequestError as error:
        raise _no_time_stamp(tsa_url) from error
    except (PdfError, UnsupportedAlgorithm, ValueError) as error:
        raise _not_sealed(error) from error
    return bytes(result.getbuffer())


def time_stamp(data: bytes, tsa_url: str) -> bytes:
    """A token of RFC 3161 over the bytes, in DER; fetched over the network."""
    try:
        token = asyncio.run(_time_stamper(tsa_url).async_timestamp(sha256(data).digest(), "sha256"))
    except TimestampRequestError as error:
        raise _no_time_stamp(tsa_url) from error
    return bytes(token.dump())


def _no_time_stamp(tsa_url: str | None) -> CsdocsError:
    return CsdocsError(
        Text(f"时间戳服务器没有给出时间戳：{tsa_url}", f"the time stamp server gave no time stamp: {tsa_url}"),
        Text("稍后重试，或不加时间戳盖章", "try again later, or seal without a time stamp"),
    )


def _not_sealed(error: Exception) -> CsdocsError:
    return CsdocsError(
        Text(f"盖章失败：{error}", f"the PDF could not be sealed: {error}"),
        Text("只能给 csdocs 打印出的 PDF 盖章", "only a PDF rendered by csdocs can be sealed"),
    )


def _metadata(name: str, reason: str) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=SEAL_FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=name,
        reason=reason,
    )


def _refuse_outside_validity(sealer: Sealer, moment: datetime) -> None:
    start, end = sealer.certificate.not_valid_before_utc, sealer.certificate.not_valid_after_utc
    if not start <= moment <= end:
        raise CsdocsError(
            Text(
                f"签章证书在 {moment:%Y-%m-%d} 无效（有效期 {start:%Y-%m-%d} 至 {end:%Y-%m-%d}）",
                f"the seal's certificate is not valid on {moment:%Y-%m-%d}"
                f" (it runs {start:%Y-%m-%d} to {end:%Y-%m-%d})",
            ),
            Text(
                "运行 csdocs seal renew 换新签章；用 --pkcs12 的，换一张当日有效的证书",
                "csdocs seal renew makes a new one; with --pkcs12, use a certificate that is valid on that day",
            ),
        )


def _empty_field(writer: IncrementalPdfFileWriter) -> Any:
    fields = list(enumerate_sig_fields(writer.prev))
    if any(filled is not None for _, filled, _ in fields):
        raise ValueError("it is sealed already")
    return next((field.get_object() for name, _, field in fields if name == SEAL_FIELD), None)


def _container_size(sealer: Sealer, tsa_url: str | None) -> int:
    certificates = (sealer.certificate, *sealer.chain)
    encoded = sum(len(certificate.public_bytes(serialization.Encoding.DER)) for certificate in certificates)
    return _CONTAINER_DIGITS + 2 * encoded + (_TIME_STAMP_DIGITS if tsa_url else 0)


def _time_stamper(url: str | None) -> Any:
    if url is None:
        return None
    from pyhanko.sign.timestamps.requests_client import HTTPTimeStamper

    return HTTPTimeStamper(url, timeout=_TSA_TIMEOUT_SECONDS)


def _style(
    field: Any, name: str, reason: str, moment: datetime, language: Language, fonts: FontSet | None
) -> StaticStampStyle:
    left, bottom, right, top = (float(value) for value in field["/Rect"])
    width, height = abs(right - left), abs(top - bottom)
    lines = (
        Line(name, 9.0, bold=True),
        Line(_HEADING.to(language), 11.0, bold=True),
        Line(reason, 7.2),
        Line(clock(moment), 7.2),
    )
    content = RawContent(draw_stamp(lines, width, height, fonts or ensure_fonts()), box=BoxConstraints(width, height))
    layout = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, margins=Margins.uniform(0))
    return _StampStyle(border_width=0, background=content, background_layout=layout, background_opacity=1.0)
