"""A shorter way through blocks: nearly every cell and paragraph is lines of text, or nothing, and fits where it stands.

WeasyPrint lays such a block out as it does one that may be broken, collapse, hold notes or what is placed elsewhere. Here it
is done without; where the end of the page comes into it after all, the library begins anew.
"""

from collections.abc import Callable, Iterable
from typing import Any

from csdocs.render.quick.shortcut import Function, Shortcut, Source, instead


def shortcuts() -> tuple[Shortcut, ...]:
    import weasyprint.layout as layout_package
    import weasyprint.layout.block as block
    from weasyprint.formatting_structure import boxes

    context, box, parent = layout_package.LayoutContext, boxes.Box, boxes.ParentBox
    flow = (
        Source(box, "is_in_normal_flow", "5f49d6ab23da7e51"),
        Source(box, "is_floated", "6e6071b81868ea92"),
        Source(box, "page_values", "b788b7536da4b528"),
    )
    container = (
        *flow,
        Source(block, "_linebox_layout", "e07bbe000974787e"),
        Source(block, "find_last_in_flow_child", "4f776f99397a8608"),
        Source(block, "relative_positioning", "191f72f8534a5dfa"),
        Source(block, "collapse_margin", "c91ad56f81717b09"),
        Source(context, "create_block_formatting_context", "674c8dd8d2c09f06"),
        Source(context, "finish_block_formatting_context", "855b9409d12e3182"),
        Source(parent, "remove_decoration", "689d6c8b42f70410"),
        Source(parent, "copy_with_children", "6b906f6c9326ab5d"),
        Source(parent, "top_margin_collapses", "f74bd6a849c732f7"),
        Source(parent, "bottom_margin_collapses", "f7d9f8c8282491a0"),
        Source(parent, "page_values", "9bcfda076d1961e6"),
    )
    return (
        Shortcut(block, "collapse_margin", "c91ad56f81717b09", instead(_collapse_margin)),
        Shortcut(parent, "page_values", "9bcfda076d1961e6", _page_values, flow),
        Shortcut(block, "block_container_layout", "65842ca53a8391eb", _container, container),
    )


def _collapse_margin(margins: Any) -> Any:
    highest = lowest = 0
    for margin in margins:
        if margin > highest:
            highest = margin
        elif margin < lowest:
            lowest = margin
    return highest + lowest


def _page_values(stock: Function) -> Function:
    """What the first and the last box within ask for; the library asks all the way down from each box in between, and both."""
    from weasyprint.formatting_structure.boxes import TableBox

    def asked(box: Any, order: Callable[[Any], Iterable[Any]]) -> Any:
        page, own = None, box.style["page"]
        found = box
        while found is not None:
            page = found.style["page"] or page
            within = () if isinstance(found, TableBox) else order(found.children)
            found = next((each for each in within if each.is_in_normal_flow() or each.is_floated()), None)
        return page or own

    def page_values(box: Any) -> tuple[Any, Any]:
        return asked(box, iter), asked(box, reversed)

    return page_values


def _container(stock: Function) -> Function:
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import block

    def block_container_layout(
        context: Any,
        box: Any,
        bottom_space: Any,
        skip_stack: Any,
        page_is_empty: bool,
        absolute_boxes: Any,
        fixed_boxes: Any,
        adjoining_margins: Any,
        first_letter_style: Any,
        first_line_style: Any,
        discard: bool,
        max_lines: Any,
    ) -> Any:
        elsewhere = (page_is_empty, absolute_boxes, fixed_boxes)
        asked = skip_stack is not None or first_letter_style or first_line_style or discard or max_lines is not None
        if not (asked or context.footnotes or context.broken_out_of_flow) and _is_usual(boxes, box):
            if not box.children:
                return _empty(box)
            made = _laid_out(block, context, box, bottom_space, elsewhere, adjoining_margins)
            if made is not None:
                return made
        styles = (adjoining_margins, first_letter_style, first_line_style, discard, max_lines)
        return stock(context, box, bottom_space, skip_stack, *elsewhere, *styles)

    return block_container_layout


