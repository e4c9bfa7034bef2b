"""Texts as they are kept to be searched."""

import unicodedata

PART = "\x1e"  # between the fields of a record, so that no word runs from one into the next


def fold(text: str) -> str:
    """Wide and narrow, large and small letters are the same to whoever searches."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
