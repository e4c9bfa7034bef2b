"""Views to HTML: Jinja2 in its sandbox, every value escaped, every unknown name an error."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from jinja2 import DictLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from csdocs.model.error import CsdocsError
from csdocs.model.text import Language, Text
from csdocs.render.bound import bounded, require_modest_page
from csdocs.render.view import (
    BlankView,
    ChapterView,
    ColumnView,
    DocumentView,
    FieldView,
    ManualView,
    RecordView,
    RedlineChapterView,
    RedlineView,
)

# The most that a column of each kind asks for, in characters of the table's text; prose shares what is left.
_ROOM = {
    "department": 10, "customer": 10, "choice": 9, "staff": 11, "date_time": 10, "date": 7, "code": 16,
    "time": 5, "month": 6, "week": 6, "year": 4, "duration": 6, "money": 8, "integer": 5, "decimal": 7,
    "percent": 6, "yes_no": 3, "reference": 16, "pages": 24,
}  # fmt: skip
_PROSE_SHARE = {"text": 1.0, "file": 1.0, "long_text": 1.4}
_YIELDING = frozenset({*_PROSE_SHARE, "pages"})
_TABLE_WIDTH = 54.0
_LEAST_PROSE = 7.0
_PADDING = 1.3
_NUMBERS = frozenset({"integer", "decimal", "money", "percent"})
_UNBROKEN = _NUMBERS | {"date", "time", "month", "week", "year", "yes_no"}
# A table that does not fit is set in 7.5 pt instead of 9 pt and so has room for more characters.
_CROWDED_WIDTH = 65.0
_LEAST, _LEAST_SOFT = 5.0, {"staff": 7.0, "date_time": 7.0}
_ROOMY = 8.0
_ONE_PIECE = 500
# A character of a clause, the space behind its number, and the longest number that the usual column holds.
_CLAUSE_MM, _NUMBER_GAP_MM, _USUAL_NUMBER = 3.71, 2.5, 5.7


# What a template of its own making can end in, beside what Jinja calls an error.
_RUN_ASTRAY = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U000323af]")
# Codes and names of things are no language: it takes two words side by side.
_WORDS = re.compile(r"\b[A-Za-z]{2,}[,;]? [A-Za-z]{2,}\b")
# A longer one would not fit beside a field.
_BRACKETS = re.compile("(（[^（）]{1,5}）)")


class Page(NamedTuple):
    html: str
    css: str


class Template(NamedTuple):
    page: str
    styles: tuple[str, ...]


_RECORD = Template("record.html.j2", ("print.css", "record.css"))
_BLANK = Template("blank.html.j2", ("print.css", "record.css"))
_DOCUMENT = Template("document.html.j2", ("print.css", "record.css", "manual.css"))
_MANUAL = Template("manual.html.j2", ("print.css", "record.css", "manual.css"))
_REDLINE = Template("redline.html.j2", ("print.css", "record.css", "manual.css", "redline.css"))


class PrintTemplates:
    """The files of `templates/print`, by name."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = dict(sources)

    @classmethod
    def read(cls, directory: Path) -> "PrintTemplates":
        files = sorted((*directory.glob("*.j2"), *directory.glob("*.css")))
        return cls({file.name: file.read_text(encoding="utf-8") for file in files})

    def record(self, view: RecordView) -> Page:
        return self._page(_RECORD, view, view.imprint.language)

    def blank(self, view: BlankView) -> Page:
        return self._page(_BLANK, view, view.imprint.language)

    def document(self, view: DocumentView) -> Page:
        return self._page(_DOCUMENT, view, view.imprint.language)

    def manual(self, view: ManualView) -> Page:
        return self._page(_MANUAL, view, view.imprint.language)

    def redline(self, view: RedlineView) -> Page:
        return self._page(_REDLINE, view, view.imprint.language)

    @cached_property
    def _environment(self) -> ImmutableSandboxedEnvironment:
        environment = ImmutableSandboxedEnvironment(
            loader=DictLoader(self._sources),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters |= {
            "pairs": pair_fields,
            "widths": column_widths,
            "crowded": is_crowded,
            "flowing": is_flowing,
            "number_room": number_room,
            "pieces": label_pieces,
        }
        environment.tests |= {"number_kind": _NUMBERS.__contains__}
        return environment

    def _page(self, template: Template, view: object, language: Language) -> Page:
        def say(chinese: str, english: str) -> str:
            return Text(chinese, english).to(language)

        try:
            with bounded():  # reading it, too: constants are worked out there
                page = self._environment.get_template(template.page)
                html = page.render(view=view, say=say, language=language, lang_of=partial(lang_of, language))
            return Page(require_modest_page(html), "\n".join(self._sources[name] for name in template.styles))
        except (TemplateError, *_RUN_ASTRAY) as error:
            place = f"{getattr(error, 'name', None) or template.page}:{getattr(error, 'lineno', None) or 1}"
            raise CsdocsError(
                Text(f"打印模板有误 {place}：{error}", f"The print template is wrong at {place}: {error}"),
                Text("检查 templates/print 下的文件", "Check the files in templates/print"),
            ) from error


def lang_of(language: Language, *texts: str) -> Mapping[str, str]:
    """The attribute of what people wrote, where it is plainly not in the language of the page."""
    text = " ".join(texts)
    chinese = bool(_HAN.search(text))
    if language == "zh":
        return {"lang": "en"} if not chinese and _WORDS.search(text) else {}
    return {"lang": "zh-CN"} if chinese else {}


def pair_fields(fields: Sequence[FieldView]) -> list[tuple[FieldView, ...]]:
    """Lines of the grid: two narrow fields side by side, a wide one alone."""
    lines: list[tuple[FieldView, ...]] = []
    waiting: FieldView | None = None
    for field in fields:
        if field.wide:
            if waiting:
                lines.append((waiting,))
            lines.append((field,))
            waiting = None
        elif waiting:
            lines.append((waiting, field))
            waiting = None
        else:
            waiting = field
    return [*lines, (waiting,)] if waiting else lines


def column_widths(columns: Sequence[ColumnView], rows: Sequence[Sequence[str]] = ()) -> list[str]:
    """CSS widths that add up to 100 %: what dates, numbers and codes need; prose shares the rest."""
    needs = _needs(columns, rows)
    if _overflow(needs):
        widths = _squeezed(needs, _hard_floors(columns, needs, filled=bool(rows)), _CROWDED_WIDTH)
    elif sum(needs) > _TABLE_WIDTH:
        widths = _squeezed(needs, _soft_floors(columns, needs), _TABLE_WIDTH)
    else:
        widths = _stretched(columns, needs)
    total = sum(widths)
    return [f"{width / total:.3%}" for width in widths]


def is_crowded(columns: Sequence[ColumnView], rows: Sequence[Sequence[str]] = ()) -> bool:
    """More columns than fit at the usual size: the table is set smaller."""
    return _overflow(_needs(columns, rows))


def is_flowing(texts: Sequence[str]) -> bool:
    """A text so long that its row may run over the end of a page; a short one stays in one piece."""
    return any(len(text) > _ONE_PIECE for text in texts)


def label_pieces(label: str) -> list[str]:
    """Words and units in turn: a unit in brackets, such as （分钟）, moves to the next line as a whole."""
    return _BRACKETS.split(label)


def number_room(chapters: Sequence[ChapterView | RedlineChapterView], margin: float = 0.0) -> str:
    """The column for the numbers of clauses where the usual one is too narrow: 第一百零三条 is longer than 第二十三条.

    `margin`: what lies to the left of it, in millimetres.
    """
    longest = max((_ems(clause.number) for chapter in chapters for clause in chapter.clauses), default=0.0)
    return f"{longest * _CLAUSE_MM + _NUMBER_GAP_MM + margin:.1f}mm" if longest > _USUAL_NUMBER else ""


def _needs(columns: Sequence[ColumnView], rows: Sequence[Sequence[str]]) -> list[float]:
    return [_need(column, [row[number] for row in rows]) for number, column in enumerate(columns)]


def _overflow(needs: Sequence[float]) -> bool:
    # No column may be so narrow that words break; beyond that, prose wraps.
    return sum(min(need, _ROOMY) for need in needs) > _TABLE_WIDTH


def _stretched(columns: Sequence[ColumnView], needs: Sequence[float]) -> list[float]:
    prose = sum(need for need, column in zip(needs, columns, strict=True) if column.kind in _PROSE_SHARE)
    stretch = (_TABLE_WIDTH - sum(needs) + prose) / prose if prose else 1.0
    return [need * (stretch if column.kind in _PROSE_SHARE else 1) for need, column in zip(needs, columns, strict=True)]


def _soft_floors(columns: Sequence[ColumnView], needs: Sequence[float]) -> list[float]:
    """Prose gives way, and so do page numbers, which may stand in several lines."""
    return [
        min(need, _ROOMY) if column.kind in _YIELDING else need for need, column in zip(needs, columns, strict=True)
    ]


def _hard_floors(columns: Sequence[ColumnView], needs: Sequence[float], *, filled: bool) -> list[float]:
    """Dates, times and numbers keep what they need, since a broken number misleads; the others give way."""
    return [
        need if filled and column.kind in _UNBROKEN else min(need, _LEAST_SOFT.get(column.kind, _LEAST))
        for need, column in zip(needs, columns, strict=True)
    ]


def _squeezed(needs: Sequence[float], floors: Sequence[float], width: float) -> list[float]:
    """Each column its floor; what is left goes to those that need more, by how much more."""
    wishes = [need - floor for need, floor in zip(needs, floors, strict=True)]
    spare = max(width - sum(floors), 0.0) / (sum(wishes) or 1.0)
    return [floor + wish * spare for floor, wish in zip(floors, wishes, strict=True)]


def _need(column: ColumnView, cells: Sequence[str]) -> float:
    if column.kind == "pages":
        cells = ["888、" * len(cell.split()) for cell in cells]
    longest = max((_ems(line) for cell in cells for line in cell.split("\n")), default=0.0)
    head = min(_ems(column.label), 6.0)
    if column.kind in _PROSE_SHARE:
        amount = longest if cells else _LEAST_PROSE * 2
        return max(min(amount, 30.0) * _PROSE_SHARE[column.kind], head, _LEAST_PROSE)
    room = _ROOM.get(column.kind, 10)
    return max(min(longest if cells else 5.0, room), head) + _PADDING


def _ems(text: str) -> float:
    """The width of a line in Chinese characters; a Latin letter takes about half of one."""
    return sum((_width(character) for character in text), start=0.0)


def _width(character: str) -> float:
    if ord(character) > 0x2E7F:
        return 1.0
    return 0.66 if character.isupper() else 0.55
