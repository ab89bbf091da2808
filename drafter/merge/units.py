"""What is laid side by side: paragraphs, and rows of tables, each with its clauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from drafter.merge.clauses import MARKER, Clause, Skeleton, clauses
from drafter.merge.keys import Key
from drafter.plan import PARAGRAPH, ROW
from drafter.trace import Printed, Record


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, or a row with the paragraphs of its cells; `first` is the index of its first paragraph."""

    kind: str
    first: int
    paragraphs: tuple[Printed, ...]
    clauses: tuple[tuple[Clause, ...], ...] = ()
    """Of every paragraph; empty where they are not asked for."""

    @property
    def indices(self) -> range:
        """Of its paragraphs."""
        return range(self.first, self.first + len(self.paragraphs))

    @property
    def table(self) -> int | None:
        """The number of its table."""
        cell = self.paragraphs[0].cell
        return cell[0] if cell else None

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns its paragraphs stand in."""
        return tuple(p.cell[2] if p.cell else 0 for p in self.paragraphs)

    @property
    def skeleton(self) -> tuple[str, tuple[int, ...], tuple[tuple[Skeleton, ...], ...]]:
        """What it says without the values of its figures and the numbers of its markers."""
        return self.kind, self.columns, tuple(tuple(c.skeleton for c in one) for one in self.clauses)

    @property
    def depth(self) -> int:
        """The level of the marker it begins with, 1–5; 0 for none, and for an item of a chain."""
        first = self.clauses[0][:1] if self.clauses else ()
        return int(first[0].skeleton[2]) if first and first[0].kind == MARKER else 0  # type: ignore[arg-type]

    @property
    def text(self) -> str:
        """All its text."""
        return "\n".join(p.text for p in self.paragraphs)

    @property
    def names(self) -> Iterator[str]:
        """Its bookmarks."""
        return (spot.name for p in self.paragraphs for spot in p.spots)

    @property
    def whole(self) -> tuple[object, ...]:
        """What is equal where nothing at all was changed."""
        return (self.kind, self.columns, *((p.text, p.spots) for p in self.paragraphs))


def units(paragraphs: Sequence[Printed]) -> list[Unit]:
    """The units of a file, without clauses."""
    found = []
    for _, together in groupby(enumerate(paragraphs), key=_place):
        members = list(together)
        kind = ROW if members[0][1].cell else PARAGRAPH
        found.append(Unit(kind, members[0][0], tuple(p for _, p in members)))
    return found


def _place(member: tuple[int, Printed]) -> tuple[int, ...]:
    index, paragraph = member
    return (-1, index) if paragraph.cell is None else paragraph.cell[:2]


def read(record: Record, keys: Mapping[str, Key]) -> list[Unit]:
    """The units of what was generated, with their clauses."""
    return [
        Unit(u.kind, u.first, u.paragraphs, tuple(clauses(p, record.figures, keys) for p in u.paragraphs))
        for u in units(record.paragraphs)
    ]
