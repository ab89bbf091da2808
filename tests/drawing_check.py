"""The drawings of a .docx: what a chart shows is what its workbook holds, every drawing has a number and is told in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BINARY = (".xlsx", ".png", ".jpeg", ".gif", ".bmp", ".tiff")
"""Ends of members that are no XML."""
SIGNS = {
    ".xlsx": b"PK\x03\x04",
    ".png": b"\x89PNG",
    ".jpeg": b"\xff\xd8",
    ".gif": b"GIF8",
    ".bmp": b"BM",
    ".tiff": (b"II", b"MM"),
}
_RANGE = re.compile(r"数据!\$([A-Z]+)\$(\d+)(?::\$\1\$(\d+))?")

Cells = dict[str, str]


def binaries(parts: dict[str, bytes]) -> Iterator[str]:
    """Pictures and workbooks that are not what their names say."""
    for name, content in parts.items():
        end = f".{name.rpartition('.')[2]}"
        if end in SIGNS and not content.startswith(SIGNS[end]):
            yield f"{name} is no {end}"


def drawings(document: etree._Element) -> Iterator[str]:
    """Drawings without a number of their own or without words, and lines that would cut them."""
    about = list(document.iter(f"{WP}docPr"))
    for number, count in Counter(e.get("id") for e in about).items():
        if count > 1 or not str(number).isdigit() or int(str(number)) < 1:
            yield f"drawing {number} stands {count} times"
    yield from (f"drawing {e.get('id')} is not told" for e in about if not e.get("name") or not e.get("descr"))
    for frame in document.iter(f"{WP}inline"):
        paragraph = next(frame.iterancestors(f"{W}p"))
        spacing = paragraph.find(f"{W}pPr/{W}spacing")
        if spacing is None or spacing.get(f"{W}lineRule") != "auto":
            yield "a line cuts a drawing"
        extent = frame.find(f"{WP}extent")
        assert extent is not None
        if min(int(str(extent.get("cx"))), int(str(extent.get("cy")))) < 1:
            yield "a drawing without size"


def chart(root: etree._Element, book: bytes) -> Iterator[str]:
    """References of a chart whose cells hold something else than its cache."""
    cells = workbook(book)
    seen = 0
    for reference in root.iter(f"{C}f"):
        seen += 1
        cache = reference.getnext()
        if cache is None:
            yield f"{reference.text}: no cache"
            continue
        held = {int(str(p.get("idx"))): str(p.findtext(f"{C}v")) for p in cache.iter(f"{C}pt")}
        names = places(str(reference.text))
        count = cache.find(f"{C}ptCount")
        if count is None or int(str(count.get("val"))) != len(names):
            yield f"{reference.text}: {len(names)} cells, another count"
        there = {at: cells[name] for at, name in enumerate(names) if name in cells}
        if there != held:
            yield f"{reference.text}: {there} in the cells, {held} in the chart"
    if not seen:
        yield "a chart without data"


def places(reference: str) -> list[str]:
    """The cells of a reference: 数据!$B$2:$B$4 → B2, B3, B4."""
    found = _RANGE.fullmatch(reference)
    assert found is not None, reference
    return [f"{found[1]}{row}" for row in range(int(found[2]), int(found[3] or found[2]) + 1)]


def workbook(data: bytes) -> Cells:
    """Cell → content of the one sheet of a workbook; that it is whole is looked at on the way."""
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert all(entry.date_time == (1980, 1, 1, 0, 0, 0) for entry in archive.infolist())
        texts = [e.findtext(f"{X}t") or "" for e in etree.fromstring(archive.read("xl/sharedStrings.xml"))]
        sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    found = {}
    for cell in sheet.iter(f"{X}c"):
        value = str(cell.findtext(f"{X}v"))
        found[str(cell.get("r"))] = texts[int(value)] if cell.get("t") == "s" else value
    return found
