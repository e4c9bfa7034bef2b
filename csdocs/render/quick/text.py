"""A shorter way from words to glyphs: what a page says in a style it mostly says again on the next.

WeasyPrint lays each line of text out with Pango when it breaks lines and once more when it draws, and sets Pango up anew
each time. Here Pango is set up once for a style; the first line of a short text, and the glyphs that show it, are kept.
"""

from copy import copy
from functools import lru_cache
from struct import Struct
from typing import Any, NamedTuple

from csdocs.render.quick.shortcut import Function, Shortcut, Source

_LONGEST = 120  # characters; what is longer is hardly said twice
_MOST = 8_000  # lines kept in a process, of some kilobytes each


def shortcuts() -> tuple[Shortcut, ...]:
    import weasyprint.draw.text as draw
    import weasyprint.text.line_break as line_break
    from weasyprint.pdf.stream import Stream
    from weasyprint.text import fonts

    layout = line_break.Layout
    rests_on = (
        Source(layout, "setup", "fb227a55094f41d4"),
        Source(layout, "set_text", "fe23ca9937dbf520"),
        Source(layout, "reactivate", "0b89ee097104b713"),
        Source(layout, "deactivate", "bfec3ec8406e1c82"),
        Source(layout, "get_first_line", "bb65cbda0e27f135"),
        Source(line_break, "split_first_line", "39ad1016863ca34d"),
        Source(line_break, "first_line_metrics", "55ec5d0b58b29a8b"),
        Source(line_break, "create_layout", "6587192cc0ab3ffa"),
        Source(draw, "draw_text", "ebaf96239c6ca363"),
        Source(draw, "draw_first_line", "1bb8eae6d88e71b1"),
        Source(Stream, "add_font", "e4226e1117477217"),
        Source(fonts, "get_pango_font_key", "74cbeff1fac3860c"),
    )
    return (
        Shortcut(layout, "setup", "fb227a55094f41d4", _set_up, rests_on),
        Shortcut(line_break, "split_first_line", "39ad1016863ca34d", _first_line, rests_on),
        Shortcut(
            line_break,
            "can_break_text",
            "4f3fb5ef1c239df9",
            lru_cache(maxsize=_MOST),
            (Source(line_break, "get_log_attrs", "65c1a1c4fa75ee95"),),
        ),
        Shortcut(layout, "deactivate", "bfec3ec8406e1c82", _deactivate, rests_on),
        Shortcut(draw, "draw_text", "ebaf96239c6ca363", _draw_text, rests_on),
    )


class _Setting(NamedTuple):
    """What Pango wants to know before it sees a text. `metrics` are the names and values that a layout has for decorations."""

    context: Any
    language: Any
    description: Any
    metrics: dict[str, Any]


