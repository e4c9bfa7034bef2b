"""How a comparison reads: statuses, whole words, both renderers."""

import re

import pytest
from compare_common import DOCUMENT, FORM, FORM_TEXT, REGULATION, edited

from csdocs.compare.files import compare_files
from csdocs.compare.html import redline_html
from csdocs.compare.result import Redline
from csdocs.compare.text import redline_lines, redline_text
from csdocs.compare.words import diff_texts

SECOND_CHANGE = """drafted_by: [S0007]
  - revision: 2
    date: 2026-11-01
    kind: major
    summary: {zh: 提前, en: Earlier}
    reason: {zh: 准备不足, en: Ill prepared}
    drafted_by: [S0007]
parameters"""
SECOND = edited(
    DOCUMENT,
    ("revision: 1\nowner", "revision: 2\nowner"),
    ("drafted_by: [S0007]\nparameters", SECOND_CHANGE),
    ('value: "10"', 'value: "15"'),
    ("26摄氏度", "28摄氏度"),
)


def _compare(*replacements: tuple[str, str]) -> Redline:
    return compare_files(REGULATION, [DOCUMENT.encode(), edited(DOCUMENT, *replacements).encode()])


def _statuses(redline: Redline) -> dict[int, str]:
    return {clause.number: clause.status for chapter in redline.chapters for clause in chapter.clauses}


def _lines(redline: Redline) -> str:
    return "\n".join(redline_lines(redline, "zh"))


def _marked(before: str, after: str) -> str:
    marks = {"delete": "[-{}-]", "insert": "{{+{}+}}", "equal": "{}"}
    return "".join(marks[run.kind].format(run.text) for run in diff_texts(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("应当在3日内答复", "应当在13日内答复", "应当在[-3-]{+13+}日内答复"),
        ("应当认真核对台账", "应当仔细核查台账", "应当[-认真核对-]{+仔细核查+}台账"),
        ("不得代签", "可以代签", "[-不得-]{+可以+}代签"),
        ("由主管裁定。", "由主管在两日内裁定；可以申诉。", "由主管{+在两日内+}裁定{+；可以申诉+}。"),
        ("按第十二条办理", "按第十三条办理", "按[-第十二条-]{+第十三条+}办理"),
        ("甲，乙，丙。", "甲，丙。", "甲，[-乙，-]丙。"),
        ("a handover log", "a duty log", "a [-handover-]{+duty+} log"),
        ("全文不同的一句", "另有他意之辞", "[-全文不同的一句-]{+另有他意之辞+}"),
        ("同", "同", "同"),
    ],
)
def test_words_change_as_a_reader_would_mark_them(before: str, after: str, expected: str) -> None:
    assert _marked(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [("接班人员应当到岗", "接班人员到岗"), ("", "新"), ("甲乙丙丁", "丁丙乙甲"), ("10至15", "15至20")],
)
def test_nothing_is_lost(before: str, after: str) -> None:
    runs = diff_texts(before, after)
    assert "".join(run.text for run in runs if run.kind != "insert") == before
    assert "".join(run.text for run in runs if run.kind != "delete") == after


def test_parameters_show_their_values() -> None:
    redline = _compare(('value: "10"', 'value: "15"'))
    assert redline.kind.kind == "major"
    assert _statuses(redline) == {1: "changed", 2: "same", 3: "same", 4: "same", 5: "same"}
    parameter = redline.parameters[0]
    assert (parameter.status, parameter.id) == ("changed", "lead_min")
    assert [words and words.zh for words in (parameter.before, parameter.after)] == ["10 分钟", "15 分钟"]
    assert "提前[-10-]{+15+}分钟到岗" in _lines(redline)


def test_what_follows_a_clause_stands_after_it() -> None:
    table, last = "\n\n| 时段 | 人数 |\n|------|------|\n| 早班 | {} |\n", "代号为`A-01`。"
    states = [edited(DOCUMENT, (last, last + table.format(n))).encode() for n in (4, 6)]
    redline = compare_files(REGULATION, states)
    assert (redline.chapters[-1].blocks, redline.is_empty) == ((), False)
    assert [len(clause.following) for clause in redline.chapters[-1].clauses] == [0, 0, 2]
    assert "早班 | [-4-]{+6+}" in _lines(redline)
    for text in redline_html(redline, "zh"), _lines(compare_files(REGULATION, [None, states[0]])):
        assert text.index("代号为") < text.index("人数")


def test_a_yes_or_no_is_said_in_both_languages() -> None:
    flag = "  - {{id: paid, kind: bool, value: '{}', label: {{zh: 有偿, en: Paid}}}}\nobligations:"
    states = [edited(DOCUMENT, ("obligations:", flag.format(value))).encode() for value in ("true", "false")]
    (parameter,) = compare_files(REGULATION, states).parameters
    assert (parameter.before, parameter.after) == (("是", "yes"), ("否", "no"))


def test_a_parameter_of_another_document_is_printed() -> None:
    source = DOCUMENT.replace("{{ lead_min }}", "{{ elsewhere }}").encode()
    redline = compare_files(REGULATION, [None, source], {"elsewhere": "30"})
    assert "提前30分钟到岗" in redline_html(redline, "zh")


