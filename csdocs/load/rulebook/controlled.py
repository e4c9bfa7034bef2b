"""Controlled files as they lie, in force or not: settings, registers, documents, forms and reports."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from csdocs.load.lazily import Lazily
from csdocs.load.rulebook.form_file import LoadedForm, read_form, stated_id
from csdocs.load.rulebook.profile import codes_of
from csdocs.load.rulebook.shared_query import text_of, whole_query
from csdocs.model.calendar import Calendar
from csdocs.model.control import Control
from csdocs.model.document import ControlBlock, Document
from csdocs.model.error import CsdocsError
from csdocs.model.finding import Position, Problem
from csdocs.model.form import Form
from csdocs.model.person import Department, Post, Register
from csdocs.model.place import (
    CALENDAR,
    CONFIG,
    DOCUMENTS,
    FORMS,
    GROUPS,
    MANUAL,
    OF_GIT,
    ORGANISATION,
    PEOPLE,
    QUERIES,
    REPORTS,
    STAGES,
    WAIVERS,
)
from csdocs.model.registers import SHAPES
from csdocs.model.report import Report
from csdocs.model.text import EMPTY, Text
from csdocs.model.workspace import Manual, Settings, Stages, Waivers
from csdocs.parse.document import ParsedDocument, parse_document, parse_front
from csdocs.parse.shape import Shaped, read_shape
from csdocs.parse.yamltext import locate
from csdocs.store import disk
from csdocs.store.source import Source


def _unusable(data: bytes, problems: Sequence[Problem]) -> CsdocsError:
    """Without settings no rule can be put into words; where it hurts, and what to look up, can be said."""
    mend = Text("请对照 csdocs explain workspace 修正该文件", "mend the file; csdocs explain workspace describes it")
    if not problems:
        return CsdocsError(Text("{config} 无法使用", "{config} cannot be used").format(config=CONFIG), mend)
    slug, at, _ = problems[0]
    place = at if isinstance(at, Position) else locate(data, at)
    said = Text("{config} 第 {line} 行第 {col} 列无法使用：{slug}", "{config}:{line}:{col} cannot be used: {slug}")
    explained = Text("csdocs explain {slug} 说明原因；", "csdocs explain {slug} says why; ").format(slug=slug)
    return CsdocsError(
        said.format(config=CONFIG, line=place.line, col=place.col, slug=slug), EMPTY.join([explained, mend])
    )


class ControlledFiles:
    """Read-only. Everything is read when first asked for and kept."""

    def __init__(self, source: Source, register: Register | None = None) -> None:
        """`register`: the approved one, where the tree's own may not be believed."""
        self.source = source
        self._register = register

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Bytes of every controlled file in the tree."""
        paths = [CONFIG, *(path for folder in disk.CONTROLLED for path in self.source.files_below(folder))]
        paths += filter(self.source.holds, OF_GIT)
        return {path: self.read(path) for path in paths}

    def read(self, path: str) -> bytes:
        return self.source.read(path)

    @cached_property
    def settings(self) -> Settings:
        read = read_shape(Settings, self.files[CONFIG])
        if read.value is None:
            raise _unusable(self.files[CONFIG], read.problems)
        settings: Settings = read.value
        return settings

    @cached_property
    def shapes(self) -> dict[str, Shaped]:
        """The registers by path: value or None, and their problems."""
        return {path: read_shape(shape, self.files[path]) for path, shape in SHAPES.items() if path in self.files}

    @cached_property
    def register(self) -> Register:
        if self._register is not None:
            return self._register
        people = self._shape(PEOPLE) or Register()
        organisation = self._shape(ORGANISATION) or Register()
        return Register(people=people.people, departments=organisation.departments, posts=organisation.posts)

    @cached_property
    def calendar(self) -> Calendar:
        return self._shape(CALENDAR) or Calendar()

    @property
    def manual(self) -> Manual | None:
        found = self._shape(MANUAL)
        return found if isinstance(found, Manual) else None

    @property
    def stages(self) -> Stages | None:
        found = self._shape(STAGES)
        return found if isinstance(found, Stages) else None

    @property
    def waivers(self) -> Waivers:
        found = self._shape(WAIVERS)
        return found if isinstance(found, Waivers) else Waivers()

    @cached_property
    def unread(self) -> frozenset[str]:
        """Registers that are there but cannot be read: of what they would say nothing is known."""
        return frozenset(path for path, (value, _) in self.shapes.items() if value is None)

    def _shape(self, path: str) -> Any:
        return self.shapes[path].value if path in self.shapes else None

    # what is in use

    def is_in_use(self, each: Control | Post | Department | Report) -> bool:
        """Whether it is for an industry that is switched on in `csdocs.yaml`."""
        return not codes_of(self.settings).isdisjoint(each.profile)

    @cached_property
    def controls_in_use(self) -> dict[str, ControlBlock]:
        """Of documents."""
        return {id: control for id, control in self.controls.items() if self.is_in_use(control)}

    @cached_property
    def documents_in_use(self) -> Mapping[str, Document]:
        return Lazily(self.controls_in_use, self.documents.get)

    @cached_property
    def forms_in_use(self) -> Mapping[str, Form]:
        found = self.forms.get
        return Lazily(self.form_paths, lambda id: form if (form := found(id)) and self.is_in_use(form) else None)

    # documents

    @cached_property
    def document_files(self) -> tuple[str, ...]:
        return tuple(path for path in self.files if path.startswith(DOCUMENTS) and path.endswith(".md"))

    @cached_property
    def parsed_documents(self) -> Mapping[str, ParsedDocument]:
        return Lazily(self.document_files, lambda path: parse_document(path, self.files[path]))

    @cached_property
    def document_paths(self) -> dict[str, str]:
        """Of documents that can be read, by id."""
        fronts = {path: self._front(path) for path in self.document_files}
        return {control.id: path for path, control in fronts.items() if control}

    @cached_property
    def unread_documents(self) -> dict[str, str]:
        """By id, which is the name of a file that does not say what it is: of its clauses and parameters nothing is known."""
        return {PurePosixPath(path).stem: path for path in self.document_files if not self._front(path)}

    def is_unread(self, path: str) -> bool:
        """A register, or a document that does not say what it is."""
        return path in self.unread or (path in self.document_files and not self._front(path))

    def _front(self, path: str) -> ControlBlock | None:
        return parse_front(self.files[path]).control

    def has_document(self, id: str) -> bool:
        """Whether or not it can be read."""
        return id in self.document_paths or id in self.unread_documents

    @cached_property
    def paths_by_id(self) -> dict[str, str]:
        """Of documents and forms, whether or not they can be read."""
        return self.unread_documents | self.document_paths | self.form_paths

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Documents that can be read, by id. Their text costs much more than `controls`."""
        return Lazily(self.document_paths, lambda id: self.parsed_documents[self.document_paths[id]].document)

    @cached_property
    def controls(self) -> dict[str, ControlBlock]:
        """What the documents say of themselves."""
        found = {id: self._front(path) for id, path in self.document_paths.items()}
        return {id: control for id, control in found.items() if control}

    # forms

    @cached_property
    def groups(self) -> dict[str, bytes]:
        return {path[len(GROUPS) : -5]: data for path, data in self.files.items() if path.startswith(GROUPS)}

    @cached_property
    def loaded_forms(self) -> Mapping[str, LoadedForm]:
        """Every form file of the tree by path."""
        return Lazily(self.form_files, lambda path: self.read_form(self.files[path]))

    @cached_property
    def form_files(self) -> tuple[str, ...]:
        return tuple(path for path in self.files if path.startswith(FORMS) and path.endswith(".yaml"))

    @cached_property
    def form_paths(self) -> dict[str, str]:
        """The file that says it is a form, whether or not the form can be read."""
        return {id: path for path in self.form_files if (id := self._stated_id(path))}

    def _stated_id(self, path: str) -> str | None:
        if stated := stated_id(self.files[path]):
            return stated
        form = self.loaded_forms[path].form
        return form.id if form else None

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """Forms that can be read, by id."""
        return Lazily(self.form_paths, lambda id: self.loaded_forms[self.form_paths[id]].form)

    def read_form(self, data: bytes) -> LoadedForm:
        return read_form(data, lambda name, _: self.groups.get(name))

    # queries and reports

    def query(self, name: str) -> str:
        """A query that forms may ask, with those that it names; empty where there is none."""
        return self.sql(f"{QUERIES}{name}.sql")

    def sql(self, path: str) -> str:
        """The SQL of a file, with the queries that it names; empty where there is none."""
        if path not in self._sql:
            self._sql[path] = self.whole_query(text_of(self.files, path))
        return self._sql[path]

    @cached_property
    def _sql(self) -> dict[str, str]:
        return {}

    def whole_query(self, sql: str) -> str:
        """With the queries that it names."""
        return whole_query(sql, self.files)

    @cached_property
    def loaded_reports(self) -> dict[str, Shaped]:
        """Every report file of the tree by path."""
        paths = [path for path in self.files if path.startswith(REPORTS) and path.endswith(".yaml")]
        return {path: read_shape(Report, self.files[path]) for path in paths}

    @cached_property
    def reports(self) -> dict[str, Report]:
        """Reports that can be read, by id."""
        return {loaded.value.id: loaded.value for loaded in self.loaded_reports.values() if loaded.value is not None}

    @property
    def unread_reports(self) -> list[str]:
        """Paths of those that cannot be."""
        return [path for path, loaded in self.loaded_reports.items() if loaded.value is None]
