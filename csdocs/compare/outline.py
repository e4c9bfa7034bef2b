"""A regulation as its readers see it: chapters, clauses, and in them paragraphs, items and table rows."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from markdown_it.token import Token

from csdocs.model.document import Document
from csdocs.parse.document import items_of, markdown, top_level

PieceKind = Literal["text", "link", "code"]
BlockKind = Literal["paragraph", "heading", "row", "code", "rule"]
_CONTAINERS = {"ordered_list": "ordered", "bullet_list": "bullet", "blockquote": "quote", "table": "table"}


class Piece(NamedTuple):
    """A stretch of text; `target` is where a link leads."""

    kind: PieceKind
    text: str
    target: str = ""


class Inline(NamedTuple):
    """One line of thought: its pieces, and the words that are emphasised."""

    pieces: tuple[Piece, ...] = ()
    emphasised: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return "".join(piece.text for piece in self.pieces)


class Block(NamedTuple):
    """`cells` has one entry, or as many as the table row has cells. `within` names the lists and quotations around it."""

    kind: BlockKind
    within: tuple[str, ...]
    marker: str
    cells: tuple[Inline, ...]
    line: int

    @property
    def place(self) -> tuple[object, ...]:
        """What must be alike before two blocks can be compared word by word."""
        return self.kind, self.within, self.marker, len(self.cells)

    @property
    def words(self) -> str:
        return " ".join(cell.words for cell in self.cells)


class Article(NamedTuple):
    """A clause."""

    number: int
    line: int
    blocks: tuple[Block, ...]

    @property
    def words(self) -> str:
        return "\n".join(block.marker + block.words for block in self.blocks)


class Chapter(NamedTuple):
    """`level` is 0 for what stands before the first heading."""

    title: Inline
    level: int
    line: int
    blocks: tuple[Block, ...]
    articles: tuple[Article, ...]


def outline(document: Document) -> tuple[Chapter, ...]:
    chapters = [Chapter(Inline(), 0, document.body_line, (), ())]
    for group in top_level(markdown().parse(document.body)):
        last = chapters[-1]
        if group[0].type == "heading_open":
            chapters.append(Chapter(_inline(group[1]), int(group[0].tag[1:]), _line(group[0], document), (), ()))
        elif group[0].type == "ordered_list_open":
            found = tuple(_article(item, document) for item in items_of(group))
            chapters[-1] = last._replace(articles=last.articles + found)
        else:
            within = (f"after {last.articles[-1].number}",) if last.articles else ()
            chapters[-1] = last._replace(blocks=last.blocks + tuple(_blocks(group, document, within)))
    return tuple(chapter for chapter in chapters if chapter.level or chapter.blocks or chapter.articles)


def articles(chapters: Sequence[Chapter]) -> tuple[Article, ...]:
    return tuple(article for chapter in chapters for article in chapter.articles)


def chapter_numbers(chapters: Sequence[Chapter]) -> tuple[int, ...]:
    """Index of the chapter that holds each clause."""
    return tuple(index for index, chapter in enumerate(chapters) for _ in chapter.articles)


def _article(item: Sequence[Token], document: Document) -> Article:
    opening, *inside, _ = item
    return Article(int(opening.info), _line(opening, document), tuple(_blocks(inside, document, ())))


def _line(token: Token, document: Document) -> int:
    return document.body_line + (token.map[0] if token.map else 0)


def _blocks(tokens: Sequence[Token], document: Document, around: tuple[str, ...]) -> Iterator[Block]:
    surroundings = _Surroundings(around)
    row: list[Inline] = []
    line = document.body_line
    for token in tokens:
        line = _line(token, document) if token.map else line
        surroundings.note(token)
        match token.type:
            case "inline" if "table" in surroundings.within:
                row.append(_inline(token))
            case "inline":
                yield surroundings.block(surroundings.kind, (_inline(token),), line)
            case "tr_close":
                yield surroundings.block("row", tuple(row), line)
                row = []
            case "fence" | "code_block":
                code = Piece("code", token.content.rstrip("\n"))
                yield surroundings.block("code", (Inline((code,)),), line)
            case "hr":
                yield surroundings.block("rule", (Inline(),), line)


class _Surroundings:
    """The lists, quotations and tables around the place that a walk has reached."""

    def __init__(self, around: tuple[str, ...]) -> None:
        self.within = list(around)
        self.kind: BlockKind = "paragraph"
        self._marker = ""

    def note(self, token: Token) -> None:
        name, _, end = token.type.rpartition("_")
        if name in _CONTAINERS and end == "open":
            self.within.append(_CONTAINERS[name])
        elif name in _CONTAINERS and end == "close":
            self.within.pop()
        elif token.type == "list_item_open":
            self._marker = token.info or "·"
        elif end == "open" and name in ("heading", "paragraph"):
            self.kind = "heading" if name == "heading" else "paragraph"

    def block(self, kind: BlockKind, cells: tuple[Inline, ...], line: int) -> Block:
        """The first block of a list item carries its number as written."""
        marker, self._marker = self._marker, ""
        return Block(kind, tuple(self.within), marker, cells, line)


def _inline(token: Token) -> Inline:
    pieces: list[Piece] = []
    emphasised: list[str] = []
    open_emphasis: list[int] = []
    target = ""
    for child in token.children or ():
        match child.type:
            case "link_open":
                target = str(child.attrs["href"])
                pieces.append(Piece("link", "", target))
            case "link_close":
                target = ""
            case "strong_open" | "em_open":
                open_emphasis.append(sum(len(piece.text) for piece in pieces))
            case "strong_close" | "em_close":
                emphasised.append("".join(piece.text for piece in pieces)[open_emphasis.pop() :])
            case "image":
                pieces.append(Piece("link", child.content, str(child.attrs["src"])))
            case "code_inline":
                pieces.append(Piece("code", child.content))
            case _:
                _add_text(pieces, " " if child.type in ("softbreak", "hardbreak") else child.content, target)
    return Inline(tuple(pieces), tuple(emphasised))


def _add_text(pieces: list[Piece], text: str, target: str) -> None:
    """Neighbouring text is one piece, so that **1**0 is read as the 10 that it prints."""
    kind: PieceKind = "link" if target else "text"
    if pieces and pieces[-1].kind == kind and pieces[-1].target == target:
        pieces[-1] = pieces[-1]._replace(text=pieces[-1].text + text)
    else:
        pieces.append(Piece(kind, text, target))
