"""Findings for other programs: JSON, GitHub annotations, SARIF 2.1.0."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from csdocs.model.finding import Finding, Severity
from csdocs.model.text import Language

_GITHUB = {Severity.ERROR: "error", Severity.BREACH: "warning", Severity.WARNING: "notice"}
_SARIF = {Severity.ERROR: "error", Severity.BREACH: "warning", Severity.WARNING: "note"}


def finding_dict(finding: Finding, language: Language) -> dict[str, Any]:
    return {
        **finding._asdict(),
        "severity": finding.severity.value,
        "message": finding.message.to(language),
        "hint": finding.hint.to(language),
    }


def as_json(findings: Iterable[Finding], checked: Mapping[str, Any], language: Language) -> str:
    report = {"findings": [finding_dict(finding, language) for finding in findings], "checked": checked}
    return json.dumps(report, ensure_ascii=False, indent=2)


def as_github(findings: Iterable[Finding], language: Language) -> Iterator[str]:
    """Workflow commands that put a note on the line of a pull request."""
    for finding in findings:
        place = f"file={_property(finding.path)},line={finding.line},col={finding.col},title={finding.code}"
        text = f"{finding.message.to(language)}\n{finding.hint.to(language)}"
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
        "results": [_result(finding, language) for finding in found],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _result(finding: Finding, language: Language) -> dict[str, Any]:
    region = {"startLine": finding.line, "startColumn": finding.col}
    place = {"artifactLocation": {"uri": finding.path, "uriBaseId": "%SRCROOT%"}, "region": region}
    return {
        "ruleId": finding.code,
        "level": _SARIF[finding.severity],
        "message": {"text": f"{finding.message.to(language)} — {finding.hint.to(language)}"},
        "locations": [{"physicalLocation": place}],
    }
