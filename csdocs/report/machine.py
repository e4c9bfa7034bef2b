"""Findings for other programs: JSON, GitHub annotations, SARIF 2.1.0."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from textwrap import indent
from typing import Any
from urllib.parse import quote

from csdocs.model.finding import Finding, Severity
from csdocs.model.text import Language, printable

_GITHUB = {Severity.ERROR: "error", Severity.BREACH: "warning", Severity.WARNING: "notice"}
_SARIF = {Severity.ERROR: "error", Severity.BREACH: "warning", Severity.WARNING: "note"}
_quoted = lru_cache(maxsize=10_000)(json.JSONEncoder(ensure_ascii=False).encode)


class _Mould:
    """What `json.dumps` writes, two blanks a level, of each of many that have one shape: by itself it takes four times as long."""

    def __init__(self, shape: Mapping[str, Any], level: int) -> None:
        """`shape`: with `<name>` for a value that is to be filled in as JSON."""
        text = indent(json.dumps(shape, indent=2), "  " * level)
        self._text = _TO_FILL_IN.sub(r"{\1}", text.replace("{", "{{").replace("}", "}}"))

    def join(self, values: Iterable[Mapping[str, object]]) -> str:
        return ",\n".join(map(self._text.format_map, values))


_TO_FILL_IN = re.compile(r'"<(\w+)>"')


def _with_list(whole: Mapping[str, Any], name: str, items: str, level: int) -> str:
    """JSON of the whole, with the items in the list of this name, which is empty there."""
    text = json.dumps(whole, ensure_ascii=False, indent=2)
    empty = f'"{name}": []'
    return text.replace(empty, f"{empty[:-1]}\n{items}\n{'  ' * level}]", 1) if items else text


def as_json(findings: Iterable[Finding], checked: Mapping[str, Any], language: Language) -> str:
    values = (
        {
            "code": _quoted(finding.code),
            "rule": _quoted(finding.rule),
            "severity": _quoted(finding.severity.value),
            "path": _quoted(finding.path),
            "line": finding.line,
            "col": finding.col,
            "message": _quoted(finding.message.to(language)),
            "hint": _quoted(finding.hint.to(language)),
        }
        for finding in findings
    )
    return _with_list({"findings": [], "checked": checked}, "findings", _FINDING.join(values), 1)


_FINDING = _Mould({name: f"<{name}>" for name in Finding._fields}, 2)


def as_github(findings: Iterable[Finding], language: Language) -> Iterator[str]:
    """Workflow commands that put a note on the line of a pull request."""
    for finding in findings:
        place = f"file={_property(printable(finding.path))},line={finding.line},col={finding.col},title={finding.code}"
        text = f"{printable(finding.message.to(language))}\n{printable(finding.hint.to(language))}"
        yield f"::{_GITHUB[finding.severity]} {place}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(findings: Iterable[Finding], version: str, language: Language) -> str:
    found = list(findings)
    rules = [{"id": code, "name": rule} for code, rule in {f.code: f.rule for f in found}.items()]
    run = {
        "tool": {"driver": {"name": "csdocs", "version": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    values = (
        {
            "rule": _quoted(finding.code),
            "level": _quoted(_SARIF[finding.severity]),
            "text": _quoted(f"{finding.message.to(language)} — {finding.hint.to(language)}"),
            "uri": _quoted(quote(finding.path, errors="surrogateescape")),
            "line": finding.line,
            "column": finding.col,
        }
        for finding in found
    )
    whole = {"$schema": schema, "version": "2.1.0", "runs": [run]}
    return _with_list(whole, "results", _RESULT.join(values), 3)


_RESULT = _Mould(
    {
        "ruleId": "<rule>",
        "level": "<level>",
        "message": {"text": "<text>"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "<uri>", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": "<line>", "startColumn": "<column>"},
                }
            }
        ],
    },
    4,
)