def _is_usual(boxes: Any, box: Any) -> bool:
    """A cell without content, or any block with lines of words."""
    kind, children = type(box), box.children
    if (
        kind is not boxes.TableCellBox
        and kind is not boxes.InlineBlockBox
        and (kind is not boxes.BlockBox or not children)
    ):
        return False
    if children and (len(children) != 1 or type(children[0]) is not boxes.LineBox or not _is_words(boxes, children[0])):
        return False
    if box.force_fragmentation or box.first_line_style is not None or box.first_letter_style is not None:
        return False
    kept = box.style.__dict__
    if "csdocs_usual" not in kept:
        plain = all(box.style[name] == value for name, value in _USUAL.items())
        kept["csdocs_usual"] = plain and box.style["position"] != "relative"
    return kept["csdocs_usual"]  # type: ignore[no-any-return]


_USUAL = {"continue": "auto", "box_decoration_break": "slice", "max_lines": "none"}


def _is_words(boxes: Any, line: Any) -> bool:
    """Whether a line holds but texts, and boxes of texts, none of them elsewhere."""
    kept = line.__dict__.get("csdocs_words")
    if kept is None:
        kept = line.csdocs_words = all(_is_word(boxes, each) for each in line.children)
    return kept  # type: ignore[no-any-return]


def _is_word(boxes: Any, box: Any) -> bool:
    style = box.style
    if style["position"] != "static" or style["float"] != "none" or box.is_leader:
        return False
    if type(box) is boxes.TextBox:
        return True
    return type(box) is boxes.InlineBox and all(_is_word(boxes, each) for each in box.children)


def _empty(box: Any) -> Any:
    """A cell has its own context, so that no margin leaves it; nothing in it can be broken."""
    flat = not (
        box.min_height or box.border_top_width or box.padding_top or box.border_bottom_width or box.padding_bottom
    )
    through = box.height in ("auto", 0) and flat
    box.position_y += _collapsed([box.margin_top]) - box.margin_top
    new = box.copy_with_children([])
    if new.height == "auto":
        new.height = max(0, box.content_box_y() - new.content_box_y())
    new.height = max(min(new.height, new.max_height), new.min_height)
    return new, None, {"break": "any", "page": new.style["page"]}, [], through, None


def _laid_out(block: Any, context: Any, box: Any, bottom_space: Any, elsewhere: tuple[Any, ...], margins: Any) -> Any:
    """None, and nothing changed, where not all of it fits here. `elsewhere`: whether the page is empty, and what stands apart."""
    margins = [] if margins is None else margins
    before = box.position_y, box.margin_top
    own = box.establishes_formatting_context()
    if own:
        context.create_block_formatting_context(box)
    own_margins = [*margins, box.margin_top]
    collapses = box.top_margin_collapses()
    if collapses:
        y, adjoining = box.position_y, own_margins
    else:
        box.position_y += _collapsed(own_margins) - box.margin_top
        y, adjoining = box.content_box_y(), []
    (line,) = box.children
    line.position_x, line.position_y = box.content_box_x(), y
    lines: list[Any] = []
    words = (context, box, 0, line, lines, *elsewhere, adjoining, bottom_space, y)
    abort, stop, _, y, *_ = block._linebox_layout(*words, None, None, None, False, None)
    if abort or stop or not lines:
        if own:
            context.finish_block_formatting_context()
        box.position_y, box.margin_top = before
        return None
    margins.append(own_margins[-1])
    if collapses:
        box.position_y += _collapsed(own_margins) - box.margin_top
    return _closed(context, box, lines, y, own=own)


def _closed(context: Any, box: Any, lines: list[Any], y: Any, *, own: bool) -> Any:
    new = box.copy_with_children(lines)
    if new.height == "auto":
        new.height = max(0, y - new.content_box_y())
    if own:
        context.finish_block_formatting_context(new)
    new.height = max(min(new.height, new.max_height), new.min_height)
    return new, None, {"break": "any", "page": new.page_values()[1]}, [], False, None


def _collapsed(margins: list[Any]) -> Any:
    return max(0, *margins) + min(0, *margins)
