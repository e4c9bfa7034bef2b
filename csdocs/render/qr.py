"""The QR code of a page, as one path of inline SVG."""

from io import BytesIO

import segno

from csdocs.render.quick.symbol import quicken_symbols
from csdocs.render.view import Html


def draw_qr(text: str) -> Html:
    """Level M: readable with a corner of the paper creased or stapled."""
    quicken_symbols()
    stream = BytesIO()
    segno.make(text, error="m", micro=False).save(
        stream, kind="svg", xmldecl=False, svgclass="qr", lineclass=None, omitsize=True, border=0, nl=False
    )
    return Html(stream.getvalue().decode())