def test_a_link_with_the_same_words_shows_its_target() -> None:
    redline = _compare(("(F-SAMPLE)，并", "(F-OTHER)，并"))
    assert "[-交接班记录〔F-SAMPLE〕-]{+交接班记录〔F-OTHER〕+}" in _lines(redline)


def test_a_clause_in_the_middle_moves_the_others() -> None:
    text = DOCUMENT
    for number in (5, 4, 3):
        text = edited(text, (f"\n{number}. ", f"\n{number + 1}. "))
    text = edited(text, ("\n## 要求\n", "\n3. 交接应当简短。\n\n## 要求\n"))
    redline = compare_files(REGULATION, [DOCUMENT.encode(), text.encode()])
    assert _statuses(redline) == {1: "same", 2: "same", 3: "added", 4: "moved", 5: "moved", 6: "moved"}
    assert "第四条（原第三条）" in _lines(redline)


def test_a_clause_that_is_gone_stands_where_it_was() -> None:
    redline = _compare(("5. 本制度由客户服务部解释，代号为`A-01`。\n", ""))
    statuses = _statuses(redline)
    assert statuses == {1: "same", 2: "same", 3: "same", 4: "same", 5: "deleted"}
    assert list(statuses) == [1, 2, 3, 4, 5]
    assert _statuses(_compare(("5. 本制度由客户服务部解释，代号为`A-01`。", "5. （删除）")))[5] == "deleted"


def test_a_chapter_that_is_new_has_its_clauses() -> None:
    redline = _compare(("5. 本制度", "## 附则\n\n5. 本制度"))
    assert [(chapter.status, chapter.number) for chapter in redline.chapters] == [
        ("same", 1),
        ("same", 2),
        ("added", 3),
    ]
    assert _statuses(redline)[5] == "moved"


def test_items_and_cells_are_compared_one_by_one() -> None:
    redline = _compare(("   1. 填写申诉单；\n", ""), ("   2. 等待", "   1. 等待"), ("| 早班 | 3 |", "| 早班 | 4 |"))
    lines = _lines(redline)
    assert "（一）[-填写申诉单；-]" in lines
    assert "早班 | [-3-]{+4+}" in lines
    assert "<td>早班</td><td><del>3</del><ins>4</ins></td>" in redline_html(redline, "zh")


def test_reasons_come_from_the_revisions_that_touched_the_clause() -> None:
    third = edited(SECOND, ("revision: 2\nowner", "revision: 3\nowner"), ("认真核对", "逐项核对")).replace(
        "parameters:\n",
        "  - revision: 3\n    date: 2026-12-01\n    kind: editorial\n    summary: {zh: 措辞, en: Words}\n"
        "    reason: {zh: 读来清楚, en: Clearer}\n    drafted_by: [S0007]\nparameters:\n",
    )
    redline = compare_files(REGULATION, [text.encode() for text in (DOCUMENT, SECOND, third)])
    touched = {clause.number: clause.revisions for chapter in redline.chapters for clause in chapter.clauses}
    assert (touched[1], touched[2], touched[3]) == ((2, 3), (), (2,))
    assert [change.revision for change in redline.changes] == [2, 3]
    assert "Revision 3: Clearer" in redline_html(redline, "en")


def test_the_control_block_in_words() -> None:
    redline = _compare(("owner: R-SUPERVISOR", "owner: R-DEPTMGR"), ("due: P1D", "due: P2D"))
    assert [field.label.zh for field in redline.fields] == ["归口岗位", "留痕要求：第2条，F-SAMPLE"]
    assert redline.fields[0].after.zh == "R-DEPTMGR"


def test_a_form_in_words() -> None:
    new = edited(
        FORM_TEXT,
        ("max: 9", "max: 12"),
        ("          - {code: renew, label: {zh: 更新, en: Renewal}}\n", ""),
        ("required: true", "required: false"),
    )
    lines = "\n".join(redline_lines(compare_files(FORM, [FORM_TEXT.encode(), new.encode()]), "zh"))
    assert "字段“数量”的上限: [-9-] → {+12+}" in lines
    assert "字段“填表人”的必填: [-是-] → {+否+}" in lines
    assert "字段“原因”的选项“更新”: [-代码 renew-] → 无" in lines


def test_other_files_line_by_line() -> None:
    before, after = b"a\nb\nc\nd\ne\nf\ng\nh\n", b"a\nb\nc\nd\ne\nf\ng\nx\n"
    lines = redline_text("templates/checks/a.sql", before, after, "en").split("\n")
    assert lines[-6:] == ["…", "  e", "  f", "  g", "[-h-]", "{+x+}"]


def test_an_unreadable_state_is_still_compared() -> None:
    redline = compare_files(REGULATION, [DOCUMENT.encode(), b"nothing\n"])
    assert redline.kind.kind == "major"
    assert redline.lines


RICH = """
   > 引文

   - 一点
     - 深一层
     - ![图](a.png)

   1. 一
      1. 再深一层

   ```
   代码
   ```

   ***

   ## 小标题
"""


