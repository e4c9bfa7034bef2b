"""What check says about a year, beside what was planted in it."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from benchmarks.year.plot import Planted
from csdocs.check.whole import Checked
from csdocs.model.finding import Finding

_CLAUSE = re.compile(r"(?:REG|HB)-[A-Z0-9]+/\d+")
_DISAGREE = "WSP506"


class Key(NamedTuple):
    """What makes two findings the same: where, what, which clause; the rule where a form or a check has one of its own."""

    path: str
    code: str
    clause: str
    rule: str

    def __str__(self) -> str:
        return " ".join(filter(None, (self.path, self.code, self.rule, self.clause)))


class Verdict(NamedTuple):
    missed: Counter[Key]
    invented: Counter[Key]

    @property
    def is_exact(self) -> bool:
        return not self.missed and not self.invented

    def lines(self) -> list[str]:
        """One a difference, the worse ones first."""
        return [
            f"{word} {times} {key}"
            for word, keys in (("missed", self.missed), ("invented", self.invented))
            for key, times in sorted(keys.items())
        ]


def compare(report: Checked, planted: Iterable[Planted]) -> Verdict:
    """Both ways, each finding as often as it comes."""
    wanted = Counter(Key(each.path, each.code, each.clause, each.rule) for each in planted)
    found = Counter(map(_key, report.findings))
    return Verdict(wanted - found, found - wanted)


def _key(finding: Finding) -> Key:
    clauses = _CLAUSE.findall(finding.message.zh)
    own = ":" in finding.rule or finding.code == _DISAGREE
    return Key(finding.path, finding.code, clauses[-1] if clauses else "", finding.rule if own else "")
