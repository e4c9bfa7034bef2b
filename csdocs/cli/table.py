"""Columns on a terminal, where a Chinese character is two cells wide."""

import unicodedata
from collections.abc import Iterator, Sequence


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


_SHOWN = 100  # cells of a long line


def excerpt(lines: Sequence[str], line: int, col: int) -> Iterator[str]:
    """A line of a file and a caret below the place (both 1-based); of a long line, what is around the place."""
    if not 0 < line <= len(lines) or not lines[line - 1].strip():
        return
    text, start = lines[line - 1], col - 1
    first = max(0, start - 60)
    end = first
    while end < len(text) and width(text[first : end + 1]) <= _SHOWN:
        end += 1
    before = "…" if first else ""
    yield f"{line:>4} │ {before}{text[first:end]}{'…' if end < len(text) else ''}"
    yield f"     │ {' ' * width(before + text[first:start])}^"


def table_lines(head: Sequence[str], body: Sequence[Sequence[str]]) -> Iterator[str]:
    """Head, rule and rows, columns aligned; a cell of several lines shows its first."""
    rows = [[cell.split("\n")[0] for cell in row] for row in body]
    widths = [max(width(row[i]) for row in [head, *rows]) for i in range(len(head))]
    yield _line(head, widths)
    yield "  ".join("─" * each for each in widths)
    yield from (_line(row, widths) for row in rows)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell + " " * (widths[i] - width(cell)) for i, cell in enumerate(cells)).rstrip()
