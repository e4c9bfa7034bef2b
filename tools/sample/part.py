"""What sample pages are put together from."""

from csdocs.render.qr import draw_qr
from csdocs.render.view import ColumnView, FieldView, Imprint, SignOffView

ORGANISATION = "云杉家电客户服务中心"
IMPRINT = Imprint(
    organisation=ORGANISATION,
    copy_mark="受控",
    code="JB-20261120-early-A01 r2 4c1e9a72",
    qr_svg=draw_qr("csdocs:01234567/JB-20261120-early-A01/r2/4c1e9a72d0b3ffee"),
    made_from="提交 4c1e9a72d0b3 · 截至 2026-11-20",
    seal_place=True,
)


def field(
    label: str, *lines: str, english: str = "", kind: str = "text", wide: bool = False, computed: bool = False
) -> FieldView:
    return FieldView(label=label, label_en=english, lines=lines, kind=kind, wide=wide, computed=computed)


def columns(*pairs: tuple[str, str]) -> tuple[ColumnView, ...]:
    """Of label and kind."""
    return tuple(ColumnView(label=label, kind=kind) for label, kind in pairs)


def signed(
    title: str,
    attests: str = "以上事项属实，未结事项已当面说明。",
    person: str = "李晓岚",
    staff_no: str = "S1023",
    post: str = "坐席员",
    at: str = "2026-11-20 08:01:10",
    decision: str = "",
    comment: str = "",
    verified: bool = True,
    reason: str = "",
) -> SignOffView:
    return SignOffView(
        title=title,
        attests=attests,
        person=person,
        staff_no=staff_no,
        post=post,
        at=at,
        decision=decision,
        comment=comment,
        verified=verified,
        reason=reason,
    )
