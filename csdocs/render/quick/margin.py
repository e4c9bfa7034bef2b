"""A shorter way to headers and footers: what is the same on every page is laid out once.

WeasyPrint builds and lays out what runs in the margins anew for each page. Here a running element in which nothing counts is
laid out once for all pages that show it in one place; of one with a page number, so are the floats that hold no number.
"""

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from math import inf
from typing import Any, NamedTuple

from csdocs.render.quick.shortcut import Function, Shortcut, Source

_SILENT = ("normal", "inhibit", "none")
_KEYWORDS = [
    f"@{side}-{place}"
    for side, places in {
        "top": ("left-corner", "left", "center", "right", "right-corner"),
        "bottom": ("left-corner", "left", "center", "right", "right-corner"),
        "left": ("top", "middle", "bottom"),
        "right": ("top", "middle", "bottom"),
    }.items()
    for place in places
]
_WIDE = ("@top-center", "@bottom-center")


def shortcuts() -> tuple[Shortcut, ...]:
    import weasyprint.layout.float as floats
    import weasyprint.layout.page as page
    from weasyprint.css.targets import TargetCollector
    from weasyprint.formatting_structure import boxes, build

    rests_on = (
        Source(page, "_standardize_page_based_counters", "6c3791760c3fbe13"),
        Source(page, "compute_variable_dimension", "94eaf626c7cc932c"),
        Source(page, "compute_fixed_dimension", "f40b8361079645f3"),
        Source(page, "margin_box_content_layout", "9ebcc7de57732126"),
        Source(build, "content_to_boxes", "a4b18a5a0b5083d6"),
        Source(build, "update_counters", "c1f45fc248aa5358"),
        Source(build, "compute_content_list", "3a5674cabd84f48a"),
        Source(boxes.ParentBox, "deepcopy", "c6335cf2fcc16f31"),
        Source(TargetCollector, "collect_missing_counters", "24ea43be86560c9d"),
    )
    return (
        Shortcut(page, "make_margin_boxes", "4a2d2e301eb3bc47", _margin_boxes, rests_on),
        Shortcut(floats, "float_layout", "d6c66bc084325f93", _float_layout, rests_on),
    )


class _Margin(NamedTuple):
    """A margin box as wide as it says, with a running element in it."""

    keyword: str
    style: Any
    element: tuple[str, str]


class _Margins:
    """What was laid out for the pages of one document; styles and boxes whose addresses are keys are held with it."""

    def __init__(self) -> None:
        self.plans: dict[int, tuple[Any, tuple[_Margin, ...] | None]] = {}
        self.varying: dict[int, tuple[Any, bool]] = {}
        self.laid_out: dict[Any, Any] = {}

    def plan(self, context: Any, page: Any) -> tuple[_Margin, ...] | None:
        """None where only the library knows how."""
        place = id(page.style)
        if place not in self.plans:
            self.plans[place] = page.style, _plan(context, page)
        return self.plans[place][1]

    def varies(self, box: Any) -> bool:
        if id(box) not in self.varying:
            self.varying[id(box)] = box, _counts(box)
        return self.varying[id(box)][1]

    def once(self, key: Any, make: Callable[[], Any]) -> Any:
        """A copy of what was made under that key."""
        kept = self.laid_out.get(key)
        if kept is not None:
            return kept.deepcopy()
        made = make()
        if made is not None and _is_plain(made):
            self.laid_out[key] = made.deepcopy()
        return made


def _plan(context: Any, page: Any) -> tuple[_Margin, ...] | None:
    from weasyprint.layout.page import _standardize_page_based_counters

    found = []
    for keyword in _KEYWORDS:
        style = context.style_for(page.page_type, keyword)
        if style is None or style["content"] in _SILENT:
            continue
        content = style["content"]
        alone = len(content) == 1 and content[0][0] == "element()" and content[0][1][1] != "all-once"
        if keyword not in _WIDE or not alone or style["width"] == "auto":
            return None
        _standardize_page_based_counters(style, keyword)
        found.append(_Margin(keyword, style, content[0][1]))
    return tuple(sorted(found, key=lambda margin: _WIDE.index(margin.keyword)))


def _counts(box: Any) -> bool:
    return any(each.style["content"] not in ("normal", "none") for each in box.descendants())


def _is_plain(box: Any) -> bool:
    """Whether a deep copy is as good as the box."""
    from weasyprint.formatting_structure import boxes

    plain = (boxes.MarginBox, boxes.BlockBox, boxes.LineBox, boxes.InlineBox, boxes.TextBox, boxes.InlineBlockBox)
    return all(
        type(each) in plain or type(each) in (boxes.InlineReplacedBox, boxes.BlockReplacedBox)
        for each in box.descendants()
    )


def _of(context: Any) -> _Margins:
    kept = context.__dict__.get("csdocs_margins")
    if kept is None:
        kept = context.csdocs_margins = _Margins()
    return kept  # type: ignore[no-any-return]


