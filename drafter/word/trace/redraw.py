"""A chart that is there already shows other numbers: its part and its workbook get other content."""

from __future__ import annotations

from drafter.word.drawing import C
from drafter.word.element import Element, R, xml
from drafter.word.kinds import kind
from drafter.word.trace.parts import leads, parsed, relate, rows, target
from drafter.word.trace.strand import Strand
from drafter.word.trace.transplant import Transplant

_CHART, _DATA = f"{{{C}}}chart", f"{{{C}}}externalData"
_ID = f"{{{R}}}id"


def redraw(plants: Transplant, old: Strand, start: int, end: int, new: Strand) -> bool:
    """Make the chart between two offsets show what the one of another paragraph shows; False where there is none."""
    here, there = _drawing(old, start, end), _drawing(new, 0, new.length)
    if here is None or there is None:
        return False
    part = target(plants.file, old.part, _led(here))
    source = target(plants.now, new.part, _led(there))
    if part is None or source is None:
        return False
    plants.file.members[part] = _filled(plants, source, part)
    _tell(here, there)
    return True


def _drawing(strand: Strand, start: int, end: int) -> Element | None:
    """The drawing of a chart between two offsets."""
    inside = (n.element for n in strand.nodes if start <= n.start and n.end <= end and n.text)
    return next((one for one in inside if _led(one) is not None), None)


def _led(drawing: Element) -> str | None:
    """The relationship by which a drawing leads to its chart."""
    return next((one.get(_ID) for one in drawing.iter(_CHART) if one.get(_ID)), None)


def _filled(plants: Transplant, source: str, part: str) -> bytes:
    """The chart of another file, leading to a workbook of this one with the other's content."""
    root = parsed(plants.now, source)
    for one in root.iter(_DATA):
        row = next((row for row in rows(plants.now, source) if row.get("Id") == one.get(_ID)), None)
        book = None if row is None else leads(plants.now, source, row)
        if row is not None and book is not None:
            one.set(_ID, _book(plants, part, str(row.get("Type")), book))
    return xml(root)


def _book(plants: Transplant, part: str, sort: str, book: str) -> str:
    """The relationship of a chart to its workbook, which gets the content of another; to a new one where there is none."""
    old = parsed(plants.file, part)
    key = next((one.get(_ID) for one in old.iter(_DATA)), None)
    place = target(plants.file, part, key)
    if place is None or not place.lower().endswith(".xlsx"):
        return relate(plants.file, part, sort, plants.bring(book))
    plants.file.members[place] = plants.now.members[book]
    return str(key)


def _tell(here: Element, there: Element) -> None:
    """What a chart shows, in words for who does not see it."""
    told = next((one.get("descr") for one in there.iter() if kind(one).endswith("}docPr")), None)
    for one in here.iter():
        if told and kind(one).endswith("}docPr"):
            one.set("descr", told)
