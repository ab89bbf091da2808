"""The page number of a landscape page: at the left edge, turned, so that it stands where it does on upright sheets.

Source: GB/T 9704-2012 clause 8. Why a text box: no paragraph of a footer can stand beside the text. The box is written
twice, in DrawingML for Word and WPS and in VML for older readers. Why wrapped: LibreOffice puts a box of a footer that
is not into the corner of the page; it stands beside the text, so nothing flows around it.
"""

from __future__ import annotations

from drafter.layout.model import Layout
from drafter.word.element import Element, etree, w

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_V = "urn:schemas-microsoft-com:vml"
_NAMES = {"wp": _WP, "a": _A, "wps": _WPS, "mc": _MC, "v": _V}
EMU = 635
"""EMU in a twip."""
LENGTH = 3000
"""Length of the box in twips: room for any number."""


def sideways(layout: Layout, side: str, key: int) -> Element:
    """The paragraph of a footer with the number at the outer edge of odd (`right`) or even (`left`) sheets."""
    from drafter.word.base import page_number

    left, top = _corner(layout, side)
    words = page_number(layout, side)
    indent = words.find("{*}pPr/{*}ind")
    if indent is not None:
        indent.getparent().remove(indent)  # type: ignore[union-attr]
    choice = _e("mc:Choice", _anchor(layout, left, top, key, words), Requires="wps")
    return w("p", w("r", _e("mc:AlternateContent", choice, _e("mc:Fallback", _vml(layout, left, top, words)))))


def _corner(layout: Layout, side: str) -> tuple[int, int]:
    """Upper left corner of the box on the landscape page, in twips: one 字 from the edge of the 版心 as it lies."""
    page, numbers, look = layout.page, layout.numbers, layout.looks["页码"]
    inset = numbers.inset * look.size // 10
    top = page.left + inset if side == "left" else page.width - page.right - inset - LENGTH
    return page.bottom - numbers.gap - look.line // 2, top


def _anchor(layout: Layout, left: int, top: int, key: int, words: Element) -> Element:
    size = {"cx": layout.looks["页码"].line * EMU, "cy": LENGTH * EMU}
    anchor = _e(
        "wp:anchor",
        _e("wp:simplePos", x=0, y=0),
        _e("wp:positionH", _text("wp:posOffset", left * EMU), relativeFrom="page"),
        _e("wp:positionV", _text("wp:posOffset", top * EMU), relativeFrom="page"),
        _e("wp:extent", **size),
        _e("wp:effectExtent", l=0, t=0, r=0, b=0),
        _e("wp:wrapSquare", wrapText="bothSides"),
        _e("wp:docPr", id=key, name=f"页码{key}"),
        _e("wp:cNvGraphicFramePr"),
        _e("a:graphic", _e("a:graphicData", _shape(size, words), uri=_WPS)),
        distT=0, distB=0, distL=0, distR=0, simplePos=0, relativeHeight=key, behindDoc=0, locked=0, layoutInCell=1,
        allowOverlap=1,
    )  # fmt: skip
    return w("drawing", anchor)


def _shape(size: dict[str, int], words: Element) -> Element:
    frame = _e("a:xfrm", _e("a:off", x=0, y=0), _e("a:ext", **size))
    look = _e(
        "wps:spPr", frame, _e("a:prstGeom", _e("a:avLst"), prst="rect"), _e("a:noFill"), _e("a:ln", _e("a:noFill"))
    )
    body = _e("wps:bodyPr", vert="vert", wrap="square", lIns=0, tIns=0, rIns=0, bIns=0, anchor="t")
    box = _e("wps:txbx", w("txbxContent", _copy(words)))
    return _e("wps:wsp", _e("wps:cNvSpPr", txBox=1), look, box, body)


def _vml(layout: Layout, left: int, top: int, words: Element) -> Element:
    places = (("left", left), ("top", top), ("width", layout.looks["页码"].line), ("height", LENGTH))
    points = ";".join(
        f"{'margin-' if name in ('left', 'top') else ''}{name}:{value / 20:g}pt" for name, value in places
    )
    look = f"position:absolute;{points};mso-position-horizontal-relative:page;mso-position-vertical-relative:page"
    box = _e("v:textbox", w("txbxContent", _copy(words)), style="layout-flow:vertical", inset="0,0,0,0")
    return w("pict", _e("v:rect", box, style=look, filled="f", stroked="f"))


def _copy(words: Element) -> Element:
    from copy import deepcopy

    return deepcopy(words)


def _e(tag: str, *children: Element, **values: object) -> Element:
    prefix, _, name = tag.partition(":")
    made = etree.Element(f"{{{_NAMES[prefix]}}}{name}", {k: str(v) for k, v in values.items()}, _NAMES)
    made.extend(children)
    return made


def _text(tag: str, value: object) -> Element:
    made = _e(tag)
    made.text = str(value)
    return made
