"""The visible seal block, drawn as outlines: no font travels with it, so the file stays within PDF/A."""

from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from csdocs.render.finish import MissingGlyph
from csdocs.render.font import FontSet

_INK = "0.639 0.153 0.122"  # the cinnabar of templates/print
_UNITS = 1000
_LEADING = 1.3
_RISE = 0.3
_LARGEST = 1.25
_INSET = 1.2
_PADDING = 4.6


class Line(NamedTuple):
    text: str
    size: float
    bold: bool = False


def draw_stamp(lines: Iterable[Line], width: float, height: float, fonts: FontSet) -> bytes:
    """PDF content for a box of this size in points: a double frame, the lines as large as they fit in it."""
    drawn = [(line, _outlines(line.text, 700 if line.bold else 400, fonts)) for line in lines]
    tall = sum(line.size * _LEADING for line, _ in drawn)
    widest = max(outline.width * line.size for line, outline in drawn)
    scale = min((height - 2 * _PADDING) / tall, (width - 2 * _PADDING) / widest, _LARGEST)
    parts = ["q", f"{_INK} RG", f"{_INK} rg", *_frame(width, height)]
    baseline = (height + tall * scale) / 2
    for line, outline in drawn:
        size = line.size * scale
        baseline -= size * _LEADING
        left = (width - outline.width * size) / 2
        zoom = f"{size / _UNITS:.6f}"
        parts += [
            "q",
            f"{zoom} 0 0 {zoom} {left:.2f} {baseline + size * _RISE:.2f} cm",
            outline.path,
            "f",
            "Q",
        ]
    return "\n".join([*parts, "Q"]).encode("ascii")


def _frame(width: float, height: float) -> list[str]:
    inner = _INSET + 1.6
    return [
        f"1 w {_INSET / 2:.2f} {_INSET / 2:.2f} {width - _INSET:.2f} {height - _INSET:.2f} re S",
        f"0.35 w {inner:.2f} {inner:.2f} {width - 2 * inner:.2f} {height - 2 * inner:.2f} re S",
    ]


class _Outline(NamedTuple):
    path: str
    width: float
    """In ems."""


@lru_cache(maxsize=256)
def _outlines(text: str, weight: int, fonts: FontSet) -> _Outline:
    pen = _PathPen(None)
    for character in text:
        font, glyphs, characters = _face_for(ord(character), weight, fonts)
        name = characters[ord(character)]
        pen.em, pen.glyphSet = font["head"].unitsPerEm, glyphs
        glyphs[name].draw(pen)
        pen.start += glyphs[name].width * _UNITS / pen.em
    return _Outline("\n".join(pen.parts), pen.start / _UNITS)


def _face_for(code: int, weight: int, fonts: FontSet) -> tuple[Any, Any, dict[int, str]]:
    faces = [_face(str(fonts.face(family, weight).path)) for family in fonts.families]
    found = next((face for face in faces if code in face[2]), None)
    if found is None:
        raise MissingGlyph([chr(code)])
    return found


@lru_cache(maxsize=16)
def _face(path: str) -> tuple[Any, Any, dict[int, str]]:
    font = TTFont(BytesIO(Path(path).read_bytes()), lazy=True)
    return font, font.getGlyphSet(), font.getBestCmap()


class _PathPen(BasePen):  # type: ignore[misc]
    """Writes path operators in thousandths of an em, each glyph right of the one before."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.parts: list[str] = []
        self.start = 0.0
        self.em = _UNITS

    def _point(self, point: tuple[float, float]) -> str:
        return f"{round(point[0] * _UNITS / self.em + self.start)} {round(point[1] * _UNITS / self.em)}"

    def _moveTo(self, point: tuple[float, float]) -> None:
        self.parts.append(f"{self._point(point)} m")

    def _lineTo(self, point: tuple[float, float]) -> None:
        self.parts.append(f"{self._point(point)} l")

    def _curveToOne(self, *points: tuple[float, float]) -> None:
        self.parts.append(" ".join(map(self._point, points)) + " c")

    def _closePath(self) -> None:
        self.parts.append("h")
