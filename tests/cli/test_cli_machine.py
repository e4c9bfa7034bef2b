"""Findings for other programs are written in a form of their own, and must be what the standard library would write."""

import json
from typing import Any
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from csdocs.model.finding import Finding, Severity
from csdocs.model.text import Text
from csdocs.report.machine import as_json, as_sarif

WORDS = st.text(max_size=20) | st.sampled_from(["{}", "{code}", "[]", '"<path>"', "%s\\", "\u2028", "\U00020000\n\x00"])
TEXTS = st.builds(Text, WORDS, WORDS)
FINDINGS = st.builds(
    Finding, WORDS, WORDS, st.sampled_from(Severity), WORDS, st.integers(1), st.integers(1), TEXTS, TEXTS
)


def plainly(finding: Finding) -> dict[str, Any]:
    return {
        **finding._asdict(),
        "severity": finding.severity.value,
        "message": finding.message.en,
        "hint": finding.hint.en,
    }


@settings(max_examples=60)
@given(st.lists(FINDINGS, max_size=3), st.dictionaries(WORDS, st.integers()))
def test_json_is_what_the_library_writes(findings: list[Finding], checked: dict[str, int]) -> None:
    report = {"findings": [*map(plainly, findings)], "checked": checked}
    assert as_json(findings, checked, "en") == json.dumps(report, ensure_ascii=False, indent=2)


@settings(max_examples=60)
@given(st.lists(FINDINGS, max_size=3), WORDS)
def test_sarif_is_indented_as_the_library_does(findings: list[Finding], version: str) -> None:
    said = as_sarif(findings, version, "zh")
    (run,) = json.loads(said)["runs"]
    assert said == json.dumps(json.loads(said), ensure_ascii=False, indent=2)
    assert run["tool"]["driver"]["version"] == version
    found = [(each["ruleId"], each["locations"][0]["physicalLocation"]) for each in run["results"]]
    assert found == [
        (
            each.code,
            {
                "artifactLocation": {"uri": quote(each.path), "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": each.line, "startColumn": each.col},
            },
        )
        for each in findings
    ]
