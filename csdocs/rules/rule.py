"""The shape of a rule: one module, one `RULE`, one page."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from csdocs.load.holdings.parts import EVERYTHING, Reads
from csdocs.model.finding import Finding, Position, Problem, Severity
from csdocs.model.place import CALENDAR, ORGANISATION, PEOPLE
from csdocs.model.text import Language, Text

Check = Callable[..., Iterator[Problem]]


def _always(_: object) -> bool:
    return True


_MOST_QUOTED = 500  # characters


# on what a rule may rest: COURSE is for which signatures count, in which state a record is, and what expressions say of it
PARAMETERS = "parameters"  # of regulations
STAFF, POSTS = frozenset({PEOPLE}), frozenset({ORGANISATION})
SIGNERS = STAFF | POSTS
COURSE = SIGNERS | {CALENDAR, PARAMETERS}


class Rule(NamedTuple):
    """`check` looks at one subject; rules without one put into words what the reader of the file noticed.

    `message` and `hint` name the problem's values as `{name}`. Of a rule about records `concerns` says whether it can find anything
    by the terms of a form and day, whatever a record says and whichever day of the same kind it is; and `among` names what of a case
    it looks through: where there is nothing of it, there is nothing to find. Of a rule across records `reads` says after which change
    it has to look again; one that judges the workspace part by part is given the part as well. `rests_on` names registers: where one of them
    cannot be read, what the rule finds is not known to be true, and is not said.
    """

    code: str
    slug: str
    severity: Severity
    message: Text
    hint: Text
    check: Check | None = None
    concerns: Callable[[Any], bool] = _always
    among: str | None = None
    reads: Reads = EVERYTHING
    rests_on: frozenset[str] = frozenset()

    def finding(self, problem: Problem, path: str, position: Position) -> Finding:
        values = {"path": path, **{key: _quoted(value) for key, value in problem.values.items()}}
        own = values.get("message")
        return Finding(
            self.code,
            str(values.get("rule", self.slug)),
            self.severity,
            path,
            position.line,
            position.col,
            own if isinstance(own, Text) else self.message.format(**values),
            self.hint.format(**values),
        )


def _quoted(value: object) -> object:
    """Nobody reads the whole of a value of half a mebibyte, and it would push everything else off the screen."""
    return f"{value[:_MOST_QUOTED]}…" if isinstance(value, str) and len(value) > _MOST_QUOTED else value


def half(page: str, language: Language) -> str:
    """The part of a rule's page in one language: Chinese first, English after a line `---`."""
    zh, _, en = page.strip().partition("\n---\n")
    return zh.strip() if language == "zh" else (en or zh).strip()
