"""What WeasyPrint leaves undone in a PDF, added just before the file is written."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text
from csdocs.render.tagging import POINTS_PER_PIXEL, StructureTree, complete_structure

Relationship = Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"]

SEAL_FIELD = "seal"
"""The `id` of the element that becomes an empty signature field, and the name of that field."""

SEAL_NAME = "电子签章 / Electronic seal"
_ANNOTATION_PRINTED_AND_LOCKED = 4 + 128


class Attachment(NamedTuple):
    """A file embedded in the PDF, with its part in the whole (ISO 32000-2, 7.11.3)."""

    name: str
    data: bytes
    media_type: str
    relationship: Relationship
    description: str = ""


class MissingGlyph(CsdocsError):
    """No font holds these characters: the PDF would show empty boxes where the text says something.

    `places` says where each stands, as `path:line`; this module sees the page alone, whoever knows its sources adds them.
    """

    def __init__(self, characters: Sequence[str], places: Mapping[str, str] | None = None) -> None:
        self.characters = tuple(characters)
        self.places = dict(places or {})
        shown = "; ".join(self._describe(character) for character in self.characters)
        super().__init__(
            Text(f"打印字体缺少这些字符：{shown}", f"the print fonts lack these characters: {shown}"),
            Text("改用常用字或在正文中说明该字的写法", "use another character, or describe it in words"),
        )

    def _describe(self, character: str) -> str:
        name = unicodedata.name(character, "?")
        place = f" {self.places[character]}" if character in self.places else ""
        shown = f"{character} " if character.isprintable() else ""  # a control character would speak to the terminal
        return f"{shown}(U+{ord(character):04X} {name}){place}"

    def __reduce__(self) -> tuple[type["MissingGlyph"], tuple[tuple[str, ...], dict[str, str]]]:
        return type(self), (self.characters, self.places)


class Finisher:
    """What WeasyPrint leaves undone, added just before the file is written."""

    def __init__(self, attachments: Sequence[Attachment]) -> None:
        # The keys of a PDF name tree are sorted (ISO 32000-1, 7.9.6).
        self.attachments = sorted(attachments, key=lambda attachment: attachment.name.encode())

    def __call__(self, document: Any, pdf: Any) -> None:
        _refuse_missing_glyphs(document)
        self._state_media_types(pdf)
        _unite_associated_files(pdf)
        _leave_pictures_alone(pdf)
        field = _add_seal_field(document, pdf)
        if field is not None:
            _tag_field(pdf, field)
        complete_structure(pdf)

    def _state_media_types(self, pdf: Any) -> None:
        streams = [item for item in pdf.objects if getattr(item, "extra", {}).get("Type") == "/EmbeddedFile"]
        for stream, attachment in zip(streams, self.attachments, strict=True):
            stream.extra["Subtype"] = "/" + attachment.media_type.replace("/", "#2f").replace("+", "#2b")


def _refuse_missing_glyphs(document: Any) -> None:
    missing: set[str] = set()
    for font in document.fonts.values():
        missing.update(chr(item) if isinstance(item, int) else item for item in font.missing)
    if missing:
        raise MissingGlyph(sorted(missing))


def _unite_associated_files(pdf: Any) -> None:
    if "AF" in pdf.catalog:
        references = list(dict.fromkeys(bytes(item) if isinstance(item, bytes) else item for item in pdf.catalog["AF"]))
        pdf.catalog["AF"][:] = references


def _leave_pictures_alone(pdf: Any) -> None:
    """No reader may smooth a picture of an archive (ISO 19005-3, 6.2.8)."""
    for item in pdf.objects:
        extra = getattr(item, "extra", None) or {}
        if extra.get("Subtype") == "/Image":
            extra["Interpolate"] = "false"


def _add_seal_field(document: Any, pdf: Any) -> Any:
    """An empty signature field where the layout left its place: sealing needs no look at the layout."""
    import pydyf

    number = next((number for number, page in enumerate(document.pages) if SEAL_FIELD in page.anchors), None)
    if number is None:
        return None
    page = _page_objects(pdf)[number]
    left, top, right, bottom = document.pages[number].anchors[SEAL_FIELD]
    height = document.pages[number].height
    rectangle = [round(value * POINTS_PER_PIXEL, 2) for value in (left, height - bottom, right, height - top)]
    field = _seal_field(pdf, page, rectangle)
    page.setdefault("Annots", pydyf.Array()).append(field.reference)
    pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": pydyf.Array([field.reference])})
    page["Tabs"] = "/S"
    return field


def _seal_field(pdf: Any, page: Any, rectangle: Sequence[float]) -> Any:
    import pydyf

    left, bottom, right, top = rectangle
    box = pydyf.Array([0, 0, round(right - left, 2), round(top - bottom, 2)])
    shape = pydyf.Dictionary({"Type": "/XObject", "Subtype": "/Form", "BBox": box})
    appearance = pydyf.Stream([b""], shape)
    pdf.add_object(appearance)
    field = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(SEAL_FIELD),
            "TU": pydyf.String(SEAL_NAME),
            "Rect": pydyf.Array(rectangle),
            "F": _ANNOTATION_PRINTED_AND_LOCKED,
            "P": page.reference,
            "AP": pydyf.Dictionary({"N": appearance.reference}),
        }
    )
    pdf.add_object(field)
    return field


def _tag_field(pdf: Any, field: Any) -> None:
    """A form field belongs to a Form element, with words for those who do not see it (ISO 14289-1, 7.18.4)."""
    import pydyf

    tree = StructureTree(pdf)
    shown = pydyf.Dictionary({"Type": "/OBJR", "Obj": field.reference, "Pg": field["P"]})
    element = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": "/Form",
            "P": tree.document.reference,
            "Pg": field["P"],
            "Alt": pydyf.String(SEAL_NAME),
            "K": pydyf.Array([shown]),
        }
    )
    pdf.add_object(element)
    tree.hang(element, field)


def _page_objects(pdf: Any) -> list[Any]:
    return [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/Page"]
