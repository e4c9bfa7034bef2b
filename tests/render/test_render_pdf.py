import os
import pickle
import struct
import subprocess
import sys
import zlib
from datetime import UTC
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from types import ModuleType

import pikepdf
import pytest
from render_common import (
    ATTACHMENTS,
    MOMENT,
    PROVENANCE_BYTES,
    RECORD_BYTES,
    ROOT,
    Render,
    picture,
    read_pages,
    read_text,
)

from csdocs.render import pdf as pdf_module
from csdocs.render.font import FontSet
from csdocs.render.html import PrintTemplates
from csdocs.render.pdf import Attachment, MissingGlyph, RefusedResource
from csdocs.render.picture import MAX_PICTURE_BYTES
from csdocs.render.quick.subset import quicken
from tools.sample import usual


def test_text_comes_back(handover_pdf: bytes) -> None:
    (page, *_) = read_pages(handover_pdf)
    for wanted in ("客服坐席交接班日志", "JB-20261120-early-A01", "会员88213", "不符合项", "第1页"):
        assert wanted in page


def test_metadata_is_what_was_said(render: Render) -> None:
    page = "<html lang=ja><head><title>other</title><meta name=author content=x><meta name=dcterms.created content=2001></head>"
    with pikepdf.open(BytesIO(render(page + "<body>正文"))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "测试"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261120003000Z"
        assert "/Author" not in pdf.docinfo
        assert str(pdf.Root.Lang) == "zh-CN"
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "测试"


def test_all_fonts_are_ours_and_embedded(handover_pdf: bytes) -> None:
    with pikepdf.open(BytesIO(handover_pdf)) as pdf:
        fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"]
        descendants = [item for item in fonts if "/FontDescriptor" in item]
        assert len(descendants) >= 2
        for item in descendants:
            assert "csdocs" in str(item.FontDescriptor.FontName)
            assert "/FontFile2" in item.FontDescriptor
        assert all("/ToUnicode" in item for item in fonts if item.Subtype == "/Type0")


def test_attachments(handover_pdf: bytes) -> None:
    with pikepdf.open(BytesIO(handover_pdf)) as pdf:
        attachments = pdf.attachments
        assert list(attachments) == ["provenance.json", "record.yaml"]
        record, provenance = attachments["record.yaml"], attachments["provenance.json"]
        assert record.get_file().read_bytes() == RECORD_BYTES
        assert provenance.get_file().read_bytes() == PROVENANCE_BYTES
        assert record.get_file().mime_type == "application/yaml"
        assert record.get_file().creation_date.astimezone(UTC) == MOMENT.astimezone(UTC)
        assert (record.relationship, provenance.relationship) == ("/Source", "/Data")
        assert len(pdf.Root.AF) == 2
        names = [str(name) for name in pdf.Root.Names.EmbeddedFiles.Names[::2]]
        assert names == sorted(names)


def test_two_attachments_of_the_same_bytes(render: Render) -> None:
    twins = [Attachment(name, b"{}", "application/vnd.x+json", "Data") for name in ("b.json", "a.json")]
    with pikepdf.open(BytesIO(render("<p>正文", attachments=twins))) as pdf:
        assert list(pdf.attachments) == ["a.json", "b.json"]
        assert pdf.attachments["a.json"].get_file().mime_type == "application/vnd.x+json"


SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from hashlib import sha256
from render_common import ATTACHMENTS, MOMENT, ROOT
from tools.sample.usual import HANDOVER
from csdocs.render.html import PrintTemplates
from csdocs.render.pdf import render_pdf
page = PrintTemplates.read(ROOT / "templates" / "print").record(HANDOVER)
pdf = render_pdf(*page, root=ROOT, title="交接班日志", language="zh", moment=MOMENT, attachments=ATTACHMENTS)
print(sha256(pdf).hexdigest())
"""


def test_another_process_writes_the_same_bytes(handover_pdf: bytes, fonts: FontSet) -> None:
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT), "TZ": "America/Bogota"}
    command = [sys.executable, "-c", SCRIPT, str(Path(__file__).parent)]
    other = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == sha256(handover_pdf).hexdigest()


def test_a_rendition_leaves_the_environment_alone(render: Render, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/somewhere/fonts.conf")
    before = dict(os.environ)
    pdf_module._engine.cache_clear()
    render("<p>正文")
    assert dict(os.environ) == before


def test_missing_glyphs_stop_the_rendition(render: Render) -> None:
    with pytest.raises(MissingGlyph) as caught:
        render("<p>客户写道：好的😀，谢谢<b>🙏</b>")
    assert caught.value.characters == ("😀", "🙏")
    assert "U+1F600" in caught.value.message.zh
    assert pickle.loads(pickle.dumps(caught.value)).characters == caught.value.characters


@pytest.mark.parametrize("text", ["〇臺灣𠮷", "a\u200bb\u00a0c\u00add\u3000e\u2011f", "☐☑☒ ✓ ℃ ① <b>☑ 粗体</b>"])
def test_unusual_characters_that_we_have(render: Render, text: str) -> None:
    assert render(f"<p>{text}")


def png(width: int, height: int) -> bytes:
    """The head of a picture of that size, with hardly any data."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    row = b"\x00" + b"\xc0\x20\x20" * width if width < 100 else b""
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b"")
    )


