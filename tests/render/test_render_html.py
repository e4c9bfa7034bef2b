import logging
import re
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from render_common import ROOT, Render, read_pages, read_text

from csdocs.compare.numeral import chinese_number
from csdocs.model.error import CsdocsError
from csdocs.render.column import LANDSCAPE, UPRIGHT, column_widths, is_crowded, pair_fields, sheet_of
from csdocs.render.html import PrintTemplates, is_flowing
from csdocs.render.view import (
    ChapterView,
    ClauseView,
    ColumnView,
    FieldView,
    GridView,
    Html,
    RedlineBlockView,
    RedlineChapterView,
    RedlineClauseView,
    SectionView,
    TableView,
)
from tools.sample import usual

TEMPLATES = {file.name: file.read_text("utf-8") for file in (ROOT / "templates" / "print").iterdir()}
FIRST = usual.MANUAL.parts[0].documents[0]


def test_fields_go_two_by_two() -> None:
    narrow, wide = FieldView(label="窄"), FieldView(label="宽", wide=True)
    assert pair_fields([]) == []
    assert pair_fields([narrow, narrow, narrow]) == [(narrow, narrow), (narrow,)]
    assert pair_fields([narrow, wide, narrow, narrow]) == [(narrow,), (wide,), (narrow, narrow)]


def test_fields_and_tables_stand_where_the_form_has_them() -> None:
    sum_, table = FieldView(label="合计"), TableView(columns=(ColumnView(label="金额"),))
    section = SectionView(title="明细", content=(table, sum_, sum_, table, table, sum_))
    one, two = GridView(fields=(sum_,)), GridView(fields=(sum_, sum_))
    assert section.blocks == (table, two, table, table, one)
    assert SectionView(title="空").blocks == ()


def test_widths_make_a_whole_and_favour_prose() -> None:
    columns = [
        ColumnView(label="序号", kind="code"),
        ColumnView(label="说明", kind="long_text"),
        ColumnView(label="备注"),
    ]
    widths = [float(width.rstrip("%")) for width in column_widths(columns, [("1", "很长" * 30, "短")])]
    assert sum(widths) == pytest.approx(100, abs=0.1)
    assert widths[1] > widths[2] > widths[0]
    assert len(column_widths(columns)) == 3


@pytest.mark.parametrize("name", ["record", "blank", "document", "manual"])
def test_pages_raise_no_warning(
    name: str, templates: PrintTemplates, render: Render, caplog: pytest.LogCaptureFixture
) -> None:
    views = {
        "record": usual.COMPLAINT,
        "blank": usual.BLANK,
        "document": FIRST,
        "manual": usual.MANUAL,
    }
    with caplog.at_level(logging.WARNING):
        render(getattr(templates, name)(views[name]), root=ROOT)
    assert caplog.messages == []


def test_values_are_text_and_never_markup(templates: PrintTemplates) -> None:
    view = replace(usual.UNIFORM, title="<script>alert(1)</script>", findings=("a & b < c",))
    html = templates.record(view).html
    assert "<script" not in html
    assert "a &amp; b &lt; c" in html


@pytest.mark.parametrize("expression", ["view.nothing", "view.__class__.__mro__", "nowhere", "7 / 0"])
def test_a_wrong_template_is_named(expression: str) -> None:
    sources = {"record.html.j2": "\n{{ " + expression + " }}", "print.css": "", "record.css": ""}
    if expression == "7 / 0":
        sources["record.html.j2"] = "{% if %}"
    with pytest.raises(CsdocsError) as caught:
        PrintTemplates(sources).record(usual.UNIFORM)
    assert "record.html.j2:" in caught.value.message.zh


@pytest.mark.parametrize("gone", ["record.html.j2", "parts.html.j2", "print.css"])
def test_a_missing_template_is_named(gone: str) -> None:
    sources = {name: text for name, text in TEMPLATES.items() if name != gone}
    with pytest.raises(CsdocsError, match=f"there is no print template templates/print/{re.escape(gone)}"):
        PrintTemplates(sources).record(usual.UNIFORM)


def test_a_template_in_another_encoding_is_named_and_a_picture_is_none() -> None:
    files = {name: text.encode() for name, text in TEMPLATES.items()} | {"seal.png": b"\x89PNG"}
    assert PrintTemplates.of(files).record(usual.UNIFORM).html
    with pytest.raises(CsdocsError, match=r"templates/print/own\.css:2 is not UTF-8"):
        PrintTemplates.of(files | {"own.css": b"\n" + "/* 页面 */".encode("gbk")})


def test_every_page_says_what_it_is(templates: PrintTemplates, render: Render) -> None:
    rows = tuple((f"{number:03}", f"第{number}行的说明") for number in range(1, 201))
    columns = (ColumnView(label="行号列头", kind="code"), ColumnView(label="说明列头", kind="long_text"))
    section = SectionView(title="明细", content=(TableView(label="长表", columns=columns, rows=rows),))
    view = replace(usual.HANDOVER, sections=(section,), findings=())
    pages = read_pages(render(templates.record(view), root=ROOT))
    assert len(pages) > 4
    for number, page in enumerate(pages, start=1):
        assert "JB-20261120-early-A01" in page
        assert "JB-20261120-early-A01r2" in page
        assert f"第{number}页" in page
        assert f"共{len(pages)}页" in page
        assert ("行号列头" in page) == ("行的说明" in page)
    everything = "".join(pages)
    assert [number for number in range(1, 201) if f"第{number}行的说明" not in everything] == []


