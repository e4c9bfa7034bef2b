"""Shorter ways through a library's inside: taken only where the source they stand for is letter for letter the one they were proved on."""

import hashlib
import inspect
import linecache
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import CodeType
from typing import Any, NamedTuple

Function = Callable[..., Any]


class Source(NamedTuple):
    """What a library said, by digest, when a shorter way was proved: `owner` (module, class or table) has `name`."""

    owner: Any
    name: str
    sha256: str

    @property
    def is_known(self) -> bool:
        try:
            return source_digest(_stock(_names(self.owner)[self.name])) == self.sha256
        except (AttributeError, KeyError, OSError):
            return False


class Shortcut(NamedTuple):
    """`shorten` makes from the library's function one that does the same sooner."""

    owner: Any
    name: str
    sha256: str
    shorten: Callable[[Function], Function]
    rests_on: tuple[Source, ...] = ()
    """Other functions of the library whose ways it relies on."""

    @property
    def is_known(self) -> bool:
        """Whether the library still says what it said when the shorter way was proved to do the same."""
        own = Source(self.owner, self.name, self.sha256)
        return all(source.is_known for source in (own, *self.rests_on))


def instead(short: Function) -> Callable[[Function], Function]:
    """For one that never asks the library's own function."""
    return lambda stock: short


class _Taken(NamedTuple):
    place: Any
    name: str
    stock: Any
    short: Any


_taken: list[_Taken] = []


@cache
def source_digest(function: Any) -> str:
    """Of the source text of a function or a property. Many shortcuts rest on the same ones.

    From its first line to the last that it was compiled from: `inspect.getsource` would take every word apart to find where it ends.
    """
    code = inspect.unwrap(getattr(function, "fget", function)).__code__
    lines = linecache.getlines(code.co_filename)[code.co_firstlineno - 1 : _last_line(code)]
    if not lines:
        raise OSError(code.co_filename)
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:16]


def _last_line(code: CodeType) -> int:
    inner = (_last_line(each) for each in code.co_consts if isinstance(each, CodeType))
    own = (end for _, end, _, _ in code.co_positions() if end is not None)
    return max((code.co_firstlineno, *own, *inner))


def take(shortcuts: Iterable[Shortcut]) -> list[str]:
    """Use those whose library is known; the names of the others, which go the long way."""
    refused = []
    for shortcut in shortcuts:
        stock = _names(shortcut.owner).get(shortcut.name)
        if any(each.short is stock for each in _taken):
            continue
        if not shortcut.is_known:
            refused.append(shortcut.name)
            continue
        short = _shortened(stock, shortcut.shorten)
        for place in _places(shortcut, stock):
            _taken.append(_Taken(place, shortcut.name, stock, short))
            _set(place, shortcut.name, short)
    return refused


def _stock(function: Any) -> Any:
    """What the library had there, where a shorter way has been taken already."""
    return next((each.stock for each in _taken if each.short is function), function)


def _names(owner: Any) -> Mapping[str, Any]:
    return owner if isinstance(owner, dict) else vars(owner)


def _set(place: Any, name: str, value: Any) -> None:
    if isinstance(place, dict):
        place[name] = value
    else:
        setattr(place, name, value)


def _shortened(stock: Any, shorten: Callable[[Function], Function]) -> Any:
    if isinstance(stock, property):
        assert stock.fget is not None
        return property(shorten(stock.fget))
    return shorten(stock)


def _places(shortcut: Shortcut, stock: object) -> list[Any]:
    """The owner, and every module of its package that imported the function by name."""
    if isinstance(shortcut.owner, type | dict):
        return [shortcut.owner]
    package = shortcut.owner.__name__.partition(".")[0]
    inside = [module for name, module in [*sys.modules.items()] if name.partition(".")[0] == package]
    return [module for module in inside if vars(module).get(shortcut.name) is stock]


@contextmanager
def long_way() -> Iterator[None]:
    """Without any shortcut: what the shorter ways are measured against."""
    for place, name, stock, _ in _taken:
        _set(place, name, stock)
    try:
        yield
    finally:
        for place, name, _, short in _taken:
            _set(place, name, short)
