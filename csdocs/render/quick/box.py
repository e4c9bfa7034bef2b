"""A shorter way through the boxes of a page: what is asked of every box, many times, is asked in fewer steps."""

from typing import Any

from csdocs.render.quick.shortcut import Function, Shortcut, Source, instead

_EDGES = ("top", "right", "bottom", "left")

_Edge = tuple[tuple[int, float, int], tuple[str, float, Any]]


def shortcuts() -> tuple[Shortcut, ...]:
    import weasyprint.layout.float as floats
    import weasyprint.layout.table as table
    from weasyprint.formatting_structure.boxes import Box

    flow = (
        Source(Box, "is_floated", "6e6071b81868ea92"),
        Source(Box, "is_absolutely_positioned", "397e0c33b3087681"),
        Source(Box, "is_running", "1c451d5c39f4a663"),
        Source(Box, "is_footnote", "3550ea0c86860187"),
        Source(Box, "is_note", "2651f1110437e2e3"),
    )
    across = (Source(Box, "padding_width", "ab08b097ae2fd487"), Source(Box, "border_width", "3ee3e21e46d586ca"))
    along = (Source(Box, "padding_height", "ea40fad17c4f0201"), Source(Box, "border_height", "a4ec4bd0cb844ee6"))
    return (
        Shortcut(Box, "copy", "22622e6493869089", instead(_copy)),
        Shortcut(Box, "is_in_normal_flow", "5f49d6ab23da7e51", _is_in_normal_flow, flow),
        Shortcut(Box, "border_width", "3ee3e21e46d586ca", instead(_border_width), across),
        Shortcut(Box, "margin_width", "d60bf065482b80d5", instead(_margin_width), across),
        Shortcut(Box, "border_height", "a4ec4bd0cb844ee6", instead(_border_height), along),
        Shortcut(Box, "margin_height", "2c8587a461512480", instead(_margin_height), along),
        Shortcut(floats, "avoid_collisions", "5fc7793c573af328", _avoid_collisions),
        Shortcut(table, "collapse_table_borders", "db721de3fd90b0a4", _collapse_table_borders),
    )


def _copy(box: Any) -> Any:
    new = object.__new__(type(box))
    new.__dict__ = box.__dict__.copy()
    return new


def _is_in_normal_flow(stock: Function) -> Function:
    def is_in_normal_flow(box: Any) -> Any:
        style = box.style
        return (style["float"] == "none" and style["position"] in ("static", "relative")) or stock(box)

    return is_in_normal_flow


# The sums of the library, added up in its order: so they are the same to the last bit.


def _border_width(box: Any) -> Any:
    inner = box.width + box.padding_left + box.padding_right
    return inner + box.border_left_width + box.border_right_width


def _margin_width(box: Any) -> Any:
    inner = box.width + box.padding_left + box.padding_right + box.border_left_width + box.border_right_width
    return inner + box.margin_left + box.margin_right


def _border_height(box: Any) -> Any:
    inner = box.height + box.padding_top + box.padding_bottom
    return inner + box.border_top_width + box.border_bottom_width


def _margin_height(box: Any) -> Any:
    inner = box.height + box.padding_top + box.padding_bottom + box.border_top_width + box.border_bottom_width
    return inner + box.margin_top + box.margin_bottom


def _avoid_collisions(stock: Function) -> Function:
    """Lines where nothing floats have all the room there is."""
    from weasyprint.formatting_structure.boxes import LineBox

    def avoid_collisions(context: Any, box: Any, around: Any, outer: bool = True) -> Any:
        alone = not outer and type(box) is LineBox and not context.excluded_shapes
        if not alone or box.style["float"] != "none" or around.style["direction"] != "ltr":
            return stock(context, box, around, outer)
        edge = around.content_box_x()
        left, right = edge + box.margin_left, edge + around.width - box.margin_right
        return left - box.margin_left, box.border_box_y() - box.margin_top, right - left

    return avoid_collisions


def _collapse_table_borders(stock: Function) -> Function:
    """Tables whose cells lie in one row each: what a style says of its four borders is worked out once."""

    def collapse_table_borders(table: Any, width: int, height: int) -> Any:
        rows = [row for group in table.children for row in group.children]
        plain = width and height and len(rows) == height and table.style["direction"] == "ltr"
        if not plain or any(cell.rowspan != 1 for row in rows for cell in row.children):
            return stock(table, width, height)
        grid = _Grid(width, height)
        for y, row in enumerate(rows):
            for cell in row.children:
                grid.join(y, cell.grid_x, cell.colspan)
                grid.place(cell, cell.grid_x, y, cell.colspan, 1)
        grid.place_around(table, rows)
        grid.give_widths(table, rows)
        return grid.vertical, grid.horizontal

    return collapse_table_borders


