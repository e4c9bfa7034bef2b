"""The fixed facts of these tests, and how a reader looks at a PDF."""

import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

from csdocs.model.text import Text
from csdocs.render.pdf import Attachment

ROOT = Path(__file__).parents[2]
MOMENT = datetime(2026, 11, 20, 8, 30, tzinfo=timezone(timedelta(hours=8)))
ORGANISATION = Text("云杉家电客户服务中心", "Spruce Appliance Service Centre")

RECORD_BYTES = b"record: JB-20261120-early-A01\nform: F-HANDOVER\n"
PROVENANCE_BYTES = b'{"commit": "4c1e9a72", "record": "JB-20261120-early-A01"}'
ATTACHMENTS = (
    Attachment("record.yaml", RECORD_BYTES, "application/yaml", "Source", "The record"),
    Attachment("provenance.json", PROVENANCE_BYTES, "application/json", "Data", "Where it comes from"),
)

Render = Callable[..., bytes]
SMALL_CSS = 'body { font-family: "csdocs Sans", "csdocs Sans TC", "csdocs Sans JP", "csdocs Symbols" }'


def read_text(pdf: bytes, *options: str) -> str:
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def read_pages(pdf: bytes) -> list[str]:
    """The text of each page, without the spaces that layout put in."""
    return ["".join(page.split()) for page in read_text(pdf).split("\f")[:-1]]


def picture(pdf: bytes) -> bytes:
    """The pages as pixels."""
    command = ["pdftoppm", "-r", "50", "-gray", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
