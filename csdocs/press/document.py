"""Documents and the manual as views to print."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby

from markdown_it.token import Token

from csdocs.compare.numeral import chinese_number
from csdocs.model.document import Document
from csdocs.model.form import Form
from csdocs.model.spelling import shown, spell
from csdocs.model.text import Text
from csdocs.parse.document import markdown
from csdocs.press.fact import Facts
from csdocs.render.view import (
    AppendixView,
    ChangeView,
    ChapterView,
    ClauseView,
    ColumnView,
    DocumentView,
    Html,
    ManualView,
    PartView,
    SignOffView,
    TableView,
)

_KINDS = {
    "editorial": Text("文字", "editorial"),
    "minor": Text("一般", "minor"),
    "major": Text("重大", "major"),
}
_MEANINGS = {
    "submit": Text("起草提交", "Submitted"),
    "approve": Text("批准", "Approved"),
    "reject": Text("不批准", "Rejected"),
    "no-change": Text("复审无修改", "Reviewed, no change"),
    "open": Text("启用批准", "Approved on opening"),
    "emergency": Text("紧急批准", "Emergency approval"),
}
_INTERPOLATION = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")


def document_view(facts: Facts, document: Document, anchors: frozenset[str], *, seal: bool) -> DocumentView:
    """`anchors`: link targets that this rendition contains; links to anything else are printed as plain words."""
    control, language = document.control, facts.language
    data = facts.workspace.files[document.path]
    mark = facts.document_mark(document)
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
                kind=_KINDS[change.kind].to(language),
                summary=change.summary.to(language),
                reason=change.reason.to(language),
            )
            for change in control.changes
        ),
        sign_offs=_receipts(facts, document.path, hashlib.sha256(data).hexdigest()),
        imprint=facts.imprint(document.id, control.revision, data, mark, document.path, seal=seal),
    )


def _receipts(facts: Facts, path: str, sha256: str) -> tuple[SignOffView, ...]:
    """Receipts about exactly these bytes, as the ledger verified them when they landed."""
    if facts.workspace.in_set_up:
        return ()
    verified = (v for v in facts.workspace.ledger.receipts if (t := v.receipt.target(path)) and t.to.sha256 == sha256)
    return tuple(
        SignOffView(
            title=_MEANINGS[v.receipt.meaning].to(facts.language),
            attests=v.receipt.statement,
            person=facts.person(v.receipt.person),
            staff_no=v.receipt.person,
            post=facts.post(v.receipt.post),
            at=shown(v.receipt.at, None, facts.workspace.settings.zone).to(facts.language),
            verified=True,
            comment=v.receipt.comment or "",
        )
        for v in verified
        if v.receipt.meaning != "acknowledge"
    )


def document_anchors(document: Document) -> Iterable[str]:
    yield document.id
    yield from (f"{document.id}/{clause.number}" for clause in document.clauses)


def anchor(target: str) -> str:
    """The anchor of a citation: `REG-HANDOVER/3` → `clause-REG-HANDOVER-3`."""
    if "/" in target:
        return f"clause-{target.replace('/', '-')}"
    return f"doc-{target}"


def _chapters(facts: Facts, document: Document, anchors: frozenset[str]) -> tuple[ChapterView, ...]:
    parameters = facts.workspace.parameters_on(facts.workspace.today).definitions
    body = _INTERPOLATION.sub(
        lambda match: parameters[match[1]].printed() if match[1] in parameters else "?", document.body
    )
    tokens = markdown().parse(body)
    _relink(tokens, anchors)
    chapters = [ChapterView()]
    for block in _blocks(tokens):
        chapters = _add(facts, document, chapters, block)
    return tuple(chapter for chapter in chapters if chapter.title or chapter.intro or chapter.clauses)


def _blocks(tokens: list[Token]) -> Iterable[list[Token]]:
    """Top-level blocks, each with its opening and closing token."""
    start = 0
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            yield tokens[start : index + 1]
            start = index + 1


def _add(facts: Facts, document: Document, chapters: list[ChapterView], block: list[Token]) -> list[ChapterView]:
    last = chapters[-1]
    if block[0].type == "heading_open":
        count = sum(bool(chapter.title) for chapter in chapters) + 1
        number = facts.say(f"第{chinese_number(count)}章　", f"Chapter {count}  ")
        title = number + block[1].content
        return [*chapters, ChapterView(title=title, anchor=f"chapter-{document.id}-{count}")]
    if block[0].type == "ordered_list_open":
        clauses = tuple(_clause(facts, document, item) for item in _items(block))
        return [*chapters[:-1], replace(last, clauses=last.clauses + clauses)]
    return [*chapters[:-1], replace(last, intro=Html(last.intro + _html(block)))]


def _items(block: list[Token]) -> Iterable[list[Token]]:
    start = 0
    for index, token in enumerate(block):
        if token.type == "list_item_open" and token.level == 1:
            start = index
        elif token.type == "list_item_close" and token.level == 1:
            yield block[start : index + 1]


def _clause(facts: Facts, document: Document, item: list[Token]) -> ClauseView:
    number = int(item[0].info)
    return ClauseView(
        number=facts.say(f"第{chinese_number(number)}条", f"Article {number}"),
        anchor=anchor(f"{document.id}/{number}"),
        body=Html(_html(item[1:-1])),
        deleted=bool((clause := document.clause(number)) and clause.deleted),
    )


def _html(tokens: list[Token]) -> str:
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


def manual_view(facts: Facts, *, seal: bool) -> ManualView:
    workspace, language = facts.workspace, facts.language
    manual = workspace.manual
    assert manual is not None
    named = [tuple(id for id in (p.document, *p.contains) if id in workspace.documents_in_use) for p in manual.parts]
    included = [workspace.documents[id] for ids in named for id in ids]
    anchors = frozenset(target for document in included for target in document_anchors(document))
    data = b"".join(workspace.files[document.path] for document in included)
    mark = "draft" if workspace.in_set_up else "controlled"
    parts = tuple(_part(facts, ids, anchors) for ids in named if ids)
    day = workspace.today.isoformat()
    makers: Mapping[str, AppendixView] = _appendices(facts)
    return ManualView(
        title=manual.title.to(language),
        title_en=manual.title.en if language == "zh" else "",
        facts=(
            (facts.say("截至日期", "As of"), day),
            (facts.say("制度和篇章", "Documents"), str(len(included))),
            (facts.say("表单", "Forms"), str(len(workspace.forms_in_use))),
            (facts.say("来源", "Made from"), facts.made_from(*(document.path for document in included))),
        ),
        parts=parts,
        appendices=tuple(makers[name] for name in manual.appendices),
        imprint=facts.imprint("MANUAL", 1, data, mark, *(document.path for document in included), seal=seal),
    )


def _part(facts: Facts, ids: Iterable[str], anchors: frozenset[str]) -> PartView:
    documents = [facts.workspace.documents[id] for id in ids]
    title = documents[0].control.title.to(facts.language)
    views = tuple(document_view(facts, document, anchors, seal=False) for document in documents)
    return PartView(title=title, anchor=f"part-{documents[0].id}", documents=views)


def _appendices(facts: Facts) -> Mapping[str, AppendixView]:
    workspace, language = facts.workspace, facts.language
    documents = [document for _, document in sorted(workspace.documents_in_use.items())]
    forms = [form for _, form in sorted(workspace.forms_in_use.items())]
    in_use = filter(workspace.is_in_use, workspace.register.posts)
    posts = [(post.id, post.name.to(language), _holders(facts, post.id)) for post in in_use]
    parameters = [
        (p.label.to(language), f"{p.printed()} {p.unit.to(language) if p.unit else ''}".strip(), document.id)
        for document in documents
        for p in document.control.parameters
    ]
    changes = [
        (
            id,
            str(change.revision),
            change.date.isoformat(),
            _KINDS[change.kind].to(language),
            change.summary.to(language),
        )
        for id, control in (*((d.id, d.control) for d in documents), *((f.id, f) for f in forms))
        for change in control.changes
    ]
    say = facts.say
    id_column = (say("编号", "Id"), "code")
    forms_head = (
        id_column,
        (say("名称", "Title"), "text"),
        (say("依据条款", "Clauses"), "text"),
        (say("填写步骤", "Steps"), "text"),
    )
    roles_head = (id_column, (say("岗位", "Post"), "text"), (say("任职人", "Held by"), "text"))
    parameters_head = (
        (say("参数", "Parameter"), "text"),
        (say("取值", "Value"), "text"),
        (say("所属制度", "Owned by"), "code"),
    )
    revisions_head = (
        id_column,
        (say("版次", "Rev."), "year"),
        (say("日期", "Date"), "date"),
        (say("类别", "Kind"), "choice"),
        (say("内容", "Change"), "text"),
    )
    return {
        "forms": _appendix(say("表单一览", "Forms"), "forms", forms_head, [_form_row(facts, form) for form in forms]),
        "roles": _appendix(say("岗位与任职", "Posts and holders"), "roles", roles_head, posts),
        "parameters": _appendix(say("参数一览", "Parameters"), "parameters", parameters_head, parameters),
        "revisions": _with_exceptions(
            facts, _appendix(say("修订一览", "Revisions"), "revisions", revisions_head, changes)
        ),
    }


def _with_exceptions(facts: Facts, appendix: AppendixView) -> AppendixView:
    """What was allowed or done outside the ordinary course stands in print: exemptions of the policy, acts by a root key alone."""
    say, workspace = facts.say, facts.workspace
    exempt = [
        (", ".join(each.paths), say("起草人可以兼任审批", "a drafter may approve"), each.reason, each.until.isoformat())
        for each in workspace.settings.review.exceptions
    ]
    receipts = () if workspace.in_set_up else (verified.receipt for verified in workspace.ledger.receipts)
    alone = [
        (
            ", ".join(target.path for target in receipt.covers),
            facts.person(receipt.person),
            receipt.comment or "",
            spell(receipt.at),
        )
        for receipt in receipts
        if receipt.meaning == "emergency"
    ]
    if not exempt and not alone:
        return appendix
    labels = (say("文件", "Files"), say("例外", "Exception"), say("理由", "Reason"), say("期限或时间", "Until or at"))
    columns = tuple(ColumnView(label=label) for label in labels)
    table = TableView(
        label=say("审批例外和紧急批准", "Exceptions and emergency approvals"), columns=columns, rows=(*exempt, *alone)
    )
    return replace(appendix, tables=(*appendix.tables, table))


def _appendix(
    title: str, name: str, head: tuple[tuple[str, str], ...], rows: Iterable[tuple[str, ...]]
) -> AppendixView:
    """`head`: label and kind of each column."""
    columns = tuple(ColumnView(label=label, kind=kind) for label, kind in head)
    return AppendixView(title=title, anchor=f"appendix-{name}", tables=(TableView(columns=columns, rows=tuple(rows)),))


def _form_row(facts: Facts, form: Form) -> tuple[str, ...]:
    steps = " → ".join(step.title.to(facts.language) for step in form.steps if step.attests)
    title = form.title.to(facts.language)
    return form.id, title, "\n".join(_grouped_clauses(form.clauses)), steps


def _grouped_clauses(clauses: Iterable[str]) -> Iterable[str]:
    """`REG-A/1 REG-A/2 REG-A/3 REG-B` → `REG-A/1—3`, `REG-B`."""
    by_document: dict[str, list[int]] = {}
    for clause in clauses:
        id, _, number = clause.partition("/")
        by_document.setdefault(id, []).extend([int(number)] if number.isdecimal() else [])
    for id, numbers in by_document.items():
        yield f"{id}/{'、'.join(_runs(sorted(set(numbers))))}" if numbers else id


def _runs(numbers: list[int]) -> Iterable[str]:
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield f"{members[0]}—{members[-1]}" if len(members) > 2 else "、".join(map(str, members))


def _holders(facts: Facts, post: str) -> str:
    return "、".join(
        person.name.to(facts.language) for person in facts.workspace.register.holders(post, facts.workspace.today)
    )
