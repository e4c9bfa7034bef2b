"""What a check has to say: first a Problem (a symbolic place), then a Finding (path, line and column)."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from csdocs.model.place import JUDGED_BY
from csdocs.model.text import Text

Route = tuple[str | int, ...]
NO_VALUES: Mapping[str, object] = MappingProxyType({})


class Severity(StrEnum):
    ERROR = "error"  # not a legal file
    BREACH = "breach"  # a true record of a clause that was not kept
    WARNING = "warning"


class Position(NamedTuple):
    """1-based line and column in a file."""

    line: int
    col: int


class Problem(NamedTuple):
    """A fact that a rule will put into words.

    `at` is a route of keys and indices into the YAML tree, or a position where the text itself is the trouble.
    """

    slug: str
    at: Route | Position = ()
    values: Mapping[str, object] = NO_VALUES


class Finding(NamedTuple):
    """One line of a report. `rule` is the slug of a built-in rule or `FORM:rule` of a form's own."""

    code: str
    rule: str
    severity: Severity
    path: str
    line: int
    col: int
    message: Text
    hint: Text

    @property
    def is_unreadable(self) -> bool:
        """Whether it keeps its file from being read."""
        return self.severity is Severity.ERROR and self.code.startswith(_UNREADABLE)

    @property
    def withholds(self) -> bool:
        """Whether it may keep other files from being judged: then nothing is found of them, right or not."""
        return self.is_unreadable and self.path.startswith(JUDGED_BY)


_UNREADABLE = ("TXT", "SHP", "DOC201")  # codes


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """As a report tells them: file by file, from the top down."""
    return tuple(sorted(findings, key=lambda f: (f.path, f.line, f.col, f.code, f.message)))
