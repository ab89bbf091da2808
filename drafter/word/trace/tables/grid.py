"""The rows and columns of a table in the file: how they are read, fitted to each other, and kept whole when some go."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.word.element import Element, W, w
from drafter.word.kinds import attribute, child, found, kind, number, value
from drafter.word.trace.bookmarks import detach

_VAL = f"{{{W}}}val"


def above(element: Element, name: str) -> Element | None:
    """The nearest ancestor of a kind."""
    return next((one for one in element.iterancestors() if kind(one) == name), None)


def rows_of(table: Element) -> list[Element]:
    """The rows of a table, through what wraps them."""
    return [one for _, one in found(table, ("tr",))]


def cells_of(row: Element) -> list[Element]:
    """The cells of a row, through what wraps them."""
    return [one for _, one in found(row, ("tc",))]


def span(cell: Element) -> int:
    """How many columns a cell covers."""
    return max(number(value(child(cell, "tcPr"), ("gridSpan",))) or 1, 1)


def merge(cell: Element) -> str:
    """restart, continue, or '' for a cell that is not merged downward."""
    told = value(child(cell, "tcPr"), ("vMerge",))
    return "" if told is None else told or "continue"


def is_head(row: Element) -> bool:
    """Whether a row is repeated on every page."""
    return value(child(row, "trPr"), ("tblHeader",)) not in (None, "0", "false", "off")


def repeat(row: Element, *, on: bool) -> None:
    """A row is repeated on every page, or is not."""
    properties = child(row, "trPr")
    if properties is None:
        properties = w("trPr")
        row.insert(int(child(row, "tblPrEx") is not None), properties)
    for one in [one for one in properties if kind(one) == "tblHeader"]:
        properties.remove(one)
    if on:
        properties.append(w("tblHeader"))
    elif not len(properties):
        row.remove(properties)


def fit(row: Element, table: Element) -> None:
    """Give a row as many columns as a table has: text beyond stands in its last cell, which covers what is left."""
    grid = child(table, "tblGrid")
    widths = [number(attribute(one, "w")) or 0 for one in grid if kind(one) == "gridCol"] if grid is not None else []
    cells = cells_of(row)
    if not widths or not cells:
        return
    while len(cells) > 1 and sum(map(span, cells[:-1])) >= len(widths):
        beyond = cells.pop()
        cells[-1].extend([one for one in beyond if kind(one) != "tcPr"])
        detach(beyond)
    spans = [span(cell) for cell in cells]
    spans[-1] = max(len(widths) - sum(spans[:-1]), 1)
    column = 0
    for cell, columns in zip(cells, spans, strict=True):
        _cover(cell, columns, sum(widths[column : column + columns]))
        column += columns


def _cover(cell: Element, columns: int, width: int) -> None:
    """A cell over so many columns, so wide."""
    properties = _properties(cell)
    for one in [one for one in properties if kind(one) in ("tcW", "gridSpan", "hMerge")]:
        properties.remove(one)
    place = int(child(properties, "cnfStyle") is not None)
    properties.insert(place, w("tcW", w=width, type="dxa"))
    if columns > 1:
        properties.insert(place + 1, w("gridSpan", val=columns))


def _properties(cell: Element) -> Element:
    properties = child(cell, "tcPr")
    if properties is None:
        properties = w("tcPr")
        cell.insert(0, properties)
    return properties


def mend(table: Element) -> None:
    """Make a table whole again: cells that go on begin above, heads of pages stand at the top."""
    before: dict[int, int] = {}
    heads = True
    for row in rows_of(table):
        column, open_ = 0, {}
        for cell in cells_of(row):
            told, columns = merge(cell), span(cell)
            if told == "continue" and before.get(column) != columns:
                _restart(cell)
            if told:
                open_[column] = columns
            column += columns
        before = open_
        heads = heads and is_head(row)
        if is_head(row) and not heads:
            repeat(row, on=False)


def _restart(cell: Element) -> None:
    told = child(child(cell, "tcPr"), "vMerge")
    if told is not None:
        told.set(_VAL, "restart")


def show(paragraph: Element) -> None:
    """A cell that was given text begins a merge of its own: Word does not show the text of one that goes on."""
    cell = above(paragraph, "tc")
    if cell is not None and merge(cell) == "continue" and any(one.text for one in paragraph.iter(f"{{{W}}}t")):
        _restart(cell)


def hand_down(row: Element) -> None:
    """What a merged cell says, before its first row goes, is said by the cell below, where that says nothing itself."""
    table = above(row, "tbl")
    rows = rows_of(table) if table is not None else []
    place = rows.index(row) + 1 if row in rows else 0
    if not 0 < place < len(rows):
        return
    below = dict(_columns(rows[place]))
    for column, cell in _columns(row):
        other = below.get(column)
        if merge(cell) != "restart" or other is None or merge(other) != "continue" or span(other) != span(cell):
            continue
        if not any(one.text for one in other.iter(f"{{{W}}}t")):
            for one in [one for one in other if kind(one) != "tcPr"]:
                other.remove(one)
            other.extend([one for one in cell if kind(one) != "tcPr"])
            cell.append(w("p"))


def _columns(row: Element) -> Iterator[tuple[int, Element]]:
    column = 0
    for cell in cells_of(row):
        yield column, cell
        column += span(cell)
