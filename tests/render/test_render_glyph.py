"""A character that cannot be printed: the message leads to the line that holds it."""

import pytest
from department import Department

PATH = "records/test/2026/11/TEST-202611-001.yaml"


def line_of(department: Department, path: str, text: str) -> int:
    lines = department.read(path).split("\n")
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def test_in_a_record(department: Department) -> None:
    department.new(note="first\nthanks 😀")
    said = department.run("render", "TEST-202611-001")
    assert said.code == 3
    assert f"😀 (U+1F600 GRINNING FACE) {PATH}:{line_of(department, PATH, '😀')}" in said.err
    assert not (department.root / "build").exists()


@pytest.mark.parametrize("spelling", ["\\U0001f600", "\\U0001F600"])
def test_behind_an_escape(department: Department, spelling: str) -> None:
    department.new(note="x")
    department.data(PATH, f'  note: "thanks {spelling}"\n')
    said = department.run("render", "TEST-202611-001")
    assert f"{PATH}:{line_of(department, PATH, 'thanks')}" in said.err


def test_in_a_document(department: Department) -> None:
    path, spelling = "handbook/regulations/REG-TEST.md", "😀"
    department.write(path, department.read(path) + f"\nOne\n\nTwo {spelling}\n")
    said = department.run("render", "REG-TEST")
    assert f"{path}:{line_of(department, path, spelling)}" in said.err


def test_in_what_every_page_draws_on(department: Department) -> None:
    department.edit("csdocs.yaml", "en: Test department", "en: Test 🙏 department")
    department.new(note="x")
    said = department.run("render", "TEST-202611-001")
    assert "🙏 (U+1F64F PERSON WITH FOLDED HANDS) csdocs.yaml:2" in said.err


def test_several_at_once(department: Department) -> None:
    department.edit("csdocs.yaml", "en: Test department", "en: Test 🙏 department")
    department.new(note="😀")
    said = department.run("render", "TEST-202611-001")
    assert f"{PATH}:" in said.err
    assert "csdocs.yaml:2" in said.err
