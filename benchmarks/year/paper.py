"""Attachments: scans as small as a PDF can be."""

import hashlib

_OBJECTS = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
    ),
)


def attachment(name: str, data: bytes) -> tuple[str, dict[str, str]]:
    """The name and the entry of the record that lists it."""
    return name, {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": str(len(data))}


def scan(words: str) -> bytes:
    """One page that says what it stands for; plain Latin letters only."""
    text = f"BT /F1 14 Tf 72 760 Td ({words}) Tj ET".encode("ascii")
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text)
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate((*_OBJECTS, stream), start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(offsets) + 1, table)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, len(out))
    return out + head + tail
