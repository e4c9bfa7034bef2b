"""Findings for a terminal: clickable places, one hint each, a summary."""

from collections.abc import Iterable, Iterator

from csdocs.model.finding import Finding, Severity
from csdocs.model.text import COMMA, Language, Text, printable

SEVERITIES = {
    Severity.ERROR: Text("错误", "error"),
    Severity.BREACH: Text("不符合", "breach"),
    Severity.WARNING: Text("警告", "warning"),
}
COLOURS = {Severity.ERROR: "red", Severity.BREACH: "yellow", Severity.WARNING: "cyan"}


def finding_lines(finding: Finding, language: Language) -> tuple[str, str, str]:
    """Place, statement and hint of one finding."""
    place = f"{printable(finding.path)}:{finding.line}:{finding.col}:"
    said, hint = printable(finding.message.to(language)), printable(finding.hint.to(language))
    return place, f"{SEVERITIES[finding.severity].to(language)} {finding.code} {said}", _HINT.to(language) + hint


_HINT = Text("处理：", "hint: ")


def plain(findings: Iterable[Finding], language: Language) -> Iterator[str]:
    for finding in findings:
        place, statement, hint = finding_lines(finding, language)
        yield f"{place} {statement}\n    {hint}"


def counted(findings: Iterable[Finding]) -> dict[Severity, int]:
    found = list(findings)
    return {severity: sum(f.severity is severity for f in found) for severity in Severity}


def summary(findings: Iterable[Finding], looked: Text, language: Language) -> str:
    """The closing line: what was looked at, and how many findings of each severity."""
    counts = counted(findings)
    if not any(counts.values()):
        return looked.to(language) + Text("没有发现问题", "nothing found").to(language)
    said = (f"{SEVERITIES[severity].to(language)} {count}" for severity, count in counts.items() if count)
    return looked.to(language) + COMMA.to(language).join(said)
