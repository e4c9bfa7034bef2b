"""PAGE"""

from collections.abc import Iterator

from csdocs.load.tree import Tree
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(tree: Tree) -> Iterator[Problem]:
    first: dict[str, str] = {}
    documents = [(document.id, path) for path, (document, _) in tree.workspace.parsed_documents.items() if document]
    forms = [(loaded.form.id, path) for path, loaded in tree.workspace.loaded_forms.items() if loaded.form]
    for id, path in (*documents, *forms):
        if id in first:
            yield Problem("id-of-two-files", ("id",), {"path": path, "id": id, "other": first[id]})
        first.setdefault(id, path)


RULE = Rule(
    "WSP512",
    "id-of-two-files",
    Severity.ERROR,
    Text("编号 {id} 已用于 {other}", "the id {id} is used by {other} already"),
    Text("给其中一个换编号", "give one of the two another id"),
    check,
)
