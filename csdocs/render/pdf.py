"""HTML to an archival PDF: the only module that knows WeasyPrint.

A rendition is a pure function of its arguments and of the fonts: no clock, no network, no file outside
`root`. Two processes given the same arguments write the same bytes.
"""

import gc
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from csdocs.model.error import CsdocsError
from csdocs.model.text import TAGS, Language, Text
from csdocs.render.bound import bounded, require_modest_length
from csdocs.render.finish import SEAL_FIELD, Attachment, Finisher, MissingGlyph
from csdocs.render.font import FontSet, ensure_fonts
from csdocs.render.picture import MAX_PICTURE_BYTES, BadPicture, picture_type, require_modest
from csdocs.render.quick.every import TRIED, long_ways, release
from csdocs.render.tagging import note_languages

__all__ = [
    "PICTURE_SCHEME",
    "SEAL_FIELD",
    "TRIED",
    "Attachment",
    "MissingGlyph",
    "RefusedResource",
    "long_ways",
    "prepare",
    "render_pdf",
]

_VARIANT = "pdf/a-3a"  # with a structure tree, to which Finisher adds what PDF/UA-1 asks for

PICTURE_SCHEME = "picture:"
"""Begins the address of a picture that is handed over with the page and lies in no folder."""

_LONGEST_URL = 120
# Pango and its font maps are not made for threads; processes are the way to use more cores.
_ONE_AT_A_TIME = Lock()


class RefusedResource(CsdocsError):
    """The page asked for something that a rendition may not read."""

    def __init__(self, url: str, reason: Text) -> None:
        shown = url if len(url) <= _LONGEST_URL else url[:_LONGEST_URL] + "…"
        super().__init__(
            Text("打印时拒绝读取 {shown}：{reason}", "refused to read {shown} while printing: {reason}").format(
                shown=shown, reason=reason
            ),
            Text(
                "只可引用工作区内的 PNG 或 JPEG 图片",
                "refer only to PNG or JPEG pictures inside the workspace",
            ),
        )
        self.url = url
        self.reason = reason

    def __reduce__(self) -> tuple[type["RefusedResource"], tuple[str, Text]]:
        return type(self), (self.url, self.reason)


def render_pdf(
    html: str,
    css: str,
    *,
    root: Path,
    title: str,
    language: Language,
    moment: datetime,
    attachments: Sequence[Attachment] = (),
    pictures: Mapping[str, bytes] = MappingProxyType({}),
    fonts: FontSet | None = None,
) -> bytes:
    """The PDF of a page.

    `root` is the only folder whose pictures may be shown, beside `pictures` by their addresses; `moment` (with a time zone) is written as the
    date of the document and of its attachments. Raises MissingGlyph, RefusedResource, TooMuch.
    """
    fonts = fonts or ensure_fonts()
    fetcher = _LockedFetcher(root, pictures)
    with _ONE_AT_A_TIME, bounded(), _calm_collector(), fetcher.refusals_raised(), _tolerated_leak():
        return _written(html, css, fetcher, fonts, _Said(title, language, moment, attachments))


class _Said(NamedTuple):
    """What a file says of itself."""

    title: str
    language: Language
    moment: datetime
    attachments: Sequence[Attachment]


def _written(html: str, css: str, fetcher: "_LockedFetcher", fonts: FontSet, said: _Said) -> bytes:
    """A function of its own: what a document leaves behind is free before the collector is asked to look for it."""
    weasyprint, configuration = _engine(os.getpid(), fonts)
    sheet, counters = _stylesheet(os.getpid(), css, fonts)
    assert fetcher.root is not None
    page = weasyprint.HTML(string=html, base_url=fetcher.root.as_uri() + "/", url_fetcher=fetcher)
    document = page.render(
        font_config=configuration, counter_style=counters.copy(), stylesheets=[sheet], pdf_variant=_VARIANT
    )
    require_modest_length(len(document.pages))
    _state_metadata(document, said.title, said.language, said.moment)
    finisher = Finisher(said.attachments)
    embedded = [_embedded(attachment, said.moment) for attachment in finisher.attachments]
    data: bytes = document.write_pdf(pdf_variant=_VARIANT, attachments=embedded, finisher=finisher)
    release()
    return data


def prepare() -> None:
    """Load what every rendition needs: processes that begin after this share it."""
    _engine(os.getpid(), ensure_fonts())


@lru_cache(maxsize=4)
def _engine(process: int, fonts: FontSet) -> tuple[Any, Any]:
    """WeasyPrint and one font configuration; the key holds the process, for neither survives a fork."""
    with _only_these_fonts(fonts):
        import weasyprint
        import weasyprint.pdf.fonts
        import weasyprint.pdf.tags
        from weasyprint.text.fonts import FontConfiguration

        from csdocs.render.quick.subset import quicken

        quicken(weasyprint.pdf.fonts, fonts)
        long_ways()
        note_languages(weasyprint.pdf.tags)
        return weasyprint, FontConfiguration()


