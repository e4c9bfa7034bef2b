"""Two YAML trees side by side: entries of a list are known by their id, not by their place."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeGuard

from csdocs.model.finding import Route
from csdocs.model.text import Text

_NAMES = ("id", "code", "revision", "group", "staff_no", "document")  # keys that name an entry of a list
FLAGS = frozenset(
    {"required", "pii", "internal", "list", "repeat", "witness", "append_only", "final"}
)  # absent means false

What = Literal["added", "removed", "changed", "order", "exchanged"]


class Place(NamedTuple):
    """An entry on the way to a difference: the list it is in, its name, its label."""

    collection: str
    name: str
    label: Text | None


class Difference(NamedTuple):
    """`key` is the last step: a key, or the list that an entry was added to, removed from or moved in.

    `exchanged`: a label that another entry of the same list had before.
    """

    what: What
    places: tuple[Place, ...]
    key: str
    route: Route
    before: Any
    after: Any

    @property
    def is_entry(self) -> bool:
        """A whole entry of a list came or went."""
        return bool(self.places) and self.places[-1].collection == self.key and self.what in ("added", "removed")


def differences(before: Any, after: Any) -> Iterator[Difference]:
    yield from _mapping((), (), before, after)


def _mapping(places: tuple[Place, ...], route: Route, before: Any, after: Any) -> Iterator[Difference]:
    for key in dict.fromkeys((*before, *after)):
        old, new = _plain(key, before.get(key)), _plain(key, after.get(key))
        if old != new:
            yield from _value(places, key, (*route, key), old, new)


def _plain(key: str, value: Any) -> Any:
    return None if key in FLAGS and value == "false" else value


def _value(places: tuple[Place, ...], key: str, route: Route, old: Any, new: Any) -> Iterator[Difference]:
    if _is_entries(old or new) and _is_entries(new or old):
        yield from _entries(places, key, route, old or [], new or [])
    elif isinstance(old, dict) and isinstance(new, dict) and not is_label(old):
        yield from _mapping((*places, Place(key, "", None)), route, old, new)
    else:
        what: What = "added" if old is None else "removed" if new is None else "changed"
        yield Difference(what, places, key, route, old, new)


def is_label(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict) and set(value) <= {"zh", "en"}


def _is_entries(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) and _name(entry) for entry in value)


def _name(entry: Mapping[str, Any]) -> str:
    return next((str(entry[key]) for key in _NAMES if key in entry), "")


def _entries(places: tuple[Place, ...], key: str, route: Route, old: list[Any], new: list[Any]) -> Iterator[Difference]:
    was, now = ({_name(entry): entry for entry in entries} for entries in (old, new))
    for name in was:
        if name not in now:
            yield Difference("removed", (*places, _place(key, was[name])), key, route, was[name], None)
    for index, entry in enumerate(new):
        name = _name(entry)
        inner = (*places, _place(key, entry))
        if name not in was:
            yield Difference("added", inner, key, (*route, index), None, entry)
            continue
        yield from _exchanged(inner, (*route, index), was, entry)
        yield from _mapping(inner, (*route, index), was[name], entry)
    kept_was, kept_now = [name for name in was if name in now], [name for name in now if name in was]
    if kept_was != kept_now:
        yield Difference("order", places, key, route, kept_was, kept_now)
    if len(now) < len(new) or len(was) < len(old):
        yield Difference("changed", places, key, route, old, new)  # one name twice: nothing can be said of it


def _exchanged(
    places: tuple[Place, ...], route: Route, was: Mapping[str, Mapping[str, Any]], entry: Mapping[str, Any]
) -> Iterator[Difference]:
    for key in ("label", "title"):
        own, label = was[_name(entry)].get(key), entry.get(key)
        others = (other.get(key) for name, other in was.items() if name != _name(entry))
        if label != own and any(_shares_words(label, other) for other in others):
            yield Difference("exchanged", places, key, (*route, key), own, label)


def _shares_words(label: Any, other: Any) -> bool:
    if not is_label(label) or not is_label(other):
        return False
    return any(label[language] == other.get(language) for language in label)


def _place(collection: str, entry: Mapping[str, Any]) -> Place:
    label = entry.get("label") or entry.get("title") or entry.get("name")
    words = Text(label["zh"], label["en"]) if is_label(label) and {"zh", "en"} <= set(label) else None
    return Place(collection, _name(entry), words)
