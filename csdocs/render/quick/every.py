"""All the shorter ways through libraries, taken once in a process."""

from collections.abc import Iterator
from functools import cache
from itertools import chain

from csdocs.render.quick import block, box, build, draw, layout, line, margin, markup, page, style, symbol, text, write
from csdocs.render.quick.shortcut import Shortcut, take

TRIED = (
    "weasyprint==70.0",
    "cssselect2==0.10.1",
    "pydyf==0.13.0",
    "segno==1.6.6",
    "tinycss2==1.5.1",
    "tinyhtml5==2.1.0",
)
"""What the shorter ways were proved on, as pip takes it."""

_PARTS = (markup, style, build, layout, box, page, margin, line, block, text, draw, write, symbol)


def shortcuts() -> Iterator[Shortcut]:
    return chain.from_iterable(part.shortcuts() for part in _PARTS)


@cache
def long_ways() -> tuple[str, ...]:
    """What a library does in its own time, since it is another than the shorter ways were proved on."""
    return tuple(take(shortcuts()))


def release() -> None:
    """Let go of a document that has been written."""
    page.release()
