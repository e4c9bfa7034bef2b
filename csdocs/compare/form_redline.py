"""A form, key by key in words."""

from collections.abc import Sequence
from typing import Any

from csdocs.compare.reason import ComputedKind
from csdocs.compare.result import FieldDiff, Redline, Side
from csdocs.compare.tree import differences
from csdocs.compare.tree_words import change_words, subject
from csdocs.model.control import Change
from csdocs.model.text import Text, same
from csdocs.parse.shape import to_shape

_CARRIERS = ("changes", "revision")  # shown by themselves


def compare_forms(path: str, before: Any, after: Any, kind: ComputedKind) -> Redline:
    found = [
        d
        for d in differences(before or {}, after or {})
        if not set(_CARRIERS) & {d.key, *(p.collection for p in d.places)}
    ]
    fields = tuple(FieldDiff(subject(d), *change_words(d)) for d in found if d.what != "exchanged")
    named = after or before or {}
    id = str(named.get("id", path))
    return Redline(
        path, id, _title(named, id), _state(before), _state(after), kind, _new_changes(before, after), fields
    )


def _title(tree: Any, id: str) -> Text:
    title = tree.get("title")
    return Text(title["zh"], title["en"]) if isinstance(title, dict) and {"zh", "en"} <= set(title) else same(id)


def _state(tree: Any) -> Side | None:
    if not tree or not str(tree.get("revision", "")).isdecimal():
        return None
    return Side(int(tree["revision"]), str(tree.get("effective", "")))


def _new_changes(before: Any, after: Any) -> tuple[Change, ...]:
    """The change entries that the later state has and the earlier one has not."""
    old, new = (tree.get("changes", []) if isinstance(tree, dict) else [] for tree in (before, after))
    return tuple(change for entry in _without(new, old) if (change := to_shape(Change, entry)[0]))


def _without(entries: Sequence[Any], known: Sequence[Any]) -> list[Any]:
    revisions = [entry.get("revision") for entry in known if isinstance(entry, dict)]
    return [entry for entry in entries if isinstance(entry, dict) and entry.get("revision") not in revisions]
