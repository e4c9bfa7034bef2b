"""`index.html` and `matrix.html`: they open from disk, fetch nothing and run nothing; both languages are in the file."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from csdocs.model.text import TAGS, Language, Text

_STYLE = """
:root { color-scheme: light dark; --ink: #1d1e20; --soft: #5d6168; --line: #d4d7da; --paper: #fff; --shade: #f4f5f6; --mark: #a3271f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e7e9; --soft: #a0a5ac; --line: #3c4046; --paper: #1a1c1f; --shade: #24272b;
  --mark: #f2a39c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 2rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.7 "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
#zh:checked ~ main [lang=en], #en:checked ~ main [lang=zh-CN] { display: none; }
h1 { font-size: 1.6rem; line-height: 1.35; margin: 1rem 0; }
h2 { font-size: 1.1rem; margin: 2.2rem 0 .6rem; padding-left: .6rem; border-left: 3px solid var(--mark); }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border: 1px solid var(--line); font-weight: normal; }
th { background: var(--shade); white-space: nowrap; }
.id { white-space: nowrap; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.bad { color: var(--mark); font-weight: bold; }
code { font: .88em ui-monospace, monospace; overflow-wrap: anywhere; }
p { margin: 0 0 .5rem; max-width: 50rem; }
pre { margin: 0 0 .7rem; padding: .5rem .8rem; background: var(--shade); border: 1px solid var(--line); white-space: pre-wrap; }
@media print { input, label { display: none; } }
"""
_ID = re.compile(r"\b[A-Z]+-[A-Z0-9/-]+")  # browsers would break it after the hyphen
_WHOLE = r'<span class="id">\g<0></span>'


class PageLink(NamedTuple):
    words: str
    target: str


class Bad(NamedTuple):
    """A number that somebody should look at."""

    words: str


Cell = str | int | Text | Bad | Sequence[PageLink]


def page(title: Text, language: Language, parts: Iterable[str]) -> bytes:
    chosen = {each: " checked" if each == language else "" for each in ("zh", "en")}
    html = (
        f'<!doctype html>\n<html lang="{TAGS[language]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title.to(language))}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<input type="radio" name="language" id="zh"{chosen["zh"]}><label for="zh">中文</label>\n'
        f'<input type="radio" name="language" id="en"{chosen["en"]}><label for="en">English</label>\n'
        f"<main>\n<h1>{both(title)}</h1>\n" + "".join(f"{part}\n" for part in parts) + "</main>\n</body>\n</html>\n"
    )
    return html.encode()


def both(text: Text) -> str:
    if text.zh == text.en:
        return escape(text.zh)
    return f'<span lang="zh-CN">{escape(text.zh)}</span><span lang="en">{escape(text.en)}</span>'


def heading(text: Text) -> str:
    return f"<h2>{both(text)}</h2>"


def paragraph(text: Text, code: str = "") -> str:
    return f"<p>{both(text)}{f' <code>{escape(code)}</code>' if code else ''}</p>"


def command(words: str) -> str:
    """To be copied whole."""
    return f"<pre><code>{escape(words)}</code></pre>"


def table(heads: Sequence[Text], rows: Iterable[Sequence[Cell]]) -> str:
    head = "".join(f'<th scope="col">{both(text)}</th>' for text in heads)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in rows)
    if not body:
        return paragraph(Text("无", "none"))
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>"


def _cell(cell: Cell) -> str:
    match cell:
        case int():
            return f'<td class="number">{cell}</td>'
        case Bad():
            return f'<td class="number bad">{escape(cell.words)}</td>'
        case Text():
            return f"<td>{both(cell)}</td>"
        case str():
            return f"<td>{_ID.sub(_WHOLE, escape(cell))}</td>"
    return f"<td>{' '.join(f'<a href={chr(34)}{escape(t)}{chr(34)}>{escape(w)}</a>' for w, t in cell)}</td>"


def count(number: int) -> Cell:
    """A number that should be zero."""
    return Bad(str(number)) if number else number
