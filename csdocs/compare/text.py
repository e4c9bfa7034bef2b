"""A redline on a terminal: `[-gone-]` and `{+come+}`, or colours if the caller has any."""

from collections.abc import Callable, Iterator

from csdocs.compare import say
from csdocs.compare.files import compare_files
from csdocs.compare.result import BlockDiff, ChapterDiff, ClauseDiff, FieldDiff, ParameterDiff, Redline, has_changes
from csdocs.compare.words import Run
from csdocs.model.text import Language, Text, printable

Style = Callable[[str, str], str]
"""Called with what a stretch is (`delete`, `insert`, `equal`, `title`, `major`, `note` …) and its text."""

_CONTEXT = 3  # unchanged lines shown around a change


def marked(kind: str, text: str) -> str:
    """Without colours."""
    if not text:
        return text
    return {"delete": f"[-{text}-]", "insert": f"{{+{text}+}}"}.get(kind, text)


def redline_text(path: str, before: bytes, after: bytes, language: Language) -> str:
    """The whole comparison of two states; empty bytes stand for a file that is not there."""
    return "\n".join(redline_lines(compare_files(path, [before or None, after or None]), language))


def redline_lines(redline: Redline, language: Language, style: Style = marked) -> Iterator[str]:
    """Only what changed; unchanged clauses are counted. Whoever approves sees what there is: nothing hides from the eye."""
    style = _plainly(style)
    title = redline.title.to(language)
    yield style("title", redline.id if title == redline.id else f"{redline.id} {title}")
    if redline.before or redline.after:
        yield say.states(redline, language)
    yield from _kind_lines(redline, language, style)
    if redline.is_empty:
        yield say.NOTHING.to(language)
        return
    yield from _change_lines(redline, language, style)
    yield from _field_lines(redline, language, style)
    yield from _parameter_lines(redline.parameters, language, style)
    yield from _chapter_lines(redline, language, style)
    yield from _file_lines(redline.lines, style)


def _plainly(style: Style) -> Style:
    return lambda kind, text: style(kind, printable(text))


def _kind_lines(redline: Redline, language: Language, style: Style) -> Iterator[str]:
    kind = style(redline.kind.kind, say.kind(redline.kind.kind, language))
    yield f"{say.COMPUTED.to(language)}: {kind}"
    for reason in redline.kind.reasons:
        place = f"{redline.path}:{reason.at.line}:{reason.at.col}"
        yield f"  {style(reason.kind, say.kind(reason.kind, language))} {style('equal', reason.message.to(language))}  {style('note', place)}"


def _heading(words: Text, language: Language, style: Style) -> Iterator[str]:
    yield ""
    yield style("title", words.to(language))


def _change_lines(redline: Redline, language: Language, style: Style) -> Iterator[str]:
    if redline.changes:
        yield from _heading(say.CHANGES, language, style)
    for change in redline.changes:
        yield f"  {style('equal', say.change_line(change, language))}"
        yield f"    {style('equal', say.reason_line(change, language))}"


def _field_lines(redline: Redline, language: Language, style: Style) -> Iterator[str]:
    if redline.fields:
        yield from _heading(say.FIELDS if redline.chapters else say.FORM_FIELDS, language, style)
    for field in redline.fields:
        yield f"  {style('equal', field.label.to(language))}: {_sides(field, language, style)}"


def _sides(field: FieldDiff, language: Language, style: Style) -> str:
    runs = say.field_runs(field, language)
    if runs:
        return _runs(runs, style)
    sides = (("delete", field.before), ("insert", field.after))
    return " → ".join(style("note" if say.is_absent(w) else kind, w.to(language)) for kind, w in sides)


def _parameter_lines(parameters: tuple[ParameterDiff, ...], language: Language, style: Style) -> Iterator[str]:
    if parameters:
        yield from _heading(say.PARAMETERS, language, style)
    for parameter in parameters:
        sides = _sides(say.parameter_field(parameter), language, style)
        yield f"  {style('equal', parameter.label.to(language))} {style('note', parameter.id)}: {sides}"


def _chapter_lines(redline: Redline, language: Language, style: Style) -> Iterator[str]:
    shown = [chapter for chapter in redline.chapters if chapter.status != "same" or has_changes(chapter)]
    if shown:
        yield from _heading(say.TEXT, language, style)
    for chapter in shown:
        yield from _one_chapter(chapter, redline, language, style)
    same = sum(clause.status == "same" for chapter in redline.chapters for clause in chapter.clauses)
    if shown and same:
        yield ""
        yield style("note", say.UNCHANGED.format(count=same).to(language))


def _one_chapter(chapter: ChapterDiff, redline: Redline, language: Language, style: Style) -> Iterator[str]:
    yield ""
    if chapter.title:
        yield style("title", say.chapter_prefix(chapter, language)) + _runs(chapter.title, style)
    yield from _passage(chapter.blocks, language, style)
    for clause in chapter.clauses:
        if clause.status != "same":
            yield from _clause(clause, redline, language, style)
        yield from _passage(clause.following, language, style)


def _passage(blocks: tuple[BlockDiff, ...], language: Language, style: Style) -> Iterator[str]:
    yield from (f"  {_block(block, language, style)}" for block in blocks if block.status != "same")


def _clause(clause: ClauseDiff, redline: Redline, language: Language, style: Style) -> Iterator[str]:
    status = say.STATUS_WORDS[clause.status].to(language)
    yield f"  {style('title', say.clause_name(clause, language))} {style('note', f'[{status}]')}"
    if clause.status != "moved":
        yield from (f"    {'  ' * block.depth}{_block(block, language, style)}" for block in clause.blocks)
    for reason in say.touched(clause, redline.changes, language):
        yield f"    {style('note', f'↳ {reason}')}"


def _block(block: BlockDiff, language: Language, style: Style) -> str:
    marker = say.marker(block, language)
    gap = " " if marker and not marker.startswith("（") else ""
    if block.kind == "row":
        return " | ".join(_runs(cell, style) for cell in block.cells)
    return f"{marker}{gap}{_runs(block.cells[0], style)}"


def _runs(runs: tuple[Run, ...], style: Style) -> str:
    return "".join(style(run.kind, run.text) for run in runs)


def _file_lines(lines: tuple[Run, ...], style: Style) -> Iterator[str]:
    """Changed lines with a few around them, as patches have them."""
    near = {
        n + offset for n, line in enumerate(lines) if line.kind != "equal" for offset in range(-_CONTEXT, _CONTEXT + 1)
    }
    previous = -1
    for number in sorted(near & set(range(len(lines)))):
        if number != previous + 1:
            yield style("note", "…")
        previous = number
        line = lines[number]
        yield style(line.kind, line.text) if line.kind != "equal" else f"  {style(line.kind, line.text)}"
