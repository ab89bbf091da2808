"""Pictures as data: addresses, charts as drawings with their numbers behind them."""

from __future__ import annotations

from base64 import b64encode

from drafter.outline import Chart
from drafter.page.markup import declared, element, escaped, opening, pt
from drafter.page.press import Press
from drafter.page.words import line
from drafter.pictures.raster import raster
from drafter.typeset.sheet import Drawing, Picture

KINDS = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "bmp": "image/bmp"}
"""Kind of a picture → media type; what stands not here (tiff) browsers do not show."""
PIXEL = 15
"""Twips in a pixel of CSS."""


def picture(item: Picture, press: Press) -> str:
    """An image with its bytes; where there are none, or none that a browser shows, its path in a frame.

    A picture that must be turned says so itself (EXIF), and browsers do it.
    """
    image = item.image
    data = press.pictures.get(image.path, b"")
    found = raster(data)
    kind = KINDS.get(found.kind, "") if found else ""
    if not kind:
        return element("figure", element("p", f"图片：{escaped(image.path)}", class_="lost"))
    address = f"data:{kind};base64,{b64encode(data).decode('ascii')}"
    size = declared(width=pt(item.width), aspect_ratio=f"{item.width}/{item.height}")
    return element(
        "figure", opening("img", src=address, alt=image.caption.text or image.path, style=size), class_="keep"
    )


def drawing(item: Drawing, press: Press) -> str:
    """A chart, and its numbers as a table that opens on the screen: they tell where they come from."""
    from drafter.typeset.svg import svg

    made = svg(item.chart, item.width // PIXEL, item.height // PIXEL)
    behind = element("details", element("summary", "图上的数和出处") + _numbers(item.chart, press))
    return element("figure", made + behind, class_="keep")


def _numbers(chart: Chart, press: Press) -> str:
    rows = (
        element(
            "tr", "".join(element("td" if at and place else "th", line(cell, press)) for place, cell in enumerate(row))
        )
        for at, row in enumerate(chart.rows)
    )
    return element("table", "".join(rows))