def _set_up(stock: Function) -> Function:
    from weasyprint.text.ffi import ffi, gobject, pango

    def setup(layout: Any, style: Any) -> None:
        kept = style.__dict__.get("csdocs_setting")
        if kept is None:
            kept = style.__dict__["csdocs_setting"] = _setting(style) or ()
        if not kept:
            stock(layout, style)
            return
        layout.style, layout.first_line_direction, layout.language = style, 0, kept.language
        layout.__dict__.update(kept.metrics)
        layout.layout = ffi.gc(pango.pango_layout_new(kept.context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout.layout, False)
        pango.pango_layout_set_font_description(layout.layout, kept.description)

    return setup


def _setting(style: Any) -> _Setting | None:
    """None for what is set up in more ways than these."""
    from weasyprint.text import fonts, line_break
    from weasyprint.text.constants import PANGO_DIRECTION
    from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p

    features = [style[f"font_{name}"] for name in _FEATURES]
    decorated = style["text_decoration_line"] != "none"
    if fonts.font_features(*features) or decorated or style["font_language_override"] != "normal" or not style["lang"]:
        return None
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    name, _bytes = unicode_to_char_p(style["lang"])
    language = pango.pango_language_from_string(name)
    pango.pango_context_set_language(context, language)
    metrics = dict.fromkeys(("ascent", "underline_position", "strikethrough_position"))
    return _Setting(context, language, line_break.get_font_description(style), metrics)


_FEATURES = (
    "kerning",
    "variant_ligatures",
    "variant_position",
    "variant_caps",
    "variant_numeric",
    "variant_alternates",
    "variant_east_asian",
    "feature_settings",
)


class _Lines:
    """Lines kept with their styles; when there are too many, all are forgotten."""

    generation, count = object(), 0

    def of(self, style: Any) -> dict[Any, Any]:
        lines: dict[Any, Any]
        generation, lines = style.__dict__.get("csdocs_lines", (None, {}))
        if generation is not self.generation:
            lines = {}
            style.__dict__["csdocs_lines"] = (self.generation, lines)
        return lines

    def note(self) -> None:
        self.count += 1
        if self.count > _MOST:
            self.generation, self.count = object(), 0


_lines = _Lines()


def _first_line(stock: Function) -> Function:
    def split_first_line(
        text: str,
        style: Any,
        context: Any,
        max_width: Any,
        justification_spacing: Any,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> Any:
        more = (style, context, max_width, justification_spacing, is_line_start, minimum)
        if justification_spacing or len(text) > _LONGEST:
            return stock(text, *more)
        lines = _lines.of(style)
        key = (text, max_width, is_line_start, minimum)
        line = lines.get(key)
        if line is None:
            line = lines[key] = stock(text, *more)
            _lines.note()
        return line

    return split_first_line


class _Face:
    """A font of Pango at a size; it lives as long as a layout that uses it."""

    def __init__(self, font: Any, layout: Any) -> None:
        from weasyprint.text.fonts import get_pango_font_key

        self.font, self.layout = font, layout
        self.key, _, self.size = get_pango_font_key(font)
        self.widths: dict[int, int] = {}
        self.pieces: dict[tuple[int, int, int], str] = {}

    def width(self, glyph: int, stream: Any) -> int:
        from weasyprint.text.ffi import FROM_UNITS, pango

        if glyph not in self.widths:
            pango.pango_font_get_glyph_extents(self.font, glyph, stream.ink_rect, stream.logical_rect)
            self.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / self.size)
        return self.widths[glyph]

    def piece(self, glyph: int, room: int, shift: int, stream: Any) -> str:
        """How a glyph is shown that has that room and is shifted in it, in units of Pango."""
        from weasyprint.text.ffi import FROM_UNITS

        found = self.pieces.get((glyph, room, shift))
        if found is None:
            offset, width = shift / self.size, self.width(glyph, stream)
            found = f">{-offset}<{glyph:04x}" if offset else f"{glyph:04x}"
            if kerning := width + offset - room * 1000 * FROM_UNITS / self.size:
                found += f">{int(kerning)}<"
            if len(self.pieces) >= _MOST_PIECES:
                self.pieces.clear()
            self.pieces[glyph, room, shift] = found
        return found


class _Item(NamedTuple):
    """Glyphs of one face as Pango placed them in its memory, each with the byte of `text` where its cluster begins."""

    face: _Face
    glyphs: bytes
    clusters: bytes
    text: bytes
    backwards: bool


class _Run(NamedTuple):
    """Glyphs of one face, as a PDF shows them, and the characters that each number stands for."""

    face: _Face
    shown: bytes
    glyphs: dict[int, str]


_faces: dict[int, _Face] = {}
_MOST_PIECES = 50_000  # of each face: a glyph in a room is shown alike everywhere
_GLYPH = Struct("=IiiiI")  # number, width, shift to the right, rise, whether it begins a cluster
_PLACE = Struct("=i")


def _deactivate(stock: Function) -> Function:
    """What Pango made of a line when it was measured is what is going to be drawn."""

    def deactivate(layout: Any) -> None:
        if not layout.justification_spacing and "\n" not in layout.text:
            layout.csdocs_items = (layout.style, _items(layout))
        stock(layout)

    return deactivate


def _items(layout: Any) -> tuple[_Item, ...]:
    """Nothing where there is more than one line."""
    from weasyprint.text.ffi import ffi

    line, more = layout.get_first_line()
    if more is not None or line.runs == ffi.NULL:
        return ()
    text = layout.text.encode()
    found, item = [], line.runs[0]
    while item != ffi.NULL:
        found.append(_item(item.data, text, layout.layout))
        item = item.next
    return tuple(found)


def _item(run: Any, text: bytes, layout: Any) -> _Item:
    from weasyprint.text.ffi import ffi

    item, glyphs = run.item, run.glyphs
    count, start, analysis = glyphs.num_glyphs, item.offset, item.analysis
    return _Item(
        _face(analysis.font, layout),
        ffi.buffer(glyphs.glyphs, count * _GLYPH.size)[:],
        ffi.buffer(glyphs.log_clusters, count * _PLACE.size)[:],
        text[start : start + item.length],
        bool(analysis.level % 2),
    )


def _face(font: Any, layout: Any) -> _Face:
    from weasyprint.text.ffi import ffi

    address = int(ffi.cast("uintptr_t", font))
    if address not in _faces:
        _faces[address] = _Face(font, layout)
    return _faces[address]


def _draw_text(stock: Function) -> Function:
    def draw_text(stream: Any, textbox: Any, offset_x: Any, text_overflow: Any, block_ellipsis: Any) -> None:
        style, layout = textbox.style, textbox.pango_layout
        if text_overflow == "ellipsis" or block_ellipsis != "none":
            textbox.pango_layout = copy(layout)  # the text is going to be cut, and others may share it
        elif style["text_decoration_line"] == "none" and style["visibility"] == "visible" and textbox.text.strip():
            runs = _runs(stream, layout, style)
            if runs and _show(stream, textbox, runs):
                return
        stock(stream, textbox, offset_x, text_overflow, block_ellipsis)

    return draw_text


def _show(stream: Any, textbox: Any, runs: tuple[_Run, ...]) -> bool:
    """False where a glyph is wider or narrower in this document than in the one it was kept from."""
    fonts = []
    for run in runs:
        font = stream._fonts.get(run.face.key) or stream.add_font(run.face.font)[0]
        if not _is_known(run, font):
            return False
        fonts.append(font)
    stream.set_color(textbox.style["color"])
    stream.begin_text()
    stream.set_text_matrix(1, 0, 0, -1, textbox.position_x, textbox.position_y + textbox.baseline)
    for run, font in zip(runs, fonts, strict=True):
        stream.set_font_size(font.hash, run.face.size)
        stream.show_text(run.shown)
    stream.end_text()
    return True


def _is_known(run: _Run, font: Any) -> bool:
    """Whether the font of this document has the glyphs of a run, or has them now."""
    known = font.__dict__.setdefault("csdocs_known", {})
    if id(run) in known:
        return True
    kept, widths, characters = run.face.widths, font.widths, font.to_unicode
    for glyph, character in run.glyphs.items():
        width = kept[glyph]
        if widths.setdefault(glyph, width) != width:
            return False
        characters.setdefault(glyph, character)
    known[id(run)] = run
    return True


def _runs(stream: Any, layout: Any, style: Any) -> tuple[_Run, ...]:
    """None where only the library knows how to draw."""
    kept = layout.__dict__.get("csdocs_runs")
    if kept is None or kept[0] is not style:
        runs: tuple[_Run, ...] = ()
        if not layout.justification_spacing and style["font_size"] >= 1:
            runs = _shown(stream, _shaped(layout, style))
        kept = layout.csdocs_runs = (style, runs)
        vars(layout).pop("csdocs_items", None)
    return kept[1]  # type: ignore[no-any-return]


def _shaped(layout: Any, style: Any) -> tuple[_Item, ...]:
    from weasyprint.text.ffi import pango

    measured, items = layout.__dict__.get("csdocs_items", (None, ()))
    if measured is not style or not items:
        layout.reactivate(style)
        pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
        items = _items(layout)
        layout.deactivate()
    return items  # type: ignore[no-any-return]


def _shown(stream: Any, items: tuple[_Item, ...]) -> tuple[_Run, ...]:
    runs: list[_Run] = []
    for item in items:
        run = _run(stream, item)
        if run is None or not run.shown:
            return ()
        if runs and runs[-1].face is run.face:
            last = runs.pop()
            run = run._replace(shown=last.shown + run.shown, glyphs=last.glyphs | run.glyphs | last.glyphs)
        runs.append(run)
    return tuple(runs)


def _run(stream: Any, item: _Item) -> _Run | None:
    """None for what is no plain outline, or is raised, or missing in the font."""
    from weasyprint.text.ffi import pango

    face = item.face
    font = stream._fonts.get(face.key) or stream.add_font(face.font)[0]
    if font.bitmap or font.svg or font.png or font.colr or pango.pango_version() < 14802:
        return None
    shown, glyphs = ["<"], dict[int, str]()
    places = _GLYPH.iter_unpack(item.glyphs)
    for (glyph, room, shift, rise, _), characters in zip(places, _characters(item), strict=True):
        if glyph >= pango.PANGO_GLYPH_EMPTY or rise:
            return None
        shown.append(face.piece(glyph, room, shift, stream))
        glyphs.setdefault(glyph, characters)
    text = "".join(shown)
    return _Run(face, (text[:-1] if text.endswith("<") else f"{text}>").encode(), glyphs)


def _characters(item: _Item) -> list[str]:
    """What each glyph stands for."""
    starts, whole = [place for (place,) in _PLACE.iter_unpack(item.clusters)], len(item.text)
    ends = (whole, *starts[:-1]) if item.backwards else (*starts[1:], whole)
    return [item.text[start:end].decode() for start, end in zip(starts, ends, strict=True)]
