"""Columns on a terminal, where a Chinese character is two cells wide."""

import re
import shutil
import sys
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

from csdocs.model.text import printable


def width(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_cells, text))


@cache
def _cells(character: str) -> int:
    wide = unicodedata.east_asian_width(character) in "WF"
    return 2 if wide else 0 if unicodedata.combining(character) else 1


_SHOWN = 100  # cells of a long line


def excerpt(lines: Sequence[str], line: int, col: int) -> Iterator[str]:
    """A line of a file and a caret below the place (both 1-based); of a long line, what is around the place."""
    if not 0 < line <= len(lines) or not lines[line - 1].strip():
        return
    text, start = "".join(c if c.isprintable() else "�" for c in lines[line - 1]), col - 1
    first = max(0, start - 60)
    end = first
    while end < len(text) and width(text[first : end + 1]) <= _SHOWN:
        end += 1
    before = "…" if first else ""
    yield f"{line:>4} │ {before}{text[first:end]}{'…' if end < len(text) else ''}"
    yield f"     │ {' ' * width(before + text[first:start])}^"


_WIDE = r"\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
# a word or a Chinese character, with the punctuation that may not start or end a line
_UNITS = re.compile(rf"\s+|[（“《]*(?:[^\s{_WIDE}]+|[{_WIDE}])[，。；：、！？）”》]*")


def folded(
    text: str,
    width: int = 78,
    initial_indent: str = "",
    subsequent_indent: str = "",
    preserve_paragraphs: bool = False,
) -> str:
    """What `click.formatting.wrap_text` does, for Chinese too: two cells a character, and a line may end after any."""
    paragraphs = text.split("\n\n") if preserve_paragraphs else [text]
    return "\n\n".join(
        "\n".join(_folded(each.strip(), width, initial_indent, subsequent_indent)) for each in paragraphs
    )


def _folded(text: str, room: int, first: str, rest: str) -> Iterator[str]:
    line, indent = first, first
    for unit in _UNITS.findall(text):
        if line != indent and width(line + unit.rstrip()) > room:
            yield line.rstrip()
            line = indent = rest
        if line != indent or unit.strip():
            line += " " if "\n" in unit else unit
    yield line.rstrip()


def terminal_room(indent: int = 0) -> int | None:
    """Cells of a line on a terminal; a file or a pipe takes lines of any length."""
    return shutil.get_terminal_size().columns - indent if sys.stdout.isatty() else None


def in_a_row(items: Iterable[str], room: int) -> Iterator[str]:
    """Side by side, each of them whole, on as many lines as it takes."""
    line = ""
    for item in items:
        if line and width(line) + 2 + width(item) > room:
            yield line
            line = ""
        line = f"{line}  {item}" if line else item
    yield line


def table_lines(
    head: Sequence[str], body: Sequence[Sequence[str]], right: Collection[int] = (), room: int | None = None
) -> Iterator[str]:
    """Head, rule and rows, columns aligned; a cell of several lines shows its first.

    `right`: columns of numbers. `room`: cells of a line; where they do not suffice heads are broken first, then texts cut,
    but neither numbers nor codes, of which a part is nothing.
    """
    rows = [[printable(cell.split("\n")[0]) for cell in row] for row in body]
    bodies = [max((width(row[i]) for row in rows), default=0) for i in range(len(head))]
    widths = [max(each, width(head[i])) for i, each in enumerate(bodies)]
    if room is not None and _taken(widths) > room:
        kept = {*right, *(i for i in range(len(head)) if _is_code([row[i] for row in rows]))}
        widths = _narrowed(head, bodies, kept, room)
    heads = [_broken(text, widths[i]) for i, text in enumerate(head)]
    for line in range(max(map(len, heads))):
        yield _line([each[line] if line < len(each) else "" for each in heads], widths, right)
    yield "  ".join("─" * each for each in widths)
    yield from (_line([_cut(cell, widths[i]) for i, cell in enumerate(row)], widths, right) for row in rows)


_PATH = re.compile(r"[\x21-\x7e]+/[\x21-\x7e]+")  # what tells one from another stands at its end
_WORDS = re.compile(r"（[^）]*）|[\x21-\x7e]+|\S")
_CODE = re.compile(r"[\x21-\x7e]{0,24}")  # a number or a day, which somebody will type or compare
_LEAST_TEXT = 8  # cells left of a text that is cut
_LEAST_HEAD, _LONGEST_WORD = 6, 12  # cells of a head that is broken; up to the second no word of it is


def _taken(widths: Sequence[int]) -> int:
    return sum(widths) + 2 * (len(widths) - 1)


def _is_code(cells: Sequence[str]) -> bool:
    return all(_CODE.fullmatch(cell) and not _PATH.fullmatch(cell) for cell in cells)


def _narrowed(head: Sequence[str], bodies: Sequence[int], kept: Collection[int], room: int) -> list[int]:
    widths = [max(each, _least(head[i])) for i, each in enumerate(bodies)]
    while _taken(widths) > room:
        texts = [i for i in range(len(widths)) if i not in kept and widths[i] > _LEAST_TEXT]
        if not texts:
            break
        widths[max(texts, key=widths.__getitem__)] -= 1
    return widths


def _least(head: str) -> int:
    words = (min(width(word), _LONGEST_WORD) for word in _WORDS.findall(head) if len(word) > 1)
    return max(min(_LEAST_HEAD, width(head)), *words, 0)


def _broken(text: str, cells: int) -> list[str]:
    """A head over several lines: between words, or anywhere where they are longer than a line."""
    lines = [""]
    for piece in _WORDS.findall(text):
        for part in _parts(piece, cells):
            joined = f"{lines[-1]} {part}" if lines[-1] and f"{lines[-1]} {part}" in text else lines[-1] + part
            if width(joined) <= cells:
                lines[-1] = joined
            else:
                lines.append(part)
    return lines[1:] if not lines[0] else lines


def _parts(piece: str, cells: int) -> list[str]:
    return [piece[i : i + cells] for i in range(0, len(piece), cells)] if len(piece) > cells else [piece]


def _cut(text: str, cells: int) -> str:
    if width(text) <= cells:
        return text
    if _PATH.fullmatch(text):
        return f"…{text[1 - cells :]}"
    while text and width(text) >= cells:
        text = text[:-1]
    return f"{text}…"


def _line(cells: Sequence[str], widths: Sequence[int], right: Collection[int]) -> str:
    blanks = [" " * (widths[i] - width(cell)) for i, cell in enumerate(cells)]
    return "  ".join(blanks[i] + cell if i in right else cell + blanks[i] for i, cell in enumerate(cells)).rstrip()
