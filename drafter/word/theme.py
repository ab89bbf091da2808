"""theme1.xml: the colours, fonts and effects that Word offers in its menus; the least the schema allows.

Why at all: the text uses none of it, but Word's own schemas require the part of a document with styles.
"""

from __future__ import annotations

from drafter.layout.model import Layout
from drafter.word.element import Element, etree, xml

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_COLOURS = (
    ("dk1", "000000"), ("lt1", "FFFFFF"), ("dk2", "44546A"), ("lt2", "E7E6E6"), ("accent1", "C00000"),
    ("accent2", "4472C4"), ("accent3", "70AD47"), ("accent4", "FFC000"), ("accent5", "5B9BD5"), ("accent6", "7F7F7F"),
    ("hlink", "0563C1"), ("folHlink", "954F72"),
)  # fmt: skip


def theme(layout: Layout) -> bytes:
    """word/theme/theme1.xml with the layout's fonts for headings and text."""
    elements = _a("themeElements", _colours(layout), _fonts(layout), _effects(layout))
    return xml(_a("theme", elements, name=layout.name))


def _a(tag: str, *children: Element, **values: str) -> Element:
    made = etree.Element(f"{{{_A}}}{tag}", values, {"a": _A})
    made.extend(children)
    return made


def _colours(layout: Layout) -> Element:
    return _a("clrScheme", *(_a(name, _a("srgbClr", val=code)) for name, code in _COLOURS), name=layout.name)


def _fonts(layout: Layout) -> Element:
    rows = (("majorFont", layout.level(1).font), ("minorFont", layout.body.font))
    faces = (
        _a(kind, _a("latin", typeface=layout.latin), _a("ea", typeface=font), _a("cs", typeface=""))
        for kind, font in rows
    )
    return _a("fontScheme", *faces, name=layout.name)


def _effects(layout: Layout) -> Element:
    """The format scheme: three plain rows of every kind, as the schema wants."""

    def fill() -> Element:
        return _a("solidFill", _a("schemeClr", val="phClr"))

    fills = _a("fillStyleLst", *(fill() for _ in range(3)))
    lines = _a("lnStyleLst", *(_a("ln", fill(), w="6350") for _ in range(3)))
    shadows = _a("effectStyleLst", *(_a("effectStyle", _a("effectLst")) for _ in range(3)))
    grounds = _a("bgFillStyleLst", *(fill() for _ in range(3)))
    return _a("fmtScheme", fills, lines, shadows, grounds, name=layout.name)
