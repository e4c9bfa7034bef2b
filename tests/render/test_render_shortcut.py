"""The shorter ways give the very bytes of the long ones, and are left alone where the library is another."""

import gc
import inspect
import random
from importlib.metadata import version
from io import BytesIO
from types import ModuleType

import pikepdf
import pytest
from render_common import ATTACHMENTS, Render
from segno import encoder

from csdocs.render.html import Page, PrintTemplates
from csdocs.render.pdf import TRIED, long_ways
from csdocs.render.quick import write as quick_write
from csdocs.render.quick.every import shortcuts
from csdocs.render.quick.shortcut import Shortcut, long_way, take
from csdocs.render.quick.symbol import quicken_symbols
from tools.gallery import difficult
from tools.sample import usual
from tools.sample.difficult import DIFFICULT

# Lengths of every unit, percentages, calculations, round and dashed borders, boxes placed and floated, logical properties.
ODD = Page(
    '<main><p dir="rtl" class="a">一<b>二</b></p><div class="b"><i>三</i></div><table><tr><td>四<td>五</table>'
    '<svg viewBox="0 0 9 9" class="c"><path stroke="#000" marker-end="url(#m)" d="M0 0.5h7m-3 1h2"/>'
    '<path d="M0 0.5h7m-3 1h2" stroke="#000"/><path d="M1 1C2 2 3 1 4 4z"/></svg></main>',
    'body { font: 12pt "csdocs Sans" } p { margin: 1em auto 5%; min-width: 20%; max-width: calc(100% - 3em); text-decoration: underline }'
    ".a { padding-inline-start: 2em; margin-block-end: 3mm; position: relative; left: 5% } .c { width: 30mm; float: right }"
    ".b { position: absolute; bottom: 10%; border: 2pt dashed red; border-radius: 10% 4pt; box-sizing: border-box; width: 40%; height: 3cm }"
    "table { border-collapse: collapse; width: 50% } td { border: 1pt dotted blue; padding: 2%; height: 20% } i { display: inline-block; min-height: 2em }",
)


# Styles that a document changes, that depend on its first page, or on the place of an element among others.
PLACES = Page(
    '<body><h1 id="one">一</h1><ul><li>二<li>三</ul><ol><li>四<li id="two"><a href="#one">五</a></ol><p>六<i>七</i>八<i>九</i></p>'
    "<p>十<span>注</span></p><section><p></p></section><table><tr><td>1<td rowspan=2>2<td>3<tr><td>4<td>5</table><p>末</p></body>",
    "@page { size: A6; margin: 8% 10mm; @bottom-center { content: counter(page) / counter(pages) string(head) } } @page :first { margin: 20mm }"
    'html { font: 10pt "csdocs Sans" } body { overflow: hidden; width: 70vw } h1 { string-set: head content(); break-after: page } p + p { color: red }'
    "ul { list-style: inside square } ol:has(> li:nth-child(2)) > li { margin-left: 2em } li:last-child::marker { color: blue } a::after { content: leader('.') target-counter(attr(href), page) }"
    "p::first-letter { font-size: 2em } i:nth-of-type(2) { text-decoration: underline wavy } span { float: footnote } section:has(p:empty) { border: 1px double green }"
    "td:nth-child(odd) { border: 2px inset #999; background: #eee } table { border-collapse: collapse } tr:first-child td { border-bottom: hidden }",
)


# What runs in the margins and changes or stays, blocks and lines that break, text that is moved, and what stands on every page.
_WORDS = "<p>早班坐席应当在交接前核对未结工单，并在交接记录中写明 fi、工号 A01 和 12 项待办；<i>晚班</i>逐项确认<b>后</b>签字。</p>"
RUNNING = Page(
    '<body><div class="foot">第<span class="no"></span>页<em>共</em><s><svg viewBox="0 0 9 9"><path d="M0 0.5h7m-3 1h2" stroke="#a00"/></svg></s></div>'
    '<div class="fixed">固定</div><table class="side"><tr><td>栏</table>'
    + "".join(
        f'<article class="{name}"><div class="head"><u>{name} · 第 {number} 版</u><b>机构 <q>{number}</q></b></div><h2>{name}</h2>{_WORDS * number}'
        f"<div class=box>{_WORDS}</div><table><thead><tr><th>甲<th>乙<tbody>{'<tr><td>' + '字' * 30 + '<td>' + '<td>词 <p>' + _WORDS * 2}</table></article>"
        for number, name in enumerate(("left", "center", "right", "justify", "indent", "pre", "wide"), start=1)
    )
    + '<div class="flex"><p>一<p>二<i>三</i></div><div class="grid"><p>四<p>五</div><ul><li>六 <li>七八</ul></body>',
    "@page { size: A6; margin: 24mm 12mm 18mm; @top-center { content: element(head); width: 100%; vertical-align: bottom }"
    " @bottom-center { content: element(foot); width: 90%; vertical-align: top } } @page aside { @left-middle { content: element(side) } }"
    "@page :first { @top-center { content: none } @bottom-right { content: counter(page) } }"
    'html { font: 9.5pt/1.5 "csdocs Sans" } .head { position: running(head); width: 100%; margin-top: 2mm; border-bottom: 1pt solid red }'
    ".head u { float: right; text-decoration: none } .head q::before { content: '“' } .foot { position: running(foot); font-size: 8pt } .foot em { float: left }"
    " .foot s { float: right; width: 9mm } .side { position: running(side) } .no::after { content: counter(page) '/' counter(pages) }"
    ".fixed { position: fixed; bottom: 0; right: 0 } .center { text-align: center } .right { text-align: right; break-before: page; page: aside } .justify { text-align: justify }"
    " .indent p { text-indent: 2em; orphans: 3; widows: 3; margin: 1em 0 -2mm } .pre { white-space: pre-wrap; word-spacing: 2pt; letter-spacing: .3pt } .wide { line-height: 3; overflow-wrap: anywhere }"
    " table { border-collapse: collapse; width: 100%; table-layout: fixed } td, th { border: .5pt solid #999; padding: 1mm; vertical-align: middle; min-height: 3mm; font-weight: 400 }"
    " .box { margin: 3mm 0; padding: 1mm; border-left: 2pt double blue; break-inside: avoid; box-sizing: border-box; min-height: 20mm } i { position: relative; top: 1pt } b { vertical-align: 2pt }"
    " .flex { display: flex } .grid { display: grid } ul { list-style: inside } h2 { font-size: 12pt; break-after: avoid } h2 + p::first-line { color: green }",
)


