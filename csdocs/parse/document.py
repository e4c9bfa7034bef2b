"""Controlled Markdown: front matter, clauses, links."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from csdocs.model.document import Clause, ControlBlock, Document, Link
from csdocs.model.finding import Position, Problem
from csdocs.parse.shape import to_shape
from csdocs.parse.yamltext import conflict, decode, parse_yaml

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


MOST_LINES = MOST_MARKS = 10_000
_MARK = re.compile(r"[][*_`<>!&|\\]")


class ParsedDocument(NamedTuple):
    document: Document | None
    problems: tuple[Problem, ...]


@cache
def markdown() -> "MarkdownIt":
    """CommonMark and tables, no HTML: the text of a regulation cannot carry markup of its own.

    Nor references such as `&#x202e;`, which would put on paper what may not stand in the file.
    """
    from markdown_it import MarkdownIt  # slow to come by

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("entity")


def top_level(tokens: "Sequence[Token]") -> "Iterator[Sequence[Token]]":
    """Blocks that are in no other, each with its opening and its closing token."""
    start = 0
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            yield tokens[start : index + 1]
            start = index + 1


def items_of(block: "Sequence[Token]") -> "Iterator[Sequence[Token]]":
    """The items of a list at the top level, each with its opening and its closing token."""
    start = 0
    for index, token in enumerate(block):
        if token.type == "list_item_open" and token.level == 1:
            start = index
        elif token.type == "list_item_close" and token.level == 1:
            yield block[start : index + 1]


class Front(NamedTuple):
    """The control block with what is wrong about it; None where it cannot be read."""

    control: ControlBlock | None
    problems: tuple[Problem, ...]


def parse_document(path: str, data: bytes) -> ParsedDocument:
    control, problems = parse_front(data)
    if control is None:
        return ParsedDocument(None, problems)
    _, body, body_line = _split(data.decode())
    unreadable = _unsettled(body, body_line) or _crowded(body, body_line)
    if unreadable is not None:
        return ParsedDocument(None, (*problems, unreadable))
    tokens = markdown().parse(body)
    clauses, misnumbered = _clauses(tokens, body, body_line)
    document = Document(path, control, body, body_line, clauses, _links(tokens, body, body_line), control.summary)
    return ParsedDocument(document, (*problems, *misnumbered))


@lru_cache(maxsize=512)
def parse_front(data: bytes) -> Front:
    """The front matter alone: all that judging needs of most documents. Asked by all who read a revision of it."""
    text, problems = decode(data)
    if problems:
        return Front(None, problems)
    front = _split(text)[0]
    if front is None:
        return Front(None, (Problem("no-front-matter", Position(1, 1)),))
    parsed = parse_yaml(front.encode())
    noted = tuple(_shifted(p) for p in parsed.problems if p.slug != "empty-value")
    if parsed.tree is None:
        return Front(None, noted or (Problem("no-front-matter", Position(1, 1)),))
    control, more = to_shape(ControlBlock, parsed.tree)
    return Front(control, noted if control is not None else (*noted, *more))


@lru_cache(maxsize=16)  # a regulation that is not kept has a hundred findings
def front_matter(data: bytes) -> bytes:
    """The YAML of the front matter, padded so that its line numbers are those of the file."""
    front = _split(data.decode("utf-8", "replace"))[0] or ""
    return ("\n" + front).encode()


def _split(text: str) -> tuple[str | None, str, int]:
    if not text.startswith("---\n"):
        return None, text, 1
    end = text.find("\n---\n", 3)
    if end < 0:
        return None, text, 1
    return text[4 : end + 1], text[end + 5 :], text.count("\n", 0, end + 5) + 1


def _unsettled(body: str, first: int) -> Problem | None:
    found = conflict(body)
    return found and _shifted(found, first - 1)


def _crowded(body: str, first: int) -> Problem | None:
    """More lines or marks than are ever written: a parser of Markdown would take minutes over them."""
    if body.count("\n") > MOST_LINES:
        return Problem("too-much-markup", Position(first + MOST_LINES, 1), {"limit": MOST_LINES})
    beyond = next(islice(_MARK.finditer(body), MOST_MARKS, None), None)
    if beyond is None:
        return None
    at = beyond.start()
    place = Position(first + body.count("\n", 0, at), at - body.rfind("\n", 0, at))
    return Problem("too-much-markup", place, {"limit": MOST_MARKS})


def _shifted(problem: Problem, lines: int = 1) -> Problem:
    at = problem.at
    return problem._replace(at=Position(at.line + lines, at.col)) if isinstance(at, Position) else problem


def _clauses(tokens: "list[Token]", body: str, first: int) -> tuple[tuple[Clause, ...], list[Problem]]:
    lines = body.split("\n")
    clauses: list[Clause] = []
    problems: list[Problem] = []
    for token in tokens:
        if token.type != "list_item_open" or token.level != 1 or not token.info or token.map is None:
            continue
        begin, end = token.map
        written = re.match(r"\s*(\d+)[.)]\s*(.*)", lines[begin])
        number = int(written[1]) if written else 0
        line = first + begin
        if number != len(clauses) + 1:
            problems.append(
                Problem("clause-numbering-broken", Position(line, 1), {"number": number, "expected": len(clauses) + 1})
            )
        text = "\n".join([written[2] if written else "", *lines[begin + 1 : end]]).strip()
        clauses.append(Clause(number, line, text))
    return tuple(clauses), problems


def _links(tokens: "list[Token]", body: str, first: int) -> tuple[Link, ...]:
    lines = body.split("\n")
    out: list[Link] = []
    for token in tokens:
        if token.type != "inline" or token.map is None:
            continue
        seen: dict[str, tuple[int, int]] = {}
        for index, child in enumerate(token.children or ()):
            if child.type != "link_open":
                continue
            target = str(child.attrs["href"])
            words = (token.children or [])[index + 1].content
            line, col = _find(lines, token.map[0], token.map[1], f"]({target})", seen)
            out.append(Link(words, target, first + line, col + 1))
    return tuple(out)


def _find(lines: list[str], begin: int, end: int, needle: str, seen: dict[str, tuple[int, int]]) -> tuple[int, int]:
    """Where the needle stands next, after where it was `seen` last."""
    line, col = seen.get(needle, (begin, -1))
    while line < end:
        col = lines[line].find(needle, col + 1)
        if col >= 0:
            seen[needle] = line, col
            return line, max(lines[line].rfind("[", 0, col), 0)
        line, col = line + 1, -1
    seen[needle] = end, -1
    return begin, 0
