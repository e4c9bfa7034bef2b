"""From every clause to the form that proves it and its records, and what is missing on the way."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from csdocs.load.holdings.proof import Proof, Proofs, asked
from csdocs.load.workspace import Workspace
from csdocs.model.control import Control
from csdocs.model.document import INTERPOLATION, Clause, Document, EvidenceKind
from csdocs.model.finding import Position, Route
from csdocs.model.place import CHECKS, FORMS, GROUPS, ORGANISATION, QUERIES, REPORTS, STAGES
from csdocs.model.report import Report
from csdocs.model.text import Text
from csdocs.model.workspace import Stage
from csdocs.parse.document import front_matter
from csdocs.parse.yamltext import locate
from csdocs.store.scope import form_of, parameters_named, tables_named

_AMENDMENT = re.compile(r"\.a\d+(?=\.yaml$)")
_PARAMETER = re.compile(r"\bparam\.([a-z][a-z0-9_]*)")


def _unamended(name: str) -> str:
    """The file name of what an amendment amends."""
    return _AMENDMENT.sub("", name) if ".a" in name else name


class CoverageRow(NamedTuple):
    """One clause: how it is proved, by what that is in use, and by how many records of those forms.

    `elsewhere`: forms that would prove it if their industry were switched on. `reports`: those that cite it or read its forms.
    """

    document: Document
    clause: Clause
    kind: EvidenceKind
    proof: Proof
    records: int
    elsewhere: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()

    @property
    def citation(self) -> str:
        return f"{self.document.id}/{self.clause.number}"


class Lack(NamedTuple):
    """Something that coverage asks for and that is not there. `about` is the id of what it is missing from."""

    kind: str
    about: str
    path: str
    position: Position
    message: Text
    hint: Text


class Coverage:
    """What is in use today; records are counted by their files and not read."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.forms = {id: form for id, form in workspace.forms_in_use.items() if self._is_live(form)}
        documents = workspace.documents_in_use.values()
        self.documents = tuple(sorted((d for d in documents if self._is_live(d.control)), key=lambda d: d.id))

    def _is_live(self, control: Control) -> bool:
        return not control.is_withdrawn(self.workspace.today)

    @cached_property
    def proofs(self) -> Proofs:
        return Proofs(self.workspace.forms.values(), checks_of(self.workspace))

    @cached_property
    def records(self) -> Counter[str]:
        """How many records each form has, an amended one counted once."""
        names: dict[str, set[str]] = {}
        for path in self.workspace.record_paths():
            folder, _, rest = path.partition("/")[2].partition("/")
            names.setdefault(folder, set()).add(_unamended(rest.rpartition("/")[2]))
        return Counter({id: len(names.get(form.directory, ())) for id, form in self.workspace.forms.items()})

    @cached_property
    def rows(self) -> tuple[CoverageRow, ...]:
        return tuple(self._row(d, clause) for d in self.documents for clause in d.clauses if not clause.deleted)

    def _row(self, document: Document, clause: Clause) -> CoverageRow:
        found = self.proofs.of(document, clause)
        here = tuple(form for form in found.forms if form in self.forms)
        elsewhere = tuple(form for form in found.forms if form not in self.forms)
        kind = document.control.evidence.kind(clause.number)
        records = sum(self.records[form] for form in here)
        reports = self._reports_on(f"{document.id}/{clause.number}", here)
        return CoverageRow(document, clause, kind, found._replace(forms=here), records, elsewhere, reports)

    def _reports_on(self, citation: str, forms: tuple[str, ...]) -> tuple[str, ...]:
        found = {id for id, report in self._reports.items() if citation in report.clauses}
        return tuple(sorted(found.union(*(self._readers.get(form, ()) for form in forms))))

    @cached_property
    def _reports(self) -> dict[str, Report]:
        return {id: report for id, report in self.workspace.reports.items() if self.workspace.is_in_use(report)}

    @cached_property
    def _readers(self) -> dict[str, set[str]]:
        """The reports that read a form."""
        found: dict[str, set[str]] = {}
        for id, report in self._reports.items():
            for form in forms_read(self.workspace, report):
                found.setdefault(form, set()).add(id)
        return found

    @cached_property
    def lacks(self) -> tuple[Lack, ...]:
        found = (self._stages(), self._clauses(), self._forms(), self._parameters(), self._posts())
        return tuple(chain.from_iterable(found))

    # what is missing

    def _stages(self) -> Iterator[Lack]:
        stages = self.workspace.stages
        if stages is None:
            message = Text("没有列出必须覆盖的服务环节", "the stages that must be covered are not listed")
            hint = Text(
                "建立该文件，格式见 csdocs explain workspace", "write the file as csdocs explain workspace describes it"
            )
            yield Lack("stage-not-covered", STAGES, STAGES, Position(1, 1), message, hint)
            return
        for index, stage in enumerate(stages.stages):
            for route, what in self._missing_of(stage):
                message = Text("服务环节“{stage}”{what}", "the stage “{stage}” {what}").format(
                    stage=stage.title, what=what
                )
                hint = Text(
                    "制定或启用该环节的制度和表单，再列入本文件",
                    "write or switch on the regulation and the form of this stage and list them here",
                )
                position = self._at(STAGES, ("stages", index, *route))
                yield Lack("stage-not-covered", stage.id, STAGES, position, message, hint)

    def _missing_of(self, stage: Stage) -> Iterator[tuple[Route, Text]]:
        known = {row.citation for row in self.rows}
        absent = Text("所列的 {id} 不存在或没有启用", "lists {id}, which does not exist or is not in use")
        for key, none, ids, here in (
            ("clauses", Text("没有条款", "has no clause"), stage.clauses, known),
            ("forms", Text("没有表单", "has no form"), stage.forms, self.forms),
        ):
            if not ids:
                yield (), none
            yield from (((key, index), absent.format(id=id)) for index, id in enumerate(ids) if id not in here)

    def _clauses(self) -> Iterator[Lack]:
        hint = Text(
            "在条款中链接一张表单，或在表单的规则、时限中用 breaks 指明该条，或在 evidence 中列为以检查或阅读确认为证",
            "link a form in the clause, let a rule or deadline of a form break it, or list it under evidence as proved by inspection "
            "or acknowledgement",
        )
        for row in self.rows:
            if row.kind == "records" and row.proof == Proof() and not row.elsewhere:
                message = Text("{clause} 没有证据来源", "nothing can prove {clause}").format(clause=row.citation)
                position = Position(row.clause.line, 1)
                yield Lack("clause-without-evidence", row.citation, row.document.path, position, message, hint)

    def _forms(self) -> Iterator[Lack]:
        documents = [d for d in self.workspace.documents.values() if self._is_live(d.control)]
        wanted = {form for document in documents for clause in document.clauses for form in asked(document, clause)}
        hint = Text(
            "在要求填写它的条款中写上链接；只供某个行业使用的，写明 profile",
            "link it from the clause that asks for it; if only an industry uses it, give it that profile",
        )
        for id, form in sorted(self.forms.items()):
            if id not in wanted:
                message = Text("没有条款要求填写 {form}《{title}》", "no clause asks for {form}, {title}")
                said = message.format(form=id, title=form.title)
                yield Lack("form-without-clause", id, self.workspace.form_paths[id], Position(1, 1), said, hint)

    def _parameters(self) -> Iterator[Lack]:
        hint = Text(
            "在条款中印出，或在表单、检查中使用；不需要的删去",
            "print it in a clause, use it in a form or check, or take it out",
        )
        for document in self.documents:
            for index, parameter in enumerate(document.control.parameters):
                if parameter.id not in self._used_parameters:
                    message = Text("参数 {id} 没有被使用", "the parameter {id} is used nowhere").format(id=parameter.id)
                    position = self._at(document.path, ("parameters", index))
                    yield Lack("parameter-unused", document.id, document.path, position, message, hint)

    @cached_property
    def _used_parameters(self) -> frozenset[str]:
        """Printed or read anywhere, in use or not."""
        used = {id for document in self.workspace.documents.values() for id in INTERPOLATION.findall(document.body)}
        for path, data in self.workspace.files.items():
            if path.startswith((CHECKS, QUERIES, REPORTS)):
                used.update(parameters_named(data.decode(errors="replace")))
            elif path.startswith((FORMS, GROUPS)):
                used.update(_PARAMETER.findall(data.decode(errors="replace")))
        return frozenset(used)

    def _posts(self) -> Iterator[Lack]:
        register, today = self.workspace.register, self.workspace.today
        hint = Text("在 handbook/people.yaml 中任命", "appoint somebody in handbook/people.yaml")
        for index, post in enumerate(register.posts):
            if self.workspace.is_in_use(post) and not register.holders(post.id, today):
                message = Text("岗位 {id} {name}无人担任", "nobody holds the post {id}, {name}")
                said = message.format(id=post.id, name=post.name)
                yield Lack(
                    "post-without-holder", post.id, ORGANISATION, self._at(ORGANISATION, ("posts", index)), said, hint
                )

    def _at(self, path: str, route: Route) -> Position:
        data = self.workspace.files.get(path, b"")
        return locate(front_matter(data) if path.endswith(".md") else data, route)


def forms_read(workspace: Workspace, report: Report) -> tuple[str, ...]:
    """Ids of the forms whose tables stand in the query, and in those that it names."""
    return tuple(sorted(map(form_of, tables_named(workspace.whole_query(report.query)))))


def checks_of(workspace: Workspace) -> dict[str, bytes]:
    """SQL of the checks across records, by name."""
    files = workspace.files.items()
    return {path[len(CHECKS) : -4]: data for path, data in files if path.startswith(CHECKS) and path.endswith(".sql")}
