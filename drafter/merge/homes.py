"""Where what was generated stands in the file now: by its bookmarks, by its words, at last by likeness."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from drafter import style
from drafter.diff.match import Grams, dice, grams
from drafter.merge import retyped
from drafter.merge.clauses import MARK, MARKS, Clause
from drafter.merge.pairing import alike, matched
from drafter.merge.units import Unit, units
from drafter.plan import ROW
from drafter.trace import Printed, Spot

CLOSE = 0.75
"""How alike a unit elsewhere must be."""
MOST = 40_000
"""Pairs that are looked at."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clause stands: paragraph of the file, offsets; `whole`: no hand changed its words.

    A clause whose words were changed stands between the marks around its figures.
    """

    at: int
    start: int
    end: int
    whole: bool


@dataclass(slots=True)
class Homes:
    """The file as it stands, and where the units that were generated are in it."""

    here: Sequence[Printed]
    before: list[Unit]
    units: list[Unit] = field(init=False)
    spots: dict[str, list[tuple[int, Spot]]] = field(default_factory=lambda: defaultdict(list))
    """Bookmark → where it stands: (paragraph, spot); several where it was parted or copied."""
    homes: dict[int, int] = field(default_factory=dict)
    """Unit before → unit of the file."""
    same: set[int] = field(default_factory=set)
    """Units before that nobody touched."""

    renumbered: set[int] = field(default_factory=set)
    """Units before of which a hand changed nothing but the number in front."""

    def __post_init__(self) -> None:
        self.units = units(self.here)
        for at, paragraph in enumerate(self.here):
            for spot in paragraph.spots:
                self.spots[spot.name].append((at, spot))
        found = matched([u.whole for u in self.before], [u.whole for u in self.units], _never)
        self.homes = found
        self.same = set(found)
        self._by_figures()
        self._by_likeness()
        self.renumbered = {i for i in self.homes.keys() - self.same if self._is_renumbered(i)}

    def _is_renumbered(self, i: int) -> bool:
        one, other = self.before[i], self.units[self.homes[i]]
        if len(one.paragraphs) != 1 or len(other.paragraphs) != 1:
            return False
        return _unnumbered(one.paragraphs[0]) == _unnumbered(other.paragraphs[0])

    def _by_figures(self) -> None:
        """A unit that was changed lives where most of its figures do."""
        owners = {at: number for number, unit in enumerate(self.units) for at in unit.indices}
        for index, unit in enumerate(self.before):
            if index in self.homes:
                continue
            votes = Counter(owners[at] for name in unit.names for at, _ in self.spots.get(name, ()))
            alike = [number for number, _ in votes.most_common() if self.units[number].kind == unit.kind]
            if alike:
                self.homes[index] = alike[0]

    def _by_likeness(self) -> None:
        """A unit without figures, or whose bookmarks are gone, lives in the unit of its gap that is most like it."""
        left = [i for i in range(len(self.before)) if i not in self.homes and self.before[i].text]
        taken = set(self.homes.values())
        free = [j for j in range(len(self.units)) if j not in taken and self.units[j].text]
        ones = {i: grams(self.before[i].text) for i in left}
        others = {j: grams(self.units[j].text) for j in free}

        def score(i: int, j: int) -> float:
            if i not in ones or j not in others or self.before[i].kind != self.units[j].kind:
                return 0.0
            return dice(ones[i], others[j])

        alike(self.homes, len(self.before), len(self.units), score)
        self._elsewhere(left, free, ones, others)

    def _elsewhere(self, left: list[int], free: list[int], ones: dict[int, Grams], others: dict[int, Grams]) -> None:
        """What stands in no gap of its own lives in the one unit anywhere that is much like it, or begins as it does."""
        lost = [i for i in left if i not in self.homes]
        if not lost or len(lost) * len(free) > MOST:
            return
        taken = set(self.homes.values())
        for i in lost:
            one = self.before[i]
            close = [
                j for j in free
                if j not in taken and self.units[j].kind == one.kind and (
                    dice(ones[i], others[j]) >= CLOSE
                    or (one.kind == ROW and one.paragraphs[0].text == self.units[j].paragraphs[0].text != "")
                )
            ]  # fmt: skip
            if len(close) == 1:
                self.homes[i] = close[0]
                taken.add(close[0])

    def place(self, index: int, paragraph: int, clause: Clause, after: Place | None) -> Place | None:
        """Where a clause of paragraph `paragraph` of unit `index` stands; `after` is the place of the clause before it.

        None where nothing of it is there any more.
        """
        home = self.homes.get(index)
        unit = self.before[index]
        if index in self.same and home is not None:
            return Place(self.units[home].first + paragraph, clause.start, clause.end, whole=True)
        text = unit.paragraphs[paragraph].text[clause.start : clause.end]
        if clause.spots:
            words = self._by_words(home, paragraph, text, after)
            return (
                self._by_spots(unit.paragraphs[paragraph], clause)
                or words
                or self._by_context(index, paragraph, clause)
            )
        return self._by_words(home, paragraph, text, after, joined=clause.kind == MARK)

    def _by_spots(self, paragraph: Printed, clause: Clause) -> Place | None:
        """The place of a clause with figures: around its bookmarks, where any is left."""
        there = [found[0] for s in clause.spots if len(found := self.spots.get(s.name, [])) == 1]
        places = {at for at, _ in there}
        if len(places) != 1:
            return None
        at = places.pop()
        text = self.here[at].text
        if len(there) == len(clause.spots):
            start = there[0][1].start - (clause.spots[0].start - clause.start)
            end = there[-1][1].end + (clause.end - clause.spots[-1].end)
            if start >= 0 and _between(text, start, end, [s for _, s in there]) == _between(
                paragraph.text, clause.start, clause.end, clause.spots
            ):
                return Place(at, start, end, whole=True)
        first, last = min(s.start for _, s in there), max(s.end for _, s in there)
        return Place(at, *self.around(at, first, last), whole=False)

    def _by_context(self, index: int, paragraph: int, clause: Clause) -> Place | None:
        """The place of a clause whose figures were typed again: that of the first that is found."""
        for spot in clause.spots:
            found = self.retyped(index, paragraph, spot)
            if found is not None:
                at, start, end = found
                return Place(at, *self.around(at, start, end), whole=False)
        return None

    def retyped(self, index: int, paragraph: int, spot: Spot) -> tuple[int, int, int] | None:
        """(paragraph of the file, start, end) of what a hand typed in place of a figure."""
        home = self.homes.get(index)
        if home is None:
            return None
        inside = [(at, self.here[at]) for at in self.units[home].indices]
        return retyped.find(self.before[index].paragraphs[paragraph], spot, inside)

    def around(self, at: int, first: int, last: int) -> tuple[int, int]:
        """A range of a paragraph up to the marks around it."""
        text = self.here[at].text
        while first > 0 and text[first - 1] not in MARKS:
            first -= 1
        while last < len(text) and text[last] not in MARKS:
            last += 1
        return first, last

    def _by_words(
        self, home: int | None, paragraph: int, text: str, after: Place | None, *, joined: bool = False
    ) -> Place | None:
        """The place of words that stand in the home as they were, behind the clause before them. `joined`: right behind it."""
        if home is None or not text:
            return None
        unit = self.units[home]
        inside = unit.indices
        at = after.at if after else unit.first + min(paragraph, len(inside) - 1)
        begin = after.end if after else 0
        found = self.here[at].text.find(text, begin)
        if found >= 0 and (not joined or found == begin):
            return Place(at, found, found + len(text), whole=True)
        return None


def _unnumbered(paragraph: Printed) -> tuple[str, tuple[Spot, ...]]:
    """A paragraph without the marker it begins with."""
    found = style.read(paragraph.text)
    size = found[1] if found else 0
    return paragraph.text[size:], tuple(Spot(s.name, s.start - size, s.end - size) for s in paragraph.spots)


def _never(_: int, __: int) -> float:
    return 0.0


def _between(text: str, start: int, end: int, spots: Sequence[Spot]) -> list[str]:
    """The words of a clause around its figures; never equal where figures stand in another order."""
    edges = [start, *(edge for s in spots for edge in (s.start, s.end)), end]
    if edges != sorted(edges) or end > len(text):
        return ["", "", "", str(edges)]
    return [text[edges[n] : edges[n + 1]] for n in range(0, len(edges), 2)]