def test_record_shows_what_was_found(templates: PrintTemplates, render: Render) -> None:
    text = "".join(read_pages(render(templates.record(usual.COMPLAINT), root=ROOT)))
    assert text.count("✓签名已验证") == 2
    assert "✗签名未通过验证：密钥在签名时已停用" in text
    assert "TS-202611-0047.a1" in text
    assert "1次，见下表" in text
    assert "受控" in text


def test_blank_form_has_room_to_write(templates: PrintTemplates, render: Render) -> None:
    html = templates.blank(usual.BLANK).html
    assert html.count('class="to-fill"') == 6
    text = "".join(read_pages(render(templates.blank(usual.BLANK), root=ROOT)))
    assert "☐新入职配发☐到期换发" in text
    assert text.count("工号") == 3


def test_clauses_and_their_items_are_numbered(templates: PrintTemplates, render: Render) -> None:
    text = "".join(read_pages(render(templates.document(FIRST), root=ROOT)))
    for wanted in (
        "第一条",
        "（一）未结的投诉",
        "（三）上级临时通知",
        "1.通知原文",
        "（删除）",
        "第六条",
        "三季度交接遗漏分析",
    ):
        assert wanted in text


def test_contents_name_the_pages(templates: PrintTemplates, render: Render) -> None:
    pages = read_pages(render(templates.manual(usual.MANUAL), root=ROOT))
    contents = pages[1]
    for title, id in (
        ("交接班管理规定", "REG-HANDOVER"),
        ("坐席现场管理规定", "REG-WORKPLACE"),
        ("投诉处理规定", "REG-COMPLAINT"),
    ):
        page = next(number for number, text in enumerate(pages, start=1) if number > 2 and f"{title}" in text)
        assert f"{title}{id}{page}" in contents
        assert f"{id}·第2版" in pages[page - 1]


def test_bookmarks_nest_as_the_parts_do(templates: PrintTemplates, render: Render) -> None:
    with pikepdf.open(BytesIO(render(templates.manual(usual.MANUAL), root=ROOT))) as pdf, pdf.open_outline() as outline:
        parts = [item for item in outline.root if item.title.startswith("第")]
        assert [item.title for item in parts] == ["第一篇　交接班管理规定", "第二篇　投诉处理规定"]
        within = {item.title: [below.title for below in item.children] for item in parts[0].children}
    assert "第一章　交接要求" in within
    assert within["坐席现场管理规定"] == ["第一章　秩序", "第二章　环境"]


def test_english_pages_speak_english(templates: PrintTemplates, render: Render) -> None:
    imprint = replace(usual.IMPRINT, language="en", copy_mark="CONTROLLED")
    view = replace(usual.HANDOVER, imprint=imprint)
    text = "".join(read_pages(render(templates.record(view), root=ROOT, language="en")))
    for wanted in ("Signatureverified", "Page1of", "Breaches", "Checkcode"):
        assert wanted in text
    assert "签名已验证" not in text


def test_a_table_named_as_its_section_is_named_once(templates: PrintTemplates, render: Render) -> None:
    table = TableView(label="记事", columns=(ColumnView(label="内容"),), rows=(("好",),))
    sections = (
        SectionView(title="记事", content=(table,)),
        SectionView(title="其他", content=(replace(table, label="附表"),)),
    )
    (page, *_) = read_pages(render(templates.record(replace(usual.HANDOVER, sections=sections))))
    assert page.count("记事") == 1
    assert "附表" in page


def test_numbers_stay_whole_in_a_crowded_table() -> None:
    kinds = ("code", "date", "time", "customer", "staff", "money", "yes_no", "choice", "long_text", "text", "reference")
    columns = [ColumnView(label="栏目", kind=kind) for kind in kinds]
    row = (
        "01",
        "2026-11-20",
        "07:48",
        "会员 88213000001234",
        "欧阳 S1023",
        "1,234,567.89",
        "是",
        "转交",
        "很长" * 60,
        "x" * 90,
        "",
    )
    assert is_crowded(columns, [row])
    widths = dict(zip(kinds, (float(width.rstrip("%")) for width in column_widths(columns, [row])), strict=True))
    assert sum(widths.values()) == pytest.approx(100, abs=0.1)
    # 65 characters of the small size fit on a line
    assert widths["date"] * 0.65 > 10 * 0.55
    assert widths["money"] * 0.65 > 12 * 0.55
    assert min(widths.values()) > 4


