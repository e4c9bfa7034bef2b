"""Documents and the manual as views to print."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from markdown_it.token import Token

from csdocs.compare.numeral import chinese_number
from csdocs.load.rulebook.contents import manual_contents
from csdocs.model.change import CHANGE_WORDS
from csdocs.model.document import INTERPOLATION, Document
from csdocs.model.receipt import MEANING_WORDS
from csdocs.model.spelling import shown
from csdocs.parse.document import items_of, markdown, top_level
from csdocs.press.anchor import anchor
from csdocs.press.appendix import appendices
from csdocs.press.fact import PrintFacts
from csdocs.render.view import (
    ChangeView,
    ChapterView,
    ClauseView,
    DocumentView,
    Html,
    ManualView,
    PartView,
    SignOffView,
)

_IN_CLAUSE = 2


def document_view(
    facts: PrintFacts, document: Document, anchors: frozenset[str], *, seal: bool, bound: bool = False
) -> DocumentView:
    """`anchors`: link targets that this rendition contains; links to anything else are printed as plain words. `bound` in the manual."""
    control, language = document.control, facts.language
    data = facts.workspace.files[document.path]
    mark = facts.standing(document.path, control)
    return DocumentView(
        title=control.title.to(language),
        title_en=control.title.en if language == "zh" else "",
        id=document.id,
        revision=control.revision,
        effective=control.effective.isoformat(),
        owner=facts.post(control.owner),
        chapters=_chapters(facts, document, anchors),
        changes=tuple(
            ChangeView(
                revision=str(change.revision),
                date=change.date.isoformat(),
                kind=CHANGE_WORDS[change.kind].to(language),
                summary=change.summary.to(language),
                reason=change.reason.to(language),
            )
            for change in control.changes
        ),
        sign_offs=_receipts(facts, document.path, hashlib.sha256(data).hexdigest()),
        imprint=facts.imprint(document.id, control.revision, data, mark, document.path, seal=seal, bound=bound),
    )


def _receipts(facts: PrintFacts, path: str, sha256: str) -> tuple[SignOffView, ...]:
    return tuple(
        SignOffView(
            title=MEANING_WORDS[v.receipt.meaning].to(facts.language),
            attests=v.receipt.statement,
            person=facts.person(v.receipt.person),
            staff_no=v.receipt.person,
            post=facts.post(v.receipt.post),
            at=shown(v.receipt.at, None, facts.workspace.settings.zone).to(facts.language),
            verified=True,
            comment=v.receipt.comment or "",
        )
        for v in facts.receipts.get((path, sha256), ())
    )


def document_anchors(document: Document) -> Iterable[str]:
    yield document.id
    yield from (f"{document.id}/{clause.number}" for clause in document.clauses)


def _chapters(facts: PrintFacts, document: Document, anchors: frozenset[str]) -> tuple[ChapterView, ...]:
    # Its own are those that this revision brings, also before it is in force.
    own = {parameter.id: parameter for parameter in document.control.parameters}
    parameters = {**facts.workspace.parameters_on(facts.workspace.today).definitions, **own}
    body = INTERPOLATION.sub(
        lambda match: parameters[match[1]].printed() if match[1] in parameters else "?", document.body
    )
    tokens = markdown().parse(body)
    _relink(tokens, anchors)
    chapters = [ChapterView()]
    for block in top_level(tokens):
        chapters = _add(facts, document, chapters, block)
    return tuple(chapter for chapter in chapters if chapter.title or chapter.intro or chapter.clauses)


def _add(
    facts: PrintFacts, document: Document, chapters: list[ChapterView], block: Sequence[Token]
) -> list[ChapterView]:
    last = chapters[-1]
    if block[0].type == "heading_open":
        count = sum(bool(chapter.title) for chapter in chapters) + 1
        number = facts.say(f"第{chinese_number(count)}章　", f"Chapter {count}  ")
        title = number + block[1].content
        return [*chapters, ChapterView(title=title, anchor=f"chapter-{document.id}-{count}")]
    if block[0].type == "ordered_list_open":
        clauses = tuple(_clause(facts, document, item) for item in items_of(block))
        return [*chapters[:-1], replace(last, clauses=last.clauses + clauses)]
    return [*chapters[:-1], replace(last, intro=Html(last.intro + _html(block)))]


def _clause(facts: PrintFacts, document: Document, item: Sequence[Token]) -> ClauseView:
    number = int(item[0].info)
    for token in item:
        # A list without blank lines says that its paragraphs are none; a clause has them however its file is spaced.
        token.hidden = token.hidden and token.level > _IN_CLAUSE
    return ClauseView(
        number=facts.say(f"第{chinese_number(number)}条", f"Article {number}"),
        anchor=anchor(f"{document.id}/{number}"),
        body=Html(_html(item[1:-1])),
        deleted=bool((clause := document.clause(number)) and clause.deleted),
    )


def _html(tokens: Sequence[Token]) -> str:
    return str(markdown().renderer.render(tokens, markdown().options, {}))


def _relink(tokens: list[Token], anchors: frozenset[str]) -> None:
    """Links become jumps within the rendition, or plain words where their target is not in it."""
    for token in tokens:
        kept: list[Token] = []
        dropping = False
        for child in token.children or ():
            if child.type == "link_open":
                target = str(child.attrs["href"])
                dropping = target not in anchors
                child.attrs["href"] = f"#{anchor(target)}"
            if not (dropping and child.type in ("link_open", "link_close")):
                kept.append(child)
        if token.children is not None:
            token.children = kept


def manual_view(facts: PrintFacts, *, seal: bool) -> ManualView:
    workspace, language = facts.workspace, facts.language
    manual = workspace.manual
    assert manual is not None
    contents = manual_contents(workspace.files)
    named = [tuple(id for id in (p.document, *p.contains) if id in contents) for p in manual.parts]
    included = [workspace.documents[id] for ids in named for id in ids]
    anchors = frozenset(target for document in included for target in document_anchors(document))
    paths = tuple(contents.values())
    data = b"".join(workspace.files[path] for path in paths)
    mark = _manual_mark(facts, contents)
    parts = tuple(_part(facts, number, ids, anchors) for number, ids in enumerate(filter(None, named), start=1))
    day = workspace.today.isoformat()
    imprint = facts.imprint("MANUAL", 1, data, mark, *paths, seal=seal)
    return ManualView(
        title=manual.title.to(language),
        title_en=manual.title.en if language == "zh" else "",
        facts=(
            (facts.say("截至日期", "As of"), day),
            (facts.say("制度和篇章", "Documents"), str(len(included))),
            (facts.say("表单", "Forms"), str(len(workspace.forms_in_use))),
            (facts.say("来源", "Made from"), facts.made_from(*paths)),
        ),
        parts=parts,
        appendices=appendices(facts, included, imprint),
        imprint=imprint,
    )


def _manual_mark(facts: PrintFacts, contents: Mapping[str, str]) -> str:
    """Controlled if all it holds was approved; what is not in force yet says so where it stands."""
    workspace = facts.workspace
    controls = {id: document.control for id, document in workspace.documents.items()}
    held = ((path, controls.get(id) or workspace.forms.get(id)) for id, path in contents.items())
    drafts = (control is None or facts.standing(path, control) == "draft" for path, control in held)
    return "draft" if workspace.in_set_up or any(drafts) else "controlled"


def _part(facts: PrintFacts, number: int, ids: Iterable[str], anchors: frozenset[str]) -> PartView:
    documents = [facts.workspace.documents[id] for id in ids]
    title = documents[0].control.title.to(facts.language)
    views = tuple(document_view(facts, document, anchors, seal=False, bound=True) for document in documents)
    heading = facts.say(f"第{chinese_number(number)}篇　", f"Part {number}  ")
    return PartView(number=heading, title=title, anchor=f"part-{documents[0].id}", documents=views)
