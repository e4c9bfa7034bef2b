"""Columns on a terminal, where a Chinese character is two cells wide."""

import unicodedata
from collections.abc import Iterator, Sequence


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def table_lines(head: Sequence[str], body: Sequence[Sequence[str]]) -> Iterator[str]:
    """Head, rule and rows, columns aligned; a cell of several lines shows its first."""
    rows = [[cell.split("\n")[0] for cell in row] for row in body]
    widths = [max(width(row[i]) for row in [head, *rows]) for i in range(len(head))]
    yield _line(head, widths)
    yield "  ".join("─" * each for each in widths)
    yield from (_line(row, widths) for row in rows)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell + " " * (widths[i] - width(cell)) for i, cell in enumerate(cells)).rstrip()