def test_page_numbers_give_way_to_words() -> None:
    kinds = {"编号": "code", "岗位": "text", "任职人": "text", "制度（页）": "pages", "表单（页）": "pages"}
    columns = [ColumnView(label=label, kind=kind) for label, kind in kinds.items()]
    row = ("R-AGENT", "客服专员", "、".join(["胡雨桐"] * 20), "a b c", " ".join("abcdefghijkl"))
    widths = [float(width.rstrip("%")) for width in column_widths(columns, [row])]
    assert widths[2] > max(widths[3:]) > 10


def test_columns_of_a_blank_register_are_alike() -> None:
    columns = [ColumnView(label="天数", kind="integer")] * 20 + [ColumnView(label="员工", kind="staff")]
    widths = [float(width.rstrip("%")) for width in column_widths(columns)]
    assert widths[-1] > widths[0]
    assert max(widths[:-1]) == min(widths[:-1])


def test_a_very_long_text_runs_over_the_page() -> None:
    assert is_flowing(["字" * 501])
    assert not is_flowing(["字" * 500, ""])


def test_a_marker_and_its_text_stand_on_one_line(templates: PrintTemplates, render: Render) -> None:
    """The column is as wide as the widest number of the list."""
    words = [
        f"第{number}项内容，客户来电反映冰箱第二次维修后仍不制冷，要求当日上门并说明流程。" for number in range(1, 24)
    ]
    markers = [f"（{chinese_number(number)}）" for number in range(1, 24)]
    items = Html(f"<p>下列：</p><ol>{''.join(f'<li>{each}</li>' for each in words)}</ol>")
    clause = ClauseView(number="第一百零三条", anchor="x", body=items)
    document = replace(FIRST, chapters=(ChapterView(title="第一章", clauses=(clause,)),))
    blocks = [("下列：", "", 0), *((each, marker, 1) for each, marker in zip(words, markers, strict=True))]
    passages = tuple(
        RedlineBlockView(status="same", kind="paragraph", depth=depth, marker=marker, rows=(((("equal", text),),),))
        for text, marker, depth in blocks
    )
    compared = RedlineClauseView(status="same", status_words="", number="第一百零三条", blocks=passages)
    chapter = RedlineChapterView(number="", title=(("equal", "第一章"),), clauses=(compared,))
    redline = replace(usual.REDLINE, chapters=(chapter,))
    for page in (templates.document(document), templates.redline(redline)):
        lines = ["".join(line.split()) for line in read_text(render(page, root=ROOT), "-layout").split("\n")]
        assert "第一百零三条下列：" in lines
        for text, marker in zip(words, markers, strict=True):
            assert any(line.startswith(f"{marker}{text[:20]}") for line in lines), marker


def test_a_unit_in_brackets_is_not_torn_and_a_label_is_never_markup(templates: PrintTemplates, render: Render) -> None:
    fields = (FieldView(label="交接用时长（分钟）", lines=("7",)), FieldView(label="<b>（&元）", lines=("8",)))
    record = replace(usual.COMPLAINT, sections=(SectionView(title="一", content=fields),))
    lines = [line.split() for line in read_text(render(templates.record(record), root=ROOT), "-layout").split("\n")]
    assert ["（分钟）"] in [line[:1] for line in lines]
    assert any("<b>（&元）" in line for line in lines)


def test_a_register_of_many_columns_lies_on_its_side(templates: PrintTemplates, render: Render) -> None:
    wide = TableView(columns=(ColumnView(label="时间", kind="date_time"),) * 14, blank_rows=4)
    usual_one = replace(wide, columns=wide.columns[:6])
    for table, sheet in ((wide, LANDSCAPE), (usual_one, UPRIGHT)):
        blank = replace(usual.BLANK, sections=(SectionView(title="登记", content=(table,)),))
        assert sheet_of(blank.sections) is sheet
        with pikepdf.open(BytesIO(render(templates.blank(blank)))) as pdf:
            _, _, width, height = map(float, pdf.pages[0].mediabox)
        assert (width > height) is sheet.is_landscape


def test_signatures_do_not_spill_over(templates: PrintTemplates, render: Render) -> None:
    """The sums of `fit.py` are those of the style sheet."""
    step = usual.BLANK.steps[0]
    for rows, pages, tight in ((9, 1, False), (12, 1, True), (24, 2, False)):
        fields = tuple(FieldView(label="栏目", wide=True) for _ in range(rows))
        blank = replace(usual.BLANK, sections=(SectionView(title="登记", content=fields),), steps=(step,) * 6)
        page = templates.blank(blank)
        assert ('class="record blank tight"' in page.html) is tight
        assert len(read_pages(render(page))) == pages


def test_choices_stay_on_the_sheet(templates: PrintTemplates, render: Render) -> None:
    """Between Latin words and boxes there is no place to break unless a space makes one."""
    field = FieldView(
        label="Channel", kind="choice", wide=True, choices=("Website or app", "Social media", "Letter") * 4
    )
    imprint = replace(usual.BLANK.imprint, language="en")
    blank = replace(usual.BLANK, sections=(SectionView(title="Reception", content=(field,)),), imprint=imprint)
    text = read_text(render(templates.blank(blank), language="en"), "-bbox")
    assert max(float(edge) for edge in re.findall(r'xMax="([\d.]+)"', text)) < 595 - 50
