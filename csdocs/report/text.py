"""Findings for a terminal: clickable places, one hint each, a summary."""

from collections.abc import Iterable, Iterator

from csdocs.model.finding import Finding, Severity
from csdocs.model.place import CONTROLLED_FOLDERS
from csdocs.model.text import COMMA, HINT, Language, Text, printable

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
    return place, f"{SEVERITIES[finding.severity].to(language)} {finding.code} {said}", HINT.to(language) + hint


def plain(findings: Iterable[Finding], language: Language) -> Iterator[str]:
    for finding in findings:
        place, statement, hint = finding_lines(finding, language)
        yield f"{place} {statement}\n    {hint}"


def counted(findings: Iterable[Finding]) -> dict[Severity, int]:
    found = list(findings)
    return {severity: sum(f.severity is severity for f in found) for severity in Severity}


_MOST_NAMED = 3


def cause(findings: Iterable[Finding], language: Language) -> Iterator[str]:
    """A line about controlled files that cannot be read, where more is found or would be: to whoever needs them, they are not there."""
    found = list(findings)
    errors = [each for each in found if each.is_unreadable and each.path.startswith(CONTROLLED_FOLDERS)]
    paths = list(dict.fromkeys(printable(each.path) for each in errors))
    if any(each.withholds for each in errors) or (paths and any(each.path not in paths for each in found)):
        files = COMMA.to(language).join(paths[:_MOST_NAMED])
        yield (_MEND_MANY if len(paths) > _MOST_NAMED else _MEND).format(files=files, n=len(paths)).to(language)


_MEND = Text(
    "请先改好 {files}：读不出这样的文件时，以它为据的不作判断，别处也可能报告错误",
    "mend {files} first: while such a file cannot be read, what rests on it is not judged, and errors may be reported elsewhere",
)
_MEND_MANY = Text(
    "请先改好 {files} 等 {n} 个文件：读不出这样的文件时，以它为据的不作判断，别处也可能报告错误",
    "mend {files} and others, {n} in all, first: while such files cannot be read, what rests on them is not judged, and errors may be reported elsewhere",
)


def summary(findings: Iterable[Finding], looked: Text, language: Language) -> str:
    """The closing line: what was looked at, and how many findings of each severity."""
    counts = counted(findings)
    if not any(counts.values()):
        return looked.to(language) + Text("没有发现问题", "nothing found").to(language)
    said = (f"{SEVERITIES[severity].to(language)} {count}" for severity, count in counts.items() if count)
    return looked.to(language) + COMMA.to(language).join(said)
