"""From a workspace to PDF files with their source and provenance inside."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from csdocs import __version__
from csdocs.load.holdings.tree import Tree, counting, summarise
from csdocs.load.index.gathered import read_tree
from csdocs.load.record.case import RecordCase
from csdocs.load.rulebook.contents import manual_contents
from csdocs.model.error import CsdocsError
from csdocs.model.place import PRINT
from csdocs.model.record import Record
from csdocs.model.text import Language, Text
from csdocs.prepare.entry import open_case
from csdocs.press.audience import Audience, Outsider
from csdocs.press.document import document_anchors, document_view, manual_view
from csdocs.press.enclosure import Enclosures, enclosures
from csdocs.press.fact import PrintFacts
from csdocs.press.glyph import with_places
from csdocs.press.media import JSON, MARKDOWN, YAML, media_type
from csdocs.press.record import blank_view, record_view
from csdocs.press.statement import approvals, receipt_digests, record_signatures
from csdocs.render.html import Page, PrintTemplates, is_template
from csdocs.render.pdf import Attachment, MissingGlyph, render_pdf
from csdocs.render.tool import tools
from csdocs.render.verdict import PROVENANCE

Subject = Literal["record", "document", "blank", "manual", "redline"]


class Rendition(NamedTuple):
    """A PDF before sealing: its file name, what it certifies, its bytes."""

    name: str
    title: str
    data: bytes


class Press:
    """Prints from one commit and one as-of moment: the same inputs give the same bytes."""

    def __init__(
        self,
        root: Path,
        *,
        as_of: dt.datetime | None = None,
        language: Language = "zh",
        seal: bool = False,
        commit: str | None = None,
    ) -> None:
        """`commit` is printed exactly; without it the work tree, which says of itself where it differs from HEAD."""
        self.facts = PrintFacts(root, as_of, language, commit)
        self.workspace = self.facts.workspace
        self.seal = seal

    def __reduce__(self) -> tuple[Callable[..., "Press"], tuple[Path]]:
        """Another process reads the workspace for itself, and prints as of the same moment."""
        facts = self.facts
        commit = facts.commit if facts.from_commit else None
        again = partial(Press, as_of=facts.moment, language=facts.language, seal=self.seal, commit=commit)
        return again, (self.workspace.root,)

    @cached_property
    def templates(self) -> PrintTemplates:
        files = self.workspace.files.items()
        return PrintTemplates.of({path[len(PRINT) :]: data for path, data in files if path.startswith(PRINT)})

    @contextmanager
    def _pictures(self) -> Iterator[Path]:
        """The folder whose pictures a page may show; those of a commit are laid out beside the work tree, not in it."""
        if not self.facts.from_commit:
            yield self.workspace.root / PRINT
            return
        with TemporaryDirectory(prefix="csdocs-print-") as folder:
            for path, data in self.workspace.files.items():
                if path.startswith(PRINT) and not is_template(path):
                    target = Path(folder) / path[len(PRINT) :]
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(data)
            yield Path(folder)

    @cached_property
    def tree(self) -> Tree:
        return read_tree(self.workspace)

    def case(self, path: str) -> RecordCase:
        case = open_case(self.workspace, path)
        assert case.form is not None
        if any(field.query for _, field in case.form.walk()):
            return open_case(self.workspace, path, query=self.tree.query)
        return case

    def record(self, path: str, outsider: Outsider | None = None) -> Rendition:
        """For somebody outside the house nothing is embedded but the provenance: the file would say what the page leaves out."""
        case = self.case(path)
        audience = Audience(self.facts, case, outsider)
        enclosed = enclosures(self.facts, case) if audience.is_house else Enclosures()
        amendments = list(self._amendments(case))
        view = record_view(audience, case, amendments, enclosed, self._counting(case), seal=self.seal)
        name = case.record.name
        title, page, paths = f"{view.title} {name}", self.templates.record(view), [path, *enclosed.paths]
        if outsider:
            return self.print_page(page, "record", f"{name}-{outsider}", title, paths, (), more={"copy_for": outsider})
        attachments = [
            Attachment(f"{name}.yaml", case.data, YAML, "Source", "the record as filed"),
            *record_signatures(case),
            *enclosed.attachments,
        ]
        return self.print_page(page, "record", name, title, paths, attachments, pictures=enclosed.pictures)

    def _amendments(self, case: RecordCase) -> Any:
        for number in range(1, case.record.amendment + 1):
            path = f"{case.directory}/{case.record._replace(amendment=number).name}.yaml"
            yield case if path == case.path else self.case(path)

    def _counting(self, case: RecordCase) -> Record:
        """Of the first entry and its amendments, the one that counts."""
        family = [case]
        while (earlier := family[0].amended) is not None:
            family.insert(0, earlier)
        while (later := self._next_amendment(family[-1])) is not None:
            family.append(later)
        path = counting(filter(None, map(summarise, family)))[case.record.id].path
        return next(each.record for each in family if each.path == path)

    def _next_amendment(self, case: RecordCase) -> RecordCase | None:
        record = case.record._replace(amendment=case.record.amendment + 1)
        try:
            return self.case(f"{case.directory}/{record.name}.yaml")
        except CsdocsError:
            return None

    def document(self, id: str) -> Rendition:
        document = self.workspace.documents[id]
        view = document_view(self.facts, document, frozenset(document_anchors(document)), seal=self.seal)
        source = Attachment(f"{id}.md", self.workspace.files[document.path], MARKDOWN, "Source", "the controlled text")
        attachments = [source, *approvals(self.facts, document.path)]
        return self.print_page(
            self.templates.document(view), "document", id, f"{view.title} {id}", [document.path], attachments
        )

    def blank(self, form_id: str) -> Rendition:
        form, path = self.workspace.forms[form_id], self.workspace.form_paths[form_id]
        data = self.workspace.files[path]
        mark = self.facts.standing(path, form)
        imprint = self.facts.imprint(form.id, form.revision, data, mark, path, seal=self.seal)
        page = self.templates.blank(blank_view(self.facts, form, imprint))
        source = Attachment(f"{form.id}.yaml", data, YAML, "Source", "the form")
        return self.print_page(
            page, "blank", form.id, f"{form.title.to(self.facts.language)} {form.id}", [path], [source]
        )

    def in_force(self) -> "Press":
        """One that prints documents and forms as they rule on the day, whatever lies here to come."""
        found = copy(self)
        found.facts = self.facts.in_force()
        found.workspace = found.facts.workspace
        return found

    def manual(self) -> Rendition:
        """Of what is in force."""
        return self.in_force()._manual()

    def _manual(self) -> Rendition:
        if self.workspace.manual is None:
            raise CsdocsError(
                Text("没有可用的 handbook/manual.yaml", "there is no usable handbook/manual.yaml"),
                Text(
                    "没有的，把各篇列入这个文件，写法见 csdocs explain workspace；有的，运行 csdocs check handbook/manual.yaml",
                    "where there is none, list the parts in it as csdocs explain workspace shows; else run csdocs check handbook/manual.yaml",
                ),
            )
        view = manual_view(self.facts, seal=self.seal)
        paths = sorted(manual_contents(self.workspace.files).values())
        sources = [
            Attachment(
                path.rpartition("/")[2],
                self.workspace.files[path],
                media_type(path),
                "Source",
                "a controlled text",
            )
            for path in paths
        ]
        return self.print_page(self.templates.manual(view), "manual", "manual", view.title, paths, sources)

    def print_page(
        self,
        page: Page,
        subject: Subject,
        name: str,
        title: str,
        paths: Sequence[str],
        attachments: Sequence[Attachment],
        *,
        pictures: Mapping[str, bytes] = MappingProxyType({}),
        more: Mapping[str, object] = MappingProxyType({}),
    ) -> Rendition:
        """`more` is what else somebody must know to print the page again."""
        provenance = Attachment(
            PROVENANCE, self._provenance(subject, paths, more), JSON, "Data", "where this comes from"
        )
        try:
            with self._pictures() as root:
                data = render_pdf(
                    page.html,
                    page.css,
                    root=root,
                    title=title,
                    language=self.facts.language,
                    moment=self.facts.moment,
                    attachments=[*attachments, provenance],
                    pictures=pictures,
                )
        except MissingGlyph as missing:
            raise with_places(missing, self.workspace, paths) from None
        return Rendition(f"{name}.pdf", title, data)

    def _provenance(self, subject: Subject, paths: Sequence[str], more: Mapping[str, object]) -> bytes:
        sources = {path: found for path in sorted(paths) if (found := self.sha256(path))}
        facts = {
            "csdocs": __version__,
            "tools": tools(),
            "workspace": self.workspace.settings.workspace,
            "commit": self.facts.commit,
            "uncommitted": sorted(set(paths) & self.facts.changed),
            "as_of": self.facts.moment.isoformat(),
            "rendition": subject,
            **more,
            "language": self.facts.language,
            "seal_field": self.seal,
            "sources": sources,
            # no receipt is about a record
            **({} if subject == "record" else {"receipts": receipt_digests(self.facts, sources)}),
        }
        return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()

    def sha256(self, path: str) -> str | None:
        """None for a listed file that is not there: the page says so."""
        try:
            return hashlib.sha256(self.workspace.read(path)).hexdigest()
        except CsdocsError:
            return None
