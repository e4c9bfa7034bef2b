"""Rows of the tables for people: in the place of codes the words with which a form is filled in."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from csdocs.load.workspace import Workspace
from csdocs.model.field import ChoiceField, Field
from csdocs.model.text import NO, SPACE, YES, Language, Text
from csdocs.store.schema import shapes
from csdocs.store.scope import form_of

Row = Sequence[Any]
Word = Callable[[Any], Text | None]  # None: what is there stays as it is
_LISTED = "、"
_SEPARATORS = re.compile(r"[,，、]")
_YES_NO = {1: YES, 0: NO}


def in_words(
    workspace: Workspace, table: str, columns: Sequence[str], language: Language
) -> Callable[[Row], list[Any]]:
    """What turns a row of a table into words, as far as they can be entered again for what is there."""
    own = _of_records(workspace) if table == "records" else _of_form(workspace, table)
    places = [(at, cache(own[column])) for at, column in enumerate(columns) if column in own]
    state, form = (columns.index("state"), columns.index("form")) if table == "records" else (None, 0)

    def worded(row: Row) -> list[Any]:
        cells = list(row)
        for at, word in places:
            cells[at] = _said(word(row[at]), row[at], language)
        if state is not None:
            cells[state] = _said(_state(workspace, row[form], row[state]), row[state], language)
        return cells

    return worded


def _said(words: Text | None, value: Any, language: Language) -> Any:
    return value if words is None else words.to(language)


def _of_records(workspace: Workspace) -> Mapping[str, Word]:
    return {
        "form": lambda id: SPACE.join((id, form.title)) if (form := workspace.forms.get(id)) else None,
        "final": _YES_NO.get,
        "created_by": _of_kind(workspace, "staff"),
        "org_unit": _of_kind(workspace, "department"),
    }


def _state(workspace: Workspace, form: str, state: str) -> Text | None:
    found = workspace.forms.get(form)
    return found.state_labels.get(state) if found else None


def _of_form(workspace: Workspace, table: str) -> Mapping[str, Word]:
    form = workspace.forms.get(form_of(table))
    fields = next((columns for name, _, columns in shapes(form) if name == table), {}) if form else {}
    return {id: _of_field(workspace, field) for id, field in fields.items() if field.kind in _WORDED}


_WORDED = frozenset({"choice", "yes_no", "staff", "department"})


def _of_field(workspace: Workspace, field: Field) -> Word:
    one = _of_choice(field) if isinstance(field, ChoiceField) else _of_kind(workspace, field.kind)
    return (lambda value: _each(one, value)) if field.list else one


def _of_kind(workspace: Workspace, kind: str) -> Word:
    register = workspace.register
    if kind == "yes_no":
        return _YES_NO.get
    if kind == "staff":
        return lambda id: SPACE.join((id, person.name)) if (person := register.person.get(id)) else None
    return _unlike((each.id, each.name) for each in register.departments).get


def _of_choice(field: ChoiceField) -> Word:
    return _unlike((option.code, option.label) for option in field.options).get


def _unlike(named: Iterable[tuple[str, Text]]) -> dict[str, Text]:
    """Without names that could as well be those of another."""
    every = dict(named)
    taken = [word for id, name in every.items() for word in {id, *name}]
    return {id: name for id, name in every.items() if all(taken.count(word) == 1 for word in {*name} - {id})}


def _each(one: Word, value: Any) -> Text | None:
    """Of a list, if words can be told apart where they stand side by side."""
    if not isinstance(value, str):
        return None
    words = [one(each) or Text(each, each) for each in value.split(_LISTED)]
    return None if any(_SEPARATORS.search(word) for text in words for word in text) else Text(_LISTED, ", ").join(words)