def test_every_kind_of_block_is_shown() -> None:
    redline = _compare(("代号为`A-01`。\n", f"代号为`A-01`。\n{RICH}"), ("为保证工作不中断，", "为使工作不中断，"))
    clause = redline.chapters[-1].clauses[-1]
    assert [block.kind for block in clause.blocks] == [*["paragraph"] * 7, "code", "rule", "heading"]
    page, lines = redline_html(redline, "en"), "\n".join(redline_lines(redline, "en"))
    assert "<pre><ins>代码</ins></pre>" in page and "<hr>" in page and 'class="item deep"' in page
    assert "(1)" in lines and "1. {+再深一层+}" in lines and "· {+深一层+}" in lines


def test_added_parameters_have_no_value_before() -> None:
    redline = _compare(
        ("obligations:\n", '  - {id: more, kind: bool, value: "true", label: {zh: 另, en: More}}\nobligations:\n')
    )
    assert redline.parameters[0].status == "added"
    assert "（无） → {+是+}" in _lines(redline)


def test_no_difference_is_said() -> None:
    assert "the two states say the same" in redline_text(REGULATION, DOCUMENT.encode(), DOCUMENT.encode(), "en")


def test_html_stands_alone_and_escapes() -> None:
    page = redline_html(_compare(("认真核对台账", "核对 <b>&</b> 台账")), "zh")
    assert "&lt;b&gt;&amp;" in page and "<b>" not in page
    assert not re.search(r"<script|https?://|url\(|@import", page)
    assert page.startswith("<!DOCTYPE html>") and page.count("<del>") == page.count("</del>")


def test_a_style_is_asked_for_every_stretch() -> None:
    seen: list[str] = []

    def style(kind: str, text: str) -> str:
        seen.append(kind)
        return text.upper() if kind == "insert" else text

    list(redline_lines(_compare(("不得代签", "可以代签")), "zh", style))
    assert {"delete", "insert", "equal", "title", "major", "note"} <= set(seen)


def test_a_form_as_html_and_the_other_way_round() -> None:
    new = edited(FORM_TEXT, ("max: 9", "max: 12"), ("rules:\n", "shift: x\nrules:\n"), ('months: "24"', 'months: "12"'))
    page = redline_html(compare_files(FORM, [FORM_TEXT.encode(), new.encode()]), "en")
    assert "<del>9</del></td><td><ins>12</ins>" in page
    assert "Changes of the form" in page
    back = "\n".join(redline_lines(compare_files(FORM, [new.encode(), FORM_TEXT.encode()]), "en"))
    assert "upper limit: [-12-] → {+9+}" in back


def test_a_form_that_is_new_or_half_written() -> None:
    redline = compare_files(FORM, [None, FORM_TEXT.encode()])
    assert redline.before is None and redline.after is not None and redline.after.revision == 1
    assert [change.revision for change in redline.changes] == [1]
    bare = compare_files(FORM, [b"id: F-SAMPLE\n", b"id: F-SAMPLE\nfolder: x\n"])
    assert (bare.title.zh, bare.before, bare.after) == ("F-SAMPLE", None, None)


def test_entries_of_one_name_are_compared_as_a_whole() -> None:
    twice = edited(FORM_TEXT, ("{code: renew,", "{code: new,"))
    redline = compare_files(FORM, [FORM_TEXT.encode(), twice.encode()])
    assert redline.kind.kind == "major"
    assert "字段“原因”的选项" in [field.label.zh for field in redline.fields]


def test_a_chapter_that_is_gone_has_no_number() -> None:
    with_more = edited(DOCUMENT, ("## 要求", "## 说明\n\n本章说明背景。\n\n## 要求"))
    redline = compare_files(REGULATION, [with_more.encode(), DOCUMENT.encode()])
    assert [(chapter.status, chapter.number) for chapter in redline.chapters] == [
        ("same", 1),
        ("deleted", 1),
        ("same", 2),
    ]
    assert "\n[-说明-]\n  [-本章说明背景。-]" in _lines(redline)


def test_dates_duties_and_parameters_that_come_and_go() -> None:
    duty = "  - {clause: 2, form: F-SAMPLE, every: day, per: workspace, since: 2026-10-01, due: P1D}\n"
    new = edited(
        DOCUMENT,
        ("effective: 2026-09-01", "effective: 2026-09-01\nwithdrawn: 2027-01-01"),
        ("obligations:\n" + duty, ""),
    )
    redline = compare_files(REGULATION, [DOCUMENT.encode(), new.encode()])
    assert [(field.before.en, field.after.en) for field in redline.fields] == [
        ("none", "2027-01-01"),
        ("every day; per workspace; on days all; counts closed; since 2026-10-01; due within P1D", "none"),
    ]
    assert "<del>10 分钟</del>" in redline_html(_compare(('value: "10"', 'value: "15"')), "zh")


def test_html_says_when_nothing_differs() -> None:
    assert "two states say the same" in redline_html(_compare(), "en")
    assert "<pre>" in redline_html(compare_files("a.txt", [b"a\n", b"b\n"]), "en")