class _Grid:
    """The borders between the cells of a table; the stronger of two holds, or the one that came first."""

    def __init__(self, width: int, height: int) -> None:
        from weasyprint.layout.table import TRANSPARENT

        none: _Edge = ((0, 0, 0), ("none", 0, TRANSPARENT))
        self.hidden: _Edge = ((1, 0, 9), ("hidden", 0, TRANSPARENT))
        self.width, self.height = width, height
        self.vertical = [[none] * (width + 1) for _ in range(height)]
        self.horizontal = [[none] * width for _ in range(height + 1)]

    def join(self, y: int, x: int, span: int) -> None:
        """There is no border within a cell that spans columns."""
        for inner in range(x + 1, x + span):
            self.vertical[y][inner] = self.hidden

    def place_around(self, table: Any, rows: list[Any]) -> None:
        """In the order in which they win: rows, their groups, columns, their groups, the table."""
        for y, row in enumerate(rows):
            self.place(row, 0, y, self.width, 1)
        y = 0
        for group in table.children:
            self.place(group, 0, y, self.width, len(group.children))
            y += len(group.children)
        for group in table.column_groups:
            for column in group.children:
                self.place(column, column.grid_x, 0, 1, self.height)
        for group in table.column_groups:
            self.place(group, group.grid_x, 0, group.span, self.height)
        self.place(table, 0, 0, self.width, self.height)

    def place(self, box: Any, x: int, y: int, width: int, height: int) -> None:
        top, right, bottom, left = _edges(box.style)
        for row in self.vertical[y : y + height]:
            _strengthen(row, x, left)
            _strengthen(row, x + width, right)
        for column in range(x, x + width):
            _strengthen(self.horizontal[y], column, top)
            _strengthen(self.horizontal[y + height], column, bottom)

    def give_widths(self, table: Any, rows: list[Any]) -> None:
        """Half of each border belongs to either side."""
        columns = [column for group in table.column_groups for column in (group, *group.children)]
        for box in (*table.children, *rows, *columns):
            _set_widths(box, 0, 0, 0, 0)
        for y, row in enumerate(rows):
            for cell in row.children:
                x, end = cell.grid_x, cell.grid_x + cell.colspan
                _set_widths(
                    cell,
                    _thickest(self.horizontal[y][x:end]),
                    self.vertical[y][end][1][1],
                    _thickest(self.horizontal[y + 1][x:end]),
                    self.vertical[y][x][1][1],
                )
        first, last = self.vertical[0][0][1][1], self.vertical[0][self.width][1][1]
        _set_widths(table, _thickest(self.horizontal[0]), last, _thickest(self.horizontal[self.height]), first)


def _strengthen(borders: list[_Edge], place: int, edge: _Edge | None) -> None:
    if edge and borders[place][0] < edge[0]:
        borders[place] = edge


def _thickest(borders: list[_Edge]) -> float:
    return max(border[1][1] for border in borders)


def _set_widths(box: Any, top: float, right: float, bottom: float, left: float) -> None:
    box.border_top_width, box.border_right_width = top / 2, right / 2
    box.border_bottom_width, box.border_left_width = bottom / 2, left / 2


_STRENGTHS = ("none", "inset", "groove", "outset", "ridge", "dotted", "dashed", "solid", "double", "hidden")
_SHOWN = {"inset": "ridge", "outset": "groove"}


def _edges(style: Any) -> tuple[_Edge | None, ...]:
    """None for a border that no other gives way to."""
    kept: tuple[_Edge | None, ...] | None = style.__dict__.get("csdocs_edges")
    if kept is None:
        kept = style.__dict__["csdocs_edges"] = tuple([_edge(style, side) for side in _EDGES])
    return kept


def _edge(style: Any, side: str) -> _Edge | None:
    from weasyprint.draw.color import get_color

    line, width = style[f"border_{side}_style"], style[f"border_{side}_width"]
    score = (int(line == "hidden"), width, _STRENGTHS.index(line))
    if score <= (0, 0, 0):
        return None
    return score, (_SHOWN.get(line, line), width, get_color(style, f"border_{side}_color"))
