import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
import render_samples
from asn1crypto import keys, tsp, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from render_common import ATTACHMENTS, MOMENT, ORGANISATION, ROOT, SMALL_CSS, Render

from csdocs.render.authority import SealAuthority, create_seal_authority
from csdocs.render.font import FontSet, ensure_fonts
from csdocs.render.html import Page, PrintTemplates
from csdocs.render.pdf import render_pdf
from csdocs.render.seal import Sealer, load_sealer, seal_pdf

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "records"))

from department import Department, build, field  # found through the line above

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    return ensure_fonts()


@pytest.fixture(scope="session")
def templates() -> PrintTemplates:
    return PrintTemplates.read(ROOT / "templates" / "print")


@pytest.fixture
def render(fonts: FontSet, tmp_path: Path) -> Render:
    def call(page: Page | str, css: str = "", **changes: object) -> bytes:
        html, css = page if isinstance(page, Page) else (page, css or SMALL_CSS)
        options = {
            "root": tmp_path,
            "title": "测试",
            "language": "zh",
            "moment": MOMENT,
            "fonts": fonts,
        } | changes
        return render_pdf(html, css, **options)  # type: ignore[arg-type]

    return call


@pytest.fixture(scope="session")
def handover_pdf(templates: PrintTemplates, fonts: FontSet) -> bytes:
    page = templates.record(render_samples.HANDOVER)
    return render_pdf(
        *page,
        root=ROOT,
        title="交接班日志",
        language="zh",
        moment=MOMENT,
        attachments=ATTACHMENTS,
        fonts=fonts,
    )


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> SealAuthority:
    directory = tmp_path_factory.mktemp("authority")
    return create_seal_authority(directory, ORGANISATION, datetime(2026, 1, 1, tzinfo=UTC), 5)


@pytest.fixture(scope="session")
def sealer(authority: SealAuthority) -> Sealer:
    return load_sealer(authority.seal_key.read_bytes(), authority.seal_certificate.read_bytes())


@pytest.fixture(scope="session")
def root_pem(authority: SealAuthority) -> bytes:
    return authority.root_certificate.read_bytes()


@pytest.fixture(scope="session")
def sealed_pdf(handover_pdf: bytes, sealer: Sealer, fonts: FontSet) -> bytes:
    return seal_pdf(
        handover_pdf,
        sealer,
        name=ORGANISATION.zh,
        reason="证明本件与提交 4c1e9a72 一致",
        moment=MOMENT,
        fonts=fonts,
    )


@pytest.fixture(scope="session")
def stamp_authority() -> tuple[bytes, DummyTimeStamper]:
    """The certificate in PEM, and something that stamps with it."""
    key = rsa.generate_private_key(65537, 2048)
    name = certificates.Name([certificates.NameAttribute(certificates.NameOID.COMMON_NAME, "时间戳")])
    builder = certificates.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(START).not_valid_after(START.replace(year=2031))
    usage = certificates.ExtendedKeyUsage([certificates.ExtendedKeyUsageOID.TIME_STAMPING])
    made = builder.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    certificate = x509.Certificate.load(made.public_bytes(serialization.Encoding.DER))
    form = serialization.PrivateFormat.PKCS8
    der = key.private_bytes(serialization.Encoding.DER, form, serialization.NoEncryption())
    stamper = DummyTimeStamper(certificate, keys.PrivateKeyInfo.load(der), fixed_dt=MOMENT.astimezone(UTC))
    return made.public_bytes(serialization.Encoding.PEM), stamper


@pytest.fixture
def time_stamp_url(stamp_authority: tuple[bytes, DummyTimeStamper]) -> Iterator[str]:
    _, stamper = stamp_authority

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = stamper.request_tsa_response(request).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Department:
    made = build(tmp_path_factory.mktemp("founded") / "department")
    shutil.copytree(ROOT / "templates" / "print", made.root / "templates" / "print")
    made.form(fields=[field("note", "long_text")])
    made.commit("Print")
    return made


@pytest.fixture
def department(founded: Department, tmp_path: Path) -> Department:
    """A workspace with one form and everything that printing needs."""
    return founded.copy(tmp_path / "department")
