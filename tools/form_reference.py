"""`docs/forms.md` and a page for each form of this repository's workspace, as the form files have it.

One page for all would be more than a megabyte, which no web front of git shows.
"""

from collections.abc import Iterable, Iterator, Mapping

from csdocs.load.workspace import Workspace
from csdocs.model.field import ChoiceField, Field, ReferenceField, RowsField, StaffField
from csdocs.model.form import By, ByEach, ByHead, ByPost, BySuperior, Form, FormRule, Step
from csdocs.model.kind import FieldBase
from csdocs.model.person import Register
from csdocs.model.text import Text
from tools.markdown import GENERATED, both, code, plain, table

_LAYOUTS = {"month": "年/月 by month", "day": "年/月/日 by day"}


def form_pages(workspace: Workspace) -> dict[str, str]:
    """By path."""
    forms = sorted(workspace.form_paths.items())
    pages = {f"docs/{page_of(id)}": _joined(_form(workspace, workspace.forms[id], path)) for id, path in forms}
    head = ("编号 Id", "名称", "Title", "行业 Industry", "编号规则 Number")
    listed = table(head, [_summary(workspace.forms[id]) for id, _ in forms])
    return {"docs/forms.md": _joined(["# 表单一览 Forms", "", GENERATED, "", *listed]), **pages}


def page_of(form: str) -> str:
    """Where it lies below `docs`."""
    return f"forms/{form}.md"


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _summary(form: Form) -> tuple[str, ...]:
    link = f"[{form.id}]({page_of(form.id)})"
    return link, form.title.zh, form.title.en, " ".join(form.profile), code(form.number.pattern)


def _form(workspace: Workspace, form: Form, path: str) -> Iterator[str]:
    yield from (
        f"# {form.id} {form.title.zh}",
        "",
        GENERATED,
        "",
        f"{form.title.en} · [表单一览 All forms](../forms.md)",
        "",
    )
    yield from table(("", ""), _facts(workspace, form, path))
    for section in form.sections:
        yield from ("", f"## {both(section.title)} (`{section.id}`)", "")
        yield from (each for hint in _hint(section.hint) for each in (hint, ""))
        rows = [each for field in section.fields for each in _field_rows(field)]
        yield from table(("字段 Field", "名称", "Label", "种类 Kind", "必填 Required", "限制 Limits"), rows)
        hints = [each for field in section.fields for each in _field_hints(field)]
        yield from ("", *hints) if hints else ()
    yield from ("", "## 步骤 Steps", "")
    head = ("步骤 Step", "由 By", "状态 State", "声明", "Attests", "条件 When")
    yield from table(head, [_step_row(form, step, workspace.register) for step in form.steps])
    yield from _judged(form)


def _judged(form: Form) -> Iterator[str]:
    if form.rules:
        yield from ("", "## 规则 Rules", "")
        yield from table(("规则 Rule", "判断 Asserts", "消息", "Message", "条款 Clause"), map(_rule_row, form.rules))
    if form.deadlines:
        yield from ("", "## 期限 Deadlines", "")
        rows = [
            (f"`{d.id}`", both(d.label), code(d.from_), code(d.within), d.calendar, code(d.until), d.breaks)
            for d in form.deadlines
        ]
        yield from table(
            ("期限 Deadline", "名称 Label", "起 From", "内 Within", "日历 Calendar", "止 Until", "条款 Clause"), rows
        )


def _facts(workspace: Workspace, form: Form, path: str) -> Iterator[tuple[str, str]]:
    retention = form.retention
    yield "文件 File", f"[{path}](../../{path})"
    yield "记录位置 Records", f"`records/{form.directory}/`，{_LAYOUTS[form.layout]}"
    yield "编号规则 Number", code(form.number.pattern)
    yield "归口岗位 Owner", _post(form.owner, workspace.register)
    yield "凭据条款 Evidence for", " ".join(_clause(clause, workspace.document_paths) for clause in form.clauses)
    yield "保存 Retention", f"{code(retention.months or '')} {retention.then}，{retention.basis}".strip()
    yield "可作废 Voided by", "、".join(_post(post, workspace.register) for post in form.void_by)


def _clause(citation: str, paths: Mapping[str, str]) -> str:
    id = citation.partition("/")[0]
    return f"[{citation}](../../{paths[id]})" if id in paths else citation


def _post(id: str, register: Register) -> str:
    post = register.post.get(id)
    return f"{id} {both(post.name)}" if post else id


def _field_hints(field: Field, before: str = "") -> Iterator[str]:
    """How it is filled in, in the words that a form asks with."""
    yield from (f"* `{before}{field.id}` {hint}" for hint in _hint(field.hint))
    for inner in field.fields if isinstance(field, RowsField) else ():
        yield from _field_hints(inner, f"{field.id}.")


def _hint(hint: Text | None) -> Iterator[str]:
    if hint:
        yield plain(both(hint))


def _field_rows(field: Field, before: str = "") -> Iterator[tuple[str, ...]]:
    required = "是 yes" if field.required else code(field.required_when or "")
    kind = f"{field.kind} 列表 list" if field.list else field.kind
    yield (f"`{before}{field.id}`", field.label.zh, field.label.en, kind, required, "；".join(_limits(field)))
    if isinstance(field, RowsField):
        for inner in field.fields:
            yield from _field_rows(inner, f"{field.id}.")


def _limits(field: FieldBase) -> Iterator[str]:
    if field.computed or field.query:
        yield f"计算 computed {code(field.computed or '')}".strip() + (f" {field.query}.sql" if field.query else "")
    if field.min is not None or field.max is not None:
        yield f"{'' if field.min is None else field.min}…{'' if field.max is None else field.max}"
    pattern = getattr(field, "pattern", None)
    if pattern:
        yield code(pattern)
    match field:
        case ChoiceField():
            yield "、".join(f"`{option.code}` {both(option.label)}" for option in field.options)
        case ReferenceField():
            yield " ".join(field.ref)
        case StaffField(posts=posts) if posts:
            yield " ".join(posts)
        case RowsField(append_only=True):
            yield "只增 append-only"


def _step_row(form: Form, step: Step, register: Register) -> tuple[str, ...]:
    sources, target = form.transitions[step.id]
    attests = step.attests or Text("", "")
    who = "时钟 the clock" if step.after else _by(step.by, register)
    states = f"{'、'.join(f'`{source}`' for source in sorted(sources))} → `{target}`"
    return (f"`{step.id}` {both(step.title)}", who, states, attests.zh, attests.en, code(step.when or ""))


def _by(by: By | None, register: Register) -> str:
    match by:
        case ByPost():
            posts = "、".join(_post(post, register) for post in by.posts)
            return f"{posts}（`{by.of}`）" if by.of else posts
        case ByHead():
            return f"`{by.head_of}` 的负责人 head"
        case BySuperior():
            return f"`{by.superior_of}` 的上级 superior"
        case ByEach():
            return f"`{by.each}` 中 {by.at_least or '全部 all'}"
    return f"`{by}`" if by else ""


def _rule_row(rule: FormRule) -> tuple[str, ...]:
    each = f"（逐行 each `{rule.each}`）" if rule.each else ""
    return (f"`{rule.id}`{each}", code(rule.assert_), rule.message.zh, rule.message.en, rule.breaks or "")
