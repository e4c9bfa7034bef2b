"""Words as people type them: what no file can hold is told before anything else is done, and of which words."""

import unicodedata

import click

from csdocs.cli.language import say
from csdocs.model.text import Text

_MOST = 2_000  # characters of a reason or a comment, as a record takes them
_COPIED = Text(
    "删掉它再试；这类字符多半是复制时带来的",
    "delete it and try again: such characters come along with what is copied",
)


def refusal(words: str) -> tuple[Text, Text] | None:
    """Why no file can hold these words, and what to do about it."""
    from csdocs.parse.yamltext import decode
    from csdocs.rules import by_slug

    for problem in decode(words.encode())[1]:
        rule = by_slug()[problem.slug]
        return rule.message.format(**problem.values), _COPIED if "cure" in problem.values else rule.hint
    return None


def words_if_any(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A comment of nothing but spaces is none."""
    words = unicodedata.normalize("NFC", (value or "").strip())
    refused = refusal(words)
    if refused:
        raise click.BadParameter(" — ".join(map(say, refused)), ctx, param)
    if len(words) > _MOST:
        said = Text("{count} 字，最多 {most} 字", "{count} characters; at most {most} are taken")
        raise click.BadParameter(say(said.format(count=len(words), most=_MOST)), ctx, param)
    return words or None


def some_words(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """A reason must be there."""
    words = words_if_any(ctx, param, value)
    if words is None:
        raise click.BadParameter(say(Text("不能为空", "it may not be empty")), ctx, param)
    return words
