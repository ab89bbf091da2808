"""One paragraph of three: its clauses as they were generated, as they stand, as they are generated now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from drafter.diff.align import aligned
from drafter.merge.base import Part
from drafter.merge.clauses import MARK, MARKER, MARKS, Clause
from drafter.merge.desk import Desk
from drafter.merge.homes import Place
from drafter.merge.keys import Key
from drafter.merge.trim import atoms, ends, size
from drafter.plan import CLASHED, GONE, UNKNOWN, Change, Conflict, Piece, Rewording
from drafter.trace import Printed, Record, Spot

_ENDS = "。；！？\n"
"""Marks that end a sentence."""


@dataclass(slots=True)
class Passage:
    """A paragraph being merged: number `paragraph` of unit `index` before and of unit `other` now."""

    desk: Desk
    index: int
    other: int
    paragraph: int
    parts: list[Part]
    places: list[Place | None] = field(default_factory=list)
    """Of the clauses before."""

    @property
    def before(self) -> Printed:
        return self.desk.before[self.index].paragraphs[self.paragraph]

    @property
    def now(self) -> Printed:
        return self.desk.now[self.other].paragraphs[self.paragraph]

    @property
    def ones(self) -> tuple[Clause, ...]:
        return self.desk.before[self.index].clauses[self.paragraph]

    @property
    def others(self) -> tuple[Clause, ...]:
        return self.desk.now[self.other].clauses[self.paragraph]

    def merge(self) -> None:
        """Merge clause by clause; what is generated the same way keeps its words and gets its values."""
        after: Place | None = None
        for clause in self.ones:
            place = self.desk.homes.place(self.index, self.paragraph, clause, after)
            self.places.append(place)
            after = place or after
        same = aligned([c.skeleton for c in self.ones], [c.skeleton for c in self.others])
        fence = [(-1, -1), *same, (len(self.ones), len(self.others))]
        for (i, j), (following, beside) in pairwise(fence):
            if i >= 0:
                self.kept(i, j)
            if following > i + 1 or beside > j + 1:
                self.changed(range(i + 1, following), range(j + 1, beside))

    def kept(self, i: int, j: int) -> None:
        """A clause that is generated the same way: its values, and the number of its marker."""
        one, other, place = self.ones[i], self.others[j], self.places[i]
        self.parts.append(Part.of(self.now, other.start, other.end, new=True))
        if one.kind == MARKER:
            self.numbered(one, other, place)
        for spot, value in zip(one.spots, other.spots, strict=True):
            if not self.desk.value(spot.name, value.name, self.desk.now[self.other].first + self.paragraph):
                self.unmarked(spot, value)

    def numbered(self, one: Clause, other: Clause, place: Place | None) -> None:
        """The number of a marker, where it still is as it was generated."""
        new = self.now.text[other.start : other.end]
        if (
            place is not None
            and place.whole
            and self.before.text[one.start : one.end] != new
            and self.leads(one, place)
        ):
            self.desk.changes.append(Change(place.at, place.start, place.end, (Piece(new),)))

    def leads(self, one: Clause, place: Place) -> bool:
        """Whether a marker still begins its paragraph, or its item. Why: a hand may have joined two paragraphs."""
        return bool(one.start) or not self.desk.here[place.at].text[: place.start].strip()

    def unmarked(self, spot: Spot, value: Spot) -> None:
        """A figure without bookmark: what a hand typed in its place is told when the facts say something else."""
        found = self.desk.homes.retyped(self.index, self.paragraph, spot)
        if found is None:
            return
        at, start, end = found
        here, now = self.desk.here[at].text[start:end], self.now.of(value)
        if here != now:
            self.desk.conflicts.append(Conflict(UNKNOWN, at, start, end, here, now, spot.name))

    def changed(self, ones: range, others: range) -> None:
        """Clauses that are generated otherwise now: renewed where no hand changed them, else left and told."""
        there = [place for n in ones if (place := self.places[n]) is not None]
        if not ones:
            self.added(ones.start, others)
        elif not there:
            self._new(others)
        elif self.untouched(ones, others):
            self.renew(ones, others)
        else:
            self.parts.append(Part.of(self.before, *_extent(self.ones, ones), new=False))
            now = self.now.text[slice(*_extent(self.others, others))] if others else ""
            first = there[0]
            end = max(p.end for p in there if p.at == first.at)
            self.desk.conflict(CLASHED if others else GONE, first, end, now)

    def added(self, at: int, others: range) -> None:
        """Clauses that were not generated before: behind the clause they follow, else before the one they precede."""
        self._new(others)
        behind = next((p for n in range(at - 1, -1, -1) if (p := self.places[n]) is not None), None)
        ahead = next((p for n in range(at, len(self.ones)) if (p := self.places[n]) is not None), None)
        pieces = self.pieces(*_extent(self.others, others))
        if (place := behind or ahead) is not None:
            edge = place.end if behind else place.start
            text = "".join(piece.text for piece in pieces)
            self.desk.rewordings.append(Rewording(place.at, edge, "", text))
        if behind is not None:
            self.desk.changes.append(Change(behind.at, behind.end, behind.end, pieces))
        elif ahead is not None:
            self.desk.changes.append(Change(ahead.at, ahead.start, ahead.start, pieces))
        elif (home := self.desk.homes.homes.get(self.index)) is not None:
            first = self.desk.homes.units[home].first
            now = "".join(piece.text for piece in pieces)
            self.desk.conflict(CLASHED, Place(first, 0, 0, whole=False), len(self.desk.here[first].text), now)

    def _new(self, others: range) -> None:
        if others:
            self.parts.append(Part.of(self.now, *_extent(self.others, others), new=True))

    def untouched(self, ones: range, others: range) -> bool:
        """Whether clauses stand as they were generated, side by side, bookmarks and all; of sentences that come to speak
        of other things, the whole sentence.
        """
        if self.about(self.ones, ones, self.desk.keys) != self.about(self.others, others, self.desk.others):
            ones = self.sentence(ones)
        places = [self.places[n] for n in ones]
        if any(place is None or not place.whole for place in places):
            return False
        sure = [place for place in places if place is not None]
        beside = all(p.end == q.start and p.at == q.at for p, q in pairwise(sure))
        start, end = _extent(self.ones, ones)
        text = self.desk.here[sure[0].at].text[sure[0].start : sure[-1].end]
        return beside and text == self.before.text[start:end] and all(
            len(self.desk.homes.spots.get(s.name, ())) == 1 for n in ones for s in self.ones[n].spots
        )  # fmt: skip

    def about(self, clauses: Sequence[Clause], which: range, keys: Mapping[str, Key]) -> frozenset[str]:
        """The things that clauses speak of: items of lists, departments. Of none: nothing is said to have changed."""
        named = (keys[s.name] for n in which for s in clauses[n].spots)
        return frozenset(word for key in named for word in _things(key))

    def sentence(self, ones: range) -> range:
        """The clauses of the whole sentences that some clauses stand in."""
        start, end = ones.start, ones.stop
        while start > 0 and not self._ends(start - 1):
            start -= 1
        while end < len(self.ones) and not self._ends(end - 1):
            end += 1
        return range(start, end)

    def _ends(self, n: int) -> bool:
        clause = self.ones[n]
        return clause.kind == MARK and self.before.text[clause.start] in _ENDS

    def renew(self, ones: range, others: range) -> None:
        """Untouched clauses become what is generated now; what is the same at both ends stays as it stands."""
        start, end = _extent(self.ones, ones)
        begin, stop = _extent(self.others, others) if others else (0, 0)
        self._new(others)
        mine, theirs = atoms(self.before, start, end, self.desk.keys), atoms(self.now, begin, stop, self.desk.others)
        head, tail = ends(mine, theirs)
        same = (
            *zip(mine[:head], theirs[:head], strict=True),
            *zip(mine[::-1][:tail], theirs[::-1][:tail], strict=True),
        )
        self.desk.base.final |= {other.name: one.name for one, other in same if other.name}
        front, back = size(mine[:head]), size(mine[len(mine) - tail :])
        first = next(place for n in ones if (place := self.places[n]) is not None)
        pieces = self.pieces(begin + front, stop - back)
        at = first.start - start
        self.desk.changes.append(Change(first.at, at + start + front, at + end - back, pieces))
        self.desk.told(self.before, (start, end), self.now, (begin, stop), first)
        old, new = self.before.text[start:end], self.now.text[begin:stop]
        if self.bare(self.before, start, end, self.desk.was) != self.bare(self.now, begin, stop, self.desk.new):
            self.desk.rewordings.append(Rewording(first.at, first.start, old, new))

    @staticmethod
    def bare(paragraph: Printed, start: int, end: int, record: Record) -> str:
        """The words of a stretch without what its blanks printed and without marks: what is not told with the values."""
        kept, at = "", start
        for spot in paragraph.spots:
            if start <= spot.start and spot.end <= end:
                value = record.figures[spot.name]
                kept += paragraph.text[at : max(spot.start - len(value.lead), at)]
                at = spot.end + len(value.tail)
        return "".join(sign for sign in kept + paragraph.text[at:end] if sign not in MARKS)

    def pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """What is generated now from `start` to `end`, as pieces."""
        return tuple(_pieces(self.now, start, end, self.desk))


def _pieces(paragraph: Printed, start: int, end: int, desk: Desk) -> Iterator[Piece]:
    at = start
    for spot in paragraph.spots:
        if start <= spot.start and spot.end <= end:
            if at < spot.start:
                yield Piece(paragraph.text[at : spot.start])
            yield Piece(paragraph.of(spot), spot.name, desk.is_missing(spot.name))
            at = spot.end
    if at < end:
        yield Piece(paragraph.text[at:end])


def _extent(clauses: Sequence[Clause], which: range) -> tuple[int, int]:
    """From the start of the first to the end of the last."""
    return clauses[which.start].start, clauses[which.stop - 1].end


def _things(key: Key) -> Iterator[str]:
    """The items and the department that a key names."""
    fact = key[0]
    while "〔" in fact:
        _, _, fact = fact.partition("〔")
        name, _, fact = fact.partition("〕")
        yield name
    yield key[3]
