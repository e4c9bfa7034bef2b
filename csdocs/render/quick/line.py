"""A shorter way to lines: nearly every one is a piece of plain text, with nothing beside it.

WeasyPrint splits a line through functions that know boxes within boxes, what floats, hangs or is placed, and looks for room
twice. A line that holds but one text, where nothing floats, is made here in one go, by the library's own sums in its order.
"""

from typing import Any

from csdocs.render.quick.shortcut import Function, Shortcut, Source

_CLOSE = 1 + 1e-9  # what the library adds to the room of a line


def shortcuts() -> tuple[Shortcut, ...]:
    import weasyprint.layout.inline as inline
    import weasyprint.layout.leader as leader
    from weasyprint.formatting_structure.boxes import Box, ParentBox

    rests_on = tuple(
        Source(owner, name, sha256)
        for owner, name, sha256 in (
            (inline, "iter_line_boxes", "04aec48abfcad809"),
            (inline, "skip_first_whitespace", "deb2f1a5e2a6c035"),
            (inline, "first_letter_to_box", "9f3d58c31344c13b"),
            (inline, "split_inline_box", "3a0cb7ca7e34c7ef"),
            (inline, "split_inline_level", "d98c008c8fc00582"),
            (inline, "split_text_box", "8c564329599ef23f"),
            (inline, "_adjust_line_height", "822443b08f53654f"),
            (inline, "is_phantom_linebox", "20b14d5418771dc1"),
            (inline, "remove_last_whitespace", "1bb6d91ce9904e02"),
            (inline, "text_align", "e953d41b87ccfc30"),
            (inline, "line_box_verticality", "1018aadb3410f89a"),
            (inline, "aligned_subtree_verticality", "2c53963af64fb316"),
            (inline, "inline_box_verticality", "5c7109868242013b"),
            (ParentBox, "copy_with_children", "6b906f6c9326ab5d"),
            (ParentBox, "remove_decoration", "689d6c8b42f70410"),
            (Box, "translate", "2e16dfbea8bd7d51"),
        )
    )
    leaders = (Source(leader, "leader_index", "933aaa813a2bed4c"),)
    return (
        Shortcut(leader, "handle_leader", "e4bf5941eb946d0b", _leader, leaders),
        Shortcut(inline, "get_next_linebox", "67af458c2545e74f", _next_line, rests_on),
    )


def _leader(stock: Function) -> Function:
    from weasyprint.formatting_structure.boxes import TextBox

    def handle_leader(context: Any, line: Any, around: Any) -> None:
        if len(line.children) != 1 or type(line.children[0]) is not TextBox:
            stock(context, line, around)

    return handle_leader


def _next_line(stock: Function) -> Function:
    from weasyprint.formatting_structure.boxes import LineBox, TextBox
    from weasyprint.layout import inline

    def get_next_linebox(context: Any, linebox: Any, *more: Any) -> Any:
        children = linebox.children
        if len(children) != 1 or type(children[0]) is not TextBox or type(linebox) is not LineBox:
            return stock(context, linebox, *more)
        position_y, _, skip_stack, around, _, _, first_letter, first_line = more
        if context.excluded_shapes or first_letter or first_line or not _is_plain(linebox, children[0], around):
            return stock(context, linebox, *more)
        return _line(inline, context, linebox, position_y, skip_stack, around) or stock(context, linebox, *more)

    return get_next_linebox


def _is_plain(linebox: Any, text: Any, around: Any) -> bool:
    if linebox.margin_left or linebox.margin_top:
        return False
    if linebox.padding_right or linebox.margin_right or linebox.border_right_width:
        return False
    plain = linebox.style.__dict__.get("csdocs_plain")
    if plain is None:
        plain = linebox.style.__dict__["csdocs_plain"] = _is_plain_style(linebox.style)
    return plain and _lies_plainly(text.style) and around.style["direction"] == "ltr"


def _is_plain_style(style: Any) -> bool:
    placed = style["position"] != "static" or style["float"] != "none"
    return (
        not placed
        and style["direction"] == "ltr"
        and "justify" not in (style["text_align_all"], style["text_align_last"])
    )


def _lies_plainly(style: Any) -> bool:
    plain: bool | None = style.__dict__.get("csdocs_lying")
    if plain is None:
        placed = style["position"] != "static" or style["float"] != "none"
        plain = style.__dict__["csdocs_lying"] = not placed and style["vertical_align"] == "baseline"
    return plain


def _line(inline: Any, context: Any, linebox: Any, position_y: Any, skip_stack: Any, around: Any) -> Any:
    """The next line, and where the one after it begins; None where it needs more thought."""
    source = linebox.children[0]
    if skip_stack is not None or source.text[:1] in ("", " "):
        skip_stack = inline.skip_first_whitespace(linebox, skip_stack)
        if skip_stack == "continue":
            return None, None
    linebox.position_y = position_y
    linebox.width = linebox.height = 0
    x, y, room = inline.avoid_collisions(context, linebox, around, outer=False)
    linebox.position_x, linebox.position_y = x, y
    text, resume_at, broken = _text(
        inline, context, source, (x + linebox.text_indent, y, (x + room) * _CLOSE), skip_stack, around
    )
    if text is None:
        return None
    line = linebox.copy_with_children([text])
    if skip_stack is not None or resume_at is not None:
        line.remove_decoration(start=skip_stack is not None, end=resume_at is not None)
    line.width = 0
    line.width = text.position_x + text.margin_width() - line.content_box_x()
    inline._adjust_line_height(line)
    linebox.width, linebox.height = line.width, line.height
    if text.text[-1:] == " ":
        inline.remove_last_whitespace(context, line)
    offset_x = inline.text_align(context, line, room, last=(resume_at is None or broken))
    _stand(line, text, offset_x, y)
    return line, resume_at


def _text(inline: Any, context: Any, source: Any, place: tuple[Any, Any, Any], skip_stack: Any, around: Any) -> Any:
    """As much of the text as there is room for, where the next begins, and whether the writer broke it there."""
    x, y, end = place
    skip = None
    if skip_stack is not None:
        ((index, within),) = skip_stack.items()
        if index:
            return None, None, False
        if within is not None:
            ((skip, _),) = within.items()
    source.position_x, source.position_y = x, y
    inline.resolve_percentages(source, around)
    text, skip, broken = inline.split_text_box(context, source, end - x, skip or 0, is_line_start=True)
    if text is None or text.position_x + text.margin_width() > end:
        return None, None, False
    return text, None if skip is None else {0: {skip: None}}, broken


def _stand(line: Any, text: Any, offset_x: Any, y: Any) -> None:
    """The text on its baseline, the line around it."""
    top = text.position_y = 0 - text.baseline
    bottom = top + text.margin_height()
    line_top = 0 - line.baseline
    line_bottom = line_top + line.margin_height()
    top, bottom = min(top, line_top), max(bottom, line_bottom)
    line.baseline, line.position_y, line.height = -top, top, bottom - top
    line.margin_top = line.margin_bottom = 0
    line.translate(offset_x, y - top)
    # once more, since (y - top) + top is not always y
    line.position_y = y
