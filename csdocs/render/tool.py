"""The libraries that set, draw and write a page: another version of one may give other bytes."""

from functools import cache
from importlib import metadata

_TOOLS = ("weasyprint", "pydyf", "fonttools", "uharfbuzz", "justmytype-intl-cjk", "markdown-it-py", "pillow", "segno")


@cache
def tools() -> dict[str, str]:
    """By name, with their versions here."""
    return {name: metadata.version(name) for name in _TOOLS}
