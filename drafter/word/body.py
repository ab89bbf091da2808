"""word/document.xml: an outline as paragraphs and tables, in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise

from drafter import style
from drafter.outline import Block, Outline, Paragraph, Section
from drafter.source import Line
from drafter.word import styles
from drafter.word.base import EVEN, ODD
from drafter.word.element import Element, R, halves, w, xml
from drafter.word.layout import Layout
from drafter.word.paragraph import blank, flow, paragraph, runs
from drafter.word.table import table


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
            yield blank()


def _is_table(element: Element) -> bool:
    return str(element.tag).endswith("}tbl")


def _head(outline: Outline) -> Iterator[Element]:
    """Title, one blank line, 主送. Source: GB/T 9704-2012 7.3.1, 7.3.2."""
    if outline.title:
        yield paragraph(styles.TITLE, runs(outline.title))
        yield blank(keep=True)
    if outline.addressee:
        yield paragraph(styles.ADDRESSEE, runs(outline.addressee))


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
    words = [section.heading, *(flow(first) if first else ())]
    marker = Line(style.before(section.marker, next((line.text for line in words if line), "")))
    if not section.heading:
        return paragraph(styles.BODY, runs(marker, *words))
    if first is None:
        return paragraph(styles.heading(depth), runs(marker, section.heading))
    head = runs(marker, section.heading, style=styles.run_in_head(depth))
    return paragraph(styles.run_in(depth), chain(head, runs(*flow(first))))


def _blocks(blocks: tuple[Block, ...], layout: Layout) -> Iterator[Element]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield paragraph(styles.BODY, runs(*flow(block)))
        else:
            yield from table(block, layout)


def _signature(lines: tuple[Line, ...], layout: Layout) -> Iterator[Element]:
    """One blank line, then 署名 and 成文日期, the last line being the date.

    Source: GB/T 9704-2012 7.3.5.2 (without seal): 署名 ends 2 字 before the edge and the date begins 2 字 behind the
    first 字 of 署名; where the date is the longer one, it ends 2 字 before the edge and 署名 moves left.
    """
    *names, date = lines
    widths = [min(halves(name.text), _WIDEST) for name in names]
    widest, day = max(widths, default=0), min(halves(date.text), _WIDEST)
    left = 4 + widest if widest >= day else 8 + day
    yield blank(keep=True)
    for name, width in zip(names, widths, strict=True):
        yield paragraph(styles.SIGNATURE, runs(name), w("keepNext"), _right(left - width, layout))
    yield paragraph(styles.DATE, runs(date), _right(left - 4 - day if names else 4, layout))


_WIDEST = 40
"""Widest line of a signature that is placed by its width, in half 字: longer ones are taken for this."""


def _right(half: int, layout: Layout) -> Element:
    """Right indent in half 字, in both units like the first-line indent."""
    return w("ind", rightChars=half * 50, right=half * layout.pitch // 2)


def _keep_with_signature(elements: list[Element]) -> None:
    """Keeps the end of the text (a paragraph, or the last row of a table) on the page of the signature.

    Source: GB/T 9704-2012 7.3.5.5.
    """
    for last in elements[-1:]:
        for inside in (last[-1] if _is_table(last) else last).iter("{*}p"):
            properties = inside.find("{*}pPr")
            if properties is not None and properties.find("{*}keepNext") is None:
                properties.insert(1, w("keepNext"))


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
