"""The pages of `docs/`, which travel with the program."""

from collections.abc import Mapping
from pathlib import Path


def pages() -> Mapping[str, Path]:
    """By name, in alphabetical order; none where the installation lacks them."""
    package = Path(__file__).resolve().parent.parent
    folder = next((each for each in (package / "docs", package.parent / "docs") if each.is_dir()), None)
    return {path.stem: path for path in sorted(folder.glob("*.md"))} if folder else {}


def title(page: str) -> str:
    """The first heading of a page."""
    return next((line.lstrip("# ") for line in page.splitlines() if line.startswith("# ")), "")
