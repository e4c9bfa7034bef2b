"""A small font of the tick boxes that paper forms use and text fonts leave out."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import pairwise
from math import hypot

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph

Point = tuple[float, float]
Polygon = Sequence[Point]

_EM = 1000
_SPACE = 224
_MADE = 3029529600  # 2000-01-01 in seconds since 1904: a fixed date, for fixed bytes
_ASCENT, _DESCENT = 880, -120
_LEFT, _BOTTOM, _RIGHT, _TOP = 120, 0, 880, 760
_LINE = 64

_CROSS = ([(290, 170), (710, 590)], [(290, 590), (710, 170)])
_TICK = ([(260, 390), (440, 200), (740, 600)],)
_FREE_CROSS = ([(190, 70), (810, 690)], [(190, 690), (810, 70)])
_FREE_TICK = ([(150, 370), (400, 90), (850, 690)],)


def build_symbol_font(family: str) -> bytes:
    """TrueType bytes; the same on every call."""
    glyphs = _glyphs()
    characters = {ord(name): f"u{ord(name):04X}" for name in glyphs}
    order = [".notdef", "space", "wide", *characters.values()]
    builder = FontBuilder(_EM, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({0x20: "space", 0xA0: "space", 0x3000: "wide", **characters})
    outlines = {name: _draw([]) for name in order[:3]}
    outlines |= {characters[ord(name)]: _draw(polygons) for name, polygons in glyphs.items()}
    builder.setupGlyf(outlines)
    widths = {"space": _SPACE}
    builder.setupHorizontalMetrics({name: (widths.get(name, _EM), _left_bearing(outlines[name])) for name in order})
    builder.setupHorizontalHeader(ascent=_ASCENT, descent=_DESCENT)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family.replace(" ", "")})
    builder.setupOS2(sTypoAscender=_ASCENT, sTypoDescender=_DESCENT, usWinAscent=_ASCENT, usWinDescent=-_DESCENT)
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = _MADE
    builder.font.recalcTimestamp = False
    stream = BytesIO()
    builder.save(stream)
    return stream.getvalue()


def _glyphs() -> dict[str, list[Polygon]]:
    frame = _frame()
    return {
        "☐": frame,
        "☑": frame + _stroked(_TICK, 76),
        "☒": frame + _stroked(_CROSS, 76),
        "✔": _stroked(_FREE_TICK, 120),
        "✗": _stroked(_FREE_CROSS, 80),
        "✘": _stroked(_FREE_CROSS, 124),
        "✅": frame + _stroked(_TICK, 100),
        "❌": _stroked(_FREE_CROSS, 124),
        "⬜": frame,
    }


def _frame() -> list[Polygon]:
    outer = [(_LEFT, _BOTTOM), (_LEFT, _TOP), (_RIGHT, _TOP), (_RIGHT, _BOTTOM)]
    near, far = _LEFT + _LINE, _RIGHT - _LINE
    low, high = _BOTTOM + _LINE, _TOP - _LINE
    # The hole runs the other way round, so that the non-zero winding rule leaves it empty.
    inner = [(near, low), (far, low), (far, high), (near, high)]
    return [outer, inner]


def _stroked(lines: Iterable[Sequence[Point]], width: float) -> list[Polygon]:
    return [_bar(start, end, width) for line in lines for start, end in pairwise(line)]


def _bar(start: Point, end: Point, width: float) -> Polygon:
    """A clockwise rectangle around a line, longer by half its width at both ends so that joints close."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    half = width / 2
    along = ((end[0] - start[0]) / length * half, (end[1] - start[1]) / length * half)
    across = (-along[1], along[0])
    tail = (start[0] - along[0], start[1] - along[1])
    head = (end[0] + along[0], end[1] + along[1])
    return [
        (tail[0] + across[0], tail[1] + across[1]),
        (head[0] + across[0], head[1] + across[1]),
        (head[0] - across[0], head[1] - across[1]),
        (tail[0] - across[0], tail[1] - across[1]),
    ]


def _draw(polygons: Iterable[Polygon]) -> Glyph:
    pen = TTGlyphPen(None)
    for polygon in polygons:
        first, *others = [(round(x), round(y)) for x, y in polygon]
        pen.moveTo(first)
        for point in others:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def _left_bearing(glyph: Glyph) -> int:
    return min((x for x, _ in glyph.coordinates), default=0) if glyph.numberOfContours else 0
