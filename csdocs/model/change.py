"""The kinds of change to a controlled file: how much it weighs, and with that who must approve it."""

from collections.abc import Mapping
from typing import Literal

from csdocs.model.text import Text

ChangeKind = Literal["editorial", "minor", "major"]
CHANGE_WORDS: Mapping[ChangeKind, Text] = {
    "editorial": Text("文字", "editorial"),
    "minor": Text("一般", "minor"),
    "major": Text("重大", "major"),
}
CHANGE_KINDS = tuple(CHANGE_WORDS)  # the least first
