"""Pages that the XML parser reads come out as from the HTML parser; all others are left to it."""

import random
from collections.abc import Callable
from io import StringIO
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5

from csdocs.render.html import PrintTemplates
from csdocs.render.quick.markup import read_plain
from csdocs.render.quick.shortcut import long_way
from tools.sample import usual
from tools.sample.difficult import DIFFICULT

FRAME = '<!DOCTYPE html>\n<html lang="zh-CN">\n<head><meta charset="utf-8"><title>页</title></head>\n<body>{}</body>\n</html>\n'
PLAIN = (
    '<p class="a">一 &lt;二&gt; &amp; &#34;三&#39;<br>四<br/></p>',
    '<table>\n<colgroup><col style="width: 2%"><col></colgroup> <tbody><tr><th scope="row">一</th><td colspan="2"></td></tr></tbody></table>',
    '<ul><li>一<ul><li><p>二</p></li></ul></li></ul><dl><dt>三</dt><dd>四</dd></dl><hr><pre>五\n\n六</pre>',
    '<div><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" class="qr"><path stroke="#000" d="M0 0"/></svg> 七</div>',
    '<h2 id="x">八 <a href="#x"><em>九</em></a></h2><figure><img src="a.png" alt="&gt;"><figcaption>十</figcaption></figure>',
)  # fmt: skip
# HTML closes, moves or reads these in a way of its own, or they are no XML.
OTHERS = (
    "<p>一<div>二</div></p>", "<p>一<p>二", "<table><tr><td>一</td></tr></table>", "<table>一<tbody></tbody></table>", "<b><p>一</b></p>",
    "<a>一<a>二</a></a>", "<h1><h2>一</h2></h1>", "<div/>一", "&nbsp;", "&#128;", "<pre>\n一</pre>", '<p title="一\n二"></p>', "<P>一</P>",
    "<!-- 一 -->", "<script>1</script>", "<select><option>一</option></select>", "<li>一</li>", "<svg><path/></svg>", "一 > 二", "<p a=b>一</p>",
    '<div title=">"/>', '<x:svg xmlns:x="http://www.w3.org/2000/svg"></x:svg>', "\x0c", "\x01",
)  # fmt: skip


def same(one: Element, other: Element) -> bool:
    said = [(each.tag, each.attrib, each.text or "", each.tail or "", len(each)) for each in (one, other)]
    return said[0] == said[1] and all(map(same, one, other))


def parsed(html: str) -> Element:
    with long_way():
        root: Element = tinyhtml5.parse(StringIO(html), namespace_html_elements=False)
    return root


def read(html: str) -> Element:
    root = read_plain(html)
    assert root is not None, html
    return root


def test_our_templates_write_plain_pages(templates: PrintTemplates) -> None:
    pages = [templates.record(usual.HANDOVER), templates.manual(usual.MANUAL), templates.redline(usual.REDLINE)]
    for page in (*pages, *(make(templates) for make in DIFFICULT.values())):
        assert same(read(page.html), parsed(page.html))


@pytest.mark.parametrize("body", PLAIN)
def test_plain_pages_are_the_same(body: str) -> None:
    html = FRAME.format(body)
    assert same(read(html), parsed(html))


@pytest.mark.parametrize("body", OTHERS)
def test_others_are_left_to_the_html_parser(body: str) -> None:
    assert read_plain(FRAME.format(body)) is None


def test_nothing_is_read_otherwise() -> None:
    chance, plain = random.Random(7), 0
    for _ in range(600):
        html = FRAME.format(_some(chance.choice, 4, "div"))
        root = read_plain(html)
        plain += root is not None
        assert root is None or same(root, parsed(html)), html
    assert plain > 100


_TEXTS = ("一", " ", "\n", "&amp;", "&#34;", "", "")
_WITHIN = {
    "table": ("tbody", "colgroup", "tr"),
    "tbody": ("tr",),
    "tr": ("td", "th"),
    "ul": ("li",),
    "p": ("b", "a", "br", "div"),
}
_ANY = ("div", "p", "table", "ul", "span", "b", "a", "h1", "pre", "br", "section", "li", "td")


def _some(choice: Callable[..., str], depth: int, around: str) -> str:
    parts = [choice(_TEXTS)]
    for _ in range(int(choice("0112")) if depth else 0):
        tag = choice(_WITHIN.get(around, _ANY)) if choice("111110") == "1" else choice(_ANY)
        attribute = choice(("", ' class="k"', ' lang="en"', ' style="top: 0"'))
        parts.append(
            f"<{tag}{attribute}>" if tag == "br" else f"<{tag}{attribute}>{_some(choice, depth - 1, tag)}</{tag}>"
        )
        parts.append(choice(_TEXTS))
    return "".join(parts)
