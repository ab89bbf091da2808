"""What two stretches of text have in common at both ends, so that only what differs is changed and looks stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from drafter.merge.keys import Key
from drafter.trace import Printed


@dataclass(frozen=True, slots=True)
class Atom:
    """A character, or a figure with all its characters: no figure is parted, or taken for another one that looks alike."""

    text: str
    key: Key | None = None
    name: str = field(default="", compare=False)
    """The bookmark of a figure."""


def atoms(paragraph: Printed, start: int, end: int, keys: Mapping[str, Key]) -> list[Atom]:
    """The atoms of a stretch of a paragraph."""
    return list(_atoms(paragraph, start, end, keys))


def _atoms(paragraph: Printed, start: int, end: int, keys: Mapping[str, Key]) -> Iterator[Atom]:
    at = start
    for spot in paragraph.spots:
        if start <= spot.start and spot.end <= end:
            yield from map(Atom, paragraph.text[at : spot.start])
            yield Atom(paragraph.of(spot), keys[spot.name], spot.name)
            at = spot.end
    yield from map(Atom, paragraph.text[at:end])


def ends(ones: Sequence[Atom], others: Sequence[Atom]) -> tuple[int, int]:
    """How many atoms two stretches have in common at the beginning, and at the end of what is left."""
    head = _common(ones, others)
    return head, _common(ones[head:][::-1], others[head:][::-1])


def _common(ones: Sequence[Atom], others: Sequence[Atom]) -> int:
    pairs = enumerate(zip(ones, others, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(ones), len(others)))


def size(found: Sequence[Atom]) -> int:
    """The characters of some atoms."""
    return sum(len(atom.text) for atom in found)
