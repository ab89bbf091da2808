"""What a chart in a file shows now: the names and numbers that its part keeps for who cannot open its workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from drafter.trace import OBJECT, Spot
from drafter.word.archive import member_of
from drafter.word.element import Element
from drafter.word.kinds import attribute, child, found, kind, number
from drafter.word.trace.file import File
from drafter.word.trace.strand import Strand

MOST = 10_000
"""Points of a series that are read."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The cells of a chart, category by category: its names, and its numbers as they are written."""

    words: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


def shown(file: File, strand: Strand, spot: Spot) -> Shown | None:
    """What the chart of a bookmark shows; None where no chart stands there, or it cannot be read."""
    nodes = (n for n in strand.nodes if OBJECT in n.text and spot.start <= n.start and n.end <= spot.end)
    charts = (one for node in nodes for one in node.element.iter("{*}chart") if kind(one) == "c:chart")
    wanted = {attribute(one, "id") for one in charts}
    targets = (r.target for r in file.package.relations(member_of(strand.part)) if r.id in wanted and not r.external)
    root = next((part for target in targets if (part := file.package.part(target)) is not None), None)
    return None if root is None else _shown(root)


def _shown(root: Element) -> Shown:
    series = [one for _, one in found(root, ("c:ser",))]
    heads = [word for one in series for word in _points(child(one, "c:tx")).values()]
    names = [_points(child(one, "c:cat")) for one in series]
    values = [_points(child(one, "c:val")) for one in series]
    rows = sorted({at for points in (*names, *values) for at in points})
    words = (next((points[row] for points in names if row in points), "") for row in rows)
    numbers = (points[row] for row in rows for points in values if row in points)
    return Shown((*heads, *words), tuple(numbers))


def _points(element: Element | None) -> Mapping[int, str]:
    """Index → text of the points in a cache; blank points are left out."""
    return dict(_pairs(element)) if element is not None else {}


def _pairs(element: Element) -> Iterator[tuple[int, str]]:
    for count, (_, point) in enumerate(found(element, ("c:pt",))):
        at, text = number(attribute(point, "idx")), child(point, "c:v")
        if at is not None and text is not None and text.text and count < MOST:
            yield at, text.text.strip()
