"""A text in the two languages every user-facing word exists in."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

Language = Literal["zh", "en"]
TAGS: Mapping[Language, str] = {"zh": "zh-CN", "en": "en"}  # as HTML and PDF name a language (BCP 47)


class Text(NamedTuple):
    """Chinese and English of one message, label or title.

    Both stand side by side in the source, so neither can be forgotten and placeholders cannot drift apart
    (`docs/decisions/0003-two-languages.md`).
    """

    zh: str
    en: str

    def to(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en

    def format(self, **values: object) -> "Text":
        """Fill `{name}` in both languages; a `Text` value is filled in its own language.

        The plural of an English noun is written `{count} file{count:s}`.
        """
        return Text(_filled(self.zh, "zh", values), _filled(self.en, "en", values))

    def join(self, parts: Iterable["Text | str"]) -> "Text":
        """The parts with this one between each two; a string is the same in both languages."""
        texts = [part if isinstance(part, Text) else same(part) for part in parts]
        return Text(self.zh.join(text.zh for text in texts), self.en.join(text.en for text in texts))

    def noted(self, note: "Text | str") -> "Text":
        """With a note in brackets."""
        return _NOTED.format(text=self, note=note)


def same(words: str) -> Text:
    """What reads the same in both languages: a name, a number, what somebody typed."""
    return Text(words, words)


EMPTY, SPACE = same(""), same(" ")
COMMA, SEMICOLON, BELOW = Text("、", ", "), Text("；", "; "), same("\n  ")
COLON = Text("：", ": ")
YES, NO = Text("是", "yes"), Text("否", "no")
HINT = Text("处理：", "hint: ")  # before what to do next
_NOTED = Text("{text}（{note}）", "{text} ({note})")


def _filled(words: str, language: Language, values: dict[str, object]) -> str:
    if "{" not in words and "}" not in words:
        return words
    own = {name: value.to(language) if isinstance(value, Text) else value for name, value in values.items()}
    if ":s}" in words:
        own |= {name: _Count(value) for name, value in own.items() if isinstance(value, int)}
    return words.format(**own)


class _Count(int):
    def __format__(self, spec: str) -> str:
        if spec == "s":
            return "" if self == 1 else "s"
        return super().__format__(spec)


def printable(text: str) -> str:
    """On one line, and with what would steer a terminal or hide from the eye spelled out."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\u3000" else c.encode("unicode_escape").decode() for c in text)
