"""A text box that stands at a place of the page: what no paragraph can do beside or below the text.

It is written twice, in DrawingML for Word and WPS and in VML for older readers. Why wrapped: LibreOffice puts a box of
a footer that is not into the corner of the page; boxes here stand beside or below the text, so nothing flows around.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from drafter.word.element import Element, etree, w

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_V = "urn:schemas-microsoft-com:vml"
_NAMES = {"wp": _WP, "a": _A, "wps": _WPS, "mc": _MC, "v": _V}
EMU = 635
"""EMU in a twip."""


@dataclass(frozen=True, slots=True)
class Box:
    """Place and size on the page in twips, from its upper left corner; `turned`: text runs downward, turned clockwise.

    Its content stands at the foot where `low`.
    """

    left: int
    top: int
    width: int
    height: int
    name: str
    turned: bool = False
    low: bool = False


def textbox(box: Box, key: int, content: Sequence[Element]) -> Element:
    """The run that holds the box; `key` is the id of its drawing."""
    choice = _e("mc:Choice", _anchor(box, key, content), Requires="wps")
    return w("r", _e("mc:AlternateContent", choice, _e("mc:Fallback", _vml(box, content))))


def _anchor(box: Box, key: int, content: Sequence[Element]) -> Element:
    size = {"cx": box.width * EMU, "cy": box.height * EMU}
    anchor = _e(
        "wp:anchor",
        _e("wp:simplePos", x=0, y=0),
        _e("wp:positionH", _text("wp:posOffset", box.left * EMU), relativeFrom="page"),
        _e("wp:positionV", _text("wp:posOffset", box.top * EMU), relativeFrom="page"),
        _e("wp:extent", **size),
        _e("wp:effectExtent", l=0, t=0, r=0, b=0),
        _e("wp:wrapSquare", wrapText="bothSides"),
        _e("wp:docPr", id=key, name=f"{box.name}{key}", descr=box.name),
        _e("wp:cNvGraphicFramePr"),
        _e("a:graphic", _e("a:graphicData", _shape(box, size, content), uri=_WPS)),
        distT=0, distB=0, distL=0, distR=0, simplePos=0, relativeHeight=key, behindDoc=0, locked=0, layoutInCell=1,
        allowOverlap=1,
    )  # fmt: skip
    return w("drawing", anchor)


def _shape(box: Box, size: dict[str, int], content: Sequence[Element]) -> Element:
    frame = _e("a:xfrm", _e("a:off", x=0, y=0), _e("a:ext", **size))
    shape = _e("a:prstGeom", _e("a:avLst"), prst="rect")
    look = _e("wps:spPr", frame, shape, _e("a:noFill"), _e("a:ln", _e("a:noFill")))
    way = {"vert": "vert"} if box.turned else {}
    edges = {"lIns": 0, "tIns": 0, "rIns": 0, "bIns": 0, "anchor": "b" if box.low else "t"}
    text = _e("wps:txbx", w("txbxContent", *map(deepcopy, content)))
    return _e("wps:wsp", _e("wps:cNvSpPr", txBox=1), look, text, _e("wps:bodyPr", **way, wrap="square", **edges))


def _vml(box: Box, content: Sequence[Element]) -> Element:
    places = (("margin-left", box.left), ("margin-top", box.top), ("width", box.width), ("height", box.height))
    points = ";".join(f"{name}:{value / 20:g}pt" for name, value in places)
    foot = ";v-text-anchor:bottom" if box.low else ""
    look = f"position:absolute;{points};mso-position-horizontal-relative:page;mso-position-vertical-relative:page{foot}"
    flow = {"style": "layout-flow:vertical"} if box.turned else {}
    text = _e("v:textbox", w("txbxContent", *map(deepcopy, content)), **flow, inset="0,0,0,0")
    return w("pict", _e("v:rect", text, style=look, filled="f", stroked="f"))


def _e(tag: str, *children: Element, **values: object) -> Element:
    prefix, _, name = tag.partition(":")
    made = etree.Element(f"{{{_NAMES[prefix]}}}{name}", {k: str(v) for k, v in values.items()}, _NAMES)
    made.extend(children)
    return made


def _text(tag: str, value: object) -> Element:
    made = _e(tag)
    made.text = str(value)
    return made
