"""Which of the two languages to speak, and click's own words in it."""

import os
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import click

from csdocs.model.text import Language, Text

_CLICK_ZH = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Arguments": "参数",
    "Error: {message}": "错误：{message}",
    "Aborted!": "已中止",
    "Show this message and exit.": "显示本说明",
    "Show the version and exit.": "显示版本号",
    "Missing command.": "缺少命令。",
    "Try '{command} {option}' for help.": "运行 {command} {option} 查看说明。",
    "No such command {name!r}.": "没有命令 {name!r}。",
    "No such option: {name}": "没有选项 {name}",
    "No such option {name!r}.": "没有选项 {name!r}。",
    "Option {name!r} does not take a value.": "选项 {name!r} 后面不带值。",
    "Argument {name!r} takes {nargs} values.": "参数 {name!r} 要有 {nargs} 个值。",
    "Did you mean {possibility}?": "是否指 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是否指其中之一：{possibilities}）",
    "Missing option": "缺少选项",
    "Missing argument": "缺少参数",
    "Missing parameter": "缺少参数",
    "Invalid value: {message}": "值无效：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值无效：{message}",
    "{value!r} is not one of {choices}.": "{value!r} 不在可选值 {choices} 中。",
    "{value!r} is not {choice}.": "{value!r} 不是 {choice}。",
    "Error: invalid input": "请回答 y（是）或 n（否）",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "Could not open file {filename!r}: {message}": "打不开 {filename!r}：{message}",
    "{value!r} is not a valid {number_type}.": "{value!r} 不是有效的数。",
    "{value} is not in the range {range}.": "{value} 不在范围 {range} 内。",
    "{name} {filename!r} does not exist.": "{filename!r} 不存在。",
    "{name} {filename!r} is a directory.": "{filename!r} 是文件夹。",
    "{name} {filename!r} is a file.": "{filename!r} 是文件。",
    "{name} {filename!r} is not readable.": "{filename!r} 不可读。",
    "{name} {filename!r} is not writable.": "{filename!r} 不可写。",
    "Got unexpected extra argument ({args})": "多余的参数：{args}",
    "Got unexpected extra arguments ({args})": "多余的参数：{args}",
    "Option {name!r} requires an argument.": "选项 {name!r} 后面要有值。",
    "default: {default}": "默认：{default}",
    "required": "必填",
}


def spoken() -> Language:
    """`--lang`, `CSDOCS_LANG`, the workspace's first language, Chinese: the first of these that is given."""
    context = click.get_current_context(silent=True)
    chosen = context.find_root().params.get("lang") if context else None
    chosen = chosen or _argument() or os.environ.get("CSDOCS_LANG") or _language_of(os.getcwd())
    return "en" if chosen == "en" else "zh"


def forget_language() -> None:
    """Another command line may find another workspace in the same place."""
    _language_of.cache_clear()


def say(text: Text) -> str:
    return text.to(spoken())


def _argument() -> str | None:
    """`--lang` as typed: help is printed before click has read the option."""
    import sys

    arguments = sys.argv[1:]
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang"):
            value = argument.partition("=")[2] or "".join(arguments[index + 1 : index + 2])
            return value if value in ("zh", "en") else None
    return None


@cache
def _language_of(folder: str) -> str | None:
    """The first language of the workspace around a folder. Plain paths: this is part of every start."""
    try:
        with open(os.path.join(folder, "csdocs.yaml"), encoding="utf-8", errors="replace") as config:
            found = re.search(r"^languages: *\[? *(zh|en)", config.read(), re.MULTILINE)
    except OSError:
        above = os.path.dirname(folder)
        return _language_of(above) if above != folder else None
    return found[1] if found else None


def is_plain() -> bool:
    """Whether somebody wants no colours (no-color.org), or has a terminal that would print their codes."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def is_coloured() -> bool:
    """Whether what is printed goes to somebody who sees colours."""
    import sys

    return sys.stdout.isatty() and not is_plain()


def translate_click() -> None:
    """Give click's own words in the spoken language: its modules look them up through a name `_` of theirs.

    Chinese is folded by the cells it takes.
    """
    import click.core
    import click.decorators
    import click.exceptions
    import click.formatting
    import click.parser
    import click.termui
    import click.types

    for module in (
        click.core,
        click.decorators,
        click.exceptions,
        click.formatting,
        click.parser,
        click.termui,
        click.types,
    ):
        for name, replaced in (("_", _looked_up), ("ngettext", _counted)):
            original = getattr(module, name, None)
            if original is not None:
                setattr(module, name, replaced(original))
    click.formatting.wrap_text = _folded


def _folded(*asked: Any, **named: Any) -> str:
    from csdocs.cli.table import folded

    return folded(*asked, **named)


def _looked_up(original: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: _CLICK_ZH.get(text, text) if spoken() == "zh" else original(text)


def _counted(original: Callable[[str, str, int], str]) -> Callable[[str, str, int], str]:
    def translated(one: str, many: str, number: int) -> str:
        text = original(one, many, number)
        return _CLICK_ZH.get(text, text) if spoken() == "zh" else text

    return translated
