"""The plan when all is merged: every figure gets its bookmark, and every bookmark in the file its figure or a word about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from drafter.merge.base import Part
from drafter.merge.desk import Desk
from drafter.plan import GONE, PASTED, Change, Conflict, Piece, Plan
from drafter.trace import Printed, Spot


def finished(desk: Desk, wanted: Mapping[str, str]) -> Plan:
    """The plan with the bookmarks of the file; `wanted`: bookmark now → the one that the figure had before."""
    changes = tuple(_apart(desk.changes))
    gone = {name for at, start, end in _taken(desk, changes) for name in _inside(desk.here[at], start, end)}
    standing = {name for name in desk.homes.spots if name not in gone}
    _adopt(desk, standing, wanted)
    desk.base.name(standing, wanted)
    _leave(desk, standing)
    desk.conflicts += _pasted(desk)
    changes = tuple(_apart(desk.changes))
    names = desk.base.final
    return Plan(
        tuple(replace(c, pieces=tuple(_named(p, names) for p in c.pieces)) for c in changes),
        tuple(desk.insertions),
        tuple(desk.removals),
        tuple(desk.redrawings),
        tuple(sorted(dict.fromkeys(desk.conflicts), key=lambda c: (c.at, c.start, c.end))),
        tuple(replace(u, name=names.get(u.name, u.name)) for u in desk.updates),
        tuple(desk.rewordings),
        dict(names),
        desk.base.record(),
        tuple(_typed(desk)),
    )


def _adopt(desk: Desk, standing: set[str], wanted: Mapping[str, str]) -> None:
    """Figures that are generated now, whose passage a hand took apart: where the bookmark stands, the value goes."""
    coming = {piece.name for change in desk.changes for piece in change.pieces}
    coming |= {name for one in desk.insertions for name in desk.coming(one)}
    for j, unit in enumerate(desk.now):
        for name in unit.names:
            own = wanted.get(name, "")
            if name not in desk.base.final and name not in coming and own in standing and desk.base.is_free(own):
                desk.strayed(own, name, desk.now[j].first)


def _leave(desk: Desk, standing: set[str]) -> None:
    """Figures that are generated no more, whose bookmarks stand all the same: told, and kept in the next record."""
    known = desk.base.record().figures
    for number, name in enumerate(sorted(n for n in standing - known.keys() if n in desk.was.figures)):
        for at, spot in desk.homes.spots[name][:1]:
            text = desk.here[at].of(spot)
            desk.conflicts.append(Conflict(GONE, at, spot.start, spot.end, text, "", name))
            part = Part(desk.was.figures[name].text, (Spot(name, 0, len(desk.was.figures[name].text)),), new=False)
            desk.base.parts(len(desk.now), number, None, old=len(desk.before)).append(part)


def _pasted(desk: Desk) -> Iterator[Conflict]:
    """Figures of another report, by the paragraphs they were pasted into."""
    for at, paragraph in enumerate(desk.here):
        strange = [spot for spot in paragraph.spots if spot.name not in desk.was.figures]
        if strange:
            start, end = strange[0].start, strange[-1].end
            yield Conflict(PASTED, at, start, end, "、".join(paragraph.of(spot) for spot in strange), "")


def _typed(desk: Desk) -> Iterator[int]:
    """Paragraphs with text that is not as it was generated."""
    homes = desk.homes
    same = {homes.homes[i] for i in homes.same | homes.renumbered}
    for number, unit in enumerate(homes.units):
        if number not in same and unit.text.strip():
            yield unit.first


def _named(piece: Piece, names: dict[str, str]) -> Piece:
    return replace(piece, name=names[piece.name]) if piece.name else piece


def _apart(changes: list[Change]) -> Iterator[Change]:
    """The changes in order, without one that would reach into another."""
    at, end = -1, 0
    for change in sorted(dict.fromkeys(changes), key=lambda c: (c.at, c.start, c.end)):
        if change.at != at or change.start >= end:
            yield change
            at, end = change.at, change.end


def _taken(desk: Desk, changes: Sequence[Change]) -> Iterator[tuple[int, int, int]]:
    """(paragraph, start, end) of all text that goes."""
    for change in changes:
        if not change.name:
            yield change.at, change.start, change.end
    owners = {unit.first: unit for unit in desk.homes.units}
    for removal in desk.removals:
        for at in owners[removal.at].indices:
            yield at, 0, len(desk.here[at].text)


def _inside(paragraph: Printed, start: int, end: int) -> Iterator[str]:
    return (s.name for s in paragraph.spots if start <= s.start and s.end <= end and s.start < s.end)
