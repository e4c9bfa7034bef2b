"""What somebody probably meant who wrote a name that is not there."""

from collections.abc import Iterable
from difflib import get_close_matches

from csdocs.model.text import EMPTY, Text


def suggestion(name: str, known: Iterable[str]) -> Text:
    """To be put behind a statement; empty where nothing is close."""
    close = get_close_matches(name, sorted({*known} - {name}), n=1)  # itself, where it stands elsewhere, is no help
    return did_you_mean(close[0]) if close else EMPTY


def did_you_mean(name: str) -> Text:
    return Text("；是不是 {name}？", "; did you mean {name}?").format(name=name)
