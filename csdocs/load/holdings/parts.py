"""How rules across records keep up with a workspace of which only a little has changed.

Such a rule judges the workspace part by part: a series of numbers, a reference, a query. What it found of a part is kept until a change
touches the part. Each rule says in its own declaration what that is; one that says nothing is asked again after every change.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from csdocs.load.holdings.tree import Tree
from csdocs.store.schema import Names

WHOLE = ""  # the one part of a rule that does not divide the workspace


@dataclass
class Alteration:
    """What is otherwise than before, by what it was before as well as by what it is now."""

    ids: set[str] = field(default_factory=set)  # numbers of records, of those that were disposed of too
    names: set[str] = field(default_factory=set)  # of record files; also of those that have landed since
    forms: dict[str, Names] = field(default_factory=dict)  # with columns in which records say something else
    series: set[str] = field(default_factory=set)  # form and series as one word
    targets: set[str] = field(default_factory=set)  # what the records refer to
    folders: set[str] = field(default_factory=set)  # in which attachments lie or belong
    stubs: set[str] = field(default_factory=set)  # paths
    unread: set[str] = field(default_factory=set)  # numbers, by the names of files that cannot be read

    def turn(self, form: str, names: Names = None) -> None:
        """A record of the form says something else in these columns, or (None) has come or gone."""
        before = self.forms.get(form, frozenset())
        self.forms[form] = None if before is None or names is None else before | names


class ByKey(NamedTuple):
    """Parts that a change names. `all`: those of which there may be something to say."""

    all: Callable[[Tree], Iterable[str]]
    touched: Callable[[Tree, Alteration], Iterable[str]]


class ByForm(NamedTuple):
    """Parts that read all records of some forms.

    `all`: asked once for a rule book and its history, from which alone they have to follow. `reads`: ids of the forms once the part has
    been judged, EVERY_FORM where it reads the records of all. `names`: of the tables and columns on which it rests (None: any).
    `until`: when time alone may change what is to be said (None: never).
    """

    all: Callable[[Tree], Iterable[str]]
    reads: Callable[[Tree, str], Iterable[str]]
    names: Callable[[Tree, str], Names]
    until: Callable[[Tree, str], dt.datetime | None]


class ByEverything(NamedTuple):
    """Whatever has changed, it is asked again."""


Reads = ByKey | ByForm | ByEverything
EVERYTHING = ByEverything()


def _series(tree: Tree, change: Alteration) -> Iterable[str]:
    """The stub of a disposed record explains a number in whatever series, and so does a file that cannot be read."""
    return {*tree.series(), *change.series} if change.stubs or change.unread else change.series


NUMBERS = ByKey(Tree.series, _series)
