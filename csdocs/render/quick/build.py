"""A shorter way from elements to boxes: what is not on a page is not looked for in all of it."""

from collections.abc import Iterator
from typing import Any

from csdocs.render.quick.shortcut import Function, Shortcut, Source


def shortcuts() -> tuple[Shortcut, ...]:
    from cssselect2.tree import ElementWrapper
    from weasyprint.formatting_structure import build

    tree = (
        Source(ElementWrapper, "iter_children", "dbd368015d92400e"),
        Source(ElementWrapper, "iter_subtree", "887ec7a8b4e8e5ed"),
    )
    flex = (Source(build, "flex_children", "c2ae170c2a8daf14"),)
    grid = (Source(build, "grid_children", "c217d081e69a65f7"),)
    return (
        Shortcut(ElementWrapper, "query_all", "a60b33a154011a11", _query_all, tree),
        Shortcut(build, "flex_boxes", "1a6cd8f486bb3133", _unless_there_is("FlexContainerBox"), flex),
        Shortcut(build, "grid_boxes", "e71295bc9772fd91", _unless_there_is("GridContainerBox"), grid),
    )


def _query_all(stock: Function) -> Function:
    """Elements by name: what is made to look at an element is made only where one of that name is to be found below."""

    def query_all(element: Any, *selectors: Any) -> Iterator[Any]:
        if not selectors or not all(type(each) is str and each.isalpha() for each in selectors):
            return stock(element, *selectors)  # type: ignore[no-any-return]
        return _below(element, frozenset(selectors), element._compile(selectors))

    return query_all


def _below(element: Any, names: frozenset[str], tests: list[Any]) -> Iterator[Any]:
    if any(test(element) for test in tests):
        yield element
    if any(_has(child, names) for child in element.etree_children):
        for child in element.iter_children():
            if _has(child.etree_element, names):
                yield from _below(child, names, tests)


def _has(element: Any, names: frozenset[str]) -> bool:
    tags = {each.tag for each in element.iter()}
    return any(type(tag) is str and tag.rpartition("}")[2].lower() in names for tag in tags)


def _unless_there_is(kind: str) -> Any:
    def shorten(stock: Function) -> Function:
        from weasyprint.formatting_structure import boxes

        container = vars(boxes)[kind]

        def arrange(box: Any) -> Any:
            waiting = [box]
            while waiting:
                each = waiting.pop()
                if isinstance(each, container):
                    return stock(box)
                if not each.is_running():
                    waiting += each.children
            return box

        return arrange

    return shorten
