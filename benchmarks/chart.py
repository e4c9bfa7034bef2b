"""Two small charts as SVG: bars against their targets, and lines of growth."""

import math
from collections.abc import Sequence
from html import escape

from benchmarks.growth import Growth
from benchmarks.target import Reached

_GOOD, _SHORT, _INK, _GREY, _RULE = "#2f7d5b", "#c2762b", "#22262b", "#6b7178", "#d5d9dd"
_LINES = ("#2f7d5b", "#c2762b", "#3b6ea5", "#8a4f9e", "#a33b3b", "#7a7a2a", "#4f8a8b")
_DASHES = ("", "6 3", "2 3", "9 3 2 3", "", "6 3", "2 3")
_FONT = "font-family='Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif'"
_WIDTH, _LEFT, _RIGHT, _ROW = 980, 400, 190, 30
_DECADE = 10.0  # the axis runs from a tenth of the target to ten times


def bars(rows: Sequence[Reached]) -> str:
    """One line a row; the axis is logarithmic, the target in the middle, right of it is better."""
    height = 58 + _ROW * len(rows)
    span = _WIDTH - _LEFT - _RIGHT
    parts = [_begin(_WIDTH, height)]
    for share, label in ((0.1, "1/10"), (0.3, "0.3"), (1, "目标 target"), (3, "3"), (10, "10×")):
        x = _LEFT + span * _place(share)
        parts.append(_line(x, 34, x, height - 10, _INK if share == 1 else _RULE))
        parts.append(_text(x, 24, label, anchor="middle", fill=_INK if share == 1 else _GREY))
    middle = _LEFT + span / 2
    for number, row in enumerate(rows):
        y = 44 + _ROW * number
        end = _LEFT + span * _place(row.share)
        fill = _GOOD if row.share >= 1 else _SHORT
        parts.append(
            f"<rect x='{min(middle, end):.1f}' y='{y}' width='{max(abs(end - middle), 1.5):.1f}' height='14' fill='{fill}'/>"
        )
        parts.append(_text(_LEFT - 12, y + 6, f"{row.what.zh} {row.what.en}", anchor="end"))
        parts.append(_text(_LEFT - 12, y + 18, _beside(row), anchor="end", fill=_GREY, size=10))
        parts.append(_text(_WIDTH - _RIGHT + 12, y + 6, statement(row), fill=fill))
        parts.append(_text(_WIDTH - _RIGHT + 12, y + 18, row.unit.en, fill=_GREY, size=10))
    return "\n".join([*parts, "</svg>"])


def statement(row: Reached) -> str:
    """What was found and what was wanted."""
    sign = "≥" if row.more_is_better else "≤"
    return f"{number(row.found)} ({sign} {number(row.bound)}) {row.unit.zh}"


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1_000 else f"{value:.3g}" if value >= 1 else f"{value:.2g}"


def _beside(row: Reached) -> str:
    size = f"  @ {row.size:,}" if row.size else ""
    return f"{row.own} : {row.peer}{size}" if row.peer else f"{row.own}{size}"


def lines(growth: Sequence[Growth]) -> str:
    """CPU seconds over records, both logarithmic; the exponent stands at the end of each line."""
    shown = [each for each in growth if len(each.points) > 1]
    points = [point for each in shown for point in each.points]
    if not points:
        return ""
    width, height, left, right, top, bottom = _WIDTH, 460, 70, 250, 30, 50
    x = _scale([point.records for point in points], left, width - right)
    y = _scale([point.cpu for point in points], height - bottom, top)
    parts = [_begin(width, height)]
    for value in _decades([point.cpu for point in points]):
        parts.append(_line(left, y(value), width - right, y(value), _RULE))
        parts.append(_text(left - 8, y(value) + 4, f"{value:g} s", anchor="end", fill=_GREY))
    for value in sorted({point.records for point in points}):
        parts.append(_line(x(value), top, x(value), height - bottom, _RULE))
        parts.append(_text(x(value), height - bottom + 18, f"{value:,}", anchor="middle", fill=_GREY))
    parts.append(_text((left + width - right) / 2, height - 8, "记录数 records", anchor="middle"))
    ends = _apart([(y(each.points[-1].cpu), index) for index, each in enumerate(shown)])
    for index, each in enumerate(shown):
        colour = _LINES[index % len(_LINES)]
        path = " ".join(f"{x(point.records):.1f},{y(point.cpu):.1f}" for point in each.points)
        dash = f" stroke-dasharray='{_DASHES[index % len(_DASHES)]}'" if _DASHES[index % len(_DASHES)] else ""
        parts.append(f"<polyline points='{path}' fill='none' stroke='{colour}' stroke-width='2'{dash}/>")
        label = f"{each.command}  n^{each.time:.2f}" if each.time is not None else each.command
        parts.append(_text(width - right + 10, ends[index] + 4, label, fill=colour))
    return "\n".join([*parts, "</svg>"])


def _place(share: float) -> float:
    return (math.log(min(max(share, 1 / _DECADE), _DECADE), _DECADE) + 1) / 2


class _Scale:
    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self._low, self._span = math.log(low), math.log(high) - math.log(low)
        self._start, self._end = start, end

    def __call__(self, value: float) -> float:
        return self._start + (self._end - self._start) * (math.log(value) - self._low) / self._span


def _scale(values: Sequence[float], start: float, end: float) -> _Scale:
    low, high = max(min(values), 1e-3), max(values)
    return _Scale(low * 0.8, high * 1.25, start, end)


def _decades(values: Sequence[float]) -> list[float]:
    first, last = math.ceil(math.log10(min(values) * 0.8)), math.floor(math.log10(max(values) * 1.25))
    return [10.0**power for power in range(first, last + 1)]


def _apart(ends: list[tuple[float, int]]) -> dict[int, float]:
    """Places of labels, moved down until none covers another."""
    placed: dict[int, float] = {}
    last = -math.inf
    for y, index in sorted(ends):
        last = max(y, last + 16)
        placed[index] = last
    return placed


def _begin(width: int, height: int) -> str:
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' height='{height}' "
        f"{_FONT} font-size='12'><rect width='100%' height='100%' fill='#fff'/>"
    )


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str) -> str:
    return f"<line x1='{x1:.1f}' y1='{y1:.1f}' x2='{x2:.1f}' y2='{y2:.1f}' stroke='{stroke}'/>"


def _text(x: float, y: float, words: str, *, anchor: str = "start", fill: str = _INK, size: int = 12) -> str:
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}' fill='{fill}' font-size='{size}'>{escape(words)}</text>"
    )
