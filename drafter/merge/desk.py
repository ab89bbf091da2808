"""What a merge works on and what it has found so far."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from drafter.merge.base import Base
from drafter.merge.beside import contradicts, widened
from drafter.merge.homes import Homes, Place
from drafter.merge.keys import Key
from drafter.merge.units import Unit
from drafter.plan import (
    CLASHED,
    EDITED,
    TABLE,
    Change,
    Conflict,
    Insertion,
    Piece,
    Redrawing,
    Removal,
    Rewording,
    Update,
)
from drafter.trace import Printed, Record, Spot, Traced


@dataclass(slots=True)
class Desk:
    """The three sides, and the lists of the plan. Pieces have the names of the new draft until all names are given."""

    was: Record
    new: Record
    here: Sequence[Printed]
    before: list[Unit]
    now: list[Unit]
    keys: Mapping[str, Key]
    others: Mapping[str, Key]
    homes: Homes
    base: Base
    redrawn: Container[str] = ()
    """Charts whose numbers a hand changed."""
    _stood: dict[str, tuple[str, str]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    insertions: list[Insertion] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    redrawings: list[Redrawing] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    rewordings: list[Rewording] = field(default_factory=list)

    def value(self, name: str, other: str, source: int) -> bool:
        """A figure that is generated the same way: its new value goes wherever its bookmark stands and no hand changed it.

        False where it has no bookmark any more. `source` is the paragraph of the new draft that it stands in.
        """
        self.base.final[other] = name
        places = self.homes.spots.get(name, [])
        old, new = self.was.figures[name], self.new.figures[other]
        if new.drawn or old.drawn:
            self.chart(name, other, source)
            return True
        for at, spot in places:
            text = self.here[at].text
            before, behind = self.stood.get(name, ("", ""))
            start, end = widened(text, spot.start, spot.end, before, behind)
            shown = text[start:end]
            turned = contradicts(old, text[: spot.start], before)
            if shown == new.text and not (turned and old.wording != new.wording):
                continue
            if turned and shown != new.text:
                self.clashed(at, spot, new, name)
            elif shown == old.text:
                piece = Piece(new.text, missing=new.origin.missing)
                self.changes.append(Change(at, spot.start, spot.end, (piece,), name))
                self.updates.append(Update(name, old.wording, new.wording, at, spot.start))
            else:
                self.conflicts.append(Conflict(EDITED, at, start, end, shown, new.text, name))
        return bool(places)

    def clashed(self, at: int, spot: Spot, new: Traced, name: str) -> None:
        """A figure whose direction a hand turned."""
        start, end = self.homes.around(at, spot.start, spot.end)
        here = self.here[at].text[start:end]
        self.conflicts.append(Conflict(CLASHED, at, start, end, here, new.wording, name))

    @property
    def stood(self) -> Mapping[str, tuple[str, str]]:
        """Bookmark → what was generated before it and behind it in its paragraph."""
        if not self._stood:
            for paragraph in self.was.paragraphs:
                for spot in paragraph.spots:
                    self._stood[spot.name] = paragraph.text[: spot.start], paragraph.text[spot.end :]
        return self._stood

    def strayed(self, name: str, other: str, source: int) -> None:
        """A figure whose bookmark stands apart from its passage: its value, where it means the same; else it is told."""
        old, new = self.was.figures[name], self.new.figures[other]
        if (old.lead, old.tail) == (new.lead, new.tail) or old.wording == new.wording:
            self.value(name, other, source)
            return
        self.base.final[other] = name
        for at, spot in self.homes.spots[name]:
            here = self.here[at].of(spot)
            self.conflicts.append(Conflict(CLASHED, at, spot.start, spot.end, here, new.wording, name))

    def coming(self, one: Insertion) -> Iterator[str]:
        """The figures of what is put in."""
        unit = next(u for u in self.now if one.source in u.indices)
        for other in self.now:
            if other is unit or (one.what == TABLE and other.table == unit.table):
                yield from other.names

    def chart(self, name: str, other: str, source: int) -> None:
        """A chart: drawn anew when its numbers changed, unless a hand changed them."""
        old, new = self.was.figures[name], self.new.figures[other]
        for at, spot in self.homes.spots.get(name, [])[:1]:
            if name in self.redrawn:
                self.conflicts.append(Conflict(EDITED, at, spot.start, spot.end, "图上的数", new.text, name))
            elif old.text != new.text:
                self.redrawings.append(Redrawing(name, source))
                self.updates.append(Update(name, old.text, new.text, at, spot.start))

    def conflict(self, kind: str, place: Place, end: int, now: str) -> None:
        """A passage that stays as it is."""
        here = self.here[place.at].text[place.start : end]
        self.conflicts.append(Conflict(kind, place.at, place.start, end, here, now))

    def told(self, before: Printed, old: tuple[int, int], now: Printed, new: tuple[int, int], place: Place) -> None:
        """The values that change, or whose words do, in a passage that stands at a place."""
        ones = {self.keys[s.name]: s.name for s in before.spots if old[0] <= s.start and s.end <= old[1]}
        for spot in now.spots:
            if new[0] <= spot.start and spot.end <= new[1]:
                name = ones.get(self.others[spot.name], "")
                was = self.was.figures[name].wording if name else ""
                if was != (wording := self.new.figures[spot.name].wording):
                    self.updates.append(Update(spot.name, was, wording, place.at, place.start))

    def is_missing(self, name: str) -> bool:
        """Whether a value of the new draft is the mark of a fact that is not known yet."""
        return self.new.figures[name].origin.missing
