"""A shorter way to pages that are right: a page is made again where what it says has changed, and nowhere else.

WeasyPrint makes every page again on which a header begins, though headers are set when all pages are there; and asks for
each anchor every text that names some page.
"""

from collections import defaultdict
from typing import Any

from csdocs.render.quick.shortcut import Function, Shortcut, Source


def shortcuts() -> tuple[Shortcut, ...]:
    import weasyprint.layout as layout
    import weasyprint.layout.page as page
    from weasyprint.css.targets import TargetCollector

    context = layout.LayoutContext
    running = (
        Source(page, "make_page", "656f183328e8b1b5"),
        Source(page, "make_all_pages", "b5e4034894841caa"),
        Source(layout, "layout_document", "a5cbf437e99caf72"),
        Source(context, "add_running_element", "64de7d06c4d3d2bc"),
        Source(context, "remove_running_element", "63c76e53f886b8ad"),
        Source(context, "get_string_or_element_for", "f40ec28ae3470c6e"),
    )
    targets = (Source(TargetCollector, "collect_missing_counters", "24ea43be86560c9d"),)
    return (
        Shortcut(context, "__init__", "f687f507fee8883e", _context, running),
        Shortcut(
            layout,
            "layout_fixed_boxes",
            "5c62b9c0838af971",
            _fixed,
            (Source(layout, "layout_document", "a5cbf437e99caf72"),),
        ),
        Shortcut(page, "make_page", "656f183328e8b1b5", _page),
        Shortcut(TargetCollector, "cache_target_page_counters", "501f31c871d4a678", _cached_targets, targets),
    )


# Of the rendition that is under way.
_contexts: list[Any] = []


def release() -> None:
    """Undo the rings in what a document leaves behind, so that all of it is free at once and nobody has to look for it."""
    while _contexts:
        context = _contexts.pop()
        targets = context.target_collector
        for box, _ in targets.counter_lookup_items:
            box.missing_link = None
        targets.counter_lookup_items.clear()
        targets.target_lookup_items.clear()
        vars(targets).pop("csdocs_users", None)
        vars(context).clear()


class _Pages(defaultdict[int, list[Any]]):
    """The running elements of pages; where there are none yet, none have changed."""

    def get(self, page: int, default: Any = ()) -> Any:
        return super().get(page, default)


def _context(stock: Function) -> Function:
    def start(context: Any, style_for: Any, *more: Any) -> None:
        stock(context, style_for, *more)
        _contexts.append(context)
        document = style_for.__dict__.get("csdocs")
        if document is not None and not any(map(_has_notes, document.kinds.values())):
            context.running_elements = defaultdict(lambda: _Pages(list))

    return start


def _fixed(stock: Function) -> Function:
    """What is fixed stands on every page, so that each page asks all others; mostly nothing is."""

    def layout_fixed_boxes(context: Any, pages: Any, containing_page: Any) -> Any:
        if pages and "csdocs_fixed" not in vars(context):  # the first of all pages asks all that follow
            context.csdocs_fixed = any(page.fixed_boxes for page in (containing_page, *pages))
        return stock(context, pages, containing_page) if vars(context).get("csdocs_fixed") else ()

    return layout_fixed_boxes


def _page(stock: Function) -> Function:
    def make_page(*arguments: Any) -> Any:
        made = stock(*arguments)
        for part in made[0].children:
            vars(part).pop("page", None)  # the place for notes knows its page only while the page is made
        return made

    return make_page


def _has_notes(kind: Any) -> bool:
    """Notes run too, and take room on their page."""
    positions = [declared["position"][0] for declared in kind.cascaded.values() if "position" in declared]
    return any("note" in str(position) or not isinstance(position, str | tuple) for position in positions)


def _cached_targets(stock: Function) -> Function:
    def cache_target_page_counters(targets: Any, anchor: str, *more: Any) -> None:
        if targets.collecting:
            return
        users = targets.__dict__.get("csdocs_users")
        if users is None:
            users = targets.csdocs_users = _users(targets.counter_lookup_items)
        every = targets.counter_lookup_items
        targets.counter_lookup_items = users.get(anchor, {})
        try:
            stock(targets, anchor, *more)
        finally:
            targets.counter_lookup_items = every

    return cache_target_page_counters


def _users(lookups: dict[Any, Any]) -> dict[str, dict[Any, Any]]:
    """By anchor, the texts that name its page: all are known when pages begin to be made."""
    users: dict[str, dict[Any, Any]] = {}
    for key, lookup in lookups.items():
        for anchor in lookup.missing_target_counters:
            users.setdefault(anchor, {})[key] = lookup
    return users
