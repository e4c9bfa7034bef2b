"""A redline as one HTML file that opens from disk: no script, nothing fetched, light and dark."""

from collections.abc import Iterable, Iterator
from html import escape

from csdocs.compare import say
from csdocs.compare.result import BlockDiff, ChapterDiff, ClauseDiff, FieldDiff, Redline, grouped
from csdocs.compare.words import Run
from csdocs.model.change import ChangeKind
from csdocs.model.text import TAGS, Language, Text

_STYLE = """
:root { color-scheme: light dark; --ink: #1d1e20; --soft: #5d6168; --line: #d4d7da; --paper: #fff; --shade: #f4f5f6;
  --gone: #a3271f; --gone-back: #fbeae8; --come: #14633a; --come-back: #e4f3ea; --bar: #b4762a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e7e9; --soft: #a0a5ac; --line: #3c4046; --paper: #1a1c1f;
  --shade: #24272b; --gone: #f2a39c; --gone-back: #45211e; --come: #8fd6ac; --come-back: #17392a; --bar: #d39a4d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 52rem; padding: 2.5rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.75 "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.35; margin: 0; }
h2 { font-size: 1.05rem; margin: 2.2rem 0 .6rem; padding-left: .6rem; border-left: 3px solid var(--gone); }
h3 { font-size: 1.05rem; margin: 1.8rem 0 .5rem; text-align: center; }
p { margin: 0 0 .4rem; }
.states, .note { color: var(--soft); font-size: .9rem; }
.kind { display: inline-block; padding: 0 .5rem; border: 1px solid currentColor; border-radius: .25rem; font-size: .85rem; }
.kind.major { color: var(--gone); } .kind.minor { color: var(--bar); } .kind.editorial { color: var(--come); }
del { color: var(--gone); background: var(--gone-back); text-decoration: line-through; }
ins { color: var(--come); background: var(--come-back); text-decoration: underline; text-underline-offset: .2em; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border: 1px solid var(--line); font-weight: normal; }
th { background: var(--shade); }
ul { margin: 0; padding-left: 1.2rem; font-size: .92rem; }
.clause { display: grid; grid-template-columns: 6.5rem 1fr; padding: .15rem 0 .15rem .8rem; border-left: 3px solid transparent; }
.passage { padding: .15rem 0 .15rem .8rem; border-left: 3px solid transparent; }
.fields th { width: 34%; } .fields td { width: 33%; }
.clause.same { color: var(--soft); }
.changed, .added, .deleted, .moved { border-left-color: var(--bar) !important; }
.name { font-weight: bold; }
.tag { display: block; font-weight: normal; font-size: .8rem; color: var(--bar); }
.item { padding-left: 2.6rem; text-indent: -2.6rem; } .item.deep { margin-left: 2.6rem; padding-left: 1.4rem; text-indent: -1.4rem; }
.why { font-size: .85rem; color: var(--soft); }
pre { font: .88rem/1.5 ui-monospace, monospace; white-space: pre-wrap; margin: 0; }
"""


def redline_html(redline: Redline, language: Language) -> str:
    title = f"{redline.id} {redline.title.to(language)}"
    parts = [*_head(redline, title, language), *_changes(redline, language), *_fields(redline, language)]
    parts += [*_parameters(redline, language), *_text(redline, language), *_lines(redline)]
    return (
        f'<!DOCTYPE html>\n<html lang="{TAGS[language]}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body>\n</html>\n"
    )


def _head(redline: Redline, title: str, language: Language) -> Iterator[str]:
    yield f"<h1>{escape(title)}</h1>"
    if redline.before or redline.after:
        yield f'<p class="states">{escape(say.states(redline, language))}</p>'
    yield f"<p>{_say(say.COMPUTED, language)} {_kind(redline.kind.kind, language)}</p>"
    if redline.is_empty:
        yield f"<p>{_say(say.NOTHING, language)}</p>"
    if redline.kind.reasons:
        reasons = (f"<li>{_kind(r.kind, language)} {_say(r.message, language)}</li>" for r in redline.kind.reasons)
        yield f"<details><summary>{_say(say.REASONS, language)}</summary><ul>{''.join(reasons)}</ul></details>"


def _changes(redline: Redline, language: Language) -> Iterator[str]:
    if redline.changes:
        yield f"<h2>{_say(say.CHANGES, language)}</h2>"
    for change in redline.changes:
        yield f"<p>{escape(say.change_line(change, language))}<br>{_note(say.reason_line(change, language))}</p>"


