"""Small pieces of Markdown."""

from collections.abc import Iterable, Sequence

from csdocs.model.text import Text

GENERATED = "<!-- 由程序生成，请勿手改：make docs · Generated, do not edit: make docs -->"


def both(text: Text) -> str:
    """Chinese and English in one line; once where they are the same."""
    return text.zh if text.zh == text.en else f"{text.zh} {text.en}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines of a table; none without rows."""
    lines = [_row(cells) for cells in rows]
    return [_row(head), "|" + "---|" * len(head), *lines] if lines else []


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    """Text that neither ends a cell nor a line, and is no markup."""
    return plain(text).replace("|", "\\|")


def plain(text: str) -> str:
    """One line that is no markup, but for what stands between `."""
    parts = " ".join(text.split()).split("`")
    return "`".join(part if index % 2 else part.replace("<", "&lt;") for index, part in enumerate(parts))


def code(text: str) -> str:
    """An expression as code; empty stays empty."""
    return f"`{' '.join(text.split())}`" if text else ""
