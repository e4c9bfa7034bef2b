"""All records as tables of one run, in a file without a name: what is held in memory does not grow with them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from csdocs.load.book import book_of
from csdocs.load.case import RecordCase
from csdocs.load.counted import Progress
from csdocs.load.evidence import forms_obliged
from csdocs.load.judged import line_of
from csdocs.load.tree import Summary, Tree, summarise
from csdocs.load.workspace import CHECKS, QUERIES, Workspace
from csdocs.store.filling import create, write_book
from csdocs.store.lines import Lines, Rows, Values
from csdocs.store.schema import create_form, create_indices, insert, measure, shapes
from csdocs.store.scope import form_of, tables_named, words_of
from csdocs.store.tables import Connection, private


class Gathered:
    """Takes records as they come; `tree` once all have come."""

    def __init__(self, workspace: Workspace, *, signatures: bool = True, told: bool = False) -> None:
        """`told`: the rule book is to be there as well, for people who ask."""
        self._workspace, self._signatures = workspace, signatures
        self._connection = private()
        create(self._connection)
        if told:
            write_book(self._connection, book_of(workspace))
        self._lines = Lines(self._connection, workspace.forms)

    def take(self, rows: Rows) -> None:
        self._lines.write(rows)

    def tree(self, values_of: Values | None = None) -> Tree:
        """`values_of`: what records say, if not their files."""
        workspace = self._workspace
        found = Tree(workspace, self._connection, self._signatures, values_of, _Later(workspace, self._connection))
        self._lines.complete(found.values_of)
        measure(self._connection)
        self._connection.execute("COMMIT")
        return found


class _Later:
    """Tables that few queries name are made for the first that does."""

    def __init__(self, workspace: Workspace, connection: Connection) -> None:
        self._workspace, self._connection = workspace, connection
        self._there: set[str] = set()

    def __call__(self, sql: str) -> None:
        beside = words_of(sql) & self._beside.keys()
        wanted = {*map(form_of, tables_named(sql)), *beside} - self._there
        if wanted:
            self._there |= wanted
            self._connection.execute("BEGIN")
            self._make(wanted)
            self._connection.execute("COMMIT")

    def _make(self, names: Iterable[str]) -> None:
        forms = [form for form in map(self._workspace.forms.get, names) if form]
        for form in forms:
            create_form(self._connection, form)
        create_indices(self._connection, forms)
        beside = self._beside.keys() & names
        for name in beside:
            insert(self._connection, name, self._beside[name]())
        measure(self._connection, [*beside, *(name for form in forms for name, _, _ in shapes(form))])

    @property
    def _beside(self) -> dict[str, Callable[[], Sequence[Sequence[Any]]]]:
        """Files that are no records."""
        workspace = self._workspace
        return {
            "_others": lambda: [(path, path.rpartition("/")[0]) for path in workspace.other_record_files()],
            "_stubs": lambda: [
                (path, stub and stub.record, stub and stub.form) for path, stub in workspace.stubs.items()
            ],
        }


def forms_read(workspace: Workspace) -> frozenset[str]:
    """Forms whose values rules across records may want to know."""
    queries = (data for path, data in workspace.files.items() if path.startswith((CHECKS, QUERIES)))
    named = (form_of(name) for data in queries for name in tables_named(data.decode("utf-8", "replace")))
    return frozenset(named) | forms_obliged(workspace)


def read_tree(workspace: Workspace, progress: Progress = iter) -> Tree:
    """All records, unjudged: what queries and look-ups need."""
    return _tree(workspace, summaries(workspace, progress))


def tree_of(workspace: Workspace, some: Iterable[Summary] = ()) -> Tree:
    """Of these records, wherever they lie."""
    by_path = {each.path: each for each in some}
    return _tree(workspace, by_path.values(), lambda path: by_path[path].values)


def summaries(workspace: Workspace, progress: Progress = iter) -> Iterator[Summary]:
    for path in progress(workspace.record_paths()):
        summary = summarise(RecordCase(workspace, path, workspace.read(path)))
        if summary is not None:
            yield summary


def _tree(workspace: Workspace, found: Iterable[Summary], values_of: Values | None = None) -> Tree:
    gathered = Gathered(workspace)
    for summary in found:
        gathered.take(line_of(workspace, summary).rows)
    return gathered.tree(values_of)
