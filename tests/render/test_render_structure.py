"""The structural rules of PDF/A-3a and PDF/UA-1 that can be read off a file; docs/renditions.md lists them."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from types import ModuleType
from typing import Any, Literal

import pikepdf
import pytest
from render_common import MOMENT, ROOT

from csdocs.render.font import FontSet
from csdocs.render.html import Page, PrintTemplates
from csdocs.render.pdf import render_pdf
from csdocs.render.tagging import note_languages
from csdocs.render.view import SectionView
from tools.sample import difficult, usual

STANDARD = frozenset(
    {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "P", "H1", "H2", "H3", "L", "LI", "Lbl", "LBody"}
    | {"Table", "TR", "TH", "TD", "THead", "TBody", "Caption", "Span", "Link", "Figure", "Form", "NonStruct"}
)
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


@pytest.fixture(
    scope="module", params=["record", "crowded", "flowing", "figures", "blank", "document", "redline", "manual"]
)
def printed(request: pytest.FixtureRequest, templates: PrintTemplates, fonts: FontSet) -> Iterator[pikepdf.Pdf]:
    pages = {
        "record": lambda: templates.record(usual.HANDOVER),
        "crowded": lambda: templates.record(difficult.WORDS),
        "flowing": lambda: templates.record(replace(difficult.PAGES, sections=difficult.PAGES.sections[:4])),
        "figures": lambda: templates.record(difficult.FIGURES),
        "blank": lambda: templates.blank(usual.BLANK),
        "document": lambda: templates.document(usual.MANUAL.parts[0].documents[0]),
        "redline": lambda: templates.redline(usual.REDLINE),
        "manual": lambda: templates.manual(usual.MANUAL),
    }
    page: Page = pages[request.param]()
    pictures = difficult.PICTURES
    data = render_pdf(*page, root=ROOT, title="测试", language="zh", moment=MOMENT, fonts=fonts, pictures=pictures)
    with pikepdf.open(BytesIO(data)) as pdf:
        yield pdf


def elements(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, Any]]:
    """Every structure element with its parent, in reading order."""

    def walk(element: Any, parent: Any) -> Iterator[tuple[Any, Any]]:
        yield element, parent
        for kid in element.get("/K", []):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from walk(kid, element)

    yield from walk(pdf.Root.StructTreeRoot.K[0], pdf.Root.StructTreeRoot)


def by_kind(pdf: pikepdf.Pdf, *kinds: str) -> list[Any]:
    return [element for element, _ in elements(pdf) if str(element.S) in kinds]


def marked(page: pikepdf.Page) -> Iterator[tuple[str, int | None, bool]]:
    """Marked stretches in the content of a page: tag, number, and whether something is drawn inside."""
    open_stretches: list[list[Any]] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                open_stretches.append([str(operands[0]), operands[1].get("/MCID"), False])
            case "BMC":
                open_stretches.append([str(operands[0]), None, False])
            case "EMC":
                tag, number, drawn = open_stretches.pop()
                yield tag, number, drawn
            case "Tj" | "TJ" | "f" | "S" | "B" | "Do" | "f*" | "B*" | "s" | "sh":
                assert open_stretches, f"unmarked content: {operands} {operator}"
                open_stretches[-1][2] = True
    assert not open_stretches


def test_document_says_what_it_is(printed: pikepdf.Pdf) -> None:
    root = printed.Root
    assert str(root.Lang) == "zh-CN"
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert str(printed.docinfo["/Title"]) == "测试"
    assert root.OutputIntents[0].S == "/GTS_PDFA1"
    assert "/ID" in printed.trailer
    assert "/Encrypt" not in printed.trailer


def test_metadata_is_one_description_of_both_claims(printed: pikepdf.Pdf) -> None:
    packet = printed.Root.Metadata.read_bytes().decode()
    assert "/Filter" not in printed.Root.Metadata
    assert packet.count("<rdf:RDF") == 1
    inner = ET.fromstring(re.sub(r"<\?xpacket.*?\?>", "", packet))
    (rdf,) = inner.findall(f"{RDF}RDF")
    assert rdf.findtext(".//{http://www.aiim.org/pdfua/ns/id/}part") == "1"
    assert rdf.findtext(".//{http://www.aiim.org/pdfa/ns/schema#}prefix") == "pdfuaid"


def test_elements_are_standard_and_hang_on_their_parents(printed: pikepdf.Pdf) -> None:
    for element, parent in elements(printed):
        assert str(element.S).lstrip("/") in STANDARD
        assert element.P.objgen == parent.objgen


def test_nothing_is_drawn_outside_the_structure(printed: pikepdf.Pdf) -> None:
    """All content is marked: with a number that an element owns, or as an artifact."""
    numbers = {int(key): value for key, value in pairs(printed.Root.StructTreeRoot.ParentTree.Nums)}
    for page in printed.pages:
        owners = numbers[int(page.obj.StructParents)]
        for tag, number, _ in marked(page):
            if tag == "/Artifact":
                assert number is None
            else:
                assert owners[number] is not None
                assert number in [int(kid) for kid in owners[number].K if not isinstance(kid, pikepdf.Dictionary)]


def pairs(nums: Any) -> Iterator[tuple[Any, Any]]:
    items = list(nums)
    return zip(items[0::2], items[1::2], strict=True)


def test_headers_and_footers_are_artifacts(printed: pikepdf.Pdf) -> None:
    bare = 1 if len(printed.pages) > 4 else 0  # the cover of a manual has none
    found = [sum(tag == "/Artifact" and drawn for tag, _, drawn in marked(page)) > 2 for page in printed.pages]
    assert found.count(False) <= bare and all(found[bare:])


def test_pictures_have_words_and_a_place(printed: pikepdf.Pdf) -> None:
    """The QR code in the foot is none of them; nothing is smoothed or let through."""
    figures = by_kind(printed, "/Figure")
    images = [item for item in printed.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"]
    assert len(figures) == len(images)
    for figure in figures:
        assert "附件图片" in str(figure.Alt)
        left, bottom, right, top = map(float, figure.A.BBox)
        width, height = map(float, figure.Pg.MediaBox[2:])
        assert 0 < left < right < width
        assert height / 5 < bottom < top < height
    for image in images:
        assert image.Interpolate is False
        assert "/SMask" not in image
        assert image.ColorSpace == "/DeviceRGB"


def test_tables_say_for_which_direction_a_header_speaks(printed: pikepdf.Pdf) -> None:
    assert by_kind(printed, "/Table")
    for element, parent in elements(printed):
        if element.S == "/TH":
            group = parent.P.S
            assert element.A.Scope == ("/Column" if group == "/THead" else "/Row")
        if element.S == "/TR":
            assert parent.S in ("/THead", "/TBody", "/Table")
        if element.S in ("/TH", "/TD"):
            assert parent.S == "/TR"


def test_cells_name_headers_that_exist(printed: pikepdf.Pdf) -> None:
    known = {bytes(element.ID) for element in by_kind(printed, "/TH")}
    for cell in by_kind(printed, "/TD"):
        assert {bytes(header) for header in cell.A.get("/Headers", [])} <= known


def test_rows_of_a_table_are_of_one_width(printed: pikepdf.Pdf) -> None:
    for table in by_kind(printed, "/Table"):
        rows = [row for group in table.K for row in group.get("/K", []) if row.get("/S") == "/TR"]
        widths = {sum(int(cell.A.get("/ColSpan", 1)) for cell in row.K) for row in rows}
        assert len(widths) == 1, widths


def test_headings_go_down_one_by_one(printed: pikepdf.Pdf) -> None:
    levels = [int(str(element.S)[2]) for element in by_kind(printed, "/H1", "/H2", "/H3")]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_annotations_belong_to_elements(printed: pikepdf.Pdf) -> None:
    numbers = {int(key): value for key, value in pairs(printed.Root.StructTreeRoot.ParentTree.Nums)}
    for page in printed.pages:
        for annotation in page.obj.get("/Annots", []):
            assert page.obj.Tabs == "/S"
            owner = numbers[int(annotation.StructParent)]
            expected = "/Form" if annotation.Subtype == "/Widget" else "/Link"
            assert expected == owner.S
            assert annotation.get("/Contents", annotation.get("/TU")) is not None
            assert int(annotation.F) & 4


def test_the_seal_is_a_form_field_with_words(handover_pdf: bytes) -> None:
    with pikepdf.open(BytesIO(handover_pdf)) as pdf:
        (form,) = by_kind(pdf, "/Form")
        (field,) = pdf.Root.AcroForm.Fields
        assert "签章" in str(form.Alt)
        assert form.K[0].Obj.objgen == field.objgen
        assert "/NeedAppearances" not in pdf.Root.AcroForm


def test_nothing_that_an_archive_forbids(printed: pikepdf.Pdf) -> None:
    for item in printed.objects:
        if isinstance(item, pikepdf.Dictionary):
            assert item.get("/S") not in ("/JavaScript", "/Launch", "/URI")
            assert "/JS" not in item
            assert item.get("/Type") != "/Font" or item.Subtype in ("/Type0", "/CIDFontType2")


def test_sealing_leaves_the_structure_alone(sealed_pdf: bytes) -> None:
    with pikepdf.open(BytesIO(sealed_pdf)) as pdf:
        assert f'pdf:Producer="{pdf.docinfo["/Producer"]}"' in pdf.Root.Metadata.read_raw_bytes().decode()
        (field,) = pdf.Root.AcroForm.Fields
        owners = dict(pairs(pdf.Root.StructTreeRoot.ParentTree.Nums))
        assert owners[field.StructParent].S == "/Form"
        assert str(field.TU)
        for font in (item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)):
            assert font.get("/Subtype") != "/Type1"


def languages(pdf: pikepdf.Pdf) -> dict[str, set[str]]:
    """Kinds of element by the language that is said on them."""
    said: dict[str, set[str]] = {}
    for element, _ in elements(pdf):
        if "/Lang" in element:
            said.setdefault(str(element.Lang), set()).add(str(element.S))
    return said


def test_what_is_in_the_other_language_says_so(templates: PrintTemplates, fonts: FontSet) -> None:
    signed = difficult.signed("签字", attests="以上事项属实", comment="Seen on site with the station manager.")
    field = difficult.field
    section = SectionView(
        title="x", content=(field("A", "Member asked to call back"), field("B", "JB-2026 S1023"), field("C", "冰箱"))
    )
    view = difficult.record(section, sign_offs=(signed,), subtitle_en="Agent shift handover log")
    expected = {"zh": {"en": {"/P", "/TD", "/Span"}}, "en": {"zh-CN": {"/H1", "/P", "/TD"}}}
    both: tuple[Literal["zh", "en"], ...] = ("zh", "en")
    for language in both:
        imprint = replace(view.imprint, language=language)
        page = templates.record(
            replace(view, imprint=imprint, subtitle_en=view.subtitle_en if language == "zh" else "")
        )
        data = render_pdf(*page, root=ROOT, title="x", language=language, moment=MOMENT, fonts=fonts)
        with pikepdf.open(BytesIO(data)) as pdf:
            assert languages(pdf) == expected[language]


def test_other_insides_leave_languages_out() -> None:
    assert note_languages(ModuleType("other")) is False
