"""The merge of a file: unit by unit in the order of what is generated now."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from drafter.diff.align import rising
from drafter.merge.base import Base, Part
from drafter.merge.desk import Desk
from drafter.merge.finish import finished
from drafter.merge.homes import Homes
from drafter.merge.insertions import Insertions
from drafter.merge.moves import moved
from drafter.merge.pairing import Paired, Pairing, paired, pairs
from drafter.merge.passage import Passage
from drafter.merge.sums import sums
from drafter.merge.units import Unit
from drafter.plan import CLASHED, GONE, Conflict, Plan, Removal
from drafter.trace import Printed, Record


def merge(
    before: Record,
    here: Sequence[Printed],
    now: Record,
    *,
    kept: Container[int] = (),
    redrawn: Container[str] = (),
    known: Paired | None = None,
) -> Plan:
    """What is to be done to the file `here`, which was generated as `before`, so that it says what `now` says.

    Values go where their bookmarks stand; passages that are generated otherwise now are renewed where no hand changed
    them; paragraphs and rows come and go with the items they were made of. What a hand typed, changed or deleted stays
    so, and where the facts say otherwise it is a conflict. `kept` are paragraphs of the file that hold something of a
    hand beside text (comments, notes, tracked changes): they are never taken away. `redrawn` are bookmarks of charts
    whose numbers a hand changed; `known` is what `paired` gives of the two records, where that is known already.
    """
    known = known or paired(before, now)
    pairing, ones, others = known
    homes = Homes(here, pairing.before)
    base = Base(before, now, ones)
    desk = Desk(before, now, here, pairing.before, pairing.now, ones, others, homes, base, redrawn)
    _Merge(desk, pairing, kept).run()
    wanted = {other: name for name, other in pairs(before, now, known).items()}
    return finished(desk, wanted)


@dataclass(slots=True)
class _Merge:
    """One merge: every unit before and now is looked at once."""

    desk: Desk
    pairing: Pairing
    kept: Container[int]
    back: dict[int, int] = field(default_factory=dict)
    """Unit now → unit before."""
    moved: set[int] = field(default_factory=set)
    """Units now that stand elsewhere than before, where no hand did anything to them."""
    still: set[int] = field(default_factory=set)
    """Units before that no hand moved."""

    def run(self) -> None:
        """Fill the desk."""
        self.still = {i for i, _ in rising(sorted(self.desk.homes.homes.items()))}
        self.back = {j: i for i, j in self.pairing.units.items()}
        self.moved = moved(self.pairing.units, self.must_stay)
        for j, unit in enumerate(self.desk.now):
            i = self.back.get(j)
            if i is None or j in self.moved:
                self.new(j, unit)
            else:
                self.pair(i, j)
        for i, unit in enumerate(self.desk.before):
            if i not in self.pairing.units:
                self.gone(i, unit)
            elif self.pairing.units[i] in self.moved:
                self.remove(unit, self.desk.homes.homes[i])
        self.desk.conflicts += sums(self.desk, self.pairing.units)
        Insertions(self.desk, {j: i for j, i in self.back.items() if j not in self.moved}).run()

    def must_stay(self, i: int) -> bool:
        """Whether a unit stays where it stands: a hand touched it, moved it or took it away."""
        return i not in self.still or not self.is_free(i)

    def holds(self, home: int) -> bool:
        """Whether a unit of the file holds something of a hand beside text."""
        return any(at in self.kept for at in self.desk.homes.units[home].indices)

    def new(self, j: int, unit: Unit) -> None:
        """A unit as it is generated now, in the next record."""
        for n, paragraph in enumerate(unit.paragraphs):
            whole = Part.of(paragraph, 0, len(paragraph.text), new=True)
            self.desk.base.parts(j, n, paragraph.cell).append(whole)

    def old(self, i: int, unit: Unit) -> None:
        """A unit that is generated no more and stays: in the next record behind the one it followed."""
        behind = next((self.pairing.units[n] for n in range(i - 1, -1, -1) if n in self.pairing.units), -1)
        for n, paragraph in enumerate(unit.paragraphs):
            whole = Part.of(paragraph, 0, len(paragraph.text), new=False)
            self.desk.base.parts(behind, n, paragraph.cell, old=i).append(whole)

    def pair(self, i: int, j: int) -> None:
        """A unit that is generated before and now."""
        before, now = self.desk.before[i], self.desk.now[j]
        if i not in self.desk.homes.homes:
            self.new(j, now)
        elif before.columns != now.columns:
            self.reshaped(i, j)
        else:
            for n, paragraph in enumerate(now.paragraphs):
                parts = self.desk.base.parts(j, n, paragraph.cell)
                Passage(self.desk, i, j, n, parts).merge()

    def reshaped(self, i: int, j: int) -> None:
        """A row with other cells than before: left as it is, and told."""
        self.old(i, self.desk.before[i])
        unit = self.desk.homes.units[self.desk.homes.homes[i]]
        text = self.desk.here[unit.first].text
        now = self.desk.now[j].text.replace("\n", " | ")
        self.desk.conflicts.append(Conflict(CLASHED, unit.first, 0, len(text), unit.text.replace("\n", " | "), now))

    def gone(self, i: int, unit: Unit) -> None:
        """A unit that is generated no more: taken away where no hand touched it."""
        home = self.desk.homes.homes.get(i)
        if home is None:
            return
        if self.is_free(i) and not any(not self.is_free(n) for n in self._below(i)):
            self.remove(unit, home)
            return
        self.old(i, unit)
        found = self.desk.homes.units[home]
        text = self.desk.here[found.first].text
        self.desk.conflicts.append(Conflict(GONE, found.first, 0, len(text), found.text.replace("\n", " | "), ""))

    def is_free(self, i: int) -> bool:
        """Whether no hand touched a unit that was generated."""
        home = self.desk.homes.homes.get(i)
        if home is None:
            return True
        still = i in self.desk.homes.same or i in self.desk.homes.renumbered
        redrawn = any(name in self.desk.redrawn for name in self.desk.before[i].names)
        return still and not redrawn and not self.holds(home)

    def _below(self, i: int) -> Iterator[int]:
        """The units under a heading that are generated no more with it: it stays while one of them does."""
        depth = self.desk.before[i].depth
        n = i + 1
        while depth and n < len(self.desk.before) and n not in self.pairing.units:
            below = self.desk.before[n].depth
            if below and below <= depth:
                return
            yield n
            n += 1

    def remove(self, unit: Unit, home: int) -> None:
        self.desk.removals.append(Removal(unit.kind, self.desk.homes.units[home].first))