def _margin_boxes(stock: Function) -> Function:
    def make_margin_boxes(context: Any, page: Any, state: Any) -> Iterator[Any]:
        margins = _of(context)
        plan = margins.plan(context, page)
        if plan is None or context.footnotes or context.broken_out_of_flow:
            yield from stock(context, page, state)
            return
        for margin in plan:
            yield _made(context, page, state, margin, margins)

    return make_margin_boxes


def _made(context: Any, page: Any, state: Any, margin: _Margin, margins: _Margins) -> Any:
    running = context.get_running_element_for(page, *margin.element)

    def make() -> Any:
        from weasyprint.layout.page import margin_box_content_layout

        return margin_box_content_layout(context, page, _placed(context, page, state, margin, running))

    if any(map(margins.varies, running)):
        return make()
    where = (page.margin_left, page.margin_top, page.margin_bottom, page.border_width(), page.border_height())
    key = (margin.keyword, id(margin.style), *map(id, running), *where, *_circumstances(context))
    return margins.once(key, make)


def _circumstances(context: Any) -> tuple[Any, ...]:
    """What else decides about the first margin of a block."""
    return context.current_page > 1, context.forced_break


def _placed(context: Any, page: Any, state: Any, margin: _Margin, running: Sequence[Any]) -> Any:
    """A margin box before layout, as the library makes and places the middle one of three where the others are empty."""
    from weasyprint.formatting_structure import boxes, build
    from weasyprint.layout.page import compute_fixed_dimension
    from weasyprint.layout.percent import resolve_percentages

    box = boxes.MarginBox(margin.keyword, margin.style)
    box.is_generated = True
    box.children = _shown(context, page, state, margin, running)
    box.process_whitespace()
    box.process_text_transform()
    box = build.create_anonymous_boxes(box)
    is_top = margin.keyword == "@top-center"
    room = page.border_width(), page.margin_top if is_top else page.margin_bottom
    resolve_percentages(box, room)
    for side in ("margin_left", "margin_right"):
        if getattr(box, side) == "auto":
            setattr(box, side, 0)
    box.position_x = page.margin_left + 0.5 * (room[0] - box.margin_width())
    box.position_y = 0 if is_top else page.margin_top + page.border_height()
    compute_fixed_dimension(context, box, room[1], True, is_top)
    return box


def _shown(context: Any, page: Any, state: Any, margin: _Margin, running: Sequence[Any]) -> list[Any]:
    """Copies of the running elements, with the numbers of this page."""
    from weasyprint.formatting_structure import build

    state = deepcopy(state)
    quote_depth, counters, scopes, _ = state
    scopes.append(set())
    build.update_counters(state, margin.style)
    more = (context.get_image_from_uri, context.target_collector, context.counter_style, context, page)
    shown = []
    for element in running:
        box = element.deepcopy()
        box.style = _running_style(box.style)
        for each in box.descendants():
            if each.style["content"] not in ("normal", "none"):
                each.children = build.content_to_boxes(each.style, each, quote_depth, counters, *more)
        shown.append(box)
    return shown


def _running_style(style: Any) -> Any:
    """As the library changes it for each page; a new one has to work out its font and all else again."""
    kept = style.__dict__.get("csdocs_running")
    if kept is None:
        kept = style.__dict__["csdocs_running"] = style.copy()
        kept["position"] = "relative"
    return kept


def _shape(box: Any) -> tuple[Any, ...]:
    return box.position_x, box.position_y, box.margin_width(), box.margin_height(), box.style["float"]


def _float_layout(stock: Function) -> Function:
    def float_layout(
        context: Any, box: Any, around: Any, absolute: Any, fixed: Any, bottom_space: Any, skip_stack: Any
    ) -> Any:
        margins = context.__dict__.get("csdocs_margins")
        every = (context, box, around, absolute, fixed, bottom_space, skip_stack)
        apart = skip_stack or absolute or fixed or box.element is None
        if margins is None or bottom_space != -inf or apart or _counts(box):
            return stock(*every)
        shapes = [_shape(each) for each in context.excluded_shapes]
        room = (around.content_box_x(), around.position_y, around.width, around.height, around.style["direction"])
        key = (box.element, box.element_tag, id(box.style), box.position_x, box.position_y, *room)
        key = (*key, *shapes, *_circumstances(context))
        kept = margins.laid_out.get(key)
        if kept is None:
            found, resume_at = stock(*every)
            if resume_at is None and not absolute and not fixed and _is_plain(found):
                sizes = {name: value for name, value in vars(box).items() if isinstance(value, int | float | str)}
                margins.laid_out[key] = found.deepcopy(), sizes
            return found, resume_at
        found = kept[0].deepcopy()
        vars(box).update(kept[1])  # a line asks the box that it gave how wide it came out
        context.excluded_shapes.append(found)
        return found, None

    return float_layout
