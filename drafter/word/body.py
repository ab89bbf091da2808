"""word/document.xml: an outline as paragraphs and tables, in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby, pairwise

from drafter.outline import Block, Outline, Paragraph, Section, Table
from drafter.source import Line, Mark
from drafter.word import styles
from drafter.word.base import EVEN, ODD
from drafter.word.element import MOST_COLUMNS, Element, R, halves, run, w, xml
from drafter.word.layout import Layout
from drafter.word.pipes import unescaped

MISSING = "yellow"
"""Highlight of a fact that is not known yet."""


def document(outline: Outline, layout: Layout) -> bytes:
    """The main part of the report."""
    body = w("body", *_elements(outline, layout), _section(layout))
    return xml(w("document", body))


def _elements(outline: Outline, layout: Layout) -> Iterator[Element]:
    """Everything in the body but the page set-up; two tables never touch, since Word would make them one."""
    made = list(_head(outline))
    made.extend(_blocks(outline.blocks, layout))
    for section in outline.sections:
        made.extend(_sections(section, layout))
    if outline.signature:
        _keep_with_signature(made)
        made.extend(_signature(outline.signature, layout))
    for element, following in pairwise([*made, None]):
        assert element is not None
        yield element
        if _is_table(element) and (following is None or _is_table(following)):
            yield _blank()


def _is_table(element: Element) -> bool:
    return str(element.tag).endswith("}tbl")


def _head(outline: Outline) -> Iterator[Element]:
    """Title, one blank line, 主送. Source: GB/T 9704-2012 7.3.1, 7.3.2."""
    if outline.title:
        yield _paragraph(styles.TITLE, _runs(outline.title))
        yield _blank(keep=True)
    if outline.addressee:
        yield _paragraph(styles.ADDRESSEE, _runs(outline.addressee))


def _sections(section: Section, layout: Layout) -> Iterator[Element]:
    """A section and all under it; the heading and, run in, the first paragraph share a line."""
    blocks = section.blocks
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph) and (section.run_in or not section.heading):
        yield _opening(section, first)
        blocks = blocks[1:]
    else:
        yield _opening(section, None)
    yield from _blocks(blocks, layout)
    for below in section.sections:
        yield from _sections(below, layout)


def _opening(section: Section, first: Paragraph | None) -> Element:
    depth = section.marker.level.depth
    marker = Line(str(section.marker))
    if not section.heading:
        return _paragraph(styles.BODY, _runs(marker, *(_flow(first) if first else ())))
    if first is None:
        return _paragraph(styles.heading(depth), _runs(marker, section.heading))
    head = _runs(marker, section.heading, style=styles.run_in_head(depth))
    return _paragraph(styles.run_in(depth), chain(head, _runs(*_flow(first))))


def _blocks(blocks: tuple[Block, ...], layout: Layout) -> Iterator[Element]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _paragraph(styles.BODY, _runs(*_flow(block)))
        else:
            yield from _table(block, layout)


def _flow(paragraph: Paragraph) -> Iterator[Line]:
    """The lines whose runs make up a paragraph: the lead, then marker, heading and text of every item."""
    yield paragraph.lead
    for point in paragraph.points:
        yield Line(str(point.marker))
        yield point.heading
        yield point.text


def _runs(*lines: Line, style: str = "") -> Iterator[Element]:
    """The runs of lines set one behind another: one run for every value, one for all typed text between values."""
    pieces = (piece for line in lines for piece in line.pieces())
    for mark, group in groupby(pieces, key=_value):
        text = "".join(text for text, _ in group)
        yield run(text, style, MISSING if mark and mark.origin and mark.origin.missing else "")


def _value(piece: tuple[str, Mark | None]) -> Mark | None:
    """The mark of a printed value; None for typed text."""
    mark = piece[1]
    return mark if mark is not None and mark.origin is not None else None


def _paragraph(style: str, runs: Iterable[Element], *properties: Element | None) -> Element:
    made = w("p", w("pPr", w("pStyle", val=style), *properties))
    made.extend(runs)
    return made


def _blank(*, keep: bool = False) -> Element:
    """An empty line of the body's pitch."""
    return w("p", w("pPr", w("keepNext"))) if keep else w("p")


def _signature(lines: tuple[Line, ...], layout: Layout) -> Iterator[Element]:
    """One blank line, then 署名 and 成文日期, the last line being the date.

    Source: GB/T 9704-2012 7.3.5.2 (without seal): 署名 ends 2 字 before the edge and the date begins 2 字 behind the
    first 字 of 署名; where the date is the longer one, it ends 2 字 before the edge and 署名 moves left.
    """
    *names, date = lines
    widths = [min(halves(name.text), _WIDEST) for name in names]
    widest, day = max(widths, default=0), min(halves(date.text), _WIDEST)
    left = 4 + widest if widest >= day else 8 + day
    yield _blank(keep=True)
    for name, width in zip(names, widths, strict=True):
        yield _paragraph(styles.SIGNATURE, _runs(name), w("keepNext"), _right(left - width, layout))
    yield _paragraph(styles.DATE, _runs(date), _right(left - 4 - day if names else 4, layout))


