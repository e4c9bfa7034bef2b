"""A shorter way from words to glyphs: what a page says in a style it mostly says again on the next.

WeasyPrint lays each line of text out with Pango when it breaks lines and once more when it draws, and sets Pango up anew
each time. Here Pango is set up once for a style; the first line of a short text, and the glyphs that show it, are kept.
"""

from collections.abc import Iterator
from copy import copy
from functools import partial
from typing import Any, NamedTuple

from csdocs.render.shortcut import Function, Shortcut, Source, take

_LONGEST = 120  # characters; what is longer is hardly said twice
_MOST = 8_000  # lines kept in a process, of some kilobytes each


def quicken_text() -> list[str]:
    """The names of what could not be shortened."""
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
    return take(
        (
            Shortcut(layout, "setup", "fb227a55094f41d4", _set_up, rests_on),
            Shortcut(line_break, "split_first_line", "39ad1016863ca34d", _first_line, rests_on),
            Shortcut(draw, "draw_text", "ebaf96239c6ca363", _draw_text, rests_on),
        )
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
        split = partial(stock, text, style, context, max_width, justification_spacing, is_line_start, minimum)
        if justification_spacing or len(text) > _LONGEST:
            return split()
        lines = _lines.of(style)
        key = (text, max_width, is_line_start, minimum)
        line = lines.get(key)
        if line is None:
            line = lines[key] = split()
            _lines.note()
        return line

    return split_first_line


class _Face(NamedTuple):
    """A font of Pango at a size; it lives as long as a layout that uses it."""

    font: Any
    key: int
    size: float
    layout: Any


class _Run(NamedTuple):
    """Glyphs of one face, as a PDF shows them; of each its number, width, and the characters it stands for."""

    face: _Face
    size: float
    shown: bytes
    glyphs: tuple[tuple[int, int, str], ...]


_faces: dict[int, _Face] = {}


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
        widths, characters = font.widths, font.to_unicode
        for glyph, width, character in run.glyphs:
            if widths.setdefault(glyph, width) != width:
                return False
            characters.setdefault(glyph, character)
        fonts.append(font)
    stream.set_color(textbox.style["color"])
    stream.begin_text()
    stream.set_text_matrix(1, 0, 0, -1, textbox.position_x, textbox.position_y + textbox.baseline)
    for run, font in zip(runs, fonts, strict=True):
        stream.set_font_size(font.hash, run.size)
        stream.show_text(run.shown)
    stream.end_text()
    return True


def _runs(stream: Any, layout: Any, style: Any) -> tuple[_Run, ...]:
    """None where only the library knows how to draw."""
    kept = layout.__dict__.get("csdocs_runs")
    if kept is None or kept[0] is not style:
        runs: tuple[_Run, ...] = ()
        if not layout.justification_spacing and style["font_size"] >= 1:
            layout.reactivate(style)
            runs = _shaped(stream, layout)
            layout.deactivate()
        kept = layout.csdocs_runs = (style, runs)
    return kept[1]  # type: ignore[no-any-return]


def _shaped(stream: Any, layout: Any) -> tuple[_Run, ...]:
    from weasyprint.text.ffi import ffi, pango

    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    item = layout.get_first_line()[0].runs[0]
    runs: list[_Run] = []
    text = layout.text.encode()
    while item != ffi.NULL:
        run = _run(stream, layout.layout, item.data, text)
        if run is None:
            return ()
        if runs and runs[-1].face is run.face:
            last = runs.pop()
            run = run._replace(shown=last.shown + run.shown, glyphs=last.glyphs + run.glyphs)
        runs.append(run)
        item = item.next
    return tuple(runs) if all(run.shown for run in runs) else ()


def _run(stream: Any, layout: Any, item: Any, text: bytes) -> _Run | None:
    """None for what is no plain outline, or is raised, or missing in the font."""
    from weasyprint.text.ffi import FROM_UNITS, pango

    face = _face(item.item.analysis.font, layout)
    font, size = stream.add_font(face.font)
    if font.bitmap or font.svg or font.png or font.colr or pango.pango_version() < 14802:
        return None
    shown, glyphs = ["<"], []
    for glyph, place, characters in _glyphs(item, text):
        width, rise = place.width, place.y_offset
        if glyph >= pango.PANGO_GLYPH_EMPTY or rise:
            return None
        if offset := place.x_offset / size:
            shown.append(f">{-offset}<")
        shown.append(f"{glyph:04x}")
        pango.pango_font_get_glyph_extents(face.font, glyph, stream.ink_rect, stream.logical_rect)
        logical = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
        if kerning := logical + offset - width * 1000 * FROM_UNITS / size:
            shown.append(f">{int(kerning)}<")
        glyphs.append((glyph, logical, characters))
    if shown[-1].endswith("<"):
        shown[-1] = shown[-1][:-1]
    else:
        shown.append(">")
    return _Run(face, size, "".join(shown).encode(), tuple(glyphs))


def _face(font: Any, layout: Any) -> _Face:
    from weasyprint.text.ffi import ffi
    from weasyprint.text.fonts import get_pango_font_key

    address = int(ffi.cast("uintptr_t", font))
    if address not in _faces:
        key, _, size = get_pango_font_key(font)
        _faces[address] = _Face(font, key, size, layout)
    return _faces[address]


def _glyphs(item: Any, text: bytes) -> Iterator[tuple[int, Any, str]]:
    """Number, geometry and characters of each glyph."""
    count, clusters = item.glyphs.num_glyphs, item.glyphs.log_clusters
    start, length = item.item.offset, item.item.length
    backwards = item.item.analysis.level % 2
    for i, glyph in enumerate(item.glyphs.glyphs[0:count]):
        after = i - 1 if backwards else i + 1
        end = clusters[after] if 0 <= after < count else length
        yield glyph.glyph, glyph.geometry, text[start + clusters[i] : start + end].decode()
