"""A shorter way from styles to lengths: the same numbers, with fewer steps in Python."""

from collections.abc import Callable
from math import inf
from typing import Any, NamedTuple

from csdocs.render.quick.shortcut import Function, Shortcut

_SIDES = ("top", "right", "bottom", "left")
_ACROSS = ("margin_left", "margin_right", "padding_left", "padding_right", "width", "min_width", "max_width")
_ALONG = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
_HEIGHTS = ("height", "min_height", "max_height")
_LEAST = frozenset({"min_width", "min_height"})
_RADII = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
_SQUARE = dict.fromkeys(_RADII, (0, 0))
_PLAIN = frozenset({str, int, float, bool, type(None)})
# Sizes of what surrounds boxes of one style, for which their lengths are kept.
_MOST_ROOMS = 32
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)


def shortcuts() -> tuple[Shortcut, ...]:
    import weasyprint.css as css
    import weasyprint.layout.percent as percent
    import weasyprint.layout.preferred as preferred
    import weasyprint.text.fonts as fonts
    import weasyprint.text.line_break as line_break

    return (
        Shortcut(css.ComputedStyle, "__missing__", "b318d8efc8ac79d7", _computed),
        Shortcut(css.AnonymousStyle, "__missing__", "d392527077647306", _anonymous),
        Shortcut(percent, "resolve_percentages", "71673078096fcf87", _resolved),
        Shortcut(preferred, "shrink_to_fit", "38ecf6d5c6439df6", _shrunk),
        Shortcut(percent, "resolve_radii_percentages", "4980b3798c671710", _resolved_radii),
        Shortcut(fonts, "get_font_description", "85734b8947b9bf64", _kept_with_style("csdocs_font")),
        Shortcut(line_break, "strut", "b57885b70dd08efe", _kept_with_style("csdocs_strut")),
    )


def _computed(stock: Function) -> Function:
    """Most properties of most elements are set nowhere: inherited, or the initial value that needs no computing."""
    from weasyprint.css import check_math
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    special = {"float", "display", "position", "page"} | {
        key for key in INITIAL_VALUES if key.startswith("text_decoration")
    }
    logical = frozenset(
        function(block="ttb", inline=inline) for function in PHYSICAL_FUNCTIONS.values() for inline in ("ltr", "rtl")
    )
    inherited = frozenset(INHERITED - special)
    initial = {
        key: value
        for key, value in INITIAL_VALUES.items()
        if key not in inherited | special | INITIAL_NOT_COMPUTED and not check_math(value)
    }

    def missing(style: Any, key: str) -> Any:
        cascaded = style.cascaded
        if key in cascaded or (key in PHYSICAL_FUNCTIONS and not logical.isdisjoint(cascaded)):
            return stock(style, key)
        if key in initial:
            value = style[key] = initial[key]
            return value
        if key in inherited and style.parent_style is not None:
            value = style.parent_style[key]
            if type(value) in _PLAIN or not check_math(value):
                style[key] = value
                return value
        return stock(style, key)

    return missing


def _anonymous(stock: Function) -> Function:
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    inherited = frozenset(INHERITED)
    initial = {
        key: value
        for key, value in INITIAL_VALUES.items()
        if key not in inherited | INITIAL_NOT_COMPUTED and key != "page" and not key.startswith("text_decoration_")
    }

    def missing(style: Any, key: str) -> Any:
        if key in initial:
            value = style[key] = initial[key]
        elif key in inherited:
            value = style[key] = style.parent_style[key]
        else:
            value = stock(style, key)
        return value

    return missing


def _resolved(stock: Function) -> Function:
    """Twenty lengths of a box; nearly all are `auto` or pixels already."""
    from weasyprint.formatting_structure.boxes import Box, PageBox
    from weasyprint.layout.percent import adjust_box_sizing

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        if not isinstance(box, Box):  # a placeholder, which hands on what is set on it
            stock(box, containing_block)
            return
        is_box = isinstance(containing_block, Box)
        width, height = (containing_block.width, containing_block.height) if is_box else containing_block
        room = (width, height, height if isinstance(box, PageBox) else width)
        kept = box.style.__dict__.get("csdocs_lengths")
        if kept is None:
            kept = box.style.__dict__["csdocs_lengths"] = {}
        found = kept.get(room)
        if found is None:
            if len(kept) >= _MOST_ROOMS:
                kept.clear()
            found = kept[room] = _lengths(box.style, *room)
        own = box.__dict__
        if not found.collapses or own.keys().isdisjoint(_BORDERS):
            own.update(found.every)
        else:
            own.update(found.every | {name: own[name] for name in _BORDERS if name in own})
        if not found.is_content:
            adjust_box_sizing(box, "width")
            adjust_box_sizing(box, "height")

    return resolve_percentages


class _Lengths(NamedTuple):
    """What a style says in a room of some size; where borders collapse, a table has already said how wide they are."""

    every: dict[str, Any]
    collapses: bool
    is_content: bool


def _lengths(style: Any, width: Any, height: Any, along: Any) -> _Lengths:
    found = {name: _used(style, name, width) for name in _ACROSS}
    found |= {name: _used(style, name, along) for name in _ALONG}
    if height == "auto":
        found["height"] = _fixed(style["height"])
        found |= {"min_height": _used(style, "min_height", 0), "max_height": _used(style, "max_height", inf)}
    else:
        found |= {name: _used(style, name, height) for name in _HEIGHTS}
    found |= {name: style[name] for name in _BORDERS}
    return _Lengths(found, style["border_collapse"] == "collapse", style["box_sizing"] == "content-box")


def _used(style: Any, name: str, reference: Any) -> Any:
    from weasyprint.layout.percent import percentage

    value = style[name]
    if value == "auto":
        return 0 if name in _LEAST else value
    if getattr(value, "unit", None) == "px":
        return value.value
    found = percentage(value, style, reference)
    return 0 if found == "auto" and name in _LEAST else found


def _fixed(value: Any) -> Any:
    """A height within something whose height depends on its content."""
    from weasyprint.css.functions import check_math

    return "auto" if value == "auto" or check_math(value) or value.unit == "%" else value.value


def _shrunk(stock: Function) -> Function:
    """What would fit if nothing broke takes no more room, however narrow it could be made."""
    import weasyprint.layout.preferred as preferred

    def shrink_to_fit(context: Any, box: Any, available: Any) -> Any:
        widest = preferred.max_content_width(context, box, outer=False)
        return widest if widest <= available else stock(context, box, available)

    return shrink_to_fit


def _resolved_radii(stock: Function) -> Function:
    """Hardly a box has round corners."""
    from weasyprint.css.properties import ZERO_PIXELS
    from weasyprint.formatting_structure.boxes import Box

    square = (ZERO_PIXELS, ZERO_PIXELS)

    def resolve_radii_percentages(box: Any) -> None:
        kept = box.style.__dict__
        if "csdocs_square" not in kept:
            kept["csdocs_square"] = all(box.style[name] == square for name in _RADII)
        if isinstance(box, Box) and kept["csdocs_square"]:
            box.__dict__.update(_SQUARE)
        else:
            stock(box)

    return resolve_radii_percentages


def _kept_with_style(name: str) -> Callable[[Function], Function]:
    """A style is asked for its font at every line of text; a changed style is a copy, and copies are made without what is kept."""

    def shorten(stock: Function) -> Function:
        def of_style(style: Any) -> Any:
            kept = style.__dict__.get(name)
            if kept is None:
                kept = style.__dict__[name] = stock(style)
            return kept

        return of_style

    return shorten
