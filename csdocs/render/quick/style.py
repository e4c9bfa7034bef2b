"""A shorter way from elements to their styles: what one page worked out is kept for the next.

WeasyPrint works the cascade out anew for every document, and for six pseudo-elements of every element, hardly any of
which comes to be printed. Here elements that the same selectors match below parents of one style share theirs, in all
documents that the same sheets describe; a pseudo-element gets a style when it is asked for. Fonts and widths that are
kept with a style are kept with it.
"""

from typing import Any
from xml.etree.ElementTree import Element

from csdocs.render.quick.match import Look, Looks, Selector
from csdocs.render.quick.shortcut import Function, Shortcut, Source

# Styles, of some kilobytes each, and looks that are kept for one set of sheets; then all is forgotten and begun anew.
_MOST = 5_000
_MOST_SETS = 4
# Attributes that WeasyPrint reads as declarations (`find_style_attributes` without presentational hints).
_DECLARING = ("style", "lang", "id", "name", "width", "height")
# Others are numbered by what surrounds them, so that each has a style of its own.
_SHARED = frozenset({"before", "after", "marker", "first-line", "first-letter"})

_Attributes = tuple[tuple[str, str], ...]
_Cascaded = dict[str, tuple[Any, Any]]


def shortcuts() -> tuple[Shortcut, ...]:
    import cssselect2
    import weasyprint.css as css
    import weasyprint.layout.page as page
    from cssselect2 import compiler

    style_for, computed = css.StyleFor, css.ComputedStyle
    rests_on = (
        Source(style_for, "__init__", "b1e725a7552502aa"),
        Source(style_for, "__call__", "96b91915ae7c344a"),
        Source(style_for, "set_computed_styles", "b5b15856b8beff3f"),
        Source(style_for, "add_page_declarations", "78e388ade2325011"),
        Source(computed, "__init__", "ffbc48647d0d85e2"),
        Source(computed, "copy", "4398a49b631bf992"),
        Source(cssselect2.Matcher, "match", "f7a761027c24ba61"),
        Source(cssselect2.Matcher, "add_selector", "8c7e42c95ad424b9"),
        Source(compiler.CompiledSelector, "__init__", "0ffdd24204c5cdc1"),
        Source(compiler, "_compile_node", "9a4b58568dfe6a8c"),
        Source(css, "find_style_attributes", "c5b4eb4d3c008b07"),
        Source(page, "_standardize_page_based_counters", "6c3791760c3fbe13"),
    )
    return (
        Shortcut(style_for, "__init__", "b1e725a7552502aa", _started, rests_on),
        Shortcut(style_for, "__call__", "96b91915ae7c344a", _asked, rests_on),
        Shortcut(page, "set_page_type_computed_styles", "4e68b396b35c4a06", _page_styles, rests_on),
    )


class _Sizes(dict[str, Any]):
    """The size of the first page, for lengths that are a share of it; `read` tells whether any style asked."""

    read = False

    def __getitem__(self, key: str) -> Any:
        self.read = True
        return super().__getitem__(key)


class _Kind:
    """Elements that the same selectors match below parents of one kind."""

    __slots__ = ("alike", "anchor", "anchored", "cascaded", "children", "pages", "pseudo", "style")

    def __init__(self, style: Any, cascaded: dict[str | None, _Cascaded]) -> None:
        self.style = style
        self.cascaded = cascaded
        self.children: dict[Any, _Kind] = {}
        self.alike: dict[Any, _Kind] = {}
        self.pseudo: dict[str, Any] = {}
        self.pages: dict[tuple[int, ...], dict[str | None, Any]] = {}
        self.anchor = style["anchor"] if style is not None else None
        self.anchored = tuple(name for name, declared in cascaded.items() if name and "anchor" in declared)


