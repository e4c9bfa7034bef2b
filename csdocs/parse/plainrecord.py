"""A record in the very frame that csdocs writes: header, data and signatures in their order, each key on its line.

Nearly every record is framed like that, and half of it are signatures, which one expression an entry reads at once: its words are
of the one spelling that the frame asks for, so nothing need be asked of them again. Only the data is read line by line. Whatever
is framed in any other way, and everything that is wrong, is left to the readers of all records.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from csdocs.model.record import Record, Signature, read_moment
from csdocs.parse.frame import BESIDES, HEADER, SIGNATURE, Keys, signature_problems
from csdocs.parse.plainyaml import PLAIN, PlainReader, read_words

_SIGNATURES = "\nsignatures:\n"
_DATA = "data:\n"
_INSIDE = 6  # columns to the lines of a signature
_BREAK = "\n" + " " * _INSIDE
_BELOW = r"(?:[ ]{5}.*\n)*"  # the lines that belong to a key of an entry


def _word(key: str, keys: Keys = SIGNATURE) -> str:
    return rf"{key}:[ ](?!null\n)({keys.spelled[key].pattern})\n"


_HEADER = re.compile("".join(_word(key, HEADER) for key in HEADER.needed) + rf"(?={_DATA})", re.ASCII)
_ENTRY = re.compile(
    rf"""[ ][ ]-[ ]{_word("step")}[ ]{{4}}{_word("decision")}[ ]{{4}}{_word("by")}[ ]{{4}}{_word("post")}[ ]{{4}}{_word("at")}
         ([ ]{{4}}form_sha256:(?:.*\n)+?)
         [ ]{{4}}signature:[ ]\|-\n
         ([ ]{{6}}-----BEGIN[ ]SSH[ ]SIGNATURE-----\n(?:[ ]{{6}}[A-Za-z0-9+/=]+\n)+[ ]{{6}}-----END[ ]SSH[ ]SIGNATURE-----)\n
         ((?:[ ]{{4}}[a-z].*\n{_BELOW})*)(?=[ ][ ]-[ ]|\Z)""",
    re.ASCII | re.VERBOSE,
)
_SAID = re.compile(
    rf"""[ ]{{4}}form_sha256:[ ]("?)([0-9a-f]{{64}})\1\n
         [ ]{{4}}attests:[ ](?!null\n)({PLAIN})(?<![ ])\n
         ((?:[ ]{{4}}covers:.*\n{_BELOW})?)""",
    re.ASCII | re.VERBOSE,
)
_LARGEST = 1 << 16
_KEPT = 1_000
_LONGEST = 2_000
_Said = tuple[str, str, Mapping[str, list[str]]]  # digest of the form, what is attested, what is covered


class _Besides(NamedTuple):
    """What an entry may hold besides, as `Signature` has it."""

    comment: str | None = None
    row: Mapping[str, Mapping[str, str]] | None = None
    rows_to: Mapping[str, Mapping[str, str]] | None = None
    computed: Mapping[str, Any] | None = None


class PlainRecordReader:
    """Reads records in the usual frame.

    What a signature says and covers comes again with every record of a form, so what such lines gave is kept: records share it,
    and nobody may change it.
    """

    def __init__(self, plain: PlainReader) -> None:
        self._plain = plain
        self._said = lru_cache(maxsize=_KEPT)(self._read_said)
        self._besides = lru_cache(maxsize=_KEPT)(self._read_besides)

    def read(self, path: str, text: str) -> Record | None:
        """None where the readers of all records must say."""
        header = _HEADER.match(text)
        if header is None or len(text) > _LARGEST:
            return None
        end = text.find(_SIGNATURES)
        try:
            data = self._data(text[header.end() :] if end < 0 else text[header.end() : end + 1])
            signatures = () if end < 0 else self._signatures(text, end + len(_SIGNATURES))
            id, form, revision, org_unit, created_by, created_at = header.groups()
            read_moment(created_at)
        except ValueError:  # a moment that no calendar has
            return None
        if data is None or signatures is None:
            return None
        return Record(path, id, form, int(revision), org_unit, created_by, created_at, data, signatures)

    def _data(self, lines: str) -> dict[str, Any] | None:
        words = read_words(lines[len(_DATA) :])
        if words is not None:
            return words
        tree = self._plain.read(lines)
        data = tree.get("data") if tree is not None and len(tree) == 1 else None
        return data if type(data) is dict else None

    def _signatures(self, text: str, at: int) -> tuple[Signature, ...] | None:
        found = []
        while at < len(text):
            entry = _ENTRY.match(text, at)
            if entry is None:
                return None
            step, decision, by, post, moment, said_lines, armoured, other_lines = entry.groups()
            said, besides = self._said(said_lines), self._besides(other_lines)
            if said is None or besides is None:
                return None
            read_moment(moment)
            signature = armoured[_INSIDE:].replace(_BREAK, "\n")
            found.append(Signature._make((step, decision, by, post, moment, *said, signature, *besides)))
            at = entry.end()
        return tuple(found) or None

    def _read_said(self, lines: str) -> _Said | None:
        words = _SAID.fullmatch(lines)
        if words is None or len(words[3]) > _LONGEST:
            return None
        tree = self._part(words[4]) if words[4] else {"covers": {}}
        return (words[2], words[3], tree["covers"]) if tree else None

    def _read_besides(self, lines: str) -> _Besides | None:
        tree = self._part(lines) if lines else {}
        return None if tree is None or "covers" in tree else _Besides(**tree)

    def _part(self, lines: str) -> dict[str, Any] | None:
        """Keys of an entry that hold more than a word."""
        tree = self._plain.read(f"part:\n{lines}")
        return None if tree is None or signature_problems(tree["part"], BESIDES, ()) else tree["part"]
