"""A shorter way to draw boxes: the same operators, with fewer steps in Python."""

import re
from functools import lru_cache
from itertools import chain
from typing import Any

from csdocs.render.quick.shortcut import Function, Shortcut, Source, instead


def shortcuts() -> tuple[Shortcut, ...]:
    import pydyf
    import weasyprint.draw.border as border
    import weasyprint.layout.background as background
    from tinycss2.color4 import Color
    from weasyprint.images import SVGImage
    from weasyprint.pdf.stream import Stream
    from weasyprint.svg import SVG, TAGS

    colors = (Source(Color, "to", "815384a1ac592e42"), Source(pydyf.Stream, "set_color_rgb", "c64335d569ba1041"))
    lines = tuple(
        Source(owner, name, sha256)
        for owner, name, sha256 in (
            (Stream, "push_state", "3e2340c99b30acb9"),
            (Stream, "pop_state", "de364bfee3bd7f4f"),
            (Stream, "set_alpha", "c9c74350fd9a8fb5"),
            (pydyf.Stream, "set_line_width", "2f106ac99a664b6f"),
            (pydyf.Stream, "move_to", "27b9d7cbb250e088"),
            (pydyf.Stream, "line_to", "ae6e8274d2524798"),
            (pydyf.Stream, "stroke", "2b8dcb94618db788"),
        )
    )
    return (
        Shortcut(Stream, "stacked", "241f5cdfb961363b", instead(_stacked)),
        Shortcut(Stream, "marked", "3fa3acacbbf66422", _marked),
        Shortcut(Stream, "artifact", "be61e42186804e99", instead(_artifact)),
        Shortcut(Stream, "set_color", "d289ec41ef8285c2", _set_color, colors),
        Shortcut(border, "draw_line", "cc41cbfdbabe04d0", _draw_line, lines),
        Shortcut(SVGImage, "draw", "bf38036046fc040b", _draw_svg, (Source(SVG, "draw", "2751538befd88406"),)),
        Shortcut(border, "draw_border", "8ba918f30893929f", _draw_border),
        Shortcut(background, "layout_box_backgrounds", "617a870678c82755", _layout_box_backgrounds),
        Shortcut(TAGS, "path", "194cd562b8d98251", _path),
    )


class _State:
    """What is changed within lasts until its end; a generator would take three times as long."""

    __slots__ = ("stream",)

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def __enter__(self) -> None:
        self.stream.push_state()

    def __exit__(self, *error: object) -> None:
        self.stream.pop_state()


class _Marked:
    """Content within belongs to one element, or to none."""

    __slots__ = ("stream",)

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def __enter__(self) -> None:
        pass

    def __exit__(self, *error: object) -> None:
        if self.stream._tags is not None:
            self.stream.end_marked_content()


def _stacked(stream: Any) -> _State:
    return _State(stream)


def _marked(stock: Function) -> Function:
    import pydyf

    def marked(stream: Any, box: Any, tag: str) -> _Marked:
        tags = stream._tags
        if tags is not None:
            assert box not in tags
            number = len(tags)
            tags[box] = {"tag": tag, "mcid": number}
            stream.begin_marked_content(tag, pydyf.Dictionary({"MCID": number}))
        return _Marked(stream)

    return marked


def _artifact(stream: Any) -> _Marked:
    if stream._tags is not None:
        stream.begin_marked_content("Artifact")
    return _Marked(stream)


def _set_color(stock: Function) -> Function:
    def set_color(stream: Any, color: Any, stroke: bool = False) -> None:
        kept = _kept_operands(color)
        if not kept:
            stock(stream, color, stroke)
            return
        stream.set_alpha(color.alpha, stroke)
        place = "_current_color_stroke" if stroke else "_current_color"
        if stream.__dict__[place] != kept[0]:
            stream.__dict__[place] = kept[0]
            stream.stream.append(kept[1] + (b" RG" if stroke else b" rg"))

    return set_color


def _kept_operands(color: Any) -> tuple[Any, ...]:
    kept: tuple[Any, ...] | None = color.__dict__.get("csdocs_operands")
    if kept is None:
        kept = color.__dict__["csdocs_operands"] = _operands(color)
    return kept


def _operands(color: Any) -> tuple[Any, ...]:
    """The color as a stream remembers it, and as it is written; nothing for what is no RGB."""
    import pydyf

    if color.space not in ("srgb", "hsl", "hwb"):
        return ()
    red, green, blue = color.to("srgb").coordinates
    return (color.space, *color.coordinates), b" ".join(map(pydyf._to_bytes, (red, green, blue)))


def _draw_line(stock: Function) -> Function:
    """A plain line, written at once; those of a table all follow something that was put back as it was."""
    import pydyf

    def draw_line(
        stream: Any, x1: Any, y1: Any, x2: Any, y2: Any, thickness: Any, style: Any, color: Any, offset: Any = 0
    ) -> None:
        before = stream._current_color_stroke is None and stream._current_alpha_stroke is None
        operands = _kept_operands(color) if style == "solid" and before else ()
        if not operands:
            stock(stream, x1, y1, x2, y2, thickness, style, color, offset)
            return
        number, out = pydyf._to_bytes, stream.stream
        out.append(b"q")
        stream.set_alpha(color.alpha, True)
        begin = b"%b %b m" % (number(x1), number(y1))
        end = b"%b %b l" % (number(x2), number(y2))
        out += (operands[1] + b" RG", number(thickness) + b" w", begin, end, b"S", b"Q")
        stream._current_color = stream._current_color_stroke = None
        stream._current_alpha = stream._current_alpha_stroke = None
        stream._current_font = None

    return draw_line


