"""Documents cannot drift: what is generated is current, and what is linked exists."""

import re
from functools import cache
from pathlib import Path

import pytest

from csdocs.cli.pages import pages
from tools.docs import stale

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
_LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_CODE = re.compile(r"^```.*?^```$|`[^`\n]*`|^    .*?$", re.MULTILINE | re.DOTALL)


def test_generated_documents_are_current() -> None:
    assert not list(stale()), "run make docs"


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    links = _LINK.findall(_CODE.sub("", path.read_text("utf-8")))
    assert [link for link in links if not _leads_somewhere(path, *link)] == []


def _leads_somewhere(page: Path, target: str, place: str) -> bool:
    path = (page.parent / target).resolve() if target else page
    return path.exists() and (not place or path.suffix != ".md" or place in _places(path))


@cache
def _places(page: Path) -> set[str]:
    """What GitHub makes of the headings of a page."""
    headings = _HEADING.findall(page.read_text("utf-8"))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_decisions_that_are_cited_exist(path: Path) -> None:
    cited = re.findall(r"decisions/(\d{4}-[a-z0-9-]+\.md)", path.read_text("utf-8"))
    assert all((ROOT / "docs/decisions" / name).exists() for name in cited)


def test_decisions_that_the_code_cites_exist() -> None:
    for source in ROOT.glob("csdocs/**/*.py"):
        for cited in re.findall(r"docs/[\w/.-]+\.md", source.read_text("utf-8")):
            assert (ROOT / cited).exists(), f"{source.relative_to(ROOT)} cites {cited}"


def test_pages_that_hints_name_are_there_to_be_shown() -> None:
    shown = re.compile(r"csdocs explain ([a-z][a-z-]*)")
    sources = [path.read_text("utf-8") for path in ROOT.glob("csdocs/**/*.py")]
    named = {name for text in sources for name in shown.findall(text)}
    assert {"cel", "workspace"} <= named <= pages().keys()


def test_lists_of_verbs_are_not_cut_short() -> None:
    """In a terminal of 80 columns click would end with “...” what does not fit."""
    text = (ROOT / "docs/commands.md").read_text("utf-8")
    lists = re.findall(r"^(?:命令|Commands):\n((?:  .+\n)+)", text, re.MULTILINE)
    rows = [row for each in lists[2:] for row in each.splitlines()]  # the first, in both languages, wraps
    assert rows and [row for row in rows if row.endswith("...") or len(row) > 78] == []


def test_the_map_shows_the_whole_package() -> None:
    design = (ROOT / "docs" / "design.md").read_text("utf-8")
    folders = {f"{path.parent.name}/" for path in ROOT.glob("csdocs/*/__init__.py")}
    modules = {path.name for path in ROOT.glob("csdocs/*.py") if not path.name.startswith("_")}
    assert {name for name in folders | modules if f"\n  {name} " not in design} == set()