@lru_cache(maxsize=16)
def _stylesheet(process: int, css: str, fonts: FontSet) -> tuple[Any, Any]:
    """The parsed sheet and the counter styles it defines."""
    from weasyprint.css.counters import CounterStyle

    weasyprint, configuration = _engine(process, fonts)
    counters = CounterStyle()
    fetcher = _LockedFetcher(None)
    try:
        with fetcher.refusals_raised():
            sheet = weasyprint.CSS(string=css, font_config=configuration, counter_style=counters, url_fetcher=fetcher)
    except ValueError:  # of an address that is relative to nothing
        raise RefusedResource(
            "@import",
            Text("样式表不引用别的文件；请把内容写进样式表", "a style sheet takes no other in; write its rules here"),
        ) from None
    return sheet, counters


@contextmanager
def _only_these_fonts(fonts: FontSet) -> Iterator[None]:
    """Fontconfig reads its environment when a configuration is made; later programs keep the user's own."""
    before = {name: os.environ.get(name) for name in ("FONTCONFIG_FILE", "FONTCONFIG_PATH")}
    os.environ["FONTCONFIG_FILE"] = str(fonts.config)
    os.environ["FONTCONFIG_PATH"] = str(fonts.config.parent)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _calm_collector() -> Iterator[None]:
    """Layout makes millions of live objects, and walking them again and again finds next to nothing; the few rings that a
    document leaves behind are young when the collector is back, so that it looks at them first."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


@contextmanager
def _tolerated_leak() -> Iterator[None]:
    """WeasyPrint leaves closing the colour profile of PDF/A to the interpreter."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"unclosed file.*\.icc", ResourceWarning)
        yield


def _state_metadata(document: Any, title: str, language: Language, moment: datetime) -> None:
    """Only the arguments speak: what a page says of itself in `meta` and `link` is dropped."""
    stated = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    metadata = document.metadata
    metadata.title = title
    metadata.lang = TAGS[language]
    metadata.created = metadata.modified = stated
    metadata.generator = "csdocs"
    metadata.authors, metadata.keywords, metadata.attachments = [], [], []
    metadata.description = None


def _embedded(attachment: Attachment, moment: datetime) -> Any:
    import weasyprint

    stated = moment.astimezone(UTC)
    return weasyprint.Attachment(
        file_obj=BytesIO(attachment.data),
        name=attachment.name,
        description=attachment.description,
        created=stated,
        modified=stated,
        relationship=attachment.relationship,
        url_fetcher=_LockedFetcher(None),
    )


class _LockedFetcher:
    """Reads pictures below `root` and those handed over, and nothing else; without either, nothing at all."""

    _fail_on_errors = True  # read by WeasyPrint when a fetcher raises

    def __init__(self, root: Path | None, pictures: Mapping[str, bytes] = MappingProxyType({})) -> None:
        self.root = root.resolve() if root else None
        self.pictures = pictures
        self.refused: RefusedResource | None = None

    def __call__(self, url: str) -> Any:
        from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

        try:
            data = self.pictures[url] if url in self.pictures else _read_below(self.root, url)
            return URLFetcherResponse(url, data, {"Content-Type": _image_type(url, data)})
        except RefusedResource as refusal:
            self.refused = self.refused or refusal
            raise FatalURLFetchingError(str(refusal)) from refusal

    @contextmanager
    def refusals_raised(self) -> Iterator[None]:
        """WeasyPrint ends a rendition at a refusal, except inside SVG, where it logs and goes on."""
        from weasyprint.urls import FatalURLFetchingError

        try:
            yield
        except FatalURLFetchingError as error:
            raise (self.refused or error) from None
        if self.refused:
            raise self.refused


def _read_below(root: Path | None, url: str) -> bytes:
    parts = urlsplit(url)
    if root is None or parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        raise RefusedResource(url, Text("不是工作区内的文件", "it is not a file of the workspace"))
    try:
        path = Path(url2pathname(parts.path)).resolve()
    except ValueError:
        raise RefusedResource(url, Text("这不是文件名", "that is no name of a file")) from None
    if not path.is_relative_to(root):
        raise RefusedResource(url, Text("在允许的目录之外", "it lies outside the allowed folder"))
    if not path.is_file():
        raise RefusedResource(url, Text("文件不存在", "there is no such file"))
    if path.stat().st_size > MAX_PICTURE_BYTES:
        raise RefusedResource(url, Text("文件过大", "the file is too large"))
    return path.read_bytes()


def _image_type(url: str, data: bytes) -> str:
    media_type = picture_type(data)
    if media_type is None:
        raise RefusedResource(url, Text("不是 PNG 或 JPEG 图片", "it is neither PNG nor JPEG"))
    try:
        require_modest(data)
    except BadPicture as bad:
        raise RefusedResource(url, bad.reason) from None
    return media_type