def _draw_svg(stock: Function) -> Function:
    """A square at the foot of each page is drawn as it was on the first, if that took lines and colours alone."""

    def draw(image: Any, stream: Any, width: Any, height: Any, style: Any) -> None:
        kept = image.__dict__.setdefault("csdocs_drawn", {})
        key = (width, height, *(vars(stream)[name] for name in _STATE))
        if key in kept:
            operators, states, after = kept[key]
            stream.stream += operators
            for name, state in states.items():
                stream._resources["ExtGState"].setdefault(name, state)
            vars(stream).update(after)
            return
        start, before = len(stream.stream), _resources(stream)
        stock(image, stream, width, height, style)
        operators, states = stream.stream[start:], stream._resources["ExtGState"]
        named = {name: states[name] for name in states if b"/%b gs" % name.encode() in operators}
        if _resources(stream) == before and all(name[:1] in "aA" for name in named) and stream._tags is None:
            kept[key] = operators, named, {name: vars(stream)[name] for name in _STATE}

    return draw


_STATE = ("_current_color", "_current_color_stroke", "_current_alpha", "_current_alpha_stroke", "_current_font")


def _resources(stream: Any) -> tuple[int, ...]:
    """How much a stream refers to, beside colours and what they let through."""
    resources = stream._resources
    return tuple([len(resources[name]) for name in ("XObject", "Pattern", "Shading", "ColorSpace")])


def _draw_border(stock: Function) -> Function:
    """Hardly a box has borders of its own: those of tables are drawn with the table."""

    def draw_border(stream: Any, box: Any) -> None:
        bare = not (box.border_top_width or box.border_right_width or box.border_bottom_width or box.border_left_width)
        style = box.style
        columns = style["column_width"] != "auto" or style["column_count"] != "auto"
        if not bare or columns or style["border_image_source"][0] != "none":
            stock(stream, box)

    return draw_border


def _layout_box_backgrounds(stock: Function) -> Function:
    """Nor has it a background. Columns know their cells for as long as backgrounds need them, and no longer: cells know their columns."""
    import weasyprint.layout.background as background
    from weasyprint.formatting_structure.boxes import TableBox

    def layout_box_backgrounds(
        page: Any, box: Any, get_image_from_uri: Any, layout_children: bool = True, style: Any = None
    ) -> None:
        lay_out(page, box, get_image_from_uri, layout_children, style)
        if isinstance(box, TableBox):
            for column in chain.from_iterable(group.children for group in box.column_groups):
                column.__dict__.pop("get_cells", None)

    def lay_out(page: Any, box: Any, get_image_from_uri: Any, layout_children: bool, style: Any) -> None:
        bare = box.style.__dict__.get("csdocs_bare")
        if bare is None:
            bare = box.style.__dict__["csdocs_bare"] = _is_bare(box.style)
        if not bare or not layout_children or style is not None or box == page:
            stock(page, box, get_image_from_uri, layout_children, style)
            return
        background.resolve_radii_percentages(box)
        for child in box.all_children():
            background.layout_box_backgrounds(page, child, get_image_from_uri)
        box.background = None

    return layout_box_backgrounds


def _is_bare(style: Any) -> bool:
    from weasyprint.draw.color import get_color

    images = (style["border_image_source"], style["mask_border_source"], *style["background_image"])
    if style["visibility"] == "hidden" or style["box_shadow"] or any(kind != "none" for kind, _ in images):
        return False
    return bool(get_color(style, "background_color").alpha == 0)


_ROWS = re.compile(r"M0 0\.5(?:h\d+|m-?\d+ \d+)+")
_STEP = re.compile(r"([hm])(-?\d+)(?: (\d+))?")


def _path(stock: Function) -> Function:
    """The rows of a QR code: hundreds of steps, of two kinds alone, drawn again at the foot of every page."""

    def path(svg: Any, node: Any, font_size: Any) -> None:
        steps = node.get("d", "")
        marked = any(node.get(name) for name in ("marker", "marker-start", "marker-mid", "marker-end"))
        if marked or not _ROWS.fullmatch(steps):
            stock(svg, node, font_size)
        else:
            svg.stream.stream.append(_rows(steps))

    return path


@lru_cache(maxsize=4)
def _rows(steps: str) -> bytes:
    x, y = 0, 0.5
    drawn = ["0 0 m", "0 0.5 m"]
    for kind, across, down in _STEP.findall(steps[len("M0 0.5") :]):
        x += int(across)
        y += int(down or 0)
        drawn.append(f"{x} {y:.1f} {'l' if kind == 'h' else 'm'}")
    return "\n".join(drawn).encode()
