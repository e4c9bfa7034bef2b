"""Views to HTML: Jinja2 in its sandbox, every value escaped, every unknown name an error."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from jinja2 import DictLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from csdocs.model.error import CsdocsError
from csdocs.model.kind import NUMBERS
from csdocs.model.text import Language, Text
from csdocs.render.bound import bounded, require_modest_page
from csdocs.render.column import UPRIGHT, column_widths, ems, is_crowded, pair_fields, sheet_of
from csdocs.render.fit import is_tight
from csdocs.render.view import (
    BlankView,
    ChapterView,
    DocumentView,
    ManualView,
    RecordView,
    RedlineChapterView,
    RedlineView,
)

_ONE_PIECE = 500
# In characters of a clause: the sheet, the usual line beside the numbers, and the space behind a number.
_ACROSS, _BESIDE_NUMBERS, _NUMBER_GAP = 46.4, 41, 0.4


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
    def of(cls, files: Mapping[str, bytes]) -> "PrintTemplates":
        """Of all that lies in the folder; what is no template, a picture say, is left out."""
        return cls(
            {name: _decoded(name, data) for name, data in files.items() if is_template(name) and "/" not in name}
        )

    @classmethod
    def read(cls, directory: Path) -> "PrintTemplates":
        return cls.of({file.name: file.read_bytes() for file in sorted(directory.iterdir()) if file.is_file()})

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
            "sheet": sheet_of,
            "tight": is_tight,
        }
        environment.globals["upright"] = UPRIGHT
        environment.tests |= {"number_kind": NUMBERS.__contains__}
        return environment

    def _page(self, template: Template, view: object, language: Language) -> Page:
        def say(chinese: str, english: str) -> str:
            return Text(chinese, english).to(language)

        try:
            with bounded():  # reading it, too: constants are worked out there
                page = self._environment.get_template(template.page)
                html = page.render(view=view, say=say, language=language, lang_of=partial(lang_of, language))
            return Page(require_modest_page(html), "\n".join(map(self._style, template.styles)))
        except TemplateNotFound as error:
            raise _missing(str(error.name)) from error
        except (TemplateError, *_RUN_ASTRAY) as error:
            place = f"{getattr(error, 'name', None) or template.page}:{getattr(error, 'lineno', None) or 1}"
            raise CsdocsError(
                Text(f"打印模板有误 {place}：{error}", f"the print template is wrong at {place}: {error}"),
                Text("检查 templates/print 下的文件", "check the files in templates/print"),
            ) from error

    def _style(self, name: str) -> str:
        if name not in self._sources:
            raise _missing(name)
        return self._sources[name]


def is_template(name: str) -> bool:
    return name.endswith((".j2", ".css"))


def _decoded(name: str, data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CsdocsError(
            Text(
                f"打印模板 templates/print/{name}:{line} 不是 UTF-8 编码",
                f"the print template templates/print/{name}:{line} is not UTF-8",
            ),
            Text("用文本编辑器另存为 UTF-8（无 BOM）", "save it as UTF-8 without a byte order mark"),
        ) from error


def _missing(name: str) -> CsdocsError:
    return CsdocsError(
        Text(f"没有打印模板 templates/print/{name}", f"there is no print template templates/print/{name}"),
        Text(
            "误删的用 git restore 取回；csdocs init 建的新工作区里各有一份",
            "git restore brings back what was deleted; every workspace that csdocs init makes has them all",
        ),
    )


def lang_of(language: Language, *texts: str) -> Mapping[str, str]:
    """The attribute of what people wrote, where it is plainly not in the language of the page."""
    text = " ".join(texts)
    chinese = bool(_HAN.search(text))
    if language == "zh":
        return {"lang": "en"} if not chinese and _WORDS.search(text) else {}
    return {"lang": "zh-CN"} if chinese else {}


def is_flowing(texts: Sequence[str]) -> bool:
    """A text so long that its row may run over the end of a page; a short one stays in one piece."""
    return any(len(text) > _ONE_PIECE for text in texts)


def label_pieces(label: str) -> list[str]:
    """Words and units in turn: a unit in brackets, such as （分钟）, moves to the next line as a whole."""
    return _BRACKETS.split(label)


def number_room(chapters: Sequence[ChapterView | RedlineChapterView]) -> str:
    """The column for the numbers of clauses where the usual one is too narrow: 第一百零三条 is longer than 第二十三条."""
    longest = max((ems(clause.number) for chapter in chapters for clause in chapter.clauses), default=0.0)
    beside = int(_ACROSS - longest - _NUMBER_GAP)
    return f"calc(171.9mm - {beside}em)" if beside < _BESIDE_NUMBERS else ""
