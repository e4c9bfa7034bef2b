"""The appendices of the manual: forms with their blank pages, and where each post and parameter is to be found."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from csdocs.model.change import CHANGE_WORDS
from csdocs.model.document import INTERPOLATION, Document
from csdocs.model.form import Form
from csdocs.model.spelling import spell
from csdocs.model.text import COMMA
from csdocs.press.anchor import anchor
from csdocs.press.fact import PrintFacts
from csdocs.press.record import blank_view
from csdocs.render.view import AppendixView, BlankView, ColumnView, Imprint, TableView

Head = tuple[tuple[str, str], ...]  # label and kind of each column


def appendices(facts: PrintFacts, included: Sequence[Document], imprint: Imprint) -> tuple[AppendixView, ...]:
    """Those that `manual.yaml` names, in its order. `included`: the documents that have pages."""
    manual = facts.workspace.manual
    assert manual is not None
    with_forms = "forms" in manual.appendices
    makers: Mapping[str, Callable[[], AppendixView]] = {
        "forms": lambda: _forms(facts, imprint),
        "roles": lambda: _posts(facts, included, with_forms=with_forms),
        "parameters": lambda: _parameters(facts, included),
        "revisions": lambda: _with_exceptions(facts, _revisions(facts)),
    }
    return tuple(makers[name]() for name in manual.appendices)


def _in_order(facts: PrintFacts) -> list[Form]:
    return [form for _, form in sorted(facts.workspace.forms_in_use.items())]


def _forms(facts: PrintFacts, imprint: Imprint) -> AppendixView:
    say, forms = facts.say, _in_order(facts)
    head = (
        (say("编号", "Id"), "code"),
        (say("名称", "Title"), "text"),
        (say("依据条款", "Clauses"), "text"),
        (say("填写步骤", "Steps"), "text"),
        (say("页", "Page"), "pages"),
    )
    rows = [(*_form_row(facts, form), anchor(form.id)) for form in forms]
    appendix = _appendix(say("表单一览", "Forms"), "forms", head, rows)
    return replace(appendix, blanks=tuple(_blank(facts, form, imprint) for form in forms))


def _blank(facts: PrintFacts, form: Form, imprint: Imprint) -> BlankView:
    mark = facts.standing(facts.workspace.form_paths[form.id], form)
    return blank_view(facts, form, replace(imprint, copy_mark=facts.mark(mark)))


def _posts(facts: PrintFacts, included: Sequence[Document], *, with_forms: bool) -> AppendixView:
    """Where each regulation first speaks of the post, and the forms that it signs."""
    say, register = facts.say, facts.workspace.register
    forms = _in_order(facts) if with_forms else []
    head = (
        (say("编号", "Id"), "code"),
        (say("岗位", "Post"), "text"),
        (say("任职人", "Held by"), "text"),
        (say("制度（页）", "Rules (page)"), "pages"),
        (say("表单（页）", "Forms (page)"), "pages"),
    )
    rows = []
    for post in filter(facts.workspace.is_in_use, register.posts):
        clauses = " ".join(_first_mentions(included, partial(_names, post.name.zh), post.id))
        signed = " ".join(anchor(form.id) for form in forms if post.id in form.signing_posts)
        rows.append((post.id, post.name.to(facts.language), _holders(facts, post.id), clauses, signed))
    return _appendix(say("岗位索引", "Index of posts"), "roles", head, rows)


def _parameters(facts: PrintFacts, included: Sequence[Document]) -> AppendixView:
    """Where each is printed: it is owned by one regulation and may be quoted by others."""
    say, language = facts.say, facts.language
    head = (
        (say("参数", "Parameter"), "text"),
        (say("取值", "Value"), "text"),
        (say("所属制度", "Owned by"), "code"),
        (say("页", "Page"), "pages"),
    )
    rows = []
    for document in sorted(included, key=lambda document: document.id):
        for p in document.control.parameters:
            value = f"{p.shown().to(language)} {p.unit.to(language) if p.unit else ''}".strip()
            pages = " ".join(_first_mentions(included, partial(_prints, p.id)))
            rows.append((p.label.to(language), value, document.id, pages or anchor(document.id)))
    return _appendix(say("参数索引", "Index of parameters"), "parameters", head, rows)


def _names(name: str, text: str) -> bool:
    return name in text


def _prints(parameter: str, text: str) -> bool:
    return parameter in INTERPOLATION.findall(text)


def _first_mentions(documents: Iterable[Document], speaks_of: Callable[[str], bool], owner: str = "") -> Iterator[str]:
    """The first clause of each document that speaks of it; the document itself where only its `owner` does."""
    for document in documents:
        found = next((clause for clause in document.clauses if speaks_of(clause.text)), None)
        if found is not None:
            yield anchor(f"{document.id}/{found.number}")
        elif owner == document.control.owner:
            yield anchor(document.id)


def _revisions(facts: PrintFacts) -> AppendixView:
    say, workspace = facts.say, facts.workspace
    head = (
        (say("编号", "Id"), "code"),
        (say("名称", "Title"), "text"),
        (say("版次", "Rev."), "year"),
        (say("日期", "Date"), "date"),
        (say("类别", "Kind"), "choice"),
        (say("内容", "Change"), "text"),
    )
    documents = ((id, document.control) for id, document in sorted(workspace.documents_in_use.items()))
    rows = [
        (
            id,
            control.title.to(facts.language),
            str(change.revision),
            change.date.isoformat(),
            CHANGE_WORDS[change.kind].to(facts.language),
            change.summary.to(facts.language),
        )
        for id, control in (*documents, *((form.id, form) for form in _in_order(facts)))
        for change in control.changes
    ]
    return _appendix(say("修订一览", "Revisions"), "revisions", head, rows)


def _with_exceptions(facts: PrintFacts, appendix: AppendixView) -> AppendixView:
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


def _appendix(title: str, name: str, head: Head, rows: Iterable[tuple[str, ...]]) -> AppendixView:
    columns = tuple(ColumnView(label=label, kind=kind) for label, kind in head)
    return AppendixView(title=title, anchor=f"appendix-{name}", tables=(TableView(columns=columns, rows=tuple(rows)),))


def _form_row(facts: PrintFacts, form: Form) -> tuple[str, ...]:
    steps = " → ".join(step.title.to(facts.language) for step in form.steps if step.attests)
    title = form.title.to(facts.language)
    return form.id, title, "\n".join(_grouped_clauses(form.clauses, COMMA.to(facts.language))), steps


def _grouped_clauses(clauses: Iterable[str], comma: str) -> Iterable[str]:
    """`REG-A/1 REG-A/2 REG-A/3 REG-B` → `REG-A/1—3`, `REG-B`."""
    by_document: dict[str, list[int]] = {}
    for clause in clauses:
        id, _, number = clause.partition("/")
        by_document.setdefault(id, []).extend([int(number)] if number.isdecimal() else [])
    for id, numbers in by_document.items():
        yield f"{id}/{comma.join(_runs(sorted(set(numbers))))}" if numbers else id


def _runs(numbers: list[int]) -> Iterator[str]:
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield from [f"{members[0]}—{members[-1]}"] if len(members) > 2 else map(str, members)


def _holders(facts: PrintFacts, post: str) -> str:
    holders = facts.workspace.register.holders(post, facts.workspace.today)
    return COMMA.join(person.name for person in holders).to(facts.language)
