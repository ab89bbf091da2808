"""Paragraphs and their runs: every printed value has a run of its own, so that it can be marked and found again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drafter.outline import Paragraph
from drafter.source import Line
from drafter.word.element import Element, run, w

MISSING = "yellow"
"""Highlight of a fact that is not known yet."""


def paragraph(style: str, content: Iterable[Element], *properties: Element | None) -> Element:
    """A w:p in a style (by id); `properties` stand in its w:pPr, in the order of the schema."""
    made = w("p", w("pPr", w("pStyle", val=style), *properties))
    made.extend(content)
    return made


def blank(*, keep: bool = False) -> Element:
    """An empty line of the body's pitch; `keep`: it stays on the page of the next paragraph."""
    return w("p", w("pPr", w("keepNext"))) if keep else w("p")


def flow(words: Paragraph) -> Iterator[Line]:
    """The lines whose runs make up a paragraph: the lead, then marker, heading and text of every item."""
    yield words.lead
    for point in words.points:
        yield Line(str(point.marker))
        yield point.heading
        yield point.text


def runs(*lines: Line, style: str = "") -> Iterator[Element]:
    """The runs of lines set one behind another, in a character style: one for every value, one for all between."""
    typed = ""
    for text, mark in (piece for line in lines for piece in line.pieces()):
        if mark is None or mark.origin is None:
            typed += text
            continue
        if typed:
            yield run(typed, style)
            typed = ""
        yield run(text, style, MISSING if mark.origin.missing else "")
    if typed:
        yield run(typed, style)
