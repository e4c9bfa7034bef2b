"""Other ways to print the records that csdocs prints: the same words in the same fonts, set by Typst and by ReportLab.

What they leave out is said beside their figures in docs/performance.md.
"""

import dataclasses
import json
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from csdocs.render.column import pair_fields
from csdocs.render.font import MAIN_FAMILY, SYMBOL_FAMILY, FontSet

TYPST = """
#let r = json(bytes(sys.inputs.record))
#let grey = rgb("#5d6168")
#set document(title: r.title)
#set text(font: ("csdocs Sans", "csdocs Symbols"), size: 9.5pt, lang: "zh")
#set table(stroke: 0.5pt + rgb("#9ea3a9"), inset: (x: 1.8mm, y: 1mm))
#set page(paper: "a4", margin: (x: 19mm, top: 22mm, bottom: 24mm),
  header: [#set text(8pt, fill: grey); #r.imprint.organisation #h(1fr) #r.number #line(length: 100%, stroke: 0.5pt)],
  footer: context [#set text(7.5pt, fill: grey)
    #grid(columns: (1fr, 1fr, 1fr), [#r.imprint.code \\ #r.imprint.made_from],
      align(center)[#counter(page).display() / #counter(page).final().first()],
      align(right, image(bytes(r.imprint.qr_svg), format: "svg", width: 13mm, alt: r.imprint.code)))])
#pdf.attach("record.yaml", bytes(sys.inputs.source), relationship: "source", mime-type: "application/yaml",
  description: "the record as filed")
#align(center)[#text(17pt, weight: "bold", r.title) \\ #text(8.5pt, fill: grey, r.subtitle_en)]
#grid(columns: (1fr, 1fr, 1fr), row-gutter: 2mm, r.number, r.form_id + " " + str(r.form_revision), r.day, r.state, r.imprint.copy_mark)
#for section in r.sections {
  heading(level: 1, text(10.5pt, section.title))
  if section.lines.len() > 0 {
    table(columns: (17%, 33%, 17%, 33%), ..section.lines.map(line => line.map(f => {
      let label = table.cell(fill: rgb("#f1f2f3"))[#text(9pt, f.label) \\ #text(6.8pt, fill: grey, f.label_en)]
      (label, table.cell(colspan: if line.len() == 1 { 3 } else { 1 }, f.lines.join(linebreak())))
    })).flatten())
  }
  for each in section.tables {
    table(columns: each.columns.len(), table.header(..each.columns.map(c => c.label)), ..each.rows.flatten())
  }
}
#grid(columns: (1fr, 1fr), gutter: 4mm, ..r.sign_offs.map(s => box(width: 100%, stroke: 0.5pt, inset: 2mm)[
  #text(9pt, s.title) #h(1fr) #s.decision \\ #text(8.3pt, fill: grey, s.attests) \\ #s.comment
  #text(11.5pt, weight: "bold", s.person) #s.staff_no #s.post \\ #text(8.3pt)[#s.at #h(1fr) ✓ 签名已验证]]))
"""


class Printed(NamedTuple):
    """What is to be on paper, and the file that goes with it."""

    view: Any
    source: bytes


Printer = Callable[[Printed], bytes]


def typst_printer(fonts: FontSet) -> Printer:
    """PDF/A-3a with the record attached."""
    import typst

    page, folder = TYPST.encode(), str(fonts.files[0].path.parent)
    compiler = typst.Compiler(font_paths=[folder], ignore_system_fonts=True)

    def write(printed: Printed) -> bytes:
        record = dataclasses.asdict(printed.view)
        for section, view in zip(record["sections"], printed.view.sections, strict=True):
            section["lines"] = [[dataclasses.asdict(field) for field in line] for line in pair_fields(view.fields)]
            section["tables"] = [dataclasses.asdict(table) for table in view.tables]
        inputs = {"record": json.dumps(record, ensure_ascii=False), "source": printed.source.decode()}
        data = compiler.compile(page, format="pdf", sys_inputs=inputs, pdf_standards=["a-3a"])
        assert isinstance(data, bytes)
        return data

    return write


def reportlab_printer(fonts: FontSet) -> Printer:
    """Neither tags nor PDF/A nor attachments: ReportLab's free edition has none of the three; no QR code either."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import SimpleDocTemplate

    for name, family, weight in (
        ("text", MAIN_FAMILY, 400),
        ("bold", MAIN_FAMILY, 700),
        ("symbol", SYMBOL_FAMILY, 400),
    ):
        registerFont(TTFont(name, str(fonts.face(family, weight).path)))

    def write(printed: Printed) -> bytes:
        stream = BytesIO()
        foot = f"{printed.view.imprint.code}   {printed.view.imprint.made_from}"

        def frame(canvas: Any, document: Any) -> None:
            canvas.setFont("text", 7.5)
            canvas.drawString(54, 800, printed.view.imprint.organisation)
            canvas.drawString(54, 40, f"{foot}   {document.page}")

        SimpleDocTemplate(stream, pagesize=A4, title=printed.view.title).build(
            _flowing(printed.view), onFirstPage=frame, onLaterPages=frame
        )
        return stream.getvalue()

    return write


def _flowing(view: Any) -> list[Any]:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Spacer

    text = ParagraphStyle("text", fontName="text", fontSize=9, leading=13, wordWrap="CJK")
    title = ParagraphStyle("title", text, fontName="bold", fontSize=17, leading=24, alignment=1)
    head = ParagraphStyle("head", text, fontName="bold", fontSize=10.5, spaceBefore=8)

    def cell(words: str) -> Any:
        return Paragraph(words.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>"), text)

    facts = (view.number, f"{view.form_id} {view.form_revision}", view.day, view.state, view.imprint.copy_mark)
    parts = [Paragraph(view.title, title), cell(view.subtitle_en), cell("   ".join(facts))]
    for section in view.sections:
        parts.append(Paragraph(section.title, head))
        if section.fields:
            rows = [(cell(f"{f.label}\n{f.label_en}"), cell("\n".join(f.lines))) for f in section.fields]
            parts.append(_table(rows))
        for table in section.tables:
            rows = [
                tuple(cell(column.label) for column in table.columns),
                *(tuple(map(cell, row)) for row in table.rows),
            ]
            parts.append(_table(rows))
    for each in view.sign_offs:
        lines = (each.title, each.decision, each.attests, each.comment, each.person, each.staff_no, each.post, each.at)
        parts += [Spacer(0, 6), _table([(cell("   ".join(lines)),)])]
    return parts


def _table(rows: Sequence[Sequence[Any]]) -> Any:
    from reportlab.lib.colors import grey
    from reportlab.platypus import Table

    return Table(rows, style=[("GRID", (0, 0), (-1, -1), 0.5, grey), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])


PRINTERS: dict[str, Callable[[FontSet], Printer]] = {"typst": typst_printer, "reportlab": reportlab_printer}
