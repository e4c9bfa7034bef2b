"""The words around a comparison, the same on a terminal, in a browser and on paper."""

from csdocs.compare.numeral import chinese_number
from csdocs.compare.result import BlockDiff, ChapterDiff, ClauseDiff, FieldDiff, ParameterDiff, Redline, Side
from csdocs.compare.words import Run, diff_texts
from csdocs.model.change import CHANGE_WORDS, ChangeKind
from csdocs.model.control import Change
from csdocs.model.spelling import NONE
from csdocs.model.text import Language, Text

STATUS_WORDS = {
    "same": Text("未改", "unchanged"),
    "changed": Text("修改", "changed"),
    "added": Text("新增", "new"),
    "deleted": Text("删除", "deleted"),
    "moved": Text("移位", "moved"),
}
CHANGES = Text("修订说明", "What was changed and why")
FIELDS = Text("控制信息和设置", "Control block and settings")
FORM_FIELDS = Text("表单改动", "Changes of the form")
PARAMETERS = Text("参数", "Parameters")
TEXT = Text("正文", "Text")
NOTHING = Text("两个版次的内容没有差别", "the two states say the same")
COMPUTED = Text("程序判定的改动类别", "Kind of change as computed")
REASONS = Text("判定依据", "Because")
UNCHANGED = Text("其余{count}条未改", "{count} clause{count:s} unchanged")
_LONG = 16
ABSENT = Text("（无）", "(none)")


def states(redline: Redline, language: Language) -> str:
    """Revision 1 → revision 2, with their days."""
    return " → ".join(state(side, language) for side in (redline.before, redline.after))


def state(side: Side | None, language: Language) -> str:
    if side is None:
        return ABSENT.to(language)
    words = Text("第{number}版（{day}起）", "revision {number} (from {day})")
    return words.format(number=side.revision, day=side.effective).to(language)


def field_runs(field: FieldDiff, language: Language) -> tuple[Run, ...]:
    """A longer text word by word; empty where the two sides are better shown one after the other."""
    before, after = field.before.to(language), field.after.to(language)
    return diff_texts(before, after) if min(len(before), len(after)) >= _LONG else ()


def is_absent(words: Text) -> bool:
    """Nothing stood there: that is no text to strike through."""
    return words in (ABSENT, NONE)


def parameter_field(parameter: ParameterDiff) -> FieldDiff:
    return FieldDiff(parameter.label, parameter.before or ABSENT, parameter.after or ABSENT)


def kind(name: ChangeKind, language: Language) -> str:
    return CHANGE_WORDS[name].to(language)


def change_line(change: Change, language: Language) -> str:
    words = Text("第{number}版，{day}，{kind}：{summary}", "Revision {number}, {day}, {kind}: {summary}")
    filled = words.format(
        number=change.revision, day=change.date, kind=CHANGE_WORDS[change.kind], summary=change.summary
    )
    return filled.to(language)


def reason_line(change: Change, language: Language) -> str:
    return Text("理由：{reason}", "Reason: {reason}").format(reason=change.reason).to(language)


def clause_name(clause: ClauseDiff, language: Language) -> str:
    number, old = clause.number, clause.old_number
    if old is None:
        return Text(f"第{chinese_number(number)}条", f"Article {number}").to(language)
    zh = f"第{chinese_number(number)}条（原第{chinese_number(old)}条）"
    return Text(zh, f"Article {number} (was {old})").to(language)


def chapter_prefix(chapter: ChapterDiff, language: Language) -> str:
    """Chapters of the later state are counted; one that is gone has no number."""
    if not chapter.title or chapter.status == "deleted":
        return ""
    return Text(f"第{chinese_number(chapter.number)}章　", f"Chapter {chapter.number}  ").to(language)


def marker(block: BlockDiff, language: Language) -> str:
    """（一） at the first level, 1. below it, as the regulations are printed."""
    if not block.marker.isdecimal():
        return block.marker
    if block.depth > 1:
        return f"{block.marker}."
    return Text(f"（{chinese_number(int(block.marker))}）", f"({block.marker})").to(language)


def touched(clause: ClauseDiff, changes: tuple[Change, ...], language: Language) -> tuple[str, ...]:
    """Why a clause changed: the reasons of the revisions that touched it."""
    words = Text("第{number}版：{reason}", "Revision {number}: {reason}")
    if clause.status == "same":
        return ()
    chosen = [change for change in changes if change.revision in clause.revisions]
    return tuple(words.format(number=c.revision, reason=c.reason).to(language) for c in chosen)
