"""The plain part of YAML: block mappings and lists of one-line values, as csdocs itself writes them.

Nearly every file of a workspace is spelled like that, and reading it line by line gives the tree at a fraction of what a
parser of the whole language costs. Whatever is spelled in any other way, and everything that is wrong, is left to that parser:
here a tree comes out only where it is the one that the parser gives, without a problem
(`docs/decisions/0010-plain-files-are-read-by-line.md`).
"""

import re
from collections.abc import Callable
from typing import Any

from csdocs.parse.brackets import BEGIN, read_brackets

Whole = Callable[[str], Any]  # text of a file -> its tree, None if anything is the matter with it

_LARGEST = 1 << 18
_MOST_LINES = 5_000
_DEEPEST = 7
_KEPT = 1_000
PLAIN = rf"(?:{BEGIN}|-(?=[0-9]))[^\n:#]*+(?:(?::(?![ \n])|(?<![ ])\#)[^\n:#]*+)*"
_KEY = r"[a-z_][a-z0-9_]{0,63}+"
_DEEPER = r"\1(?(2)[ ][ ])[ ]"  # how a line begins that belongs to the key before it
_OTHER = rf"(?:[\[{{\"'].*|[|>]-?)\n(?:\n*{_DEEPER}.+\n)*"  # brackets, quotes, text over several lines
_ENTRY = re.compile(
    rf"""([ ]*)(-[ ])?
         (?: ({_KEY}):
             (?: [ ]({PLAIN})\n
               | \n
               | [ ]\|-\n({_DEEPER}[ ](?![ ]).+\n(?:{_DEEPER}[ ].+\n)*)(?!\n|{_DEEPER}[ ])
               | [ ]({_OTHER})
             )
           | ({PLAIN})\n
           | ({_OTHER})
         )
       | [ ]*(?:\#.*)?\n
       | (.+\n)""",
    re.VERBOSE,
)
_WORDS = re.compile(rf"^  ({_KEY}): ({BEGIN}[^\n#]*+)\n", re.MULTILINE)


def read_words(lines: str) -> dict[str, str] | None:
    """What lines below a key say, where each is a key and a word: most data is no more. None: that a reader must say."""
    if "\n    " in lines or " \n" in lines or not lines.endswith("\n"):
        return None
    found = _WORDS.findall(lines)
    words = dict(found)
    each_once = 0 < len(words) == len(found) == lines.count("\n") <= _MOST_LINES
    nothing_else = lines.count(": ") == len(found) and ":\n" not in lines and "null" not in words.values()
    return words if each_once and nothing_else else None


class PlainReader:
    """Reads the plain part; `whole`, the parser of everything, says what quoted and bracketed values are.

    Such values come again and again (the fields that a step covers), so what they gave is kept: trees share them, and
    nobody may change a tree.
    """

    def __init__(self, whole: Whole) -> None:
        self._whole = whole
        self._enclosed: dict[str, Any] = {}

    def read(self, text: str) -> dict[str, Any] | None:
        """The tree of a file, None where the parser of everything must say."""
        if len(text) > _LARGEST or not text.endswith("\n") or " \n" in text:
            return None
        entries = _ENTRY.findall(text)
        try:
            return self._tree(entries) if len(entries) <= _MOST_LINES else None
        except _NotPlain:
            return None

    def _tree(self, entries: list[tuple[str, ...]]) -> dict[str, Any]:
        root: dict[str, Any] = {}
        inside: Any = root  # the mapping or list that the next line continues, and its column
        column = 0
        around: list[tuple[int, Any]] = []
        opened = ""
        for indent, dash, key, plain, block, enclosed, item, enclosed_item, other in entries:
            if other:
                raise _NotPlain
            if not (key or item or enclosed_item):
                continue  # an empty line or a comment
            at = len(indent)
            if opened:
                if at <= column or len(around) >= _DEEPEST:
                    raise _NotPlain
                around.append((column, inside))
                inside[opened] = inside = [] if dash else {}
                column, opened = at, ""
            while at < column:
                column, inside = around.pop()
            if at != column or (type(inside) is list) != bool(dash) or not (key or dash):
                raise _NotPlain
            if plain == "null" or item == "null":
                raise _NotPlain
            if not key:
                inside.append(item or self._value(enclosed_item))
                continue
            if dash:
                around.append((column, inside))
                row: dict[str, Any] = {}
                inside.append(row)
                inside, column = row, column + 2
            if key in inside:
                raise _NotPlain
            if plain:
                inside[key] = plain
            elif enclosed:
                inside[key] = self._value(enclosed)
            elif block:
                inside[key] = block[column + 2 : -1].replace("\n" + " " * (column + 2), "\n")
            else:
                opened = key
        if opened or not root:
            raise _NotPlain
        return root

    def _value(self, enclosed: str) -> Any:
        """Of a quoted or bracketed value, with the lines on which it goes on."""
        found = self._enclosed.get(enclosed)
        if found is None:
            found = self._parsed(enclosed)
            if len(self._enclosed) >= _KEPT:
                self._enclosed.clear()
            self._enclosed[enclosed] = found
        return found

    def _parsed(self, enclosed: str) -> Any:
        nested = enclosed.count("[") + enclosed.count("{") > _DEEPEST
        value = None if nested else read_brackets(enclosed[:-1])
        if value is not None:
            return value
        tree = None if nested else self._whole(f"v: {enclosed}")
        if type(tree) is not dict or len(tree) != 1 or "v" not in tree:
            raise _NotPlain
        return tree["v"]


class _NotPlain(Exception):
    """A spelling that is not ours to read."""
