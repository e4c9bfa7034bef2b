"""The kind of a change to a form."""

import re
from collections.abc import Iterator
from typing import Any

from csdocs.compare.reason import ABOUT, Reason
from csdocs.compare.tree import Difference, differences, is_label
from csdocs.compare.tree_words import subject, verdict_words
from csdocs.compare.wording import compare_labels
from csdocs.model.change import ChangeKind
from csdocs.model.text import Text
from csdocs.parse.yamltext import locate

_EDITORIAL = frozenset({"label", "hint", "title", "message", "summary"})
_FREE = frozenset({"revision", "effective"})
_MAJOR_LISTS = frozenset({"fields", "steps", "rules", "deadlines", "options", "sections"})
_MAJOR = frozenset(
    {"id", "kind", "required", "required_when", "by", "from", "to", "assert", "within", "until", "when", "section"}
    | {"owner", "withdrawn", "not_same_as", "decisions", "sha256", "computed", "query", "disposes"}
)
_MAJOR_ORDER = frozenset({"steps"})  # their order is the way a record goes
_PLACEHOLDER = re.compile(r"\{[a-z_][a-z0-9_.]*\}")
_EXCHANGED = Text("{about}换成了另一项原来的名称", "{about} is now what another entry was called")
_PLACEHOLDERS = Text("{about}引用的值有改动", "{about} shows other values")


def form_reasons(before: Any, after: Any, data: bytes) -> Iterator[Reason]:
    """`data`: the bytes of the later state, to point into."""
    for difference in differences(before, after):
        at = locate(data, difference.route)
        for kind, message in _judge(difference):
            yield Reason(kind, at, message)


def _judge(difference: Difference) -> Iterator[tuple[ChangeKind, Text]]:
    key = difference.key
    if _is_change_entry(difference):
        if difference.what != "added":
            yield "minor", verdict_words(difference)
    elif difference.what == "exchanged":
        yield "minor", _EXCHANGED.format(about=subject(difference))
    elif difference.what == "order":
        yield "major" if key in _MAJOR_ORDER else "minor", verdict_words(difference)
    elif difference.is_entry:
        yield "major" if key in _MAJOR_LISTS else "minor", verdict_words(difference)
    elif key in _EDITORIAL:
        yield from _judge_words(difference)
    elif key in _FREE:
        yield "editorial", verdict_words(difference)
    else:
        yield _kind_of_key(difference), verdict_words(difference)


def _is_change_entry(difference: Difference) -> bool:
    """A new entry of the history is what a change has to bring; an old one stays as it was."""
    return difference.key == "changes" or any(place.collection == "changes" for place in difference.places)


def _kind_of_key(difference: Difference) -> ChangeKind:
    inside = {place.collection for place in difference.places}
    if difference.key in _MAJOR or difference.key in _MAJOR_LISTS or {"number", "retention", "by", "after"} & inside:
        return "major"
    return "major" if difference.key in ("number", "retention") else "minor"


def _judge_words(difference: Difference) -> Iterator[tuple[ChangeKind, Text]]:
    about = subject(difference)
    old, new = (value if is_label(value) else {} for value in (difference.before, difference.after))
    for language in ("zh", "en"):
        was, now = str(old.get(language, "")), str(new.get(language, ""))
        if sorted(_PLACEHOLDER.findall(was)) != sorted(_PLACEHOLDER.findall(now)):
            yield "minor", _PLACEHOLDERS.format(about=about)
        for remark in compare_labels(was, now):
            yield remark.kind, ABOUT.format(place=about, remark=remark.message)
