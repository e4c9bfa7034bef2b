"""Which rules of a sheet hold for an element: asked once for all elements that look alike and stand in alike ones.

A compiled selector is a small function, so what it reads can be seen: tags and attributes of the element and of those
around it, or places among others. The answers of the first kind are kept; the second are asked each time.
"""

from collections.abc import Iterator, Mapping
from types import CodeType
from typing import Any, NamedTuple

# What a selector reads of an element that says where it stands, or what stands in it.
_PLACES = frozenset(
    (
        *("index", "previous", "previous_siblings", "etree_siblings", "iter_siblings", "iter_next_siblings"),
        *("etree_children", "iter_children", "iter_subtree", "text", "in_disabled_fieldset"),
    )
)
_ALWAYS = frozenset({"class", "lang"})


class Selector(NamedTuple):
    """A rule that holds: the number of its sheet, its weight and order there, and what it declares."""

    sheet: int
    specificity: Any
    order: int
    pseudo: str | None
    declarations: Any
    layer: str | None


class _Test(NamedTuple):
    holds: Any
    selector: Selector


class Look:
    """What selectors can know of an element but for its place. `found` holds wherever it stands."""

    __slots__ = ("children", "found", "key", "placed")

    def __init__(self, found: tuple[Selector, ...], placed: tuple[_Test, ...]) -> None:
        self.found, self.placed = found, placed
        self.key = _key(found)
        self.children: dict[Any, Look] = {}

    def matching(self, element: Any) -> tuple[tuple[Selector, ...], tuple[Any, ...]]:
        """The rules that hold for an element that looks so, the weakest of each sheet first, and what they are known by."""
        more = [test.selector for test in self.placed if test.holds(element)]
        if not more:
            return self.found, self.key
        found = tuple(sorted((*self.found, *more), key=_strength))
        return found, _key(found)


class Looks:
    """The looks of elements under a set of sheets."""

    def __init__(self, matchers: list[Any]) -> None:
        self._matchers = matchers
        tests = [test for matcher in matchers for test, *_ in _entries(matcher)]
        self._words = frozenset(word for test in tests for word in _strings(test.__code__))
        self._placed = frozenset(test for test in tests if not _PLACES.isdisjoint(_names(test.__code__)))
        self.count = 0
        self.top = Look((), ())

    def of(self, element: Any, around: Look) -> Look:
        tag, attributes = element.etree_element.tag, element.etree_element.attrib
        told = [
            (name, value)
            for name, value in attributes.items()
            if name in _ALWAYS or (value if name == "id" else name) in self._words
        ]
        key = (tag, *told)
        look = around.children.get(key)
        if look is None:
            look = around.children[key] = self._new(element)
            self.count += 1
        return look

    def _new(self, element: Any) -> Look:
        tests = [test for number, matcher in enumerate(self._matchers) for test in _relevant(matcher, number, element)]
        placed = tuple(test for test in tests if test.holds in self._placed)
        found = [test.selector for test in tests if test.holds not in self._placed and test.holds(element)]
        return Look(tuple(sorted(found, key=_strength)), placed)


def _relevant(matcher: Any, number: int, element: Any) -> Iterator[_Test]:
    """Those that could hold, as the matcher finds them by id, class, name and namespace."""
    from cssselect2 import ascii_lower

    lists = [matcher.id_selectors.get(element.id)] if element.id is not None else []
    lists += [matcher.class_selectors.get(name) for name in element.classes]
    lists.append(matcher.lower_local_name_selectors.get(ascii_lower(element.local_name)))
    lists.append(matcher.namespace_selectors.get(element.namespace_url))
    if "lang" in element.etree_element.attrib:
        lists.append(matcher.lang_attr_selectors)
    lists.append(matcher.other_selectors)
    for entries in lists:
        for test, specificity, order, pseudo, (declarations, layer) in entries or ():
            yield _Test(test, Selector(number, specificity, order, pseudo, declarations, layer))


def _entries(matcher: Any) -> Iterator[Any]:
    tables: tuple[Mapping[Any, Any], ...] = (
        matcher.id_selectors,
        matcher.class_selectors,
        matcher.lower_local_name_selectors,
        matcher.namespace_selectors,
    )
    for table in tables:
        for entries in table.values():
            yield from entries
    yield from matcher.lang_attr_selectors
    yield from matcher.other_selectors


def _strength(selector: Selector) -> Any:
    return selector.sheet, selector.specificity, selector.order


def _key(found: tuple[Selector, ...]) -> tuple[Any, ...]:
    return tuple([(selector.sheet, selector.order) for selector in found])


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


def _strings(code: CodeType) -> Iterator[str]:
    for constant in code.co_consts:
        if isinstance(constant, str):
            yield constant
        elif isinstance(constant, tuple):
            yield from (part for part in constant if isinstance(part, str))
        elif isinstance(constant, CodeType):
            yield from _strings(constant)