class _Kept:
    """Styles that documents with the same sheets, fonts and address share."""

    def __init__(self, sheets: Any, fonts: Any, base_url: str | None) -> None:
        self.sheets, self.fonts, self.base_url = sheets, fonts, base_url
        self.page_selectors = [
            selector for sheet, _, _ in sheets for _, selectors, _ in sheet.page_rules for _, _, selector in selectors
        ]
        self._forget()

    def _forget(self) -> None:
        self.top = _Kind(None, {})
        self.looks = Looks([sheet.matcher for sheet, _, _ in self.sheets])
        self.sizes = _Sizes(box=None, area=None)
        self.count = 0

    def begin(self) -> None:
        """A document begins: nothing that belongs to another one may be seen in it."""
        if self.count + self.looks.count > _MOST or self.sizes.read:
            self._forget()
        self.sizes.update(box=None, area=None)
        for root in self.top.children.values():
            for kind in (root, *root.children.values()):
                kind.style.pop("overflow", None)  # moved to the page when boxes are built

    def kind(self, element: Any, look: Look, parent: _Kind, root: _Kind | None) -> _Kind:
        attributes = _attributes(element.etree_element)
        selectors, matched = look.matching(element)
        place = (matched, (attributes, element.etree_element.tag) if attributes else None)
        kind = parent.children.get(place)
        if kind is None:
            kind = parent.children[place] = self._new(element.etree_element, attributes, selectors, parent, root)
            self.count += 1
            if all(name == "id" for name, _ in attributes):
                # What an anchor is called means nothing to what stands in it.
                first = parent.alike.setdefault(matched, kind)
                kind.children, kind.pseudo = first.children, first.pseudo
        return kind

    def _new(
        self, element: Any, attributes: _Attributes, selectors: tuple[Selector, ...], parent: _Kind, root: _Kind | None
    ) -> _Kind:
        from weasyprint.css import InitialStyle

        cascaded: dict[str | None, _Cascaded] = {None: dict(self._declared(element.tag, attributes))}
        for selector in selectors:
            self._apply(selector, cascaded.setdefault(selector.pseudo, {}))
        root_style = root.style if root else InitialStyle(self.fonts)
        return _Kind(self._style(parent.style, cascaded[None], None, root_style), cascaded)

    def _apply(self, selector: Selector, cascaded: _Cascaded) -> None:
        from math import inf

        from weasyprint.css import declaration_precedence

        sheet, origin, specificity = self.sheets[selector.sheet]
        order = inf if selector.layer is None else sheet.layers.index(selector.layer)
        for name, values, importance in selector.declarations:
            weight = (declaration_precedence(origin, importance), order, specificity or selector.specificity)
            if name not in cascaded or cascaded[name][1] <= weight:
                cascaded[name] = values, weight

    def _declared(self, tag: Any, attributes: _Attributes) -> _Cascaded:
        from math import inf

        from weasyprint.css import declaration_precedence, find_style_attributes, preprocess_declarations

        if not attributes:
            return {}
        cascaded: _Cascaded = {}
        alone = Element(tag, dict(attributes))
        for specificity, _, declarations, base_url in find_style_attributes(alone, False, self.base_url):
            for name, values, importance in preprocess_declarations(base_url, declarations):
                weight = (declaration_precedence("author", importance), inf, specificity)
                if name not in cascaded or cascaded[name][1] <= weight:
                    cascaded[name] = values, weight
        return cascaded

    def pseudo_style(self, kind: _Kind, pseudo: str, root: _Kind) -> Any:
        """None where nothing is declared."""
        if pseudo in kind.pseudo:
            return kind.pseudo[pseudo]
        if pseudo not in kind.cascaded:
            return None
        style = self._style(kind.style, kind.cascaded[pseudo], pseudo, root.style)
        if pseudo in _SHARED:
            kind.pseudo[pseudo] = style
        return style

    def _style(self, parent: Any, cascaded: _Cascaded, pseudo: str | None, root: Any) -> Any:
        from weasyprint.css import ComputedStyle

        style = ComputedStyle(parent, cascaded, pseudo, root, self.base_url, self.fonts, self.sizes)
        style["anchor"]  # never empty: WeasyPrint takes an empty style for none
        return style


def _attributes(element: Any) -> _Attributes:
    attributes = element.attrib
    if attributes.keys().isdisjoint(_DECLARING):
        return ()
    return tuple([(name, attributes[name]) for name in _DECLARING if attributes.get(name)])


