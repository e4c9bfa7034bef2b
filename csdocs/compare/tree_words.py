"""Differences of a form in words: which field, which key, from what to what."""

from typing import Any

from csdocs.compare.tree import FLAGS, Difference, Place, is_label
from csdocs.model.spelling import NONE
from csdocs.model.text import COMMA, NO, SEMICOLON, SPACE, YES, Text, same

COLLECTIONS = {
    "sections": Text("部分", "section"),
    "fields": Text("字段", "field"),
    "options": Text("选项", "option"),
    "rules": Text("规则", "rule"),
    "steps": Text("步骤", "step"),
    "deadlines": Text("时限", "deadline"),
    "states": Text("状态", "state"),
    "changes": Text("修订记录", "change entry"),
    "parameters": Text("参数", "parameter"),
    "obligations": Text("留痕要求", "obligation"),
    "number": Text("编号规则", "numbering"),
    "retention": Text("保存期限", "retention"),
    "by": Text("签署人", "signer"),
    "after": Text("自动转换", "timed step"),
}
_KEYS = {
    "title": Text("标题", "title"), "label": Text("名称", "label"), "hint": Text("填写提示", "hint"), "message": Text("提示语", "message"),
    "attests": Text("签署声明", "attestation"), "required": Text("必填", "required"), "required_when": Text("必填条件", "required when"),
    "kind": Text("类型", "kind"), "min": Text("下限", "lower limit"), "max": Text("上限", "upper limit"), "places": Text("小数位数", "decimal places"),
    "pattern": Text("格式", "pattern"), "options": Text("选项", "options"), "posts": Text("限定岗位", "posts"), "ref": Text("可引用的表单", "referable forms"),
    "types": Text("文件类型", "file types"), "key": Text("行标识", "row key"), "append_only": Text("只可追加", "append only"), "pii": Text("个人信息", "personal data"), "internal": Text("内部", "internal"),
    "list": Text("可填多项", "list"), "computed": Text("计算式", "computation"), "query": Text("查询", "query"), "assert": Text("判断条件", "condition"),
    "at": Text("指向的字段", "field pointed at"), "each": Text("逐行对象", "rows judged"), "breaks": Text("对应条款", "clause"), "due": Text("生效步骤", "due from step"),
    "by": Text("签署人", "signer"), "section": Text("所签部分", "section signed"), "from": Text("起点", "from"), "to": Text("转入状态", "to"),
    "when": Text("适用条件", "applies when"), "not_same_as": Text("不得为同一人", "not the same person as"), "decisions": Text("可作决定", "decisions"),
    "repeat": Text("可重复", "repeatable"), "per": Text("逐行签署", "row by row"), "witness": Text("代签", "witnessed"), "scan": Text("扫描件字段", "scan"),
    "after": Text("自动转换", "timed"), "code": Text("代码", "code"), "post": Text("岗位", "post"), "of": Text("部门字段", "department"), "head_of": Text("所属部门的负责人", "head of"),
    "superior_of": Text("上级", "superior of"), "at_least": Text("最少人数", "at least"), "since": Text("自何时起", "since"), "within": Text("期限", "time allowed"), "until": Text("终点", "until"), "calendar": Text("计时方式", "calendar"),
    "owner": Text("归口岗位", "owner"), "effective": Text("生效日期", "effective"), "review_every": Text("复审周期（天）", "reviewed every (days)"),
    "profile": Text("适用类别", "profile"), "clauses": Text("依据条款", "clauses"), "folder": Text("记录文件夹", "folder"), "layout": Text("归档方式", "layout"),
    "day": Text("记录日期字段", "day"), "shift": Text("班次字段", "shift"), "late_entry": Text("补录期限", "late entry"), "void_by": Text("可作废的岗位", "void by"), "disposes": Text("处置明细表", "disposes"),
    "number": Text("编号规则", "numbering"), "gap": Text("断号处理", "gaps"), "retention": Text("保存期限", "retention"), "months": Text("月数", "months"),
    "then": Text("到期处理", "then"), "basis": Text("依据", "basis"), "final": Text("最终状态", "final"), "withdrawn": Text("废止日期", "withdrawn"),
    "supersedes": Text("替代", "supersedes"), "sha256": Text("公用字段组的摘要", "digest of the shared fields"), "summary": Text("摘要", "summary"),
    "value": Text("取值", "value"), "unit": Text("单位", "unit"), "note": Text("说明", "note"), "id": Text("编号", "id"), "reason": Text("原因", "reason"),
    "evidence": Text("举证方式", "evidence"), "inspection": Text("以检查为证", "proved by an inspection"),
    "acknowledgement": Text("以阅读确认为证", "proved by an acknowledgement"),
    "revision": Text("版次", "revision"), "drafted_by": Text("起草人", "drafted by"), "date": Text("日期", "date"),
}  # fmt: skip
_ADDED = Text("新增", "new")
_REMOVED = Text("删除", "removed")
CHANGED = Text("{key}由“{old}”改为“{new}”", "{key} changed from “{old}” to “{new}”")
_ORDER = Text("{what}的顺序", "order of {what}")


