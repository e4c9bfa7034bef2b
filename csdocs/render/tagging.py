"""The structure tree as PDF/UA-1 wants it (ISO 14289-1), where WeasyPrint stops short of it.

Header cells say for which direction they speak, what repeats on every sheet is an artifact and no text, and the
metadata claims PDF/UA beside PDF/A.
"""

from collections.abc import Iterator
from functools import cached_property
from inspect import signature
from types import ModuleType
from typing import Any

POINTS_PER_PIXEL = 0.75

_UA_METADATA = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    # PDF/A allows a property that it does not know only with a description of its schema (ISO 19005-3, 6.6.2.3).
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


def complete_structure(pdf: Any) -> None:
    """To be called once, when everything else is in place."""
    tree = StructureTree(pdf)
    _state_languages(tree)
    _state_scopes(tree)
    _place_figures(tree)
    _set_margins_apart(tree)
    _claim_accessibility(pdf)


class StructureTree:
    """The tagged content of a PDF that WeasyPrint is about to write."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        root = self.object(pdf.catalog["StructTreeRoot"])
        self.language = str(pdf.catalog["Lang"].string)
        self.document = self.object(root["K"][0])
        self.content = self.object(root["ParentTree"])["Nums"]
        """Pairs: the number of a page with the elements of its marked content, or of an annotation with its own."""

    def object(self, reference: Any) -> Any:
        return self.pdf.objects[int(bytes(reference).split()[0])]

    @cached_property
    def elements(self) -> tuple[Any, ...]:
        """Elements that the document contains, in reading order, with the references to annotations among them."""
        found, waiting = [], [self.document]
        while waiting:
            element = waiting.pop()
            found.append(element)
            waiting += [self.object(kid) for kid in reversed(element.get("K", ())) if isinstance(kid, bytes)]
        return tuple(found)

    def hang(self, element: Any, annotation: Any) -> None:
        """Put an element with its annotation at the end of the document."""
        key = max(self.content[0::2], default=-1) + 1
        annotation["StructParent"] = key
        self.content.extend([key, element.reference])
        self.document["K"].append(element.reference)


def note_languages(module: ModuleType) -> bool:
    """Let `weasyprint.pdf.tags` write down of each element in which language it is, for `complete_structure`.

    False if its insides are unknown: then the elements stay without.
    """
    if hasattr(module, "csdocs_stock"):
        return True
    stock = getattr(module, "_build_box_tree", None)
    if stock is None or list(signature(stock).parameters)[:2] != ["box", "parent"]:
        return False
    module.csdocs_stock = stock  # type: ignore[attr-defined]

    def build(box: Any, *more: Any) -> Iterator[Any]:
        style = getattr(getattr(box, "_box", box), "style", None)
        for element in stock(box, *more):
            element.setdefault("Lang", style["lang"] if style else None)
            yield element

    module._build_box_tree = build  # type: ignore[attr-defined]
    return True


def _state_languages(tree: StructureTree) -> None:
    """Said where it changes; what lies within follows."""
    spoken: dict[bytes, str | None] = {}
    for element in tree.elements:
        if "S" not in element:  # a reference to an annotation
            continue
        around = spoken.get(bytes(element["P"]), tree.language)
        own = element.pop("Lang", None) or around
        spoken[_reference(element)] = own
        if own != around:
            element["Lang"] = f"({own})"


def _state_scopes(tree: StructureTree) -> None:
    for element in tree.elements:
        if element.get("S") == "/TH":
            kind = tree.object(tree.object(element["P"])["P"])["S"]
            element["A"]["Scope"] = "/Column" if kind == "/THead" else "/Row"
        elif element.get("S") == "/TD" and not element["A"].get("Headers", True):
            del element["A"]["Headers"]


def _place_figures(tree: StructureTree) -> None:
    """Where a figure stands is said in points from the foot of the page, and not in pixels from its head."""
    for element in tree.elements:
        if element.get("S") == "/Figure":
            left, top, right, bottom = element["A"]["BBox"]
            height = tree.object(element["Pg"])["MediaBox"][3]
            box = (left, height / POINTS_PER_PIXEL - bottom, right, height / POINTS_PER_PIXEL - top)
            element["A"]["BBox"][:] = [round(value * POINTS_PER_PIXEL, 2) for value in box]


def _set_margins_apart(tree: StructureTree) -> None:
    """Headers and footers hang on elements that no document contains: such content is an artifact."""
    contained = {element.reference for element in tree.elements}
    pages = [item for item in tree.pdf.objects if isinstance(item, dict) and item.get("Type") == "/Page"]
    contents = dict(zip(tree.content[0::2], tree.content[1::2], strict=True))
    for number, page in enumerate(pages):
        owners = contents[number]
        loose = {index for index, owner in enumerate(owners) if owner not in contained}
        _mark_artifacts(tree.object(page["Contents"]).stream, loose)
        owners[:] = [b"null" if index in loose else owner for index, owner in enumerate(owners)]
    objects: list[Any] = tree.pdf.objects
    for item in objects:
        if isinstance(item, dict) and item.get("Type") == "/StructElem" and _reference(item) not in contained:
            item.clear()


def _reference(item: Any) -> bytes:
    return bytes(item.reference)


def _mark_artifacts(operators: list[Any], loose: set[int]) -> None:
    for index, operator in enumerate(operators):
        if operator == b"BDC" and operators[index - 1].get("MCID") in loose:
            operators[index - 2 : index] = ["/Artifact", "<</Type /Pagination>>"]


def _claim_accessibility(pdf: Any) -> None:
    metadata = next(item for item in pdf.objects if getattr(item, "extra", {}).get("Type") == "/Metadata")
    # One description of the file holds both claims: readers look at the first rdf:RDF only.
    metadata.stream[0] = metadata.stream[0].replace(b"</rdf:RDF>", _UA_METADATA + b"</rdf:RDF>")
    metadata.compress = False  # for those who look for it without knowing PDF (ISO 32000-1, 14.3.2)
