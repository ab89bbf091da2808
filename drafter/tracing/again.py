"""Figures whose bookmarks are gone because a hand typed them again: what stands in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from drafter.merge.homes import Homes
from drafter.merge.units import Unit, units
from drafter.trace import Printed, Record, Spot
from drafter.tracing.spots import Standing, Standings


def retyped(record: Record, paragraphs: Sequence[Printed], standings: Standings) -> Mapping[str, Standing]:
    """Bookmark → what a hand typed in place of a figure that is gone, told by the words around it.

    Why only where some is gone: laying the whole file beside what was generated takes its time.
    """
    lost = {name for name, value in record.figures.items() if not value.drawn and not standings.of_figure(name, value)}
    if not lost:
        return {}
    before = units(record.paragraphs)
    homes = Homes(paragraphs, before)
    found = (
        (spot.name, _find(homes, index, number, spot)) for index, number, spot in _spots(before) if spot.name in lost
    )
    return {name: _standing(paragraphs, *place) for name, place in found if place is not None}


def _spots(before: Sequence[Unit]) -> Iterator[tuple[int, int, Spot]]:
    """(unit, its paragraph, spot), as generated."""
    for index, unit in enumerate(before):
        for number, paragraph in enumerate(unit.paragraphs):
            yield from ((index, number, spot) for spot in paragraph.spots)


def _find(homes: Homes, index: int, number: int, spot: Spot) -> tuple[int, int, int] | None:
    return homes.retyped(index, number, spot) or _cell(homes, index, number, spot)


def _cell(homes: Homes, index: int, number: int, spot: Spot) -> tuple[int, int, int] | None:
    """What stands in a cell that held nothing but the figure: there are no words around, the row and the column tell."""
    home, unit = homes.homes.get(index), homes.before[index]
    alone = unit.paragraphs[number].text == unit.paragraphs[number].of(spot)
    if home is None or unit.table is None or not alone or homes.units[home].columns != unit.columns:
        return None
    here = homes.units[home].paragraphs[number]
    return (homes.units[home].first + number, 0, len(here.text)) if here.text.strip() and not here.spots else None


def _standing(paragraphs: Sequence[Printed], at: int, start: int, end: int) -> Standing:
    return Standing(at, start, paragraphs[at].text[start:end], at, end)
