"""Pictures in Word: the file as it is but for what tells of people and places, in a drawing with a text for the blind."""

from __future__ import annotations

from drafter.layout.model import Layout
from drafter.pictures.privacy import clean
from drafter.pictures.raster import Raster, raster
from drafter.typeset.sheet import Picture
from drafter.word.drawing import EMU, d, inline, related
from drafter.word.element import Element, legal
from drafter.word.parts import Parts

_TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "bmp": "image/bmp", "tiff": "image/tiff"}
_TURNS = {
    3: (180, ""),
    4: (180, "flipH"),
    2: (0, "flipH"),
    5: (90, "flipV"),
    6: (90, ""),
    7: (270, "flipV"),
    8: (270, ""),
}
"""EXIF orientation → (degrees clockwise, mirrored before it)."""
DEGREE = 60000
"""Units of a:xfrm in a degree."""


def picture(item: Picture, data: bytes, parts: Parts, layout: Layout) -> Element:
    """The paragraph of a picture; the file is added to the parts, once however often it is shown.

    Shapes: `data` is a file that `drafter.pictures.raster` reads.
    """
    del layout
    found = raster(data)
    assert found is not None, item.image.path
    name = f"word/media/image{{}}.{'jpeg' if found.kind == 'jpg' else found.kind}"
    relation = parts.once(name, clean(data), _TYPES[found.kind], "image")
    number = parts.drawing_id()
    told = item.image.caption.text or "图片"
    width, height = item.width, item.height
    box = (height, width) if found.sideways else (width, height)
    graphic = _graphic(relation, number, f"图片{number}", box, found)
    reach = max(0, (box[0] - box[1]) // 2) if found.sideways else 0
    return inline(graphic, number, box, (f"图片{number}", told), reach=reach)


def _graphic(relation: str, number: int, name: str, box: tuple[int, int], found: Raster) -> Element:
    about = d("pic:cNvPr", id=number, name=legal(name))
    fill = d("pic:blipFill", related(d("a:blip"), "embed", relation), d("a:stretch", d("a:fillRect")))
    width, height = (length * EMU for length in box)
    degrees, mirrored = _TURNS.get(found.orientation, (0, ""))
    turned = {"rot": degrees * DEGREE} if degrees else {}
    flipped = {mirrored: 1} if mirrored else {}
    place = d("a:xfrm", d("a:off", x=0, y=0), d("a:ext", cx=width, cy=height), **turned, **flipped)
    look = d("pic:spPr", place, d("a:prstGeom", d("a:avLst"), prst="rect"))
    return d("pic:pic", d("pic:nvPicPr", about, d("pic:cNvPicPr")), fill, look)
