"""When computed fields get their value."""

from csdocs.load.rulebook.compiled import CompiledForm
from csdocs.model.form import Form
from csdocs.parse.shape import to_shape
from csdocs.parse.yamltext import parse_yaml

FORM = b"""
id: F-LATE
title: {zh: x, en: x}
revision: 1
owner: R-QA
effective: 2026-01-01
review_every: 365
changes:
  - {revision: 1, date: 2026-01-01, kind: major, summary: {zh: x, en: x}, reason: {zh: x, en: x}, drafted_by: [S0001]}
clauses: [REG-ONE/1]
number: {pattern: "X-{serial:3}"}
retention: {then: permanent, basis: REG-ONE/1}
void_by: R-QA
sections:
  - id: main
    title: {zh: x, en: x}
    fields:
      - {id: count, kind: integer, label: {zh: x, en: x}}
      - {id: early, kind: integer, label: {zh: x, en: x}, computed: count + 1}
      - {id: seen, kind: yes_no, label: {zh: x, en: x}, computed: has(signed.fill.at)}
      - {id: echo, kind: yes_no, label: {zh: x, en: x}, computed: has(seen) && seen}
steps:
  - {id: fill, title: {zh: x, en: x}, by: creator, section: main, attests: {zh: x, en: x}}
"""


def test_a_field_that_asks_whether_somebody_signed_waits_for_the_signatures() -> None:
    """Asked too early, `has(signed.fill.at)` would be false for ever."""
    form, problems = to_shape(Form, parse_yaml(FORM).tree)
    assert isinstance(form, Form), problems
    compiled = CompiledForm(form, "late.yaml", "", {})
    assert not compiled.problems
    assert compiled.late == {"seen", "echo"}


def test_a_pattern_that_cannot_be_read_is_a_mistake_of_the_form() -> None:
    """And not of whoever fills it in."""
    text = FORM.replace(b"{id: count, kind: integer,", b"{id: count, kind: text, pattern: '\\p{Han}+',")
    form, problems = to_shape(Form, parse_yaml(text).tree)
    assert form is None
    assert "regular expression" in problems[0].values["expected"].en