def test_a_picture_below_the_root_is_shown(render: Render, tmp_path: Path) -> None:
    (tmp_path / "图片.png").write_bytes(png(4, 4))
    with pikepdf.open(BytesIO(render('<img src="图片.png">'))) as pdf:
        assert any(item.get("/Subtype") == "/Image" for item in pdf.objects if isinstance(item, pikepdf.Stream))


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A root with traps in it, and a secret beside it."""
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret.png").write_bytes(png(4, 4))
    (root / "link.png").symlink_to(tmp_path / "secret.png")
    (root / "page.html").write_text("<p>html", encoding="utf-8")
    (root / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    (root / "bomb.png").write_bytes(png(30_000, 30_000))
    (root / "wide.png").write_bytes(png(9_000, 9_000))
    (root / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnonsense")
    (root / "large.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(MAX_PICTURE_BYTES))
    return root


PICTURES = [
    "../secret.png",
    "%2e%2e/secret.png",
    "link.png",
    "missing.png",
    "page.html",
    "drawing.svg",
    "bomb.png",
    "wide.png",
    "broken.png",
    "large.png",
    ".",
    "file:///etc/passwd",
    "file://elsewhere/etc/passwd",
    "//127.0.0.1:1/x.png",
    "http://127.0.0.1:1/x.png",
    "ftp://127.0.0.1:1/x.png",
    "data:image/png;base64,iVBORw0KGgo=",
    "a%00b.png",
]
ELEMENTS = [
    '<link rel=stylesheet href="{}">',
    '<a rel=attachment href="{}">x</a>',
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<style>@import url("{}")</style>',
    '<style>body {{ background: url("{}") }}</style>',
    '<style>@font-face {{ font-family: q; src: url("{}") }}</style>',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{}" width="9" height="9"/></svg>',
]


@pytest.mark.parametrize("url", PICTURES)
def test_pictures_from_elsewhere_are_refused(render: Render, outside: Path, url: str) -> None:
    with pytest.raises(RefusedResource) as caught:
        render(f'<img src="{url}">', root=outside)
    assert caught.value.message.zh.startswith("打印时拒绝读取")
    assert pickle.loads(pickle.dumps(caught.value)).reason == caught.value.reason


@pytest.mark.parametrize("element", ELEMENTS)
@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://127.0.0.1:1/x"])
def test_no_element_reads_from_elsewhere(render: Render, outside: Path, element: str, url: str) -> None:
    with pytest.raises(RefusedResource):
        render(element.format(url), root=outside)


def test_a_linked_attachment_is_not_embedded(render: Render, outside: Path) -> None:
    data = render('<link rel=attachment href="file:///etc/passwd"><p>正文', root=outside)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert list(pdf.attachments) == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "../../csdocs.yaml"])
def test_css_reads_nothing(render: Render, url: str) -> None:
    with pytest.raises(RefusedResource):
        render("<p>正文", css=f'@import url("{url}");')


def test_nothing_reaches_the_network(render: Render, outside: Path) -> None:
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_error(404)

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        for element in (*ELEMENTS, '<img src="{}">'):
            with pytest.raises(RefusedResource):
                render(element.format(f"http://127.0.0.1:{server.server_port}/x"), root=outside)
    finally:
        server.shutdown()
        server.server_close()
    assert seen == []


def test_the_short_way_looks_like_the_long_way(
    handover_pdf: bytes, templates: PrintTemplates, render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    import weasyprint.pdf.fonts as module

    stock = module.csdocs_stock
    monkeypatch.setattr(module.Font, "__init__", stock.start)
    monkeypatch.setattr(module.Font, "subset", stock.subset)
    slow = render(templates.record(usual.HANDOVER), root=ROOT, attachments=ATTACHMENTS)
    assert read_text(slow) == read_text(handover_pdf)
    assert picture(slow) == picture(handover_pdf)


def test_other_insides_keep_their_own_way(fonts: FontSet) -> None:
    assert quicken(ModuleType("other"), fonts) is False

    class Font:
        def __init__(self, pango_font: object) -> None: ...

    other = ModuleType("other")
    other.Font = Font  # type: ignore[attr-defined]
    assert quicken(other, fonts) is False


def test_the_installed_insides_are_known(render: Render) -> None:
    import weasyprint.pdf.fonts as module

    render("<p>正文")
    assert hasattr(module, "csdocs_stock")


def test_a_font_that_is_not_ours_goes_the_long_way(render: Render, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FontSet, "families", ("another family",))
    pdf_module._engine.cache_clear()
    assert "正文" in read_text(render("<p>正文"))
    pdf_module._engine.cache_clear()
