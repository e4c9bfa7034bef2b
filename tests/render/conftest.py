import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import render_samples

from csdocs.model.text import Text
from csdocs.render.authority import SealAuthority, create_seal_authority
from csdocs.render.font import FontSet, ensure_fonts
from csdocs.render.html import Page, PrintTemplates
from csdocs.render.pdf import Attachment, render_pdf
from csdocs.render.seal import Sealer, load_sealer, seal_pdf

ROOT = Path(__file__).parents[2]
MOMENT = datetime(2026, 11, 20, 8, 30, tzinfo=timezone(timedelta(hours=8)))
ORGANISATION = Text("云杉家电客户服务中心", "Spruce Appliance Service Centre")

RECORD_BYTES = "record: JB-20261120-early-A01\nform: F-HANDOVER\n".encode()
PROVENANCE_BYTES = b'{"commit": "4c1e9a72", "record": "JB-20261120-early-A01"}'
ATTACHMENTS = (
    Attachment("record.yaml", RECORD_BYTES, "application/yaml", "Source", "The record"),
    Attachment("provenance.json", PROVENANCE_BYTES, "application/json", "Data", "Where it comes from"),
)

Render = Callable[..., bytes]


@pytest.fixture(scope="session", autouse=True)
def font_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Outside the home folder, and one for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    os.environ.setdefault("CSDOCS_CACHE", str(shared / "csdocs-cache"))


@pytest.fixture(scope="session")
def fonts(font_cache: None) -> FontSet:
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


SMALL_CSS = 'body { font-family: "csdocs Sans", "csdocs Sans TC", "csdocs Sans JP", "csdocs Symbols" }'


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
