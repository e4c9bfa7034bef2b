"""Two revisions of a controlled file side by side, on paper."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from csdocs.compare import say
from csdocs.compare.result import BlockDiff, ChapterDiff, ClauseDiff, FieldDiff, Redline, grouped
from csdocs.load.rulebook.revision import Revision
from csdocs.load.rulebook.side_by_side import compare_states
from csdocs.model.text import Language
from csdocs.press.fact import PrintFacts
from csdocs.press.media import media_type
from csdocs.press.printing import Press, Rendition
from csdocs.render.pdf import Attachment
from csdocs.render.view import (
    ChangeView,
    RedlineBlockView,
    RedlineChapterView,
    RedlineClauseView,
    RedlineFieldView,
    RedlineView,
)


def redline_rendition(press: Press, path: str, states: Sequence[Revision | None]) -> Rendition:
    """The first and the last of `states` are inside the PDF as they were compared."""
    before, after = states[0], states[-1]
    assert after is not None
    redline = compare_states(press.workspace, path, states)
    view = redline_view(press.facts, redline, after)
    numbers = f"r{before.number if before else 0}-r{after.number}"
    suffix, mime = redline.path.rpartition(".")[2], media_type(redline.path)
    sources = [
        Attachment(f"{redline.id}-r{state.number}.{suffix}", state.data, mime, "Source", "a state that was compared")
        for state in (before, after)
        if state
    ]
    title = f"{view.title} {redline.id} {view.before} → {view.after}"
    compared = [{"revision": each.number, "sha256": each.sha256} if each else None for each in states]
    return press.print_page(
        press.templates.redline(view),
        "redline",
        f"{redline.id}-{numbers}",
        title,
        [path],
        sources,
        more={"compared": compared},
    )


def redline_view(facts: PrintFacts, redline: Redline, after: Revision) -> RedlineView:
    language = facts.language
    imprint = facts.imprint(redline.id, after.number, after.data, "draft", redline.path, seal=False)
    return RedlineView(
        title=redline.title.to(language),
        title_en=redline.title.en if language == "zh" else "",
        id=redline.id,
        before=say.state(redline.before, language),
        after=say.state(redline.after, language),
        kind=say.kind(redline.kind.kind, language),
        changes=tuple(_changes(redline, language)),
        fields=tuple(_field(field, language) for field in redline.fields),
        parameters=tuple(
            replace(_field(say.parameter_field(parameter), language), note=parameter.id)
            for parameter in redline.parameters
        ),
        chapters=tuple(part for chapter in redline.chapters for part in _chapter(chapter, redline, language)),
        lines=redline.lines,
        imprint=replace(imprint, copy_mark=facts.say("修订对照", "Redline")),
    )


def _changes(redline: Redline, language: Language) -> Iterator[ChangeView]:
    for change in redline.changes:
        yield ChangeView(
            revision=str(change.revision),
            date=change.date.isoformat(),
            kind=say.kind(change.kind, language),
            summary=change.summary.to(language),
            reason=change.reason.to(language),
        )


def _field(field: FieldDiff, language: Language) -> RedlineFieldView:
    return RedlineFieldView(
        label=field.label.to(language),
        before="" if say.is_absent(field.before) else field.before.to(language),
        after="" if say.is_absent(field.after) else field.after.to(language),
        runs=say.field_runs(field, language),
    )


def _chapter(chapter: ChapterDiff, redline: Redline, language: Language) -> Iterator[RedlineChapterView]:
    """The chapter; what follows a clause begins another without a title, as any template prints it."""
    part = RedlineChapterView(
        number=say.chapter_prefix(chapter, language),
        title=chapter.title,
        blocks=tuple(_blocks(chapter.blocks, language)),
    )
    for clause in chapter.clauses:
        part = replace(part, clauses=(*part.clauses, _clause(clause, redline, language)))
        if clause.following:
            yield part
            part = RedlineChapterView(number="", title=(), blocks=tuple(_blocks(clause.following, language)))
    yield part


def _clause(clause: ClauseDiff, redline: Redline, language: Language) -> RedlineClauseView:
    return RedlineClauseView(
        status=clause.status,
        status_words=say.STATUS_WORDS[clause.status].to(language),
        number=say.clause_name(clause, language),
        blocks=tuple(_blocks(clause.blocks, language)),
        reasons=say.touched(clause, redline.changes, language),
    )


def _blocks(blocks: Iterable[BlockDiff], language: Language) -> Iterator[RedlineBlockView]:
    for group in grouped(blocks):
        first = group[0]
        yield RedlineBlockView(
            status=next((block.status for block in group if block.status != "same"), "same"),
            kind="table" if first.kind == "row" else first.kind,
            depth=first.depth,
            marker=say.marker(first, language),
            rows=tuple(block.cells for block in group),
        )
