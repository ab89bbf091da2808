"""What the file will have been generated from: the next record, put together while passages are merged.

A passage that was taken over is recorded as it is generated now; one that was not, since a hand had changed it, as it
was: so the next refresh sees the same difference again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from drafter.merge.keys import Key
from drafter.trace import Printed, Record, Spot, Traced, name_of

FAR = 100_000
"""Added to the numbers of rows that are generated no more, so that they are nobody's neighbours."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a paragraph: of what is generated now (`new`), or of what was."""

    text: str
    spots: tuple[Spot, ...]
    new: bool

    @staticmethod
    def of(paragraph: Printed, start: int, end: int, *, new: bool) -> Part:
        """A stretch of a paragraph, its figures moved along."""
        inside = (s for s in paragraph.spots if start <= s.start and s.end <= end)
        return Part(paragraph.text[start:end], tuple(Spot(s.name, s.start - start, s.end - start) for s in inside), new)


@dataclass(slots=True)
class Base:
    """Gathers the paragraphs of the next record. Names of what is generated now are those of the new draft until `record`."""

    before: Record
    now: Record
    keys: Mapping[str, Key]
    """Keys of the figures before."""
    paragraphs: dict[tuple[int, int, int], tuple[list[Part], tuple[int, int, int] | None]] = field(default_factory=dict)
    """(unit now, unit before that is generated no more, paragraph) → its parts and its cell."""
    final: dict[str, str] = field(default_factory=dict)
    """Bookmark in the new draft → bookmark in the file."""

    def parts(self, unit: int, paragraph: int, cell: tuple[int, int, int] | None, *, old: int = -1) -> list[Part]:
        """The parts of a paragraph, to be added to."""
        if old >= 0 and cell is not None and cell[1] < FAR:
            cell = (cell[0] + FAR, cell[1] + FAR, cell[2])
        return self.paragraphs.setdefault((unit, old, paragraph), ([], cell))[0]

    def name(self, standing: set[str], wanted: Mapping[str, str]) -> None:
        """Gives every figure of the new draft that has no name in the file yet the one it had, if that is free, else a new one."""
        taken = {*standing, *self.final.values(), *self._kept()}
        numbers = [int(name.rpartition("_")[2]) for name in (*taken, *self.before.figures, *self.now.figures)]
        number = max(numbers, default=0)
        for name in self.now.figures:
            if name in self.final:
                continue
            own = wanted.get(name, "")
            if not own or own in taken:
                number += 1
                own = name_of(self.now.key, number)
            taken.add(own)
            self.final[name] = own

    def is_free(self, name: str) -> bool:
        """Whether no figure of the next record has a name yet."""
        return name not in self.final.values() and name not in self._kept()

    def _kept(self) -> Iterator[str]:
        """Names of figures that stay as they were."""
        for parts, _ in self.paragraphs.values():
            for part in parts:
                if not part.new:
                    yield from (spot.name for spot in part.spots)

    def _kept_figure(self, name: str) -> Traced:
        """A figure as it was; items of lists by their names, since their numbers are those of another day."""
        value = self.before.figures[name]
        same = value.origin.period == self.before.period
        period = self.now.period if same else value.origin.period
        return replace(value, origin=replace(value.origin, fact=self.keys[name][0], period=period))

    def record(self) -> Record:
        """The next record."""
        figures: dict[str, Traced] = {}
        paragraphs = tuple(
            self._paragraph(parts, cell, figures) for _, (parts, cell) in sorted(self.paragraphs.items())
        )
        return Record(self.now.target, self.now.period, paragraphs, figures, title=self.now.title)

    def _paragraph(self, parts: list[Part], cell: tuple[int, int, int] | None, figures: dict[str, Traced]) -> Printed:
        text, spots = "", []
        for part in parts:
            for spot in part.spots:
                name = self.final[spot.name] if part.new else spot.name
                figures[name] = self.now.figures[spot.name] if part.new else self._kept_figure(spot.name)
                spots.append(Spot(name, len(text) + spot.start, len(text) + spot.end))
            text += part.text
        return Printed(text, tuple(spots), cell)
