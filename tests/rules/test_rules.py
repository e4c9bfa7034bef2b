"""Every rule has a page, a name and a code of its own, and two workspaces that show it."""

import importlib
import pkgutil
import re
import string
from pathlib import Path

import pytest
from examples import BASE, EXPECTED, HERE, as_text, folders, judge, lay

import csdocs.rules
from csdocs.model.text import Text
from csdocs.report.text import plain
from csdocs.rules import SUBJECTS, by_slug, page, rules
from csdocs.rules.rule import Rule

RULES = tuple(rule for subject in SUBJECTS for rule in rules(subject))
MODULES = tuple(
    f"csdocs.rules.{subject}.{found.name}"
    for subject in SUBJECTS
    for found in pkgutil.iter_modules([str(Path(csdocs.rules.__file__).parent / subject)])
)
CODE = {
    "text": "TXT1",
    "shape": "SHP1",
    "document": "DOC2",
    "form": "FRM4",
    "report": "RPT7",
    "rulebook": "WSP5",
    "record": "REC3",
    "workspace": "WSP5",
    "change": "CHG6",
}
HEADINGS = {
    "zh": ["检查什么", "为什么重要", "示例", "如何处理"],
    "en": ["What it checks", "Why it matters", "Example", "How to fix"],
}


def named(folder: Path) -> str:
    return folder.relative_to(HERE).as_posix()


@pytest.mark.parametrize("folder", [BASE, *folders()], ids=named)
def test_example(folder: Path, base: Path, tmp_path: Path, update: bool) -> None:
    report = judge(lay(folder, base, tmp_path / "workspace"))
    said = as_text(report)
    if folder.name != "bad":
        assert said == ""
        return
    assert by_slug()[folder.parent.name].code in {finding.code for finding in report.findings}
    assert all(line.strip() for line in plain(report.findings, "zh"))
    if update:
        (folder / EXPECTED).write_text(said)
    assert said == (folder / EXPECTED).read_text()


def test_every_rule_about_a_tree_has_two_examples_and_every_example_a_rule() -> None:
    """What a change may do needs a history to show it: the tests of `review` do."""
    slugs = [rule.slug for subject in SUBJECTS if subject != "change" for rule in rules(subject)]
    assert {named(folder) for folder in folders()} == {f"{slug}/{kind}" for slug in slugs for kind in ("good", "bad")}


def test_codes_and_slugs_are_used_once() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.slug for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_holds_one_rule_named_like_its_file(module: str) -> None:
    found = importlib.import_module(module)
    assert [value for value in vars(found).values() if isinstance(value, Rule)] == [found.RULE]
    *_, subject, name = module.split(".")
    assert found.RULE.slug == name.replace("_", "-")
    assert re.fullmatch(CODE[subject] + r"\d\d", found.RULE.code)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_the_page_speaks_both_languages_under_the_same_headings(rule: Rule) -> None:
    chinese, english = page(rule.slug).split("\n\n---\n\n")
    for part, headings in ((chinese, HEADINGS["zh"]), (english, HEADINGS["en"])):
        assert re.match(r"# \S.*\n\n## ", part)
        blocks = re.split(r"^## (.+)\n\n", part, flags=re.MULTILINE)
        assert blocks[1::2] == headings
        assert all(block.strip() for block in blocks[2::2])
        assert re.search(r"^    \S", blocks[6], re.MULTILINE)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_message_and_hint_name_the_same_values_in_both_languages(rule: Rule) -> None:
    for text in (rule.message, rule.hint):
        assert text.zh and text.en
        assert placeholders(text.zh) == placeholders(text.en), Text(*text)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
