import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from department import Department, build, field
from render_common import ATTACHMENTS, MOMENT, ORGANISATION, ROOT, SMALL_CSS, Render
from stamping import stamp_authority, time_stamp_url

from csdocs.render.authority import SealAuthority, create_seal_authority
from csdocs.render.font import FontSet, ensure_fonts
from csdocs.render.html import Page, PrintTemplates
from csdocs.render.pdf import render_pdf
from csdocs.render.seal import Sealer, load_sealer, seal_pdf
from tools.sample import usual

__all__ = ["stamp_authority", "time_stamp_url"]

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
    page = templates.record(usual.HANDOVER)
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
