"""A time stamp authority on loopback, as fixtures; its clock stands at `STAMPED`."""

from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from asn1crypto import keys, tsp, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

START = datetime(2026, 1, 1, tzinfo=UTC)
STAMPED = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)


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
    stamper = DummyTimeStamper(certificate, keys.PrivateKeyInfo.load(der), fixed_dt=STAMPED)
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
