"""All records as tables of one run, in a file without a name: what is held in memory does not grow with them."""

from collections.abc import Callable, Iterable, Iterator, Set

from csdocs.load.holdings.evidence import columns_obliged
from csdocs.load.holdings.tree import Summary, Tree, summarise
from csdocs.load.index.book import book_of
from csdocs.load.index.judged import line_of
from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace
from csdocs.model.place import CHECKS, QUERIES, is_stub
from csdocs.store import disk
from csdocs.store.filling import create, write_book
from csdocs.store.lines import Lines, Rows, Values, Wanted
from csdocs.store.schema import Names, create_form, create_indices, measure, shapes
from csdocs.store.scope import form_of, names_in, tables_named, words_of
from csdocs.store.tables import Connection, private


class Gathered:
    """Takes records as they come; `tree` once all have come."""

    def __init__(
        self, workspace: Workspace, *, signatures: bool = True, wanted: Wanted | None = None, asked: Iterable[str] = ()
    ) -> None:
        """`wanted`: values that will be asked for; None: all. `asked`: forms that will be, whether or not there are records of them."""
        self._workspace, self._signatures, self._asked = workspace, signatures, asked
        self._connection = private()
        create(self._connection)
        self._lines = Lines(self._connection, workspace.forms, wanted)
        self._has_others = False

    def tell(self) -> None:
        """The rule book is to be there as well, for people who ask."""
        write_book(self._connection, book_of(self._workspace))

    def walk(self) -> Iterator[str]:
        """Every record file of the workspace. What else lies there is noted on the way, if somebody goes it to the end."""
        for path in self._workspace.source.files_below(disk.RECORDS):
            if disk.is_record(path):
                yield path
            else:
                self._lines.write(self._other(path))
        self._has_others = True

    def _other(self, path: str) -> Rows:
        if not is_stub(path):
            return {"_others": [(path, path.rpartition("/")[0])]}
        stub = self._workspace.stub(path)
        return {"_stubs": [(path, stub and stub.record, stub and stub.form)]}

    def take(self, rows: Rows) -> None:
        self._lines.write(rows)

    def tree(self, values_of: Values | None = None) -> Tree:
        """`values_of`: what records say, if not their files."""
        workspace = self._workspace
        there = self._lines.have(self._asked)
        later = _Later(workspace, self._connection, there, None if self._has_others else self._note_others)
        found = Tree(workspace, self._connection, self._signatures, values_of, later)
        self._lines.complete(found.values_of)
        measure(self._connection)
        self._connection.execute("COMMIT")
        return found

    def _note_others(self) -> None:
        for _ in self.walk():
            pass
        self._lines.flush()


class _Later:
    """What few queries name is made for the first that does."""

    def __init__(
        self, workspace: Workspace, connection: Connection, there: Set[str], note_others: Callable[[], None] | None
    ) -> None:
        """`there`: forms that have their tables. `note_others`: where files that are no records have not been noted yet."""
        self._workspace, self._connection, self._note_others = workspace, connection, note_others
        self._there = {*there, *(() if note_others else _OTHERS)}

    def __call__(self, sql: str) -> None:
        others = _OTHERS if words_of(sql) & _OTHERS else ()
        wanted = {*map(form_of, tables_named(sql)), *others} - self._there
        if wanted:
            self._there |= wanted
            self._connection.execute("BEGIN")
            self._make(wanted)
            self._connection.execute("COMMIT")

    def _make(self, names: Set[str]) -> None:
        forms = [form for form in map(self._workspace.forms.get, names) if form]
        for form in forms:
            create_form(self._connection, form)
        create_indices(self._connection, forms)
        others = _OTHERS & names
        if others and self._note_others:
            self._note_others()
        measure(self._connection, [*others, *(name for form in forms for name, _, _ in shapes(form))])


_OTHERS = frozenset({"_others", "_stubs"})  # files that are no records


def read_across(workspace: Workspace) -> Wanted:
    """What rules across records may want to know of the values of records."""
    queries = (data for path, data in workspace.files.items() if path.startswith((CHECKS, QUERIES)))
    found: dict[str, Names] = {**columns_obliged(workspace)}
    for sql in (data.decode("utf-8", "replace") for data in queries):
        names = names_in(sql)
        for form in map(form_of, tables_named(sql)):
            before = found.get(form, _NOTHING)
            found[form] = None if before is None or names is None else before | names
    return found


_NOTHING = frozenset[str]()


def read_tree(workspace: Workspace) -> Tree:
    """All records, unjudged: what queries and look-ups need."""
    return _tree(workspace, summaries(workspace))


def tree_of(workspace: Workspace, some: Iterable[Summary] = ()) -> Tree:
    """Of these records, wherever they lie."""
    by_path = {each.path: each for each in some}
    return _tree(workspace, by_path.values(), lambda path: by_path[path].values)


def summaries(workspace: Workspace) -> Iterator[Summary]:
    for path in workspace.record_paths():
        summary = summarise(RecordCase(workspace, path, workspace.read(path)))
        if summary is not None:
            yield summary


def _tree(workspace: Workspace, found: Iterable[Summary], values_of: Values | None = None) -> Tree:
    gathered = Gathered(workspace)
    for summary in found:
        gathered.take(line_of(workspace, summary).rows)
    return gathered.tree(values_of)
