"""What the tables say of the rule book itself: the names of forms and fields, words to search, parameters of today."""

from collections.abc import Iterator
from typing import Any

from csdocs.load.index.judged import plain
from csdocs.load.program import digest
from csdocs.load.workspace import Workspace
from csdocs.model.form import Form
from csdocs.store.filling import Book, Prose, ShapedForm


def book_of(workspace: Workspace) -> Book:
    forms = tuple(ShapedForm(form, _shape(form)) for form in workspace.forms.values())
    return Book(forms, tuple(_prose(workspace)), tuple(_parameters(workspace)))


def _shape(form: Form) -> str:
    """Columns, how their values are kept, and the words that stand for choices."""
    return digest(*(f"{route} {type(field).__name__} {getattr(field, 'options', '')}" for route, field in form.walk()))


def _prose(workspace: Workspace) -> Iterator[Prose]:
    for id, document in workspace.documents.items():
        title = [("", each) for each in (id, *document.control.title)]
        clauses = [(str(clause.number), plain(clause.text)) for clause in document.clauses]
        yield Prose("document", id, document.path, [*title, *clauses])
    for id, form in workspace.forms.items():
        title = [("", each) for each in (id, *form.title)]
        labels = [(field.id, words) for _, field in form.walk() for words in field.label]
        yield Prose("form", id, workspace.form_paths[id], [*title, *labels])


def _parameters(workspace: Workspace) -> Iterator[tuple[Any, ...]]:
    owner = {p.id: id for id, control in workspace.controls.items() for p in control.parameters}
    for id, parameter in sorted(workspace.parameters_on(workspace.today).definitions.items()):
        unit = parameter.unit.zh if parameter.unit else None
        yield id, owner.get(id), parameter.kind, parameter.printed(), unit, parameter.label.zh