_WIDEST = 40
"""Widest line of a signature that is placed by its width, in half 字: longer ones are taken for this."""


def _right(half: int, layout: Layout) -> Element:
    """Right indent in half 字, in both units like the first-line indent."""
    return w("ind", rightChars=half * 50, right=half * layout.pitch // 2)


def _keep_with_signature(elements: list[Element]) -> None:
    """Keeps the last paragraph of the text on the page of the signature. Source: GB/T 9704-2012 7.3.5.5."""
    if not elements or _is_table(elements[-1]):
        return
    properties = elements[-1].find("{*}pPr")
    if properties is not None and properties.find("{*}keepNext") is None:
        properties.insert(1, w("keepNext"))


def _table(table: Table, layout: Layout) -> Iterator[Element]:
    """Caption above, centred, and a bordered table as wide as the text, its header repeated on every page."""
    if table.caption:
        yield _paragraph(styles.CAPTION, _runs(table.caption))
    grid = _Grid.of(table, layout.page.text_width)
    if not grid.widths:
        return
    look = w("tblPr", w("tblStyle", val=styles.GRID), w("tblW", w=sum(grid.widths), type="dxa"), w("jc", val="center"),
             w("tblLayout", type="fixed"))  # fmt: skip
    made = w("tbl", look, w("tblGrid", *(w("gridCol", w=width) for width in grid.widths)))
    for index, row in enumerate(grid.rows):
        made.append(_row(row, grid, header=index == 0))
    yield made


def _row(cells: tuple[Line, ...], grid: _Grid, *, header: bool) -> Element:
    made = w("tr", w("trPr", w("cantSplit"), w("tblHeader") if header else None))
    for cell, width, figures in zip(cells, grid.widths, grid.figures, strict=True):
        right = w("jc", val="right") if figures and not header else None
        text = _paragraph(styles.HEAD if header else styles.CELL, _runs(cell), right)
        made.append(w("tc", w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val="center")), text))
    return made


_FIGURE = re.compile(r"[-+−－±]?\d[\d,，.]*[%％‰]?")
_EMPTY = re.compile("[-—－/]*")


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table made regular: every row as long as the longest."""

    rows: tuple[tuple[Line, ...], ...]
    widths: tuple[int, ...]
    """Of the columns, in twips; their sum is the width of the 版心."""
    figures: tuple[bool, ...]
    """Which columns hold figures alone under their head, and are set to the right."""

    @staticmethod
    def of(table: Table, total: int) -> _Grid:
        rows = [_narrowed(tuple(unescaped(cell) for cell in row)) for row in table.rows]
        count = max((len(row) for row in rows), default=0)
        filled = tuple((*row, *[Line("")] * (count - len(row))) for row in rows)
        wants = [min(max(halves(row[c].text) for row in filled), 36) + 4 for c in range(count)]
        edges = [total * sum(wants[:c]) // sum(wants) for c in range(count + 1)] if wants else []
        figures = tuple(_is_figures([row[c].text for row in filled[1:]]) for c in range(count))
        return _Grid(filled, tuple(b - a for a, b in pairwise(edges)), figures)


def _is_figures(cells: list[str]) -> bool:
    told = [cell for cell in cells if not _EMPTY.fullmatch(cell)]
    return bool(told) and all(_FIGURE.fullmatch(cell) for cell in told)


def _narrowed(row: tuple[Line, ...]) -> tuple[Line, ...]:
    """The row with what is over Word's limit gathered in its last cell."""
    if len(row) <= MOST_COLUMNS:
        return row
    last = Line(" | ".join(cell.text for cell in row[MOST_COLUMNS - 1 :]))
    return (*row[: MOST_COLUMNS - 1], last)


def _section(layout: Layout) -> Element:
    """Page set-up: paper, margins, two footers. Source: GB/T 9704-2012 5.1–5.2, 7.5."""
    page = layout.page
    margins = {side: getattr(page, side) for side in ("top", "right", "bottom", "left", "header", "footer")}
    return w(
        "sectPr",
        _footer_reference("default", ODD),
        _footer_reference("even", EVEN),
        w("pgSz", w=page.width, h=page.height),
        w("pgMar", **margins, gutter=0),
        w("docGrid", type="lines", linePitch=layout.body.line),
    )


def _footer_reference(kind: str, relation: str) -> Element:
    made = w("footerReference", type=kind)
    made.set(f"{{{R}}}id", relation)
    return made
