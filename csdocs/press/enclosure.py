"""The files that belong to a record: pictures are shown, small files travel inside the PDF, and trouble is said on the page."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from csdocs.load.record.case import RecordCase
from csdocs.model.field import Field
from csdocs.model.text import SEMICOLON, Text
from csdocs.press.fact import PrintFacts
from csdocs.press.media import media_type
from csdocs.render.column import UPRIGHT
from csdocs.render.pdf import PICTURE_SCHEME, Attachment
from csdocs.render.picture import BadPicture, Picture, picture_type, prepare_picture, require_size
from csdocs.render.view import EnclosureView, FigureView

MAX_EMBEDDED, MAX_EMBEDDED_TOTAL, MAX_EMBEDDED_FILES = 1 << 20, 4 << 20, 40
MAX_FIGURES = 40

# What fits on a page below its heading and above its caption; pictures are printed at 150 dots an inch where there is room.
_WIDEST, _HIGHEST = UPRIGHT.width, 205.0
_MM = 25.4
_DOTS, _FINEST_DOTS = 150, 200
_DIGEST = 16

_MISSING = Text("文件缺失", "the file is missing")
_ALTERED = Text("文件内容与登记不符", "not the file that was listed")
_INSIDE = Text("嵌入本 PDF", "embedded in this PDF")
_LISTED = Text("仅列名，原件在记录库", "listed only; kept with the record")


class Enclosures(NamedTuple):
    """What a rendition of the record needs of its files; `paths` are those that are listed, there or not."""

    listed: tuple[EnclosureView, ...] = ()
    figures: tuple[FigureView, ...] = ()
    pictures: Mapping[str, bytes] = {}
    attachments: tuple[Attachment, ...] = ()
    paths: tuple[str, ...] = ()


class _Enclosed(NamedTuple):
    """One file as listed in a field; `digest` is that of what lies there, None if nothing does."""

    field: Field
    value: Mapping[str, Any]
    digest: str | None
    case: RecordCase

    @property
    def name(self) -> str:
        return str(self.value["name"])

    @property
    def genuine(self) -> bool:
        return self.digest == str(self.value["sha256"])

    @property
    def size(self) -> int:
        return int(self.value["bytes"])

    def data(self) -> bytes:
        """Read only where it is wanted, since it may be large."""
        return self.case.attachment(self.value)

    @property
    def shows_picture(self) -> bool:
        return self.name.lower().endswith((".jpg", ".jpeg", ".png"))


def enclosures(facts: PrintFacts, case: RecordCase) -> Enclosures:
    found = tuple(_enclosed(case))
    laid = _Laying(facts)
    listed = tuple(laid.lay(each) for each in found)
    paths = dict.fromkeys(f"{case.attachment_folder}/{each.name}" for each in found)
    return Enclosures(listed, tuple(laid.figures), laid.pictures, tuple(laid.attachments.values()), tuple(paths))


def _enclosed(case: RecordCase) -> Iterator[_Enclosed]:
    """Each file once, however many fields list it."""
    seen = set()
    for _, field, value in case.scalars("file"):
        if (value["name"], value["sha256"]) not in seen:
            seen.add((value["name"], value["sha256"]))
            yield _Enclosed(field, value, case.attachment_digest(value), case)


class _Laying:
    """Goes through the files in the order of the form and keeps count of what is used up."""

    def __init__(self, facts: PrintFacts) -> None:
        self.facts = facts
        self.figures: list[FigureView] = []
        self.pictures: dict[str, bytes] = {}
        self.attachments: dict[str, Attachment] = {}
        self.room = MAX_EMBEDDED_TOTAL

    def lay(self, each: _Enclosed) -> EnclosureView:
        if not each.genuine:
            return self._view(each, _MISSING if each.digest is None else _ALTERED, trouble=True)
        place = _INSIDE if self._embed(each) else _LISTED
        if not each.shows_picture:
            return self._view(each, place)
        if len(self.figures) == MAX_FIGURES:
            return self._view(
                each,
                SEMICOLON.join((Text(f"图片超过 {MAX_FIGURES} 幅，未打印", f"beyond {MAX_FIGURES} pictures"), place)),
            )
        try:
            return self._view(each, SEMICOLON.join((self._show(each), place)))
        except BadPicture as bad:
            said = Text("{reason}，未打印", "{reason}").format(reason=bad.reason)
            return self._view(each, SEMICOLON.join((said, place)), trouble=True)

    def _view(self, each: _Enclosed, remark: Text, *, trouble: bool = False) -> EnclosureView:
        language = self.facts.language
        return EnclosureView(
            name=each.name,
            field=each.field.label.to(language),
            size=_size(each.size),
            digest=each.value["sha256"][:_DIGEST],
            remark=remark.to(language),
            trouble=trouble,
        )

    def _embed(self, each: _Enclosed) -> bool:
        if each.size > min(MAX_EMBEDDED, self.room) or len(self.attachments) == MAX_EMBEDDED_FILES:
            return False
        self.room -= each.size
        # The folder keeps a file that somebody called provenance.json apart from ours.
        name = f"files/{each.name}"
        self.attachments[name] = Attachment(name, each.data(), media_type(name), "Supplement", each.field.label.en)
        return True

    def _show(self, each: _Enclosed) -> Text:
        require_size(each.size)
        data = each.data()
        if picture_type(data) is None:
            raise BadPicture("内容不是 PNG 或 JPEG 图片", "its content is neither PNG nor JPEG")
        picture = prepare_picture(data, *(int(side / _MM * _FINEST_DOTS) for side in (_WIDEST, _HIGHEST)))
        number = len(self.figures) + 1
        source = f"{PICTURE_SCHEME}{number}"
        width, height = _printed_size(picture)
        say, label = self.facts.say, each.field.label.to(self.facts.language)
        named = f"{label}{say('：', ': ')}{each.name}"
        pixels = f"{picture.width}×{picture.height} px"
        self.pictures[source] = picture.data
        self.figures.append(
            FigureView(
                title=f"{say(f'图 {number}　', f'Figure {number}  ')}{named}",
                facts=f"{pixels} · {_size(each.size)} · SHA-256 {each.value['sha256'][:_DIGEST]}…",
                alternative=say(f"附件图片，{named}", f"attached picture, {named}"),
                source=source,
                width=width,
                height=height,
            )
        )
        return Text(f"见图 {number}", f"see figure {number}")


def _printed_size(picture: Picture) -> tuple[float, float]:
    """In millimetres: natural, or as large as the page allows."""
    width, height = (side / _DOTS * _MM for side in (picture.width, picture.height))
    scale = min(1.0, _WIDEST / width, _HIGHEST / height)
    return max(round(width * scale, 1), 0.1), max(round(height * scale, 1), 0.1)


def _size(count: int) -> str:
    if count < 1 << 10:
        return f"{count} B"
    return f"{count / (1 << 10):.1f} KB" if count < 1 << 20 else f"{count / (1 << 20):.1f} MB"
