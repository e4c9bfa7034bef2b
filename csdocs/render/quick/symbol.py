"""A shorter way to the mask of a QR code: the same masks and penalties (ISO/IEC 18004, 7.8), a row and not a module at a time."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from csdocs.render.quick.shortcut import Function, Shortcut, Source, take

_RUN = re.compile(rb"\0{5,}|\x01{5,}")
_FINDER = bytes((1, 0, 1, 1, 1, 0, 1))
_CLEAR = 4


@cache
def quicken_symbols() -> None:
    """For whoever draws a code beside any page."""
    take(shortcuts())


def shortcuts() -> tuple[Shortcut, ...]:
    from segno import encoder

    rests_on = (
        Source(encoder, "evaluate_mask", "aaefa0025d473f37"),
        Source(encoder, "apply_mask", "e074b229016fc6fb"),
        Source(encoder, "get_data_mask_functions", "c598572c15f85e8e"),
    )
    return (
        Shortcut(encoder, "mask_scores", "5b5600b2dbd95280", _mask_scores),
        Shortcut(encoder, "find_and_apply_best_mask", "8a756d73a8f59a0f", _best_mask, rests_on),
    )


def _best_mask(stock: Function) -> Function:
    """Each mask is laid over the whole square at once."""
    from segno import encoder

    def find_and_apply_best_mask(matrix: Any, width: int, height: int, proposed_mask: int | None = None) -> Any:
        square = b"".join(matrix)
        if proposed_mask is not None or width != height or width < _LEAST_WIDTH or square.translate(None, b"\0\1"):
            return stock(matrix, width, height, proposed_mask)
        bits = int.from_bytes(square)
        found: list[tuple[int, int, list[bytes]]] = []
        for number, mask in enumerate(_masks(width)):
            masked = (bits ^ mask).to_bytes(len(square))
            rows = [masked[start : start + width] for start in range(0, len(square), width)]
            found.append((encoder.evaluate_mask(rows, width, height), number, rows))
        _, number, rows = min(found)
        return number, tuple(bytearray(row) for row in rows)

    return find_and_apply_best_mask


_LEAST_WIDTH = 21  # a micro code is smaller, and scored in another way


@cache
def _masks(width: int) -> tuple[int, ...]:
    """The library's masks where data lie, as one number each: a byte for a module, row after row."""
    from segno import encoder

    functions = encoder.make_matrix(width, width)
    encoder.add_finder_patterns(functions, width, width)
    encoder.add_alignment_patterns(functions, width, width)
    functions[-8][8] = 1
    masks = []
    for pattern in encoder.get_data_mask_functions(False):
        empty = [bytearray(width) for _ in range(width)]
        encoder.apply_mask(empty, pattern, width, width, lambda i, j: functions[i][j] > 1)
        masks.append(int.from_bytes(b"".join(empty)))
    return tuple(masks)


def _mask_scores(stock: Function) -> Function:
    def mask_scores(matrix: Sequence[bytearray], width: int, height: int) -> Any:
        rows = [bytes(row) for row in matrix]
        square = b"".join(rows)
        if square.translate(None, b"\0\1"):
            return stock(matrix, width, height)
        lines = [*rows, *(square[column::width] for column in range(width))]
        found = _RUN.findall(b"\2".join(lines))
        runs = sum(map(len, found)) - 2 * len(found)
        finders = sum(_finders(line) for line in lines if _FINDER in line)
        dark = square.count(1) / width**2
        return runs, 3 * _blocks(rows, width), 40 * finders, 10 * int(abs(dark * 100 - 50) / 5)

    return mask_scores


def _blocks(rows: Sequence[bytes], width: int) -> int:
    """Squares of four equal modules: neighbours in a row that are equal, above neighbours that are equal to them."""
    inner = (1 << width - 1) - 1
    bits = [int(row.translate(_DIGITS), 2) for row in rows]
    count = 0
    for above, below in pairwise(bits):
        unequal = (above ^ above >> 1) | (below ^ below >> 1) | (above ^ below)
        count += (~unequal & inner).bit_count()
    return count


_DIGITS = bytes.maketrans(b"\x00\x01", b"01")


def _finders(line: bytes) -> int:
    """What looks like the corner of a code: with a clear space before or after it, or at an edge."""
    size, count, found = len(line), 0, line.find(_FINDER)
    while found != -1:
        end = found + len(_FINDER)
        at_edge = found in (0, size - len(_FINDER))
        clear = at_edge or not any(line[max(found - _CLEAR, 0) : found]) or not any(line[end : end + _CLEAR])
        count += clear
        found = line.find(_FINDER, end if clear else found + _CLEAR)
    return count