def _pages(templates: PrintTemplates) -> list[Page]:
    return [
        ODD,
        templates.record(usual.HANDOVER),
        templates.blank(usual.BLANK),
        templates.manual(usual.MANUAL),
        templates.redline(usual.REDLINE),
    ]


@pytest.mark.parametrize("number", range(5))
def test_short_and_long_ways_write_the_same_bytes(
    number: int, templates: PrintTemplates, render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _pages(templates)[number]
    usual = render(page, attachments=ATTACHMENTS)
    monkeypatch.setattr(quick_write, "LEVEL", 9)
    short = render(page, attachments=ATTACHMENTS)
    with long_way():
        long = render(page, attachments=ATTACHMENTS)
    assert short == long
    assert usual != long


@pytest.mark.parametrize("name", ["words", "english", "signatures"])
def test_so_do_they_on_difficult_pages(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert name in DIFFICULT
    monkeypatch.setattr(quick_write, "LEVEL", 9)
    short = difficult(name)
    with long_way():
        assert difficult(name) == short


def test_what_one_page_leaves_behind_is_not_seen_on_the_next(
    templates: PrintTemplates, render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick_write, "LEVEL", 9)
    smaller = PLACES._replace(css=PLACES.css.replace("A6", "A7"))
    with long_way():
        alone = [render(page) for page in (PLACES, smaller)]
    for _ in range(2):
        render(templates.record(usual.HANDOVER))
        assert [render(page) for page in (PLACES, smaller)] == alone
    other = PLACES._replace(html=PLACES.html.replace("六", "不同的字<b id='one'>") + "<ul><li>二")
    with long_way():
        changed = render(other)
    assert render(other) == changed


def test_margins_lines_and_blocks_are_laid_out_as_the_library_does(
    render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick_write, "LEVEL", 9)
    short = [render(RUNNING) for _ in range(2)]
    with long_way():
        long = render(RUNNING)
    assert short == [long, long]
    assert len(pikepdf.open(BytesIO(long)).pages) > 8


def test_nothing_of_a_page_is_left_for_the_collector(templates: PrintTemplates, render: Render) -> None:
    from weasyprint.formatting_structure.boxes import Box

    page = templates.manual(usual.MANUAL)
    render(page)
    gc.collect()
    gc.disable()
    try:
        render(page)
        left = sum(isinstance(each, Box) for each in gc.get_objects())
    finally:
        gc.enable()
    assert left < 100


def test_every_shortcut_knows_the_installed_libraries() -> None:
    assert long_ways() == ()


def test_the_libraries_named_are_those_tried() -> None:
    owners = [each.owner for shortcut in shortcuts() for each in (shortcut, *shortcut.rests_on)]
    modules = {inspect.getmodule(owner) for owner in owners if not isinstance(owner, dict)}
    packages = {module.__name__.partition(".")[0] for module in modules if module}
    assert (
        tuple(f"{name}=={version(name)}" for name in sorted(packages, key=lambda name: (name != "weasyprint", name)))
        == TRIED
    )


def test_masks_are_scored_as_the_library_scores_them() -> None:
    quicken_symbols()
    short, chance = encoder.mask_scores, random.Random(1)
    with long_way():
        long = encoder.mask_scores
    assert short is not long
    for size in (21, 25, 33):
        for share in (0.02, 0.3, 0.5, 0.98):
            matrix = tuple(bytearray(chance.random() < share for _ in range(size)) for _ in range(size))
            for start in range(0, size - 7, 6):
                matrix[start][start : start + 7] = bytes((1, 0, 1, 1, 1, 0, 1))
            assert short(matrix, size, size) == long(matrix, size, size)


def test_other_insides_are_left_alone() -> None:
    def other() -> int:
        return 1

    module = ModuleType("other")
    module.other = other  # type: ignore[attr-defined]
    shortcut = Shortcut(module, "other", "0" * 16, lambda stock: lambda: 2)
    assert take([shortcut, shortcut._replace(name="gone")]) == ["other", "gone"]
    assert module.other is other