def subject(difference: Difference) -> Text:
    """What it is about: 字段“数量”的上限."""
    owner = place_words(difference.places)
    if difference.is_entry:
        return owner
    key = key_words(difference.key)
    if difference.what == "order":
        key = _ORDER.format(what=COLLECTIONS.get(difference.key, key))
    return Text("的", ": ").join((owner, key)) if owner.zh else key


def change_words(difference: Difference) -> tuple[Text, Text]:
    """Before and after in words; for an entry that came or went, one side says so."""
    if difference.is_entry:
        entry = _entry_words(difference.before or difference.after)
        return (entry, NONE) if difference.after is None else (NONE, entry)
    old, new = value_words(difference.before, difference.key), value_words(difference.after, difference.key)
    if old.en == new.en:  # only the Chinese of a label changed: in English, too, show what did
        return same(old.zh), same(new.zh)
    return (same(old.en), same(new.en)) if old.zh == new.zh else (old, new)


def verdict_words(difference: Difference) -> Text:
    """One sentence for a reason."""
    about = subject(difference)
    if difference.is_entry:
        verb = _ADDED if difference.after is not None else _REMOVED
        return Text("{verb}{about}", "{about} is {verb}").format(verb=verb, about=about)
    old, new = (_short(words) for words in change_words(difference))
    return CHANGED.format(key=about, old=old, new=new)


def key_words(key: str) -> Text:
    return _KEYS.get(key, COLLECTIONS.get(key, same(key)))


def place_words(places: tuple[Place, ...]) -> Text:
    """The last entry named, and what it belongs to where that is more than a section."""
    shown = [place for place in places if place.collection != "sections" or place is places[-1]]
    words = [_one_place(place) for place in shown]
    return Text("的", ", ").join(words)


def _one_place(place: Place) -> Text:
    kind = COLLECTIONS.get(place.collection, same(place.collection))
    if not place.name:
        return kind
    if place.label is None:
        return SPACE.join((kind, place.name))
    return Text("{kind}“{label}”", "{kind} “{label}”").format(kind=kind, label=place.label)


def value_words(value: Any, key: str = "") -> Text:
    if is_label(value):
        return Text(value.get("zh", ""), value.get("en", ""))
    if key in FLAGS:
        return YES if value == "true" else NO
    if value is None:
        return NONE
    if isinstance(value, list):
        return COMMA.join(map(value_words, value))
    if isinstance(value, dict):
        return SEMICOLON.join(SPACE.join((key_words(name), value_words(inner, name))) for name, inner in value.items())
    return same(str(value))


def _entry_words(entry: dict[str, Any]) -> Text:
    """An entry's own keys; its name already stands before it."""
    return value_words({key: value for key, value in entry.items() if key not in ("id", "label", "title", "hint")})


def _short(words: Text) -> Text:
    return Text(*(side if len(side) <= 60 else f"{side[:59]}…" for side in words))
