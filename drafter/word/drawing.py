"""What stands in a line as a drawing: the alphabet of DrawingML, and the paragraph around a chart or picture."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from functools import lru_cache

from drafter.word.element import Element, R, etree, legal, w

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
SPACES = {"a": A, "c": C, "pic": PIC, "wp": WP, "r": R}
EMU = 635
"""English metric units in a twip."""
NAME_LIMIT, TOLD_LIMIT = 255, 4000
"""Characters of a drawing's name and of its alternative text."""

Children = Iterable[Element | None]


def d(name: str, /, *children: Element | None, **values: object) -> Element:
    """An element by prefix and tag (c:ser) with plain attributes; children that are None are left out."""
    made = copy(_bare(name, **values))
    for child in children:
        if child is not None:
            made.append(child)
    return made


@lru_cache(1024)
def _bare(name: str, /, **values: object) -> Element:
    prefix, _, tag = name.partition(":")
    return etree.Element(f"{{{SPACES[prefix]}}}{tag}", {k: str(v) for k, v in values.items()}, SPACES)


def said(name: str, words: str) -> Element:
    """An element with a text."""
    made = d(name)
    made.text = words
    return made


def related(made: Element, key: str, relation: str) -> Element:
    """The element with an r: attribute that leads to a part."""
    made.set(f"{{{R}}}{key}", relation)
    return made


def inline(graphic: Element, number: int, size: tuple[int, int], words: tuple[str, str], *, reach: int = 0) -> Element:
    """A centred paragraph that holds one drawing in its line, kept with the caption below it.

    `size` is (width, height) in twips; `words` are its name and what it shows for readers who do not see it; `reach`
    is how far a turned picture goes beyond its box above and below, in twips.
    Why not an exact pitch: it would cut everything of the drawing that is higher than one line.
    """
    width, height = (length * EMU for length in size)
    name, told = words
    about = {"id": number, "name": legal(name)[:NAME_LIMIT], "descr": legal(told)[:TOLD_LIMIT]}
    kind = str(graphic.tag).rpartition("}")[2]
    uri = C if kind == "chart" else PIC
    edges = {"l": 0, "t": reach * EMU, "r": 0, "b": reach * EMU}
    frame = d(
        "wp:inline",
        d("wp:extent", cx=width, cy=height),
        d("wp:effectExtent", **edges),
        d("wp:docPr", **about),
        d("wp:cNvGraphicFramePr", d("a:graphicFrameLocks", noChangeAspect=1) if kind == "pic" else None),
        d("a:graphic", d("a:graphicData", graphic, uri=uri)),
        distT=0, distB=0, distL=0, distR=0,
    )  # fmt: skip
    look = w(
        "pPr",
        w("keepNext"),
        w("spacing", before=0, after=0, line=240, lineRule="auto"),
        w("ind", firstLineChars=0, firstLine=0),
        w("jc", val="center"),
    )
    return w("p", look, w("r", w("drawing", frame)))
