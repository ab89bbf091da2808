"""The alphabet of WordprocessingML: namespaces, one maker of elements, and text that XML can hold.

The one module that imports lxml at once: the doors (write, read) import it, and what builds on it, inside their
functions.
"""

from __future__ import annotations

import re
from copy import copy
from functools import lru_cache

from lxml import etree as etree  # noqa: PLC0414, TID253 - see above

from drafter.unseen import legal as legal  # noqa: PLC0414
from drafter.unseen import printable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NAMES = {"w": W, "r": R}

MOST_COLUMNS = 63
"""Word calls a file with a wider table damaged."""

Element = etree._Element
"""An lxml element; lxml has no public name for its type."""


def w(tag: str, *children: Element | None, **values: object) -> Element:
    """An element of the w: namespace with w: attributes; children that are None are left out."""
    made = copy(_bare(tag, **values))
    for child in children:
        if child is not None:
            made.append(child)
    return made


@lru_cache(4096)
def _bare(tag: str, **values: object) -> Element:
    """The element without children, to be copied. Why kept: a copy takes a quarter of the time of making one anew."""
    return etree.Element(f"{{{W}}}{tag}", {f"{{{W}}}{k}": str(v) for k, v in values.items()}, _NAMES)


def xml(root: Element) -> bytes:
    """A part as bytes: UTF-8 with declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


_BREAKS = re.compile("(\t|\r\n|\n|\r)")
_SHARED = re.compile("[\u00a7-\u00b7\u00d7\u00f7\u0370-\u03ff\u2010-\u2bff]")
"""Characters that Chinese and Latin fonts both have: “”‘’—…·×Ⅲ①→ and their kin."""


def run(text: str, style: str = "", highlight: str = "") -> Element:
    """A w:r with the text; tabs and line ends become their elements.

    Why the hint: without it Word prints “ ” — … from the Latin font, narrow (official-style.md 1.12).
    """
    made = w("r")
    looks = [
        w("rStyle", val=style) if style else None,
        w("rFonts", hint="eastAsia") if _SHARED.search(text) else None,
        w("highlight", val=highlight) if highlight else None,
    ]
    if any(look is not None for look in looks):
        made.append(w("rPr", *looks))
    for piece in _BREAKS.split(printable(text)):
        if piece:
            made.append(_content(piece))
    return made


def _content(piece: str) -> Element:
    if piece == "\t":
        return w("tab")
    if piece in ("\r\n", "\n", "\r"):
        return w("br")
    made = w("t")
    made.text = piece
    if piece != piece.strip() or "  " in piece:
        made.set(SPACE, "preserve")
    return made
