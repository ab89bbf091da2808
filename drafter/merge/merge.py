"""The merge of a file: unit by unit in the order of what is generated now."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from drafter.diff.align import rising
from drafter.merge.base import Base, Part
from drafter.merge.desk import Desk
from drafter.merge.homes import Homes
from drafter.merge.pairing import Paired, Pairing, paired, pairs
from drafter.merge.passage import Passage
from drafter.merge.sums import sums
from drafter.merge.units import Unit
from drafter.plan import CLASHED, GONE, PARAGRAPH, PASTED, ROW, TABLE, Change, Conflict, Insertion, Piece, Plan, Removal
from drafter.trace import Printed, Record, Spot


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
    return _plan(desk, wanted)


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

    def run(self) -> None:
        self.back = {j: i for i, j in self.pairing.units.items()}
        self.moved = self._moved()
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
        _Insertions(self).run()

    def _moved(self) -> set[int]:
        """What moves: runs of units that nobody touched. A heading never leaves its text, and what a hand touched stays."""
        homes = self.desk.homes
        still = dict(rising(sorted(homes.homes.items())))
        runs = list(self._runs())
        bound = [run for run in runs if not all(i in still and self.is_free(i) for i, _ in run)]
        stay = dict(_within(rising([pair for run in bound for pair in run]), runs))
        return {j for run in runs if run not in bound for i, j in run if i not in stay}

    def _runs(self) -> Iterator[list[tuple[int, int]]]:
        """Pairs of units that stand one behind another before and now."""
        run: list[tuple[int, int]] = []
        for pair in sorted(self.pairing.units.items()):
            if run and pair != (run[-1][0] + 1, run[-1][1] + 1):
                yield run
                run = []
            run.append(pair)
        if run:
            yield run

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


@dataclass(slots=True)
class _Insertions:
    """Where units that were not generated before go: behind the unit they follow, wherever a hand moved that."""

    merge: _Merge
    tables: set[int] = field(default_factory=set)
    """Tables of the new draft that were put in whole."""

    def run(self) -> None:
        desk = self.merge.desk
        rows = self._rows()
        for j, unit in enumerate(desk.now):
            if not self._is_new(j):
                continue
            if unit.table is None:
                self.put(PARAGRAPH, unit, self.anchor(j, range(len(desk.now))))
            elif any(self._stays(n) for n in rows[unit.table]):
                self.put(ROW, unit, self.anchor(j, rows[unit.table]))
            elif unit.table not in self.tables and not self._deleted(rows[unit.table]):
                self.tables.add(unit.table)
                self.put(TABLE, unit, self.anchor(j, range(len(desk.now))))

    def _rows(self) -> dict[int, range]:
        found: dict[int, list[int]] = defaultdict(list)
        for j, unit in enumerate(self.merge.desk.now):
            if unit.table is not None:
                found[unit.table].append(j)
        return {table: range(rows[0], rows[-1] + 1) for table, rows in found.items()}

    def _is_new(self, j: int) -> bool:
        return j not in self.merge.back or j in self.merge.moved

    def _stays(self, j: int) -> bool:
        """Whether a unit stands in the file and stays where it is."""
        return not self._is_new(j) and self.merge.back[j] in self.merge.desk.homes.homes

    def _deleted(self, rows: range) -> bool:
        """Whether a hand deleted the table: there was one, and nothing of it is left."""
        return any(j in self.merge.back and j not in self.merge.moved for j in rows)

    def anchor(self, j: int, among: range) -> tuple[int, bool] | None:
        """(paragraph of the file, whether before it) that unit j goes to."""
        homes = self.merge.desk.homes
        for n in range(j - 1, among.start - 1, -1):
            if self._stays(n):
                return homes.units[homes.homes[self.merge.back[n]]].indices[-1], False
        for n in range(j + 1, among.stop):
            if self._stays(n):
                return homes.units[homes.homes[self.merge.back[n]]].first, True
        return None

    def put(self, what: str, unit: Unit, where: tuple[int, bool] | None) -> None:
        desk = self.merge.desk
        at, before = where or (len(desk.here) - 1, False)
        desk.insertions.append(Insertion(what, unit.first, at, before, unit.text.replace("\n", " | ")))


def _within(fixed: list[tuple[int, int]], runs: list[list[tuple[int, int]]]) -> Iterator[tuple[int, int]]:
    """The pairs that stay: those that must, and between them as many of the others as rise together."""
    pairs = [pair for run in runs for pair in run]
    fence = [(-1, -1), *fixed, (max(pairs, default=(0, 0))[0] + 1, max((j for _, j in pairs), default=0) + 1)]
    for (a, c), (b, d) in pairwise(fence):
        yield from rising(
            [(i, j) for i, j in pairs[bisect_right(pairs, (a, c)) : bisect_left(pairs, (b, d))] if c < j < d]
        )
        yield b, d


def _plan(desk: Desk, wanted: dict[str, str]) -> Plan:
    """The plan with the names of the file."""
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


def _adopt(desk: Desk, standing: set[str], wanted: dict[str, str]) -> None:
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
