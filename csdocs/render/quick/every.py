"""All the shorter ways through libraries, taken once in a process."""

from functools import cache
from itertools import chain

from csdocs.render.quick import block, box, build, draw, layout, line, margin, markup, page, style, symbol, text, write
from csdocs.render.quick.shortcut import take

_PARTS = (markup, style, build, layout, box, page, margin, line, block, text, draw, write, symbol)


@cache
def long_ways() -> tuple[str, ...]:
    """What a library does in its own time, since it is another than the shorter ways were proved on."""
    return tuple(take(chain.from_iterable(part.shortcuts() for part in _PARTS)))


def release() -> None:
    """Let go of a document that has been written."""
    page.release()