_sets: dict[tuple[Any, ...], _Kept] = {}


def _kept(sheets: Any, fonts: Any, base_url: str | None) -> _Kept:
    key = (*((id(sheet), origin, specificity) for sheet, origin, specificity in sheets), id(fonts), base_url)
    kept = _sets.pop(key, None) or _Kept(sheets, fonts, base_url)
    _sets[key] = kept  # the one used last stands last
    while len(_sets) > _MOST_SETS:
        del _sets[next(iter(_sets))]
    return kept


def _started(stock: Function) -> Function:
    def start(style_for: Any, html: Any, sheets: Any, hints: Any, fonts: Any, targets: Any) -> None:
        if hints or any(origin == "author" for _, origin, _ in sheets):  # sheets within the document
            stock(style_for, html, sheets, hints, fonts, targets)
            return
        kept = _kept(sheets, fonts, html.base_url)
        kept.begin()
        style_for._cascaded_styles, style_for._computed_styles = {}, {}
        style_for._sheets, style_for.font_config, style_for.initial_page_sizes = sheets, fonts, kept.sizes
        style_for.csdocs = _Document(kept, targets)
        style_for.csdocs.fill(html, style_for)

    return start


class _Document:
    """The kinds of the elements of one document."""

    def __init__(self, kept: _Kept, targets: Any) -> None:
        self.kept, self.targets = kept, targets
        self.kinds: dict[Any, _Kind] = {}
        self.root: _Kind | None = None

    def fill(self, html: Any, style_for: Any) -> None:
        seen: set[_Kind] = set()
        looks: dict[Any, Look] = {}
        for element in html.wrapper_element.iter_subtree():
            above = element.parent.etree_element if element.parent else None
            look = self.kept.looks.of(element, looks[above] if element.parent else self.kept.looks.top)
            looks[element.etree_element] = look
            kind = self.kept.kind(element, look, self.kinds[above] if element.parent else self.kept.top, self.root)
            self.root = self.root or kind
            self.kinds[element.etree_element] = kind
            style_for._computed_styles[element.etree_element, None] = kind.style
            if kind.anchor and (kind not in seen or _attributes(element.etree_element)):
                self.targets.collect_anchor(kind.anchor)
            seen.add(kind)
            for pseudo in kind.anchored:
                style_for(element.etree_element, pseudo)

    def pseudo_style(self, element: Any, pseudo: str) -> Any:
        kind = self.kinds[element]
        assert self.root is not None
        style = self.kept.pseudo_style(kind, pseudo, self.root)
        if pseudo in kind.anchored and style["anchor"]:
            self.targets.collect_anchor(style["anchor"])
        return style


def _asked(stock: Function) -> Function:
    def style_for(self: Any, element: Any, pseudo: str | None = None) -> Any:
        document = self.__dict__.get("csdocs")
        if pseudo and document and element in document.kinds and (element, pseudo) not in self._computed_styles:
            self._computed_styles[element, pseudo] = document.pseudo_style(element, pseudo)
        return stock(self, element, pseudo)

    return style_for


def _page_styles(stock: Function) -> Function:
    """Pages that the same selectors match share their styles; one by one, each would be looked up among those of all before it."""

    def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
        document = style_for.__dict__.get("csdocs")
        if document is None or document.kept.sizes.read:
            stock(page_type, html, style_for)
            return
        matching = style_for._page_type_match
        selectors = document.kept.page_selectors
        key = tuple([n for n, selector in enumerate(selectors) if matching(selector, page_type)])
        pages, computed = document.root.pages, style_for._computed_styles
        if key not in pages:
            style_for._cascaded_styles.clear()
            stock(page_type, html, style_for)
            names = {None, *(pseudo for _, pseudo in style_for._cascaded_styles)}
            pages[key] = {pseudo: computed[page_type, pseudo] for pseudo in names}
        for pseudo, style in pages[key].items():
            computed[page_type, pseudo] = style

    return set_page_type_computed_styles
