"""A shorter way from the text of a page to its elements.

Our templates write HTML that is XML in all but its void elements, so the parser that Python brings in C can read it. What
an HTML parser would arrange otherwise, whatever it is, is left to the HTML parser: only elements are taken here that
stand where HTML lets them stand, and only text that means the same in both.
"""

import re
from io import StringIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLParser

from csdocs.render.quick.shortcut import Function, Shortcut

_DOCTYPE = "<!DOCTYPE html>"
_VOID = ("br", "col", "hr", "img", "meta", "wbr")
_OPEN_VOID = re.compile(rf'<(?:{"|".join(_VOID)})(?: [a-z-]+="[^"<>]*")*(?=>)')
_SELF_CLOSED = re.compile(r"<([^ <>/]+)[^<>]*/>")
# Attributes over several lines, character references that HTML reads in its own way, comments and the like.
_OTHERWISE = re.compile(r"<[^<>]*[\n\t\r]|&#(?!34;|39;)|<[!?]|xmlns:")
_SVG = "{http://www.w3.org/2000/svg}"
_NAMESPACE = "{http://www.w3.org/2000/xmlns/}xmlns"
_BLANK = " \t\n"
_ATTRIBUTES = frozenset(
    [
        "alt",
        "charset",
        "class",
        "colspan",
        "content",
        "height",
        "href",
        "id",
        "lang",
        "name",
        "rowspan",
        "scope",
        "src",
        "start",
        "style",
        "title",
        "width",
    ]
)
_DRAWN = frozenset({"class", "d", "fill", "stroke", "stroke-width", "transform", "viewBox"})

_PHRASING = frozenset(
    [
        "a",
        "abbr",
        "b",
        "br",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "img",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "var",
        "wbr",
    ]
)
_FLOW = _PHRASING | frozenset(
    [
        "article",
        "aside",
        "blockquote",
        "div",
        "dl",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    ]
)
_CONTAINERS = frozenset(
    [
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "dd",
        "div",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "header",
        "li",
        "main",
        "nav",
        "section",
        "td",
        "th",
    ]
)
_PARTS = {
    "head": frozenset({"meta", "title"}),
    "title": frozenset[str](),
    "table": frozenset({"caption", "colgroup", "thead", "tbody", "tfoot"}),
    "colgroup": frozenset({"col"}),
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tfoot": frozenset({"tr"}),
    "tr": frozenset({"th", "td"}),
    "ol": frozenset({"li"}),
    "ul": frozenset({"li"}),
    "dl": frozenset({"dt", "dd"}),
    **dict.fromkeys(_VOID, frozenset[str]()),
    **dict.fromkeys(_CONTAINERS, _FLOW),
    "figure": _FLOW | {"figcaption"},
}
# Between the parts of these HTML moves text elsewhere.
_WORDLESS = frozenset({"head", "table", "colgroup", "thead", "tbody", "tfoot", "tr", *_VOID})


def shortcuts() -> tuple[Shortcut, ...]:
    import tinyhtml5

    return (Shortcut(tinyhtml5, "parse", "96cbcbb8fe5ef6e0", _parse),)


def _parse(stock: Function) -> Function:
    def parse(source: Any, **options: Any) -> Any:
        if type(source) is not StringIO or options != {"namespace_html_elements": False}:
            return stock(source, **options)
        text = source.getvalue()
        root = read_plain(text)
        return stock(StringIO(text), **options) if root is None else root

    return parse


def read_plain(text: str) -> Element | None:
    """The elements of a page as an HTML parser builds them; None for what only an HTML parser can be trusted with."""
    content = text.removeprefix(_DOCTYPE)
    if content is text or _OTHERWISE.search(content) or content.count("<") != content.count(">"):
        return None
    if not {*_SELF_CLOSED.findall(content)} <= {*_VOID, "path"}:
        return None
    try:
        parser = XMLParser()  # noqa: S314  # no doctype and no entity of its own gets here
        parser.feed(_OPEN_VOID.sub(r"\g<0>/", content))
        root: Element = parser.close()
    except (ParseError, ValueError):
        return None
    return root if _is_plain(root) and _arranged(root, content) else None


def _arranged(root: Element, content: str) -> bool:
    """White space around the body stands where HTML puts it."""
    head, body = root
    if (root.text or "").strip(_BLANK) or (head.tail or "").strip(_BLANK) or (head.text or "").strip(_BLANK):
        return False
    after = (body.tail or "") + content.rpartition("</html>")[2]
    if after.strip(_BLANK):
        return False
    root.text = body.tail = None
    if not len(body):
        body.text = (body.text or "") + after or None
    else:
        body[-1].tail = (body[-1].tail or "") + after or None
    return True


def _is_plain(root: Element) -> bool:
    if root.tag != "html" or [child.tag for child in root] != ["head", "body"]:
        return False
    return _has_plain_attributes(root) and all(_stands(child, _FLOW) for child in root)


def _stands(element: Element, around: frozenset[str]) -> bool:
    """Whether all within may stand there. `around`: what may stand in what this one stands in."""
    tag = element.tag
    if tag.startswith(_SVG):
        return _is_drawing(element)
    within = _PARTS.get(tag)
    if within is None:
        within = _PHRASING & around
    if tag == "a":
        within = within - {"a"}
    if tag == "pre" and (element.text or "").startswith("\n"):
        return False
    if tag in _WORDLESS and not _is_wordless(element):
        return False
    if not _has_plain_attributes(element):
        return False
    return all((child.tag in within or child.tag.startswith(_SVG)) and _stands(child, within) for child in element)


def _has_plain_attributes(element: Element) -> bool:
    return element.attrib.keys() <= _ATTRIBUTES


def _is_wordless(element: Element) -> bool:
    texts = (element.text, *(child.tail for child in element))
    return not any(text and text.strip(_BLANK) for text in texts)


def _is_drawing(element: Element) -> bool:
    """A QR code: paths in an SVG element, which HTML gives its namespace as an attribute too."""
    if element.tag != f"{_SVG}svg" or not _is_wordless(element):
        return False
    paths = [*element]
    if any(path.tag != f"{_SVG}path" or len(path) or path.text for path in paths):
        return False
    if not all(each.attrib.keys() <= _DRAWN for each in (element, *paths)):
        return False
    element.set(_NAMESPACE, _SVG[1:-1])
    return True
