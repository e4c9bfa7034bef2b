"""What a page shows: plain values, ready to print. Whoever fills them has verified everything."""

from dataclasses import dataclass
from typing import NewType

from csdocs.model.text import Language

Html = NewType("Html", str)
"""Markup that the caller made from escaped text (Markdown with raw HTML switched off); printed as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    label: str
    label_en: str = ""
    lines: tuple[str, ...] = ()
    """The value as printed; none for an empty field."""
    kind: str = "text"
    """A field kind of the form language: numbers align right, long text gets room."""
    wide: bool = False
    computed: bool = False
    choices: tuple[str, ...] = ()
    """Shown as tick boxes on a blank form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
    label: str
    kind: str = "text"
    """A field kind; or `pages`, whose cells are anchors and print as the numbers of their pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    columns: tuple[ColumnView, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    label: str = ""
    anchor: str = ""
    blank_rows: int = 0
    """Empty lines to write on, for a blank form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridView:
    """Fields that follow one another, with no table between them."""

    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    title: str
    hint: str = ""
    """How it is filled in, on an empty form."""
    content: tuple[FieldView | TableView, ...] = ()
    """In the order of the form: a total stands below the rows that it sums."""

    @property
    def tables(self) -> tuple[TableView, ...]:
        return tuple(each for each in self.content if isinstance(each, TableView))

    @property
    def blocks(self) -> tuple[GridView | TableView, ...]:
        """The tables, and before, between and after them what fields there are."""
        blocks: list[GridView | TableView] = []
        for each in self.content:
            if isinstance(each, TableView):
                blocks.append(each)
            elif blocks and isinstance(blocks[-1], GridView):
                blocks[-1] = GridView(fields=(*blocks[-1].fields, each))
            else:
                blocks.append(GridView(fields=(each,)))
        return tuple(blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffView:
    """One signature of a person, as found when its bytes were verified."""

    title: str
    attests: str = ""
    person: str = ""
    staff_no: str = ""
    post: str = ""
    at: str = ""
    verified: bool = False
    reason: str = ""
    """Why it is not verified."""
    decision: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentView:
    id: str
    at: str
    person: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnclosureView:
    """A file that belongs to a record, and what became of it in this rendition."""

    name: str
    field: str
    size: str
    digest: str
    """The beginning of its SHA-256, as the record states it."""
    remark: str
    trouble: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """A picture among the files of a record."""

    title: str
    facts: str
    alternative: str
    source: str
    width: float
    height: float
    """As printed, in millimetres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    revision: str
    date: str
    kind: str
    summary: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What every page of a rendition carries."""

    organisation: str
    copy_mark: str = ""
    """受控, 草案, 作废, 尚未生效 …"""
    code: str = ""
    """The short code that `verify --code` looks up."""
    qr_svg: Html = Html("")
    made_from: str = ""
    """The commit and the as-of date."""
    seal_place: bool = False
    """Leave room for the seal, and a signature field in it."""
    language: Language = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    title: str
    subtitle_en: str = ""
    number: str
    form_id: str
    form_revision: int
    state: str
    day: str
    note: str = ""
    """For whom a copy was made, and what is not in it."""
    sections: tuple[SectionView, ...]
    sign_offs: tuple[SignOffView, ...] = ()
    amendments: tuple[AmendmentView, ...] = ()
    replaced_by: str = ""
    """The amendment that counts in place of this file."""
    stands: str = ""
    """What counts while this file, an amendment, does not."""
    findings: tuple[str, ...] = ()
    """Breaches, one line each."""
    enclosures: tuple[EnclosureView, ...] = ()
    figures: tuple[FigureView, ...] = ()
    imprint: Imprint


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankView:
    """A form to fill in by hand."""

    title: str
    subtitle_en: str = ""
    form_id: str
    form_revision: int
    sections: tuple[SectionView, ...]
    steps: tuple[SignOffView, ...] = ()
    """Titles and attestations only; the rest is written by hand."""
    imprint: Imprint


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseView:
    number: str
    """As printed: 第三条, Article 3."""
    anchor: str
    body: Html
    deleted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterView:
    clauses: tuple[ClauseView, ...] = ()
    title: str = ""
    anchor: str = ""
    intro: Html = Html("")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    title: str
    title_en: str = ""
    id: str
    revision: int
    effective: str
    owner: str
    state: str = ""
    chapters: tuple[ChapterView, ...]
    changes: tuple[ChangeView, ...] = ()
    sign_offs: tuple[SignOffView, ...] = ()
    imprint: Imprint

    @property
    def anchor(self) -> str:
        return f"doc-{self.id}"


Runs = tuple[tuple[str, str], ...]
"""Stretches of text, each `equal`, `delete` or `insert`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedlineBlockView:
    status: str
    kind: str
    """paragraph, heading, code, rule or table."""
    depth: int = 0
    marker: str = ""
    rows: tuple[tuple[Runs, ...], ...]
    """One row of one cell unless it is a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedlineClauseView:
    status: str
    status_words: str
    number: str
    blocks: tuple[RedlineBlockView, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RedlineChapterView:
    number: str
    title: Runs
    blocks: tuple[RedlineBlockView, ...] = ()
    clauses: tuple[RedlineClauseView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RedlineFieldView:
    label: str
    note: str = ""
    before: str
    after: str
    """Empty where nothing stood."""
    runs: Runs = ()
    """A longer text word by word, in place of before and after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedlineView:
    """Two states of a controlled file side by side."""

    title: str
    title_en: str = ""
    id: str
    before: str
    after: str
    kind: str
    """The kind of change as computed, in words."""
    changes: tuple[ChangeView, ...] = ()
    fields: tuple[RedlineFieldView, ...] = ()
    parameters: tuple[RedlineFieldView, ...] = ()
    chapters: tuple[RedlineChapterView, ...] = ()
    lines: Runs = ()
    imprint: Imprint


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    number: str
    """第一篇 before a Chinese title; in English the word and the number, then two spaces."""
    title: str
    anchor: str
    documents: tuple[DocumentView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppendixView:
    title: str
    anchor: str
    tables: tuple[TableView, ...]
    intro: str = ""
    blanks: tuple[BlankView, ...] = ()
    """Empty forms that follow the tables, each on pages of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualView:
    title: str
    title_en: str = ""
    facts: tuple[tuple[str, str], ...]
    """The cover: label and value, such as the edition, the as-of date, the number of regulations."""
    parts: tuple[PartView, ...]
    appendices: tuple[AppendixView, ...] = ()
    imprint: Imprint
