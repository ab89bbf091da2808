"""Pictures as data: addresses, charts as drawings with their numbers behind them."""

from __future__ import annotations

from base64 import b64encode

from drafter.outline import Chart
from drafter.page.markup import declared, element, opening, pt
from drafter.page.press import Press
from drafter.page.words import line
from drafter.typeset.sheet import Drawing, Picture

KINDS = (
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"GIF8", 0, "image/gif"),
    (b"WEBP", 8, "image/webp"),
    (b"BM", 0, "image/bmp"),
)
"""(first bytes, where they stand, media type) of the pictures that browsers show."""
PIXEL = 15
"""Twips in a pixel of CSS."""


def picture(item: Picture, press: Press) -> str:
    """An image with its bytes; where there are none, or none that a browser shows, its path in a frame."""
    image = item.image
    data = press.pictures.get(image.path, b"")
    kind = next((name for head, at, name in KINDS if data[at : at + len(head)] == head), "")
    if not kind:
        return element("figure", element("p", f"图片：{image.path}", class_="lost"))
    address = f"data:{kind};base64,{b64encode(data).decode('ascii')}"
    size = declared(width=pt(item.width), aspect_ratio=f"{item.width}/{item.height}" if item.height else "")
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
