"""分句: the smallest passages that are merged. A clause is kept whole or renewed whole, so that no sentence says half of
what the facts say and half of what a hand wrote.

Marks between clauses are clauses of their own, and so are 一是 and （二）; what one blank of a template printed is never
parted, since 同比下降 and 45.5% are one statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from drafter import style
from drafter.merge.keys import Key
from drafter.trace import Printed, Spot, Traced

MARKS = frozenset("。；！？，：\n\t")
WORDS, MARK, MARKER = "", "标点", "序数"
Skeleton = tuple[str | Key, ...]
"""The words of a clause with keys in place of its figures."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a paragraph: where it stands, and the figures in it."""

    kind: str
    start: int
    end: int
    spots: tuple[Spot, ...]
    skeleton: Skeleton


def clauses(paragraph: Printed, figures: Mapping[str, Traced], keys: Mapping[str, Key]) -> tuple[Clause, ...]:
    """The clauses of a paragraph; together they are its whole text."""
    found = []
    for kind, start, end in _parts(paragraph.text, _fixed(paragraph, figures)):
        spots = tuple(s for s in paragraph.spots if start <= s.start and s.end <= end and s.name in keys)
        found.append(Clause(kind, start, end, spots, _skeleton(kind, paragraph.text, start, end, spots, keys)))
    return tuple(found)


def _fixed(paragraph: Printed, figures: Mapping[str, Traced]) -> list[tuple[int, int]]:
    """What must not be parted: what each blank printed, from its first word to its last."""
    found: dict[int, tuple[int, int]] = {}
    for spot in paragraph.spots:
        value = figures.get(spot.name)
        if value is None:
            continue
        start, end = spot.start, spot.end
        if paragraph.text[max(start - len(value.lead), 0) : start] == value.lead:
            start -= len(value.lead)
        if paragraph.text.startswith(value.tail, end):
            end += len(value.tail)
        first, last = found.get(value.blank or -spot.start - 1, (start, end))
        found[value.blank or -spot.start - 1] = (min(first, start), max(last, end))
    return sorted(found.values())


def _parts(text: str, fixed: list[tuple[int, int]]) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end) of the clauses."""
    start = at = 0
    begins = True
    while at < len(text):
        if begins and (end := _marker(text, at)) and not _covers(fixed, at):
            yield MARKER, at, end
            start = at = end
            begins = False
        elif text[at] in MARKS and not _covers(fixed, at):
            if start < at:
                yield WORDS, start, at
            yield MARK, at, at + 1
            start = at = at + 1
            begins = True
        else:
            at += 1
            begins = False
    if start < at:
        yield WORDS, start, at


def _marker(text: str, at: int) -> int:
    """The end of a marker that stands here: of any at the start of a paragraph, of an item behind a mark; 0 for none."""
    found = style.read(text, at)
    if found is None or (at and not found[0].is_item):
        return 0
    return found[1]


def _covers(fixed: list[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in fixed)


def _skeleton(kind: str, text: str, start: int, end: int, spots: tuple[Spot, ...], keys: Mapping[str, Key]) -> Skeleton:
    if kind == MARKER:
        found = style.read(text, start)
        return (MARKER, found[0].level.noun if found else "", str(found[0].level.depth if found else 0))
    pieces: list[str | Key] = []
    at = start
    for spot in spots:
        pieces += [text[at : spot.start], keys[spot.name]]
        at = spot.end
    pieces.append(text[at:end])
    return tuple(piece for piece in pieces if piece)