def _fields(redline: Redline, language: Language) -> Iterator[str]:
    if redline.fields:
        yield f"<h2>{_say(say.FIELDS if redline.chapters else say.FORM_FIELDS, language)}</h2>"
        yield _table((_say(field.label, language), *_sides(field, language)) for field in redline.fields)


def _parameters(redline: Redline, language: Language) -> Iterator[str]:
    if redline.parameters:
        yield f"<h2>{_say(say.PARAMETERS, language)}</h2>"
        yield _table(
            (f"{_say(p.label, language)} {_note(p.id)}", *_sides(say.parameter_field(p), language))
            for p in redline.parameters
        )


def _sides(field: FieldDiff, language: Language) -> tuple[str, ...]:
    runs = say.field_runs(field, language)
    if runs:
        return (_runs(runs),)
    sides = (("del", field.before), ("ins", field.after))
    return tuple(
        _note(w.to(language)) if say.is_absent(w) else f"<{tag}>{_say(w, language)}</{tag}>" for tag, w in sides
    )


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    """The first cell is the heading; a row with one more cell spans the other columns."""
    spans = [("" if len(row) > 2 else ' colspan="2"', row) for row in rows]
    body = (f"<tr><th>{row[0]}</th>{''.join(f'<td{s}>{cell}</td>' for cell in row[1:])}</tr>" for s, row in spans)
    return f'<table class="fields">{"".join(body)}</table>'


def _text(redline: Redline, language: Language) -> Iterator[str]:
    if redline.chapters:
        yield f"<h2>{_say(say.TEXT, language)}</h2>"
    for chapter in redline.chapters:
        yield from _chapter(chapter, redline, language)


def _chapter(chapter: ChapterDiff, redline: Redline, language: Language) -> Iterator[str]:
    if chapter.title:
        yield f"<h3>{escape(say.chapter_prefix(chapter, language))}{_runs(chapter.title)}</h3>"
    yield from _passage(chapter.blocks, language)
    for clause in chapter.clauses:
        yield _clause(clause, redline, language)
        yield from _passage(clause.following, language)


def _passage(passage: Iterable[BlockDiff], language: Language) -> Iterator[str]:
    for blocks in grouped(passage):
        status = next((block.status for block in blocks if block.status != "same"), "same")
        yield f'<div class="passage {status}">{_blocks(blocks, language)}</div>'


def _clause(clause: ClauseDiff, redline: Redline, language: Language) -> str:
    status = (
        "" if clause.status == "same" else f'<span class="tag">{_say(say.STATUS_WORDS[clause.status], language)}</span>'
    )
    body = "".join(_blocks(blocks, language) for blocks in grouped(clause.blocks))
    why = "".join(f'<p class="why">{escape(reason)}</p>' for reason in say.touched(clause, redline.changes, language))
    name = escape(say.clause_name(clause, language))
    return f'<div class="clause {clause.status}"><div class="name">{name}{status}</div><div>{body}{why}</div></div>'


def _blocks(blocks: tuple[BlockDiff, ...], language: Language) -> str:
    if blocks[0].kind != "row":
        return _block(blocks[0], language)
    rows = ("".join(f"<td>{_runs(cell)}</td>" for cell in row.cells) for row in blocks)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _block(block: BlockDiff, language: Language) -> str:
    if block.kind == "rule":
        return "<hr>"
    if block.kind == "code":
        return f"<pre>{_runs(block.cells[0])}</pre>"
    level = "" if not block.depth else ' class="item deep"' if block.depth > 1 else ' class="item"'
    return f"<p{level}>{escape(say.marker(block, language))}{_runs(block.cells[0])}</p>"


def _lines(redline: Redline) -> Iterator[str]:
    if redline.lines:
        yield "<pre>" + "\n".join(_runs((line,)) for line in redline.lines) + "</pre>"


def _runs(runs: tuple[Run, ...]) -> str:
    tags = {"delete": "del", "insert": "ins"}
    return "".join(
        f"<{tags[run.kind]}>{escape(run.text)}</{tags[run.kind]}>" if run.kind in tags else escape(run.text)
        for run in runs
    )


def _kind(name: ChangeKind, language: Language) -> str:
    return f'<span class="kind {name}">{escape(say.kind(name, language))}</span>'


def _note(text: str) -> str:
    return f'<span class="note">{escape(text)}</span>'


def _say(text: Text, language: Language) -> str:
    return escape(text.to(language))
